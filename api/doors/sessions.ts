// Where somebody is signed in at a browser: they see it and end it; CAP ends all sessions of a person whose computer was lost.
import { z } from 'zod';
import { can } from '../../domain/permissions';
import { endOtherSessions, endOwnSession, endSessionsOfPerson, ownSessions } from '../../usecases/sessions';
import { door, type Door } from '../door';
import { given } from '../problems';
import { code, instant } from '../schemas';
import type { Services } from '../services';

const session = z
  .strictObject({
    id: z.string(),
    browser: z.string().meta({ examples: ['Chrome on Windows'] }),
    began: instant,
    used: instant.meta({ description: 'When it was used last' }),
  })
  .meta({ id: 'OwnSession' });

export const listOfSessions = z.strictObject({ sessions: z.array(session) });
export const endedSessions = z.strictObject({ ended: z.int().meta({ description: 'How many' }) });

const ofId = z.strictObject({ id: code });

export function sessionDoors(services: Services): Door[] {
  return [
    door({
      method: 'get',
      path: '/api/v1/me/sessions',
      name: 'mySessions',
      summary: 'Where you are signed in at a browser',
      tag: 'You',
      who: 'signed-in',
      gives: { description: 'What was used last first', body: listOfSessions },
      handle: async ({ person }) => ({ body: { sessions: await ownSessions(services, person) } }),
    }),
    door({
      method: 'delete',
      path: '/api/v1/me/sessions/{id}',
      name: 'endMySession',
      summary: 'End one of your sessions: it is out at its next request',
      tag: 'You',
      who: 'signed-in',
      params: ofId,
      gives: { description: 'It is ended', body: endedSessions },
      handle: async ({ person, params: { id } }) => ({ body: given(await endOwnSession(services, person, id)) }),
    }),
    door({
      method: 'post',
      path: '/api/v1/me/sessions/end-others',
      name: 'endMyOtherSessions',
      summary: 'End all of your sessions but one',
      tag: 'You',
      who: 'signed-in',
      body: z.strictObject({ but: code.meta({ description: 'The session that stays' }) }),
      gives: { description: 'They are ended', body: endedSessions },
      handle: async ({ person, body: { but } }) => ({ body: await endOtherSessions(services, person, but) }),
    }),
    door({
      method: 'delete',
      path: '/api/v1/people/{id}/sessions',
      name: 'endSessionsOfPerson',
      summary: 'Sign somebody out everywhere, at once',
      about: 'As when their computer was lost. They may sign in again: whoever has left is made inactive.',
      tag: 'People',
      who: (person) => can(person, 'keep-people'),
      params: ofId,
      gives: { description: 'They are signed out', body: endedSessions },
      noted: true,
      handle: async ({ person, params: { id } }) => ({ body: given(await endSessionsOfPerson(services, person, id)) }),
    }),
  ];
}
