// How long things are kept (A14): the day, by birthdays and academic years; holds; drafts.
import {
  draftBounds,
  draftEmail,
  fallsDueBy,
  isErasedOn,
  latestBirthFallingDue,
  retentionOf,
  type RetentionFacts,
} from '../../domain/retention';
import { flourishApplication } from '../support/story';

const student = (changed: Partial<RetentionFacts> = {}): RetentionFacts => ({
  dateOfBirth: '2011-05-04',
  ...{ lookedAfter: false, ehcp: false, adopted: false, settled: '2025-07-01T09:00:00.000Z', held: false },
  ...changed,
});
const until = (changed: Partial<RetentionFacts>) => retentionOf(student(changed)).until;

test('a case is kept to the 25th birthday; born on 29 February, in a year without one, that is 1 March', () => {
  expect(until({})).toBe('2036-05-04');
  expect(until({ dateOfBirth: '2012-02-29' })).toBe('2037-03-01');
  expect(until({ dateOfBirth: '2011-02-28' })).toBe('2036-02-28');
});

test.each(['lookedAfter', 'ehcp', 'adopted'] as const)(
  'who was so (%s) is kept to the end of the academic year of the 31st birthday, whose last day is 31 August',
  (what) => {
    const to = (dateOfBirth: string) => until({ [what]: true, dateOfBirth });
    expect(to('2011-05-04')).toBe('2042-08-31');
    expect(to('2011-08-31')).toBe('2042-08-31');
    expect(to('2011-09-01')).toBe('2043-08-31');
    expect(to('2011-12-31')).toBe('2043-08-31');
    // In 2043 there is no 29 February, and both days are of one academic year.
    expect(to('2012-02-29')).toBe('2043-08-31');
  },
);

test('the class says why in words', () => {
  expect(retentionOf(student())).toMatchObject({ class: 'birthday', why: "Kept to the student's 25th birthday." });
  expect(retentionOf(student({ lookedAfter: true, ehcp: true }))).toMatchObject({
    class: 'longer',
    why: "Kept to the end of the academic year of the student's 31st birthday, for the student was looked after, had an Education, Health and Care Plan.",
  });
});

test('nothing is erased that did not stand on the list for sixty days, whatever was put right or lifted', () => {
  const late = student({ settled: '2036-05-01T09:00:00.000Z' });
  expect(retentionOf(late).until).toBe('2036-06-30');
  expect(fallsDueBy(late, '2036-05-01')).toBe(true);
  expect(isErasedOn(late, '2036-06-30')).toBe(false);
  expect(isErasedOn(late, '2036-07-01')).toBe(true);
});

test('it is erased on the day after the last one, and never while a hold stands', () => {
  expect(isErasedOn(student(), '2036-05-04')).toBe(false);
  expect(isErasedOn(student(), '2036-05-05')).toBe(true);
  expect(isErasedOn(student({ held: true }), '2036-05-05')).toBe(false);
  expect(fallsDueBy(student(), '2036-03-04')).toBe(false);
  expect(fallsDueBy(student(), '2036-03-05')).toBe(true);
});

test('nobody born later than is looked at can fall due', () => {
  expect(latestBirthFallingDue('2036-03-05')).toBe('2011-05-04');
});

test('a closed case is erased once, an open one never (A14)', () => {
  const due = student();
  const story = flourishApplication({ retention: due });
  const system = story.person('system');
  const erases = () => system.does('erase', {});
  story.school.submits().at('2036-05-05T02:00Z');
  expect(story.refusal(erases)).toMatchObject({ refused: 'not-now', rule: 'stage' });
  story.school.withdraws();
  expect(story.refusal(() => story.cap.does('erase', {}))).toMatchObject({ refused: 'not-yours' });
  erases();
  expect(story.state.position).toMatchObject({ stage: 'closed', because: 'withdrawn', erased: true });
  expect(story.refusal(erases)).toMatchObject({ refused: 'not-now' });
});

test.each([
  ['its day has not come', student(), '2036-05-04T02:00Z'],
  ['a hold stands', student({ held: true }), '2040-01-01T02:00Z'],
] as const)('a closed case is not erased while %s', (_why, retention, at) => {
  const story = flourishApplication({ retention });
  story.school.submits().school.withdraws().at(at);
  expect(story.refusal(() => story.person('system').does('erase', {}))).toMatchObject({ refused: 'not-due', rule: 'A14' });
});

test('a draft has 90 days without a change, and 14 after it was told of, in days of London', () => {
  expect(draftBounds('2025-07-01')).toEqual({
    tell: '2025-04-16T23:00:00.000Z', // of 16 April or before: 76 days
    saved: '2025-04-02T23:00:00.000Z', // of 2 April or before: 90 days
    told: '2025-06-17T23:00:00.000Z', // of 17 June or before: 14 days
  });
  const day = (saved: string) => draftEmail('school:SCH-A', saved, '2025-07-01').notices[0];
  expect(day('2025-04-16T22:59:00.000Z')).toMatchObject({ day: '2025-07-15' });
  expect(day('2024-09-02T09:00:00.000Z')).toMatchObject({ day: '2025-07-15' });
});
