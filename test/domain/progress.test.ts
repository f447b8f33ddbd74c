// What a host notes of progress and behaviour, by its rules alone (R97).
import { missingWords, progressProblem, readsProgress, weeksOfPlacement, writesProgress } from '../../domain/progress';
import type { Party } from '../../domain/words';
import { calendar2024, flourishBeforeItsPanel } from '../support/story';

/** Flourish on Tuesdays and Thursdays, from 13 January to 11 April 2025. */
function flourish() {
  const story = flourishBeforeItsPanel();
  story.at('2024-12-16T14:00Z').chair.approves().cap.sendsThePackTo('TP-ONE');
  story.at('2024-12-18T10:00Z').provider.holdsTheInterview().provider.accepts();
  return story.school.does('confirmStart', { start: '2025-01-13', weekdays: 'tue,thu' });
}

test('a placement has its school weeks so far, without holidays, and none before its start', () => {
  const { state } = flourish();
  expect(weeksOfPlacement(state, '2025-01-10', calendar2024)).toEqual([]);
  expect(weeksOfPlacement(state, '2025-01-21', calendar2024)).toEqual(['2025-01-20', '2025-01-13']);
  const all = weeksOfPlacement(state, '2025-06-01', calendar2024);
  expect([all.length, all[0], all.includes('2025-02-17')]).toEqual([12, '2025-04-07', false]);
});

test('a placement whose exit is recorded later than it ended has no weeks after its end', () => {
  const { state } = flourish();
  const ended = {
    stage: 'closed',
    because: 'home-school',
    host: 'provider:TP-ONE',
    start: '2025-01-13',
    end: '2025-04-11',
  } as const;
  const recorded = { ...state, position: ended, since: '2025-05-08T10:00:00.000Z' };
  expect(weeksOfPlacement(recorded, '2025-06-01', calendar2024)[0]).toBe('2025-04-07');
});

test.each([
  ['its host in the week', 'provider:TP-ONE', '2025-01-20', '2025-01-22', false, null],
  ['its host weeks later', 'provider:TP-ONE', '2025-01-20', '2025-03-20', true, null],
  ['its host of the last week, five working days after the end', 'provider:TP-ONE', '2025-04-07', '2025-04-22', false, null],
  ['its host when that is over', 'provider:TP-ONE', '2025-04-07', '2025-04-23', true, 'tell CAP'],
  ['its host of a week to come', 'provider:TP-ONE', '2025-01-27', '2025-01-22', false, 'no school week of the placement'],
  ['its host of a holiday', 'provider:TP-ONE', '2025-02-17', '2025-02-26', false, 'no school week of the placement'],
  ['its host of a Tuesday', 'provider:TP-ONE', '2025-01-21', '2025-01-22', false, 'named by its Monday: Monday 20 January 2025'],
  ['CAP what is written, long after', 'cap', '2025-01-20', '2026-01-22', true, null],
  ['CAP what is not written', 'cap', '2025-01-20', '2025-01-22', false, 'The host writes'],
  ['another host', 'provider:TP-TWO', '2025-01-20', '2025-01-22', true, 'The host writes'],
] as const)('a week is noted by %s', (_who, party, week, today, isWritten, problem) => {
  const person = { parties: [party] };
  const found = progressProblem(flourish().state, { week, isWritten, person }, { today, calendar: calendar2024 });
  expect(found?.message ?? null).toEqual(problem === null ? null : expect.stringContaining(problem));
});

test('a host writes of a placement that ended early for five working days more', () => {
  const story = flourish();
  story.at('2025-01-30T10:00Z').school.asksForWithdrawal({ last: '2025-02-03' });
  story.at('2025-02-03T10:00Z').cap.processesTheWithdrawal();
  const by = (today: string) =>
    progressProblem(
      story.state,
      { week: '2025-01-27', isWritten: false, person: { parties: ['provider:TP-ONE'] } },
      { today, calendar: calendar2024 },
    )?.message ?? null;
  expect([story.state.position.stage, by('2025-02-10'), by('2025-02-11')]).toEqual([
    'closed',
    null,
    expect.stringContaining('tell CAP'),
  ]);
});

test('the home school, the host and CAP read, the host and CAP write, and a panel does neither', () => {
  const sides = { school: 'SCH-A', host: 'provider:TP-ONE' };
  const may = (party: Party) => [readsProgress({ parties: [party] }, sides), writesProgress({ parties: [party] }, sides)];
  expect(may('school:SCH-A')).toEqual([true, false]);
  expect([may('provider:TP-ONE'), may('cap')]).toEqual([
    [true, true],
    [true, true],
  ]);
  for (const party of ['panel:review-and-authorisation', 'member:review-and-authorisation', 'audit', 'school:SCH-B'] as const)
    expect([party, may(party)]).toEqual([party, [false, false]]);
});

test('of who is behind or unsettled words are needed', () => {
  const said = { progress: 'behind', progressWords: '', behaviour: 'unsettled', behaviourWords: '' } as const;
  expect(missingWords(said).map(({ field }) => field)).toEqual(['progressWords', 'behaviourWords']);
  expect(missingWords({ ...said, progress: 'ahead', behaviour: 'mostly-settled' })).toEqual([]);
});
