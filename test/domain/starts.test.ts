// Starts fall on a school day of a known term, and are corrected while they lie ahead (A24, C8).
import {
  calendar2024,
  flourishBeforeItsPanel,
  refocusBeforeTheMultiAgencyPanel,
  transferBeforeItsAllocation,
  type Story,
} from '../support/story';

/** Accepted by a provider in December 2024, for the cohort of 13 January 2025. */
function accepted(): Story {
  const story = flourishBeforeItsPanel();
  story.at('2024-12-16T14:00Z').chair.approves().cap.sendsThePackTo('TP-ONE');
  story.at('2024-12-17T10:00Z').provider.holdsTheInterview().provider.accepts();
  return story;
}

const starting = (start: string) => {
  const story = accepted();
  story.school.confirmsTheStart(start);
  return story;
};

test.each([
  ['a Saturday', '2025-01-18', 'weekend'],
  ['Christmas Day', '2024-12-25', 'closed'],
  ['a day in the holidays', '2024-12-30', 'holidays'],
  ['a day beyond the terms that are known', '2025-09-08', 'terms'],
])('no placement starts on %s', (_name, start, why) => {
  const story = accepted();
  const refusal = story.refusal(() => story.school.confirmsTheStart(start));
  expect(refusal).toMatchObject({ refused: 'wrong-value', rule: 'A24', field: 'start' });
  expect(refusal.message).toContain(why);
});

test('an end beyond the terms that are known is refused and never guessed', () => {
  const story = refocusBeforeTheMultiAgencyPanel();
  story.at('2024-12-17T14:00Z').secondChair.approves().academy.onboards();
  // Ten school weeks from 9 June 2025 go into a year whose terms nobody has entered.
  expect(story.refusal(() => story.school.confirmsTheStart('2025-06-09'))).toMatchObject({ rule: 'A24', field: 'start' });
});

test('a placement that the end of its term shortens is confirmed only by who knows it (C8)', () => {
  const story = accepted();
  // From 24 March to 11 April 2025 the spring term has three school weeks left.
  const refusal = story.refusal(() => story.school.confirmsTheStart('2025-03-24'));
  expect(refusal).toMatchObject({ rule: 'C8', field: 'shortened' });
  expect(refusal.message).toContain('3 of its 12 school weeks');
  story.school.does('confirmStart', { start: '2025-03-24', shortened: true });
  expect(story.state.position).toMatchObject({ end: '2025-04-11', schoolWeeks: 3 });
});

test('the school corrects a start before it comes: the end and the reviews follow', () => {
  const story = starting('2025-01-13');
  expect(story.offered('school:SCH-A')).toContain('correctStart');
  story.at('2025-01-10T10:00Z').school.does('correctStart', { start: '2025-01-20', shortened: true });
  // Twelve weeks from 20 January end after the term, which ends on 11 April: eleven are left.
  expect(story.state.position).toMatchObject({ stage: 'placement', start: '2025-01-20', end: '2025-04-11', schoolWeeks: 11 });
  expect(story.happened.at(-1)).toBe('startCorrected');
});

test('a corrected start lies ahead, is another day, and is a school day', () => {
  const story = starting('2025-01-13');
  story.at('2025-01-08T10:00Z');
  const corrected = (start: string) => story.refusal(() => story.school.does('correctStart', { start }));
  expect(corrected('2025-01-13')).toMatchObject({ refused: 'nothing-changed' });
  expect(corrected('2025-01-07')).toMatchObject({ rule: 'A24', field: 'start' });
  expect(corrected('2025-01-18')).toMatchObject({ rule: 'A24', field: 'start' });
  // The day itself is not past yet.
  story.school.does('correctStart', { start: '2025-01-08' });
  expect(story.state.position).toMatchObject({ start: '2025-01-08' });
});

test('once the first session has come the start stands', () => {
  const story = starting('2025-01-13');
  story.at('2025-01-13T10:00Z');
  const late = story.refusal(() => story.school.does('correctStart', { start: '2025-01-20' }, ['reason']));
  expect(late).toMatchObject({ refused: 'not-now', rule: 'A24' });
});

test('a Refocus that starts on the Monday at its home school is corrected on that day with a reason: the first session is on Tuesday', () => {
  const story = refocusBeforeTheMultiAgencyPanel();
  story.at('2024-12-17T14:00Z').secondChair.approves().academy.onboards().school.confirmsTheStart('2025-01-27');
  story.at('2025-01-27T08:00Z');
  const correct = (texts: string[]) => story.school.does('correctStart', { start: '2025-02-03' }, texts);
  expect(story.refusal(() => correct([]))).toMatchObject({ refused: 'reason-needed', rule: 'A24', field: 'reason' });
  correct(['reason']);
  expect(story.state.position).toMatchObject({ start: '2025-02-03' });
  story.at('2025-02-04T08:00Z');
  expect(story.refusal(() => story.school.does('correctStart', { start: '2025-02-10' }, ['reason']))).toMatchObject({
    refused: 'not-now',
  });
});

test('a start that is corrected into another term takes its place there (R13)', () => {
  const story = refocusBeforeTheMultiAgencyPanel();
  story.at('2024-12-17T14:00Z').secondChair.approves().academy.onboards().school.confirmsTheStart('2025-01-27');
  expect(story.state.place).toMatchObject({ term: 'spring' });
  story.school.does('correctStart', { start: '2025-05-06' });
  expect(story.state).toMatchObject({ place: { term: 'summer' }, position: { end: '2025-07-18' } });
});

test('terms that are entered later let a refused start through', () => {
  const story = accepted();
  story.plan({ calendar: { ...calendar2024, halfTerms: [] } });
  expect(story.refusal(() => story.school.confirmsTheStart('2025-01-13'))).toMatchObject({ rule: 'A24' });
  story.plan({ calendar: calendar2024 }).school.confirmsTheStart('2025-01-13');
  expect(story.stage).toBe('placement');
});

test('the provider hears of a corrected start with its days, the school that corrected it does not', () => {
  const story = starting('2025-01-13');
  const before = story.told.length;
  story.school.does('correctStart', { start: '2025-01-20', shortened: true });
  expect(story.told.slice(before)).toEqual(['start-corrected to provider:TP-ONE']);
});

test('until its start a placement offers nobody what its start alone permits: a review, an exit, to the school a withdrawal by way of CAP', () => {
  const story = starting('2025-01-13').at('2025-01-08T10:00Z');
  const offered = () => ({
    school: story.offered('school:SCH-A').filter((kind) => kind === 'askWithdrawal'),
    host: story.offered('provider:TP-ONE').filter((kind) => kind === 'askWithdrawal' || kind === 'holdReview'),
    cap: story.offered('cap').filter((kind) => kind === 'recordExit' || kind === 'holdReview'),
  });
  expect(offered()).toEqual({ school: [], host: ['askWithdrawal'], cap: [] });
  story.at('2025-01-13T08:00Z');
  expect(offered()).toEqual({
    school: ['askWithdrawal'],
    host: ['askWithdrawal', 'holdReview'],
    cap: ['holdReview', 'recordExit'],
  });
});

test('a correction is offered as long as it is taken: to the first session, which is on the first of the days that were agreed (A24)', () => {
  const story = accepted();
  story.school.does('confirmStart', { start: '2025-01-13', weekdays: 'wed,thu' });
  const correct = (texts: string[]) => story.school.does('correctStart', { start: '2025-01-20', shortened: true }, texts);
  story.at('2025-01-14T08:00Z');
  expect(story.offered('school:SCH-A')).toContain('correctStart');
  expect(story.refusal(() => correct([]))).toMatchObject({ refused: 'reason-needed', field: 'reason' });
  story.at('2025-01-15T08:00Z');
  expect(story.offered('school:SCH-A')).not.toContain('correctStart');
  expect(story.refusal(() => correct(['reason']))).toMatchObject({ refused: 'not-now', rule: 'A24' });
  const monday = starting('2025-01-13').at('2025-01-13T08:00Z');
  expect(monday.offered('school:SCH-A')).not.toContain('correctStart');
});

/** The terms of 2024-25, and made-up ones of the autumn and spring after it. */
const withNextYear = {
  ...calendar2024,
  halfTerms: [
    ...calendar2024.halfTerms,
    { academicYear: '2025-26', term: 'autumn', half: 1, firstDay: '2025-09-01', lastDay: '2025-10-24' },
    { academicYear: '2025-26', term: 'autumn', half: 2, firstDay: '2025-11-03', lastDay: '2025-12-19' },
    { academicYear: '2025-26', term: 'spring', half: 1, firstDay: '2026-01-05', lastDay: '2026-02-13' },
  ],
} as const;

/** Approved in December 2024, with no start confirmed yet, by a school that has the SLA of these years. */
const approvedFor = {
  'a Refocus': (slas: readonly string[]) => {
    const story = refocusBeforeTheMultiAgencyPanel({ slas, calendar: withNextYear });
    story.at('2024-12-17T14:00Z').secondChair.approves().academy.onboards();
    return story;
  },
  'a Supported Transfer': (slas: readonly string[]) => {
    const story = transferBeforeItsAllocation({ slas, calendar: withNextYear });
    story.at('2024-12-19T14:00Z').heads.allocates('SCH-B');
    return story;
  },
};

test.each([
  ['a Refocus', 'R12'],
  ['a Supported Transfer', 'R11'],
] as const)('%s that starts in another year needs the SLA of that year, confirmed or corrected (%s)', (name, rule) => {
  const without = approvedFor[name](['2024-25']).at('2025-06-09T10:00Z');
  const refusal = without.refusal(() => without.school.confirmsTheStart('2025-09-08'));
  expect(refusal).toMatchObject({ refused: 'wrong-value', rule, field: 'start' });
  expect(refusal.message).toContain('in 2025-26 is for schools with a Service Level Agreement for that year');
  without.school.does('confirmStart', { start: '2025-06-16', shortened: true });
  const moved = () => without.school.does('correctStart', { start: '2025-09-08' });
  expect(without.refusal(moved)).toMatchObject({ refused: 'wrong-value', rule, field: 'start' });

  const bought = approvedFor[name](['2024-25', '2025-26']).at('2025-06-09T10:00Z');
  bought.school
    .does('confirmStart', { start: '2025-06-16', shortened: true })
    .school.does('correctStart', { start: '2025-09-08' });
  expect(bought.state.position).toMatchObject({ start: '2025-09-08' });
});

test('a programme that is open to every school starts in the next year whatever SLA its school has (R10)', () => {
  const story = flourishBeforeItsPanel({ slas: [], calendar: withNextYear });
  story.at('2024-12-16T14:00Z').chair.approves().cap.sendsThePackTo('TP-ONE');
  story.at('2025-06-09T10:00Z').provider.holdsTheInterview().provider.accepts().school.confirmsTheStart('2025-09-08');
  expect(story.state.position).toMatchObject({ start: '2025-09-08' });
});
