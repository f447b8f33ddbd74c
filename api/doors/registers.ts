// Registers and attendance (A5, R97): a host marks who is there, half a day at a time; whoever sees a case reads its attendance.
import { z } from 'zod';
import { halves, marks } from '../../domain/attendance';
import { can } from '../../domain/permissions';
import type { Host } from '../../domain/words';
import type { Person } from '../../records/types';
import { attendance, markRegister, morning, register, type RegisterEntry } from '../../usecases/registers';
import { door, type Door } from '../door';
import { given, HttpProblem } from '../problems';
import { day, instant, ofReference, reference } from '../schemas';
import type { Services } from '../services';

const half = z.enum(halves);
const mark = z.enum(marks).meta({ description: 'A late one was attended' });
const madeMark = z.strictObject({ half, mark, marked: instant, markedBy: z.string(), markedByName: z.string() });
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
export const registerOfDay = z
  .strictObject({
    day,
    entries: z.array(entry),
    schoolDay: z.boolean().meta({ description: 'Whether schools are open on the day' }),
    before: day.nullable().meta({ description: 'The school day before it; null where the terms are not known' }),
    next: day.nullable().meta({ description: 'The school day after it' }),
  })
  .meta({ id: 'Register' });

export const toldInTheMorning = z
  .strictObject({
    day,
    unmarked: z.array(z.strictObject({ day, host: z.string(), hostName: z.string(), students: z.int() })).meta({
      description:
        'Registers of the two school days before that lack marks, and of how many students: your own; for CAP every host’s',
    }),
    absences: z
      .array(
        z.strictObject({
          case: reference,
          student: z.string().nullable(),
          schoolName: z.string(),
          hostName: z.string().nullable(),
          day,
          half,
        }),
      )
      .meta({
        description:
          'Of which the e-mails of that morning told the home schools, unless they were put right since: yours; for CAP all',
      }),
  })
  .meta({ id: 'Morning' });

export const marksMade = z.strictObject({ marked: z.int() });

export const attendanceOfCase = z.strictObject({
  until: day,
  expected: z.int(),
  attended: z.int(),
  absent: z.int(),
  unmarked: z.int().meta({ description: 'Of those that were expected' }),
  missing: z.array(z.strictObject({ day, half })).meta({ description: 'Those that are unmarked, in their order' }),
  marks: z.array(madeMark.extend({ day })),
});

const sees = (person: Person) => can(person, 'see-registers');

export function registerDoors(services: Services): Door[] {
  return [
    door({
      method: 'get',
      path: '/api/v1/registers/{day}',
      name: 'register',
      summary: 'The register of a day: who is expected, and what is marked',
      tag: 'Registers',
      who: sees,
      params: ofDay,
      query: z.strictObject({
        host: host.optional().meta({ description: 'Whose; all that you act for unless said. CAP says one.' }),
      }),
      gives: { description: 'By the names of the students', body: registerOfDay },
      problems: ['wrong-values'],
      noted: true,
      handle: async ({ person, params, query }) => {
        const found = given(await register(services, person, params.day, query.host ?? null));
        return { body: { ...found, day: params.day, entries: found.entries.map(showEntry) } };
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
      who: sees,
      params: ofDay,
      body: z.strictObject({
        marks: z
          .array(z.strictObject({ case: reference, half, mark }))
          .min(1, 'must have at least one')
          .max(500, 'must have at most 500'),
      }),
      gives: { description: 'They are made', body: marksMade },
      noted: true,
      handle: async ({ person, params, body }) => ({
        body: given(await markRegister(services, person, params.day, body.marks)),
      }),
    }),
    door({
      method: 'get',
      path: '/api/v1/mornings/{day}',
      name: 'morning',
      summary: 'What is told in the morning: registers that lack marks, and absences',
      about: 'As it stands now. The e-mails of that morning, `REG-` and its day, lead here: they name no child.',
      tag: 'Registers',
      who: sees,
      params: ofDay,
      gives: { description: 'Nothing on a day on which nobody works', body: toldInTheMorning },
      noted: true,
      handle: async ({ person, params }) => {
        const { unmarked, absences } = await morning(services, person, params.day);
        return {
          body: { day: params.day, unmarked, absences: absences.map(({ reference: of, ...told }) => ({ case: of, ...told })) },
        };
      },
    }),
    door({
      method: 'get',
      path: '/api/v1/cases/{reference}/attendance',
      name: 'attendance',
      summary: 'The attendance of a placement up to today, or to its last day',
      tag: 'Registers',
      who: 'signed-in',
      params: ofReference,
      gives: {
        description: 'Sessions are halves of a day',
        body: attendanceOfCase,
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
  const shown = made.map(({ half: which, mark: as, marked, markedBy, markedByName }) => ({
    ...{ half: which, mark: as, marked, markedBy, markedByName },
  }));
  return { case: state.reference, student, school: state.school, schoolName, host: of, expected, suggestedCode, marks: shown };
}
