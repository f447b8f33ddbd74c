// The record step of a case: the row of the case, and what its rules may know, read under locks that are always taken in one order:
// the case, then its meeting, then the programme's places, then the student.
import { agreementsIn } from '../domain/agreements';
import {
  changedEntries,
  checkApplication,
  checkCorrection,
  courseNamed,
  intendedAgain,
  intendedStart,
  packOf,
  pinnedOf,
  type Answers,
  type PackEntry,
} from '../domain/application';
import { academicYearOf, londonDay, type Calendar, type Instant, type Planned } from '../domain/calendar';
import { caseMachine } from '../domain/case';
import { spanEnded } from '../domain/exclusions';
import type { Command } from '../domain/commands';
import type {
  Actor,
  ApplicationFacts,
  CoursePlaces,
  Directory,
  Facts,
  OfferedCourse,
  OtherCase,
  PlacesLeft,
} from '../domain/facts';
import type { FileFacts } from '../domain/files';
import { hostOf } from '../domain/host';
import { beforePanel, lacksMeeting, meetingsAhead, placementYear } from '../domain/landing';
import { countedIn } from '../domain/numbers';
import { programmeAt } from '../domain/programmes';
import type { Programme } from '../domain/programme';
import { wordsOf } from '../domain/search';
import { sittingOf } from '../domain/meetings/sitting';
import type { MeetingState } from '../domain/meetings/state';
import { isAccepted } from '../domain/stages/notAfterAll';
import { isCorrectable } from '../domain/stages/packCheck';
import type { CaseState, Event, Wait } from '../domain/state';
import { otherCase } from '../domain/load';
import type { Student } from '../domain/student';
import { codeOf, type MeetingRef, type Party, type ProgrammeCode } from '../domain/words';
import { calendarOfVersion } from './calendarRows';
import { checksOf } from './checks';
import { erasing, lockRetention } from './retention';
import type { Connection, Database } from './database';
import { salted } from './digest';
import { emailDue } from './emails';
import { recordStep, type Found, type Gathered, type KeptMachine, type ReadCommand, type StepToRecord } from './recordStep';
import { keptLine } from './line';
import type { CaseLine, StepOutcome } from './types';

/**
 * Records what a command leads to in a case, once.
 * @returns `recorded` or `refused`, with the newest state, its waits and the e-mails still to be sent
 * @throws DatabaseAway, to be called again until it answers; never for a refusal
 */
export function recordCaseStep(db: Database, step: StepToRecord): Promise<StepOutcome> {
  return recordStep(keptCase, db, step);
}

/** Where a case stands by its record, with the e-mails that are still to be sent; no state when there is no such case. @throws DatabaseAway */
export async function standing(db: Database, reference: string): Promise<Pick<StepOutcome, 'state' | 'waits' | 'emails'>> {
  return db.directly(async (connection) => {
    const [row] = await connection.$queryRaw<Pick<FoundCase, 'state' | 'waits' | 'emails'>[]>`
      SELECT state, waits, due_emails(reference) AS emails FROM cases WHERE reference = ${reference}`;
    return row
      ? { state: row.state, waits: row.waits ?? [], emails: row.emails.map(emailDue) }
      : { state: null, waits: [], emails: [] };
  });
}

/** What the SQL function `begin_case` finds, the case and its meeting locked. */
interface FoundCase extends Found<CaseState> {
  /** When it was sent first; null before. */
  readonly submitted: Instant | null;
  readonly meeting: MeetingRef | null;
  /** What that meeting is at, where it is kept here. */
  readonly sitting: MeetingState | null;
  /** The people who act for its home school or its host. */
  readonly ofItsSides: readonly string[];
  /** The version of the calendar. */
  readonly calendar: number;
  readonly draft: FoundDraft | null;
}

interface FoundDraft {
  readonly programme: ProgrammeCode;
  readonly school: string;
  /** The code of the student that it names. */
  readonly student: string | null;
  readonly answers: Answers;
  /** The application whose answers it began with. */
  readonly follows: string | null;
  readonly saved: Instant;
  /** The code of the course that it names. */
  readonly course: string | null;
  /** That course as directories have it, by their academic year. */
  readonly offered: Readonly<Record<string, OfferedCourse & { readonly title: string }>>;
  /** As it was sent last; null for a draft. */
  readonly pack: readonly PackEntry[] | null;
  /** Academic years for which the school has an SLA. */
  readonly slas: readonly string[];
  readonly files: readonly FileFacts[];
}

const keptCase: KeptMachine<CaseState, Command, Event, Facts> = {
  machine: caseMachine,
  begin: async (db, connection, { reference, commandId, enteredBy, now }) => {
    const [row] = await connection.$queryRaw<{ found: FoundCase }[]>`
      SELECT begin_case(${reference}, ${commandId}, ${enteredBy}) AS found`;
    if (!row) throw new Error('Postgres answered without a row');
    const { found } = row;
    return {
      found,
      notBefore: later(found.state?.updated, found.draft?.saved),
      gather: (read) => gather(db, connection, reference, found, read, now),
    };
  },
};

/** The later of two moments, of which either may not be. */
const later = (...moments: readonly (Instant | undefined)[]): Instant | null =>
  moments
    .flatMap((at) => at ?? [])
    .sort()
    .at(-1) ?? null;

async function gather(
  db: Database,
  connection: Connection,
  reference: string,
  { state, submitted, meeting, sitting, ofItsSides, calendar: version, draft: written }: FoundCase,
  { command, ...read }: ReadCommand<Command>,
  recordedAt: Instant,
): Promise<Gathered<CaseState, Event, Facts>> {
  const { calendar, cycles } = await calendarOfVersion(db, connection, version);
  const places = state && mayTakePlace(command) ? await lockPlaces(connection, programmeAt(state.programme)) : [];
  const namesAHost = command.kind === 'sendPack' || command.kind === 'allocateSchool';
  const course = command.kind === 'sendPack' ? (command.body.course ?? null) : null;
  const offeredIn = state && intendedAgain(pinnedOf(state), read.now, calendar).year;
  const directory = namesAHost && offeredIn ? await readDirectory(connection, course, offeredIn) : null;
  const coursePlaces = state && (await lockCourse(connection, state, command, directory, { now: read.now, calendar }));
  const provider = state && providerSentTo(state, command);
  const checks = provider ? await checksOf(connection, provider) : [];
  const slas = state && confirmsAStart(command) ? await readSlas(connection, state) : [];
  const named = await readNamed(connection, command);
  const retention = command.kind === 'erase' && state ? await lockRetention(connection, reference) : null;
  const draft = sendsPack(command) ? written : null;
  const whose = draft
    ? draft.student
    : looksAtOtherPlacements(command) || looksAtStudent(command, state)
      ? (state?.student ?? null)
      : null;
  const { student, otherCases } = await lockStudent(connection, reference, whose);
  const sent = draft && readPack(reference, draft, student, state, read.now, { calendar, cycles });
  const application = sent && sent.application;
  return {
    facts: {
      ...read,
      calendar,
      cycles,
      meeting,
      sitting: sitting && sittingOf(sitting, reference, ofItsSides),
      places,
      coursePlaces,
      checks,
      directory,
      student,
      slas,
      otherCases,
      retention,
      application,
      named,
    },
    meetingDay: meeting?.day ?? null,
    undelivered: (events) => events.flatMap((event) => (event.kind === 'emailUndelivered' ? [event.email] : [])),
    keep: (within, { before, events, after, waits }) => {
      const decision = decisionRow(before, events, read.commandId);
      const takenBack = events.find((event) => event.kind === 'decisionTakenBack');
      const span = spanEnded(before, after, calendar);
      const counts = countedIn(before, events, after, submitted ?? after.since);
      const rows = {
        case: caseRow(after, waits, sent, { submitted: submitted ?? after.since, updated: recordedAt }),
        ...(before?.landing === after.landing ? {} : { calendar: version }),
        ...(samePlace(before, after) ? {} : { place: placeRow(after) }),
        ...(sent ? { application: applicationRow(after, sent, read.now), words: sent.words } : {}),
        ...(isReturned(before) === isReturned(after) ? {} : { returned: isReturned(after) }),
        ...(decision ? { decision } : {}),
        ...(takenBack ? { takenBack: takenBack.of } : {}),
        ...(counts.length > 0 ? { counts } : {}),
        ...(span ? { span } : {}),
        ...(sameCoursePlace(before, after)
          ? {}
          : { coursePlace: after.coursePlace ? { reference: after.reference, ...after.coursePlace } : null }),
      };
      const kept = within.$executeRaw`SELECT keep_case(${JSON.stringify(rows)}::jsonb)`;
      return events.some(({ kind }) => kind === 'erased') ? Promise.all([kept, erasing(within, reference)]) : kept;
    },
  };
}

/** Whom a command names, should they be somebody who may sign in. */
async function readNamed(connection: Connection, command: Command): Promise<Actor | null> {
  const person =
    command.kind === 'nameCaseWorker'
      ? command.body.caseWorker
      : command.kind === 'nameMonitoringOfficer'
        ? command.body.officer
        : null;
  if (person === null) return null;
  const [row] = await connection.$queryRaw<{ found: { readonly parties: readonly Party[] } | null }[]>`
    SELECT active_person(${person}) AS found`;
  return row?.found ? { person, parties: row.found.parties } : null;
}

const placing: readonly Command['kind'][] = [
  'confirmStart',
  'correctStart',
  'askChangeOfDay',
  'confirmChangeOfDay',
  'askExtension',
  'decideExtension',
];

/** Two placements of a student that are agreed at once come one after the other (A11). */
function looksAtOtherPlacements({ kind }: Command): boolean {
  return placing.includes(kind);
}

/**
 * Whether SEND is invited (A12) and the local authority has a copy (A3); of which year group a student is who goes on after Year 11 (R40), or for whom a
 * panel approves a programme of one (R85).
 */
function looksAtStudent({ kind, body }: Command, state: CaseState | null): boolean {
  if (kind === 'panelDecision') return state !== null && programmeAt(state.programme).yearGroups !== undefined;
  return kind === 'callMeeting' || kind === 'recordNotice' || (kind === 'recordExit' && body.destination === 'post-16');
}

/** What a panel decides of a place: to give one, or that none is left (R13). */
const takesOrAwaits: readonly string[] = ['approve', 'approve-with-conditions', 'wait-for-place'];

function mayTakePlace(command: Command): boolean {
  return confirmsAStart(command) || (command.kind === 'panelDecision' && takesOrAwaits.includes(command.body.outcome));
}

async function lockPlaces(connection: Connection, { code, limitedPlaces }: Programme): Promise<readonly PlacesLeft[]> {
  if (!limitedPlaces) return [];
  const [row] = await connection.$queryRaw<{ places: PlacesLeft[] }[]>`SELECT lock_places(${code}) AS places`;
  return row?.places ?? [];
}

function confirmsAStart({ kind }: Command): boolean {
  return kind === 'confirmStart' || kind === 'correctStart';
}

/** The academic years for which the school of a case has an SLA, where its programme is for such schools alone. */
async function readSlas(connection: Connection, { programme, school }: CaseState): Promise<readonly string[]> {
  if (programmeAt(programme).access !== 'sla-only') return [];
  const rows = await connection.$queryRaw<{ year: string }[]>`
    SELECT academic_year AS year FROM slas WHERE school = ${school}`;
  return rows.map(({ year }) => year);
}

/** The provider to whom a command sends a student, or their pack; of a pack that is complete that of its course, who has it now or after a panel. */
function providerSentTo(state: CaseState, command: Command): string | null {
  if (command.kind === 'sendPack') return command.body.provider;
  if (command.kind === 'checkPack') return command.body.result === 'complete' ? (state.course?.provider ?? null) : null;
  if (!confirmsAStart(command)) return null;
  const host = hostOf(state);
  return host?.startsWith('provider:') ? codeOf(host) : null;
}

/** The course on which a command takes a place, should it have a limit. @param directory the course that the command names */
async function lockCourse(
  connection: Connection,
  state: CaseState,
  command: Command,
  directory: Directory | null,
  { now, calendar }: { readonly now: Instant; readonly calendar: Calendar },
): Promise<CoursePlaces | null> {
  const course = courseTaken(state, command, directory);
  if (course === null) return null;
  const today = londonDay(now);
  const [year, ofStart] = [academicYearOf(today), placementYear(state, today, calendar)];
  const [row] = await connection.$queryRaw<{ places: CoursePlaces | null }[]>`
    SELECT lock_course(${course}, ${state.reference}, ${state.school}, ${year}, ${ofStart}) AS places`;
  return row?.places ?? null;
}

function courseTaken(state: CaseState, command: Command, directory: Directory | null): string | null {
  switch (command.kind) {
    case 'providerResponse':
      return command.body.result === 'accept' ? (state.course?.code ?? null) : null;
    case 'panelDecision':
      return command.body.outcome.startsWith('approve') ? (state.course?.code ?? null) : null;
    case 'sendPack':
      return isAccepted(state) ? (directory?.course?.code ?? null) : null;
    case 'recalculate':
      return state.coursePlace?.waiting ? state.coursePlace.course : null;
    default:
      return null;
  }
}

/** @param course the code of the course that a command names @param year the academic year whose directory offers it */
async function readDirectory(connection: Connection, course: string | null, year: string): Promise<Directory | null> {
  const [row] = await connection.$queryRaw<{ directory: Directory }[]>`
    SELECT jsonb_build_object(
      'providers', (SELECT coalesce(jsonb_agg(code), '[]') FROM organisations WHERE kind = 'provider'),
      'schools', (SELECT coalesce(jsonb_agg(jsonb_build_object('code', code, 'sector', sector)), '[]') FROM organisations WHERE kind = 'school'),
      'course', (SELECT jsonb_build_object('code', code, 'programme', programme, 'provider', provider, 'schoolWeeks', school_weeks)
        FROM courses WHERE code = ${course} AND academic_year = ${year})) AS directory`;
  return row?.directory ?? null;
}

interface LockedStudent {
  readonly student: Student | null;
  readonly otherCases: readonly OtherCase[];
}

/** Whoever a command must look at all the cases of. */
async function lockStudent(connection: Connection, reference: string, code: string | null): Promise<LockedStudent> {
  if (code === null) return { student: null, otherCases: [] };
  const [row] = await connection.$queryRaw<{ locked: { student: Student; others: CaseState[] } }[]>`
    SELECT lock_student(${code}, ${reference}) AS locked`;
  if (!row) throw new Error('Postgres answered without a row');
  return { student: row.locked.student, otherCases: row.locked.others.map(otherCase) };
}

/** A pack that is sent: what a rule must know of it, its words, and by what its case is found. */
interface SentPack {
  readonly application: ApplicationFacts;
  readonly pack: readonly PackEntry[];
  /** The name, as the pack has it. */
  readonly student: string;
  readonly follows: string | null;
  readonly words: readonly string[];
}

function sendsPack({ kind }: Command): boolean {
  return kind === 'submit' || kind === 'resubmitPack';
}

/**
 * A pack that is sent, held against what asks it: for the first time the values of the year of its intended start; sent again, those that
 * its case is pinned to (C6, A22).
 */
function readPack(
  reference: string,
  draft: FoundDraft,
  student: Student | null,
  state: CaseState | null,
  now: Instant,
  planned: Planned,
): SentPack {
  const { programme, school, answers } = draft;
  const intended = state ? intendedAgain(pinnedOf(state), now, planned.calendar) : intendedStart(programme, now, planned);
  const course = courseNamed({ code: draft.course, programme }, draft.offered, intended.year, state?.course ?? null);
  const written = { ...draft, student, course };
  const problems = state ? checkCorrection(intended, written, now) : checkApplication(programme, written, now, planned);
  const pack = student ? packOf(student, course && titleOf(course, draft), answers, intended, draft.files) : [];
  const changed = draft.pack ? changedEntries(draft.pack, pack) : [];
  const codes = { student: student && student.code, course: course && courseCodes(course) };
  const name = student?.name ?? '';
  return {
    application: {
      reference,
      programme,
      school,
      ...codes,
      problems,
      changed,
      agreements: agreementsIn(answers),
      withoutPanels: skipsPanels(intended.programme, answers),
    },
    pack,
    student: name,
    follows: draft.follows,
    words: wordsOf(reference, name, student?.upn ?? ''),
  };
}

/** Answers may take the panels out of a route (R20). */
function skipsPanels({ noPanelWhen }: Programme, answers: Answers): boolean {
  return noPanelWhen !== undefined && answers[noPanelWhen] === true;
}

const courseCodes = ({ code, provider, schoolWeeks }: OfferedCourse) => ({ code, provider, schoolWeeks });

/** Of a course of the directory its own; of one that a case keeps, that of the last pack. */
function titleOf(course: OfferedCourse & { readonly title?: string }, { pack }: FoundDraft): string {
  return course.title ?? pack?.find(({ code }) => code === 'course')?.answer ?? course.code;
}

/** @param sent the pack that is sent in this step; null leaves its name and its step as they were */
function caseRow(state: CaseState, waits: readonly Wait[], sent: SentPack | null, at: Pick<CaseLine, 'submitted' | 'updated'>) {
  const [first] = waits;
  const nexts = waits.flatMap(({ next }) => next ?? []).sort();
  const { reference, school, student, step, position, landing } = state;
  const { code, year } = programmeAt(state.programme);
  return {
    ...{ reference, programme: code, year, school, student, stage: position.stage, step, state, waits },
    ...{ host: hostOf(state), waiting_for: first?.role ?? null, due: first?.due ?? null, next: nexts[0] ?? null },
    meeting: beforePanel(position)?.meeting?.id ?? null,
    ahead: meetingsAhead(state).map(({ id }) => id),
    unplanned: lacksMeeting(state),
    line: keptLine(lineOf(state, waits, at)),
    cycle: landing?.cycle ?? null,
    ...{ case_worker: state.caseWorker ?? null, monitoring_officer: state.monitoringOfficer ?? null },
    ...{ name: sent && sent.student, pack_step: sent && step, follows: sent && sent.follows },
    ...at,
    closed: caseMachine.isOver(state),
  };
}

/** What lists show of a case, beside names, which are read as they are now. */
function lineOf(state: CaseState, waits: readonly Wait[], at: Pick<CaseLine, 'submitted' | 'updated'>): CaseLine {
  const { reference, programme, school, step, position, landing } = state;
  const start = ('start' in position ? position.start : null) ?? landing?.cohort ?? null;
  return { reference, programme, school, host: hostOf(state), stage: position.stage, step, waits, start, ...at };
}

function samePlace(before: CaseState | null, { place }: CaseState): boolean {
  const had = before?.place ?? null;
  return had?.academicYear === place?.academicYear && had?.term === place?.term;
}

function sameCoursePlace(before: CaseState | null, after: CaseState): boolean {
  const [had, has] = [before?.coursePlace ?? null, after.coursePlace ?? null];
  return had?.course === has?.course && had?.waiting === has?.waiting;
}

function placeRow({ reference, programme, place }: CaseState) {
  return place && { reference, programme: programmeAt(programme).code, academic_year: place.academicYear, term: place.term };
}

function applicationRow({ reference, step }: CaseState, { pack }: SentPack, submitted: Instant) {
  return { reference, step, pack, ...salted(pack), submitted };
}

/** What the minutes of a meeting name: a case that was decided there. */
function decisionRow(before: CaseState | null, events: readonly Event[], command: string) {
  const meeting = before && beforePanel(before.position)?.meeting;
  const isAtMeeting = events.some((event) => 'outsideMeeting' in event && !event.outsideMeeting);
  return before && meeting && isAtMeeting
    ? { command, meeting: meeting.id, reference: before.reference, taken_back: false }
    : null;
}

/** While it is, the school corrects the pack (A22). */
function isReturned(state: CaseState | null): boolean {
  return state !== null && isCorrectable(state);
}
