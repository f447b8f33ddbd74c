// What is counted of a case as it happens (R4, A20).
import { countedIn, medianOf } from '../../domain/numbers';
import { flourishBeforeItsPanel } from '../support/story';

test('an outcome counts in the academic year in which it was issued, as in time or late (R71)', () => {
  const counted = (at: string) => {
    const story = flourishBeforeItsPanel();
    const before = story.state;
    story.at(at).chair.approves();
    return countedIn(before, story.eventsOf('outcomeIssued'), story.state, before.since);
  };
  // The panel meets on Monday 16 December: three working days later it is the 19th.
  expect(counted('2024-12-19T23:30Z')).toEqual([{ year: '2024-25', what: 'outcome', of: 'in-time', bySchool: false }]);
  expect(counted('2024-12-19T23:59:59.999Z')).toEqual([{ year: '2024-25', what: 'outcome', of: 'in-time', bySchool: false }]);
  expect(counted('2024-12-20T00:00Z')).toEqual([{ year: '2024-25', what: 'outcome', of: 'late', bySchool: false }]);
  expect(counted('2024-12-20T10:00Z')).toEqual([{ year: '2024-25', what: 'outcome', of: 'late', bySchool: false }]);
});

test('an end counts once, by how the case ended', () => {
  const story = flourishBeforeItsPanel();
  const before = story.state;
  story.school.withdraws();
  expect(countedIn(before, story.eventsOf('withdrawn'), story.state, before.since)).toEqual([
    { year: '2024-25', what: 'closed', of: 'withdrawn', bySchool: false },
  ]);
  expect(countedIn(story.state, [], story.state, before.since)).toEqual([]);
});

test('the median is the middle of what was counted, however often each number came', () => {
  const of = (...times: [value: number, count: number][]) => medianOf(times.map(([value, count]) => ({ value, count })));
  expect(of()).toBeNull();
  expect(of([7, 1])).toBe(7);
  expect(of([40, 1], [10, 3])).toBe(10);
  expect(of([10, 2], [40, 2])).toBe(25);
  expect(of([100, 1], [1, 1], [3, 1])).toBe(3);
});
