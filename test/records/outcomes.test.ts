// What the outcome document of the second panel has of the first one: the conditions with which it supported the application (R73, A23); and what a panel must know to decide.
import { readOutcome } from '../../records/cases';
import { recordMeetingStep } from '../../records/meetingStep';
import { readMinutes, readPrepared } from '../../records/minutes';
import { check, firstPanel, later, openCasework, secondPanel, submission, type Casework } from './casework';

let casework: Casework;
beforeAll(async () => (casework = await openCasework()));
afterAll(() => casework.stop());

const conditions = 'A family support worker is named.';
const withConditions = { outcome: 'approve-with-conditions', conditionsBy: '2025-01-20' } as const;

async function atFirstPanel(): Promise<string> {
  const reference = await casework.draft('refocus');
  await casework.does('school.alder', reference, 'submit', {}, submission);
  await casework.does('cap.team', reference, 'checkPack', { result: 'complete' }, check);
  return reference;
}
const supports = (reference: string) =>
  casework.does('chair.review', reference, 'panelDecision', withConditions, firstPanel, { reasons: 'It fits.', conditions });
/** The same by a signal, where no words travel. */
async function typed(reference: string): Promise<void> {
  const id = `${reference}.typed`;
  const asked = { id, kind: 'panelDecision', body: withConditions, person: 'chair.review' } as const;
  const { result } = await casework.record(reference, { ...asked, source: 'temporal', seal: { once: id } }, firstPanel);
  expect(result).toBe('recorded');
}
const approves = (reference: string) =>
  casework.does('chair.multiagency', reference, 'panelDecision', { outcome: 'approve' }, secondPanel, { reasons: 'Agreed.' });
const setBefore = async (reference: string) =>
  (await readOutcome(casework.api, await casework.person('school.alder'), reference))?.conditionsBefore;

test('the document says what the first panel asked for and by when, though the second one asks for nothing', async () => {
  const reference = await atFirstPanel();
  await supports(reference);
  await approves(reference);
  expect(await setBefore(reference)).toEqual({ panel: 'review-and-authorisation', text: conditions, by: '2025-01-20' });
});

test('it says nothing of it where the first panel set none, or took its decision back', async () => {
  const plain = await casework.refocusAtSecondPanel();
  await approves(plain);
  expect(await setBefore(plain)).toBeNull();

  const again = await atFirstPanel();
  await supports(again);
  await casework.does('chair.review', again, 'takeBackDecision', {}, firstPanel, { reasons: 'The wrong case.' });
  await casework.does('chair.review', again, 'panelDecision', { outcome: 'approve' }, firstPanel, { reasons: 'It fits.' });
  await approves(again);
  expect(await setBefore(again)).toBeNull();
});

test('conditions that were owed, because the decision came where no words travel, stand in it once they are written', async () => {
  const reference = await atFirstPanel();
  await typed(reference);
  await approves(reference);
  expect(await setBefore(reference)).toEqual({ panel: 'review-and-authorisation', text: '', by: '2025-01-20' });
  const words = { reasons: 'It fits.', conditions };
  await casework.does('chair.review', reference, 'giveReasons', {}, later, words);
  expect(await setBefore(reference)).toEqual({ panel: 'review-and-authorisation', text: conditions, by: '2025-01-20' });
});

test('so do the words of a decision at a meeting stand in its minutes, and in what is prepared for the next panel', async () => {
  const meeting = 'RAP-2024-12-16';
  const begins = { id: `${meeting}.convene`, kind: 'convene', body: {}, person: 'system', source: 'system' } as const;
  await recordMeetingStep(casework.worker, { reference: meeting, now: submission, asked: begins });
  const reference = await atFirstPanel();
  await typed(reference);
  const words = { reasons: 'It fits.', conditions };
  await casework.does('chair.review', reference, 'giveReasons', {}, firstPanel, words);
  const minutes = await readMinutes(casework.api, await casework.person('chair.review'), meeting);
  expect(minutes?.decisions.find((each) => each.case === reference)?.decision).toMatchObject({
    ...{ kind: 'wentOn', texts: words, conditionsBy: '2025-01-20' },
  });
  const prepared = await readPrepared(casework.api, await casework.person('chair.multiagency'), [reference]);
  expect(prepared).toMatchObject([{ conditions: true, texts: words }]);
});

test('for a panel that meets after the summer it is known in which year group the student is by then (R85)', async () => {
  const student = await casework.student('school.alder', { dateOfBirth: '2009-05-04' });
  const reference = await casework.draft('year-11-bespoke', 'school.alder', {}, submission, student);
  await casework.does('school.alder', reference, 'submit', {}, submission);
  await casework.does('cap.team', reference, 'checkPack', { result: 'complete' }, check);
  const body = { outcome: 'approve', outsideMeeting: true } as const;
  const { refusal } = await casework.give('chair.review', reference, 'panelDecision', body, '2025-09-22T14:00:00.000Z', {
    reasons: 'It could not be decided before.',
  });
  expect(refusal).toMatchObject({ rule: 'R85', field: 'outcome' });
});
