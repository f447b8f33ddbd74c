// What a superuser of Postgres can do to the records behind the service's back: for tests of what finds it.
import { Client } from 'pg';

/** Runs SQL with every trigger and check switched off. @param sql with the reference as $1, where it needs one */
export async function forge(superuserUrl: string, sql: string, ...values: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    await client.query('SET session_replication_role = replica');
    await client.query(sql, [...values]);
  } finally {
    await client.end();
  }
}

/** Writes a timeline anew, a day earlier and with all its hashes: in itself it holds. */
export async function rewriteTimeline(superuserUrl: string, reference: string): Promise<void> {
  await forge(
    superuserUrl,
    `DO $$
     DECLARE
       entry record;
       before text := '';
     BEGIN
       FOR entry IN SELECT * FROM timeline WHERE reference = '${reference}' ORDER BY step, seq LOOP
         UPDATE timeline SET at = at - interval '1 day', previous = before
           WHERE reference = entry.reference AND step = entry.step AND seq = entry.seq;
         UPDATE timeline anew SET hash = timeline_hash(anew, given) FROM commands given
           WHERE given.id = anew.command AND anew.reference = entry.reference AND anew.step = entry.step AND anew.seq = entry.seq
           RETURNING anew.hash INTO before;
       END LOOP;
     END $$`,
  );
}
