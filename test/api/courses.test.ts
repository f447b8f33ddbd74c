// CAP keeps the directory of each academic year, and applications name what it offers in the year of their start (R107).
import { completeAnswers } from '../support/story';
import { openDatabase, type Database } from '../../records/database';
import { each, openDoors, type Doors } from './doors';

const now = '2024-11-20T10:00:00.000Z';
let doors: Doors;
let worker: Database;
/** The last edit before the test began. */
let before = 0n;
const open = async () => {
  before = 0n;
  doors = await openDoors(now);
  worker = openDatabase(doors.database.urlFor('cap_worker'), { connections: 1 });
};
const stop = () => Promise.all([worker.close(), doors.stop()]);

const heading = 'code,title,programme,category,provider,schoolWeeks,places,days';
const joinery = 'T1-JOINERY,Joinery,tier-1-course,work-based-learning,TP-ONE,12,8,"tue,thu"';
const said = {
  ...{ title: 'Joinery', programme: 'tier-1-course', category: 'work-based-learning', provider: 'TP-ONE' },
  ...{ schoolWeeks: 12, places: 8, days: 'tue,thu', site: null },
};
const bicycles = { ...said, title: 'Bicycles again', schoolWeeks: 10, places: null, days: null };

const post = (what: 'preview' | 'import', csv: string, more: object = {}, person = 'cap.team') =>
  doors.ask(person, 'POST', `/api/v1/directories/${what}`, { body: { academicYear: '2025-26', csv, ...more } });
const table = (...lines: readonly string[]) => [heading, ...lines].join('\n');
/** Shows a table, then applies what was shown. */
const applied = async (csv: string, more: object = {}) =>
  post('import', csv, { ...more, preview: (await post('preview', csv, more)).body.preview as string });
const put = (code: string, body: object, { year = '2024-25', person = 'cap.team' } = {}) =>
  doors.ask(person, 'PUT', `/api/v1/directories/${year}/courses/${code}`, { body });
const remove = (code: string, year = '2024-25', person = 'cap.team') =>
  doors.ask(person, 'DELETE', `/api/v1/directories/${year}/courses/${code}`);
const courses = async (year?: string) =>
  (await doors.ask('school.alder', 'GET', `/api/v1/courses${year === undefined ? '' : `?academicYear=${year}`}`)).body
    .courses as { code: string; title: string; academicYear: string }[];
/** What was written down in this test. */
const edits = () =>
  worker.directly(
    (connection) => connection.$queryRaw<{ id: bigint }[]>`
      SELECT id, person, what, before, after FROM edits WHERE what LIKE 'course %' AND id > ${before} ORDER BY id`,
  );

/** A Tier 1 application for the course of bicycles, with everything in it. @returns its reference */
async function draft(): Promise<string> {
  const student = await doors.student('school.alder');
  const body = {
    programme: 'tier-1-course',
    course: 'T1-BICYCLES',
    student,
    answers: completeAnswers('tier-1-course', '2024-11-18'),
  };
  return (await doors.ask('school.alder', 'POST', '/api/v1/applications', { body })).body.reference as string;
}
const submit = (reference: string) =>
  doors.ask('school.alder', 'POST', `/api/v1/applications/${reference}/submit`, { key: `submit-${reference}` });
async function submitted(): Promise<string> {
  const reference = await draft();
  expect((await submit(reference)).status).toBe(201);
  return reference;
}
const give = (person: string, reference: string, command: string, body: object) =>
  doors.ask(person, 'POST', `/api/v1/cases/${reference}/${command}`, { body, key: command });

describe('A table of the directory', () => {
  beforeAll(open);
  afterAll(stop);
  beforeEach(async () => {
    await applied(table());
    before = (await edits()).at(-1)?.id ?? before;
  });

  test('is shown first: what is new, what changes, what would no longer be offered; nothing is applied', async () => {
    await applied(table(joinery, joinery.replace('T1-JOINERY', 'T1-TILING')));
    const offered = await courses('2025-26');
    const { status, body } = await post(
      'preview',
      table(joinery.replace('12,8', '12,9'), joinery.replace('T1-JOINERY', 'T1-NEW')),
    );
    expect([status, body.problems, body.unchanged]).toEqual([200, [], 0]);
    expect(body.changes).toMatchObject([
      { code: 'T1-JOINERY', what: 'changed', before: { places: 8 }, after: { places: 9 } },
      { code: 'T1-NEW', what: 'new', before: null, after: { ...said } },
      { code: 'T1-TILING', what: 'no-longer-offered', after: null },
    ]);
    expect(await courses('2025-26')).toEqual(offered);
  });

  test('is applied as it was shown, each change written down with what was there before and after', async () => {
    const { status, body } = await applied(table(joinery));
    expect([status, each(body.changes, 'what')]).toEqual([200, ['new']]);
    expect(await courses('2025-26')).toMatchObject([
      { code: 'T1-JOINERY', ...said, academicYear: '2025-26', providerName: 'First Steps Training (fictitious)' },
    ]);
    await applied(table(joinery.replace('Joinery', 'Fine joinery')));
    await applied(table());
    expect(await courses('2025-26')).toEqual([]);
    expect(await edits()).toMatchObject([
      { person: 'cap.team', what: 'course 2025-26 T1-JOINERY', before: null, after: said },
      { before: { title: 'Joinery' }, after: { title: 'Fine joinery' } },
      { before: { title: 'Fine joinery' }, after: null },
    ]);
  });

  test('says at which site a course runs, and one without that column leaves the course there', async () => {
    const withSite = (site: string) => `${heading},site\n${joinery},${site}`;
    const shown = await post('preview', withSite('workshop'));
    expect(shown.body.changes).toMatchObject([{ code: 'T1-JOINERY', after: { site: 'Workshop' } }]);
    const wrong = await post('preview', withSite('Kitchen'));
    expect([wrong.body.preview, wrong.body.problems]).toEqual([
      null,
      [
        {
          ...{ line: 2, column: 'site', rule: 'R107' },
          message: '"Kitchen" is no site of TP-ONE: write Main site or Workshop, or nothing.',
        },
      ],
    ]);
    await applied(withSite('Workshop'));
    expect((await applied(table(joinery))).body.counts).toMatchObject({ left: 1, changed: 0 });
    expect(await courses('2025-26')).toMatchObject([{ code: 'T1-JOINERY', site: 'Workshop' }]);
  });

  test('of before a site had another name is refused, and its courses are at the new one', async () => {
    await applied(`${heading},site\n${joinery},Workshop`);
    const without = `${heading},site\n${joinery},`;
    const { preview } = (await post('preview', without)).body as { preview: string };
    const { sites } = (await doors.ask('provider.one', 'GET', '/api/v1/sites/TP-ONE')).body as { sites: { name: string }[] };
    const keep = (all: readonly object[]) => doors.ask('provider.one', 'PUT', '/api/v1/sites/TP-ONE', { body: { sites: all } });
    await keep(sites.map((site) => (site.name === 'Workshop' ? { ...site, name: 'Bike shed' } : site)));
    expect((await post('import', without, { preview })).status).toBe(412);
    expect(await courses('2025-26')).toMatchObject([{ code: 'T1-JOINERY', site: 'Bike shed' }]);
    await keep(sites);
    expect(await courses('2025-26')).toMatchObject([{ code: 'T1-JOINERY', site: 'Workshop' }]);
  });

  test('leaves the directories of other years alone', async () => {
    const offered = await courses('2024-25');
    await applied(table(joinery));
    expect(await courses()).toEqual(offered);
    expect(offered.length).toBeGreaterThan(0);
  });

  test('the same again changes nothing and writes nothing down', async () => {
    await applied(table(joinery));
    const { body } = await applied(table(joinery));
    expect(body).toEqual({ changes: [], counts: { added: 0, changed: 0, removed: 0, left: 1, notPossible: 0 } });
    expect(await edits()).toHaveLength(1);
  });

  test('is refused where the directory has changed since the preview, or the table has', async () => {
    const { preview } = (await post('preview', table(joinery))).body as { preview: string };
    const other = await post('import', table(joinery.replace('12,8', '12,9')), { preview });
    expect([other.status, other.body.type]).toEqual([412, '/problems/stale']);
    await put('T1-TILING', said, { year: '2025-26' });
    const late = await post('import', table(joinery), { preview });
    expect([late.status, late.body.type]).toEqual([412, '/problems/stale']);
    expect(each(await courses('2025-26'), 'code')).toEqual(['T1-TILING']);
  });

  test('that two people apply at the same moment is applied once', async () => {
    const { preview } = (await post('preview', table(joinery))).body as { preview: string };
    const both = await Promise.all([post('import', table(joinery), { preview }), post('import', table(joinery), { preview })]);
    expect(each(both, 'status').sort()).toEqual([200, 412]);
    expect(await edits()).toHaveLength(1);
  });

  test('tells every problem with its line, column and rule, and is applied in no part', async () => {
    const lines = table(joinery, '', joinery, 'T1-X,X,tier-1-course,,TP-NONE,12,,');
    const { body } = await post('preview', lines);
    expect(body.preview).toBeNull();
    expect(
      (body.problems as { line: number; column: string; rule: string }[]).map(({ line, column, rule }) => [line, column, rule]),
    ).toEqual([
      [4, 'code', 'R107'],
      [5, 'category', 'R107'],
      [5, 'provider', 'R103'],
    ]);
    const refused = await post('import', lines, { preview: 'any' });
    expect([refused.status, each(refused.body.errors, 'field')]).toEqual([
      422,
      ['line 4 code', 'line 5 category', 'line 5 provider'],
    ]);
    expect(await courses('2025-26')).toEqual([]);
  });

  test.each([
    ['a quote that does not end', table('T1-X,"X'), 2],
    ['a quote within a cell', table('T1-X,X "the" X'), 2],
    ['a line without end', table(`T1-X,${'x'.repeat(10_001)}`), 2],
    ['no heading', joinery, 1],
  ])('with %s is told by its line', async (_what, csv, line) => {
    const { body } = await post('preview', csv);
    expect(body).toMatchObject({ changes: [], preview: null, problems: [{ line, column: null, rule: 'form' }] });
  });

  test.each([
    ['with the mark of UTF-8 and the line ends of Windows', `\ufeff${table(joinery).replaceAll('\n', '\r\n')}\r\n`],
    ['with semicolons', table(joinery.replace('"tue,thu"', 'tue|thu')).replaceAll(',', ';').replace('tue|thu', 'tue,thu')],
    ['with tabs', table(joinery.replace('"tue,thu"', 'tue thu')).replaceAll(',', '\t')],
    [
      'with quotes around every cell',
      `${heading}\n"T1-JOINERY","Joinery","tier-1-course","work-based-learning","TP-ONE","12","8","tue,thu"`,
    ],
    ['with empty lines and cells as spreadsheets leave them', `${table(`${joinery},,`)}\n,,,,,,,\n\n`],
  ])('is read %s', async (_what, csv) => {
    const { body } = await post('preview', csv);
    expect([body.problems, body.changes]).toEqual([
      [],
      [{ code: 'T1-JOINERY', what: 'new', before: null, after: { code: 'T1-JOINERY', ...said } }],
    ]);
  });

  test('of the year, edited from the file that the directory gives, changes nothing else; what looks like a formula is text in it', async () => {
    await put('T1-SUM', { ...said, title: '=SUM(1)' });
    const { text, headers } = await doors.ask('school.alder', 'GET', '/api/v1/directories/2024-25');
    expect(headers['content-type']).toMatch(/^text\/csv/);
    expect(text).toContain("'=SUM(1)");
    const { body } = await post('preview', text, { academicYear: '2024-25' });
    expect(body).toMatchObject({ changes: [], problems: [], unchanged: (await courses()).length });
  });

  test('cannot take out a course of this year that open cases are on', async () => {
    await submitted();
    const { body } = await post('preview', table(joinery), { academicYear: '2024-25' });
    expect(body).toMatchObject({
      preview: null,
      problems: [{ line: null, rule: 'R107', message: 'T1-BICYCLES stays in the directory: one open case is on it.' }],
    });
  });

  test('is of a year that is not past, and is a table', async () => {
    expect((await post('preview', table(joinery), { academicYear: '2023-24' })).body.type).toBe('/problems/not-editable');
    expect((await post('preview', table(joinery), { academicYear: '2025-27' })).status).toBe(422);
    expect((await post('preview', '')).status).toBe(422);
    expect((await post('preview', 'x'.repeat(500_001))).status).toBe(422);
  });
});

describe('A course', () => {
  beforeEach(open);
  afterEach(stop);

  test('is added to the directory of a year, changed, and taken out, each time written down', async () => {
    expect((await put('T1-JOINERY', said)).body.course).toMatchObject({ code: 'T1-JOINERY', ...said, taken: 0, waiting: 0 });
    expect((await put('T1-JOINERY', { ...said, places: 2 })).body.course).toMatchObject({ places: 2 });
    await put('T1-JOINERY', { ...said, places: 2 });
    expect((await remove('T1-JOINERY')).status).toBe(200);
    expect((await remove('T1-JOINERY')).status).toBe(404);
    expect((await edits()).length).toBe(3);
    expect(each(await courses(), 'code')).not.toContain('T1-JOINERY');
  });

  test('is held against the rules of a line, field by field', async () => {
    const { status, body } = await put('T1-JOINERY', { ...said, provider: 'TP-NONE', category: null });
    expect([status, each(body.errors, 'field')]).toEqual([422, ['category', 'provider']]);
  });

  test('runs at a site of its provider, in whatever letters it is said, and at no site of another', async () => {
    const at = (site: string | null, more: object = {}) => put('T1-JOINERY', { ...said, site, ...more });
    expect((await at(' WORKSHOP ')).body.course).toMatchObject({ site: 'Workshop' });
    await at('workshop');
    expect(await edits()).toHaveLength(1);
    for (const refused of [
      await at('Yard'),
      await at('Workshop', { provider: 'TP-TWO' }),
      await at('Main site', { provider: 'TP-LUMEN' }),
    ]) {
      expect([refused.status, each(refused.body.errors, 'field')]).toEqual([422, ['site']]);
    }
    expect(await courses()).toContainEqual(expect.objectContaining({ code: 'T1-JOINERY', site: 'Workshop' }));
    expect((await at(null)).body.course).toMatchObject({ site: null });
  });

  test('stays while an open case is on it, is free in a year that has not begun, and as it was in one that is past', async () => {
    const reference = await submitted();
    const stays = await remove('T1-BICYCLES');
    expect([stays.status, stays.body.type, stays.body.rule]).toEqual([409, '/problems/not-editable', 'R107']);
    await put('T1-BICYCLES', bicycles, { year: '2025-26' });
    expect((await remove('T1-BICYCLES', '2025-26')).status).toBe(200);
    await give('school.alder', reference, 'withdraw', { reason: 'Another way was found.' });
    expect((await remove('T1-BICYCLES')).status).toBe(200);
    doors.at('2025-09-01T10:00:00.000Z');
    for (const refused of [await put('T1-CATERING', said), await remove('T1-CATERING')]) {
      expect([refused.status, refused.body.type]).toEqual([409, '/problems/not-editable']);
    }
  });

  test('is read by whoever works with CAP, and kept by CAP alone', async () => {
    for (const person of ['school.alder', 'chair.review', 'provider.one', 'auditor']) {
      expect((await put('T1-JOINERY', said, { person })).status).toBe(403);
      expect((await remove('T1-BICYCLES', '2024-25', person)).status).toBe(403);
      expect((await post('preview', table(joinery), {}, person)).status).toBe(403);
      expect((await post('import', table(joinery), { preview: 'any' }, person)).status).toBe(403);
    }
    expect((await doors.ask('provider.one', 'GET', '/api/v1/courses')).status).toBe(200);
  });
});

describe('An application', () => {
  beforeEach(open);
  afterEach(stop);

  test('names a course that is offered in the year of its start, and no other', async () => {
    await put('T1-NEXT', said, { year: '2025-26' });
    const begin = async () => {
      const body = { programme: 'tier-1-course', course: 'T1-NEXT', student: await doors.student('school.alder') };
      return doors.ask('school.alder', 'POST', '/api/v1/applications', { body });
    };
    const refused = await begin();
    expect([refused.status, refused.body.errors]).toEqual([
      422,
      [{ field: 'course', rule: 'R107', message: 'Choose a course from the directory of 2024-25.' }],
    ]);
    doors.at('2025-09-10T10:00:00.000Z');
    expect((await begin()).status).toBe(201);
  });

  test('that names a course which is taken out is told so, and cannot be submitted', async () => {
    const reference = await draft();
    await remove('T1-BICYCLES');
    const { body } = await doors.ask('school.alder', 'GET', `/api/v1/applications/${reference}`);
    expect(body.inTheWay).toMatchObject([{ field: 'course', rule: 'R107' }]);
    const refused = await submit(reference);
    expect([refused.status, each(refused.body.errors, 'field')]).toEqual([422, ['course']]);
  });

  test('that was submitted keeps the words of its course, whatever the directory says by then, also when its pack is sent again', async () => {
    const reference = await submitted();
    await put('T1-BICYCLES', bicycles);
    const course = async () => {
      const { body } = await doors.ask('cap.team', 'GET', `/api/v1/cases/${reference}`);
      return (body.pack as { code: string; answer: string }[]).find(({ code }) => code === 'course')?.answer;
    };
    expect(await course()).toBe('Bicycle maintenance (sample)');
    await give('cap.team', reference, 'check-pack', { result: 'returned', reasons: 'An answer is missing.' });
    doors.at('2024-11-21T10:00:00.000Z');
    const { body: pack } = await doors.ask('school.alder', 'GET', `/api/v1/applications/${reference}`);
    expect(pack.inTheWay).toEqual([]);
    expect((await give('school.alder', reference, 'resubmit-pack', {})).status).toBe(200);
    expect(await course()).toBe('Bicycle maintenance (sample)');
  });

  test('CAP sends a pack to another course that is offered in the year of that day', async () => {
    const reference = await submitted();
    await put('T1-NEXT', { ...said, provider: 'TP-TWO' }, { year: '2025-26' });
    await give('cap.team', reference, 'check-pack', { result: 'complete' });
    const send = (course: string) => give('cap.team', reference, 'send-pack', { provider: 'TP-TWO', course });
    const refused = await send('T1-NEXT');
    expect([refused.status, each(refused.body.errors, 'field')]).toEqual([422, ['course']]);
    expect((await send('T1-CATERING')).status).toBe(200);
  });
});
