// Delivers one e-mail of a case, and records that it went.
import { emailSent, readEmail } from '../records/emails';
import type { Database } from '../records/database';
import { write, type Links } from './letters';
import type { Mailer } from './mailer';

export interface DeliverDeps {
  readonly database: Database;
  readonly mailer: Mailer;
  readonly links: Links;
}

/** Sends an e-mail of the record, unless it has gone. @throws Error while the mail server is away: the caller tries again for days */
export async function deliver({ database, mailer, links }: DeliverDeps, id: string): Promise<void> {
  const email = await readEmail(database, id);
  if (email.status === 'sent') return;
  if (email.addresses.length === 0) throw new Error('Nobody of this party has an e-mail address yet');
  await mailer.send({ messageId: `${id}@${links.domain}`, to: email.addresses, ...write(email, links) });
  await emailSent(database, id, new Date().toISOString());
}
