// E-mails: written as rows by the record step, sent by an activity of the case.
import { emailId, emailsAfter } from '../domain/emails';
import type { Instant } from '../domain/calendar';
import type { CaseState, Event } from '../domain/state';
import { roleOf, type Party } from '../domain/words';
import type { Database } from './database';
import type { Email, EmailDue } from './types';

/** An e-mail as the record step writes it. */
export interface EmailRow {
  readonly id: string;
  readonly template: string;
  readonly to: Party;
  readonly about: string | null;
  readonly of: string | null;
}

/** @returns the e-mails that a recorded command leads to, each with its id: one per case, step, template, party and what it is about. */
export function emailRows(before: CaseState | null, events: readonly Event[], after: CaseState): EmailRow[] {
  const rows = emailsAfter(before, events, after).map(({ template, to, about = null, of = null }): EmailRow => {
    const what = about === null ? template : `${template}-${about}`;
    return { id: emailId(after.reference, after.step, what, to), template, to, about, of };
  });
  return [...new Map(rows.map((row) => [row.id, row])).values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** @returns what the workflow and its Web UI know of an e-mail: "outcome to school". */
export function emailDue({ id, template, to, about }: Omit<EmailRow, 'of'>): EmailDue {
  return { id, title: `${about === null ? template : `${template} about ${about}`} to ${roleOf(to)}` };
}

/**
 * Reads an e-mail with the addresses of its party as they are now: the organisation's or team's mailbox, else the people of the party.
 * @throws DatabaseAway; Error when there is no such e-mail
 */
export async function readEmail(db: Database, id: string): Promise<Email> {
  const [row] = await db.directly(
    (connection) => connection.$queryRaw<Omit<Email, 'id' | 'title'>[]>`
      SELECT reference, template, party AS "to", about, "of", status, COALESCE(
        (SELECT ARRAY[o.email] FROM organisations o WHERE party IN ('school:' || o.code, 'provider:' || o.code)),
        (SELECT ARRAY[t.email] FROM team_mailboxes t WHERE t.party = e.party),
        ARRAY(SELECT p.email FROM people p JOIN grants g ON g.person = p.id WHERE g.party = e.party AND p.active ORDER BY p.id)
      ) AS addresses
      FROM emails e WHERE id = ${id}`,
  );
  if (!row) throw new Error(`There is no e-mail ${id}`);
  return { ...emailDue({ id, ...row }), ...row };
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
