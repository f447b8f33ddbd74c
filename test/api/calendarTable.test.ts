// CAP pastes the table of a year: it is read and shown with its warnings, then entered (C10-C18).
import { openDoors, type Doors } from './doors';

let doors: Doors;
beforeAll(async () => {
  doors = await openDoors('2026-08-20T10:00:00.000Z');
});
afterAll(() => doors.stop());

const heading =
  'Programme Referral Items\tReferral Deadline\tSupported Transfer Headteacher Placement Meeting\tTier 2 Start Date (Flourish)\tTier 3 Start Date (Refocus)';
/** In the words of CAP's table, with other days; 22 September 2026 is a Tuesday. */
const rows = [
  'Tier 3 – Refocus (for 5th October Start Date) Tier 3 – Year 11 Bespoke Tier 3 – Supported Transfer to follow normal process i.e. no panel oversight\tWednesday 16th September\tTuesday 22nd September Thursday 24th September\t\tMonday 5th October',
  'Tier 3 – Year 11 Bespoke Tier 3 – Supported Transfer\tWednesday 7th October\tTuesday 20th October Thursday 22nd October',
  'Tier 3 – Supported Transfer\tWednesday 18th November\tMonday 24th November\t\t',
];
const table = [heading, ...rows].join('\n');
const post = (what: 'preview' | 'import', body: object, person = 'cap.team') =>
  doors.ask(person, 'POST', `/api/v1/calendar/${what}`, { body });
const cycles = async () =>
  (await doors.ask('cap.team', 'GET', '/api/v1/cycles')).body.cycles as { academicYear: string; deadline: string }[];

test('a preview shows each row as a cycle and enters nothing (C5, C14)', async () => {
  const before = await cycles();
  const { status, body } = await post('preview', { academicYear: '2026-27', table });
  expect([status, (body.rows as unknown[]).length]).toEqual([200, 3]);
  expect((body.rows as unknown[])[0]).toMatchObject({
    deadline: '2026-09-16',
    items: [
      { programme: 'refocus', cohortStart: '2026-10-05', panels: null },
      { programme: 'year-11-bespoke', cohortStart: null, panels: null },
      { programme: 'supported-transfer', cohortStart: null, panels: [] },
    ],
    meetings: { 'review-and-authorisation': '2026-09-21', 'multi-agency': '2026-09-22', 'headteacher-placement': '2026-09-24' },
    standing: expect.stringMatching(/new|there/) as string,
  });
  expect(await cycles()).toEqual(before);
});

test('what the table has at odds with itself is warned of, with its row (C15)', async () => {
  const { body } = await post('preview', { academicYear: '2026-27', table });
  const warnings = (body.warnings as string[]).join('\n');
  // 24 November 2026 is a Tuesday.
  expect(warnings).toMatch(/Row 3 .*"Monday 24th November" is a Tuesday: 2026-11-24 is kept \(C15\)/);
  expect(warnings).toMatch(/No row prints a day for the Review & Authorisation Panel/);
});

test('an import enters what is new; the same table again enters nothing twice', async () => {
  const before = await cycles();
  const first = await post('import', { academicYear: '2026-27', table });
  expect(first.status).toBe(201);
  const entered = first.body.entered as { deadline: string; academicYear: string }[];
  const left = first.body.left as { deadline: string; standing: string }[];
  expect([...entered, ...left].map(({ deadline }) => deadline).sort()).toEqual(['2026-09-16', '2026-10-07', '2026-11-18']);
  expect(entered.length).toBeGreaterThan(0);
  const there = left.filter(({ standing }) => standing === 'there').length;
  const counts = { added: entered.length, changed: 0, removed: 0, left: there, notPossible: left.length - there };
  expect(first.body.counts).toEqual(counts);
  const again = await post('import', { academicYear: '2026-27', table });
  expect(again.body.entered).toEqual([]);
  expect(again.body.counts).toEqual({ added: 0, changed: 0, removed: 0, left: 3, notPossible: 0 });
  expect((again.body.left as { standing: string }[]).map(({ standing }) => standing)).toEqual(['there', 'there', 'there']);
  expect((await cycles()).length).toBe(before.length + entered.length);
});

test('a table that has a row twice, as one that is pasted twice, enters it once and says so of the other', async () => {
  const row = 'Tier 3 – Supported Transfer\tWednesday 12th September\tTuesday 25th September';
  const twice = { academicYear: '2029-30', table: [heading, row, heading, row].join('\n') };
  expect((await post('preview', twice)).body.rows).toMatchObject([
    { standing: 'new', problems: [] },
    {
      standing: 'not-possible',
      problems: [{ message: 'An earlier row of this table has this deadline: leave one of them out.' }],
    },
  ]);
  const { body } = await post('import', twice);
  expect([body.entered, body.left]).toMatchObject([[{ deadline: '2029-09-12' }], [{ deadline: '2029-09-12' }]]);
  expect(body.counts).toMatchObject({ added: 1, left: 0, notPossible: 1 });
  expect((await cycles()).filter(({ deadline }) => deadline === '2029-09-12')).toHaveLength(1);
});

test('a row is entered as it is printed, on a bank holiday too (C15); two people who import one table enter it once', async () => {
  const row = 'Tier 3 – Supported Transfer\tTuesday 25th December\tTuesday 8th January';
  const given = { academicYear: '2029-30', table: row };
  const both = await Promise.all([post('import', given), post('import', given, 'cap.lead')]);
  expect(both.map(({ status }) => status)).toEqual([201, 201]);
  expect(both.flatMap(({ body }) => body.entered as unknown[])).toMatchObject([{ deadline: '2029-12-25' }]);
  expect(both.flatMap(({ body }) => body.left as unknown[])).toHaveLength(1);
  expect((await cycles()).filter(({ deadline }) => deadline === '2029-12-25')).toHaveLength(1);
});

test('a row that is past is not possible, and says why (R93)', async () => {
  const { body } = await post('preview', {
    academicYear: '2024-25',
    table: `Tier 3 – Supported Transfer\tWednesday 4th June\tTuesday 17th June`,
  });
  expect(body.rows).toMatchObject([{ standing: 'not-possible' }]);
  const [{ problems = [] } = {}] = body.rows as { problems?: unknown[] }[];
  expect(problems).toContainEqual(expect.objectContaining({ field: 'deadline', rule: 'R93' }));
});

test.each([
  ['a line without columns', { table: 'Tier 3 – Supported Transfer on Wednesday 7th October' }, 'table.line 1'],
  ['a line with too many', { table: 'a\tb\tc\td\te\tf' }, 'table.line 1'],
  ['nothing that could be read', { table: heading }, 'table'],
  ['a table of far more rows than a year has', { table: 'Tier 3\tWednesday 7th October\n'.repeat(41) }, 'table'],
  ['a year before the first', { academicYear: '2019-20' }, 'academicYear'],
  ['a year that is none', { academicYear: '2026-28' }, 'academicYear'],
] as const)('%s is refused, and the field is named', async (_what, changed, field) => {
  const { status, body } = await post('preview', { academicYear: '2026-27', table, ...changed });
  expect(status).toBe(422);
  expect(body.errors).toEqual([expect.objectContaining({ field })]);
});

test('only CAP imports', async () => {
  for (const what of ['preview', 'import'] as const) {
    expect((await post(what, { academicYear: '2026-27', table }, 'chair.review')).status).toBe(403);
  }
});
