// A school writes an application, saves it as often as it likes, and submits it. Until then it is a draft, and the school's alone (R23, R25).
import {
  carriedOver,
  checkAnswers,
  checkApplication,
  checkCorrection,
  courseNamed,
  courseProblems,
  intendedAgain,
  intendedStart,
  noCourse,
  noStudent,
  unknownStudent,
  type Answers,
  type Intended,
} from '../domain/application';
import { openerOf } from '../domain/applicant';
import type { Problem } from '../domain/commands';
import type { Actor } from '../domain/facts';
import { alreadyApplied } from '../domain/load';
import { isOffered, type Programme } from '../domain/programme';
import type { ProgrammeCode } from '../domain/words';
import { readCalendar } from '../records/calendar';
import { readOffers } from '../records/courses';
import { readOffered, readSlas } from '../records/directory';
import { createDraft, deleteDraft, listDrafts, readDraft, saveDraft } from '../records/drafts';
import type { Keep } from '../records/made';
import { openCasesOf, readStudent } from '../records/students';
import type { Draft, Person } from '../records/types';
import { giveCommand, type Recorded } from './giveCommand';
import { mayNot, onlySchoolOf } from './onBehalf';
import { once } from './once';
import {
  alreadySubmitted,
  editedMeanwhile,
  isRefused,
  keptByCap,
  neverRead,
  versionNeeded,
  wrongValues,
  type Refused,
} from './refused';
import type { Services } from './services';

/** A draft with what it is held against, and what still stands in the way of submitting it; nothing, once it is submitted. */
export interface Application {
  readonly draft: Draft;
  readonly intended: Intended;
  readonly inTheWay: readonly Problem[];
}

export interface NewApplication {
  readonly programme: ProgrammeCode;
  /** Needed only by those who act for several schools. */
  readonly school: string | null;
  /** The code of a student of the school. */
  readonly student: string | null;
  readonly course: string | null;
  readonly answers: Answers;
  /** An application of the same school that it follows: its student and its answers are where this one begins. */
  readonly follows: string | null;
}

export interface ApplicationChange {
  readonly student: string | null;
  readonly course: string | null;
  readonly answers: Answers;
  /** The version that was read; null when that is not said. */
  readonly version: number | null;
}

/**
 * Begins an application, which has its reference from here on (R23).
 * @param key the caller's Idempotency-Key; null when there is none
 * @throws DatabaseAway
 */
export function beginApplication(
  services: Services,
  person: Person,
  given: NewApplication,
  key: string | null,
): Promise<Application | Refused> {
  return once(
    services,
    person,
    key === null ? null : { what: 'application', key, body: given },
    (keep) => begin(services, person, given, keep),
    (reference) => readApplication(services, person, reference),
  );
}

async function begin(services: Services, person: Person, given: NewApplication, keep: Keep): Promise<Application | Refused> {
  const { database, now } = services;
  const { programme, course, follows } = given;
  const { programme: asks } = await intendedNow(services, person, { programme });
  const school = given.school ?? (await schoolOf(services, person, asks, given.student));
  if (typeof school !== 'string') return school;
  const forbidden = mayNotOpen(person, asks, school) ?? (await notOffered(services, person, asks));
  if (forbidden) return forbidden;
  const last = follows === null ? null : await readDraft(database, person, follows);
  if (follows !== null && (last?.school !== school || !last.submitted)) return wrongValues(nothingToFollow);
  const carried = last ? carriedOver(last.answers, asks) : {};
  const begun = {
    student: given.student ?? last?.student?.code ?? null,
    course,
    answers: { ...carried, ...given.answers },
  };
  if (last && begun.student !== last.student?.code) return wrongValues(ofAnotherStudent);
  const wrong = await wrongIn(services, person, { programme, school }, begun);
  if (wrong) return wrong;
  return read(
    services,
    person,
    await createDraft(database, person, { programme, school, opener: openerOf(asks, school), follows, ...begun }, now(), keep),
  );
}

/** @returns the applications of the person's schools that are not submitted, the last saved first, a hundred at most. @throws DatabaseAway */
export async function listApplications(services: Services, person: Person): Promise<Application[]> {
  return withTheirWay(services, person, await listDrafts(services.database, person));
}

/** @throws DatabaseAway */
export async function readApplication(services: Services, person: Person, reference: string): Promise<Application | Refused> {
  const draft = await readDraft(services.database, person, reference);
  return draft ? read(services, person, draft) : notThere;
}

/** Saves an application, or a returned pack, over the version that was read (R25, A22). @throws DatabaseAway */
export async function saveApplication(
  services: Services,
  person: Person,
  reference: string,
  { version, ...change }: ApplicationChange,
): Promise<Application | Refused> {
  const { database, now } = services;
  const draft = await readDraft(database, person, reference);
  if (!draft) return notThere;
  if (version === null) return wrongValues(versionNeeded);
  if (version > draft.version) return neverRead(draft.version);
  if (draft.returned && change.student !== draft.student?.code) return wrongValues(anotherStudent);
  const wrong = await wrongIn(services, person, draft, change);
  if (wrong) return wrong;
  const saved = await saveDraft(database, person, reference, { ...change, version }, now());
  if (saved === null) return notThere;
  if (saved === 'submitted') return alreadySubmitted;
  if (saved === 'held') return keptByCap;
  if (saved === 'stale') return editedMeanwhile((await readDraft(database, person, reference)) ?? draft);
  return read(services, person, saved);
}

/** Deletes an application that was never submitted. @param version the version that was read; null when that is not said @throws DatabaseAway */
export async function deleteApplication(
  { database, now }: Services,
  person: Person,
  reference: string,
  version: number | null,
): Promise<{ readonly reference: string } | Refused> {
  const draft = await readDraft(database, person, reference);
  if (!draft) return notThere;
  const { programme } = await intendedNow({ database, now }, person, draft);
  const forbidden = mayNotOpen(person, programme, draft.school);
  if (forbidden) return forbidden;
  if (draft.submitted) return alreadySubmitted;
  if (version === null) return wrongValues(versionNeeded);
  if (version > draft.version) return neverRead(draft.version);
  const outcome = await deleteDraft(database, person, reference, version);
  if (outcome === null) return notThere;
  if (outcome === 'submitted') return alreadySubmitted;
  if (outcome === 'held') return keptByCap;
  if (outcome === 'stale') return editedMeanwhile((await readDraft(database, person, reference)) ?? draft);
  return { reference };
}

/**
 * Submits an application: it becomes a case (R23), unless a gate is in the way (R41 to R45).
 * @param key the caller's Idempotency-Key
 * @throws EngineAway, EngineTimeout, DatabaseAway: try again with the same key
 */
export async function submitApplication(
  services: Services,
  person: Person,
  reference: string,
  key: string,
): Promise<Recorded | Refused> {
  const application = await readApplication(services, person, reference);
  if (isRefused(application)) return application;
  const { draft, inTheWay } = application;
  const forbidden = mayNotOpen(person, application.intended.programme, draft.school);
  if (forbidden) return forbidden;
  const [first] = inTheWay;
  if (first) {
    const things = inTheWay.length === 1 ? 'One thing stands' : `${inTheWay.length} things stand`;
    const message = `${things} in the way of submitting: mend what is named.`;
    return { refused: 'not-eligible', rule: first.rule, message, problems: inTheWay };
  }
  return giveCommand(services, person, { reference, kind: 'submit', body: {}, texts: {}, key, read: null });
}

async function read(services: Services, person: Actor, draft: Draft): Promise<Application> {
  const [application] = await withTheirWay(services, person, [draft]);
  if (!application) throw new Error(`${draft.reference} is gone`);
  return application;
}

/** What drafts are held against, read at once for all of them. */
async function withTheirWay({ database, now }: Services, person: Actor, drafts: readonly Draft[]): Promise<Application[]> {
  const students = drafts.flatMap(({ student }) => (student ? [student.code] : []));
  const [slas, planned, cases, offers] = await Promise.all([
    readSlas(database, person),
    readCalendar(database, person),
    openCasesOf(database, person, students),
    readOffers(
      database,
      person,
      drafts.flatMap(({ course }) => course ?? []),
    ),
  ]);
  return drafts.map((draft) => {
    const { reference, programme, school, student, submitted, returned, pinned } = draft;
    const again = returned ? pinned : null;
    const intended = again ? intendedAgain(again, now(), planned.calendar) : intendedStart(programme, now(), planned);
    const course = courseNamed(
      { code: draft.course, programme },
      offers[draft.course ?? ''] ?? {},
      intended.year,
      pinned?.course ?? null,
    );
    const written = { ...draft, course, slas: slas[school] ?? [] };
    if (again) return { draft, intended, inTheWay: checkCorrection(intended, written, now()) };
    const others = (cases.get(student?.code ?? '') ?? []).filter((each) => each.reference !== reference);
    const twice = alreadyApplied(programme, others);
    const inTheWay = [...checkApplication(programme, written, now(), planned), ...(twice ? [twice] : [])];
    return { draft, intended, inTheWay: submitted ? [] : inTheWay };
  });
}

/** The year that an application would lead to, were it sent now, and what its programme asks. */
async function intendedNow(
  { database, now }: Pick<Services, 'database' | 'now'>,
  person: Actor,
  { programme: code, pinned = null }: Pick<Draft, 'programme'> & Partial<Pick<Draft, 'pinned'>>,
): Promise<Intended> {
  const planned = await readCalendar(database, person);
  return pinned ? intendedAgain(pinned, now(), planned.calendar) : intendedStart(code, now(), planned);
}

/** The school that an application is for: the person's own, or for the local authority that of the student. */
async function schoolOf(
  { database }: Services,
  person: Person,
  { openedBy }: Programme,
  student: string | null,
): Promise<string | Refused> {
  if (openedBy === undefined) return onlySchoolOf(person);
  if (student === null) return wrongValues(noStudent);
  return (await readStudent(database, person, student))?.school ?? wrongValues(noStudent);
}

/** Why a person may not begin, delete or submit an application of that programme; null when they may. */
function mayNotOpen(person: Person, { openedBy }: Programme, school: string): Refused | null {
  return openedBy === undefined ? mayNot(person, 'start-application', school) : mayNot(person, 'open-for-the-authority');
}

/** A programme that is off by default is begun only where CAP offers it (C29). */
async function notOffered({ database }: Services, person: Person, programme: Programme): Promise<Refused | null> {
  if (isOffered(programme, programme.offByDefault ? await readOffered(database, person) : [])) return null;
  return { refused: 'not-allowed', rule: 'C29', message: `${programme.title} is not offered here: CAP offers it first.` };
}

/** A draft may lack answers; what it has must be of the right kind, a course one that is offered then, the student one of the school. */
async function wrongIn(
  services: Services,
  person: Actor,
  { programme: code, school, pinned = null }: Pick<Draft, 'programme' | 'school'> & Partial<Pick<Draft, 'pinned'>>,
  { student, course, answers }: Pick<ApplicationChange, 'student' | 'course' | 'answers'>,
): Promise<Refused | null> {
  const { database } = services;
  const intended = await intendedNow(services, person, { programme: code, pinned });
  const { programme } = intended;
  const problems = checkAnswers(programme, answers);
  if (student !== null && (await readStudent(database, person, student))?.school !== school) {
    problems.push(unknownStudent);
  }
  if (course !== null && !programme.choosesCourse) {
    problems.push({ field: 'course', rule: 'R107', message: `${programme.title} has no courses to choose from: leave it out.` });
  } else if (course !== null) {
    const { [course]: offered = {} } = await readOffers(database, person, [course]);
    const named = courseNamed({ code: course, programme: code }, offered, intended.year, pinned?.course ?? null);
    problems.push(...(named ? courseProblems(programme, named) : [noCourse(intended.year)]));
  }
  return problems.length > 0 ? wrongValues(...problems) : null;
}

const nothingToFollow: Problem = {
  field: 'follows',
  rule: 'R68',
  message: 'Your school has submitted no such application: name one that it has, or begin without.',
};

const ofAnotherStudent: Problem = {
  field: 'student',
  rule: 'R68',
  message: 'A next application is for the student of the last one: leave the student out, or begin without the last.',
};

const notThere: Refused = {
  refused: 'not-found',
  message: 'There is no such application for you: look it up in your list.',
};

const anotherStudent: Problem = {
  field: 'student',
  rule: 'A22',
  message: 'A returned pack stays that of its student: withdraw it, and apply for the other one.',
};
