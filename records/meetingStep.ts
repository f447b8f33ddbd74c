// The record step of a panel meeting: its row, and what its rules may know. Its row of the calendar is locked against being moved; no case is.
import type { MeetingCommand } from '../domain/commands';
import type { MeetingFacts } from '../domain/meetings/facts';
import { meetingMachine } from '../domain/meetings/meeting';
import type { MeetingEvent, MeetingState } from '../domain/meetings/state';
import { calendarOfVersion } from './calendarRows';
import type { Database } from './database';
import { emailDue } from './emails';
import { recordStep, type Found, type KeptMachine, type StepToRecord } from './recordStep';
import type { StepOutcome } from './types';

/**
 * Records what a command leads to in a panel meeting, once.
 * @returns `recorded` or `refused`, as for a case
 * @throws DatabaseAway, to be called again until it answers; never for a refusal
 */
export function recordMeetingStep(db: Database, step: StepToRecord): Promise<StepOutcome<MeetingState>> {
  return recordStep(keptMeeting, db, step);
}

/** Where a meeting stands by its record, as `standing` says it of a case. @throws DatabaseAway */
export async function meetingStanding(
  db: Database,
  reference: string,
): Promise<Pick<StepOutcome<MeetingState>, 'state' | 'waits' | 'emails'>> {
  return db.directly(async (connection) => {
    const [row] = await connection.$queryRaw<Pick<FoundMeeting, 'state' | 'waits' | 'emails'>[]>`
      SELECT state, waits, due_emails(reference) AS emails FROM meeting_states WHERE reference = ${reference}`;
    return row
      ? { state: row.state, waits: row.waits ?? [], emails: row.emails.map(emailDue) }
      : { state: null, waits: [], emails: [] };
  });
}

/** What the SQL function `begin_meeting` finds. */
interface FoundMeeting
  extends
    Found<MeetingState>,
    Pick<MeetingFacts, 'quorum' | 'standing' | 'members' | 'leaders' | 'agenda' | 'undecided' | 'decided'> {
  readonly calendar: number;
  /** null when it is no longer in the calendar. */
  readonly planned: MeetingFacts['planned'] | null;
}

const keptMeeting: KeptMachine<MeetingState, MeetingCommand, MeetingEvent, MeetingFacts> = {
  machine: meetingMachine,
  begin: async (db, connection, { reference, commandId, enteredBy }) => {
    const [row] = await connection.$queryRaw<{ found: FoundMeeting }[]>`
      SELECT begin_meeting(${reference}, ${commandId}, ${enteredBy}) AS found`;
    if (!row) throw new Error('Postgres answered without a row');
    const { found } = row;
    const { planned, quorum, standing, members, leaders, agenda, undecided, decided } = found;
    return {
      found,
      notBefore: found.state?.updated ?? null,
      gather: async ({ command: _command, ...read }) => {
        const { calendar } = await calendarOfVersion(db, connection, found.calendar);
        return {
          facts: { ...read, calendar, planned, quorum, standing, members, leaders, agenda, undecided, decided },
          meetingDay: planned?.day ?? null,
          undelivered: (events) => events.flatMap((event) => (event.kind === 'emailUndelivered' ? [event.email] : [])),
          keep: (within, { after, waits }) => {
            const kept = { reference, step: after.step, state: after, waits, closed: meetingMachine.isOver(after) };
            return within.$executeRaw`SELECT keep_meeting(${JSON.stringify(kept)}::jsonb)`;
          },
        };
      },
    };
  },
};
