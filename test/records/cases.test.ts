// Lists of cases in pages by keys, and one case whole.
import fc from 'fast-check';
import { listCases, listCasesByDue, readCase, type DueAfter, type Page, type UpdatedAfter } from '../../records/cases';
import type { CaseFilter, CaseSummary } from '../../records/types';
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
async function everyPage<After>(turn: (after: After | null) => Promise<Page<After>>): Promise<CaseSummary[]> {
  const all: CaseSummary[] = [];
  let after: After | null = null;
  do {
    const page: Page<After> = await turn(after);
    all.push(...page.cases);
    after = page.next;
  } while (after !== null);
  return all;
}

async function byUpdate(filter: CaseFilter, limit = 100): Promise<CaseSummary[]> {
  const cap = await casework.person('cap.team');
  return everyPage<UpdatedAfter>((after) => listCases(casework.api, cap, filter, { after, limit }));
}

async function byDue(limit: number): Promise<CaseSummary[]> {
  const cap = await casework.person('cap.team');
  return everyPage<DueAfter>((after) => listCasesByDue(casework.api, cap, {}, { after, limit }));
}

test('pages of any size hold every case once, the last changed first, and so do those by due day', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 9 }), async (limit) => {
      const cases = await byUpdate({}, limit);
      expect(cases.map(({ reference }) => reference).sort()).toEqual([...references].sort());
      const keys = cases.map(({ updated, reference }) => [updated, reference] as const);
      expect(keys).toEqual([...keys].sort(([a, x], [b, y]) => b.localeCompare(a) || (x < y ? -1 : 1)));
      const due = await byDue(limit);
      expect(due).toHaveLength(references.length - 1);
      const first = due.map(({ waits }) => waits[0]?.due);
      expect(first).toEqual([...first].sort());
    }),
    { numRuns: 9 },
  );
});

test('what changes while pages are turned is shown nowhere twice, and what does not change is not lost', async () => {
  const cap = await casework.person('cap.team');
  const first = await listCases(casework.api, cap, {}, { after: null, limit: 3 });
  const late = references.find((reference) => !first.cases.some((row) => row.reference === reference)) ?? '';
  const id = `${late}.look`;
  await casework.record(
    late,
    { id, kind: 'recalculate', body: {}, person: 'system', source: 'system' },
    '2024-12-31T10:00:00.000Z',
  );
  const rest = await listCases(casework.api, cap, {}, { after: first.next, limit: 100 });
  const shown = [...first.cases, ...rest.cases].map(({ reference }) => reference);
  expect(new Set(shown).size).toBe(shown.length);
  expect([...shown, late].sort()).toEqual([...references].sort());
  expect((await listCases(casework.api, cap, {}, { after: null, limit: 1 })).cases[0]?.reference).toBe(late);
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
