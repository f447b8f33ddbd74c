// E-mails: written as rows by the record step, sent by an activity of the case.
import { emailsAfter } from '../domain/emails';
import type { Instant } from '../domain/calendar';
import type { CaseState, Event } from '../domain/state';
import { codeOf, roleOf, type Party } from '../domain/words';
import type { Connection, Database } from './database';
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
    return { id: `${after.reference}.${after.step}.${what}.${to.replace(':', '-')}`, template, to, about, of };
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
  return db.directly(async (connection) => {
    const row = await connection.email.findUniqueOrThrow({ where: { id } });
    const to = row.party as Party;
    const { reference, template, about, of } = row;
    const status = row.status as Email['status'];
    return {
      ...emailDue({ id, template, to, about }),
      reference,
      template,
      to,
      about,
      of,
      addresses: await addressesOf(connection, to),
      status,
    };
  });
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
  await db.directly((connection) =>
    connection.email.updateMany({ where: { id, status: { in: from } }, data: { status, settled } }),
  );
}

async function addressesOf(connection: Connection, party: Party): Promise<string[]> {
  const mailbox =
    party.startsWith('school:') || party.startsWith('provider:')
      ? await connection.organisation.findUnique({ where: { code: codeOf(party) } })
      : await connection.teamMailbox.findUnique({ where: { party } });
  if (mailbox) return [mailbox.email];
  const people = await connection.person.findMany({
    where: { active: true, grants: { some: { party } } },
    orderBy: { id: 'asc' },
  });
  return people.map(({ email }) => email);
}
