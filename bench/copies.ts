// Makes many cases of one, row by row, in the benchmark's own Postgres: what record steps would have written, without their steps.
import { Client } from 'pg';

export interface Copies {
  /** A query that says in a row how each copy differs; the statements find its rows under the name `copies`. */
  readonly differences: string;
  readonly values: readonly unknown[];
  /** Statements that write the rows; `:pattern` is the case that is copied. */
  readonly copying: readonly string[];
}

/**
 * Copies rows of a case. References and rules of the tables are not looked at while it is done, because the rows are copies of rows that keep them.
 * @param url as the superuser of this benchmark's own Postgres
 * @param pattern the reference of the case
 */
export async function multiply(url: string, pattern: string, { differences, values, copying }: Copies): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('SET session_replication_role = replica');
    await client.query('SET synchronous_commit = off');
    await client.query("SET maintenance_work_mem = '512MB'");
    await client.query(`CREATE TEMPORARY TABLE copies AS ${differences}`, [...values]);
    for (const statement of copying) await client.query(statement.replaceAll(':pattern', client.escapeLiteral(pattern)));
    await client.query('ANALYZE');
  } finally {
    await client.end();
  }
}

/** Statements that write who sees the copies: each its own school in place of the pattern's. The indexes are made anew once all rows stand. */
export const copyOfViewers: readonly string[] = [
  `CREATE TEMPORARY TABLE viewers_indexes AS SELECT indexrelid::regclass AS name, pg_get_indexdef(indexrelid) AS definition
    FROM pg_index WHERE indrelid = 'case_viewers'::regclass AND NOT indisprimary`,
  `DO $$ DECLARE each record; BEGIN
    FOR each IN SELECT * FROM viewers_indexes LOOP EXECUTE format('DROP INDEX %s', each.name); END LOOP; END $$`,
  `WITH summed AS MATERIALIZED (SELECT reference, updated, school, summary_of_case(reference) AS summary FROM copies)
    INSERT INTO case_viewers (reference, party, from_step, updated, until, opens, summary)
    SELECT summed.reference, CASE WHEN party LIKE 'school:%' THEN 'school:' || school ELSE party END, from_step, summed.updated, until, opens,
      summed.summary
    FROM summed, case_viewers AS pattern WHERE pattern.reference = :pattern`,
  `DO $$ DECLARE each record; BEGIN
    FOR each IN SELECT * FROM viewers_indexes LOOP EXECUTE each.definition; END LOOP; END $$`,
];

/** @param ofSchool which copies wait for their school; the others wait for CAP. @returns a statement that writes what the copies wait for */
export function copyOfWaits(ofSchool: string): string {
  return `INSERT INTO case_waits (reference, what, subject, party, due)
    SELECT copies.reference, pattern.what, '', CASE WHEN ${ofSchool} THEN 'school:' || copies.school ELSE 'cap' END, copies.due
    FROM copies, (SELECT what FROM case_waits WHERE reference = :pattern AND subject = '' LIMIT 1) AS pattern`;
}

/** @returns a statement that writes rows of a table as the pattern has them, with some of their columns changed */
export function copyOf(table: string, changed: string): string {
  return `INSERT INTO ${table} SELECT copy.*
    FROM copies, ${table} AS pattern, jsonb_populate_record(pattern, jsonb_build_object(${changed})) AS copy
    WHERE pattern.reference = :pattern`;
}
