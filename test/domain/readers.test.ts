// Who is told of what happens beside the stages, and nobody is left out: the home school, the host, CAP, the panel on whose agenda a case is.
import {
  flourishBeforeItsPanel,
  insightBeforeItsStart,
  refocusApplication,
  story,
  tier1Application,
  type Story,
} from '../support/story';

/** What is told of what is done, each e-mail as "template to reader", in the order of the alphabet. */
function told(tale: Story, does: () => unknown): string[] {
  const before = tale.told.length;
  does();
  return tale.told.slice(before).sort();
}

/** A Flourish placement from 13 January to 11 April 2025, on 3 February. */
function running(): Story {
  const tale = flourishBeforeItsPanel({
    people: [
      { person: 'worker.one', parties: ['school:SCH-A'] },
      { person: 'officer.one', parties: ['cap'] },
    ],
  });
  tale.at('2024-12-16T14:00Z').chair.approves().cap.sendsThePackTo('TP-ONE');
  tale.at('2024-12-18T10:00Z').provider.holdsTheInterview().provider.accepts();
  tale.school.does('confirmStart', { start: '2025-01-13', weekdays: 'tue,thu' });
  return tale.at('2025-02-03T10:00Z');
}

test('an agreement that CAP records as withdrawn is told to the school and to who has the student (A13)', () => {
  const tale = running();
  const on = '2025-02-03';
  expect(told(tale, () => tale.cap.does('withdrawAgreement', { agreement: 'early-help', on }))).toEqual([
    'agreement-withdrawn to provider:TP-ONE',
    'agreement-withdrawn to school:SCH-A',
  ]);
});

test('an agreement that is given anew is told to CAP, and to the panel before which the case is (A13)', () => {
  const tale = flourishBeforeItsPanel();
  const early = { agreement: 'early-help', on: '2024-12-03' } as const;
  tale.school.does('withdrawAgreement', early);
  expect(told(tale, () => tale.school.does('recordAgreement', early))).toEqual([
    'agreement-recorded to cap',
    'agreement-recorded to panel:review-and-authorisation',
  ]);
});

test('who is named for a case is told to the others: the case-worker to CAP and the host (R43), the officer to school and host (R96)', () => {
  const tale = running();
  expect(told(tale, () => tale.school.does('nameCaseWorker', { caseWorker: 'worker.one' }))).toEqual([
    'people-named to cap',
    'people-named to provider:TP-ONE',
  ]);
  expect(told(tale, () => tale.cap.does('nameMonitoringOfficer', { officer: 'officer.one' }))).toEqual([
    'people-named to provider:TP-ONE',
    'people-named to school:SCH-A',
  ]);
});

test('a case that CAP closes is told to the school, to who interviews with the hour that is off, and to the panel whose agenda it leaves', () => {
  const interviewed = flourishBeforeItsPanel();
  interviewed.at('2024-12-16T14:00Z').chair.approves().cap.sendsThePackTo('TP-ONE');
  interviewed.provider.booksTheInterview('2025-01-08T10:00Z');
  expect(told(interviewed, () => interviewed.cap.closesTheCase())).toEqual([
    'closed to provider:TP-ONE',
    'closed to school:SCH-A',
  ]);
  const off = { template: 'closed', calledOff: [{ entry: 'interview', on: '2025-01-08T10:00:00.000Z' }] };
  expect(interviewed.emails.slice(-2).map(({ notices }) => notices)).toEqual([[off], [off]]);

  const listed = flourishBeforeItsPanel();
  expect(told(listed, () => listed.cap.closesTheCase())).toEqual([
    'closed to panel:review-and-authorisation',
    'closed to school:SCH-A',
  ]);
});

test('reasons that come later are told to the school and to CAP, unless the outcome document waited for them and brings them (R71, R72)', () => {
  const assured = refocusApplication();
  assured.at('2024-12-02T10:00Z').school.submits().cap.findsThePackComplete();
  assured.at('2024-12-16T14:00Z').chair.approves({ withoutWords: true });
  expect(told(assured, () => assured.chair.givesReasons())).toEqual(['reasons-given to cap', 'reasons-given to school:SCH-A']);
  const approved = flourishBeforeItsPanel();
  approved.at('2024-12-16T14:00Z').chair.approves({ withoutWords: true });
  expect(told(approved, () => approved.chair.givesReasons())).toEqual(['outcome to school:SCH-A']);
});

test('a meeting that is not held is called off before its hour, and no more at it (R98)', () => {
  const tale = running();
  const at = '2025-02-06T13:00:00.000Z';
  tale.provider.does('callMeeting', { about: 'behaviour', at }).at(at);
  const off = () => tale.provider.does('recordMeeting', { about: 'behaviour', result: 'not-held' }, ['summary']);
  expect(told(tale, off)).toEqual([]);
});

test('an interview that has been is not called off with the case', () => {
  const tale = flourishBeforeItsPanel();
  tale.at('2024-12-16T14:00Z').chair.approves().cap.sendsThePackTo('TP-ONE');
  tale.provider.booksTheInterview('2025-01-08T10:00Z').at('2025-01-08T10:00Z').cap.closesTheCase();
  expect(tale.emails.at(-1)?.notices).toEqual([{ template: 'closed' }]);
});

test('a meeting that its host calls off is told to the school and to CAP (R98)', () => {
  const tale = running();
  tale.provider.does('callMeeting', { about: 'behaviour', at: '2025-02-06T13:00:00.000Z' });
  const off = () => tale.provider.does('recordMeeting', { about: 'behaviour', result: 'not-held' }, ['summary']);
  expect(told(tale, off)).toEqual(['meeting-called-off to cap', 'meeting-called-off to school:SCH-A']);
});

test('a full course is told to the school and to CAP, and the place that comes free to the school and the provider (A9)', () => {
  const full = { course: 'T1-BICYCLES', left: 0, hasSla: true };
  const tale = tier1Application({ coursePlaces: full });
  tale.at('2024-11-04T10:00Z').school.submits().cap.findsThePackComplete();
  tale.at('2024-11-18T10:00Z').provider.holdsTheInterview();
  expect(told(tale, () => tale.provider.accepts())).toEqual(['course-full to cap', 'course-full to school:SCH-A']);
  expect(told(tale.coursePlaces({ ...full, left: 1 }), () => tale.recalculates())).toEqual([
    'confirm-start to school:SCH-A',
    'place-free to provider:TP-ONE',
  ]);
});

test('a start that the school corrects is told to the host with its days, one that is confirmed too (R57, A24)', () => {
  const tale = insightBeforeItsStart();
  expect(told(tale, () => tale.school.does('correctStart', { start: '2024-11-11' }))).toEqual([
    'start-corrected to provider:TP-ONE',
  ]);
  expect(tale.emails.at(-1)?.notices).toEqual([{ template: 'start-corrected', start: '2024-11-11', end: '2024-12-20' }]);
});

test('a change of day is confirmed to both sides with its days (R119)', () => {
  const tale = running();
  tale.school.asksForOtherDays({ from: '2025-02-10', until: '2025-03-07', weekdays: 'mon,fri' });
  tale.cap.confirmsTheChangeOfDay();
  const confirmed = { template: 'change-of-day-confirmed', from: '2025-02-10', until: '2025-03-07', weekdays: 'mon,fri' };
  expect(tale.emails.slice(-2).map(({ to, notices }) => [to, notices])).toEqual([
    ['school:SCH-A', [confirmed]],
    ['provider:TP-ONE', [confirmed]],
  ]);
});

test('a case whose placement the authority has made tells its home school of other days, of a withdrawal and of the exit (R20)', () => {
  const tale = story({ programme: 'tier-4', withoutPanels: true }).at('2024-11-28T10:00Z');
  tale.cap.submits().cap.findsThePackComplete().cap.sendsThePackTo('TP-ONE');
  tale.at('2024-12-02T10:00Z').cap.does('confirmStart', { start: '2025-01-06', weekdays: 'mon,tue', shortened: true });
  tale.at('2025-01-20T10:00Z').cap.asksForOtherDays({ from: '2025-01-27', weekdays: 'wed,thu' });
  expect(told(tale, () => tale.cap.confirmsTheChangeOfDay())).toEqual([
    'change-of-day-confirmed to provider:TP-ONE',
    'change-of-day-confirmed to school:SCH-A',
  ]);
  tale.provider.asksForWithdrawal({ last: '2025-01-31', discussedOn: '2025-01-17' });
  expect(told(tale, () => tale.cap.processesTheWithdrawal())).toEqual([
    'withdrawal-processed to provider:TP-ONE',
    'withdrawal-processed to school:SCH-A',
  ]);
  tale.at('2025-02-03T10:00Z');
  expect(told(tale, () => tale.cap.recordsTheExit('ended-early'))).toEqual([
    'exited to provider:TP-ONE',
    'exited to school:SCH-A',
  ]);
});

test('a meeting that moves is told to the school when the case is before that panel, and not before', () => {
  const tale = refocusApplication();
  tale.at('2024-12-02T10:00Z').school.submits().cap.findsThePackComplete();
  const moves = (panel: 'review-and-authorisation' | 'multi-agency', from: string, day: string) => () => {
    const cycles = tale.cycles.map((each) => {
      const meeting = each.meetings[panel];
      return meeting?.day === from ? { ...each, meetings: { ...each.meetings, [panel]: { ...meeting, day } } } : each;
    });
    tale.plan({ cycles }).recalculates();
  };
  expect(told(tale, moves('multi-agency', '2024-12-17', '2024-12-18'))).toEqual([]);
  expect(tale.state.landing?.meetings).toMatchObject({
    'review-and-authorisation': { day: '2024-12-16' },
    'multi-agency': { day: '2024-12-18' },
  });
  expect(told(tale, moves('review-and-authorisation', '2024-12-16', '2024-12-13'))).toContain('panel-date to school:SCH-A');
});
