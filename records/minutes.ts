// The minutes of a panel meeting: its record, and the cases that it decided, each with the words of its decision as far as the reader may see
// the case.
import type { Instant, IsoDate, PanelCode } from '../domain/calendar';
import type { Actor } from '../domain/facts';
import type { MeetingEventKind, MeetingState } from '../domain/meetings/state';
import type { EventKind, Wait } from '../domain/state';
import type { ProgrammeKey } from '../domain/words';
import type { Database } from './database';
import { Prisma } from './generated/client';
import { timelineOf, wordsOfDecision } from './timeline';
import type { TimelineEntry } from './types';

export interface Minutes {
  readonly state: MeetingState;
  readonly waits: readonly Wait[];
  /** The names of the people that its record speaks of, by their ids. */
  readonly names: Readonly<Record<string, string>>;
  /** Who of its seats acts for the home school or the host of a case that the reader sees, and is not counted for it (A7). */
  readonly sides: readonly { readonly case: string; readonly person: string; readonly side: 'school' | 'host' }[];
  readonly timeline: readonly (Omit<TimelineEntry, 'kind'> & { readonly kind: MeetingEventKind })[];
  readonly decisions: readonly {
    /** The reference of the case. */
    readonly case: string;
    /** null where the reader may not see the case any more, or takes no part in it. */
    readonly decision: {
      readonly kind: EventKind;
      readonly event: TimelineEntry['event'];
      readonly at: Instant;
      readonly programme: ProgrammeKey;
      readonly texts: Readonly<Record<string, string>>;
      readonly conditionsBy: IsoDate | null;
      /** When the panel took it back, and why; null where it stands. */
      readonly takenBack: { readonly at: Instant; readonly why: string } | null;
    } | null;
  }[];
}

/** @returns the minutes as the actor may read them; null when they see no such meeting, or it is not begun yet. @throws DatabaseAway */
export function readMinutes(db: Database, actor: Actor, reference: string): Promise<Minutes | null> {
  return db.asActor(actor, async (connection) => {
    const [found] = await connection.$queryRaw<Minutes[]>`
      SELECT state, waits,
        (SELECT coalesce(jsonb_object_agg(id, name), '{}') FROM people WHERE id IN (
          SELECT seat->>'person' FROM jsonb_array_elements(state->'seats') AS seat
          UNION SELECT interest->>'person' FROM jsonb_array_elements(state->'interests') AS interest)) AS names,
        (SELECT coalesce(jsonb_agg(jsonb_build_object('case', of.reference, 'person', of.person, 'side', of.side) ORDER BY of.reference, of.person), '[]')
          FROM of_its_sides(${reference},
            ARRAY(SELECT reference FROM cases WHERE meeting = ${reference} OR reference IN (SELECT made.reference FROM meeting_decisions made
              WHERE made.meeting = ${reference})),
            ARRAY(SELECT seat->>'person' FROM jsonb_array_elements(state->'seats') AS seat)) AS of) AS sides,
        ${timelineOf(reference)} AS timeline,
        (SELECT coalesce(jsonb_agg(jsonb_build_object('case', made.reference, 'decision', CASE WHEN entry.kind IS NOT NULL THEN
            jsonb_build_object('kind', entry.kind, 'event', entry.event, 'at', instant(entry.at), 'programme', cases.programme || '@' || cases.year,
              'texts', written.texts, 'conditionsBy', written.by,
              'takenBack', (SELECT jsonb_build_object('at', instant(back.at), 'why', coalesce(said.texts->>'reasons', ''))
                FROM timeline back LEFT JOIN command_texts said ON said.command = back.command
                WHERE back.reference = made.reference AND back.kind = 'decisionTakenBack' AND back.event->>'of' = made.command)) END) ORDER BY entry.at, made.reference), '[]')
          FROM meeting_decisions made
          LEFT JOIN (timeline entry JOIN cases ON cases.reference = entry.reference) ON entry.command = made.command AND entry.seq = 0
          LEFT JOIN LATERAL ${wordsOfDecision(Prisma.sql`entry`)} AS written ON true
          WHERE made.meeting = ${reference}) AS decisions
      FROM meeting_states WHERE reference = ${reference}`;
    return found ?? null;
  });
}

/** @returns those of the cases whose student has an EHCP by the newest pack (A12). @throws DatabaseAway */
export async function readPlans(db: Database, actor: Actor, references: readonly string[]): Promise<string[]> {
  const rows = await db.asActor(
    actor,
    (connection) => connection.$queryRaw<{ reference: string }[]>`
      SELECT reference FROM (SELECT DISTINCT ON (reference) reference, pack FROM applications
        WHERE reference = ANY (${references}::text[]) ORDER BY reference, step DESC) AS newest
      WHERE pack @> '[{"code": "ehcp", "answer": "Yes"}]' ORDER BY reference`,
  );
  return rows.map(({ reference }) => reference);
}

/** What the panel before said of the cases of an agenda, for the panel that decides (R73). */
export interface Prepared {
  readonly reference: string;
  readonly panel: PanelCode;
  readonly conditions: boolean;
  readonly at: Instant;
  readonly texts: Readonly<Record<string, string>>;
}

/** @returns of those cases that came from another panel, what it said, the newest only. @throws DatabaseAway */
export function readPrepared(db: Database, actor: Actor, references: readonly string[]): Promise<Prepared[]> {
  return db.asActor(
    actor,
    (connection) => connection.$queryRaw<Prepared[]>`
      SELECT DISTINCT ON (entry.reference) entry.reference, entry.event->>'panel' AS panel, (entry.event->'conditions')::boolean AS conditions,
        instant(entry.at) AS at, written.texts
      FROM timeline entry, LATERAL ${wordsOfDecision(Prisma.sql`entry`)} AS written
      WHERE entry.reference = ANY (${references}::text[]) AND entry.kind = 'wentOn'
      ORDER BY entry.reference, entry.step DESC`,
  );
}
