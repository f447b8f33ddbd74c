// Files: their rows. What is in them is in the store of files (files/), under the same id.
import { randomUUID } from 'node:crypto';
import type { Instant } from '../domain/calendar';
import type { Actor } from '../domain/facts';
import {
  harmfulFileEmails,
  mostFiles,
  standing,
  type HarmfulFile,
  type FileFacts,
  type FileKind,
  type FileState,
} from '../domain/files';
import type { CaseState } from '../domain/state';
import type { Party } from '../domain/words';
import type { Connection, Database } from './database';
import { writeDown } from './edits';
import { emailsDue, emailRows, writeEmails } from './emails';
import { Prisma } from './generated/client';
import { isHeld } from './heldByHand';
import { takeTurn } from './turn';
import type { EmailDue } from './types';

export interface FileRow extends FileFacts {
  /** By its content. */
  readonly type: string;
  /** In bytes. */
  readonly size: number;
  readonly added: Instant;
  /** When it was looked at; null while it is quarantined. */
  readonly looked: Instant | null;
}

/** An application, or its case, with the files that the actor sees of it. */
export interface FoundFiles {
  /** Null where the actor sees the case and not the draft. */
  readonly opener: Party | null;
  readonly state: CaseState | null;
  readonly files: readonly FileRow[];
}

/** @returns what an actor sees; null when they see neither a draft nor a case of that reference. @throws DatabaseAway */
export async function findFiles(db: Database, actor: Actor, reference: string): Promise<FoundFiles | null> {
  return db.asActor(actor, async (connection) => {
    const [row] = await connection.$queryRaw<{ opener: Party | null; state: CaseState | null }[]>`
      SELECT (SELECT opener FROM drafts WHERE reference = ${reference}) AS opener,
        (SELECT state FROM cases WHERE reference = ${reference}) AS state`;
    if (!row || (row.opener === null && row.state === null)) return null;
    return { ...row, files: await filesOf(connection, reference) };
  });
}

const columns = Prisma.sql`id, kind, name, type, size, digest, state, added_by AS "addedBy", step, replaces, replaced, instant(added) AS added,
  instant(looked) AS looked`;

/** The files of an application or a case that the actor sees, in a unit of work. */
function filesOf(connection: Connection, reference: string): Promise<FileRow[]> {
  return connection.$queryRaw<FileRow[]>`SELECT ${columns} FROM files WHERE reference = ${reference} ORDER BY files.added, id`;
}

/**
 * Says that content is about to be written into the store. It is deleted there after a time, unless a file comes to speak of it.
 * @returns the id under which it is written
 * @throws DatabaseAway
 */
export async function announceContent(db: Database, actor: Actor, notBefore: Instant): Promise<string> {
  const id = randomUUID();
  await db.asActor(
    actor,
    (connection) =>
      connection.$executeRaw`INSERT INTO unkept_contents (id, not_before) VALUES (${id}, ${notBefore}::timestamptz)`,
  );
  return id;
}

export interface NewFile extends Pick<
  FileRow,
  'id' | 'kind' | 'name' | 'type' | 'size' | 'digest' | 'state' | 'step' | 'replaces'
> {
  readonly reference: string;
}

/**
 * Adds a file whose content was announced and is in the store. The same content of the same kind is the same file. A file that was never sent goes when
 * another takes its place.
 * @returns the file, and whether it is new; 'full' when there are as many as there may be; 'sent' when the pack was sent meanwhile; 'held' when a hold stands
 *   on what would go
 * @throws DatabaseAway; an error of Postgres when the actor may not add it
 */
export function addFile(
  db: Database,
  actor: Actor,
  { reference, ...given }: NewFile,
  now: Instant,
): Promise<{ readonly file: FileRow; readonly isNew: boolean } | 'full' | 'sent' | 'held'> {
  return db.asActor(actor, async (connection) => {
    await takeTurn(connection, `files ${reference}`);
    const held = given.replaces !== null && (await isHeld(connection, reference));
    if (given.step === null) {
      const locked = await connection.$executeRaw`
        SELECT FROM drafts WHERE reference = ${reference} AND (returned OR NOT submitted) FOR UPDATE`;
      if (locked === 0) return 'sent';
    }
    const files = standing(await filesOf(connection, reference));
    const same = files.find(({ kind, digest }) => kind === given.kind && digest === given.digest);
    if (same) return { file: same, isNew: false };
    const before = files.find(({ id }) => id === given.replaces);
    if (!before && files.length >= mostFiles) return 'full';
    const neverSent = before?.step === null;
    if (neverSent && held) return 'held';
    if (neverSent) await connection.$executeRaw`DELETE FROM files WHERE id = ${before.id}`;
    const replaces = neverSent ? before.replaces : given.replaces;
    const looked = given.state === 'quarantined' ? null : now;
    const [file] = await connection.$queryRaw<FileRow[]>`
      INSERT INTO files (id, reference, kind, name, type, size, digest, state, looked, added, added_by, step, replaces)
      VALUES (${given.id}, ${reference}, ${given.kind}, ${given.name}, ${given.type}, ${given.size}, ${given.digest}, ${given.state},
        ${looked}::timestamptz, ${now}::timestamptz, ${actor.person}, ${given.step}, ${replaces})
      RETURNING ${columns}`;
    if (!file) throw new Error('The file was written and is not there');
    return { file, isNew: true };
  });
}

/**
 * Takes a file away; that it was there is written down, in codes. Its content is deleted soon after.
 * @returns whether it was there to be taken away; 'held' when a hold stands on it
 * @throws DatabaseAway
 */
export function takeFileAway(
  db: Database,
  actor: Actor,
  reference: string,
  { id, kind }: { readonly id: string; readonly kind: FileKind },
  at: Instant,
): Promise<boolean | 'held'> {
  return db.asActor(actor, async (connection) => {
    if (await isHeld(connection, reference)) return 'held';
    const gone = await connection.$executeRaw`DELETE FROM files WHERE id = ${id} AND reference = ${reference}`;
    if (gone === 0) return false;
    await writeDown(connection, { at, person: actor.person, what: `file ${reference} ${id}`, before: { kind }, after: null });
    return true;
  });
}

export interface Quarantine {
  readonly files: number;
  /** When the oldest of them was added; null when there is none. */
  readonly since: Instant | null;
}

/** @returns how many files nobody has looked at, drafts' among them. For CAP: others are told of none. @throws DatabaseAway */
export async function readQuarantine(db: Database, actor: Actor): Promise<Quarantine> {
  const [row] = await db.asActor(
    actor,
    (connection) => connection.$queryRaw<{ quarantine: Quarantine }[]>`SELECT files_in_quarantine() AS quarantine`,
  );
  return row?.quarantine ?? { files: 0, since: null };
}

/** @returns ids of files that nobody has looked at, the oldest first. For the worker. @throws DatabaseAway */
export async function quarantined(db: Database, atMost: number): Promise<string[]> {
  const rows = await db.directly(
    (connection) => connection.$queryRaw<{ id: string }[]>`
      SELECT id FROM files WHERE state = 'quarantined' ORDER BY files.added, id LIMIT ${atMost}`,
  );
  return rows.map(({ id }) => id);
}

/** @returns how many files nobody has looked at. For the worker. @throws DatabaseAway */
export async function countQuarantined(db: Database): Promise<number> {
  const [row] = await db.directly(
    (connection) =>
      connection.$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count FROM files WHERE state = 'quarantined'`,
  );
  return row?.count ?? 0;
}

/** Keeps what was found when a file was looked at. For the worker. @throws DatabaseAway */
export async function settleFile(db: Database, id: string, state: FileState, at: Instant): Promise<void> {
  await db.directly(
    (connection) => connection.$executeRaw`
      UPDATE files SET state = ${state}, looked = ${at}::timestamptz WHERE id = ${id} AND state = 'quarantined'`,
  );
}

/**
 * Deletes content of which no file speaks, each in a transaction of its own: what cannot be deleted stays on the list. For the worker.
 * @param remove deletes it in the store
 * @returns how much was deleted
 * @throws DatabaseAway; what `remove` throws
 */
export async function removeUnkept(db: Database, now: Instant, remove: (id: string) => Promise<void>): Promise<number> {
  for (let removed = 0; ; removed += 1) {
    const isDone = await db.inTransaction(async (connection) => {
      const [next] = await connection.$queryRaw<{ id: string }[]>`
        SELECT id FROM unkept_contents WHERE not_before IS NULL OR not_before <= ${now}::timestamptz
        ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED`;
      if (!next) return true;
      await remove(next.id);
      await connection.$executeRaw`DELETE FROM unkept_contents WHERE id = ${next.id}`;
      return false;
    });
    if (isDone) return removed;
  }
}

/** How many files are told of in one transaction. */
const toldAtOnce = 200;

/**
 * Writes the e-mails about files that turned out to be harmful after they were taken in, once for each file. For the worker.
 * @returns all that are still to be sent
 * @throws DatabaseAway
 */
export async function tellOfHarmfulFiles(db: Database, now: Instant): Promise<EmailDue[]> {
  for (let some = toldAtOnce; some === toldAtOnce;) some = await tellOfSome(db, now);
  return db.directly((connection) => emailsDue(connection, Prisma.sql`emails WHERE template = 'file-harmful'`));
}

function tellOfSome(db: Database, now: Instant): Promise<number> {
  return db.inTransaction(async (connection) => {
    const found = await connection.$queryRaw<(HarmfulFile & { id: string; reference: string; told: number })[]>`
      SELECT files.id, files.reference, files.kind, opener, host, files.step IS NOT NULL AS "isSent",
        EXISTS (SELECT FROM grants WHERE person = added_by AND party = 'cap') AS "byCap",
        (SELECT count(DISTINCT emails.step)::int FROM emails WHERE emails.reference = files.reference AND template = 'file-harmful') AS told
      FROM files JOIN drafts ON drafts.reference = files.reference LEFT JOIN cases ON cases.reference = files.reference
      WHERE files.state IN ('infected', 'unreadable') AND files.told IS NULL AND files.replaced IS NULL
      ORDER BY files.id LIMIT ${toldAtOnce} FOR UPDATE OF files`;
    // Two files of one case have an e-mail each: the step says which of them it is.
    const before = new Map<string, number>();
    for (const file of found) {
      const step = file.told + (before.get(file.reference) ?? 0);
      before.set(file.reference, (before.get(file.reference) ?? 0) + 1);
      const of = { reference: file.reference, step };
      await writeEmails(connection, emailRows(of, harmfulFileEmails(file), now));
    }
    const ids = found.map(({ id }) => id);
    await connection.$executeRaw`UPDATE files SET told = ${now}::timestamptz WHERE id = ANY (${ids}::text[])`;
    return found.length;
  });
}
