// The pages for people, their grants and sessions, and for schools and providers (A21, R6, R22).
import request from 'supertest';
import { openDoors, type Doors } from '../api/doors';
import { appWithPages, visitor, type Filled, type Visitor } from './pages';

let doors: Doors;
let app: ReturnType<typeof appWithPages>;
let as: (person: string | null) => Visitor;
beforeAll(async () => {
  doors = await openDoors('2024-11-20T10:00:00.000Z');
  app = appWithPages(doors.services);
  as = (person) => visitor(app, person);
});
afterAll(() => doors.stop());

const add = (id: string, name = 'New Sample') => as('cap.team').send('/people/new', { id, name, email: `${id}@example.test` });
const requestOf = (html: string) => /\/person-requests\/([\w-]+)/.exec(html)?.[1] ?? '';

test('CAP adds a person and finds them by a part of their name; a short name is given once', async () => {
  const added = await add('new.one', 'Nadia Newly-Sample');
  expect([added.status, added.at]).toEqual([200, '/people/new.one?done=added']);
  const again = await add('new.one', 'Somebody Else');
  expect([again.status, again.text]).toEqual([422, expect.stringContaining('Somebody has this short name: take another.')]);
  expect((await as('cap.team').open('/people/new.one')).text).toContain('Nadia Newly-Sample');

  const found = (await as('cap.team').send('/people', { text: 'newLY' })).text;
  expect(found).toContain('Nadia Newly-Sample');
  expect(found).not.toContain('Sample Auditor');
});

/** What the team asks for on a page, and the lead gives. */
async function given(path: string, asked: Filled): Promise<void> {
  const { html } = await as('cap.team').send(path, asked);
  expect((await as('cap.lead').send(`/person-requests/${requestOf(html)}`, {}, 'Give it')).at).toContain('done=given');
}

const issuer = 'https://identity.example.test';
const why = 'Its administrator has shown it to me.';

test('who asks for a way to sign in is told that a colleague gives it; until then the page says that it is asked for', async () => {
  await add('new.two');
  const path = '/people/new.two/sign-in';
  expect((await as('cap.team').open(path)).text).toContain('nobody gives what they asked for themself');
  const empty = await as('cap.team').send(path, { issuer: 'the council' });
  expect([empty.status, empty.text]).toEqual([422, expect.stringContaining('There is a problem')]);
  const address = await as('cap.team').send(path, { issuer: 'the council', subject: 'nadia', why });
  expect([address.status, address.text]).toEqual([422, expect.stringContaining('Identity provider: write its address')]);
  const signIn = { issuer, subject: 'nadia', why };
  const asked = await as('cap.team').send(path, signIn);
  expect([asked.at, asked.text]).toEqual(['/people/new.two?done=asked', expect.stringContaining('a colleague has to agree')]);
  const said = [asked.text.includes('They cannot sign in yet'), asked.text.match(/Asked for: A way to sign in/g)?.length];
  expect(said).toEqual([true, 1]);
  // The form comes twice: it waits once. Of another colleague, or for another person, it is refused.
  expect((await as('cap.team').send(path, signIn)).text.match(/Asked for: A way to sign in/g)).toHaveLength(1);
  await add('new.other');
  for (const [person, whose] of [
    ['cap.lead', 'new.two'],
    ['cap.team', 'new.other'],
  ] as const) {
    const twice = await as(person).send(`/people/${whose}/sign-in`, signIn);
    expect([twice.status, twice.text]).toEqual([422, expect.stringContaining('It waits for a second person already')]);
  }

  const request = `/person-requests/${requestOf(asked.html)}`;
  expect((await as('cap.team').open('/people')).html).toContain(request);
  const own = await as('cap.team').open(request);
  expect([own.text, own.html]).toEqual([
    expect.stringContaining('You asked for this: a colleague gives it.'),
    expect.not.stringContaining('Give it'),
  ]);
  const page = await as('cap.lead').open(request);
  for (const part of [issuer, 'nadia', why, 'Sample Cap-Team', 'Give it only if you know that it is theirs']) {
    expect(page.text).toContain(part);
  }
  const gave = await page.send({}, 'Give it');
  // It leads to whose it is: of somebody new a grant alone lets nobody in, and their page says what is still to be given.
  expect([gave.at, gave.text]).toEqual(['/people/new.two?done=given', expect.stringContaining('Given: it counts from now on')]);
  expect((await as('cap.lead').open(request)).text).toContain('somebody has settled it');
  expect((await as('auditor').open('/people/new.two')).text).toContain(`${issuer} nadia`);
  const taken = await as('cap.team').send('/people/new.other/sign-in', signIn);
  expect([taken.status, taken.text]).toEqual([422, expect.stringContaining('one sign-in is one person')]);
});

test('what is asked for is turned down by a colleague, by who asked and by whose it is, and may be asked for again', async () => {
  for (const by of ['cap.lead', 'cap.team']) {
    const { html } = await as('cap.team').send('/people/cap.lead/sign-in', { issuer, subject: 'another way', why });
    const request = `/person-requests/${requestOf(html)}`;
    if (by === 'cap.lead') expect((await as(by).open(request)).text).toContain('This is for you: a colleague gives it.');
    expect((await as(by).send(request, {}, 'Turn it down')).text).toContain('Turned down');
    expect((await as(by).open('/people/cap.lead')).text).not.toMatch(/Asked for|another way/);
  }
});

test('for whoever has left meanwhile a request is turned down and not given, and its page says why', async () => {
  await add('new.gone');
  const { html } = await as('cap.team').send('/people/new.gone/sign-in', { issuer, subject: 'gone', why });
  const page = await as('cap.lead').open(`/person-requests/${requestOf(html)}`);
  await as('cap.team').send('/people/new.gone/change', { active: 'no' });
  const late = await page.send({}, 'Give it');
  expect([late.status, late.text]).toEqual([409, expect.stringContaining('They have left')]);
  const now = await as('cap.lead').open(`/person-requests/${requestOf(html)}`);
  expect([now.text, now.html]).toEqual([expect.stringContaining('They have left'), expect.not.stringContaining('Give it')]);
  expect((await now.send({}, 'Turn it down')).at).toContain('done=turned-down');
});

test('a way to sign in is taken back after a question, which says when it is the only one; twice, it is so already', async () => {
  await add('new.mistake');
  await given('/people/new.mistake/sign-in', { issuer, subject: 'somebody else', why });
  const person = await as('cap.team').open('/people/new.mistake');
  const [, path = ''] = /href="(\/people\/new\.mistake\/sign-ins\/[^"]+)"/.exec(person.html) ?? [];
  expect(path).not.toContain('somebody');
  const asked = await as('cap.team').open(path);
  for (const said of ['somebody else', 'signed out at once', 'It is the only one', 'takes two people'])
    expect(asked.text).toContain(said);
  expect((await as('cap.team').open('/people/new.mistake')).text).toContain('somebody else');
  const taken = await asked.send({}, 'Take it back');
  expect([taken.at, taken.text]).toEqual([
    '/people/new.mistake?done=sign-in-taken-back',
    expect.stringContaining('They cannot sign in yet'),
  ]);
  expect((await as('cap.team').open(path)).text).toContain('They do not sign in so');
  expect((await asked.send({}, 'Take it back')).status).toBe(200);
});

test('a form comes filled in, and who has left signs in no more; nobody shuts themself out', async () => {
  await add('new.three', 'Toby Third-Sample');
  expect((await as('cap.team').send('/people/new.three/change', { active: 'no' })).at).toContain('done=');
  const page = (await as('cap.team').open('/people/new.three')).text;
  expect(page).toContain('Toby Third-Sample');
  expect(page).toContain('No: they cannot sign in');
  const self = await as('cap.team').send('/people/cap.team/change', { active: 'no' });
  expect([self.status, self.text]).toEqual([422, expect.stringContaining('Nobody shuts themself out')]);
});

test('who asks for a grant is told that a colleague gives it; the colleague gives it once, and it is taken back after a question', async () => {
  await add('new.four');
  const asked = { party: 'school', school: 'SCH-A', why: 'Joins the school office.' };
  const which = await as('cap.team').send('/people/new.four/grant', { ...asked, school: '' });
  expect([which.status, which.text]).toEqual([422, expect.stringContaining('School: choose one.')]);
  expect((await as('cap.team').send('/people/new.four/grant', asked)).at).toContain('done=');
  const id = requestOf((await as('cap.team').open('/people/new.four')).html);
  // The form comes twice: it is asked for already, and waits once.
  expect((await as('cap.team').send('/people/new.four/grant', asked)).at).toContain('done=asked');
  expect((await as('cap.team').open('/people/new.four')).text.match(/Asked for: School/g)).toHaveLength(1);

  expect((await as('cap.team').open(`/person-requests/${id}`)).text).toContain('You asked for this: a colleague gives it.');
  await expect(as('cap.team').send(`/person-requests/${id}`, {}, 'Give it')).rejects.toThrow(
    'has no form with the button "Give it"',
  );
  const byHand = await as('cap.team').send(`/person-requests/${id}`, { _form: 'give' }, 'Turn it down');
  expect([byHand.status, byHand.text]).toEqual([403, expect.stringContaining('given by two people')]);

  expect((await as('cap.lead').send(`/person-requests/${id}`, {}, 'Give it')).at).toContain('done=');
  expect((await as('cap.lead').open(`/person-requests/${id}`)).text).toContain('somebody has settled it');
  const person = () => as('auditor').open('/people/new.four');
  expect((await person()).text).toContain('School: Alderbrook School');

  const takeBack = '/people/new.four/grants/school:SCH-A/take-back';
  expect((await as('cap.team').open(takeBack)).text).toContain('Take this grant back?');
  expect((await as('cap.team').send(takeBack)).at).toContain('done=');
  expect((await person()).text).not.toContain('Alderbrook');
  expect((await as('cap.team').open(takeBack)).text).toContain('They do not have this grant');
});

test('auditors read people and change nothing; nobody else reads them', async () => {
  const read = await as('auditor').open('/people/school.alder');
  expect([read.status, read.html]).toEqual([200, expect.not.stringContaining('Take back')]);
  expect((await as('auditor').open('/people/new')).status).toBe(403);
  for (const person of ['school.alder', 'ops', 'chair.review']) expect((await as(person).open('/people')).status).toBe(403);
  expect((await as('cap.team').open('/people/nobody.here')).status).toBe(404);
});

test('CAP keeps a school with its SLA by academic year, and a code is given once', async () => {
  const school = {
    kind: 'school',
    sector: 'primary',
    code: 'SCH-H',
    name: 'Hazel Primary (fictitious)',
    email: 'hazel@example.test',
  };
  expect((await as('cap.team').send('/organisations/new', school)).at).toContain('done=');
  const again = await as('cap.team').send('/organisations/new', school);
  expect([again.status, again.text]).toEqual([422, expect.stringContaining('An organisation has this code')]);
  const urn = await as('cap.team').send('/organisations/SCH-H/change', { urn: '12' });
  expect([urn.status, urn.text]).toEqual([422, expect.stringContaining('URN: write its six digits, or leave it out.')]);

  expect((await as('cap.team').send('/organisations/SCH-H', { slas: ['2024-25', '2023-24'] })).at).toContain('done=');
  expect((await as('cap.team').send('/organisations/SCH-H', { slas: ['2024-25'] })).at).toContain('done=');
  const { schools } = (await doors.ask('cap.team', 'GET', '/api/v1/schools')).body as {
    schools: { code: string; slas: string[] }[];
  };
  expect(schools.find(({ code }) => code === 'SCH-H')).toMatchObject({ name: school.name, sector: 'primary', slas: ['2024-25'] });
  for (const person of ['school.alder', 'ops']) expect((await as(person).open('/organisations')).status).toBe(403);
});

test('an auditor who sends the form of the SLA as it is, is told that it is not theirs', async () => {
  const { html } = await as('cap.team').open('/organisations/SCH-A');
  const slas = [...html.matchAll(/value="([\d-]{7})" checked/g)].map(([, year]) => year);
  expect(slas).not.toEqual([]);
  const body = { _csrf: 'token-of-the-test', _form: '', slas };
  const send = (person: string) => request(app).post('/organisations/SCH-A').set('x-test-person', person).type('form').send(body);
  expect((await send('cap.team')).status).toBe(303);
  const byAuditor = await send('auditor');
  expect([byAuditor.status, byAuditor.text]).toEqual([403, expect.stringContaining('kept by the CAP team')]);
});

test('CAP offers Tier 4 on its page, and no longer', async () => {
  const offered = async () => each((await doors.ask('cap.team', 'GET', '/api/v1/programmes')).body as object).includes('tier-4');
  expect(await offered()).toBe(false);
  expect((await as('cap.team').send('/organisations/programmes/tier-4', { offered: 'yes' })).at).toContain('done=');
  expect(await offered()).toBe(true);
  expect((await as('cap.team').send('/organisations/programmes/tier-4', { offered: 'no' })).at).toContain('done=');
  expect(await offered()).toBe(false);
  expect((await as('cap.team').open('/organisations/programmes/flourish')).status).toBe(404);
});

const each = (body: object) => (body as { programmes: { code: string }[] }).programmes.map(({ code }) => code);

test('everybody sees for whom they act, and the way to where they are signed in', async () => {
  const you = await as('head.birch').open('/you');
  expect(you.text).toContain('Member: Multi-Agency Panel');
  expect(you.text).toContain('School: Birchfield School');
  expect(you.html).toContain('href="/you/sign-ins"');
});
