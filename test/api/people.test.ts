// People are kept inside the service; whoever lets somebody see or decide does so with a colleague (A21).
import { openDatabase } from '../../records/database';
import { each, openDoors, type Doors } from './doors';

let doors: Doors;
beforeAll(async () => {
  doors = await openDoors('2024-11-20T10:00:00.000Z');
});
afterAll(() => doors.stop());

const keep = (by: string, id: string, change: object = {}) =>
  doors.ask(by, 'PUT', `/api/v1/people/${id}`, {
    body: { name: 'New Sample', email: 'new@example.test', active: true, ...change },
  });
const request = (by: string, person: string, party: string) =>
  doors.ask(by, 'POST', '/api/v1/grant-requests', { body: { person, party, why: 'Joins the school office.' } });
const settle = (by: string, id: string, given = true) =>
  doors.ask(by, 'POST', `/api/v1/grant-requests/${id}/settle`, { body: { given } });
const grantsOf = async (id: string) => {
  const { people } = (await doors.ask('auditor', 'GET', '/api/v1/people')).body as { people: { id: string; grants: string[] }[] };
  return people.find((person) => person.id === id)?.grants;
};

test('CAP adds a person and how they sign in; without a grant they see nothing, and one sign-in is one person', async () => {
  expect((await keep('cap.team', 'new.one')).body.person).toMatchObject({ id: 'new.one', grants: [], signIns: [] });
  const signIn = { issuer: doors.issuer.url, subject: 'new.one' };
  expect((await doors.ask('cap.team', 'POST', '/api/v1/people/new.one/sign-ins', { body: signIn })).status).toBe(200);
  const again = await doors.ask('cap.team', 'POST', '/api/v1/people/provider.two/sign-ins', { body: signIn });
  expect([again.status, again.body.errors[0].field]).toEqual([422, 'subject']);
  expect((await doors.ask('new.one', 'GET', '/api/v1/cases')).body.cases).toEqual([]);
  expect((await doors.ask('new.one', 'GET', '/api/v1/cycles')).status).toBe(403);
});

test('a way to sign in that was a mistake is taken back: it counts no more, the others stay, and nobody does it for themself', async () => {
  await keep('cap.team', 'new.four');
  const signIn = { issuer: doors.issuer.url, subject: 'new.four' };
  const other = { issuer: doors.issuer.url, subject: 'new.mistake' };
  const added = (body: object) => doors.ask('cap.team', 'POST', '/api/v1/people/new.four/sign-ins', { body });
  expect([(await added(signIn)).status, (await added(other)).status]).toEqual([200, 200]);
  expect((await doors.ask('new.mistake', 'GET', '/api/v1/me')).body).toMatchObject({ person: 'new.four' });
  const back = (person: string, body: object, by = 'cap.lead') =>
    doors.ask(by, 'POST', `/api/v1/people/${person}/sign-ins/take-back`, { body });
  const taken = await back('new.four', other);
  expect([taken.status, taken.body.person.signIns]).toEqual([200, [signIn]]);
  expect((await back('new.four', other)).body.person.signIns).toEqual([signIn]);
  // Of somebody else it takes nothing.
  expect((await back('new.one', signIn)).status).toBe(200);
  const { people } = (await doors.ask('auditor', 'GET', '/api/v1/people')).body as {
    people: { id: string; signIns: object[] }[];
  };
  expect(people.find(({ id }) => id === 'new.four')?.signIns).toEqual([signIn]);
  const own = await back('cap.lead', { issuer: doors.issuer.url, subject: 'cap.lead' });
  expect([own.status, own.body.errors]).toMatchObject([422, [{ field: 'id', rule: 'A21' }]]);
  const worker = openDatabase(doors.database.urlFor('cap_worker'), { connections: 1 });
  const edits = await worker.directly(
    (connection) =>
      connection.$queryRaw<object[]>`SELECT person, before, after FROM edits WHERE what = 'sign-in new.four' ORDER BY id`,
  );
  await worker.close();
  expect(edits.at(-1)).toEqual({ person: 'cap.lead', before: other, after: null });
  expect(edits.length).toBe(3);
});

test('a grant is given by a second person: neither by who asked, nor by whose it is', async () => {
  await keep('cap.team', 'new.two');
  const { id } = (await request('cap.team', 'new.two', 'school:SCH-A')).body as { id: string };
  expect((await settle('cap.team', id)).status).toBe(403);
  expect(await grantsOf('new.two')).toEqual([]);
  expect(each((await doors.ask('cap.lead', 'GET', '/api/v1/grant-requests')).body.requests, 'id')).toContain(id);
  expect((await settle('cap.lead', id)).status).toBe(200);
  expect(await grantsOf('new.two')).toEqual(['school:SCH-A']);
  expect((await settle('cap.lead', id)).status).toBe(404);

  const own = await request('cap.team', 'cap.team', 'panel:multi-agency');
  expect([own.status, own.body.errors[0].field]).toEqual([422, 'person']);
  const forLead = (await request('cap.team', 'cap.lead', 'panel:multi-agency')).body as { id: string };
  expect((await settle('cap.lead', forLead.id)).status).toBe(403);
  expect((await settle('cap.lead', forLead.id, false)).status).toBe(200);
  expect(await grantsOf('cap.lead')).toEqual(['cap']);
});

test('nobody leaves the CAP team by themself, and the document says that such an answer may come', async () => {
  const left = await doors.ask('cap.team', 'DELETE', '/api/v1/people/cap.team/grants/cap');
  expect([left.status, left.body.errors]).toMatchObject([422, [{ field: 'party', rule: 'A21' }]]);
  expect(await grantsOf('cap.team')).toContain('cap');
});

test('the database gives no grant that one person alone wrote', async () => {
  const api = openDatabase(doors.database.urlFor('cap_api'), { connections: 1 });
  const alone = api.asActor(
    { person: 'cap.team', parties: ['cap'] },
    (connection) => connection.$executeRaw`INSERT INTO grants (person, party) VALUES ('cap.team', 'panel:multi-agency')`,
  );
  await expect(alone).rejects.toThrow(/row-level security/);
  await api.close();
});

test.each([
  ['a school that is none', 'school:NO-SUCH'],
  ['a panel that is none', 'panel:lunch'],
  ['a grant that they have', 'provider:TP-ONE'],
])('nobody is given %s', async (_, party) => {
  const refused = await request('cap.team', 'provider.one', party);
  expect([refused.status, refused.body.errors[0].field]).toEqual([422, 'party']);
});

test('the same grant waits once, and not for somebody who has left', async () => {
  await keep('cap.team', 'new.twice');
  expect((await request('cap.team', 'new.twice', 'school:SCH-B')).status).toBe(201);
  const again = await request('cap.lead', 'new.twice', 'school:SCH-B');
  expect([again.status, again.body.errors]).toMatchObject([422, [{ field: 'party', message: expect.stringContaining('waits') }]]);
  const both = await Promise.all(['cap.team', 'cap.lead'].map((by) => request(by, 'new.twice', 'school:SCH-A')));
  expect(both.map(({ status }) => status).sort()).toEqual([201, 422]);
  await keep('cap.team', 'new.left', { active: false });
  const left = await request('cap.team', 'new.left', 'school:SCH-B');
  expect([left.status, left.body.errors]).toMatchObject([422, [{ field: 'person', message: expect.stringContaining('left') }]]);
});

test('a short name and a code are given once, in capitals or not; nobody signs in by an identity provider that has no address', async () => {
  await keep('cap.team', 'new.capital');
  const person = await keep('cap.lead', 'New.Capital', { name: 'Somebody Else' });
  expect([person.status, person.body.errors]).toMatchObject([422, [{ field: 'id', rule: 'A21' }]]);
  const school = {
    kind: 'school',
    sector: 'primary',
    name: 'A sample',
    email: 's@example.test',
    urn: null,
    ukprn: null,
    address: null,
  };
  const code = await doors.ask('cap.team', 'PUT', '/api/v1/organisations/tp-one', { body: school });
  expect([code.status, code.body.errors]).toMatchObject([422, [{ field: 'code', rule: 'R22' }]]);
  const signIn = { issuer: 'the council', subject: 'new.capital' };
  const given = await doors.ask('cap.team', 'POST', '/api/v1/people/new.capital/sign-ins', { body: signIn });
  expect([given.status, given.body.errors]).toMatchObject([422, [{ field: 'issuer' }]]);
});

test('a grant for somebody who is not there names the field that is wrong', async () => {
  const refused = await request('cap.team', 'nobody.here', 'school:SCH-A');
  expect([refused.status, refused.body.errors]).toMatchObject([422, [{ field: 'person', rule: 'A21' }]]);
});

test('a grant is taken back at once, and whoever has left may no longer sign in; each edit is written down', async () => {
  await keep('cap.team', 'new.three');
  const { id } = (await request('cap.lead', 'new.three', 'provider:TP-TWO')).body as { id: string };
  await settle('cap.team', id);
  const back = () => doors.ask('cap.team', 'DELETE', '/api/v1/people/new.three/grants/provider:TP-TWO');
  expect([(await back()).status, (await back()).status]).toEqual([200, 404]);
  expect(await grantsOf('new.three')).toEqual([]);
  const itself = await keep('cap.team', 'cap.team', { active: false });
  expect([itself.status, itself.body.errors[0].field]).toEqual([422, 'active']);

  const worker = openDatabase(doors.database.urlFor('cap_worker'), { connections: 1 });
  const edits = await worker.directly(
    (connection) => connection.$queryRaw<unknown[]>`
      SELECT person, what, before, after FROM edits WHERE what LIKE '%new.three' ORDER BY id`,
  );
  await worker.close();
  expect(edits).toEqual([
    {
      person: 'cap.team',
      what: 'person new.three',
      before: null,
      after: { name: 'New Sample', email: 'new@example.test', active: true },
    },
    {
      ...{ person: 'cap.team', what: 'grant new.three', before: null },
      after: { party: 'provider:TP-TWO', askedBy: 'cap.lead', confirmedBy: 'cap.team' },
    },
    { person: 'cap.team', what: 'grant new.three', before: { party: 'provider:TP-TWO' }, after: null },
  ]);
});

test('people are read by CAP and auditors, and kept by CAP alone', async () => {
  for (const person of ['school.alder', 'chair.review', 'ops', 'provider.one']) {
    expect((await doors.ask(person, 'GET', '/api/v1/people')).status).toBe(403);
    expect((await keep(person, 'new.four')).status).toBe(403);
  }
  expect((await keep('auditor', 'new.four')).status).toBe(403);
});

test('CAP keeps schools and providers, with what registers know of them and the years of the SLA (R6, R22)', async () => {
  const said = { kind: 'school', sector: 'primary', name: 'Hazel Primary (fictitious)', email: 'hazel@example.test' };
  const registered = { ...said, urn: '100009', ukprn: null, address: '9 Sample Street' };
  const put = (by: string, code: string, body: object) => doors.ask(by, 'PUT', `/api/v1/organisations/${code}`, { body });
  expect((await put('cap.team', 'SCH-H', registered)).body.organisation).toMatchObject({
    code: 'SCH-H',
    urn: '100009',
    slas: [],
  });
  const kind = await put('cap.team', 'SCH-H', { ...registered, kind: 'provider', sector: null });
  expect([kind.status, kind.body.errors[0].field]).toEqual([422, 'kind']);
  const urn = await put('cap.team', 'SCH-H', { ...registered, urn: '12' });
  expect(urn.body.errors[0].field).toBe('urn');
  expect((await put('school.alder', 'SCH-A', registered)).status).toBe(403);

  const sla = (has: boolean) => doors.ask('cap.team', 'PUT', '/api/v1/organisations/SCH-H/slas/2024-25', { body: { has } });
  expect((await sla(true)).body.organisation.slas).toEqual(['2024-25']);
  expect((await sla(false)).body.organisation.slas).toEqual([]);
  const schools = (await doors.ask('school.birch', 'GET', '/api/v1/schools')).body.schools as unknown[];
  expect(schools).toContainEqual({ code: 'SCH-H', name: 'Hazel Primary (fictitious)', sector: 'primary', slas: [] });
  expect((await doors.ask('school.birch', 'GET', '/api/v1/organisations')).status).toBe(403);
});
