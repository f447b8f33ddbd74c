// Drafts that nobody has changed for long: whose they are is told, then they are deleted (A14). What was told is known by the version of the draft,
// so that one that is saved again has its days anew.
import { londonDay, type Instant } from '../domain/calendar';
import { draftBounds, draftEmail } from '../domain/retention';
import type { Party } from '../domain/words';
import type { Database } from './database';
import { emailsDue, emailRows, writeEmails } from './emails';
import { Prisma } from './generated/client';
import type { EmailDue } from './types';

/** How many drafts are told of, or deleted, in one transaction. */
const atOnce = 200;

/** Of a student on whom a legal hold stands nothing is deleted. */
const notHeld = Prisma.sql`NOT EXISTS (SELECT FROM legal_holds WHERE legal_holds.student = drafts.student AND lifted IS NULL)`;
const ofThisVersion = Prisma.sql`emails.reference = drafts.reference AND emails.step = drafts.version AND template = 'draft-to-be-deleted'`;

/**
 * Writes the e-mails that tell of drafts soon to be deleted, once for each version of a draft. For the worker.
 * @returns how many were written, and all that are still to be sent
 * @throws DatabaseAway
 */
export async function tellOfDrafts(
  db: Database,
  now: Instant,
): Promise<{ readonly told: number; readonly emails: readonly EmailDue[] }> {
  let told = 0;
  for (let some = atOnce; some === atOnce; told += some) some = await tellOfSome(db, now);
  const emails = await db.directly((connection) =>
    emailsDue(connection, Prisma.sql`drafts JOIN emails ON ${ofThisVersion} WHERE NOT submitted`),
  );
  return { told, emails };
}

function tellOfSome(db: Database, now: Instant): Promise<number> {
  const today = londonDay(now);
  return db.inTransaction(async (connection) => {
    const found = await connection.$queryRaw<{ reference: string; step: number; opener: Party; saved: Instant }[]>`
      SELECT reference, version AS step, opener, instant(saved) AS saved FROM drafts
      WHERE NOT submitted AND saved < ${draftBounds(today).tell}::timestamptz AND ${notHeld}
        AND NOT EXISTS (SELECT FROM emails WHERE ${ofThisVersion})
      ORDER BY reference LIMIT ${atOnce}`;
    const rows = found.flatMap(({ reference, step, opener, saved }) =>
      emailRows({ reference, step }, [draftEmail(opener, saved, today)], now),
    );
    await writeEmails(connection, rows);
    return found.length;
  });
}

/**
 * Deletes the drafts that were told of and have stayed as they were: nothing of them stays, nor of those that were deleted by hand. For the worker.
 * @returns how many
 * @throws DatabaseAway
 */
export async function deleteForgottenDrafts(db: Database, now: Instant): Promise<number> {
  const { saved, told } = draftBounds(londonDay(now));
  let deleted = 0;
  for (let some = atOnce; some === atOnce; deleted += some) {
    some = await db.inTransaction(async (connection) => {
      await connection.$executeRaw`SELECT lock_holds()`;
      const gone = await connection.$queryRaw<{ reference: string }[]>`
        DELETE FROM drafts WHERE reference IN (
          SELECT reference FROM drafts WHERE NOT submitted AND saved < ${saved}::timestamptz AND ${notHeld}
            AND EXISTS (SELECT FROM emails WHERE ${ofThisVersion} AND written < ${told}::timestamptz)
            AND NOT EXISTS (SELECT FROM received_commands WHERE received_commands.reference = drafts.reference)
          ORDER BY reference LIMIT ${atOnce} FOR UPDATE)
        RETURNING reference`;
      return gone.length;
    });
  }
  // A digest of what it said goes with a draft, also with one that its school deleted.
  await db.directly(
    (connection) =>
      connection.$executeRaw`DELETE FROM made WHERE what = 'application' AND NOT EXISTS (SELECT FROM drafts WHERE drafts.reference = made.id)`,
  );
  return deleted;
}
