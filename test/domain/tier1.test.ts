// A Tier 1 course: no panel, the school arranges the interview (R52-R58).
import { tier1Application } from '../support/story';

test('a Tier 1 application goes from the check of the pack at once to the provider of its course, without a panel', () => {
  const story = tier1Application({ slas: [] });

  story.at('2024-10-01T10:00Z').school.submits();
  expect(story.state).toMatchObject({ programme: 'tier-1-course@2024-25', landing: null });

  story.at('2024-10-02T10:00Z').cap.findsThePackComplete();
  expect(story.state.position).toEqual({ stage: 'interview', host: 'provider:TP-ONE', booked: null, held: null });
  expect(story.told.slice(-2)).toEqual(['pack-for-provider to provider:TP-ONE', 'arrange-the-interview to school:SCH-A']);
  expect(story.wait).toMatchObject({ role: 'school', what: 'interview-booking', due: '2024-10-09T22:59:59.999Z' });
  expect(story.viewers).toEqual(['cap', 'audit', 'school:SCH-A', 'provider:TP-ONE']);

  expect(story.refusal(() => story.provider.booksTheInterview('2024-10-07T09:00Z'))).toMatchObject({ refused: 'not-yours' });
  story.school.booksTheInterview('2024-10-07T09:00Z');
  story.at('2024-10-07T10:00Z').provider.holdsTheInterview().provider.accepts();
  story.at('2024-10-08T10:00Z').school.confirmsTheStart('2024-11-04');
  expect(story.state.position).toMatchObject({ stage: 'placement', start: '2024-11-04', end: '2024-12-13' });

  expect(story.wait).toMatchObject({ role: 'provider', what: 'review', due: '2024-12-13T23:59:59.999Z' });
  story.at('2024-12-13T12:00Z').provider.reviews('2024-12-13');
  expect(story.refusal(() => story.cap.reviewsThePathway('2024-12-13'))).toMatchObject({ rule: 'R68', field: 'review' });
  expect(story.wait).toMatchObject({ role: 'cap', what: 'exit' });
  story.cap.recordsTheExit('home-school');
  expect(story.stage).toBe('closed');
});

test('CAP receives the pack and reviews it before anybody else is sent it (R53, R54)', () => {
  const story = tier1Application();
  story.at('2024-10-01T10:00Z').school.submits();
  expect(story.told).toEqual(['application-to-check to cap']);
  expect(story.wait).toMatchObject({ party: 'cap', what: 'pack-check' });
  expect(story.viewers).not.toContain('provider:TP-ONE');
  expect(story.refusal(() => story.school.findsThePackComplete())).toMatchObject({ refused: 'not-yours' });
  story.cap.findsThePackComplete();
  expect(story.told).toContain('pack-for-provider to provider:TP-ONE');
  expect(story.viewers).toContain('provider:TP-ONE');
});

test('the school arranges the interview, and the provider does not (R55)', () => {
  const story = tier1Application();
  story.at('2024-10-01T10:00Z').school.submits().cap.findsThePackComplete();
  expect(story.wait).toMatchObject({ party: 'school:SCH-A', what: 'interview-booking' });
  expect(story.refusal(() => story.provider.booksTheInterview('2024-10-07T09:00Z'))).toMatchObject({ refused: 'not-yours' });
  expect(story.school.booksTheInterview('2024-10-07T09:00Z').state.position).toMatchObject({
    booked: '2024-10-07T09:00:00.000Z',
  });
});

test("the provider's acceptance is sent to the school, which confirms the start date; nobody else does (R56, R57)", () => {
  const story = tier1Application();
  story.at('2024-10-01T10:00Z').school.submits().cap.findsThePackComplete();
  story.school.booksTheInterview('2024-10-07T09:00Z');
  story.at('2024-10-07T10:00Z').provider.holdsTheInterview();
  const before = story.told.length;
  story.provider.accepts();
  expect(story.told.slice(before)).toContain('confirm-start to school:SCH-A');
  expect(story.wait).toMatchObject({ party: 'school:SCH-A', what: 'start-date' });
  for (const other of [story.provider, story.cap]) {
    expect(story.refusal(() => other.confirmsTheStart('2024-11-04'))).toMatchObject({ refused: 'not-yours' });
  }
  expect(story.school.confirmsTheStart('2024-11-04').stage).toBe('placement');
});

test('a course of a year runs over terms and holidays', () => {
  const story = tier1Application({ course: { code: 'T1-CONSTRUCTION', provider: 'TP-ONE', schoolWeeks: 38 } });
  story.at('2024-09-02T10:00Z').school.submits().cap.findsThePackComplete();
  story.provider.holdsTheInterview().provider.accepts().school.confirmsTheStart('2024-09-02');
  expect(story.state.position).toMatchObject({ start: '2024-09-02', end: '2025-07-11' });
});

test('an application that names no course is not submitted', () => {
  const story = tier1Application({ course: null });
  expect(story.refusal(() => story.school.submits())).toMatchObject({ refused: 'not-eligible', rule: 'R107', field: 'course' });
});
