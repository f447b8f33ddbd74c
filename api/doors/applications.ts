// A school writes an application, saves it as often as it likes, and submits it. Until then it is a draft, and the school's alone.
import { z } from 'zod';
import {
  beginApplication,
  deleteApplication,
  listApplications,
  readApplication,
  saveApplication,
  submitApplication,
  type Application,
} from '../../usecases/applications';
import { commandSchema } from '../commandBody';
import { door, type Door } from '../door';
import { given } from '../problems';
import {
  code,
  idempotencyKey,
  makingKey,
  ofReference,
  overRead,
  programmeCode,
  readIn,
  reference,
  studentCode,
} from '../schemas';
import type { Services } from '../services';
import { answers, applicationForm, applicationView, showApplication, showForm } from '../views/application';
import { commandProblems, recorded } from './commands';

const begun = z.strictObject({
  programme: programmeCode,
  school: code.optional().meta({ description: 'Needed only by those who act for several schools' }),
  student: studentCode.nullish().meta({ description: 'Needed, unless it follows another application' }),
  course: code.nullish(),
  answers: answers.optional(),
  follows: reference
    .nullish()
    .meta({ description: 'An application that your school has submitted: this one begins with its student and its answers' }),
});

const saved = z.strictObject({
  student: studentCode.nullish(),
  course: code.nullish(),
  answers,
  version: z.int().min(1).optional().meta({ description: 'The version that you changed, where If-Match does not say it' }),
});

export const listOfApplications = z.strictObject({ applications: z.array(applicationView) });

export function applicationDoors(services: Services): Door[] {
  return [begin(services), list(services), read(services), save(services), remove(services), submit(services)];
}

function begin(services: Services): Door {
  return door({
    method: 'post',
    path: '/api/v1/applications',
    name: 'beginApplication',
    summary: 'Begin an application',
    about:
      'Of staff of the home school; of the CAP team where the local authority opens the programme (Tier 4). It gets its reference here and keeps it for ever. Nobody but who began it and their colleagues sees it until it is submitted.',
    tag: 'Applications',
    who: 'signed-in',
    headers: z.strictObject({ 'idempotency-key': makingKey }),
    body: begun,
    gives: { status: 201, description: 'The draft', body: applicationForm, etag: true },
    problems: ['not-allowed', 'key-reused'],
    handle: async ({
      person,
      headers,
      body: { programme, school = null, student = null, course = null, answers: first = {}, follows = null },
    }) => {
      const asked = { programme, school, student, course, answers: first, follows };
      const application = given(await beginApplication(services, person, asked, headers['idempotency-key'] ?? null));
      return { ...shown(application), location: showApplication(application).href };
    },
  });
}

function list(services: Services): Door {
  return door({
    method: 'get',
    path: '/api/v1/applications',
    name: 'applications',
    summary: 'Applications of a school that are not submitted yet',
    tag: 'Applications',
    who: 'signed-in',
    gives: {
      description: 'The last saved first, at most a hundred',
      body: listOfApplications,
    },
    noted: true,
    handle: async ({ person }) => ({
      body: { applications: (await listApplications(services, person)).map(showApplication) },
    }),
  });
}

function read(services: Services): Door {
  return door({
    method: 'get',
    path: '/api/v1/applications/{reference}',
    name: 'application',
    summary: 'An application, with what still stands in the way of submitting it',
    tag: 'Applications',
    who: 'signed-in',
    params: ofReference,
    gives: { description: 'The application; its ETag is its version', body: applicationForm, etag: true },
    noted: true,
    handle: async ({ person, params }) => shown(given(await readApplication(services, person, params.reference))),
  });
}

function save(services: Services): Door {
  return door({
    method: 'put',
    path: '/api/v1/applications/{reference}',
    name: 'saveApplication',
    summary: 'Save an application over the version that was read',
    about: 'Which version that was is needed: in If-Match, or as `version`.',
    tag: 'Applications',
    who: 'signed-in',
    params: ofReference,
    headers: overRead,
    body: saved,
    gives: { description: 'The application as it is saved now', body: applicationForm, etag: true },
    problems: ['stale', 'already-submitted', 'not-editable'],
    handle: async ({
      person,
      params,
      headers,
      body: { student = null, course = null, answers: changed, version: named = null },
    }) => {
      const version = readIn(headers) ?? named;
      return shown(
        given(await saveApplication(services, person, params.reference, { student, course, answers: changed, version })),
      );
    },
  });
}

function remove(services: Services): Door {
  return door({
    method: 'delete',
    path: '/api/v1/applications/{reference}',
    name: 'deleteApplication',
    summary: 'Delete an application that was never submitted',
    about:
      'Nothing of it stays. Once submitted it is a case, which is withdrawn instead. Which version was read is needed, in If-Match.',
    tag: 'Applications',
    who: 'signed-in',
    params: ofReference,
    headers: overRead,
    gives: { description: 'It is deleted', body: z.strictObject({ reference }) },
    problems: ['stale', 'already-submitted', 'not-editable', 'not-allowed', 'wrong-values'],
    noted: true,
    handle: async ({ person, params, headers }) => ({
      body: given(await deleteApplication(services, person, params.reference, readIn(headers))),
    }),
  });
}

function submit(services: Services): Door {
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
    handle: async ({ person, params: { reference }, headers }) => ({
      body: given(await submitApplication(services, person, reference, headers['idempotency-key'])),
      location: `/api/v1/cases/${reference}`,
    }),
  });
}

function shown(application: Application) {
  return { body: showForm(application), etag: application.draft.version };
}
