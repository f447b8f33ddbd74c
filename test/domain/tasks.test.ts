// What a placement asks for while it runs: reports, plans, a training, a monitoring officer (R67, R79, R83, R96, R99). From 2026-27 on.
import { programmeCodes, programmeFor } from '../../domain/programmes';
import { placementIn } from '../../domain/route';
import { titleOfWait } from '../../domain/waits';
import { courseOf2026, refocusOf2026 } from '../support/story';

const tasksOf = (story: ReturnType<typeof courseOf2026>) =>
  story.waits.flatMap(({ what, subject, party, due }) => (what === 'task' ? [[subject, party, due.slice(0, 10)]] : []));

test('each programme names its own', () => {
  const codes = programmeCodes.map((code) => [
    code,
    (placementIn(programmeFor(code, '2026-27').route).tasks ?? []).map((task) => task.code),
  ]);
  expect(Object.fromEntries(codes)).toEqual({
    'tier-1-course': ['monitoring-officer', 'termly-report'],
    insight: ['monitoring-officer', 'termly-report'],
    flourish: ['monitoring-officer', 'termly-report', 'final-report', 'my-support-plan'],
    'supported-transfer': [],
    refocus: ['bespoke-plan', 'staff-training'],
    'year-11-bespoke': [],
    'tier-4': [],
  });
});

test('CAP assigns a monitoring officer by the start (R96), the provider reports by the end of the term or of the course (R99)', () => {
  // Six school weeks from 14 September, the half-term from 26 October left out, end on 23 October.
  expect(tasksOf(courseOf2026(6))).toEqual([
    ['monitoring-officer', 'cap', '2026-09-14'],
    ['termly-report', 'provider:TP-ONE', '2026-10-23'],
  ]);
});

test('a report comes each term, with a clock of its own each time (R99)', () => {
  const story = courseOf2026(20);
  expect(tasksOf(story).at(-1)).toEqual(['termly-report', 'provider:TP-ONE', '2026-12-18']);
  const ringsOf = () => story.letTheClockRun().flatMap(({ did }) => did.filter((each) => each.endsWith('task')));
  story.at('2026-09-10T10:00Z').cap.does('nameMonitoringOfficer', { officer: 'cap.team' });
  story.at('2026-12-18T23:59:59.999Z').theClockRings();
  const reported = (on: string) => story.at(`${on}T12:00Z`).provider.does('recordTask', { task: 'termly-report', on });
  reported('2026-12-21');
  expect(story.eventsOf('reminded').map(({ what }) => what)).toContain('task');
  // Twenty school weeks, half-terms and Christmas left out, end on 26 February, before the spring term does.
  expect(tasksOf(story)).toEqual([['termly-report', 'provider:TP-ONE', '2027-02-26']]);
  expect(ringsOf()).toEqual(['reminded task', 'escalated task']);
  reported('2027-03-03');
  expect(tasksOf(story)).toEqual([]);
});

test('the AP Academy makes its plan in two school weeks (R79) and trains a member of staff before the return (R83)', () => {
  // From Monday 5 October: two weeks end on 16 October; the seven weeks at the Academy on 27 November, half-term left out.
  expect(tasksOf(refocusOf2026())).toEqual([
    ['bespoke-plan', 'provider:AP-ACADEMY', '2026-10-16'],
    ['staff-training', 'provider:AP-ACADEMY', '2026-11-27'],
  ]);
});

test('each is named by the title that its programme gives it, on pages and in the Web UI', () => {
  const story = refocusOf2026();
  const titles = story.waits.map((wait) => titleOfWait(wait, story.state.programme));
  expect(titles).toEqual(
    expect.arrayContaining([
      'Assessment and bespoke plan',
      'A member of staff of the home school is trained',
      'the notice to the parents',
    ]),
  );
});

test('every task comes before the exit, unless the placement ends early (R67)', () => {
  const story = courseOf2026(6);
  story.at('2026-10-23T15:00Z');
  expect(story.refusal(() => story.cap.recordsTheExit('home-school'))).toMatchObject({ rule: 'R96', field: 'destination' });
  story.cap.does('nameMonitoringOfficer', { officer: 'cap.team' });
  expect(story.refusal(() => story.cap.recordsTheExit('home-school'))).toMatchObject({ rule: 'R99' });
  story.provider.does('recordTask', { task: 'termly-report', on: '2026-10-23' });
  story.cap.recordsTheExit('home-school');
  expect(story.stage).toBe('closed');

  const early = courseOf2026(6).at('2026-09-21T10:00Z');
  early.cap.recordsTheExit('ended-early');
  expect([early.stage, early.state.matters]).toEqual(['closed', []]);
});

test('a task is recorded by whose it is, on its day or after it, in words, and is one of those that are open', () => {
  const story = courseOf2026(6).at('2026-09-16T10:00Z');
  const record = (task: string, on: string, texts?: null) => () => story.provider.does('recordTask', { task, on }, texts);
  expect(story.refusal(record('termly-report', '2026-09-17'))).toMatchObject({ rule: 'R99', field: 'on' });
  expect(story.refusal(record('termly-report', '2026-09-11'))).toMatchObject({ rule: 'R99', field: 'on' });
  expect(story.refusal(record('termly-report', '2026-09-16', null))).toMatchObject({ refused: 'reason-needed', field: 'note' });
  expect(story.refusal(record('monitoring-officer', '2026-09-16'))).toMatchObject({ refused: 'wrong-value', field: 'task' });
  expect(story.refusal(record('staff-training', '2026-09-16'))).toMatchObject({ refused: 'wrong-value', field: 'task' });
  // The first day of the placement is one of it.
  record('termly-report', '2026-09-14')();
});
