// Days on which the council does not work, and the terms of Coventry's schools: due dates and school weeks are counted by them.
import { z } from 'zod';
import { can } from '../../domain/permissions';
import { readCalendar } from '../../records/calendar';
import { editClosures, saveHalfTerm } from '../../records/calendarEdits';
import type { Person } from '../../records/types';
import { tellCases } from '../../usecases/tellCases';
import { door, type Door } from '../door';
import { academicYear, day, term } from '../schemas';
import type { Services } from '../services';
import { edited } from './calendar';

const sees = (person: Person) => can(person, 'see-calendar');
const edits = (person: Person) => can(person, 'edit-calendar');

const told = z.boolean().meta({ description: 'Whether the open cases were told at once; if not, they are within minutes' });
const ofDay = z.strictObject({ day });

const halfOf = {
  academicYear,
  term,
};
const halfTerm = z
  .strictObject({ ...halfOf, half: z.union([z.literal(1), z.literal(2)]), firstDay: day, lastDay: day })
  .meta({ id: 'HalfTerm' });

export function closureDoors(services: Services): Door[] {
  const { database } = services;

  async function edit(person: Person, change: { readonly add: readonly string[]; readonly remove: readonly string[] }) {
    return tellCases(services, person, edited(await editClosures(database, person, change)));
  }

  return [
    door({
      method: 'get',
      path: '/api/v1/closures',
      name: 'closures',
      summary: 'Bank holidays and other days on which the council does not work',
      tag: 'Calendar',
      who: sees,
      gives: { description: 'In their order', body: z.strictObject({ closures: z.array(day) }) },
      handle: async ({ person }) => ({
        body: { closures: [...(await readCalendar(database, person)).calendar.closures].sort() },
      }),
    }),
    door({
      method: 'post',
      path: '/api/v1/closures',
      name: 'addClosure',
      summary: 'Enter a day on which the council does not work',
      tag: 'Calendar',
      who: edits,
      body: ofDay,
      gives: { status: 201, description: 'It is entered', body: z.strictObject({ day, told }) },
      noted: true,
      handle: async ({ person, body }) => ({
        body: { day: body.day, told: await edit(person, { add: [body.day], remove: [] }) },
      }),
    }),
    door({
      method: 'delete',
      path: '/api/v1/closures/{day}',
      name: 'removeClosure',
      summary: 'Take out a day: the council works on it after all',
      tag: 'Calendar',
      who: edits,
      params: ofDay,
      gives: { description: 'It is no closure', body: z.strictObject({ day, told }) },
      noted: true,
      handle: async ({ person, params }) => ({
        body: { day: params.day, told: await edit(person, { add: [], remove: [params.day] }) },
      }),
    }),
    door({
      method: 'get',
      path: '/api/v1/terms',
      name: 'terms',
      summary: 'The terms of the schools, half by half',
      tag: 'Calendar',
      who: sees,
      gives: { description: 'In their order', body: z.strictObject({ halfTerms: z.array(halfTerm) }) },
      handle: async ({ person }) => ({ body: { halfTerms: (await readCalendar(database, person)).calendar.halfTerms } }),
    }),
    door({
      method: 'put',
      path: '/api/v1/terms/{academicYear}/{term}/{half}',
      name: 'saveHalfTerm',
      summary: 'Enter half of a term, or change its days',
      tag: 'Calendar',
      who: edits,
      params: z.strictObject({ ...halfOf, half: z.enum(['1', '2']) }),
      body: z.strictObject({ firstDay: day, lastDay: day }),
      gives: { description: 'It is entered', body: z.strictObject({ halfTerm, told }) },
      noted: true,
      handle: async ({ person, params, body }) => {
        const given = { ...params, half: params.half === '1' ? (1 as const) : (2 as const), ...body };
        const saved = edited(await saveHalfTerm(database, person, given));
        return { body: { halfTerm: given, told: await tellCases(services, person, saved) } };
      },
    }),
  ];
}
