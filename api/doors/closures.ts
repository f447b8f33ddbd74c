// Days on which the council does not work, and the terms of Coventry's schools: due dates and school weeks are counted by them.
import { z } from 'zod';
import { sameHalf } from '../../domain/calendar';
import { can } from '../../domain/permissions';
import { readCalendar, readHalfTerms } from '../../records/calendar';
import type { Person } from '../../records/types';
import { enterClosure, removeClosure, removeHalfTerm, saveHalfTerm } from '../../usecases/calendar';
import { door, type Door } from '../door';
import { given } from '../problems';
import { academicYear, day, overRead, readIn, term, version } from '../schemas';
import type { Services } from '../services';

const sees = (person: Person) => can(person, 'see-calendar');
const edits = (person: Person) => can(person, 'edit-calendar');

const told = z.boolean().meta({ description: 'Whether the open cases were told at once; if not, they are within minutes' });
const ofDay = z.strictObject({ day });

const halfOf = { academicYear, term };
const halfTerm = z
  .strictObject({ ...halfOf, half: z.union([z.literal(1), z.literal(2)]), firstDay: day, lastDay: day, version })
  .meta({ id: 'HalfTerm' });

const ofHalf = z.strictObject({
  ...halfOf,
  half: z.enum(['1', '2']).transform((half) => (half === '1' ? 1 : 2)),
});

export const listOfClosures = z.strictObject({ closures: z.array(day) });
export const savedClosure = z.strictObject({ day, told });
export const listOfTerms = z.strictObject({ halfTerms: z.array(halfTerm) });
export const savedHalfTerm = z.strictObject({ halfTerm, told });
export const removedHalfTerm = z.strictObject({ told });

export function closureDoors(services: Services): Door[] {
  const { database } = services;

  return [
    door({
      method: 'get',
      path: '/api/v1/closures',
      name: 'closures',
      summary: 'Bank holidays and other days on which the council does not work',
      tag: 'Calendar',
      who: sees,
      gives: { description: 'In their order', body: listOfClosures },
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
      gives: { status: 201, description: 'It is entered', body: savedClosure },
      noted: true,
      handle: async ({ person, body }) => ({
        body: { day: body.day, told: given(await enterClosure(services, person, body.day)).told },
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
      gives: { description: 'It is no closure', body: savedClosure },
      problems: ['not-editable'],
      noted: true,
      handle: async ({ person, params }) => ({
        body: { day: params.day, told: given(await removeClosure(services, person, params.day)).told },
      }),
    }),
    door({
      method: 'get',
      path: '/api/v1/terms',
      name: 'terms',
      summary: 'The terms of the schools, half by half',
      tag: 'Calendar',
      who: sees,
      gives: { description: 'In their order', body: listOfTerms },
      handle: async ({ person }) => ({ body: { halfTerms: await readHalfTerms(database, person) } }),
    }),
    door({
      method: 'put',
      path: '/api/v1/terms/{academicYear}/{term}/{half}',
      name: 'saveHalfTerm',
      summary: 'Enter half of a term, or change its days',
      tag: 'Calendar',
      who: edits,
      params: ofHalf,
      headers: overRead,
      body: z.strictObject({ firstDay: day, lastDay: day }),
      gives: { description: 'It is entered', body: savedHalfTerm, etag: true },
      problems: ['stale'],
      noted: true,
      handle: async ({ person, params, headers, body }) => {
        const said = { ...params, ...body };
        const { told: all } = given(await saveHalfTerm(services, person, said, readIn(headers)));
        const now = (await readHalfTerms(database, person)).find((each) => sameHalf(each, said))?.version ?? 0;
        return { body: { halfTerm: { ...said, version: now }, told: all }, etag: now };
      },
    }),
    door({
      method: 'delete',
      path: '/api/v1/terms/{academicYear}/{term}/{half}',
      name: 'removeHalfTerm',
      summary: 'Take half of a term out, while it has not begun',
      tag: 'Calendar',
      who: edits,
      params: ofHalf,
      headers: overRead,
      gives: { description: 'It is taken out', body: removedHalfTerm },
      problems: ['not-editable', 'stale'],
      noted: true,
      handle: async ({ person, params, headers }) => ({
        body: { told: given(await removeHalfTerm(services, person, params, readIn(headers))).told },
      }),
    }),
  ];
}
