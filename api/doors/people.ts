// People, their grants and how they sign in, kept by CAP: one asks for what lets somebody in, another gives it (A21).
import { z } from 'zod';
import { can } from '../../domain/permissions';
import type { Party } from '../../domain/words';
import { readPeople, readPersonRequests } from '../../records/peopleKept';
import type { Person } from '../../records/types';
import { keepPerson, requestForPerson, revokeGrant, settleRequest, takeBackSignIn } from '../../usecases/people';
import { door, type Door } from '../door';
import { given } from '../problems';
import { code, emailAddress, instant, overRead, readIn, requiredText, version } from '../schemas';
import type { Services } from '../services';

const party = z
  .string()
  .regex(/^(cap|audit|ops|send|(school|provider|panel|member):[A-Za-z0-9._-]{1,80})$/, 'must be a party such as school:SCH-A')
  .transform((one) => one as Party);
const name = z.string().trim().min(1, 'must be written').max(200, 'must have at most 200 characters');
const signIn = z.strictObject({ issuer: z.string().min(1).max(500), subject: z.string().min(1).max(500) });

const keptPerson = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    active: z.boolean().meta({ description: 'Whether they may sign in at all' }),
    grants: z.array(z.string()),
    signIns: z.array(signIn),
    version,
  })
  .meta({ id: 'KeptPerson' });

const aGrant = z.strictObject({ kind: z.literal('grant'), person: code, party, why: requiredText });
const aSignIn = signIn.extend({
  kind: z.literal('sign-in'),
  person: code,
  issuer: signIn.shape.issuer.refine((text) => /^https?:\/\/[^\s/]+/.test(text), {
    message: 'Identity provider: write its address, such as https://identity.example.org.',
    params: { rule: 'A21' },
  }),
  why: requiredText,
});
const ofRequest = {
  id: z.string(),
  person: z.string(),
  why: z.string(),
  askedBy: z.string(),
  asked: instant,
};
const request = z
  .discriminatedUnion('kind', [
    z.strictObject({ ...ofRequest, kind: z.literal('grant'), party: z.string() }),
    signIn.extend({ ...ofRequest, kind: z.literal('sign-in') }),
  ])
  .meta({ id: 'PersonRequest' });

export const listOfPeople = z.strictObject({ people: z.array(keptPerson) });
export const onePerson = z.strictObject({ person: keptPerson });
export const listOfRequests = z.strictObject({ requests: z.array(request) });

const keeps = (person: Person) => can(person, 'keep-people');
const reads = (person: Person) => can(person, 'see-people');
const ofId = z.strictObject({ id: code });

export function peopleDoors(services: Services): Door[] {
  const { database } = services;
  return [
    door({
      method: 'get',
      path: '/api/v1/people',
      name: 'people',
      summary: 'Everybody who may sign in, with their grants',
      tag: 'People',
      who: reads,
      gives: { description: 'By name', body: listOfPeople },
      noted: true,
      handle: async ({ person }) => ({ body: { people: await readPeople(database, person) } }),
    }),
    door({
      method: 'put',
      path: '/api/v1/people/{id}',
      name: 'keepPerson',
      summary: 'Add a person, or change who they are here',
      about: 'Somebody who has left is no longer active: what they did stays.',
      tag: 'People',
      who: keeps,
      params: ofId,
      headers: overRead,
      body: z.strictObject({ name, email: emailAddress, active: z.boolean() }),
      gives: { description: 'The person', body: onePerson, etag: true },
      problems: ['stale'],
      noted: true,
      handle: async ({ person, params, headers, body }) => {
        const saved = given(await keepPerson(services, person, { ...params, ...body }, readIn(headers)));
        return { body: { person: saved }, etag: saved.version };
      },
    }),
    door({
      method: 'post',
      path: '/api/v1/people/{id}/sign-ins/take-back',
      name: 'takeBackSignIn',
      summary: 'Take back a way for somebody to sign in, at once',
      about: 'Whoever came in so is signed out. They sign in by the other ways that they have.',
      tag: 'People',
      who: keeps,
      params: ofId,
      body: signIn,
      gives: { description: 'The person', body: onePerson },
      noted: true,
      handle: async ({ person, params, body }) => ({
        body: { person: given(await takeBackSignIn(services, person, params.id, body)) },
      }),
    }),
    door({
      method: 'delete',
      path: '/api/v1/people/{id}/grants/{party}',
      name: 'revokeGrant',
      summary: 'Take a grant back, at once',
      tag: 'People',
      who: keeps,
      params: ofId.extend({ party }),
      gives: { description: 'It is taken back', body: z.strictObject({ person: z.string() }) },
      problems: ['wrong-values'],
      noted: true,
      handle: async ({ person, params }) => ({
        body: given(await revokeGrant(services, person, { person: params.id, party: params.party })),
      }),
    }),
    door({
      method: 'get',
      path: '/api/v1/person-requests',
      name: 'personRequests',
      summary: 'The grants and ways to sign in that wait for a second person',
      tag: 'People',
      who: reads,
      gives: { description: 'The oldest first', body: listOfRequests },
      handle: async ({ person }) => ({ body: { requests: await readPersonRequests(database, person) } }),
    }),
    door({
      method: 'post',
      path: '/api/v1/person-requests',
      name: 'requestForPerson',
      summary: 'Ask that somebody may act for a school, a provider, a panel or CAP, or sign in in a way',
      about:
        'A way to sign in is an issuer and the subject that it knows them by. A colleague gives what is asked for: nobody asks for themself, and ' +
        'nobody gives what they asked for. Until then nothing of it counts.',
      tag: 'People',
      who: keeps,
      body: z.discriminatedUnion('kind', [aGrant, aSignIn]),
      gives: { status: 201, description: 'It waits for a colleague', body: z.strictObject({ id: z.string() }) },
      noted: true,
      handle: async ({ person, body }) => ({ body: given(await requestForPerson(services, person, body)) }),
    }),
    door({
      method: 'post',
      path: '/api/v1/person-requests/{id}/settle',
      name: 'settlePersonRequest',
      summary: 'Give what a colleague asked for, or turn it down',
      about:
        'It is not given to somebody who has left since, nor while another signs in so. Whoever asked may turn it down, too.',
      tag: 'People',
      who: keeps,
      params: ofId,
      body: z.strictObject({ given: z.boolean() }),
      gives: { description: 'It is settled', body: z.strictObject({ id: z.string() }) },
      problems: ['not-allowed', 'not-editable'],
      noted: true,
      handle: async ({ person, params, body }) => ({
        body: given(await settleRequest(services, person, { id: params.id, given: body.given })),
      }),
    }),
  ];
}
