// Lists of cases in pages by keys, and one case whole.
import fc from 'fast-check';
import { readCase } from '../../records/cases';
import { readKeptOrganisations, saveOrganisation } from '../../records/organisations';
import { listCases, listOverdue, listTasks, type DueAfter, type Page, type UpdatedAfter } from '../../records/lists';
import type { CaseFilter, CaseSummary, Task } from '../../records/types';
import { check, firstPanel, later, openCasework, submission, type Casework } from './casework';

let casework: Casework;
const references: string[] = [];
beforeAll(async () => {
  casework = await openCasework();
  for (let each = 0; each < 4; each++) references.push(await casework.flourishAtPanel());
  for (const programme of ['refocus', 'tier-1-course', 'flourish'] as const) {
    const reference = await casework.draft(programme);
    await casework.does('school.alder', reference, 'submit', {}, submission);
    references.push(reference);
  }
  await casework.does('school.alder', references[0] ?? '', 'withdraw', {}, later, { reason: 'Moved away.' });
});
afterAll(() => casework.stop());

/** All pages one after the other. */
async function everyPage<Row, After>(turn: (after: After | null) => Promise<Page<Row, After>>): Promise<Row[]> {
  const all: Row[] = [];
  let after: After | null = null;
  do {
    const page: Page<Row, After> = await turn(after);
    all.push(...page.rows);
    after = page.next;
  } while (after !== null);
  return all;
}

async function byUpdate(filter: CaseFilter, limit = 100): Promise<CaseSummary[]> {
  const cap = await casework.person('cap.team');
  return everyPage<CaseSummary, UpdatedAfter>((after) => listCases(casework.api, cap, filter, { after, limit }));
}

/** What waits for CAP, then what is overdue with others. */
async function byDue(limit: number): Promise<Task[]> {
  const cap = await casework.person('cap.team');
  return everyPage<Task, DueAfter>((after) => listTasks(casework.api, cap, { after, limit }));
}

test('pages of any size hold every case once, the last changed first, and so do those by due day', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 9 }), async (limit) => {
      const cases = await byUpdate({}, limit);
      expect(cases.map(({ reference }) => reference).sort()).toEqual([...references].sort());
      const keys = cases.map(({ updated, reference }) => [updated, reference] as const);
      expect(keys).toEqual([...keys].sort(([a, x], [b, y]) => b.localeCompare(a) || (x < y ? -1 : 1)));
      const due = await byDue(limit);
      // Three await CAP's check; the others are with their panels, or withdrawn.
      expect(due.map(({ wait }) => wait.what)).toEqual(['pack-check', 'pack-check', 'pack-check']);
      const first = due.map(({ wait }) => wait.due);
      expect(first).toEqual([...first].sort());
    }),
    { numRuns: 9 },
  );
});

test('what changes while pages are turned is shown nowhere twice, and what does not change is not lost', async () => {
  const cap = await casework.person('cap.team');
  const first = await listCases(casework.api, cap, {}, { after: null, limit: 3 });
  const late = references.find((reference) => !first.rows.some((row) => row.reference === reference)) ?? '';
  const id = `${late}.look`;
  await casework.record(
    late,
    { id, kind: 'recalculate', body: {}, person: 'system', source: 'system' },
    '2024-12-31T10:00:00.000Z',
  );
  const rest = await listCases(casework.api, cap, {}, { after: first.next, limit: 100 });
  const shown = [...first.rows, ...rest.rows].map(({ reference }) => reference);
  expect(new Set(shown).size).toBe(shown.length);
  expect([...shown, late].sort()).toEqual([...references].sort());
  expect((await listCases(casework.api, cap, {}, { after: null, limit: 1 })).rows[0]?.reference).toBe(late);
});

test('filters hold together', async () => {
  const find = async (filter: CaseFilter) => (await byUpdate(filter)).map(({ reference }) => reference).sort();
  const [withdrawn = '', ...open] = references;
  expect(await find({ open: false })).toEqual([withdrawn]);
  expect(await find({ open: true })).toEqual([...open].sort());
  expect(await find({ stage: 'panel' })).toEqual([...open.slice(0, 3)].sort());
  expect(await find({ programme: 'refocus' })).toEqual([references[4]]);
  expect(await find({ programme: 'flourish', waitingFor: 'cap' })).toEqual([references[6]]);
  expect(await find({ school: 'SCH-B' })).toEqual([]);
  expect(await find({ stage: 'panel', dueBefore: firstPanel })).toEqual([]);
  expect(await find({ stage: 'panel', dueBefore: '2025-01-01T00:00:00.000Z' })).toHaveLength(3);
});

test('a case is read whole: who did what, in whose name, with what was written', async () => {
  const reference = await casework.flourishAtPanel();
  await casework.does('cap.team', reference, 'closeCase', {}, later, { offered: 'A mentor.' });
  const found = await readCase(casework.api, await casework.person('auditor'), reference);
  expect(found).toMatchObject({
    reference,
    programme: 'flourish@2024-25',
    school: 'SCH-A',
    stage: 'closed',
    step: 3,
    waits: [],
  });
  expect(found?.submitted).toBe(submission);
  expect(found?.updated).toBe(later);
  expect(
    found?.timeline.map(({ kind, at, person, personName, source, texts }) => [kind, at, person, personName, source, texts]),
  ).toEqual([
    ['submitted', submission, 'school.alder', 'Sample Alder-Staff', 'api', {}],
    ['packComplete', check, 'cap.team', 'Sample Cap-Team', 'api', {}],
    ['closedByCap', later, 'cap.team', 'Sample Cap-Team', 'api', { offered: 'A mentor.' }],
  ]);
  expect(found?.emails.map(({ title, to, status }) => [title, to, status])).toContainEqual([
    'Case closed',
    'school:SCH-A',
    'due',
  ]);
});

test('somebody without a party has an empty list and an empty worklist', async () => {
  const nobody = { person: 'nobody', parties: [] };
  const page = { after: null, limit: 25 };
  for (const list of [listCases(casework.api, nobody, {}, page), listTasks(casework.api, nobody, page)])
    expect(await list).toEqual({ rows: [], next: null });
});

test('a worklist shows what waits for one, each thing once, and CAP what is overdue with others', async () => {
  const chair = await casework.person('chair.review');
  const mine = await everyPage<Task, DueAfter>((after) => listTasks(casework.api, chair, { after, limit: 2 }));
  expect(mine.length).toBeGreaterThan(1);
  for (const { wait } of mine) expect(wait).toMatchObject({ party: 'panel:review-and-authorisation', what: 'panel-decision' });
  const cap = await casework.person('cap.team');
  const overdue = (now: string) => everyPage<Task, DueAfter>((after) => listOverdue(casework.api, cap, now, { after, limit: 2 }));
  expect(await overdue(submission)).toEqual([]);
  const late = await overdue('2025-03-01T10:00:00.000Z');
  expect(late.map(({ reference }) => reference).sort()).toEqual(mine.map(({ reference }) => reference).sort());
  const school = await casework.person('school.alder');
  expect((await listTasks(casework.api, school, { after: null, limit: 100 })).rows).toEqual([]);
});

test('somebody who acts for several parties has one list and one worklist of all of them, no case twice', async () => {
  const both = { person: 'both', parties: ['cap', 'school:SCH-A', 'panel:review-and-authorisation'] } as const;
  const cases = await everyPage<CaseSummary, UpdatedAfter>((after) => listCases(casework.api, both, {}, { after, limit: 2 }));
  const all = (await byUpdate({})).map(({ reference }) => reference);
  expect(cases.map(({ reference }) => reference)).toEqual(all);
  const tasks = await everyPage<Task, DueAfter>((after) => listTasks(casework.api, both, { after, limit: 2 }));
  const due = tasks.map(({ wait }) => wait.due);
  expect(due).toEqual([...due].sort());
  expect(new Set(tasks.map(({ wait }) => wait.party))).toEqual(new Set(['cap', 'panel:review-and-authorisation']));
});

test('a case is found by the beginning of a name, the pupil number or the reference, by whoever may see it and nobody else', async () => {
  const student = await casework.student('school.birch', { name: "Zoë O'Quillfeather", upn: 'A123456789012' });
  const reference = await casework.draft('flourish', 'school.birch', {}, submission, student);
  await casework.does('school.birch', reference, 'submit', {}, submission);
  const found = async (person: string, ...words: string[]) => {
    const who = await casework.person(person);
    return (await listCases(casework.api, who, {}, { after: null, limit: 10 }, words)).rows.map((row) => row.reference);
  };
  for (const words of [['zoe'], ['oquill'], ['oquillfeather', 'zoe'], ['a1234567'], [reference.slice(9).toLowerCase()]]) {
    expect([words, await found('cap.team', ...words)]).toEqual([words, [reference]]);
    expect([words, await found('school.birch', ...words)]).toEqual([words, [reference]]);
    expect([words, await found('school.alder', ...words)]).toEqual([words, []]);
    expect([words, await found('provider.one', ...words)]).toEqual([words, []]);
  }
  expect(await found('cap.team', 'feather')).toEqual([]);
  const [row] = (await listCases(casework.api, await casework.person('cap.team'), { school: 'SCH-B' }, { after: null, limit: 1 }))
    .rows;
  expect(row).toMatchObject({ student: "Zoë O'Quillfeather", schoolName: 'Birchfield School (fictitious)', hostName: null });
});

test('a list of what changed since a time has that and nothing older', async () => {
  const cap = await casework.person('cap.team');
  const { rows } = await listCases(casework.api, cap, { updatedSince: later }, { after: null, limit: 100 });
  expect(rows.length).toBeGreaterThan(0);
  for (const { updated } of rows) expect(updated >= later).toBe(true);
});

describe('When an organisation gets another name', () => {
  /** @returns the names of the home school and of the host that the lists of CAP show for a case: of all cases, of what waits, of a search */
  const listed = async (reference: string) => {
    const cap = await casework.person('cap.team');
    const page = { limit: 100, after: null };
    const pages = [
      (await listCases(casework.api, cap, {}, page)).rows,
      (await listTasks(casework.api, cap, page)).rows,
      (await listCases(casework.api, cap, {}, page, [reference.slice(9).toLowerCase()])).rows,
    ];
    return pages
      .map((rows) => rows.find((row) => row.reference === reference))
      .map((row) => row && [row.schoolName, row.hostName]);
  };
  /** As CAP edits it. */
  const renamed = async (code: string, name: string) => {
    const cap = await casework.person('cap.team');
    const kept = (await readKeptOrganisations(casework.api, cap)).find((each) => each.code === code);
    if (!kept) throw new Error(`There is no ${code}`);
    expect(await saveOrganisation(casework.api, cap, { ...kept, name }, { read: null, at: later }, () => null)).toBeNull();
  };

  test('lists show it at once, also of cases that are over, for the home school and the host', async () => {
    const reference = await casework.flourishAtInterview();
    expect(await listed(reference)).toEqual([
      ['Alderbrook School (fictitious)', 'First Steps Training (fictitious)'],
      undefined,
      ['Alderbrook School (fictitious)', 'First Steps Training (fictitious)'],
    ]);
    await renamed('TP-ONE', 'First Strides (fictitious)');
    await renamed('SCH-A', 'Alder Academy (fictitious)');
    const after = ['Alder Academy (fictitious)', 'First Strides (fictitious)'];
    expect(await listed(reference)).toEqual([after, undefined, after]);
    const over = references[0] ?? '';
    expect((await listed(over))[0]).toEqual(['Alder Academy (fictitious)', null]);
    const waits = references[4] ?? '';
    expect((await listed(waits))[1]).toEqual(['Alder Academy (fictitious)', null]);
    await renamed('TP-ONE', 'First Steps Training (fictitious)');
    await renamed('SCH-A', 'Alderbrook School (fictitious)');
  });

  test('a step that comes meanwhile shows it too, whichever of them began first', async () => {
    const first = await casework.draft('flourish', 'school.birch');
    const second = await casework.draft('flourish', 'school.birch');
    const superuser = await casework.asSuperuser();
    const waiting = `SELECT FROM pg_locks WHERE NOT granted AND relation = 'case_viewers'::regclass`;
    const untilWaiting = async (many: number) => {
      while ((await superuser.query(waiting)).rowCount !== many) await new Promise((resolve) => setTimeout(resolve, 20));
    };
    const other = await casework.asSuperuser();

    await other.query('BEGIN');
    await other.query(`UPDATE organisations SET name = 'Birch Academy (fictitious)' WHERE code = 'SCH-B'`);
    const step = casework.does('school.birch', first, 'submit', {}, submission);
    await untilWaiting(1);
    await other.query('COMMIT');
    await step;
    expect((await listed(first))[0]).toEqual(['Birch Academy (fictitious)', null]);

    // While some other step writes its viewers.
    await other.query('BEGIN; LOCK TABLE case_viewers IN ROW EXCLUSIVE MODE');
    const name = renamed('SCH-B', 'Birchfield School (fictitious)');
    await untilWaiting(1);
    const next = casework.does('school.birch', second, 'submit', {}, submission);
    await untilWaiting(2);
    await other.query('COMMIT');
    await Promise.all([name, next]);
    expect((await listed(first))[0]).toEqual(['Birchfield School (fictitious)', null]);
    expect((await listed(second))[0]).toEqual(['Birchfield School (fictitious)', null]);
  });
});

test('a list shows of a case what is read of it whole', async () => {
  const hosted = await casework.flourishAtInterview();
  const cap = await casework.person('cap.team');
  const { rows } = await listCases(casework.api, cap, {}, { after: null, limit: 100 });
  expect(rows.find(({ reference }) => reference === hosted)?.hostName).toBe('First Steps Training (fictitious)');
  for (const row of rows) expect(await readCase(casework.api, cap, row.reference)).toMatchObject(row);
});
