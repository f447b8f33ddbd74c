// A school's students: added once, found again, edited over the version that was read. CAP sees all of them and who is likely one child.
import { z } from 'zod';
import { isIsoDate } from '../../domain/calendar';
import { can } from '../../domain/permissions';
import { yearGroups } from '../../domain/words';
import {
  allStudents,
  changeStudent,
  findStudents,
  matchingStudents,
  newStudent,
  oneStudent,
  weekOfStudent,
  type StudentShown,
} from '../../usecases/students';
import { door, type Door } from '../door';
import { given } from '../problems';
import { code, day, instant, makingKey, overRead, readIn, studentCode } from '../schemas';
import type { Services } from '../services';

export const yearGroup = z.enum(yearGroups);

/** What a school says of every student. */
const studentWords = {
  name: z
    .string()
    .trim()
    .min(1, 'must be written')
    .max(200, 'must have at most 200 characters')
    .meta({ examples: ['Sample Student'] }),
  dateOfBirth: z
    .string()
    .refine(isIsoDate, 'must be a day such as 2012-05-04')
    .meta({ format: 'date', examples: ['2012-05-04'] }),
  ehcp: z.boolean().meta({ description: 'Whether there is an Education, Health and Care Plan' }),
  lookedAfter: z.boolean().meta({ description: 'Whether the child is looked after by a local authority' }),
};

const sent = {
  ...studentWords,
  adopted: z
    .boolean()
    .optional()
    .meta({ description: 'Whether the child was adopted, where it is known: what is kept is kept longer' }),
  upn: z
    .string()
    .max(40)
    .nullish()
    .meta({ description: 'The unique pupil number, where it is known', examples: ['H801200001001'] }),
  yearGroup: yearGroup.nullish().meta({ description: 'This academic year, where it is not that of the age' }),
  another: z.boolean().optional().meta({
    description: 'The school has a student of that name born on that day, and this is another child',
  }),
};

const added = z.strictObject({
  ...sent,
  school: code.optional().meta({ description: 'Needed only by those who act for several schools' }),
});

const saved = z.strictObject({
  ...sent,
  version: z.int().min(1).optional().meta({ description: 'The version that you changed, where If-Match does not say it' }),
});

export const student = z
  .strictObject({
    code: studentCode,
    school: z.string(),
    ...studentWords,
    adopted: z.boolean(),
    upn: z.string().nullable(),
    yearGroup: yearGroup.nullable().meta({ description: 'Of this academic year' }),
    version: z.int(),
    changed: instant,
    href: z.string(),
  })
  .meta({ id: 'Student' });

const students = z.array(student);
const ofCode = z.strictObject({ code: studentCode });
const most = 100;

export const pageOfStudents = z.strictObject({
  students,
  next: studentCode.nullable().meta({ description: '`after` of the next page; null on the last' }),
});
export const foundStudents = z.strictObject({ students });
export const weekView = z.strictObject({
  monday: day,
  halves: z.array(z.strictObject({ day, half: z.enum(['am', 'pm']), host: z.string().nullable(), case: z.string() })),
  days: z.number().meta({ description: 'How many whole days they come to' }),
});

const page = z.strictObject({
  limit: z
    .string()
    .regex(/^([1-9]\d?|100)$/, `must be a number from 1 to ${most}`)
    .optional()
    .meta({ description: `How many on a page, 1 to ${most}; 50 unless said` }),
  after: studentCode.optional().meta({ description: '`next` of the page before' }),
});

export function studentDoors(services: Services): Door[] {
  return [list(services), search(services), add(services), read(services), save(services), week(services), matches(services)];
}

function list(services: Services): Door {
  return door({
    method: 'get',
    path: '/api/v1/students',
    name: 'students',
    summary: 'Students of a school, in pages',
    about: 'By name. CAP sees the students of every school.',
    tag: 'Students',
    who: 'signed-in',
    query: page,
    gives: {
      description: 'A page',
      body: pageOfStudents,
    },
    noted: true,
    handle: async ({ person, query: { limit = '50', after = null } }) => {
      const found = await allStudents(services, person, { after, limit: Number(limit) });
      return { body: { students: found.students.map(show), next: found.next } };
    },
  });
}

function search(services: Services): Door {
  return door({
    method: 'post',
    path: '/api/v1/students/search',
    name: 'searchStudents',
    summary: 'Find students by a part of their name, or by their UPN',
    about:
      'Accents, capitals and spaces make no difference. What is looked for is sent in the body, so that no address holds the name of a child.',
    tag: 'Students',
    who: 'signed-in',
    body: z.strictObject({ text: z.string().trim().min(1, 'must be written').max(200, 'must have at most 200 characters') }),
    gives: { description: 'At most fifty, by name', body: foundStudents },
    noted: true,
    handle: async ({ person, body: { text } }) => ({
      body: { students: (await findStudents(services, person, text)).map(show) },
    }),
  });
}

function add(services: Services): Door {
  return door({
    method: 'post',
    path: '/api/v1/students',
    name: 'addStudent',
    summary: 'Add a student to a school',
    about:
      'Where your school has a student of that UPN, or of that name born on that day, the answer names the code of the one that it has.',
    tag: 'Students',
    who: 'signed-in',
    headers: z.strictObject({ 'idempotency-key': makingKey }),
    body: added,
    gives: { status: 201, description: 'The student', body: student, etag: true },
    problems: ['not-allowed', 'known-student', 'key-reused'],
    handle: async ({ person, headers, body: { school = null, ...body } }) => {
      const made = given(await newStudent(services, person, { ...said(body), school }, headers['idempotency-key'] ?? null));
      return { ...shown(made), location: show(made).href };
    },
  });
}

function read(services: Services): Door {
  return door({
    method: 'get',
    path: '/api/v1/students/{code}',
    name: 'student',
    summary: 'A student',
    tag: 'Students',
    who: 'signed-in',
    params: ofCode,
    gives: { description: 'The student; the ETag is the version', body: student, etag: true },
    noted: true,
    handle: async ({ person, params }) => shown(given(await oneStudent(services, person, params.code))),
  });
}

function save(services: Services): Door {
  return door({
    method: 'put',
    path: '/api/v1/students/{code}',
    name: 'saveStudent',
    summary: 'Write a student anew over the version that was read',
    about:
      'Every edit is kept with who made it. A pack that was submitted keeps its words. ' +
      'Which version was read is needed: in If-Match, or as `version`.',
    tag: 'Students',
    who: 'signed-in',
    params: ofCode,
    headers: overRead,
    body: saved,
    gives: { description: 'The student as they are kept now', body: student, etag: true },
    problems: ['not-allowed', 'known-student', 'stale'],
    handle: async ({ person, params, headers, body: { version: named = null, ...body } }) => {
      const version = readIn(headers) ?? named;
      return shown(given(await changeStudent(services, person, params.code, { ...said(body), version })));
    },
  });
}

function week(services: Services): Door {
  return door({
    method: 'get',
    path: '/api/v1/students/{code}/week/{day}',
    name: 'weekOfStudent',
    summary: "A student's week over all of their placements: where they are to be, half a day at a time",
    about:
      'Of placements whose days of the week are agreed. The hours that a student spends in alternative provision are read here (R88).',
    tag: 'Students',
    who: 'signed-in',
    params: ofCode.extend({ day }),
    gives: {
      description: 'The week of that day',
      body: weekView,
    },
    noted: true,
    handle: async ({ person, params }) => ({ body: given(await weekOfStudent(services, person, params.code, params.day)) }),
  });
}

function matches(services: Services): Door {
  return door({
    method: 'get',
    path: '/api/v1/students/{code}/matches',
    name: 'matchingStudents',
    summary: 'Students of other schools who are likely the same child',
    about: 'Those of the same UPN, or of the same name born on the same day.',
    tag: 'Students',
    who: (person) => can(person, 'match-students'),
    params: ofCode,
    gives: { description: 'At most fifty', body: foundStudents },
    noted: true,
    handle: async ({ person, params }) => ({
      body: { students: given(await matchingStudents(services, person, params.code)).map(show) },
    }),
  });
}

/** What was left out is nothing. */
function said<Body extends Pick<z.output<typeof saved>, 'upn' | 'yearGroup' | 'adopted' | 'another'>>(body: Body) {
  const { upn = null, yearGroup: group = null, adopted = false, another = false } = body;
  return { ...body, upn, yearGroup: group, adopted, another };
}

function show({ code: name, ...rest }: StudentShown) {
  const { school, dateOfBirth, ehcp, lookedAfter, adopted, upn, yearGroup: group, version, changed } = rest;
  const href = `/api/v1/students/${name}`;
  return {
    code: name,
    school,
    name: rest.name,
    dateOfBirth,
    ehcp,
    lookedAfter,
    adopted,
    upn,
    yearGroup: group,
    version,
    changed,
    href,
  };
}

function shown(one: StudentShown) {
  return { body: show(one), etag: one.version };
}
