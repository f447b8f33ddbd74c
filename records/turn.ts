// Takes turns: what two people do at the same moment is done one after the other, where no row is there yet that could be locked.
import type { Connection } from './database';

/** Waits until nobody else is at what has one of these names, and keeps it until the transaction ends. In one order, so that nobody waits in a circle. */
export async function takeTurn(connection: Connection, ...names: readonly string[]): Promise<void> {
  await connection.$executeRaw`
    SELECT pg_advisory_xact_lock(turn) FROM (SELECT DISTINCT hashtext(name) AS turn FROM unnest(${names}::text[]) AS name ORDER BY turn) AS turns`;
}
