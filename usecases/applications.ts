// A school writes an application, saves it as often as it likes, and submits it. Until then it is a draft, and the school's alone (R23, R25).
import { checkAnswers, checkApplication, draftYear, type Answers } from '../domain/application';
import { academicYearOf, londonDay } from '../domain/calendar';
import type { Problem } from '../domain/commands';
import type { Actor } from '../domain/facts';
import { can } from '../domain/permissions';
import type { Programme } from '../domain/programme';
import { programmeFor } from '../domain/programmes';
import { codeOf, type ProgrammeCode } from '../domain/words';
import { readCourses, readSlas } from '../records/directory';
import { createDraft, listDrafts, readDraft, saveDraft } from '../records/drafts';
import type { Draft, Person } from '../records/types';
import { giveCommand, type Recorded } from './giveCommand';
import { isRefused, wrongValues, type Refused } from './refused';
import type { Services } from './services';

/** A draft with the values of its programme, and what still stands in the way of submitting it; nothing, once it is submitted. */
export interface Application {
  readonly draft: Draft;
  readonly programme: Programme;
  readonly inTheWay: readonly Problem[];
}

export interface NewApplication {
  readonly programme: ProgrammeCode;
  /** Needed only by those who act for several schools. */
  readonly school: string | null;
  readonly course: string | null;
  readonly answers: Answers;
}

export interface ApplicationChange {
  readonly course: string | null;
  readonly answers: Answers;
  /** The version that was read; null when that is not said. */
  readonly version: number | null;
}

/** Begins an application, which has its reference from here on (R23). @throws DatabaseAway */
export async function beginApplication(
  services: Services,
  person: Person,
  given: NewApplication,
): Promise<Application | Refused> {
  const { database, now } = services;
  const { programme, course, answers } = given;
  const school = given.school ?? onlySchoolOf(person);
  if (typeof school !== 'string') return school;
  const forbidden = mayNot(person, school);
  if (forbidden) return forbidden;
  const wrong = await wrongIn(services, person, programmeOf({ programme, begun: now() }), given);
  if (wrong) return wrong;
  return read(services, person, await createDraft(database, person, { programme, school, course, answers }, now()));
}

/** @returns the applications of the person's schools that are not submitted, the last saved first, a hundred at most. @throws DatabaseAway */
export async function listApplications(services: Services, person: Person): Promise<Application[]> {
  const [drafts, slas] = await Promise.all([listDrafts(services.database, person), readSlas(services.database, person)]);
  return drafts.map((draft) => withItsWay(services, draft, slas));
}

/** @throws DatabaseAway */
export async function readApplication(services: Services, person: Person, reference: string): Promise<Application | Refused> {
  const draft = await readDraft(services.database, person, reference);
  return draft ? read(services, person, draft) : notThere;
}

/** Saves an application over the version that was read (R25). @throws DatabaseAway */
export async function saveApplication(
  services: Services,
  person: Person,
  reference: string,
  { course, answers, version }: ApplicationChange,
): Promise<Application | Refused> {
  const { database, now } = services;
  const draft = await readDraft(database, person, reference);
  if (!draft) return notThere;
  if (version === null) return wrongValues(versionNeeded);
  const wrong = await wrongIn(services, person, programmeOf(draft), { course, answers });
  if (wrong) return wrong;
  const saved = await saveDraft(database, person, reference, { course, answers, version }, now());
  if (saved === null) return notThere;
  if (saved === 'submitted') return alreadySubmitted;
  if (saved === 'stale') return stale((await readDraft(database, person, reference)) ?? draft);
  return read(services, person, saved);
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
  const forbidden = mayNot(person, draft.school);
  if (forbidden) return forbidden;
  const [first] = inTheWay;
  if (first) {
    const message = `${inTheWay.length} things stand in the way of submitting: mend the fields that are named.`;
    return { refused: 'not-eligible', rule: first.rule, message, problems: inTheWay };
  }
  return giveCommand(services, person, { reference, kind: 'submit', body: {}, texts: {}, key, read: null });
}

async function read(services: Services, person: Actor, draft: Draft): Promise<Application> {
  return withItsWay(services, draft, await readSlas(services.database, person));
}

function withItsWay({ now }: Services, draft: Draft, slas: Readonly<Record<string, readonly string[]>>): Application {
  const programme = programmeOf(draft);
  const hasSla = (slas[draft.school] ?? []).includes(academicYearOf(londonDay(now())));
  const inTheWay = draft.submitted ? [] : checkApplication(programme, draft.answers, { hasSla }, draft.course !== null, now());
  return { draft, programme, inTheWay };
}

/** The values of the programme whose questions a draft answers: those of the academic year in which it was begun. */
function programmeOf({ programme, begun }: Pick<Draft, 'programme' | 'begun'>): Programme {
  return programmeFor(programme, draftYear(begun));
}

function onlySchoolOf({ parties }: Person): string | Refused {
  const schools = parties.filter((party) => party.startsWith('school:')).map(codeOf);
  if (schools.length > 1)
    return wrongValues({ field: 'school', rule: 'R23', message: 'You act for several schools: say for which.' });
  return schools[0] ?? '';
}

function mayNot(person: Person, school: string): Refused | null {
  const permission = can(person, 'start-application', school);
  return permission.allowed ? null : { refused: 'not-allowed', message: permission.why };
}

/** A draft may lack answers; what it has must be of the right kind, and a course one of the directory. */
async function wrongIn(
  { database }: Services,
  person: Actor,
  programme: Programme,
  { course, answers }: Pick<ApplicationChange, 'course' | 'answers'>,
): Promise<Refused | null> {
  const problems = checkAnswers(programme, answers);
  if (course !== null && !programme.choosesCourse) {
    problems.push({ field: 'course', rule: 'R54', message: `${programme.title} has no courses to choose from: leave it out.` });
  } else if (course !== null && !(await readCourses(database, person)).some(({ code }) => code === course)) {
    problems.push({ field: 'course', rule: 'R54', message: 'There is no such course: choose one of the directory.' });
  }
  return problems.length > 0 ? wrongValues(...problems) : null;
}

const versionNeeded: Problem = {
  field: 'version',
  rule: 'R25',
  message: 'Say which version you changed: If-Match with its ETag, or version.',
};

const notThere: Refused = {
  refused: 'not-found',
  message: 'There is no such application for you: look it up in your list.',
};

const alreadySubmitted: Refused = {
  refused: 'already-submitted',
  message: 'The application is submitted already: follow its case.',
};

function stale({ version }: Draft): Refused {
  const message = `Somebody saved it meanwhile: read version ${version}, then repeat your change.`;
  return { refused: 'stale', message, newest: { version } };
}
