// What auditors and ops look into: who read what, the proof of a timeline, what runs behind the cases; and what everybody may read.
import { allDoors } from '../../api/allDoors';
import { openDoors, type Doors } from '../api/doors';
import { submitted } from '../api/submitted';
import { forge } from '../support/forge';
import { ourScript } from '../../web/script';
import { cookiesAt } from '../../web/session/held';
import { appWithPages, visitor, type Visitor } from './pages';

let doors: Doors;
let as: (person: string | null) => Visitor;
beforeAll(async () => {
  doors = await openDoors('2024-11-20T10:00:00.000Z');
  const app = appWithPages(doors.services);
  as = (person) => visitor(app, person);
});
afterAll(() => doors.stop());

async function returned(): Promise<string> {
  const reference = await submitted(doors);
  const check = { body: { result: 'returned', reasons: 'The assessment is missing.' }, key: `${reference} check` };
  expect((await doors.ask('cap.team', 'POST', `/api/v1/cases/${reference}/check-pack`, check)).status).toBe(200);
  return reference;
}

const listOf = async (query: string) =>
  (await doors.ask('auditor', 'GET', `/api/v1/access-log${query}`)).body as {
    lines: { person: string; name: string | null; title: string | null; reference: string | null; at: string }[];
    next: string | null;
  };

test('an auditor finds who read a case, what a person read, and what was read on a day; and is written down too', async () => {
  const reference = await returned();
  await doors.ask('chair.review', 'GET', `/api/v1/cases/${reference}`);
  await doors.ask('provider.one', 'GET', `/api/v1/cases/${reference}`);
  await doors.access.settled();

  expect((await as('auditor').send('/access', { reference: reference.toLowerCase() })).at).toBe(`/access?reference=${reference}`);
  const ofCase = (await as('auditor').open(`/access?reference=${reference}`)).text;
  expect(ofCase).toContain('Sample Review-Chair');
  expect(ofCase).toMatch(/Sample Provider-One.*Not found/);
  const onDay = (await as('auditor').open(`/access?reference=${reference}&day=2024-11-20`)).text;
  expect(onDay).toContain(`What was read of ${reference} on Wednesday 20 November 2024`);
  const { lines } = await listOf(`?reference=${reference}&person=chair.review&day=2024-11-20`);
  expect(lines).toMatchObject([
    { person: 'chair.review', name: 'Sample Review-Chair', reference, title: expect.stringMatching(/^A case/) },
  ]);
  expect((await listOf(`?reference=${reference}&day=2024-11-21`)).lines).toEqual([]);

  await doors.access.settled();
  const own = await listOf('?person=auditor');
  expect(own.lines[0]).toMatchObject({ person: 'auditor', title: 'Who read what, and what was refused to whom' });
});

test('what was read is told of whoever read it: no line speaks to its reader as if they had', () => {
  const speaking = allDoors(doors.services).filter(({ summary }) => /\byou(r|rs|rself)?\b/i.test(summary));
  expect(speaking.map(({ name, summary }) => `${name}: ${summary}`)).toEqual([]);
});

test('the access log is read in pages by keys: none twice, none lost while it grows', async () => {
  for (let count = 0; count < 60; count += 1) await doors.ask('chair.multiagency', 'GET', '/api/v1/cases');
  await doors.access.settled();
  const first = await listOf('?person=chair.multiagency');
  await doors.ask('chair.multiagency', 'GET', '/api/v1/cases');
  await doors.access.settled();
  const second = await listOf(`?person=chair.multiagency&cursor=${first.next ?? ''}`);
  expect([first.lines.length, second.lines.length, second.next]).toEqual([50, 10, null]);
  expect((await as('auditor').open('/access?person=chair.multiagency')).text).toContain('Next page');
});

test('a day that is none and a reference that is none are said beside their field', async () => {
  const wrong = { 'day-day': '31', 'day-month': '2', 'day-year': '2024' };
  const refused = await as('auditor').send('/access', wrong);
  expect([refused.status, refused.text]).toEqual([422, expect.stringContaining('On which day: enter a day')]);
  expect((await doors.ask('auditor', 'GET', '/api/v1/access-log?reference=Zoe')).status).toBe(400);
});

test('who read what is for auditors alone', async () => {
  for (const person of ['cap.team', 'ops', 'school.alder', 'chair.review']) {
    expect((await as(person).open('/access')).status).toBe(403);
    expect((await doors.ask(person, 'GET', '/api/v1/access-log')).status).toBe(403);
  }
});

describe('the proof of a timeline', () => {
  const proof = (person: string, reference: string) => doors.ask(person, 'GET', `/api/v1/cases/${reference}/proof`);

  test('says that the chain holds, how long it is, and its head, to CAP and auditors', async () => {
    const reference = await returned();
    const { status, body } = await proof('auditor', reference);
    expect([status, body]).toEqual([
      200,
      {
        reference,
        intact: true,
        entries: 2,
        step: 2,
        head: expect.stringMatching(/^[0-9a-f]{64}$/),
        erased: 0,
        broken: null,
        signed: null,
      },
    ]);
    const page = (await as('cap.team').open(`/cases/${reference}/proof`)).text;
    expect(page).toContain('The timeline is as it was written');
    expect(page).toContain((body as { head: string }).head);
    for (const person of ['school.alder', 'ops', 'chair.review']) {
      expect((await proof(person, reference)).status).toBe(403);
      expect((await as(person).open(`/cases/${reference}/proof`)).status).toBe(403);
    }
    expect((await proof('auditor', 'CAP-2024-222222')).status).toBe(404);
  });

  test.each([
    [
      'an entry that was changed',
      `UPDATE timeline SET at = at - interval '1 day' WHERE reference = $1 AND step = 2`,
      2,
      'not what was written',
    ],
    [
      'words that were changed',
      `UPDATE command_texts SET texts = '{"reasons":"Other"}' WHERE command IN (SELECT id FROM commands WHERE reference = $1)`,
      2,
      'not those that were written',
    ],
    [
      'a beginning that was cut off',
      `DELETE FROM timeline WHERE reference = $1 AND step = 1`,
      2,
      'does not begin with its first step',
    ],
    ['an end that was cut off', `DELETE FROM timeline WHERE reference = $1 AND step = 2`, 1, 'does not reach the step'],
    ['a timeline that is gone', `DELETE FROM timeline WHERE reference = $1`, 0, 'does not begin with its first step'],
  ])('says where the chain breaks: %s', async (_what, sql, step, why) => {
    const reference = await returned();
    await forge(doors.database.superuserUrl, sql, reference);
    expect((await proof('auditor', reference)).body).toMatchObject({
      intact: false,
      broken: { step, why: expect.stringContaining(why) },
    });
    expect((await as('auditor').open(`/cases/${reference}/proof`)).text).toContain('The timeline is not as it was written');
  });
});

test('from a case CAP comes to its workflow in the Web UI; ops see searches, health and what is stuck, and no case', async () => {
  const reference = await returned();
  const href = `http://temporal.test:8233/namespaces/default/workflows/${reference}`;
  expect((await as('cap.team').open(`/cases/${reference}`)).html).toContain(`href="${href}"`);
  expect((await as('school.alder').open(`/cases/${reference}`)).html).not.toContain('temporal.test');
  doors.engine({ stuck: () => Promise.resolve([reference]) });
  const { html } = await as('ops').open('/ops');
  doors.engine(null);
  expect(html).toContain(`href="${href}"`);
  expect(html).toContain('Overdue cases');
  expect(html).toContain('Postgres, the records');
  for (const person of ['school.alder', 'auditor']) expect((await as(person).open('/ops')).status).toBe(403);
});

test('while Temporal is away the page of ops says so', async () => {
  const away = () => Promise.reject(new Error('away'));
  doors.engine({ ping: away, stuck: away });
  const app = appWithPages(doors.services);
  const page = (await visitor(app, 'ops').open('/ops')).text;
  doors.engine(null);
  expect(page).toContain('What is stuck is not known while Temporal is away.');
});

test.each(['/help', '/privacy', '/cookies', '/accessibility'])('%s is there for everybody, signed in or not', async (path) => {
  for (const person of [null, 'school.alder']) expect((await as(person).open(path)).status).toBe(200);
});

test('help shows where to turn with a concern to who is signed in (R123), and to others how to get help', async () => {
  expect((await as('provider.one').open('/help')).text).toContain('Child Exploitation Indicator Tool');
  const others = (await as(null).open('/help')).text;
  expect(others).toContain('If a child is in danger now, call 999.');
  expect(others).toContain('Write to the CAP team: ');
});

test('the cookies page names all that a browser is made to keep: our cookies, and what our script writes there', async () => {
  const { text } = await as(null).open('/cookies');
  const written = [...ourScript('').matchAll(/localStorage\.setItem\('([^']+)'/g)].map(([, name]) => name);
  const { session, signIn } = cookiesAt('https://cap.example');
  expect(written.length).toBeGreaterThan(0);
  for (const name of [session, signIn, ...written]) expect(text).toContain(name);
  expect(text).toContain('_csrf');
});

test('the privacy notice names what is held of a student and who sees it, as it is', async () => {
  const { text } = await as(null).open('/privacy');
  for (const held of ['documents', 'suspensions and exclusions', 'notes of progress and behaviour']) expect(text).toContain(held);
  for (const who of ['AP Academy', 'receiving school', 'SEND team']) expect(text).toContain(who);
  for (const kept of ['What you typed when you were signed out An hour', 'Who read what']) expect(text).toContain(kept);
});
