// Suspensions and permanent exclusions of a student (R4, R92), for the home school and CAP.
import { z } from 'zod';
import { exclusionKinds, exclusionReasonCodes, exclusionReasons } from '../../domain/exclusions';
import { exclusionsOf, recordExclusion, takeOutExclusion } from '../../usecases/exclusions';
import { door, type Door } from '../door';
import { given } from '../problems';
import { day, instant, overRead, readIn, studentCode } from '../schemas';
import type { Services } from '../services';

const kind = z.enum(exclusionKinds);
const reason = z.enum(exclusionReasonCodes).meta({
  description: `A code of the Department for Education: ${Object.entries(exclusionReasons)
    .map(([code, title]) => `${code} ${title.toLowerCase()}`)
    .join('; ')}`,
});
const sessions = z.int().meta({ description: 'Of a suspension for how many half days' });

export const exclusion = z
  .strictObject({
    ...{ day: day.meta({ description: 'Its first day' }), kind, sessions: sessions.nullable(), reason },
    ...{ version: z.int(), recorded: instant, recordedBy: z.string(), recordedByName: z.string() },
  })
  .meta({ id: 'Exclusion' });
export const listOfExclusions = z.strictObject({ exclusions: z.array(exclusion) });
export const takenOutExclusion = z.strictObject({ day });

const ofStudent = z.strictObject({ code: studentCode });
const ofDay = ofStudent.extend({ day });

export function exclusionDoors(services: Services): Door[] {
  return [
    door({
      method: 'get',
      path: '/api/v1/students/{code}/exclusions',
      name: 'exclusions',
      summary: 'Suspensions and permanent exclusions of a student',
      tag: 'Students',
      who: 'signed-in',
      params: ofStudent,
      gives: { description: 'The newest first', body: listOfExclusions },
      noted: true,
      handle: async ({ person, params }) => ({
        body: { exclusions: given(await exclusionsOf(services, person, params.code)) },
      }),
    }),
    door({
      method: 'put',
      path: '/api/v1/students/{code}/exclusions/{day}',
      name: 'recordExclusion',
      summary: 'Record a suspension or a permanent exclusion from a day on, or correct it',
      about: 'Sent again it changes nothing; what was there before is written down.',
      tag: 'Students',
      who: 'signed-in',
      params: ofDay,
      headers: overRead,
      body: z.strictObject({
        ...{ kind, reason, sessions: sessions.optional() },
        version: z
          .int()
          .min(0)
          .optional()
          .meta({ description: 'The version that you change, where If-Match does not say it; 0 where none was there' }),
      }),
      gives: { description: 'As it is kept now', body: exclusion, etag: true },
      problems: ['stale'],
      noted: true,
      handle: async ({ person, params, headers, body: { version = 0, sessions: halves = null, ...words } }) => {
        const said = { ...words, sessions: halves, version: readIn(headers) ?? version };
        const kept = given(await recordExclusion(services, person, params, said));
        return { body: kept, etag: kept.version };
      },
    }),
    door({
      method: 'delete',
      path: '/api/v1/students/{code}/exclusions/{day}',
      name: 'removeExclusion',
      summary: 'Remove a suspension or a permanent exclusion that was recorded by mistake',
      about: 'It counts no more; what was there is written down.',
      tag: 'Students',
      who: 'signed-in',
      params: ofDay,
      gives: { description: 'It is gone', body: takenOutExclusion },
      noted: true,
      handle: async ({ person, params }) => ({ body: given(await takeOutExclusion(services, person, params)) }),
    }),
  ];
}
