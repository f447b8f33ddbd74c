// The page on which everybody begins: what waits for them.
import { openDoors, type Doors } from '../api/doors';
import { submitted } from '../api/submitted';
import { appWithPages, visitor } from './pages';
import { caseBefore } from './panelCases';

let doors: Doors;
beforeAll(async () => (doors = await openDoors('2024-11-20T10:00:00.000Z')));
afterAll(() => doors.stop());

test('who may be named in a case is offered the cases that name them; nobody else is (R43, R96)', async () => {
  const app = appWithPages(doors.services);
  const isOffered = async (person: string) => (await visitor(app, person).open('/')).text.includes('Only cases that name you');
  for (const person of ['school.alder', 'cap.team']) expect([person, await isOffered(person)]).toEqual([person, true]);
  for (const person of ['auditor', 'ops', 'provider.one', 'chair.review', 'send.team']) {
    expect([person, await isOffered(person)]).toEqual([person, false]);
  }
  const named = await visitor(app, 'school.alder').open('/?of=named');
  expect(named.text).toContain('Nothing waits in a case that names you.');
  expect(named.html).toContain('href="/">All that waits for you');
});

test('whoever leads a panel or sits on it begins with its next meeting: how soon it is, and how many cases there are to decide', async () => {
  doors.at('2024-11-28T10:00:00.000Z');
  await caseBefore(doors, 'flourish', 'Waiting Sample');
  const app = appWithPages(doors.services);
  for (const person of ['chair.review', 'member.attendance']) {
    const { text, html } = await visitor(app, person).open('/');
    expect(text).toContain('Your next meeting is in 12 working days: Review & Authorisation Panel, Monday 16 December 2024');
    expect(text).toContain('1 case to decide.');
    expect(html).toContain('href="/meetings/RAP-2024-12-16"');
  }
  const { text: another } = await visitor(app, 'chair.multiagency').open('/');
  expect(another).toContain('Your next meeting is in 13 working days: Multi-Agency Panel, Tuesday 17 December 2024');
  expect(another).toContain('No case is on its agenda yet.');
  for (const person of ['school.alder', 'provider.one', 'cap.team', 'auditor', 'ops']) {
    expect([person, (await visitor(app, person).open('/')).text.includes('next meeting')]).toEqual([person, false]);
  }
});

test('whoever signs in and has no role is told why nothing is there, and whom to ask', async () => {
  const app = appWithPages(doors.services, (person) => Promise.resolve({ person, name: 'Sample Without-Role', parties: [] }));
  const { text, html } = await visitor(app, 'sample.without-role').open('/');
  expect(text).toContain('You are signed in, and nothing is open to you yet: the CAP team gives you access.');
  expect(text).not.toContain('Nothing waits for you');
  expect(text).toContain('How to reach the CAP team');
  expect(html).not.toContain('data-live="mine"');
});

test('of what is overdue with others CAP is told from whom it is waited for', async () => {
  const reference = await submitted(doors);
  const check = await visitor(appWithPages(doors.services), 'cap.team').open(`/cases/${reference}/check-pack`);
  await check.send({ result: 'returned', reasons: 'The plan is missing.' });
  doors.at('2025-02-03T10:00:00.000Z');
  const { text } = await visitor(appWithPages(doors.services), 'cap.team').open('/');
  expect(text).toContain(`Corrected pack The school ${reference}`);
});

test('a grant or a way to sign in that was asked for is told to whoever of CAP may give it, and not to who asked or whose it is (A21)', async () => {
  const app = appWithPages(doors.services);
  const told = async (person: string) =>
    /((?:One|\d+) grants? or ways? to sign in waits? for a second person)/.exec((await visitor(app, person).open('/')).text)?.[1];
  const ask = async (what: { party: string } | { issuer: string; subject: string }, by: string, person: string) => {
    const body = { kind: 'party' in what ? 'grant' : 'sign-in', person, ...what, why: 'A sample reason.' };
    const asked = await doors.ask(by, 'POST', '/api/v1/person-requests', { body });
    expect([asked.status, asked.body]).toEqual([201, expect.anything()]);
  };
  expect(await told('cap.lead')).toBeUndefined();
  await ask({ party: 'school:SCH-B' }, 'cap.team', 'school.alder');
  expect([await told('cap.lead'), await told('cap.team'), await told('auditor'), await told('school.alder')]).toEqual([
    'One grant or way to sign in waits for a second person',
    ...[undefined, undefined, undefined],
  ]);
  expect((await visitor(app, 'cap.lead').open('/')).html).toMatch(/second person: <a [^>]*href="\/people"/);
  await ask({ issuer: doors.issuer.url, subject: 'another.way' }, 'cap.team', 'cap.lead');
  await ask({ issuer: doors.issuer.url, subject: 'alder.elsewhere' }, 'cap.team', 'school.alder');
  expect(await told('cap.lead')).toBe('2 grants or ways to sign in wait for a second person');
});
