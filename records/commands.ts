// Commands as they are received: written once, before the engine hears of them, and never changed.
import { createHash } from 'node:crypto';
import type { Actor } from '../domain/facts';
import type { CaseState } from '../domain/state';
import { partiesOf, type Database } from './database';
import { digestOf, salted } from './digest';
import type { CommandRow } from './types';

/** What became of a command that was handed in. */
export type Written =
  | 'new'
  /** Handed in before with the same body, and not recorded yet as far as the actor sees: tell the workflow again. */
  | 'pending'
  /** Handed in before under this id, but with something else in it. */
  | 'other-body'
  /** Handed in before and recorded: the number of its step. */
  | { readonly recorded: number };

/** A command on its way in. Who gives it is the actor, nobody else. */
export type GivenCommand = Omit<CommandRow, 'person' | 'source'>;

export interface Received {
  readonly written: Written;
  /** The case as the actor sees it; null while it is a draft, and when a command handed in before took it out of the actor's sight. */
  readonly state: CaseState | null;
}

/** @returns the id of a command: the same person, case and Idempotency-Key give the same. Safe in addresses and ids of updates. */
export function commandId(person: string, reference: string, key: string): string {
  return `c${createHash('sha256')
    .update(JSON.stringify([person, reference, key]))
    .digest('base64url')}`;
}

/**
 * Writes the row of a command unless it is there, and reads the case that it is for: one round trip, for the door.
 * @returns null when the actor sees neither a case nor a draft of that reference: nothing is written then
 * @throws DatabaseAway
 */
export async function receiveCommand(db: Database, actor: Actor, given: GivenCommand): Promise<Received | null> {
  const { salt, digest } = Object.keys(given.texts).length > 0 ? salted(given.texts) : noTexts;
  const [row] = await db.directly(
    (connection) => connection.$queryRaw<
      { received: { result: string; step?: number | null; state: CaseState | null } | null }[]
    >`
      SELECT receive_command(${actor.person}, ${partiesOf(actor)}, ${JSON.stringify({ ...given, salt, digest })}::jsonb) AS received`,
  );
  if (!row?.received) return null;
  const { result, step, state } = row.received;
  return { state, written: step == null ? (result as Exclude<Written, object>) : writtenBefore(result, step) };
}

/**
 * Writes the row of a command unless it is there.
 * @returns 'unknown-case' when the actor sees neither a case nor a draft of that reference
 * @throws DatabaseAway
 */
export async function writeCommand(db: Database, actor: Actor, given: GivenCommand): Promise<Written | 'unknown-case'> {
  return (await receiveCommand(db, actor, given))?.written ?? 'unknown-case';
}

/** The digest of a command in which nothing is written. */
export const noTexts = { salt: '', digest: digestOf('', {}) };

function writtenBefore(result: string, step: number): Written {
  return result === 'other-body' ? 'other-body' : { recorded: step };
}
