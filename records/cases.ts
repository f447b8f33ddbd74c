// Cases as people read them: pages of a list, one case whole, and the outcome document. Row-level security shows each actor their own.
import type { Instant, IsoDate } from '../domain/calendar';
import { emailTitles } from '../domain/emails';
import type { Actor } from '../domain/facts';
import { programmeAt, yearOfStart } from '../domain/programmes';
import type { CaseState, EventOf, Outcome } from '../domain/state';
import { codeOf, type ProgrammeKey } from '../domain/words';
import type { Connection, Database } from './database';
import type { EmailRow } from './emails';
import { Prisma } from './generated/client';
import type { CaseFilter, CaseRecord, CaseEmail, CaseSummary, IssuedOutcome, TimelineEntry } from './types';

/** Where a page ends and the next begins. */
export interface UpdatedAfter {
  readonly updated: Instant;
  readonly reference: string;
}

export interface DueAfter {
  readonly due: Instant;
  readonly reference: string;
}

export interface Page<After> {
  readonly cases: readonly CaseSummary[];
  /** Where the next page begins; null on the last. */
  readonly next: After | null;
}

/**
 * Lists the cases that the actor sees, the last changed first. By keys, not by counting: a row is never shown twice, and none is skipped
 * but those that change in between, which move to the front.
 * @param after `next` of the page before; null for the first
 * @throws DatabaseAway
 */
export async function listCases(
  db: Database,
  actor: Actor,
  filter: CaseFilter,
  { after, limit }: { readonly after: UpdatedAfter | null; readonly limit: number },
): Promise<Page<UpdatedAfter>> {
  const beyond = after
    ? [
        Prisma.sql`(updated < ${after.updated}::timestamptz OR updated = ${after.updated}::timestamptz AND reference > ${after.reference})`,
      ]
    : [];
  const rows = await db.asActor(actor, (connection) =>
    readSummaries(connection, [...conditions(filter), ...beyond], Prisma.sql`updated DESC, reference`, limit + 1),
  );
  const cases = rows.slice(0, limit);
  const last = rows.length > limit ? cases.at(-1) : undefined;
  return { cases, next: last ? { updated: last.updated, reference: last.reference } : null };
}

/** Lists the cases that wait for somebody, what is due first in front, as `listCases` does. @throws DatabaseAway */
export async function listCasesByDue(
  db: Database,
  actor: Actor,
  filter: CaseFilter,
  { after, limit }: { readonly after: DueAfter | null; readonly limit: number },
): Promise<Page<DueAfter>> {
  const beyond = after
    ? Prisma.sql`(due, reference) > (${after.due}::timestamptz, ${after.reference})`
    : Prisma.sql`due IS NOT NULL`;
  const rows = await db.asActor(actor, (connection) =>
    readSummaries(connection, [...conditions(filter), beyond], Prisma.sql`due, reference`, limit + 1),
  );
  const cases = rows.slice(0, limit);
  const last = rows.length > limit ? cases.at(-1) : undefined;
  return { cases, next: last?.waits[0] ? { due: last.waits[0].due, reference: last.reference } : null };
}

/** The cases on a meeting's agenda, in a unit of work: those that carry its id. */
export function readAgenda(connection: Connection, meeting: string): Promise<CaseSummary[]> {
  return readSummaries(connection, [Prisma.sql`meeting = ${meeting}`], Prisma.sql`submitted, reference`, null);
}

function conditions({ stage, programme, waitingFor, school, dueBefore, open }: CaseFilter): Prisma.Sql[] {
  return [
    ...(stage === undefined ? [] : [Prisma.sql`stage = ${stage}`]),
    ...(programme === undefined ? [] : [Prisma.sql`programme = ${programme}`]),
    ...(waitingFor === undefined ? [] : [Prisma.sql`waiting_for = ${waitingFor}`]),
    ...(school === undefined ? [] : [Prisma.sql`school = ${school}`]),
    ...(dueBefore === undefined ? [] : [Prisma.sql`due < ${dueBefore}::timestamptz`]),
    ...(open === undefined ? [] : [Prisma.sql`closed = ${!open}`]),
  ];
}

const summary = Prisma.sql`reference, programme || '@' || year AS programme, school, stage, step, waits,
  coalesce(state->'position'->>'start', state->'landing'->>'cohort') AS start, instant(submitted) AS submitted, instant(updated) AS updated`;

function readSummaries(
  connection: Connection,
  where: Prisma.Sql[],
  order: Prisma.Sql,
  limit: number | null,
): Promise<CaseSummary[]> {
  const all = where.length > 0 ? Prisma.sql`WHERE ${Prisma.join(where, ' AND ')}` : Prisma.empty;
  return connection.$queryRaw<CaseSummary[]>`SELECT ${summary} FROM cases ${all} ORDER BY ${order} LIMIT ${limit}`;
}

interface WholeCase extends CaseSummary {
  readonly state: CaseState;
  readonly timeline: readonly TimelineEntry[];
  readonly emails: readonly (Omit<EmailRow, 'about'> & Pick<CaseEmail, 'status' | 'written' | 'settled'>)[];
  readonly pack: CaseRecord['pack'] | null;
}

/** Reads a case whole, as far as the actor sees it; null when they do not. @throws DatabaseAway */
export async function readCase(db: Database, actor: Actor, reference: string): Promise<CaseRecord | null> {
  const [found] = await db.asActor(
    actor,
    (connection) => connection.$queryRaw<WholeCase[]>`
      SELECT ${summary}, state,
        (SELECT pack FROM applications WHERE reference = ${reference} ORDER BY applications.step DESC LIMIT 1) AS pack,
        (SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'template', template, 'to', party, 'status', status,
            'written', instant(written), 'settled', instant(settled)) ORDER BY step, id), '[]')
          FROM emails WHERE reference = ${reference}) AS emails,
        (SELECT coalesce(jsonb_agg(jsonb_build_object('step', entry.step, 'seq', entry.seq, 'kind', entry.kind, 'at', instant(entry.at),
            'event', entry.event, 'hash', entry.hash, 'person', given.person, 'source', given.source,
            'personName', coalesce(who.name, given.person),
            'texts', CASE WHEN entry.seq = 0 THEN coalesce(written.texts, '{}') ELSE '{}' END) ORDER BY entry.step, entry.seq), '[]')
          FROM timeline entry
          JOIN commands given ON given.id = entry.command
          LEFT JOIN people who ON who.id = given.person
          LEFT JOIN command_texts written ON written.command = given.id
          WHERE entry.reference = ${reference}) AS timeline
      FROM cases WHERE reference = ${reference}`,
  );
  if (!found) return null;
  const emails = found.emails.map(({ template, ...email }) => ({ ...email, title: emailTitles[template] }));
  return { ...found, pack: found.pack ?? [], emails };
}

interface FoundOutcome {
  readonly programme: ProgrammeKey;
  readonly school: string;
  readonly school_name: string | null;
  readonly submitted: Instant;
  readonly command: string;
  readonly outcome: Outcome;
  readonly issued: Instant;
  readonly decision: Pick<EventOf<'approved'>, 'outsideMeeting'> & Partial<Pick<EventOf<'deferred'>, 'landing'>>;
  readonly decided: Instant;
  readonly meeting: IsoDate | null;
  readonly cohort: IsoDate | null;
  readonly conditions_by: IsoDate | null;
  readonly texts: Readonly<Record<string, string>>;
  readonly contact: string | null;
}

/**
 * Reads what the outcome documents of a case say (R72), in the order in which they were issued: each with the reasons that were given with
 * the decision, or later where they were owed.
 * @param command one of them; all when it is left out
 * @returns none when none is issued, or none that the actor sees
 * @throws DatabaseAway
 */
export function readOutcomes(db: Database, actor: Actor, reference: string, command?: string): Promise<IssuedOutcome[]> {
  return db.asActor(actor, async (connection) => {
    const found = await connection.$queryRaw<FoundOutcome[]>`
      SELECT cases.programme || '@' || cases.year AS programme, cases.school, instant(cases.submitted) AS submitted,
        (SELECT name FROM organisations WHERE code = cases.school) AS school_name, issue.command,
        issue.event->'outcome' AS outcome, instant(issue.at) AS issued,
        decision.event AS decision, instant(decision.at) AS decided, to_char(decision.meeting_day, 'YYYY-MM-DD') AS meeting,
        cases.state->'landing'->>'cohort' AS cohort,
        coalesce((SELECT body->>'conditionsBy' FROM commands WHERE id = issue.command),
          (SELECT body->>'conditionsBy' FROM commands WHERE id = decision.command)) AS conditions_by,
        coalesce((SELECT texts FROM command_texts WHERE command_texts.command = issue.command), '{}') AS texts,
        (SELECT email FROM team_mailboxes WHERE party = 'cap') AS contact
      FROM cases
      JOIN timeline issue ON issue.reference = cases.reference AND issue.kind = 'outcomeIssued'
      LEFT JOIN timeline given ON given.command = issue.command AND given.kind = 'reasonsGiven'
      JOIN timeline decision ON decision.command = coalesce(given.event->>'of', issue.command) AND decision.seq = 0
      WHERE cases.reference = ${reference} AND issue.command = coalesce(${command ?? null}, issue.command)
      ORDER BY issue.step, issue.seq`;
    const [first] = found;
    if (!first) return [];
    const onboards = await nameOfOnboarder(connection, first.programme);
    return found.map((each) => issuedOutcome(reference, onboards, each));
  });
}

/** The one that was issued last, as `readOutcomes` reads it; null when there is none. @throws DatabaseAway */
export async function readOutcome(db: Database, actor: Actor, reference: string): Promise<IssuedOutcome | null> {
  return (await readOutcomes(db, actor, reference)).at(-1) ?? null;
}

function issuedOutcome(reference: string, onboards: string | null, found: FoundOutcome): IssuedOutcome {
  const { command, programme, school, outcome, decision, decided, issued, meeting, texts, contact, submitted } = found;
  const { panel, due } = outcome;
  const cohort = decision.landing ? decision.landing.cohort : found.cohort;
  return {
    ...{ reference, command, programme, year: yearOfStart(cohort, submitted), school, schoolName: found.school_name ?? school },
    ...{ panel, decision: outcome.decision, meeting: decision.outsideMeeting ? null : meeting, decided, issued, due },
    ...{ texts, conditionsBy: found.conditions_by, contact, onboards },
    expectedStart: outcome.decision === 'refused' ? null : cohort,
    nextMeeting: decision.landing?.meetings[panel]?.day ?? null,
  };
}

async function nameOfOnboarder(connection: Connection, programme: ProgrammeKey): Promise<string | null> {
  const onboarding = programmeAt(programme).route.find((stage) => stage.stage === 'onboarding');
  if (!onboarding) return null;
  const [found] = await connection.$queryRaw<
    { name: string }[]
  >`SELECT name FROM organisations WHERE code = ${codeOf(onboarding.host)}`;
  return found?.name ?? null;
}
