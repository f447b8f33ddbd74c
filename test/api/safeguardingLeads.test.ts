// Who the Designated Safeguarding Leads are: read by whoever works with CAP, kept by each organisation for itself and by CAP for all (R123, R124, A17).
import { givenByTwo, openDoors, type Doors } from './doors';

let doors: Doors;
beforeAll(async () => {
  doors = await openDoors('2024-11-20T10:00:00.000Z');
});
afterAll(() => doors.stop());

const lead = (name: string, number: number) => ({
  ...{ name: `Sample ${name}`, telephone: `01632 960${String(number)}`, email: 'safeguarding@example.test' },
});
const path = (party: string) => `/api/v1/safeguarding-leads/${party}`;
const read = (by: string | null, party: string) => doors.ask(by, 'GET', path(party));
const keep = (by: string, party: string, leads: readonly object[]) => doors.ask(by, 'PUT', path(party), { body: { leads } });

test('whoever has a role in CAP reads who the leads of CAP, a school and a provider are (R123, R124); nobody else does', async () => {
  for (const person of ['school.birch', 'provider.two', 'academy', 'chair.review', 'member.attendance', 'auditor', 'send.team']) {
    for (const party of ['cap', 'school:SCH-A', 'provider:TP-ONE', 'provider:AP-ACADEMY']) {
      const { status, body } = await read(person, party);
      expect([status, body.leads[0]]).toEqual([
        200,
        {
          name: expect.stringMatching(/^Sample /) as string,
          telephone: expect.stringMatching(/^01632 960\d{3}$/) as string,
          email: expect.stringMatching(/example\.test$/) as string,
        },
      ]);
    }
  }
  await doors.ask('cap.team', 'PUT', '/api/v1/people/without.role', {
    body: { name: 'Sample Without-Role', email: 'without@example.test', active: true },
  });
  const signIn = { issuer: doors.issuer.url, subject: 'without.role' };
  await givenByTwo(doors, { kind: 'sign-in', person: 'without.role', ...signIn, why: 'A sample reason.' });
  expect((await read('without.role', 'cap')).status).toBe(403);
  expect((await read(null, 'cap')).status).toBe(401);
});

test('a school, a provider and the AP Academy keep their own leads, in their order, and CAP keeps all', async () => {
  for (const [by, party] of [
    ['school.alder', 'school:SCH-A'],
    ['provider.one', 'provider:TP-ONE'],
    ['academy', 'provider:AP-ACADEMY'],
    ['cap.team', 'cap'],
    ['cap.team', 'school:SCH-B'],
  ] as const) {
    const leads = [lead('Second-In-The-Alphabet', 101), lead('First-In-The-Alphabet', 102)];
    expect([(await keep(by, party, leads)).status, (await read('chair.review', party)).body.leads]).toEqual([200, leads]);
    // Whom one does not name any more is not called any more.
    expect((await keep(by, party, leads.slice(1))).body.leads).toEqual([leads[1]]);
  }
});

test('a telephone number is written as people write it, with its extension; what is none is refused', async () => {
  for (const telephone of ['024 7600 0000 ext. 12', '(024) 7600-0000 x 4321', '+44 24 7600 0000 extension 7', '01632 960001']) {
    const kept = await keep('cap.team', 'cap', [{ ...lead('Called', 101), telephone }]);
    expect([kept.status, kept.body.leads[0].telephone]).toEqual([200, telephone]);
  }
  for (const telephone of ['ext. 12', '024 7600 0000 ext.', '024 7600 0000 ask for her', '024 7600 0000 ext. 12 or 13']) {
    expect([telephone, (await keep('cap.team', 'cap', [{ ...lead('Called', 101), telephone }])).status]).toEqual([
      telephone,
      422,
    ]);
  }
});

test('nobody keeps the leads of others: an organisation not those of another nor of CAP, and who acts for none keeps none', async () => {
  const before = (await read('auditor', 'school:SCH-B')).body.leads as unknown;
  for (const [by, party] of [
    ['school.alder', 'school:SCH-B'],
    ['school.alder', 'cap'],
    ['provider.one', 'provider:TP-TWO'],
    ['provider.one', 'school:SCH-B'],
    ['academy', 'provider:TP-ONE'],
    ['chair.review', 'school:SCH-B'],
    ['auditor', 'school:SCH-B'],
    ['ops', 'cap'],
    ['send.team', 'cap'],
  ] as const) {
    expect([by, party, (await keep(by, party, [])).status]).toEqual([by, party, 403]);
  }
  expect((await read('auditor', 'school:SCH-B')).body.leads).toEqual(before);
});

test('what is wrong is named by its field, and six leads are the most', async () => {
  const wrong = async (change: object) =>
    (await keep('school.alder', 'school:SCH-A', [lead('Right', 101), { ...lead('Wrong', 102), ...change }])).body as {
      errors: { field: string; message: string }[];
    };
  expect((await wrong({ telephone: 'the office' })).errors).toMatchObject([
    {
      field: 'leads.1.telephone',
      message: 'leads.1.telephone must be a telephone number such as 01632 960001, or 01632 960001 ext. 12.',
    },
  ]);
  expect((await wrong({ email: 'the office' })).errors).toMatchObject([
    { field: 'leads.1.email', message: 'leads.1.email must be an e-mail address.' },
  ]);
  expect((await wrong({ name: ' ' })).errors).toMatchObject([{ field: 'leads.1.name' }]);
  const seven = await keep(
    'school.alder',
    'school:SCH-A',
    [1, 2, 3, 4, 5, 6, 7].map((one) => lead('One-Of-Many', 100 + one)),
  );
  expect([seven.status, seven.body.errors]).toMatchObject([422, [{ field: 'leads' }]]);
});

test('an organisation that is not there has no leads: nobody reads any, and CAP enters none', async () => {
  for (const party of ['school:SCH-NOWHERE', 'provider:SCH-A']) {
    expect((await read('cap.team', party)).status).toBe(404);
    expect((await keep('cap.team', party, [lead('Nowhere', 101)])).status).toBe(404);
  }
});

test('who of a school read them before CAP changed them is told who it was, and writes over nothing', async () => {
  await keep('school.alder', 'school:SCH-A', [lead('As-It-Was-Read', 101)]);
  const tag = (await read('school.alder', 'school:SCH-A')).headers['etag'] ?? '';
  expect(tag).not.toBe('"0"');
  await keep('cap.team', 'school:SCH-A', [lead('Of-Cap', 102)]);
  const late = await doors.ask('school.alder', 'PUT', path('school:SCH-A'), {
    body: { leads: [lead('Too-Late', 103)] },
    headers: { 'If-Match': tag },
  });
  expect([late.status, late.body.by]).toEqual([412, 'Sample Cap-Team']);
  expect((await read('school.alder', 'school:SCH-A')).body.leads).toEqual([lead('Of-Cap', 102)]);
  // Others are told no version: they keep none of it.
  expect((await read('school.birch', 'school:SCH-A')).headers['etag']).toBe('"0"');
});
