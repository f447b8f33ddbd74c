// A school or provider asks CAP for a colleague's account, or for its end; the grant is still given by two people (A21).
import { tellOfAccounts } from '../../records/accountRequests';
import { each, openDoors, type Doors } from './doors';

let doors: Doors;
beforeAll(async () => {
  doors = await openDoors('2024-11-20T10:00:00.000Z');
});
afterAll(() => doors.stop());

const now = '2024-11-20T10:05:00.000Z';
let people = 0;
const ask = (by: string, change: object = {}) =>
  doors.ask(by, 'POST', '/api/v1/account-requests', {
    body: {
      ...{ kind: 'give', party: 'school:SCH-A', name: 'New Sample', email: `new${String((people += 1))}@example.test` },
      why: 'Joins.',
      ...change,
    },
  });
const asked = async (by: string, change: object = {}) => (await ask(by, change)).body.request as { id: string };
const act = (by: string, id: string, what: string, body: object = {}) =>
  doors.ask(by, 'POST', `/api/v1/account-requests/${id}/${what}`, { body });
const seenBy = async (by: string, id: string) =>
  (await doors.ask(by, 'GET', `/api/v1/account-requests/${id}`)).body.request as object;
const grantsOf = async (id: string) => {
  const all = (await doors.ask('auditor', 'GET', '/api/v1/people')).body.people as { id: string; grants: string[] }[];
  return all.find((person) => person.id === id)?.grants;
};
const toldAbout = async (id: string) =>
  (await tellOfAccounts(doors.worker, now)).map((email) => email.id).filter((each) => each.startsWith(id));

test('a school asks for an account; one of CAP accepts it, a second gives it, and the school reads what became of it', async () => {
  const { id } = await asked('school.alder', { email: 'joins@example.test' });
  expect(await seenBy('school.alder', id)).toMatchObject({ state: 'open', askedBy: 'Sample Alder-Staff', can: ['withdraw'] });
  expect(await toldAbout(id)).toEqual([`${id}.0.account-asked.cap`]);

  const nameless = await act('cap.team', id, 'accept');
  expect([nameless.status, nameless.body.errors[0].field]).toEqual([422, 'person']);
  const accepted = (await act('cap.team', id, 'accept', { person: 'joins.sample' })).body.request as { grantRequest: string };
  expect(accepted).toMatchObject({ state: 'accepted', person: 'joins.sample' });
  expect(await grantsOf('joins.sample')).toEqual([]);
  // The second person of CAP need not be at the screen when it is accepted.
  expect(await toldAbout(id)).toContain(`${id}.1.account-accepted.cap`);
  const settle = (by: string) =>
    doors.ask(by, 'POST', `/api/v1/person-requests/${accepted.grantRequest}/settle`, { body: { given: true } });
  expect((await settle('cap.team')).status).toBe(403);
  expect((await settle('cap.lead')).status).toBe(200);
  expect(await grantsOf('joins.sample')).toEqual(['school:SCH-A']);
  expect(await seenBy('school.alder', id)).toMatchObject({ state: 'done' });
  expect(await toldAbout(id)).toContain(`${id}.2.account-settled.school-SCH-A`);
  expect(await toldAbout(id)).toHaveLength(3);

  const there = await ask('school.alder', { email: 'Joins@example.test' });
  expect([there.status, there.body.errors[0].field]).toEqual([422, 'email']);
});

test('a grant that the second person turns down comes back to CAP, which says why', async () => {
  const { id } = await asked('school.alder');
  const { grantRequest } = (await act('cap.team', id, 'accept', { person: 'turned.down' })).body.request as {
    grantRequest: string;
  };
  await doors.ask('cap.lead', 'POST', `/api/v1/person-requests/${grantRequest}/settle`, { body: { given: false } });
  expect(await seenBy('cap.team', id)).toMatchObject({ state: 'open', can: ['accept', 'decline'] });
  await act('cap.team', id, 'decline', { reason: 'Not of your staff.' });
  expect(await seenBy('school.alder', id)).toMatchObject({ state: 'declined', reason: 'Not of your staff.', can: [] });
  expect(await grantsOf('turned.down')).toEqual([]);
});

test('a grant that a colleague asked for already waits once: the account leads to it, and whoever accepted may give it', async () => {
  const { id } = await asked('school.alder', { email: 'waits@example.test' });
  const person = { name: 'New Sample', email: 'waits@example.test', active: true };
  await doors.ask('cap.team', 'PUT', '/api/v1/people/waits.once', { body: person });
  const grant = { kind: 'grant', person: 'waits.once', party: 'school:SCH-A', why: 'Joins.' };
  const request = (await doors.ask('cap.lead', 'POST', '/api/v1/person-requests', { body: grant })).body as { id: string };
  expect((await act('cap.team', id, 'accept')).body.request).toMatchObject({ state: 'accepted', grantRequest: request.id });
  await doors.ask('cap.team', 'POST', `/api/v1/person-requests/${request.id}/settle`, { body: { given: true } });
  expect([await grantsOf('waits.once'), await seenBy('school.alder', id)]).toMatchObject([['school:SCH-A'], { state: 'done' }]);
});

test('the end of an account, once accepted, takes the grant back at once', async () => {
  const { id: first } = await asked('provider.one', { party: 'provider:TP-ONE', email: 'leaves@example.test' });
  const { grantRequest } = (await act('cap.team', first, 'accept', { person: 'leaves.sample' })).body.request as {
    grantRequest: string;
  };
  await doors.ask('cap.lead', 'POST', `/api/v1/person-requests/${grantRequest}/settle`, { body: { given: true } });

  const end = { kind: 'end', party: 'provider:TP-ONE', person: 'leaves.sample', why: 'Has left.' };
  const other = await doors.ask('provider.two', 'POST', '/api/v1/account-requests', {
    body: { ...end, party: 'provider:TP-TWO' },
  });
  expect([other.status, other.body.errors[0].field]).toEqual([422, 'person']);
  const { body } = await doors.ask('provider.one', 'POST', '/api/v1/account-requests', { body: end });
  const { id } = body.request as { id: string };
  const twice = await doors.ask('provider.one', 'POST', '/api/v1/account-requests', { body: end });
  expect([twice.status, twice.body.errors[0].message]).toEqual([422, expect.stringContaining(id)]);
  expect(await grantsOf('leaves.sample')).toEqual(['provider:TP-ONE']);
  expect((await act('cap.team', id, 'accept')).body.request).toMatchObject({ state: 'done' });
  expect(await grantsOf('leaves.sample')).toEqual([]);
  expect((await act('cap.lead', id, 'accept')).status).toBe(409);
});

test('asked twice at once it is one request, and it says which', async () => {
  const email = 'twice@example.test';
  const both = await Promise.all([ask('school.alder', { email }), ask('school.alder', { email: 'TWICE@example.test' })]);
  expect(both.map(({ status }) => status).sort()).toEqual([201, 422]);
  const [made, refused] = both.sort((one, two) => one.status - two.status);
  expect(refused.body.errors[0]).toMatchObject({
    field: 'email',
    message: expect.stringContaining(made.body.request.id as string),
  });
});

test('an address that has an account is not added again: the account is granted the organisation as well', async () => {
  const { id } = await asked('school.birch', { party: 'school:SCH-B', email: 'school.alder@example.test' });
  const other = await act('cap.team', id, 'accept', { person: 'alder.again' });
  expect([other.status, other.body.errors[0].message]).toEqual([422, expect.stringContaining('school.alder')]);
  expect((await act('cap.team', id, 'accept')).body.request).toMatchObject({ state: 'accepted', person: 'school.alder' });
});

test('nobody asks for another organisation, reads or withdraws what another asked, or answers instead of CAP', async () => {
  expect((await ask('school.birch')).status).toBe(403);
  for (const person of ['cap.team', 'chair.review', 'auditor', 'ops']) expect((await ask(person)).status).toBe(403);
  const { id } = await asked('school.alder');
  expect((await doors.ask('school.birch', 'GET', `/api/v1/account-requests/${id}`)).status).toBe(404);
  expect(each((await doors.ask('provider.one', 'GET', '/api/v1/account-requests')).body.requests, 'id')).not.toContain(id);
  expect((await act('school.birch', id, 'withdraw')).status).toBe(404);
  for (const person of ['school.alder', 'auditor']) expect((await act(person, id, 'accept', { person: 'x' })).status).toBe(403);
  expect((await act('school.alder', id, 'withdraw')).body.request).toMatchObject({ state: 'withdrawn' });
  for (const what of ['accept', 'decline']) {
    expect((await act('cap.team', id, what, what === 'decline' ? { reason: 'No.' } : { person: 'too.late' })).status).toBe(409);
  }
  expect(await toldAbout(id)).toEqual([]);
});

test('who asked, accepted and withdrew is written down', async () => {
  const { id } = await asked('school.alder', { email: 'kept@example.test' });
  await act('school.alder', id, 'withdraw');
  const edits = await doors.worker.directly(
    (connection) =>
      connection.$queryRaw<
        unknown[]
      >`SELECT person, before, after->>'state' AS state FROM edits WHERE what = ${`account request ${id}`} ORDER BY id`,
  );
  expect(edits).toEqual([
    { person: 'school.alder', before: null, state: null },
    { person: 'school.alder', before: { state: 'open' }, state: 'withdrawn' },
  ]);
});

test('the database lets no organisation accept what it asked itself', async () => {
  const { id } = await asked('school.alder');
  const itself = doors.api.asActor(
    { person: 'school.alder', parties: ['school:SCH-A'] },
    (connection) =>
      connection.$executeRaw`UPDATE account_requests SET state = 'accepted', settled_by = 'school.alder' WHERE id = ${id}`,
  );
  await expect(itself).rejects.toThrow(/row-level security/);
});
