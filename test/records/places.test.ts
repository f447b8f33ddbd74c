// Refocus has 25 places a term and 75 a year (R13, C12): a place is a row, taken and given back with what happens to its case.
import { readMeeting } from '../../records/calendar';
import { readCase, readOutcome } from '../../records/cases';
import { confirmedStart, firstPanel, later, openCasework, secondPanel, type Casework } from './casework';

let casework: Casework;
beforeEach(async () => (casework = await openCasework()));
afterEach(() => casework.stop());

const reasons = { reasons: 'It fits.' };

/** Hands in an approval of each case by the Multi-Agency Panel. */
function approvals(references: readonly string[]): Promise<(readonly [string, string])[]> {
  return Promise.all(
    references.map(
      async (reference) =>
        [
          reference,
          await casework.handIn('chair.multiagency', reference, 'panelDecision', { outcome: 'approve' }, secondPanel, reasons),
        ] as const,
    ),
  );
}

async function waiting(count: number): Promise<string[]> {
  const references: string[] = [];
  for (let each = 0; each < count; each++) references.push(await casework.refocusAtSecondPanel());
  return references;
}

async function limit(places: number, term: string): Promise<void> {
  const owner = await casework.as('cap_owner');
  await owner.query(`UPDATE capacities SET places = $1 WHERE programme = 'refocus' AND academic_year = '2024-25' AND term = $2`, [
    places,
    term,
  ]);
}

test('the 26th approval of a term is told that there is no place, and the case still awaits the panel', async () => {
  const references = await waiting(26);
  const answers = await Promise.all(
    (await approvals(references)).map(([reference, command]) => casework.record(reference, command, secondPanel)),
  );
  expect(answers.filter(({ result }) => result === 'recorded')).toHaveLength(25);
  const [late, ...others] = answers.filter(({ result }) => result === 'refused');
  expect(others).toEqual([]);
  expect(late).toMatchObject({
    refusal: { refused: 'no-place', rule: 'R13' },
    state: { position: { stage: 'panel', panel: 'multi-agency' }, place: null },
    waits: [{ party: 'panel:multi-agency' }],
  });

  // The agenda shows it, and a withdrawal gives the place to the one that was told no.
  const chair = await casework.person('chair.multiagency');
  const left = async () =>
    (await readMeeting(casework.api, chair, 'MAP-2024-12-17'))?.places.find(
      ({ academicYear, term }) => academicYear === '2024-25' && term === 'spring',
    );
  expect(await left()).toMatchObject({ programme: 'refocus', inTerm: 0, inYear: 50 });
  const [approved] = answers.filter(({ result }) => result === 'recorded');
  await casework.does('school.alder', approved?.state?.reference ?? '', 'withdraw', {}, later, {
    reason: 'The family moves away.',
  });
  expect(await left()).toMatchObject({ inTerm: 1, inYear: 51 });
  const again = await casework.give(
    'chair.multiagency',
    late?.state?.reference ?? '',
    'panelDecision',
    { outcome: 'approve' },
    later,
    reasons,
  );
  expect(again).toMatchObject({ result: 'recorded', state: { place: { academicYear: '2024-25', term: 'spring' } } });
  expect(await left()).toMatchObject({ inTerm: 0, inYear: 50 });
}, 120_000);

test('a panel counts the places that are taken by cases that it no longer sees', async () => {
  const [reference = ''] = await waiting(1);
  await Promise.all((await approvals([reference])).map(([each, command]) => casework.record(each, command, secondPanel)));
  casework.at('2025-02-03T10:00:00.000Z'); // past the time of the Review & Authorisation Panel, which passed the case on
  const chair = await casework.person('chair.review');
  expect(await readCase(casework.api, chair, reference)).toBeNull();
  const page = await readMeeting(casework.api, chair, 'MAP-2024-12-17');
  expect(page?.places.find(({ academicYear, term }) => academicYear === '2024-25' && term === 'spring')).toMatchObject({
    inTerm: 24,
    inYear: 74,
  });
});

test('the limit of the year holds where the term has places still', async () => {
  await limit(2, 'year');
  const answers = await Promise.all(
    (await approvals(await waiting(3))).map(([reference, command]) => casework.record(reference, command, secondPanel)),
  );
  expect(answers.map(({ result }) => result).sort()).toEqual(['recorded', 'recorded', 'refused']);
  expect(answers.find(({ refusal }) => refusal)?.refusal?.refused).toBe('no-place');
});

test('a start in another term moves the place there, if there is one', async () => {
  const [reference = '', other = ''] = await waiting(2);
  for (const each of [reference, other]) {
    await casework.does('chair.multiagency', each, 'panelDecision', { outcome: 'approve' }, secondPanel, reasons);
    await casework.does('academy', each, 'recordOnboarding', { result: 'completed' }, later);
  }
  await limit(1, 'summer');
  expect(await casework.does('school.alder', reference, 'confirmStart', { start: '2025-05-06' }, confirmedStart)).toMatchObject({
    place: { academicYear: '2024-25', term: 'summer' },
  });
  const refused = await casework.give('school.alder', other, 'confirmStart', { start: '2025-05-06' }, confirmedStart);
  expect(refused).toMatchObject({ refusal: { refused: 'no-place' }, state: { place: { term: 'spring' } } });
  const rows = await (await casework.as('cap_worker')).query('SELECT reference, term FROM places ORDER BY term');
  expect(rows.rows).toEqual([
    { reference: other, term: 'spring' },
    { reference, term: 'summer' },
  ]);
});

test('a start is held against the SLA that its school has when it is confirmed (R12)', async () => {
  const [reference = ''] = await waiting(1);
  await casework.does('chair.multiagency', reference, 'panelDecision', { outcome: 'approve' }, secondPanel, reasons);
  await casework.does('academy', reference, 'recordOnboarding', { result: 'completed' }, later);
  const owner = await casework.as('cap_owner');
  await owner.query(`DELETE FROM slas WHERE school = 'SCH-A' AND academic_year = '2024-25'`);
  const confirm = () => casework.give('school.alder', reference, 'confirmStart', { start: '2025-01-27' }, confirmedStart);
  expect(await confirm()).toMatchObject({
    refusal: { refused: 'wrong-value', rule: 'R12' },
    state: { position: { stage: 'start-date' } },
  });
  await owner.query(`INSERT INTO slas (school, academic_year) VALUES ('SCH-A', '2024-25')`);
  expect(await confirm()).toMatchObject({ result: 'recorded', state: { position: { start: '2025-01-27' } } });
});

test('quality assurance takes no place', async () => {
  const [reference = ''] = await waiting(1);
  expect(await casework.state(reference)).toMatchObject({ position: { panel: 'multi-agency' }, place: null, since: firstPanel });
});

test('a case is deferred until a place is free where none is left alone, and its document asks the school for nothing (R13)', async () => {
  const [reference = ''] = await waiting(1);
  const wait = () =>
    casework.give('chair.multiagency', reference, 'panelDecision', { outcome: 'wait-for-place' }, secondPanel, reasons);
  expect(await wait()).toMatchObject({ result: 'refused', refusal: { refused: 'wrong-value', rule: 'R13', field: 'outcome' } });
  await limit(0, 'spring');
  expect(await wait()).toMatchObject({ result: 'recorded', waits: [{ party: 'panel:multi-agency' }] });
  expect(await readOutcome(casework.api, await casework.person('school.alder'), reference)).toMatchObject({
    ...{ decision: 'deferred', forPlace: true, informationBy: null, nextMeeting: '2025-01-28' },
  });
});
