// Cases as people read them: one case whole, and the outcome document. Row-level security shows each actor their own.
import type { Calendar, Instant, IsoDate } from '../domain/calendar';
import { emailTitles } from '../domain/emails';
import type { Actor } from '../domain/facts';
import { informationBy } from '../domain/matters/information';
import { programmeAt, yearOfStart } from '../domain/programmes';
import type { CaseState, EventOf, Outcome } from '../domain/state';
import { codeOf, type PanelCode, type ProgrammeKey } from '../domain/words';
import { calendarNow } from './calendarRows';
import { latestTitle, offersOf } from './courses';
import type { Connection, Database } from './database';
import type { EmailRow } from './emails';
import { Prisma } from './generated/client';
import { summary, summaryOf, summed, type SummaryRow } from './lists';
import { sitesOf } from './sites';
import { timelineOf, wordsOfDecision } from './timeline';
import type { CaseRecord, CaseEmail, ConditionsBefore, IssuedOutcome, TimelineEntry } from './types';

interface WholeCase extends SummaryRow {
  readonly state: CaseState;
  readonly course: string | null;
  readonly offered: CaseRecord['offered'];
  readonly sites: CaseRecord['sites'];
  readonly timeline: readonly TimelineEntry[];
  readonly emails: readonly (EmailRow & Pick<CaseEmail, 'status' | 'written' | 'settled'>)[];
  readonly people: CaseRecord['people'];
  readonly linked: CaseRecord['linked'];
  readonly pack: CaseRecord['pack'] | null;
}

/** Reads a case whole, as far as the actor sees it; null when they do not. @throws DatabaseAway */
export async function readCase(db: Database, actor: Actor, reference: string): Promise<CaseRecord | null> {
  const [found] = await db.asActor(
    actor,
    (connection) => connection.$queryRaw<WholeCase[]>`
      SELECT ${summary}, state,
        ${latestTitle(Prisma.sql`state->'course'->>'code'`)} AS course,
        ${offersOf(Prisma.sql`state->'course'->>'code'`)} AS offered, ${sitesOf(Prisma.sql`host.code`)} AS sites,
        (SELECT pack FROM applications WHERE reference = ${reference} ORDER BY applications.step DESC LIMIT 1) AS pack,
        (SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'template', template, 'to', party, 'status', status,
            'written', instant(written), 'settled', instant(settled)) ORDER BY step, id), '[]')
          FROM emails WHERE reference = ${reference}) AS emails,
        (SELECT coalesce(jsonb_agg(jsonb_build_object('as', role, 'person', people.id, 'name', people.name) ORDER BY role), '[]')
          FROM (VALUES ('case-worker', case_worker), ('monitoring-officer', monitoring_officer)) AS named (role, who)
          JOIN people ON people.id = who) AS people,
        (SELECT coalesce(jsonb_agg(jsonb_build_object('reference', theirs.reference, 'isNext', theirs.follows IS NOT DISTINCT FROM ${reference})
            ORDER BY theirs.reference), '[]')
          FROM cases theirs WHERE theirs.follows = ${reference} OR theirs.reference = cases.follows) AS linked,
        ${timelineOf(reference)} AS timeline
      FROM ${summed} WHERE reference = ${reference}`,
  );
  if (!found) return null;
  const emails = found.emails.map((email) => ({ ...email, title: emailTitles[email.template] }));
  const { state, timeline, course, offered, sites, pack, people, linked } = found;
  return { ...summaryOf(found), state, timeline, course, offered, sites, people, linked, pack: pack ?? [], emails };
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
  readonly taken_back: Instant | null;
  readonly meeting: IsoDate | null;
  readonly cohort: IsoDate | null;
  readonly conditions_by: IsoDate | null;
  readonly reconsidered: PanelCode | null;
  readonly in_line: boolean;
  readonly conditions_before: ConditionsBefore | null;
  readonly texts: Readonly<Record<string, string>>;
  readonly contact: string | null;
}

/** What an earlier panel asked for when it passed the case on to the one that made the `decision`, unless it took that back. */
const conditionsBefore = Prisma.sql`
  (SELECT jsonb_build_object('panel', went.event->>'panel', 'text', coalesce(said.texts->>'conditions', ''), 'by', said.by)
    FROM timeline went, LATERAL ${wordsOfDecision(Prisma.sql`went`)} AS said
    WHERE went.reference = cases.reference AND went.kind = 'wentOn' AND (went.event->'conditions')::boolean AND went.step < decision.step
      AND NOT EXISTS (SELECT FROM timeline back WHERE back.reference = went.reference AND back.kind = 'decisionTakenBack' AND back.event->>'of' = went.command)
    ORDER BY went.step DESC LIMIT 1)`;

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
        (SELECT instant(at) FROM timeline WHERE reference = cases.reference AND kind = 'decisionTakenBack' AND event->>'of' = decision.command) AS taken_back,
        (SELECT asked.event->>'panel' FROM timeline asked WHERE asked.reference = cases.reference AND asked.kind = 'reconsiderationAsked'
          AND asked.step < decision.step) AS reconsidered,
        EXISTS (SELECT FROM timeline WHERE reference = cases.reference AND step = decision.step AND kind = 'coursePlaceAwaited') AS in_line,
        cases.state->'landing'->>'cohort' AS cohort, ${conditionsBefore} AS conditions_before,
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
    const { calendar } = await calendarNow(db, connection);
    return found.map((each) => issuedOutcome(reference, onboards, each, calendar));
  });
}

/** The one that was issued last, as `readOutcomes` reads it; null when there is none. @throws DatabaseAway */
export async function readOutcome(db: Database, actor: Actor, reference: string): Promise<IssuedOutcome | null> {
  return (await readOutcomes(db, actor, reference)).at(-1) ?? null;
}

function issuedOutcome(reference: string, onboards: string | null, found: FoundOutcome, calendar: Calendar): IssuedOutcome {
  const { command, programme, school, outcome, decision, decided, issued, meeting, texts, contact, submitted } = found;
  const { panel, due } = outcome;
  const cohort = decision.landing ? decision.landing.cohort : found.cohort;
  const nextMeeting = decision.landing?.meetings[panel]?.day ?? null;
  return {
    ...{
      reference,
      command,
      programme,
      year: yearOfStart(programme, cohort, submitted),
      school,
      schoolName: found.school_name ?? school,
    },
    ...{ panel, decision: outcome.decision, meeting: decision.outsideMeeting ? null : meeting, decided, issued, due },
    ...{
      takenBack: found.taken_back,
      reconsidered: found.reconsidered,
      inLine: found.in_line,
      texts,
      conditionsBy: found.conditions_by,
      conditionsBefore: found.conditions_before,
      contact,
      onboards,
    },
    expectedStart: outcome.decision === 'refused' ? null : cohort,
    nextMeeting,
    forPlace: outcome.forPlace === true,
    informationBy: outcome.decision === 'deferred' && !outcome.forPlace ? informationBy(nextMeeting, issued, calendar) : null,
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
