// Numbers as bars with the table behind them, exports as files, and what is kept no longer (A14, A15, A20).
import { openDoors, type Doors } from '../api/doors';
import { completeAnswers } from '../support/story';
import { appWithPages, visitor, type Visitor } from './pages';

let doors: Doors;
let as: (person: string | null) => Visitor;
let reference: string;
let student: string;
beforeAll(async () => {
  doors = await openDoors('2024-11-20T10:00:00.000Z');
  const app = appWithPages(doors.services);
  as = (person) => visitor(app, person);
  student = await doors.student('school.alder', { name: 'Zoë Fictitious' });
  const body = { programme: 'flourish', student, answers: completeAnswers('flourish', '2024-11-20') };
  ({ reference } = (await doors.ask('school.alder', 'POST', '/api/v1/applications', { body })).body as { reference: string });
  await doors.ask('school.alder', 'POST', `/api/v1/applications/${reference}/submit`, { key: 'submit' });
});
afterAll(() => doors.stop());

const actionsOf = async (person: string) => {
  await doors.access.settled();
  const { lines } = (await doors.ask('auditor', 'GET', `/api/v1/access-log?person=${person}`)).body as {
    lines: { action: string }[];
  };
  return lines.map(({ action }) => action);
};

test('each number stands with what it counts, as a bar that has a name, and in a table', async () => {
  const numbers = await as('cap.team').open('/numbers?academicYear=2024-25');
  expect(numbers.text).toMatch(/Applications 1 [\s\S]*Applications submitted in the year\./);
  expect(numbers.html).toMatch(
    /<title id="programmes-title">Applications by programme<\/title>[\s\S]*<caption[\s\S]*<td[^>]*>1<\/td>/,
  );
  expect(numbers.html).toContain('href="/numbers/schools?academicYear=2024-25"');
  const { html, status } = await as('cap.team').open('/numbers/schools?academicYear=2024-25');
  expect(status).toBe(200);
  const [, bars = '', behind = ''] =
    /(<svg[^>]*aria-labelledby="schools-title schools-about"[\s\S]*?<\/svg>)([\s\S]*?<\/details>)/.exec(html) ?? [];
  expect(bars).toMatch(/role="img"[\s\S]*<title id="schools-title">Applications by home school<\/title>[\s\S]*width="100.00%"/);
  expect(behind).toMatch(/<caption[\s\S]*Applications by home school[\s\S]*Alderbrook School[\s\S]*<td[^>]*>1<\/td>/);
  expect(html).not.toMatch(/style="/);
});

test('a year without anything says so, and the numbers are for CAP and the Multi-Agency Panel', async () => {
  expect((await as('member.attendance').open('/numbers?academicYear=2022-23')).text).toContain(
    'No application was submitted in this year.',
  );
  for (const person of ['school.alder', 'provider.one', 'chair.review', 'auditor', 'ops'])
    expect((await as(person).open('/numbers')).status).toBe(403);
});

test('a page gives each export as a file, to those who may have it, and its door writes it down', async () => {
  expect((await as('cap.team').open('/exports?academicYear=2024-25')).text).toContain('Items of the AP census');
  const census = await as('cap.team').open('/exports/ap-census/2024-25');
  expect(census.headers).toMatchObject({
    'content-disposition': expect.stringContaining('ap-census-2024-25.csv'),
    'content-type': expect.stringContaining('text/csv'),
  });
  expect(census.html).toContain('Home school URN');
  expect(await actionsOf('cap.team')).toContain('GET /api/v1/exports/ap-census/{academicYear}');

  const school = (await as('school.alder').open('/exports?academicYear=2024-25')).text;
  expect(school).toContain('What an inspector asks a school for');
  expect(school).not.toContain('AP census');
  expect((await as('school.alder').open('/exports/inspection/2024-25?school=SCH-A')).status).toBe(200);
  expect((await as('school.alder').open('/exports/inspection/2024-25?school=SCH-B')).status).toBe(403);
  expect((await as('school.alder').open('/exports/ap-census/2024-25')).status).toBe(403);
  for (const page of ['/numbers', '/exports'])
    expect((await as('cap.team').open(page)).html).toContain('href="/exports/numbers/');
  const numbers = await as('chair.multiagency').open('/exports/numbers/2024-25');
  expect(numbers.headers['content-disposition']).toContain('numbers-2024-25.csv');
  expect((await as('provider.one').open('/exports')).status).toBe(403);
});

test('a hold is placed with its reason, once for each form, and lifted by a colleague after a question', async () => {
  const held = { on: 'reference', reference: reference.toLowerCase(), reason: 'A claim is expected.' };
  for (const [wrong, why] of [
    [{ ...held, on: '' }, 'What is held? Choose one.'],
    [{ ...held, reference: 'CAP' }, 'Case: enter its reference'],
    [{ ...held, reference: 'CAP-2024-222222' }, 'There is no such case'],
    [{ ...held, reason: ' ' }, 'Why is it held? This is needed.'],
  ] as const) {
    const refused = await as('cap.team').send('/retention/hold', wrong);
    expect([refused.status, refused.text]).toEqual([422, expect.stringContaining(why)]);
  }
  const twice = { ...held, _key: 'one-form' };
  for (const sent of [twice, twice]) expect((await as('cap.team').send('/retention/hold', sent)).at).toContain('done=');
  const list = (await as('cap.team').open('/retention')).html;
  expect(list.match(/A claim is expected\./g)).toHaveLength(1);
  const lift = `/retention/holds/${/\/retention\/holds\/([\w-]+)/.exec(list)?.[1] ?? ''}`;
  expect((await as('cap.team').open(lift)).text).toContain('A colleague lifts it');
  expect((await as('cap.lead').open(lift)).text).toContain('It is then kept as long as any other, and for 60 days at least.');
  expect((await as('cap.lead').send(lift)).at).toContain('done=');
  expect((await as('cap.lead').open(lift)).text).toContain('It is lifted already');
  expect((await as('cap.team').open('/retention')).text).toContain('No legal hold stands.');
  for (const person of ['school.alder', 'auditor', 'ops']) expect((await as(person).open('/retention')).status).toBe(403);
});

test('CAP finds a student, reads all that is held of them, and takes it as a file; no address holds the name', async () => {
  const found = await as('cap.team').send('/subject-access', { text: 'zoe' });
  expect([found.status, found.html]).toEqual([200, expect.stringContaining(`href="/subject-access/${student}"`)]);
  await doors.ask('school.alder', 'GET', `/api/v1/students/${student}`);
  await doors.access.settled();
  const read = (await as('cap.team').open(`/subject-access/${student}`)).text;
  for (const part of ['Zoë Fictitious', 'a person looks at every name', reference, 'Who read it']) expect(read).toContain(part);
  const file = await as('cap.team').open(`/subject-access/${student}/file`);
  expect(file.headers['content-disposition']).toContain(`subject-access-${student}.json`);
  expect(JSON.parse(file.html)).toMatchObject({ student: { name: 'Zoë Fictitious' } });
  expect((await as('cap.team').open('/subject-access/STU-222222')).status).toBe(404);
  for (const person of ['school.alder', 'auditor'])
    expect((await as(person).open(`/subject-access/${student}`)).status).toBe(403);
});
