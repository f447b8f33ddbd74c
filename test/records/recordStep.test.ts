// The record step: what was decided is written once, by whoever was entitled to it, whatever is repeated and whoever comes at the same time.
import { caseMachine } from '../../domain/case';
import { afterStep } from '../../domain/machine';
import type { CaseState, Event } from '../../domain/state';
import { readCase, readOutcome, readOutcomes } from '../../records/cases';
import { moveMeeting } from '../../records/calendarEdits';
import { listAccess } from '../../records/accessLog';
import { saveCheck } from '../../records/checks';
import { listTasks } from '../../records/lists';
import type { StepOutcome } from '../../records/types';
import { actAs, check, firstPanel, later, openCasework, secondPanel, submission, type Casework } from './casework';

let casework: Casework;
beforeAll(async () => (casework = await openCasework()));
afterAll(() => casework.stop());

const approve = { outcome: 'approve' } as const;

async function readAs(person: string, reference: string) {
  const found = await readCase(casework.api, await casework.person(person), reference);
  if (!found) throw new Error(`${person} does not see ${reference}`);
  return found;
}

async function entered(
  reference: string,
  kind: string,
  body: object,
  person: string,
  now: string,
  id = `run.${Math.random()}`,
): Promise<StepOutcome> {
  const source = person === 'system' ? ({ source: 'system' } as const) : ({ source: 'temporal', seal: { once: id } } as const);
  return casework.record(reference, { id, kind, body, person, ...source }, now);
}

test('a submitted draft becomes a case, its pack frozen in words, and CAP is told to check it', async () => {
  const student = await casework.student('school.alder', { name: 'Zebedee Quillfeather' });
  const reference = await casework.draft('flourish', 'school.alder', {}, submission, student);
  const { result, state, waits, emails } = await casework.give('school.alder', reference, 'submit', {}, submission);
  expect(result).toBe('recorded');
  expect(state).toMatchObject({
    reference,
    step: 1,
    school: 'SCH-A',
    student,
    programme: 'flourish@2024-25',
    position: { stage: 'pack-check' },
  });
  expect(waits).toMatchObject([{ party: 'cap', what: 'pack-check' }]);
  expect(emails.map(({ id }) => id)).toEqual([`${reference}.1.application-to-check.cap`]);
  const { pack, timeline } = await readAs('cap.team', reference);
  expect(pack).toContainEqual({ code: 'student-name', question: "Student's full name", answer: 'Zebedee Quillfeather' });
  expect(timeline.map(({ step, seq, kind, person }) => [step, seq, kind, person])).toEqual([[1, 0, 'submitted', 'school.alder']]);
  expect(JSON.stringify([state, timeline])).not.toContain('Quillfeather');
});

test('a draft that lacks an answer is refused with the rule and the field, and stays a draft', async () => {
  const reference = await casework.draft('refocus', 'school.birch');
  const { result, refusal, state } = await casework.give('school.birch', reference, 'submit', {}, submission);
  expect({ result, state }).toEqual({ result: 'refused', state: null });
  expect(refusal).toMatchObject({ refused: 'not-eligible', rule: 'R12', field: 'programme' });
});

test('running the same step again changes nothing and answers with what was recorded', async () => {
  const reference = await casework.flourishAtPanel();
  const command = await casework.handIn('chair.review', reference, 'panelDecision', approve, firstPanel, { reasons: 'It fits.' });
  const first = await casework.record(reference, command, firstPanel);
  const before = await readAs('cap.team', reference);
  const again = await casework.record(reference, command, later);
  expect(again).toEqual(first);
  expect(await readAs('cap.team', reference)).toEqual(before);
});

test('the same step run five times at once is recorded once', async () => {
  const reference = await casework.flourishAtPanel();
  const command = await casework.handIn('chair.review', reference, 'panelDecision', approve, firstPanel, { reasons: 'It fits.' });
  const answers = await Promise.all(Array.from({ length: 5 }, () => casework.record(reference, command, firstPanel)));
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  const { timeline, emails } = await readAs('cap.team', reference);
  expect(timeline.filter(({ kind }) => kind === 'approved')).toHaveLength(1);
  expect(emails.filter(({ id }) => id.includes('.outcome.'))).toHaveLength(1);
});

test('of two submissions at once one makes the case, and the other is told that there is one', async () => {
  const reference = await casework.draft('flourish');
  const [one, other] = await Promise.all(
    ['a', 'b'].map((key) => casework.handIn('school.alder', reference, 'submit', {}, submission, {}, key)),
  );
  const answers = await Promise.all([one, other].map((command) => casework.record(reference, command ?? '', submission)));
  expect(answers.map(({ result }) => result).sort()).toEqual(['recorded', 'refused']);
  expect(answers.find(({ refusal }) => refusal)?.refusal?.refused).toBe('already-submitted');
  expect((await casework.state(reference))?.step).toBe(1);
});

test('of two chairs at the same instant one wins, and the other is told', async () => {
  const reference = await casework.flourishAtPanel();
  const commands = await Promise.all([
    casework.handIn('chair.review', reference, 'panelDecision', approve, firstPanel, { reasons: 'Yes.' }),
    casework.handIn('vicechair.review', reference, 'panelDecision', { outcome: 'refuse' }, firstPanel, {
      reasons: 'No.',
      alternatives: 'A Tier 1 course.',
    }),
  ]);
  const answers = await Promise.all(commands.map((command) => casework.record(reference, command, firstPanel)));
  const [won, lost] = answers[0]?.result === 'recorded' ? answers : [...answers].reverse();
  expect(won?.result).toBe('recorded');
  expect(lost).toMatchObject({ result: 'refused', refusal: { refused: 'not-now' }, state: won?.state });
  expect(
    (await readAs('cap.team', reference)).timeline.filter(({ step }) => step === 3).map(({ person }) => person),
  ).not.toHaveLength(0);
  expect(
    new Set((await readAs('cap.team', reference)).timeline.filter(({ step }) => step === 3).map(({ person }) => person)).size,
  ).toBe(1);
});

test('kind, words and person are those of the command row: another case, or an id that nobody handed in, gets nowhere', async () => {
  const [mine, theirs] = [await casework.flourishAtPanel(), await casework.flourishAtPanel()];
  const command = await casework.handIn('chair.review', mine, 'panelDecision', approve, firstPanel, { reasons: 'Yes.' });
  expect(await casework.record(theirs, command, firstPanel)).toMatchObject({
    result: 'refused',
    refusal: { refused: 'not-received' },
  });
  expect(await casework.record(theirs, 'c-made-up', firstPanel)).toMatchObject({
    result: 'refused',
    refusal: { refused: 'not-received' },
  });
  expect(await casework.record('CAP-2024-NOCASE', 'c-made-up', firstPanel)).toMatchObject({ result: 'refused', state: null });
  expect((await casework.state(theirs))?.step).toBe(2);
});

test('a command in the name of somebody else cannot be written at all', async () => {
  const reference = await casework.flourishAtPanel();
  const client = await casework.as('cap_api');
  const forge = async (table: string, person: string) => {
    await client.query('BEGIN');
    await actAs(client, 'school.alder', 'school:SCH-A');
    const row = JSON.stringify({
      ...{ id: 'forged', attempt: 'a', reference, kind: 'panelDecision', person, body: approve, texts: {}, salt: '', digest: '' },
      ...{ received: firstPanel, based: 0, source: 'api', step: 3 },
    });
    return client
      .query(`INSERT INTO ${table} SELECT * FROM jsonb_populate_record(NULL::${table}, $1)`, [row])
      .finally(() => client.query('ROLLBACK'));
  };
  await expect(forge('received_commands', 'chair.review')).rejects.toThrow('row-level security');
  await expect(forge('commands', 'school.alder')).rejects.toThrow('permission denied');
  // In their own name they may write it: the case refuses it.
  expect(
    await casework.give('school.alder', reference, 'panelDecision', approve, firstPanel, { reasons: 'Please.' }),
  ).toMatchObject({
    result: 'refused',
    refusal: { refused: 'not-yours' },
  });
});

test('a refusal changes nothing and is noted in the access log, which auditors alone read', async () => {
  const reference = await casework.flourishAtPanel();
  const before = await readAs('cap.team', reference);
  await casework.give('chair.review', reference, 'panelDecision', approve, check, { reasons: 'Early.' });
  expect(await readAs('cap.team', reference)).toEqual(before);
  const page = { before: null, limit: 10 };
  const lines = await listAccess(casework.api, await casework.person('auditor'), { reference }, page);
  expect(lines).toMatchObject([
    { person: 'chair.review', action: 'refused', reference, detail: { refused: 'before-the-meeting', rule: 'C18' } },
  ]);
  for (const other of ['cap.team', 'chair.review', 'school.alder', 'ops']) {
    expect(await listAccess(casework.api, await casework.person(other), { reference }, page)).toEqual([]);
  }
});

test('a decision typed into Temporal is recorded for its person and leaves the reasons owed; the document waits for them', async () => {
  const reference = await casework.flourishAtPanel();
  const answer = await entered(reference, 'panelDecision', approve, 'chair.review', firstPanel);
  expect(answer).toMatchObject({ result: 'recorded', state: { position: { stage: 'send-pack' } } });
  expect(answer.state?.matters).toMatchObject([{ kind: 'reasons', party: 'panel:review-and-authorisation' }]);
  expect(answer.emails.map(({ id }) => id)).toContain(`${reference}.3.reasons-owed.panel-review-and-authorisation`);
  const school = await casework.person('school.alder');
  expect(await readOutcome(casework.api, school, reference)).toBeNull();

  await casework.does('chair.review', reference, 'giveReasons', {}, secondPanel, { reasons: 'It fits.' });
  expect(await readOutcome(casework.api, school, reference)).toMatchObject({
    panel: 'review-and-authorisation',
    decision: 'approved',
    meeting: '2024-12-16',
    decided: firstPanel,
    issued: secondPanel,
    schoolName: 'Alderbrook School (fictitious)',
    texts: { reasons: 'It fits.' },
    conditionsBy: null,
    contact: 'cap@example.test',
  });
});

test('of a case that a panel reconsidered each document says whether it was issued before that or after it (A8)', async () => {
  const reference = await casework.flourishAtPanel();
  const refusal = { reasons: 'It does not fit.', alternatives: 'A Tier 1 course.' };
  const outside = { outsideMeeting: true } as const;
  await casework.does('chair.review', reference, 'panelDecision', { outcome: 'refuse', ...outside }, firstPanel, refusal);
  await casework.does('school.alder', reference, 'askReconsideration', {}, secondPanel, { evidence: 'A new report.' });
  await casework.does('chair.review', reference, 'panelDecision', { outcome: 'approve', ...outside }, later, {
    reasons: 'It fits.',
  });
  const issued = await readOutcomes(casework.api, await casework.person('school.alder'), reference);
  expect(issued.map(({ decision, reconsidered }) => [decision, reconsidered])).toEqual([
    ['refused', null],
    ['approved', 'review-and-authorisation'],
  ]);
});

test('the document of a deferral says by which day its information is wanted, which is the day that the case waits for (A22)', async () => {
  const reference = await casework.flourishAtPanel();
  const asked = { reasons: 'Not yet.', information: 'The EHCP.' };
  await casework.does('chair.review', reference, 'panelDecision', { outcome: 'defer' }, firstPanel, asked);
  const document = await readOutcome(casework.api, await casework.person('school.alder'), reference);
  expect([document?.nextMeeting, document?.informationBy]).toEqual(['2025-01-27', '2025-01-24']);
  const record = await readCase(casework.api, await casework.person('school.alder'), reference);
  expect(record?.waits.find(({ what }) => what === 'information')?.due).toBe('2025-01-24T23:59:59.999Z');
});

test('what is typed into Temporal is refused for somebody who is not entitled, unknown or gone, and where it cannot be read', async () => {
  const reference = await casework.flourishAtPanel();
  const refusals = await Promise.all([
    entered(reference, 'panelDecision', approve, 'chair.multiagency', firstPanel),
    entered(reference, 'panelDecision', approve, 'nobody.we.know', firstPanel),
    entered(reference, 'panelDecision', approve, '', firstPanel),
    entered(reference, 'panelDecision', { outcome: 'perhaps' }, 'chair.review', firstPanel),
    entered(reference, 'panelDecision', [], 'chair.review', firstPanel),
    entered(reference, 'constructor', {}, 'chair.review', firstPanel),
    entered(reference, 'clock', {}, 'chair.review', firstPanel),
  ]);
  expect(refusals.map(({ refusal }) => refusal?.refused)).toEqual([
    ...['not-yours', 'not-yours', 'not-yours'],
    ...['unreadable', 'unreadable', 'unreadable', 'not-yours'],
  ]);
  expect((await casework.state(reference))?.step).toBe(2);

  const owner = await casework.as('cap_owner');
  await owner.query(`UPDATE people SET active = false WHERE id = 'vicechair.review'`);
  expect(await entered(reference, 'panelDecision', approve, 'vicechair.review', firstPanel)).toMatchObject({
    refusal: { refused: 'not-yours' },
  });
  await owner.query(`UPDATE people SET active = true WHERE id = 'vicechair.review'`);
});

test('a clock that comes again for the same step is judged by its new time', async () => {
  const reference = await casework.flourishAtPanel();
  const id = `${reference}.2.clock`;
  expect(await entered(reference, 'clock', {}, 'system', firstPanel, id)).toMatchObject({ refusal: { refused: 'not-due' } });
  const due = (await casework.record(reference, 'c-look', later)).waits[0]?.next ?? '';
  const reminded = await entered(reference, 'clock', {}, 'system', due, id);
  expect(reminded).toMatchObject({ result: 'recorded', state: { nudges: { 'panel-decision': 1 } } });
  expect(await entered(reference, 'clock', {}, 'system', due, id)).toEqual(reminded);
});

test('an e-mail that could not be delivered is no longer due, and is a task on the timeline', async () => {
  const reference = await casework.flourishAtPanel();
  const email = `${reference}.1.application-to-check.cap`;
  const { emails } = await entered(reference, 'emailUndelivered', { email }, 'system', later);
  expect(emails.map(({ id }) => id)).not.toContain(email);
  const found = await readAs('cap.team', reference);
  expect(found.emails.find(({ id }) => id === email)?.status).toBe('undelivered');
  expect(found.timeline.at(-1)).toMatchObject({ kind: 'emailUndelivered', source: 'system', event: { email } });
});

test('an e-mail that could not be delivered as its case closed stands in the list of CAP until it is settled', async () => {
  const reference = await casework.flourishAtPanel();
  const email = `${reference}.1.application-received.school-SCH-A`;
  await casework.does('cap.team', reference, 'closeCase', {}, later, { offered: 'Support at the school.' });
  await entered(reference, 'emailUndelivered', { email }, 'system', later);
  const cap = await casework.person('cap.team');
  const inTheList = async () => {
    const { rows } = await listTasks(casework.api, cap, { limit: 50, after: null });
    return rows.filter((task) => task.reference === reference).map(({ wait }) => wait.what);
  };
  expect(await inTheList()).toEqual(['undelivered-email']);
  await casework.does('cap.team', reference, 'settleEmail', { email }, later, { how: 'By telephone.' });
  expect(await inTheList()).toEqual([]);
});

test('the timeline told again is the state, and the row says what it waits for', async () => {
  const reference = await casework.flourishAtInterview();
  await casework.does('provider.one', reference, 'bookInterview', { at: later }, secondPanel);
  await casework.does('provider.one', reference, 'recordInterview', { result: 'held' }, later);
  const { state, timeline, step, stage } = await readAs('cap.team', reference);
  let told: CaseState | null = null;
  for (let each = 1; each <= step; each++) {
    const events = timeline
      .filter((entry) => entry.step === each)
      .map(({ kind, at, event }) => ({ kind, at, ...event }) as unknown as Event);
    told = afterStep(caseMachine, told, events);
  }
  expect(told).toEqual(state);
  expect({ stage, step }).toEqual({ stage: state.position.stage, step: state.step });
});

describe('a meeting that is moved while a chair decides', () => {
  test('moved first: the decision waits for the move, and finds that the meeting is still to come', async () => {
    const reference = await casework.flourishAtPanel();
    const command = await casework.handIn('chair.review', reference, 'panelDecision', approve, firstPanel, { reasons: 'Yes.' });
    const mover = await casework.as('cap_api');
    await mover.query('BEGIN');
    await actAs(mover, 'cap.team', 'cap');
    await mover.query(`SELECT FROM meetings WHERE id = 'RAP-2024-12-16' FOR UPDATE`);
    const decision = casework.record(reference, command, firstPanel);
    await mover.query(`UPDATE meetings SET day = '2024-12-17', version = version + 1 WHERE id = 'RAP-2024-12-16'`);
    await mover.query('COMMIT');
    expect(await decision).toMatchObject({ refusal: { refused: 'before-the-meeting' } });
    await moveMeeting(
      casework.api,
      await casework.person('cap.team'),
      'RAP-2024-12-16',
      { day: '2024-12-16', version: null },
      () => [],
    );
  });

  test('decided first: the move waits for the decision, and does not list the case', async () => {
    const [decided, waiting] = [await casework.flourishAtPanel(), await casework.flourishAtPanel()];
    const step = await casework.as('cap_worker');
    await step.query('BEGIN');
    await step.query(`SELECT begin_case($1, 'none', NULL)`, [decided]);
    const cap = await casework.person('cap.team');
    const move = moveMeeting(casework.api, cap, 'RAP-2024-12-16', { day: '2024-12-17', version: null }, () => []);
    await step.query(`UPDATE cases SET stage = 'send-pack', meeting = NULL, ahead = '{}', step = step + 1 WHERE reference = $1`, [
      decided,
    ]);
    await step.query('COMMIT');
    const moved = await move;
    if (moved === null || !('tell' in moved)) throw new Error('It was not moved');
    expect(moved.tell).toContain(waiting);
    expect(moved.tell).not.toContain(decided);

    const told = await entered(waiting, 'recalculate', {}, 'system', check);
    expect(told.state?.position).toMatchObject({ meeting: { id: 'RAP-2024-12-16', day: '2024-12-17' } });
    await moveMeeting(casework.api, cap, 'RAP-2024-12-16', { day: '2024-12-16', version: null }, () => []);
  });

  test('a step that lands a case while the calendar changes reads it again', async () => {
    const reference = await casework.draft('flourish');
    const command = await casework.handIn('school.alder', reference, 'submit', {}, submission);
    const mover = await casework.as('cap_api');
    await mover.query('BEGIN');
    await actAs(mover, 'cap.team', 'cap');
    await mover.query(`UPDATE meetings SET day = '2024-12-18', version = version + 1 WHERE id = 'RAP-2024-12-16'`);
    const submitted = casework.record(reference, command, submission);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await mover.query('COMMIT');
    expect((await submitted).state?.landing?.meetings['review-and-authorisation']?.day).toBe('2024-12-18');
    await moveMeeting(
      casework.api,
      await casework.person('cap.team'),
      'RAP-2024-12-16',
      { day: '2024-12-16', version: null },
      () => [],
    );
  });
});

test('a complete pack is held against the checks of the provider of its course as they are kept: a new one lets it go on (R104)', async () => {
  const cap = await casework.person('cap.team');
  const review = (passed: string, expires: string) =>
    saveCheck(casework.api, cap, 'TP-ONE', { kind: 'compliance-review', passed, expires }, { read: null, at: check });
  const reference = await casework.draft('tier-1-course');
  await casework.does('school.alder', reference, 'submit', {}, submission);
  await review('2024-06-03', '2024-10-25');
  const findsIt = () => casework.give('cap.team', reference, 'checkPack', { result: 'complete' }, check);
  expect((await findsIt()).refusal).toMatchObject({ rule: 'R104', field: 'result' });
  await review('2024-11-28', '2025-04-11');
  expect((await findsIt()).state).toMatchObject({ position: { stage: 'interview', host: 'provider:TP-ONE' } });
});

test('what no table keeps is refused, wherever it stands, so that nothing is lost in silence', async () => {
  const worker = await casework.as('cap_worker');
  const asked = (statement: string, rows: object) => worker.query(statement, [JSON.stringify(rows)]);
  const recordsRows = (rows: object) => asked('SELECT record_step($1)', rows);
  const keepsRows = (rows: object) => asked('SELECT keep_case($1)', rows);
  const reference = await casework.flourishAtPanel();
  const { rows } = await worker.query<{ row: { step: number } }>(
    'SELECT to_jsonb(cases) AS row FROM cases WHERE reference = $1',
    [reference],
  );
  const next = { ...rows[0]?.row, step: 3 };
  await expect(recordsRows({ reference, colour: 'red' })).rejects.toThrow('record_step does not know: colour');
  await expect(keepsRows({ case: next, colour: 'red' })).rejects.toThrow('keep_case does not know: colour');
  await expect(keepsRows({ case: { ...next, colour: 'red' } })).rejects.toThrow('cases does not know: colour');
  for (const [key, table] of [
    ['entries', 'timeline'],
    ['waits', 'case_waits'],
    ['viewers', 'case_viewers'],
    ['emails', 'emails'],
  ] as const) {
    await expect(recordsRows({ reference, [key]: [{ colour: 'red' }] })).rejects.toThrow(`${table} does not know: colour`);
  }
  await expect(recordsRows({ entered: { colour: 'red' } })).rejects.toThrow('commands does not know: colour');
  for (const [key, table] of [
    ['place', 'places'],
    ['application', 'applications'],
  ] as const) {
    await expect(keepsRows({ case: next, [key]: { colour: 'red' } })).rejects.toThrow(`${table} does not know: colour`);
  }
  expect(await casework.state(reference)).toMatchObject({ step: 2 });
});
