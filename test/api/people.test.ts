// People are kept inside the service; whoever lets somebody see or decide does so with a colleague (A21).
import { Client } from 'pg';
import { openDatabase, type Connection } from '../../records/database';
import { settlePersonRequest } from '../../records/peopleKept';
import { each, givenByTwo, openDoors, type Doors } from './doors';

let doors: Doors;
beforeAll(async () => {
  doors = await openDoors('2024-11-20T10:00:00.000Z');
});
afterAll(() => doors.stop());

const keep = (by: string, id: string, change: object = {}) =>
  doors.ask(by, 'PUT', `/api/v1/people/${id}`, {
    body: { name: 'New Sample', email: 'new@example.test', active: true, ...change },
  });
const asking = (by: string, asked: object) =>
  doors.ask(by, 'POST', '/api/v1/person-requests', { body: { why: 'Joins the school office.', ...asked } });
const request = (by: string, person: string, party: string) => asking(by, { kind: 'grant', person, party });
const requestSignIn = (by: string, person: string, subject: string) =>
  asking(by, { kind: 'sign-in', person, issuer: doors.issuer.url, subject });
const settle = (by: string, id: string, given = true) =>
  doors.ask(by, 'POST', `/api/v1/person-requests/${id}/settle`, { body: { given } });
const givenSignIn = (person: string, subject: string) =>
  givenByTwo(doors, { kind: 'sign-in', person, issuer: doors.issuer.url, subject, why: 'Joins the school office.' });
const waits = async () => each((await doors.ask('auditor', 'GET', '/api/v1/person-requests')).body.requests, 'id');
const signInsOf = async (id: string) => {
  const { people } = (await doors.ask('auditor', 'GET', '/api/v1/people')).body as {
    people: { id: string; signIns: object[] }[];
  };
  return people.find((person) => person.id === id)?.signIns;
};
const signsIn = async (subject: string) => (await doors.ask(subject, 'GET', '/api/v1/me')).status;
const grantsOf = async (id: string) => {
  const { people } = (await doors.ask('auditor', 'GET', '/api/v1/people')).body as { people: { id: string; grants: string[] }[] };
  return people.find((person) => person.id === id)?.grants;
};

test('CAP adds a person and how they sign in; without a grant they see nothing, and one sign-in is one person', async () => {
  expect((await keep('cap.team', 'new.one')).body.person).toMatchObject({ id: 'new.one', grants: [], signIns: [] });
  await givenSignIn('new.one', 'new.one');
  const again = await requestSignIn('cap.team', 'provider.two', 'new.one');
  expect([again.status, again.body.errors[0].field]).toEqual([422, 'subject']);
  expect((await doors.ask('new.one', 'GET', '/api/v1/cases')).body.cases).toEqual([]);
  expect((await doors.ask('new.one', 'GET', '/api/v1/cycles')).status).toBe(403);
});

test('a way to sign in is given by a second person: until then nobody comes in by it', async () => {
  await keep('cap.team', 'signs.in');
  const { id } = (await requestSignIn('cap.team', 'signs.in', 'signs.in.so')).body as { id: string };
  expect((await doors.ask('auditor', 'GET', '/api/v1/person-requests')).body.requests).toContainEqual({
    ...{ id, kind: 'sign-in', person: 'signs.in', issuer: doors.issuer.url, subject: 'signs.in.so' },
    ...{ why: 'Joins the school office.', askedBy: 'cap.team', asked: '2024-11-20T10:00:00.000Z' },
  });
  expect([await signInsOf('signs.in'), await signsIn('signs.in.so')]).toEqual([[], 403]);
  for (const person of ['school.alder', 'auditor', 'ops']) expect((await settle(person, id)).status).toBe(403);
  const byWhoAsked = await settle('cap.team', id);
  expect([byWhoAsked.status, byWhoAsked.body]).toMatchObject([403, { rule: 'A21' }]);
  expect(await signsIn('signs.in.so')).toBe(403);
  expect((await settle('cap.lead', id)).status).toBe(200);
  expect(await signsIn('signs.in.so')).toBe(200);
  expect([(await settle('cap.lead', id)).status, (await settle('cap.lead', id, false)).status]).toEqual([404, 404]);
  expect(await signInsOf('signs.in')).toEqual([{ issuer: doors.issuer.url, subject: 'signs.in.so' }]);
});

test('a way to sign in is not asked for by whose it is, nor given by them; a colleague turns it down, and so does who asked', async () => {
  const own = await requestSignIn('cap.team', 'cap.team', 'another.way');
  expect([own.status, own.body.errors]).toMatchObject([422, [{ field: 'person', rule: 'A21' }]]);
  const forLead = (await requestSignIn('cap.team', 'cap.lead', 'another.way')).body as { id: string };
  expect((await settle('cap.lead', forLead.id)).status).toBe(403);
  expect((await settle('cap.lead', forLead.id, false)).status).toBe(200);
  // What was turned down may be asked for again, and taken back by who asked.
  const again = (await requestSignIn('cap.team', 'cap.lead', 'another.way')).body as { id: string };
  expect((await settle('cap.team', again.id, false)).status).toBe(200);
  expect([await signsIn('another.way'), await waits()]).toEqual([403, expect.not.arrayContaining([forLead.id, again.id])]);
});

test('the same way to sign in waits once, for one person, also when two ask at once', async () => {
  await keep('cap.team', 'in.twice');
  await keep('cap.team', 'in.other');
  const both = await Promise.all(['cap.team', 'cap.lead'].map((by) => requestSignIn(by, 'in.twice', 'in.twice')));
  expect(both.map(({ status }) => status).sort()).toEqual([201, 422]);
  for (const whose of ['in.twice', 'in.other']) {
    const again = await requestSignIn('cap.lead', whose, 'in.twice');
    expect([again.status, again.body.errors]).toMatchObject([
      ...[422, [{ field: 'subject', message: expect.stringContaining('waits') }]],
    ]);
  }
});

test('given and turned down at once, one of them counts and the other is told that it is settled', async () => {
  await keep('cap.team', 'in.race');
  const { id } = (await requestSignIn('cap.team', 'in.race', 'in.race')).body as { id: string };
  const [gave, turnedDown] = await Promise.all([settle('cap.lead', id), settle('cap.team', id, false)]);
  expect([gave.status, turnedDown.status].sort()).toEqual([200, 404]);
  expect(await signsIn('in.race')).toBe(gave.status === 200 ? 200 : 403);
});

test('nothing is given to somebody who has left since it was asked for, until they are there again', async () => {
  await keep('cap.team', 'in.late');
  const asked = [await request('cap.team', 'in.late', 'school:SCH-A'), await requestSignIn('cap.team', 'in.late', 'in.late')];
  await keep('cap.team', 'in.late', { active: false });
  for (const { body } of asked) {
    const late = await settle('cap.lead', body.id as string);
    expect([late.status, late.body]).toMatchObject([409, { rule: 'A21', detail: expect.stringContaining('have left') }]);
  }
  expect([await grantsOf('in.late'), await signInsOf('in.late')]).toEqual([[], []]);
  const more = await requestSignIn('cap.lead', 'in.late', 'in.later');
  expect([more.status, more.body.errors]).toMatchObject([422, [{ field: 'person' }]]);
  await keep('cap.team', 'in.late');
  for (const { body } of asked) expect((await settle('cap.lead', body.id as string)).status).toBe(200);
  expect(await signsIn('in.late')).toBe(200);
});

test('whoever has left comes back with nothing of before: one person alone gives back neither grants nor ways to sign in', async () => {
  await keep('cap.team', 'in.again');
  await givenSignIn('in.again', 'in.again');
  const { id } = (await request('cap.team', 'in.again', 'school:SCH-A')).body as { id: string };
  await settle('cap.lead', id);
  await keep('cap.team', 'in.again', { active: false });
  const alone = await keep('cap.team', 'in.again');
  expect([alone.status, alone.body.errors]).toMatchObject([422, [{ field: 'active', rule: 'A21' }]]);
  expect(await signsIn('in.again')).toBe(403);
  await doors.ask('cap.team', 'DELETE', '/api/v1/people/in.again/grants/school:SCH-A');
  expect((await keep('cap.team', 'in.again')).status).toBe(422);
  const body = { issuer: doors.issuer.url, subject: 'in.again' };
  await doors.ask('cap.team', 'POST', '/api/v1/people/in.again/sign-ins/take-back', { body });
  expect((await keep('cap.team', 'in.again')).status).toBe(200);
  expect([await grantsOf('in.again'), await signInsOf('in.again')]).toEqual([[], []]);
  // Who never left is changed as before, whatever they have.
  await givenSignIn('in.again', 'in.again');
  expect((await keep('cap.team', 'in.again', { name: 'Another Sample' })).status).toBe(200);
});

test('who is said to have left in the very moment in which somebody else edits them does not come back with what they had', async () => {
  await keep('cap.team', 'new.moment');
  expect((await request('cap.team', 'new.moment', 'school:SCH-B')).status).toBe(201);
  for (const id of await waits()) await settle('cap.lead', id as string);
  const colleague = new Client({ connectionString: doors.database.superuserUrl });
  await colleague.connect();
  await colleague.query(`BEGIN; SELECT pg_advisory_xact_lock(hashtext('people'))`);
  await colleague.query(`UPDATE people SET active = false WHERE id = 'new.moment'`);
  const editing = keep('cap.lead', 'new.moment', { email: 'another@example.test' }).then((answer) => answer);
  await new Promise((resolve) => setTimeout(resolve, 500));
  await colleague.query('COMMIT');
  await colleague.end();
  const { status, body } = await editing;
  expect([status, each(body.errors, 'field')]).toEqual([422, ['active']]);
  expect(await grantsOf('new.moment')).toEqual(['school:SCH-B']);
});

test('a way to sign in that was a mistake is taken back: it counts no more, the others stay, and nobody does it for themself', async () => {
  await keep('cap.team', 'new.four');
  const signIn = { issuer: doors.issuer.url, subject: 'new.four' };
  const other = { issuer: doors.issuer.url, subject: 'new.mistake' };
  for (const { subject } of [signIn, other]) await givenSignIn('new.four', subject);
  expect((await doors.ask('new.mistake', 'GET', '/api/v1/me')).body).toMatchObject({ person: 'new.four' });
  const back = (person: string, body: object, by = 'cap.lead') =>
    doors.ask(by, 'POST', `/api/v1/people/${person}/sign-ins/take-back`, { body });
  const taken = await back('new.four', other);
  expect([taken.status, taken.body.person.signIns]).toEqual([200, [signIn]]);
  expect((await back('new.four', other)).body.person.signIns).toEqual([signIn]);
  // Of somebody else it takes nothing.
  expect((await back('new.one', signIn)).status).toBe(200);
  expect(await signInsOf('new.four')).toEqual([signIn]);
  const byTwo = { askedBy: 'cap.team', confirmedBy: 'cap.lead' };
  const own = await back('cap.lead', { issuer: doors.issuer.url, subject: 'cap.lead' });
  expect([own.status, own.body.errors]).toMatchObject([422, [{ field: 'id', rule: 'A21' }]]);
  const worker = openDatabase(doors.database.urlFor('cap_worker'), { connections: 1 });
  const edits = await worker.directly(
    (connection) =>
      connection.$queryRaw<object[]>`SELECT person, before, after FROM edits WHERE what = 'sign-in new.four' ORDER BY id`,
  );
  await worker.close();
  expect(edits).toEqual([
    ...[signIn, other].map((each) => ({ person: 'cap.lead', before: null, after: { ...each, ...byTwo } })),
    { person: 'cap.lead', before: other, after: null },
  ]);
});

test('a grant is given by a second person: neither by who asked, nor by whose it is', async () => {
  await keep('cap.team', 'new.two');
  const { id } = (await request('cap.team', 'new.two', 'school:SCH-A')).body as { id: string };
  expect((await settle('cap.team', id)).status).toBe(403);
  expect(await grantsOf('new.two')).toEqual([]);
  expect(each((await doors.ask('cap.lead', 'GET', '/api/v1/person-requests')).body.requests, 'id')).toContain(id);
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

/** What somebody of CAP does in the records by themself. */
const alone = <T>(by: string, work: (connection: Connection) => Promise<T>) =>
  doors.api.asActor({ person: by, parties: ['cap'] }, work);

test('the database gives no grant that one person alone wrote', async () => {
  const { id } = (await request('cap.team', 'school.birch', 'audit')).body as { id: string };
  const wrote = alone(
    'cap.team',
    (connection) => connection.$executeRaw`INSERT INTO grants (person, party) VALUES ('school.birch', 'audit')`,
  );
  await expect(wrote).rejects.toThrow(/permission denied/);
  await expectToSettleNothingAlone(id, 'school.birch');
  expect(await grantsOf('school.birch')).not.toContain('audit');
});

test('the database adds no way to sign in that one person alone wrote, nor for whoever asks in the name of another', async () => {
  const { id } = (await requestSignIn('cap.team', 'cap.lead', 'alone')).body as { id: string };
  const wrote = alone(
    'cap.team',
    (connection) =>
      connection.$executeRaw`INSERT INTO sign_ins (issuer, subject, person) VALUES (${doors.issuer.url}, 'alone', 'cap.lead')`,
  );
  await expect(wrote).rejects.toThrow(/permission denied/);
  await expectToSettleNothingAlone(id, 'cap.lead');
  for (const [askedBy, person] of [
    ['cap.lead', 'school.birch'],
    ['cap.team', 'cap.team'],
  ] as const) {
    const inTheNameOf = alone(
      'cap.team',
      (connection) => connection.$executeRaw`
        INSERT INTO person_requests (id, person, issuer, subject, why, asked_by, asked)
        VALUES ('by hand', ${person}, ${doors.issuer.url}, 'by.hand', 'x', ${askedBy}, '2024-11-20T10:00:00Z')`,
    );
    await expect(inTheNameOf).rejects.toThrow(/row-level security/);
  }
  expect(await signsIn('alone')).toBe(403);
});

async function expectToSettleNothingAlone(id: string, whose: string): Promise<void> {
  const change = alone('cap.lead', (connection) => connection.$executeRaw`UPDATE person_requests SET given = true`);
  await expect(change).rejects.toThrow(/permission denied/);
  const now = '2024-11-20T10:00:00.000Z';
  for (const person of ['cap.team', whose]) {
    const settled = settlePersonRequest(doors.api, { person, parties: ['cap'] }, { id, given: true }, now, () => null);
    await expect(settled).rejects.toThrow(`did not let ${person} settle`);
  }
  const byNobodyOfCap = doors.api.asActor(
    { person: 'auditor', parties: ['audit'] },
    (connection) => connection.$queryRaw`SELECT settle_person_request(${id}, false, ${now}::timestamptz) AS settled`,
  );
  expect(await byNobodyOfCap).toEqual([{ settled: false }]);
}

test('how somebody signs in stands in no line of the access log, and in no log of the service', async () => {
  await keep('cap.team', 'in.quiet');
  await givenSignIn('in.quiet', 'a.subject.to.look.for');
  await doors.access.settled();
  const log = JSON.stringify((await doors.ask('auditor', 'GET', '/api/v1/access-log')).body);
  for (const asked of ['POST /api/v1/person-requests', 'POST /api/v1/person-requests/{id}/settle']) {
    expect(log).toContain(JSON.stringify(asked));
  }
  expect(`${log}${doors.logged()}`).not.toContain('a.subject.to.look.for');
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
  const given = await asking('cap.team', { kind: 'sign-in', person: 'new.capital', issuer: 'the council', subject: 'new' });
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
    expect((await requestSignIn(person, 'new.four', 'mine')).status).toBe(403);
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
