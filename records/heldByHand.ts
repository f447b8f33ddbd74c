// What stands under a legal hold is not deleted by hand either (A14): not by the school whose draft it is, nor by whoever added a document.
import type { Connection } from './database';

/**
 * Whether a hold stands on a draft or a case, or on its student. One that is placed at the same time comes before the deletion, or after it. In a unit of
 * work, for an actor who sees the draft or the case.
 */
export async function isHeld(connection: Connection, reference: string): Promise<boolean> {
  await connection.$executeRaw`SELECT lock_holds()`;
  const [row] = await connection.$queryRaw<{ held: boolean }[]>`
    SELECT is_held(${reference}, coalesce((SELECT student FROM cases WHERE reference = ${reference}),
      (SELECT student FROM drafts WHERE reference = ${reference}))) AS held`;
  return row?.held ?? false;
}
