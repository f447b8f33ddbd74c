// Tells a year that is over: each command through the real record step, at its own day's time. No workflow lives it, so its clocks are rung and its mornings
// are written here; its e-mails count as sent.
import { randomUUID } from 'node:crypto';
import { morning } from '../../activities/morning';
import { addDays, isMeetingId, type Instant, type IsoDate } from '../../domain/calendar';
import { morningReference } from '../../domain/morning';
import type { Refusal } from '../../domain/state';
import { recordCaseStep } from '../../records/caseStep';
import { commandId, receiveCommand } from '../../records/commands';
import { openDatabase } from '../../records/database';
import { recordMeetingStep } from '../../records/meetingStep';
import { readPerson } from '../../records/people';
import type { Entered } from '../../records/types';
import type { Teller, Year } from './day';

/** Milliseconds between two commands of one day. */
const between = 90_000;

/**
 * @param urls the database, as the roles of the API and of the worker
 * @param end a meeting of that day or a later one is the service's own
 */
export function pastTeller(urls: { readonly api: string; readonly worker: string }, year: Year, end: IsoDate) {
  let now: Instant = `${end}T00:00:00.000Z`;
  const api = openDatabase(urls.api, { now: () => now });
  const records = openDatabase(urls.worker);
  const mornings: string[] = [];

  const record = (reference: string, asked: string | Entered, at: Instant) =>
    isMeetingId(reference)
      ? recordMeetingStep(records, { reference, asked, now: at })
      : recordCaseStep(records, { reference, asked, now: at });
  /** As the workflow names what it gives itself. */
  const system = (kind: string, id: string): Entered => ({ id, kind, body: {}, person: 'system', source: 'system' });

  const teller: Teller = {
    api,
    records,
    now: () => Promise.resolve(now),
    give: async (person, reference, { does, says, writes }): Promise<Refusal | null> => {
      now = new Date(Date.parse(now) + between).toISOString();
      const who = await readPerson(api, person);
      if (!who) throw new Error(`There is nobody called ${person}`);
      const id = commandId(person, reference, randomUUID());
      const given = { id, reference, kind: does, body: says, texts: writes, received: now, based: 0 };
      if (!(await receiveCommand(api, who, given))) throw new Error(`${person} does not see ${reference}`);
      return (await record(reference, id, now)).refusal;
    },
    placeIsFree: async (reference, course) => {
      await record(reference, system('recalculate', `${reference}.place ${course} ${now}`), now);
    },
  };

  /** Whatever clock of the year runs out until then does, each at its time. */
  async function ring(until: Instant): Promise<void> {
    const rested = new Set<string>();
    for (;;) {
      const due = await records.directly(
        (connection) => connection.$queryRaw<{ reference: string; step: number; next: Instant }[]>`
          SELECT * FROM (
            SELECT reference, step, instant(next) AS next FROM cases WHERE reference = ANY (${year.references}::text[]) AND NOT closed
            UNION ALL SELECT reference, step, (SELECT min(wait->>'next') FROM jsonb_array_elements(waits) AS wait)
              FROM meeting_states WHERE reference = ANY (${year.meetings}::text[]) AND NOT closed) AS clocks
          WHERE next <= ${until} ORDER BY next, reference`,
      );
      const ringing = due.filter(({ reference, step }) => !rested.has(`${reference}.${String(step)}.clock`));
      if (ringing.length === 0) return;
      for (const { reference, step, next } of ringing) {
        const id = `${reference}.${String(step)}.clock`;
        rested.add(id);
        await record(reference, system('clock', id), next);
      }
    }
  }

  /** Meetings of the calendar that nobody has begun, a month before their day. */
  async function convene(today: IsoDate): Promise<void> {
    const found = await records.directly(
      (connection) => connection.$queryRaw<{ id: string }[]>`
        SELECT id FROM meetings WHERE day BETWEEN ${today}::date AND ${addDays(today, 28)}::date AND day < ${end}::date
          AND NOT EXISTS (SELECT FROM meeting_states WHERE reference = meetings.id) ORDER BY day, id`,
    );
    for (const { id } of found) {
      await record(id, system('convene', `${id}.convene`), now);
      year.meetings.push(id);
    }
  }

  async function countEmailsAsSent(): Promise<void> {
    await records.directly(
      (connection) => connection.$executeRaw`
        UPDATE emails SET status = 'sent', settled = written
        WHERE status = 'due' AND reference = ANY (${[...year.references, ...year.meetings, ...mornings]}::text[])`,
    );
  }

  return {
    ...teller,
    /** The morning of a working day: what was due is done, schools and hosts are told, and people begin to work. */
    begin: async (day: IsoDate): Promise<void> => {
      const early = `${day}T06:00:00.000Z`;
      await ring(early);
      now = early;
      await morning(records, now);
      mornings.push(morningReference(day));
      await ring(`${day}T09:30:00.000Z`);
      now = `${day}T09:30:00.000Z`;
      await convene(day);
    },
    /** The clocks that ran out before the day on which the year ends. */
    end: async (day: IsoDate): Promise<void> => {
      await ring(`${day}T00:00:00.000Z`);
      await countEmailsAsSent();
    },
    countEmailsAsSent,
    close: async (): Promise<void> => {
      await Promise.all([api.close(), records.close()]);
    },
  };
}
