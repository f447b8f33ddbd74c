// Where people are signed in at browsers, and how that is ended: each their own, CAP those of everybody.
import { z } from 'zod';
import { can } from '../../domain/permissions';
import { endOtherSessions, endOwnSession, endSessionsOfPerson, ownSessions } from '../../usecases/sessions';
import { door, type Door } from '../door';
import { given } from '../problems';
import { code, instant } from '../schemas';
import type { Services } from '../services';

const id = z.uuid();
export const ended = z.strictObject({ ended: z.int().meta({ description: 'How many sessions were ended' }) });

/** Where somebody is signed in. */
export const listOfSessions = z.strictObject({
  sessions: z.array(
    z
      .strictObject({
        id,
        browser: z.string().meta({ description: 'In short', examples: ['Chrome on Windows'] }),
        began: instant,
        used: instant,
      })
      .meta({ id: 'Session' }),
  ),
});

export function sessionDoors(services: Services): Door[] {
  return [
    door({
      method: 'get',
      path: '/api/v1/me/sessions',
      name: 'sessions',
      summary: 'Browsers at which the reader is signed in',
      tag: 'You',
      who: 'signed-in',
      gives: { description: 'What was used last first', body: listOfSessions },
      handle: async ({ person }) => ({ body: { sessions: await ownSessions(services, person) } }),
    }),
    door({
      method: 'delete',
      path: '/api/v1/me/sessions/{id}',
      name: 'endSession',
      summary: 'Sign out at one browser, at once',
      tag: 'You',
      who: 'signed-in',
      params: z.strictObject({ id }),
      gives: { description: 'It is ended', body: ended },
      noted: true,
      handle: async ({ person, params }) => ({ body: given(await endOwnSession(services, person, params.id)) }),
    }),
    door({
      method: 'post',
      path: '/api/v1/me/end-other-sessions',
      name: 'endOtherSessions',
      summary: 'Sign out at all browsers but one, at once',
      tag: 'You',
      who: 'signed-in',
      body: z.strictObject({ but: id }),
      gives: { description: 'They are ended', body: ended },
      noted: true,
      handle: async ({ person, body }) => ({ body: await endOtherSessions(services, person, body.but) }),
    }),
    door({
      method: 'post',
      path: '/api/v1/people/{id}/end-sessions',
      name: 'endSessionsOfPerson',
      summary: 'Sign somebody out everywhere, at once',
      about: 'As when their computer was stolen. They may sign in again, unless they are no longer active.',
      tag: 'People',
      who: (person) => can(person, 'keep-people'),
      params: z.strictObject({ id: code }),
      gives: { description: 'They are ended', body: ended },
      noted: true,
      handle: async ({ person, params }) => ({ body: given(await endSessionsOfPerson(services, person, params.id)) }),
    }),
  ];
}
