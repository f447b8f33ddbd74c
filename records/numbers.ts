// The numbers of the partnership (R4, A20), counted from the cases and their timelines when they are asked for.
import type { Instant } from '../domain/calendar';
import type { Actor } from '../domain/facts';
import type { Closing } from '../domain/state';
import type { ProgrammeCode } from '../domain/words';
import type { Connection, Database } from './database';

/** From one moment to another, both included. */
export interface Span {
  readonly from: Instant;
  readonly until: Instant;
}

export interface Numbers {
  /** Applications submitted in the span. */
  readonly applications: readonly { readonly programme: ProgrammeCode; readonly school: string; readonly count: number }[];
  /** Outcome documents issued in the span, and how many of them by their due time (R71). */
  readonly outcomes: { readonly issued: number; readonly inTime: number };
  /** Starts confirmed in the span; the median of the days from the submission to the start, null without a start. */
  readonly starts: { readonly confirmed: number; readonly medianDays: number | null };
  /** Sessions of the span that were marked, and how many of them were attended; a late one was. */
  readonly attendance: { readonly marked: number; readonly attended: number };
  /** How the cases ended that were closed in the span. */
  readonly closed: readonly { readonly because: Closing; readonly count: number }[];
}

/** @returns what the actor's own cases come to: CAP sees all. @throws DatabaseAway */
export function readNumbers(db: Database, actor: Actor, { from, until }: Span): Promise<Numbers> {
  return db.asActor(actor, async (connection) => {
    const applications = await connection.$queryRaw<Numbers['applications']>`
      SELECT programme, school, count(*)::int AS count FROM cases
      WHERE submitted BETWEEN ${from}::timestamptz AND ${until}::timestamptz GROUP BY programme, school ORDER BY programme, school`;
    const [outcomes] = await connection.$queryRaw<Numbers['outcomes'][]>`
      SELECT count(*)::int AS issued, (count(*) FILTER (WHERE at <= (event->'outcome'->>'due')::timestamptz))::int AS "inTime"
      FROM timeline WHERE kind = 'outcomeIssued' AND at BETWEEN ${from}::timestamptz AND ${until}::timestamptz`;
    const starts = await readStarts(connection, { from, until });
    const [attendance] = await connection.$queryRaw<Numbers['attendance'][]>`
      SELECT coalesce(sum(count), 0)::int AS marked, coalesce(sum(count) FILTER (WHERE mark <> 'absent'), 0)::int AS attended
      FROM (SELECT day, mark, 1 AS count FROM attendance_marks UNION ALL SELECT day, mark, count FROM attendance_counts) AS marks
      WHERE day BETWEEN (${from}::timestamptz AT TIME ZONE 'Europe/London')::date AND (${until}::timestamptz AT TIME ZONE 'Europe/London')::date`;
    const closed = await connection.$queryRaw<Numbers['closed']>`
      SELECT state->'position'->>'because' AS because, count(*)::int AS count FROM cases
      WHERE closed AND (state->>'since')::timestamptz BETWEEN ${from}::timestamptz AND ${until}::timestamptz GROUP BY 1 ORDER BY 1`;
    return {
      applications,
      outcomes: outcomes ?? { issued: 0, inTime: 0 },
      starts,
      attendance: attendance ?? { marked: 0, attended: 0 },
      closed,
    };
  });
}

async function readStarts(connection: Connection, { from, until }: Span): Promise<Numbers['starts']> {
  const [starts] = await connection.$queryRaw<Numbers['starts'][]>`
    SELECT count(*)::int AS confirmed,
      (percentile_cont(0.5) WITHIN GROUP (ORDER BY (event->>'start')::date - (cases.submitted AT TIME ZONE 'Europe/London')::date))::float
        AS "medianDays"
    FROM timeline JOIN cases USING (reference)
    WHERE kind = 'startConfirmed' AND at BETWEEN ${from}::timestamptz AND ${until}::timestamptz`;
  return starts ?? { confirmed: 0, medianDays: null };
}
