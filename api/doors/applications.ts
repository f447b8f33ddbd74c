// A school writes an application, saves it as often as it likes, and submits it. Until then it is a draft, and the school's alone.
import { z } from 'zod';
import { checkAnswers, type Answers } from '../../domain/application';
import type { Problem } from '../../domain/commands';
import type { Actor } from '../../domain/facts';
import { can } from '../../domain/permissions';
import type { Programme } from '../../domain/programme';
import { codeOf } from '../../domain/words';
import { readCourses, readSlas } from '../../records/directory';
import { createDraft, listDrafts, readDraft, saveDraft } from '../../records/drafts';
import type { Draft, Person } from '../../records/types';
import { commandSchema } from '../commandBody';
import { door, type Door } from '../door';
import { giveCommand } from '../giveCommand';
import { HttpProblem } from '../problems';
import { code, idempotencyKey, ifMatch, ofReference, programmeCode } from '../schemas';
import type { Services } from '../services';
import { answers, applicationView, inTheWay, programmeOf, showApplication } from '../views/application';
import { commandProblems, recorded } from './commands';

const begun = z.strictObject({
  programme: programmeCode,
  school: code.optional().meta({ description: 'Needed only by those who act for several schools' }),
  course: code.nullish(),
  answers: answers.optional(),
});

const saved = z.strictObject({
  course: code.nullish(),
  answers,
  version: z.int().min(1).optional().meta({ description: 'The version that you changed, where If-Match does not say it' }),
});

export function applicationDoors(services: Services): Door[] {
  return [begin(services), list(services), read(services), save(services), submit(services)];
}

function begin({ database, now }: Services): Door {
  return door({
    method: 'post',
    path: '/api/v1/applications',
    name: 'beginApplication',
    summary: 'Begin an application',
    about: 'It gets its reference here and keeps it for ever. Nobody but your school sees it until it is submitted.',
    tag: 'Applications',
    who: 'signed-in',
    body: begun,
    gives: { status: 201, description: 'The draft', body: applicationView, etag: true },
    problems: ['not-allowed'],
    handle: async ({ person, body }) => {
      const school = body.school ?? onlySchoolOf(person);
      const permission = can(person, 'start-application', school);
      if (!permission.allowed) throw new HttpProblem('not-allowed', permission.why);
      const { programme, course = null, answers: given = {} } = body;
      await requireRight(database, person, programmeOf({ programme, begun: now() }), course, given);
      return shown(
        database,
        person,
        await createDraft(database, person, { programme, school, course, answers: given }, now()),
        now(),
      );
    },
  });
}

function list({ database, now }: Services): Door {
  return door({
    method: 'get',
    path: '/api/v1/applications',
    name: 'applications',
    summary: "Your school's applications that are not submitted yet",
    tag: 'Applications',
    who: 'signed-in',
    gives: {
      description: 'The last saved first, at most a hundred',
      body: z.strictObject({ applications: z.array(applicationView) }),
    },
    noted: true,
    handle: async ({ person }) => {
      const [drafts, slas] = await Promise.all([listDrafts(database, person), readSlas(database, person)]);
      return { body: { applications: drafts.map((draft) => showApplication(draft, slas[draft.school] ?? [], now())) } };
    },
  });
}

function read({ database, now }: Services): Door {
  return door({
    method: 'get',
    path: '/api/v1/applications/{reference}',
    name: 'application',
    summary: 'An application, with what still stands in the way of submitting it',
    tag: 'Applications',
    who: 'signed-in',
    params: ofReference,
    gives: { description: 'The application; its ETag is its version', body: applicationView, etag: true },
    noted: true,
    handle: async ({ person, params }) => shown(database, person, await needed(database, person, params.reference), now()),
  });
}

function save({ database, now }: Services): Door {
  return door({
    method: 'put',
    path: '/api/v1/applications/{reference}',
    name: 'saveApplication',
    summary: 'Save an application over the version that you read',
    tag: 'Applications',
    who: 'signed-in',
    params: ofReference,
    headers: z.strictObject({ 'if-match': ifMatch.optional() }),
    body: saved,
    gives: { description: 'The application as it is saved now', body: applicationView, etag: true },
    problems: ['stale', 'already-submitted'],
    handle: async ({ person, params: { reference }, headers, body }) => {
      const draft = await needed(database, person, reference);
      const version = headers['if-match'] ?? body.version;
      if (version === undefined) throw wrong([versionNeeded]);
      const { course = null, answers: given } = body;
      await requireRight(database, person, programmeOf(draft), course, given);
      const result = await saveDraft(database, person, reference, { course, answers: given, version }, now());
      if (result === null) throw notThere();
      if (result === 'submitted')
        throw new HttpProblem('already-submitted', 'The application is submitted already: follow its case.');
      if (result === 'stale') throw stale(await needed(database, person, reference));
      return shown(database, person, result, now());
    },
  });
}

function submit(services: Services): Door {
  const { database, now } = services;
  return door({
    method: 'post',
    path: '/api/v1/applications/{reference}/submit',
    name: 'submit',
    summary: 'Submit the application: it becomes a case',
    tag: 'Applications',
    who: 'signed-in',
    params: ofReference,
    headers: z.strictObject({ 'idempotency-key': idempotencyKey }),
    body: commandSchema('submit'),
    gives: { status: 201, description: 'It is submitted', body: recorded },
    problems: [...commandProblems, 'not-allowed', 'not-eligible'],
    handle: async ({ person, params: { reference }, headers }) => {
      const draft = await needed(database, person, reference);
      const permission = can(person, 'start-application', draft.school);
      if (!permission.allowed) throw new HttpProblem('not-allowed', permission.why);
      if (!draft.submitted) await requireEligible(database, person, draft, now());
      const key = headers['idempotency-key'];
      const body = await giveCommand(services, person, { reference, kind: 'submit', body: {}, texts: {}, key, read: null });
      return { body, location: `/api/v1/cases/${reference}` };
    },
  });
}

type Db = Services['database'];

async function shown(database: Db, person: Actor, draft: Draft, at: string) {
  const slas = await readSlas(database, person);
  const body = showApplication(draft, slas[draft.school] ?? [], at);
  return { body, etag: draft.version, ...(draft.version === 1 ? { location: body.href } : {}) };
}

async function needed(database: Db, person: Actor, reference: string): Promise<Draft> {
  const draft = await readDraft(database, person, reference);
  if (!draft) throw notThere();
  return draft;
}

function onlySchoolOf({ parties }: Person): string {
  const schools = parties.filter((party) => party.startsWith('school:')).map(codeOf);
  if (schools.length > 1) throw wrong([{ field: 'school', rule: 'R23', message: 'You act for several schools: say for which.' }]);
  return schools[0] ?? '';
}

/** A draft may lack answers; what it has must be of the right kind, and a course one of the directory. */
async function requireRight(
  database: Db,
  person: Actor,
  programme: Programme,
  course: string | null,
  given: Answers,
): Promise<void> {
  const problems = checkAnswers(programme, given);
  if (course !== null && !programme.choosesCourse) {
    problems.push({ field: 'course', rule: 'R54', message: `${programme.title} has no courses to choose from: leave it out.` });
  } else if (course !== null && !(await readCourses(database, person)).some((each) => each.code === course)) {
    problems.push({ field: 'course', rule: 'R54', message: 'There is no such course: choose one of the directory.' });
  }
  if (problems.length > 0) throw wrong(problems);
}

async function requireEligible(database: Db, person: Actor, draft: Draft, at: string): Promise<void> {
  const slas = await readSlas(database, person);
  const errors = inTheWay(draft, slas[draft.school] ?? [], at);
  const [first] = errors;
  if (first) {
    throw new HttpProblem(
      'not-eligible',
      `${errors.length} things stand in the way of submitting: mend the fields that are named.`,
      {
        rule: first.rule,
        errors,
      },
    );
  }
}

const versionNeeded: Problem = {
  field: 'version',
  rule: 'R25',
  message: 'Say which version you changed: If-Match with its ETag, or version.',
};

function wrong(errors: readonly Problem[]): HttpProblem {
  return new HttpProblem('wrong-values', undefined, { errors });
}

function notThere(): HttpProblem {
  return new HttpProblem('not-found', 'There is no such application for you: look it up in your list.');
}

function stale({ version }: Draft): HttpProblem {
  return new HttpProblem('stale', `Somebody saved it meanwhile: read version ${version}, then repeat your change.`, {
    members: { version },
  });
}
