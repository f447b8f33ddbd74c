// Registers and attendance (A5, R97): a host marks who is there, half a day at a time; whoever sees a case reads its attendance.
import { z } from 'zod';
import { halves, marks } from '../../domain/attendance';
import type { Host } from '../../domain/words';
import { attendance, markRegister, register, type RegisterEntry } from '../../usecases/registers';
import { door, type Door } from '../door';
import { given, HttpProblem } from '../problems';
import { day, instant, ofReference, reference } from '../schemas';
import type { Services } from '../services';

const half = z.enum(halves);
const mark = z.enum(marks).meta({ description: 'A late one was attended' });
const madeMark = z.strictObject({ half, mark, marked: instant, markedBy: z.string() });
const host = z
  .string()
  .regex(/^(school|provider):[A-Za-z0-9._-]+$/, 'must be a provider or a school such as provider:TP-ONE')
  .transform((one) => one as Host);

const entry = z
  .strictObject({
    case: reference,
    student: z.string().nullable(),
    school: z.string(),
    schoolName: z.string(),
    host: z.string(),
    expected: z.array(half).meta({ description: 'The halves of the day on which the student is expected' }),
    suggestedCode: z.enum(['B', 'D', 'K']).meta({
      description:
        "What the home school's own register suggests for a session that was attended: off-site activity, dual registered, or arranged by the local authority",
    }),
    marks: z.array(madeMark),
  })
  .meta({ id: 'RegisterEntry' });

const ofDay = z.strictObject({ day });

export function registerDoors(services: Services): Door[] {
  return [
    door({
      method: 'get',
      path: '/api/v1/registers/{day}',
      name: 'register',
      summary: 'The register of a day: whom you expect, and what is marked',
      tag: 'Registers',
      who: 'signed-in',
      params: ofDay,
      query: z.strictObject({
        host: host.optional().meta({ description: 'Whose; all that you act for unless said. CAP says one.' }),
      }),
      gives: { description: 'By the names of the students', body: z.strictObject({ day, entries: z.array(entry) }) },
      problems: ['not-allowed'],
      noted: true,
      handle: async ({ person, params, query }) => {
        const entries = given(await register(services, person, params.day, query.host ?? null));
        return { body: { day: params.day, entries: entries.map(showEntry) } };
      },
    }),
    door({
      method: 'put',
      path: '/api/v1/registers/{day}',
      name: 'markRegister',
      summary: 'Mark the register of a day',
      about:
        'All of the marks that are sent, or none. Sent again they change nothing; what is marked otherwise than before is written down. ' +
        'The home school hears of an absence by the next working morning.',
      tag: 'Registers',
      who: 'signed-in',
      params: ofDay,
      body: z.strictObject({
        marks: z
          .array(z.strictObject({ case: reference, half, mark }))
          .min(1, 'must have at least one')
          .max(500, 'must have at most 500'),
      }),
      gives: { description: 'They are made', body: z.strictObject({ marked: z.int() }) },
      noted: true,
      handle: async ({ person, params, body }) => ({
        body: given(await markRegister(services, person, params.day, body.marks)),
      }),
    }),
    door({
      method: 'get',
      path: '/api/v1/cases/{reference}/attendance',
      name: 'attendance',
      summary: 'The attendance of a placement up to today',
      tag: 'Registers',
      who: 'signed-in',
      params: ofReference,
      gives: {
        description: 'Sessions are halves of a day',
        body: z.strictObject({
          until: day,
          expected: z.int(),
          attended: z.int(),
          absent: z.int(),
          unmarked: z.int().meta({ description: 'Of those that were expected' }),
          marks: z.array(madeMark.extend({ day })),
        }),
      },
      noted: true,
      handle: async ({ person, params }) => {
        const found = await attendance(services, person, params.reference);
        if (!found) throw new HttpProblem('not-found', 'There is no such case for you: look it up in your list of cases.');
        return { body: found };
      },
    }),
  ];
}

function showEntry({ state, student, schoolName, host: of, expected, suggestedCode, marks: made }: RegisterEntry) {
  const shown = made.map(({ half: which, mark: as, marked, markedBy }) => ({ half: which, mark: as, marked, markedBy }));
  return { case: state.reference, student, school: state.school, schoolName, host: of, expected, suggestedCode, marks: shown };
}
