// Which programmes fit a student, and why: by the rules that an application is held against.
import { intendedStart } from '../../domain/application';
import { fitOf, type EligibilityFacts, type Wish } from '../../domain/eligibility';
import { alreadyApplied } from '../../domain/load';
import { calendar2024 } from '../support/story';

const now = '2024-11-20T10:00:00.000Z';
const student = { dateOfBirth: '2011-05-04', yearsAbove: 0, ehcp: false };
const wish: Wish = { student, daysAWeek: null, schoolWeeks: null };
const facts: EligibilityFacts = { now, slas: ['2024-25'], others: [] };
const fit = (programme: string, wished: Partial<Wish> = {}, known: Partial<EligibilityFacts> = {}) =>
  fitOf(intendedStart(programme, now, { calendar: calendar2024, cycles: [] }), { ...wish, ...wished }, { ...facts, ...known });
const against = (...asked: Parameters<typeof fit>) =>
  fit(...asked)
    .reasons.filter(({ says }) => says === 'against')
    .map(({ rule }) => rule);

test('every school may apply for a course of Tier 1 (R8); schools with the SLA come first at Tier 2 (R10)', () => {
  expect(fit('tier-1-course', {}, { slas: [] })).toMatchObject({ fits: true });
  expect(fit('flourish').reasons).toContainEqual(expect.objectContaining({ says: 'for', rule: 'R10' }));
  expect(fit('flourish', {}, { slas: [] }).reasons).toContainEqual(expect.objectContaining({ says: 'know', rule: 'R10' }));
});

test('Refocus and Supported Transfer do not fit a school without the SLA of the year (R11, R12)', () => {
  for (const [programme, rule] of [
    ['refocus', 'R12'],
    ['supported-transfer', 'R11'],
  ] as const) {
    expect(against(programme)).toEqual([]);
    expect(against(programme, {}, { slas: ['2023-24'] })).toEqual([rule]);
  }
});

test('age (C30), year group (R85) and an open application for the same programme speak against it', () => {
  expect(against('tier-1-course', { student: { ...student, dateOfBirth: '2017-05-04' } })).toEqual(['C30']);
  expect(against('year-11-bespoke')).toEqual(['R85']);
  expect(against('year-11-bespoke', { student: { ...student, dateOfBirth: '2009-05-04' } })).toEqual([]);
  const others = [{ reference: 'CAP-2024-7K3QX9', programme: 'flourish', host: null, placement: null }];
  expect(alreadyApplied('flourish', others)).not.toBeNull();
  expect([against('flourish', {}, { others }), against('insight', {}, { others })]).toEqual([['ours'], []]);
});

test('a programme that takes more days or weeks than are wished for does not fit; one whose length is its course’s may', () => {
  expect([against('refocus', { daysAWeek: 3 }), against('refocus', { daysAWeek: 4 })]).toEqual([['R24'], []]);
  expect([against('flourish', { schoolWeeks: 11 }), against('flourish', { schoolWeeks: 12 })]).toEqual([['R24'], []]);
  expect(against('tier-1-course', { daysAWeek: 1, schoolWeeks: 6 })).toEqual([]);
});

test('what an application cannot be submitted without is said before it is begun', () => {
  const known = fit('refocus', { student: { ...student, ehcp: true } }).reasons.filter(({ says }) => says === 'know');
  expect(known.map(({ rule }) => rule)).toEqual(['R39', 'R13', 'A12']);
});

test('while nobody is named, nothing is said of the student', () => {
  expect(fit('year-11-bespoke', { student: null })).toMatchObject({ fits: true });
});

test('a programme is told in short: its days, its weeks, who decides', () => {
  expect(fit('insight').inShort).toBe('Up to 1 day a week, for 6 school weeks; no panel is needed.');
  expect(fit('year-11-bespoke').inShort).toBe(
    'Up to 2 days a week, as long as its course; it goes to the Review & Authorisation Panel.',
  );
});
