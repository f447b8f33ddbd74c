// Delivers the e-mails of a step, and records of each that it went.
import { londonDay } from '../domain/calendar';
import { emailSent, readEmail } from '../records/emails';
import type { Database } from '../records/database';
import { invitationOf } from './invitation';
import { write, type Links } from './letters';
import type { Mailer } from './mailer';

export interface DeliverDeps {
  readonly database: Database;
  readonly mailer: Mailer;
  readonly links: Links;
}

/**
 * Sends e-mails of the record, side by side, each unless it has gone already: what one of them meets neither holds up the others nor sends
 * them twice.
 * @throws Error while one of them cannot be sent: the caller tries again, for a day
 */
export async function deliver(deps: DeliverDeps, ids: readonly string[]): Promise<void> {
  const tries = await Promise.allSettled(ids.map((id) => deliverOne(deps, id)));
  const faults = tries.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []));
  if (faults.length === 0) return;
  const [fault] = faults;
  const what = fault instanceof Error ? fault.message : 'unknown';
  throw new Error(`${String(faults.length)} of ${String(ids.length)} e-mails could not be sent: ${what}`, { cause: fault });
}

async function deliverOne({ database, mailer, links }: DeliverDeps, id: string): Promise<void> {
  const now = new Date();
  const email = await readEmail(database, id, londonDay(now.toISOString()));
  if (email.status === 'sent') return;
  if (email.addresses.length === 0) throw new Error('Nobody of this party has an e-mail address yet');
  const invitation = invitationOf(email, links, now);
  await mailer.send({ messageId: `${id}@${links.domain}`, to: email.addresses, ...write(email, links), invitation });
  await emailSent(database, id, new Date().toISOString());
}
