// When something that a party may see changed last, for pages whose lists change by themselves. Read, not told: the record step writes nothing for it.
import type { Instant } from '../domain/calendar';
import type { Party } from '../domain/words';
import type { Database } from './database';

/**
 * @param parties for whom somebody looks
 * @returns of each the time at which the last case or meeting that it may see changed; null for a party that sees nothing
 * @throws DatabaseAway
 */
export async function newestChanges(db: Database, parties: readonly Party[]): Promise<ReadonlyMap<Party, Instant | null>> {
  const rows = await db.asActor(
    { person: 'changes', parties },
    (connection) => connection.$queryRaw<{ party: Party; updated: Instant | null }[]>`
      SELECT my.party, (SELECT instant(mine.updated) FROM case_viewers mine WHERE mine.party = my.party
        ORDER BY mine.updated DESC, mine.reference LIMIT 1) AS updated
      FROM unnest(my_parties()) AS my(party)`,
  );
  return new Map(rows.map(({ party, updated }) => [party, updated]));
}
