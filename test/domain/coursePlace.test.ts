// A course with few places: who is accepted when none is left waits in line for one (A9, R10, C2).
import type { CoursePlaces } from '../../domain/facts';
import { insightApplication, tier1Application, year11Application } from '../support/story';

const full = { course: 'T1-BICYCLES', left: 0, hasSla: true } satisfies CoursePlaces;
const free = { ...full, left: 1 };

/** An accepted application. */
function accepted(programme: 'tier-1-course' | 'insight', coursePlaces?: CoursePlaces) {
  const begins = programme === 'insight' ? insightApplication : tier1Application;
  const told = begins(coursePlaces ? { coursePlaces } : {});
  told.at('2024-11-04T10:00Z').school.submits().cap.findsThePackComplete();
  return told.at('2024-11-18T10:00Z').provider.holdsTheInterview().provider.accepts();
}
const emailsOf = (told: ReturnType<typeof accepted>) => told.emails.map(({ to, notices }) => [to, notices[0].template]);

test('a place is taken with the acceptance, and the school confirms the start', () => {
  const told = accepted('tier-1-course', free);
  expect(told.state.coursePlace).toMatchObject({ course: 'T1-BICYCLES', waiting: false });
  expect(emailsOf(told)).toContainEqual(['school:SCH-A', 'confirm-start']);
});

test('a course without a limit takes none', () => {
  expect(accepted('tier-1-course').state.coursePlace ?? null).toBeNull();
});

test('accepted when none is left, the case waits in line: the school is told, and confirms no start until it has a place', () => {
  const told = accepted('tier-1-course', full);
  expect(told.state.coursePlace).toMatchObject({ waiting: true, priority: 1 });
  // Ten working days from Monday 18 November.
  expect(told.waits).toMatchObject([{ what: 'course-place', party: 'cap', due: '2024-12-02T23:59:59.999Z' }]);
  expect(told.offered('school:SCH-A')).not.toContain('confirmStart');
  expect(emailsOf(told)).toContainEqual(['school:SCH-A', 'course-full']);
  expect(emailsOf(told)).not.toContainEqual(['school:SCH-A', 'confirm-start']);
  expect(told.refusal(() => told.school.does('confirmStart', { start: '2024-12-02' }))).toMatchObject({
    refused: 'no-place',
    rule: 'A9',
  });
});

test.each([
  ['insight', true, 0],
  ['insight', false, 1],
  ['tier-1-course', true, 1],
] as const)(
  'in the line for %s a school with an SLA (%s) has priority %i: first in Tier 2 alone (R10)',
  (programme, hasSla, priority) => {
    expect(accepted(programme, { ...full, hasSla }).state.coursePlace).toMatchObject({ waiting: true, priority });
  },
);

test('the place that becomes free is taken when its turn has come, and the start can be confirmed', () => {
  const told = accepted('tier-1-course', full);
  told.coursePlaces(full);
  told.at('2024-11-19T10:00Z').recalculates();
  expect(told.state.coursePlace).toMatchObject({ waiting: true });
  told.coursePlaces(free);
  told.at('2024-11-20T10:00Z').recalculates();
  expect(told.state.coursePlace).toMatchObject({ waiting: false });
  expect(told.waits.map(({ what }) => what)).toEqual(['start-date']);
  expect(emailsOf(told)).toContainEqual(['school:SCH-A', 'confirm-start']);
});

test('who stood in line has the days to confirm a start from when the place became free, and starts no earlier (A9, R57)', () => {
  const told = accepted('tier-1-course', full);
  told.coursePlaces(free);
  told.at('2024-12-04T10:00Z').recalculates();
  // Five working days from Wednesday 4 December, not from the acceptance on 18 November.
  expect(told.wait).toMatchObject({ what: 'start-date', due: '2024-12-11T23:59:59.999Z' });
  expect(told.refusal(() => told.school.confirmsTheStart('2024-12-03'))).toMatchObject({
    ...{ rule: 'A9', field: 'start' },
    message: expect.stringContaining('4 December'),
  });
  told.school.confirmsTheStart('2024-12-04');
  expect(told.stage).toBe('placement');
});

test('a place, and a place in the line, is given back when the case ends', () => {
  for (const left of [full, free]) {
    const told = accepted('tier-1-course', left);
    told.school.withdraws();
    expect(told.state.coursePlace).toBeNull();
    expect(told.state.matters).toEqual([]);
  }
});

test('CAP sends the pack of a case in line to another provider, which interviews in its turn; the line is left', () => {
  const other = { code: 'T1-CATERING', provider: 'TP-TWO', schoolWeeks: 12 };
  const told = tier1Application({ coursePlaces: full, courses: [other] });
  told.at('2024-11-04T10:00Z').school.submits().cap.findsThePackComplete();
  told.at('2024-11-18T10:00Z').provider.holdsTheInterview().provider.accepts();
  expect(told.offered('cap')).toContain('sendPack');
  told.cap.does('sendPack', { provider: 'TP-TWO', course: 'T1-CATERING' });
  expect(told.state).toMatchObject({
    ...{ course: other, coursePlace: null, matters: [] },
    position: { stage: 'interview', host: 'provider:TP-TWO', booked: null, held: null },
  });
  expect(told.wait).toMatchObject({ party: 'school:SCH-A', what: 'interview-booking' });
  expect(told.told.slice(-3)).toEqual([
    ...['pack-for-provider to provider:TP-TWO', 'pack-for-another to provider:TP-ONE', 'sent-elsewhere to school:SCH-A'],
  ]);
  told.coursePlaces({ ...free, course: 'T1-CATERING' });
  told.otherProvider.holdsTheInterview().otherProvider.accepts().school.confirmsTheStart('2024-12-02');
  expect(told.state).toMatchObject({ coursePlace: { course: 'T1-CATERING', waiting: false }, position: { stage: 'placement' } });
});

test('a case that CAP sends to another course before its start takes a place there, or stands in the line of that one (A9, A25)', () => {
  const courses = [
    { code: 'Y11-WORKSHOP', provider: 'TP-ONE', schoolWeeks: 12 },
    { code: 'Y11-OUTDOORS', provider: 'TP-TWO', schoolWeeks: 6 },
  ];
  for (const left of [0, 1]) {
    const told = year11Application({ courses });
    told.at('2024-12-02T10:00Z').school.submits();
    told.at('2024-12-03T10:00Z').cap.findsThePackComplete();
    told.at('2024-12-16T14:00Z').chair.approves().coursePlaces({ course: 'Y11-OUTDOORS', left, hasSla: true });
    told.cap.does('sendPack', { provider: 'TP-TWO', course: 'Y11-OUTDOORS' });
    expect(told.state.coursePlace).toMatchObject({ course: 'Y11-OUTDOORS', waiting: left === 0 });
    const heard = told.emails.findLast(({ to }) => to === 'school:SCH-A');
    expect(heard?.notices.map(({ template }) => template)).toEqual(['sent-elsewhere', ...(left === 0 ? ['course-full'] : [])]);
  }
});

test('who has a place on the course is not sent elsewhere: the provider that accepted has the student', () => {
  const told = accepted('tier-1-course', free);
  expect(told.offered('cap')).not.toContain('sendPack');
});
