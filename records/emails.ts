// E-mails: written as rows by the record step, sent by an activity of the case.
import { emailId, emailTitles, readerKindOf, readerTitles, type EmailTemplate, type EmailToWrite } from '../domain/emails';
import type { Instant, IsoDate } from '../domain/calendar';
import { type Party } from '../domain/words';
import type { Connection, Database } from './database';
import { type Prisma } from './generated/client';
import type { Email, EmailDue } from './types';

/** An e-mail that is known, to be sent or sent. */
export interface EmailRow {
  readonly id: string;
  /** Of what weighs most in it. */
  readonly template: EmailTemplate;
  readonly to: Party;
}

/** @returns e-mails as their table has them, still to be sent, in the order of their ids */
export function emailRows(
  { reference, step }: { readonly reference: string; readonly step: number },
  emails: readonly EmailToWrite[],
  written: Instant,
) {
  const rows = emails.map((email) => {
    const { to: party, ...about } = email;
    const id = emailId(reference, step, email);
    return { id, template: email.notices[0].template, about, reference, step, party, status: 'due', written };
  });
  return rows.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Writes e-mails that no step of a case leads to, each once however often it is asked. In a unit of work. */
export async function writeEmails(connection: Connection, rows: ReturnType<typeof emailRows>): Promise<void> {
  await connection.$executeRaw`
    INSERT INTO emails SELECT each.* FROM typed_rows(NULL::emails, ${JSON.stringify(rows)}::jsonb) AS each
    ON CONFLICT (id) DO NOTHING`;
}

/** @returns what the workflow and its Web UI know of an e-mail: "Panel outcome, to the school". */
export function emailDue({ id, template, to }: EmailRow): EmailDue {
  return { id, title: `${emailTitles[template]}, to ${readerTitles[readerKindOf(to)]}` };
}

/** @param which of them: what stands behind FROM, `emails WHERE …`. @returns those that are still to be sent, in a unit of work */
export async function emailsDue(connection: Connection, which: Prisma.Sql): Promise<EmailDue[]> {
  const due = await connection.$queryRaw<EmailRow[]>`
    SELECT id, template, party AS "to" FROM ${which} AND status = 'due' ORDER BY id`;
  return due.map(emailDue);
}

/**
 * Reads an e-mail with the addresses of its party as they are now: the organisation's or team's mailbox, that of one person, else the people of the
 * party. Those
 * who are named in the case for that party hear of it as well, unless they are out of office that day (A19). Who is told in the same step of their
 * own seat is not told of the closing of the agenda a second time, unless nobody else is left to be. The place of an interview
 * is what was written with the command of that step, unless that was erased or names the student (A16).
 * @throws DatabaseAway; Error when there is no such e-mail
 */
export async function readEmail(db: Database, id: string, today: IsoDate): Promise<Email> {
  const [row] = await db.directly(
    (connection) => connection.$queryRaw<(Omit<Email, 'id' | 'title'> & { readonly student: string | null })[]>`
      SELECT reference, template, party AS "to", about, status,
        (SELECT written.texts->>'place' FROM timeline entry JOIN command_texts written ON written.command = entry.command
          WHERE entry.reference = e.reference AND entry.step = e.step AND entry.seq = 0) AS place,
        (SELECT answer->>'answer' FROM applications, jsonb_array_elements(pack) answer
          WHERE applications.reference = e.reference AND answer->>'code' = 'student-name'
          ORDER BY applications.step DESC LIMIT 1) AS student,
        ARRAY(SELECT DISTINCT unnest(
          ARRAY(SELECT p.email FROM cases JOIN people p ON p.id IN (cases.case_worker, cases.monitoring_officer)
            WHERE cases.reference = e.reference AND p.active AND EXISTS (SELECT FROM grants g WHERE g.person = p.id AND g.party = e.party)
              AND NOT EXISTS (SELECT FROM absences a WHERE a.person = p.id AND ${today}::date BETWEEN a.first AND a.last))
          || COALESCE(
            (SELECT ARRAY[o.email] FROM organisations o WHERE party IN ('school:' || o.code, 'provider:' || o.code)),
            (SELECT ARRAY[p.email] FROM people p WHERE e.party = 'person:' || p.id AND p.active),
            (SELECT ARRAY[t.email] FROM team_mailboxes t WHERE t.party = e.party),
            NULLIF(ARRAY(SELECT p.email FROM people p JOIN grants g ON g.person = p.id WHERE g.party = e.party AND p.active
              AND NOT (e.template = 'agenda-closed' AND EXISTS (SELECT FROM emails own
                WHERE own.reference = e.reference AND own.step = e.step AND own.party = 'person:' || p.id))), '{}'),
            ARRAY(SELECT p.email FROM people p JOIN grants g ON g.person = p.id WHERE g.party = e.party AND p.active)
          )) AS address ORDER BY address) AS addresses
      FROM emails e WHERE id = ${id}`,
  );
  if (!row) throw new Error(`There is no e-mail ${id}`);
  const { student, place, ...email } = row;
  return { ...emailDue({ id, ...row }), ...email, place: place !== null && names(place, student ?? '') ? null : place };
}

/** Whether a text has a word of a name in it. */
function names(text: string, name: string): boolean {
  const words = (of: string): readonly string[] => of.toLowerCase().match(/[\p{L}\p{M}]{2,}/gu) ?? [];
  const ofText = words(text);
  return words(name).some((word) => ofText.includes(word));
}

/** Records that an e-mail went out. Recording it twice changes nothing. @throws DatabaseAway */
export function emailSent(db: Database, id: string, at: Instant): Promise<void> {
  return settle(db, id, 'sent', at);
}

/** Records that an e-mail was given up, unless it went out after all. @throws DatabaseAway */
export function emailUndelivered(db: Database, id: string, at: Instant): Promise<void> {
  return settle(db, id, 'undelivered', at);
}

async function settle(db: Database, id: string, status: 'sent' | 'undelivered', settled: Instant): Promise<void> {
  const from = status === 'sent' ? ['due', 'undelivered'] : ['due'];
  await db.directly(
    (connection) => connection.$executeRaw`
      UPDATE emails SET status = ${status}, settled = ${settled}::timestamptz WHERE id = ${id} AND status = ANY(${from})`,
  );
}
