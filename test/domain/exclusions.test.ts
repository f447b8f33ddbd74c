// Suspensions and permanent exclusions by their rules alone (R4, R92).
import { exclusionProblems, spanEnded } from '../../domain/exclusions';
import { calendar2024, flourishBeforeItsPanel } from '../support/story';

/** Flourish from 13 January to 11 April 2025. */
function flourish() {
  const story = flourishBeforeItsPanel();
  story.at('2024-12-16T14:00Z').chair.approves().cap.sendsThePackTo('TP-ONE');
  story.at('2024-12-18T10:00Z').provider.holdsTheInterview().provider.accepts();
  return story.school.does('confirmStart', { start: '2025-01-13', weekdays: 'tue,thu' });
}

const suspension = { kind: 'suspension', sessions: 4, reason: 'DB' } as const;
const around = { day: '2025-01-13', today: '2025-01-14', born: '2011-05-04' };

test.each([
  ['a suspension of two days', suspension, {}, []],
  ['a permanent exclusion', { ...suspension, kind: 'permanent-exclusion', sessions: null }, {}, []],
  ['a suspension of half a day on the day itself', { ...suspension, sessions: 1 }, { day: '2025-01-14' }, []],
  ['a suspension as long as the law allows, from a Friday', { ...suspension, sessions: 90 }, { day: '2025-01-10' }, []],
  ['a suspension of no half day', { ...suspension, sessions: 0 }, {}, ['sessions']],
  ['a suspension without its half days', { ...suspension, sessions: null }, {}, ['sessions']],
  ['a suspension longer than the law allows in a year', { ...suspension, sessions: 91 }, {}, ['sessions']],
  ['a permanent exclusion with half days', { ...suspension, kind: 'permanent-exclusion' }, {}, ['sessions']],
  ['one from a day to come', suspension, { day: '2025-01-15' }, ['day']],
  ['one from a Saturday', suspension, { day: '2025-01-11' }, ['day']],
  ['one before the student was born', suspension, { day: '2011-05-04' }, ['day']],
] as const)('%s is recorded, or the field is named', (_what, words, other, fields) => {
  expect(exclusionProblems(words, { ...around, ...other }).map(({ field }) => field)).toEqual(fields);
});

test('a placement that ends has twelve school weeks on each side: holidays do not count', () => {
  const story = flourish();
  const before = story.state;
  expect(spanEnded(null, before, calendar2024)).toBeNull();
  story.at('2025-01-30T10:00Z').school.asksForWithdrawal({ last: '2025-02-03' });
  story.at('2025-02-03T10:00Z').cap.processesTheWithdrawal();
  expect(spanEnded(before, story.state, calendar2024)).toEqual({
    before_from: '2024-09-30',
    start: '2025-01-13',
    exit: '2025-02-03',
    until: '2025-05-16',
  });
});

test('the weeks after it begin with the first one that has a day of school after the last day: the week that ends with it is of the placement', () => {
  const story = flourish();
  const before = story.state;
  // Friday 11 April 2025, the last day of term: the twelfth week from 28 April, that of 26 May left out, is the Monday on which the summer term ends.
  story.at('2025-04-11T15:00Z').cap.recordsTheExit('ended-early');
  expect(spanEnded(before, story.state, calendar2024)).toMatchObject({ exit: '2025-04-11', until: '2025-07-21' });
});

test('a placement that ended before its start has none', () => {
  const story = flourish();
  const before = story.state;
  story.at('2025-01-06T10:00Z').school.withdraws();
  expect([story.state.position.stage, spanEnded(before, story.state, calendar2024)]).toEqual(['closed', null]);
});
