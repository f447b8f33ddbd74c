// Accounts of colleagues: a school or provider asks, CAP accepts or declines; the grant itself is given by two people of CAP (A21).
import { z } from 'zod';
import { accountRequestKinds, accountRequestStates, whyNotSettle, whyNotWithdraw } from '../../domain/accountRequests';
import { can } from '../../domain/permissions';
import type { Host } from '../../domain/words';
import { readAccountRequest, readAccountRequests, type AccountRequestRow } from '../../records/accountRequests';
import type { Person } from '../../records/types';
import { acceptAccount, askAccount, declineAccount, withdrawAccount } from '../../usecases/accountRequests';
import { door, type Door } from '../door';
import { given, HttpProblem } from '../problems';
import { code, emailAddress, instant, requiredText } from '../schemas';
import type { Services } from '../services';

const request = z
  .strictObject({
    id: z.string(),
    kind: z.enum(accountRequestKinds).meta({ description: 'An account is to be given, or to end' }),
    party: z.string().meta({ description: 'The organisation that asks', examples: ['school:SCH-A'] }),
    name: z.string(),
    email: z.string().nullable(),
    person: z.string().nullable().meta({ description: 'Whose account it is, once that is known' }),
    why: z.string(),
    askedBy: z.string().meta({ description: 'The name of who asked' }),
    asked: instant,
    state: z.enum(accountRequestStates).meta({
      description: '`accepted`: a second person of CAP is to give the grant. `done`: it is as it was asked for',
    }),
    settled: instant.nullable(),
    reason: z.string().nullable().meta({ description: 'Why CAP declined it' }),
    grantRequest: z.string().nullable().meta({ description: 'The grant that a second person of CAP is to give' }),
    can: z.array(z.enum(['accept', 'decline', 'withdraw'])).meta({ description: 'What you may do with it now' }),
  })
  .meta({ id: 'AccountRequest' });

export const listOfAccountRequests = z.strictObject({ requests: z.array(request) });
export const oneAccountRequest = z.strictObject({ request });

const party = z
  .string()
  .regex(/^(school|provider):[A-Za-z0-9._-]{1,80}$/, 'must be a school or provider such as school:SCH-A')
  .transform((one) => one as Host);
const name = z.string().trim().min(1, 'must be written').max(200, 'must have at most 200 characters');
const why = requiredText.max(1_000, 'must have at most 1,000 characters');
const asked = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('give'), party, name, email: emailAddress, why }),
  z.strictObject({ kind: z.literal('end'), party, person: code, why }),
]);

const ofId = z.strictObject({ id: z.string().regex(/^ACC-[A-Z0-9]{6}$/, 'must be a request such as ACC-7K3QX9') });
const asks = (person: Person) => can(person, 'ask-for-accounts');
const keeps = (person: Person) => can(person, 'keep-people');

export function accountRequestDoors(services: Services): Door[] {
  const { database } = services;
  return [
    door({
      method: 'get',
      path: '/api/v1/account-requests',
      name: 'accountRequests',
      summary: 'What was asked for about accounts of colleagues, and what became of it',
      about: 'What your own schools and providers asked for; for CAP and auditors all of it.',
      tag: 'People',
      who: 'signed-in',
      gives: { description: 'What waits in front; of what is settled the newest', body: listOfAccountRequests },
      handle: async ({ person }) => ({
        body: { requests: (await readAccountRequests(database, person)).map((each) => show(person, each)) },
      }),
    }),
    door({
      method: 'get',
      path: '/api/v1/account-requests/{id}',
      name: 'accountRequest',
      summary: 'One of them',
      tag: 'People',
      who: 'signed-in',
      params: ofId,
      gives: { description: 'As it stands now', body: oneAccountRequest },
      problems: ['not-found'],
      handle: async ({ person, params }) => {
        const found = await readAccountRequest(database, person, params.id);
        if (!found) throw new HttpProblem('not-found');
        return { body: { request: show(person, found) } };
      },
    }),
    door({
      method: 'post',
      path: '/api/v1/account-requests',
      name: 'askForAccount',
      summary: 'Ask CAP for an account for a colleague, or for the end of one',
      about: 'For your own organisation. CAP is told by e-mail, and you of what became of it.',
      tag: 'People',
      who: asks,
      body: asked,
      gives: { status: 201, description: 'It waits for CAP', body: oneAccountRequest },
      problems: ['not-allowed'],
      noted: true,
      handle: async ({ person, body }) => ({ body: { request: show(person, given(await askAccount(services, person, body))) } }),
    }),
    door({
      method: 'post',
      path: '/api/v1/account-requests/{id}/accept',
      name: 'acceptAccountRequest',
      summary: 'Accept it, as CAP',
      about:
        'Of an account: the person is added, unless somebody has the address already, and a grant is asked for, which a colleague gives. Of the end of one: the grant is taken back at once.',
      tag: 'People',
      who: keeps,
      params: ofId,
      body: z.strictObject({ person: code.optional().meta({ description: 'The short name of somebody who is new here' }) }),
      gives: { description: 'As it stands now', body: oneAccountRequest },
      problems: ['not-found', 'not-editable'],
      noted: true,
      handle: async ({ person, params, body }) => ({
        body: { request: show(person, given(await acceptAccount(services, person, params.id, body.person ?? null))) },
      }),
    }),
    door({
      method: 'post',
      path: '/api/v1/account-requests/{id}/decline',
      name: 'declineAccountRequest',
      summary: 'Decline it with a reason, as CAP',
      tag: 'People',
      who: keeps,
      params: ofId,
      body: z.strictObject({ reason: why }),
      gives: { description: 'As it stands now', body: oneAccountRequest },
      problems: ['not-found', 'not-editable'],
      noted: true,
      handle: async ({ person, params, body }) => ({
        body: { request: show(person, given(await declineAccount(services, person, params.id, body.reason))) },
      }),
    }),
    door({
      method: 'post',
      path: '/api/v1/account-requests/{id}/withdraw',
      name: 'withdrawAccountRequest',
      summary: 'Withdraw it, while it waits for CAP',
      tag: 'People',
      who: asks,
      params: ofId,
      body: z.strictObject({}),
      gives: { description: 'As it stands now', body: oneAccountRequest },
      problems: ['not-found', 'not-editable'],
      noted: true,
      handle: async ({ person, params }) => ({
        body: { request: show(person, given(await withdrawAccount(services, person, params.id))) },
      }),
    }),
  ];
}

function show(person: Person, row: AccountRequestRow) {
  const settles = keeps(person).allowed && whyNotSettle(row) === null;
  const withdraws = whyNotWithdraw(person, row) === null;
  return { ...row, can: [...(settles ? (['accept', 'decline'] as const) : []), ...(withdraws ? (['withdraw'] as const) : [])] };
}
