// Commands on their way in. Each has a row from when a door receives it until its outcome is known: recorded, the record step moves it into
// `commands`; refused, it leaves nothing.
import { createHash, randomUUID } from 'node:crypto';
import type { Instant } from '../domain/calendar';
import type { Actor } from '../domain/facts';
import type { CaseState } from '../domain/state';
import { partiesOf, type Database } from './database';
import { digestOf, salted } from './digest';
import type { CommandRow } from './types';

/** What became of a command that was handed in. */
export type Written =
  /** On its way now; or handed in before with the same body, and its outcome is not known yet: tell the workflow the same attempt again. */
  | { readonly underway: 'new' | 'pending'; readonly attempt: string }
  /** On its way, or recorded, with something else in it. */
  | 'other-body'
  /** Handed in before and recorded: the number of its step. */
  | { readonly recorded: number };

/** A command on its way in. Who gives it is the actor, nobody else. */
export type GivenCommand = Omit<CommandRow, 'person' | 'source'>;

export interface Received<State = CaseState> {
  readonly written: Written;
  /** The case, or the meeting, as the actor sees it; null while it is a draft, and when a command handed in before took it out of the actor's sight. */
  readonly state: State | null;
  /** Whether it is a draft that is not submitted. */
  readonly draft: boolean;
}

/** @returns the id of a command: the same person, case and Idempotency-Key give the same. Safe in addresses and ids of updates. */
export function commandId(person: string, reference: string, key: string): string {
  return `c${createHash('sha256')
    .update(JSON.stringify([person, reference, key]))
    .digest('base64url')}`;
}

/**
 * Writes the row of a command unless its outcome is known or still to come, and reads the case that it is for: one round trip, for the
 * door. A key that begins afresh after a refusal gets an attempt of its own, for Temporal remembers the outcome of the last one.
 * @returns null when the actor sees neither a case nor a draft of that reference: nothing is written then
 * @throws DatabaseAway
 */
export async function receiveCommand<State = CaseState>(
  db: Database,
  actor: Actor,
  given: GivenCommand,
): Promise<Received<State> | null> {
  const { salt, digest } = Object.keys(given.texts).length > 0 ? salted(given.texts) : noTexts;
  const row = JSON.stringify({ ...given, salt, digest, attempt: randomUUID() });
  const [found] = await db.directly(
    (connection) => connection.$queryRaw<{ received: ReceivedRow<State> | null }[]>`
      SELECT receive_command(${actor.person}, ${partiesOf(actor)}, ${row}::jsonb) AS received`,
  );
  if (!found?.received) return null;
  const { state, draft } = found.received;
  return { state, draft, written: writtenOf(found.received) };
}

/**
 * Takes a command back that was refused before it came to the record: no word of it stays, and its key may come again.
 * @throws DatabaseAway
 */
export async function takeBack(db: Database, actor: Actor, id: string, attempt: string): Promise<void> {
  await db.asActor(
    actor,
    (connection) => connection.$executeRaw`DELETE FROM received_commands WHERE id = ${id} AND attempt = ${attempt}`,
  );
}

/**
 * Removes commands whose outcome nobody came to ask for again. For the worker.
 * @param before those received earlier
 * @returns how many
 * @throws DatabaseAway
 */
export function removeForgotten(db: Database, before: Instant): Promise<number> {
  return db.directly(
    (connection) => connection.$executeRaw`DELETE FROM received_commands WHERE received < ${before}::timestamptz`,
  );
}

/** The digest of a command in which nothing is written. */
export const noTexts = { salt: '', digest: digestOf('', {}) };

interface ReceivedRow<State> {
  readonly state: State | null;
  readonly draft: boolean;
  readonly result: 'new' | 'pending' | 'recorded' | 'other-body';
  readonly attempt: string | null;
  readonly step: number | null;
}

function writtenOf({ result, attempt, step }: Pick<ReceivedRow<unknown>, 'result' | 'attempt' | 'step'>): Written {
  if (result === 'recorded' && step !== null) return { recorded: step };
  if ((result === 'new' || result === 'pending') && attempt !== null) return { underway: result, attempt };
  return 'other-body';
}
