// The record step: the one way in which a case changes. One short transaction in which the case is locked, `decide` is asked with the
// row's own state and the command row's own words, and everything that follows is written; or the refusal is the answer.
import {
  changedEntries,
  checkApplication,
  checkCorrection,
  intendedStart,
  packOf,
  type Answers,
  type PackEntry,
} from '../domain/application';
import { sentBefore } from '../domain/byHand';
import type { Cycle, Instant } from '../domain/calendar';
import { caseMachine } from '../domain/case';
import { hostOf } from '../domain/host';
import { lacksMeeting, meetingsAhead } from '../domain/landing';
import { actingAs, afterStep, seesAt } from '../domain/machine';
import { commandTable, parseCommand, type Command, type CommandKind } from '../domain/commands';
import type { ApplicationFacts, Directory, Facts, OtherCase, PlacesLeft } from '../domain/facts';
import { programmeAt, yearOfStart } from '../domain/programmes';
import type { Programme } from '../domain/programme';
import { isRefusal, refuse } from '../domain/refusal';
import { wordsOf } from '../domain/search';
import type { CaseState, Event, Refusal, Wait } from '../domain/state';
import { isCorrectable } from '../domain/stages/packCheck';
import { countsFrom } from '../domain/received';
import { otherCase, type Student } from '../domain/student';
import type { MeetingRef, Party, ProgrammeCode } from '../domain/words';
import { calendarOfVersion } from './calendarRows';
import { noTexts } from './commands';
import type { Connection, Database, Transaction } from './database';
import { salted } from './digest';
import { emailDue, emailRows, type EmailRow } from './emails';
import type { Answer, CommandRow, Entered } from './types';

export interface StepToRecord {
  readonly reference: string;
  /** The id of a command that a door received, or a command that none did. */
  readonly command: string | Entered;
  /** The workflow's own time. */
  readonly now: Instant;
}

/**
 * Records what a command leads to, once: the same command again is answered with what was recorded, and nothing is decided twice.
 * Locks the case, then its meeting, then the programme's places, then the student, always in this order.
 * @returns `recorded` or `refused`, with the newest state, its waits and the e-mails still to be sent
 * @throws DatabaseAway, to be called again until it answers; never for a refusal
 */
export function recordStep(db: Database, step: StepToRecord): Promise<Answer> {
  return db.inTransaction(async (connection) => {
    const found = await begin(connection, step);
    if (found.recorded) return answer(found, null);
    const given = (await refusedByHand(connection, step)) ?? readGiven(found, step);
    if (isRefusal(given)) return refused(connection, step, found, given);
    const { facts, sent } = await gatherFacts(db, connection, step, found, given);
    const decision = caseMachine.decide(found.state, given.command, facts);
    if (isRefusal(decision)) return refused(connection, step, found, decision);
    return record(connection, step, found, { ...facts, kind: given.command.kind, sent }, decision);
  });
}

/** Where a case stands by its record, with the e-mails that are still to be sent; no state when there is no such case. @throws DatabaseAway */
export async function standing(db: Database, reference: string): Promise<Pick<Answer, 'state' | 'waits' | 'emails'>> {
  return db.directly(async (connection) => {
    const [row] = await connection.$queryRaw<Pick<Found, 'state' | 'waits' | 'emails'>[]>`
      SELECT state, waits, due_emails(reference) AS emails FROM cases WHERE reference = ${reference}`;
    return row
      ? { state: row.state, waits: row.waits ?? [], emails: row.emails.map(emailDue) }
      : { state: null, waits: [], emails: [] };
  });
}

/** What `begin_step` finds, the case and its meeting locked. */
interface Found {
  readonly state: CaseState | null;
  readonly waits: readonly Wait[] | null;
  readonly meeting: MeetingRef | null;
  /** Whether the command stands in the record already. */
  readonly recorded: boolean;
  /** The command as a door received it, with the names of its texts; null when none did. */
  readonly command: (Pick<CommandRow, 'kind' | 'body' | 'person' | 'received'> & { readonly texts: readonly string[] }) | null;
  /** Grants of whoever gives the command; null when they are none of our people now. */
  readonly parties: readonly Party[] | null;
  readonly calendar: number;
  readonly emails: readonly Omit<EmailRow, 'about'>[];
  readonly draft: FoundDraft | null;
}

interface FoundDraft {
  readonly programme: ProgrammeCode;
  readonly school: string;
  /** The code of the student that it names. */
  readonly student: string | null;
  readonly answers: Answers;
  readonly saved: Instant;
  readonly course: {
    readonly code: string;
    readonly title: string;
    readonly provider: string;
    readonly schoolWeeks: number;
  } | null;
  /** As it was sent last; null for a draft. */
  readonly pack: readonly PackEntry[] | null;
  /** Academic years for which the school has an SLA. */
  readonly slas: readonly string[];
}

/** A command with who gives it, when it counts and which texts came with it. */
interface Given extends Pick<Facts, 'actor' | 'now' | 'texts'> {
  readonly command: Command;
}

async function begin(connection: Connection, { reference, command }: StepToRecord): Promise<Found> {
  const [id, person] = typeof command === 'string' ? [command, null] : [command.id, command.person];
  const [row] = await connection.$queryRaw<{ found: Found }[]>`SELECT begin_step(${reference}, ${id}, ${person}) AS found`;
  if (!row) throw new Error('Postgres answered without a row');
  return row.found;
}

/**
 * Of what was typed by hand: why it counts for nothing, if so. Its number is spent here, whatever comes of it: a copy decides nothing
 * elsewhere, nor twice, nor later.
 */
async function refusedByHand(connection: Connection, { command, now }: StepToRecord): Promise<Refusal | null> {
  if (typeof command === 'string' || command.source === 'system') return null;
  const { seal } = command;
  if (isRefusal(seal)) return seal;
  const spent = await connection.$executeRaw`
    INSERT INTO spent_numbers (number, command, spent) VALUES (${seal.once}, ${command.id}, ${now}::timestamptz)
    ON CONFLICT (number) DO NOTHING`;
  if (spent > 0) return null;
  const [first] = await connection.$queryRaw<{ command: string }[]>`
    SELECT command FROM spent_numbers WHERE number = ${seal.once}`;
  return first?.command === command.id ? null : sentBefore;
}

/** Kind, body and person are the received row's, never the message's: a forged actor gets nowhere. */
function readGiven({ state, draft, command: row, parties }: Found, { command: asked, now }: StepToRecord): Given | Refusal {
  const given = row ?? (typeof asked === 'string' ? null : asked);
  if (!given) return notReceived;
  if (!Object.hasOwn(commandTable, given.kind)) return refuse('unreadable', 'message', `There is no command ${given.kind}.`);
  const command = parseCommand(given.kind, given.body);
  if ('problems' in command) {
    const [first] = command.problems;
    return refuse('unreadable', first?.rule ?? 'message', first?.message ?? 'The command is not readable.', first?.field);
  }
  const grants: readonly Party[] | null = sourceOf(asked) === 'system' ? ['system'] : parties;
  if (!grants) return refuse('not-yours', 'role', 'Nobody of that name acts in this service now.');
  return {
    command,
    actor: { person: given.person, parties: grants },
    now: countsFrom({ received: row?.received ?? null, now, after: later(state?.updated, draft?.saved) }),
    texts: row?.texts ?? null,
  };
}

/** The later of two moments, of which either may not be. */
const later = (...moments: readonly (Instant | undefined)[]): Instant | null =>
  moments
    .flatMap((at) => at ?? [])
    .sort()
    .at(-1) ?? null;

/** It was refused before, taken back by its door, or lost with a crash of Postgres: the same key begins afresh. */
const notReceived = refuse(
  'not-received',
  'message',
  'No such command waits for this case: send it through the service, with the same key if it was sent before.',
);

const sourceOf = (asked: StepToRecord['command']) => (typeof asked === 'string' ? 'api' : asked.source);

async function gatherFacts(
  db: Database,
  connection: Connection,
  step: StepToRecord,
  { state, meeting, calendar: version, draft: written }: Found,
  { command, actor, now, texts }: Given,
): Promise<{ readonly facts: Facts; readonly sent: SentPack | null }> {
  const { calendar, cycles } = await calendarOfVersion(db, connection, version);
  const places = state && mayTakePlace(command) ? await lockPlaces(connection, programmeAt(state.programme)) : [];
  const directory = command.kind === 'sendPack' ? await readDirectory(connection, command.body.course ?? null) : null;
  const draft = sendsPack(command) ? written : null;
  const { student, otherCases } = await lockStudent(connection, step.reference, draft);
  const sent = draft && readPack(step.reference, draft, student, state, now, cycles);
  const application = sent && sent.application;
  const facts = { now, command: idOf(step), actor, calendar, cycles, meeting, places, directory, otherCases, texts, application };
  return { facts, sent };
}

const idOf = ({ command }: StepToRecord) => (typeof command === 'string' ? command : command.id);

function mayTakePlace({ kind, body }: Command): boolean {
  return kind === 'confirmStart' || kind === 'correctStart' || (kind === 'panelDecision' && body.outcome.startsWith('approve'));
}

async function lockPlaces(connection: Connection, { code, limitedPlaces }: Programme): Promise<readonly PlacesLeft[]> {
  if (!limitedPlaces) return [];
  const [row] = await connection.$queryRaw<{ places: PlacesLeft[] }[]>`SELECT lock_places(${code}) AS places`;
  return row?.places ?? [];
}

async function readDirectory(connection: Connection, course: string | null): Promise<Directory | null> {
  const [row] = await connection.$queryRaw<{ directory: Directory }[]>`
    SELECT jsonb_build_object(
      'providers', (SELECT coalesce(jsonb_agg(code), '[]') FROM organisations WHERE kind = 'provider'),
      'course', (SELECT jsonb_build_object('code', code, 'provider', provider, 'schoolWeeks', school_weeks)
        FROM courses WHERE code = ${course})) AS directory`;
  return row?.directory ?? null;
}

interface LockedStudent {
  readonly student: Student | null;
  readonly otherCases: readonly OtherCase[];
}

/** Whoever a command must look at all the cases of. */
async function lockStudent(connection: Connection, reference: string, draft: FoundDraft | null): Promise<LockedStudent> {
  if (draft === null || draft.student === null) return { student: null, otherCases: [] };
  const [row] = await connection.$queryRaw<{ locked: { student: Student; others: CaseState[] } }[]>`
    SELECT lock_student(${draft.student}, ${reference}) AS locked`;
  if (!row) throw new Error('Postgres answered without a row');
  return { student: row.locked.student, otherCases: row.locked.others.map(otherCase) };
}

/** A pack that is sent: what a rule must know of it, its words, and by what its case is found. */
interface SentPack {
  readonly application: ApplicationFacts;
  readonly pack: readonly PackEntry[];
  /** The name, as the pack has it. */
  readonly student: string;
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
  cycles: readonly Cycle[],
): SentPack {
  const { programme, school, course, answers } = draft;
  const written = { ...draft, student, course: course !== null };
  const intended = state
    ? { year: yearOfStart(state.landing?.cohort ?? null, now), programme: programmeAt(state.programme) }
    : intendedStart(programme, now, cycles);
  const problems = state ? checkCorrection(intended, written, now) : checkApplication(programme, written, now, cycles);
  const pack = student ? packOf(student, course && course.title, answers, intended) : [];
  const changed = draft.pack ? changedEntries(draft.pack, pack) : [];
  const codes = { student: student && student.code, course: course && courseCodes(course) };
  const name = student?.name ?? '';
  return {
    application: { reference, programme, school, ...codes, problems, changed },
    pack,
    student: name,
    words: wordsOf(reference, name, student?.upn ?? ''),
  };
}

const courseCodes = ({ code, provider, schoolWeeks }: NonNullable<FoundDraft['course']>) => ({ code, provider, schoolWeeks });

function answer({ state, waits, emails }: Found, refusal: Refusal | null): Answer {
  return { result: refusal ? 'refused' : 'recorded', refusal, state, waits: waits ?? [], emails: emails.map(emailDue) };
}

/** A refused command leaves nothing but a line in the access log: its key may come again, with its own time and another body. */
async function refused(connection: Transaction, step: StepToRecord, found: Found, refusal: Refusal): Promise<Answer> {
  const source = sourceOf(step.command);
  // A clock that was not due is no news.
  if (source !== 'system') {
    const { kind, person } = found.command ?? (typeof step.command === 'string' ? nobody : step.command);
    // Whoever typed it by hand was given no answer: it is here, and on the page of the case. Names of fields are typed too: no word of theirs here.
    const message = source === 'temporal' && refusal.field === undefined ? { message: refusal.message } : {};
    const detail = JSON.stringify({
      kind,
      source,
      command: idOf(step),
      refused: refusal.refused,
      rule: refusal.rule,
      ...message,
    });
    await connection.$executeLast`
      WITH gone AS (DELETE FROM received_commands WHERE id = ${found.command ? idOf(step) : null})
      INSERT INTO access_log (at, person, action, reference, detail)
      VALUES (${step.now}::timestamptz, ${person}, 'refused', ${step.reference}, ${detail}::jsonb)`;
  }
  return answer(found, refusal);
}

const nobody = { kind: 'unknown', person: '' };

async function record(
  connection: Transaction,
  step: StepToRecord,
  found: Found,
  { kind, sent, ...facts }: Facts & { readonly kind: CommandKind; readonly sent: SentPack | null },
  events: readonly Event[],
): Promise<Answer> {
  const before = found.state;
  const after = afterStep(caseMachine, before, events);
  const waits = caseMachine.waits(after, facts.calendar);
  const by = actingAs(caseMachine, before, after, kind, facts.actor);
  const emails = emailRows(after, caseMachine.emails(before, events, after, { by, waits }));
  const undelivered = events.flatMap((event) => (event.kind === 'emailUndelivered' ? [event.email] : []));
  const rows = {
    ...(found.command ? { received: idOf(step) } : { command: enteredRow(step, facts.now, after) }),
    ...(before?.landing === after.landing ? {} : { calendar: found.calendar }),
    case: caseRow(after, waits, step.now),
    waits: waits.map((wait) => waitRow(after, wait)),
    entries: events.map((event, seq) => entryRow(after, event, seq, facts)),
    viewers: viewerRows(after, step.now),
    emails: emails.map(({ to, ...email }) => ({
      ...email,
      ...{ reference: after.reference, step: after.step, party: to, status: 'due', written: step.now },
    })),
    undelivered,
    ...(samePlace(before, after) ? {} : { place: placeRow(after) }),
    ...(sent ? { application: applicationRow(after, sent, facts.now), name: sent.student, words: sent.words } : {}),
    ...(isReturned(before) === isReturned(after) ? {} : { returned: isReturned(after) }),
  };
  await connection.$executeLast`SELECT record_step(${JSON.stringify(rows)}::jsonb)`;
  const due = [...found.emails, ...emails].filter(({ id }) => !undelivered.includes(id));
  return { result: 'recorded', refusal: null, state: after, waits, emails: due.map(emailDue) };
}

/** The row of a command that came through Temporal, where no words travel, or that the workflow gave itself. */
function enteredRow({ reference, command }: StepToRecord, received: Instant, after: CaseState) {
  if (typeof command === 'string') throw new Error(`The command ${command} has no row`);
  const { id, kind, body, person, source } = command;
  return { id, kind, body, person, source, reference, received, digest: noTexts.digest, based: after.step - 1, step: after.step };
}

function entryRow({ reference, step }: CaseState, { kind, at, ...event }: Event, seq: number, { command, meeting }: Facts) {
  return { reference, step, seq, command, kind, at, event, meeting_day: meeting?.day ?? null };
}

function caseRow(state: CaseState, waits: readonly Wait[], now: Instant) {
  const [first] = waits;
  const nexts = waits.flatMap(({ next }) => next ?? []).sort();
  const { reference, school, student, step, position, landing } = state;
  const { code, year } = programmeAt(state.programme);
  return {
    ...{ reference, programme: code, year, school, student, stage: position.stage, step, state, waits },
    ...{ host: hostOf(state), waiting_for: first?.role ?? null, due: first?.due ?? null, next: nexts[0] ?? null },
    meeting: position.stage === 'panel' ? (position.meeting?.id ?? null) : null,
    ahead: meetingsAhead(state).map(({ id }) => id),
    unplanned: lacksMeeting(state),
    cycle: landing?.cycle ?? null,
    submitted: state.since, // taken when the row is made
    updated: now,
    closed: caseMachine.isOver(state),
  };
}

function waitRow({ reference }: CaseState, { what, subject, party, due, next }: Wait) {
  return { reference, what, subject: subject ?? '', party, due, next };
}

/** A provider sees what is recorded from the step on in which it was sent the pack; everybody else sees all of a case. */
function viewerRows(state: CaseState, now: Instant) {
  return caseMachine
    .viewers(state)
    .filter((viewer) => seesAt(viewer, now))
    .map(({ party, until }) => ({
      ...{ reference: state.reference, party, until, updated: now },
      from_step: party.startsWith('provider:') ? state.step : 0,
    }));
}

function samePlace(before: CaseState | null, { place }: CaseState): boolean {
  const had = before?.place ?? null;
  return had?.academicYear === place?.academicYear && had?.term === place?.term;
}

function placeRow({ reference, programme, place }: CaseState) {
  return place && { reference, programme: programmeAt(programme).code, academic_year: place.academicYear, term: place.term };
}

function applicationRow({ reference, step }: CaseState, { pack }: SentPack, submitted: Instant) {
  return { reference, step, pack, ...salted(pack), submitted };
}

/** While it is, the school corrects the pack (A22). */
function isReturned(state: CaseState | null): boolean {
  return state !== null && isCorrectable(state);
}
