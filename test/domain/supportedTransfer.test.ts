// Supported Transfer: two panels, a receiving school allocated by the heads, a term there, then back or for good (R11, R38, R50, R75-R77).
import type { AgreementCode } from '../../domain/state';
import { secondRollNow, subsidiaryRegistration } from '../../domain/host';
import { datedPhases } from '../../domain/timetable';
import { placementOf } from '../../domain/route';
import { partyInWords } from '../../domain/words';
import {
  calendar2024,
  cycle,
  cycles2024,
  refocusBeforeTheMultiAgencyPanel,
  transferApplication,
  transferBeforeItsAllocation,
} from '../support/story';

const allocated = () => {
  const story = transferBeforeItsAllocation();
  return story.at('2024-12-19T14:00Z').heads.allocates('SCH-B');
};
const transferred = () => allocated().school.confirmsTheStart('2025-01-13');

test('both panels approve it, then the Headteacher Placement Meeting has it on its agenda, with the promise of an outcome (R75, R71)', () => {
  const story = transferBeforeItsAllocation();
  expect(story.state.position).toEqual({
    stage: 'allocation',
    panel: 'headteacher-placement',
    meeting: { id: 'HPM-2024-12-19', day: '2024-12-19' },
  });
  // 19 December is a Thursday: three working days on is Tuesday 24 December.
  expect(story.wait).toMatchObject({ party: 'panel:headteacher-placement', what: 'allocation', due: '2024-12-24T23:59:59.999Z' });
  expect(story.told).toEqual(
    expect.arrayContaining(['outcome to school:SCH-A', 'panel-date to school:SCH-A', 'new-item to panel:headteacher-placement']),
  );
  expect(story.viewers).toContain('panel:headteacher-placement');
  expect(story.viewers).not.toContain('school:SCH-B');
});

test('the school that is allocated becomes the host: it is told and sees the case, and the home school confirms the start (R75)', () => {
  const story = allocated();
  expect(story.state.position).toEqual({ stage: 'start-date', host: 'school:SCH-B' });
  expect(story.told.slice(-2)).toEqual(['allocated to school:SCH-A', 'student-allocated to school:SCH-B']);
  expect(story.viewers).toContain('school:SCH-B');
  expect(story.wait).toMatchObject({ party: 'school:SCH-A', what: 'start-date' });
  expect(story.refusal(() => story.otherSchool.confirmsTheStart('2025-01-13'))).toMatchObject({ refused: 'not-yours' });
});

test('a receiving school is a secondary school of the city (R22, R77)', () => {
  const story = transferBeforeItsAllocation();
  story.at('2024-12-19T14:00Z');
  for (const school of ['SCH-PRIMARY', 'SCH-OUTSIDE'])
    expect(story.refusal(() => story.heads.allocates(school))).toMatchObject({ rule: 'R77', field: 'school' });
});

test('a receiving school is one of the directory and not the home school, and no head allocates their own (R75, R77, A21)', () => {
  const story = transferBeforeItsAllocation();
  story.at('2024-12-19T14:00Z');
  expect(story.refusal(() => story.heads.allocates('SCH-X'))).toMatchObject({ rule: 'R75', field: 'school' });
  expect(story.refusal(() => story.heads.allocates('SCH-A'))).toMatchObject({ rule: 'R77', field: 'school' });
  const head = story.person('panel:headteacher-placement', 'school:SCH-B');
  expect(story.refusal(() => head.allocates('SCH-B'))).toMatchObject({ rule: 'A21', field: 'school' });
  head.allocates('SCH-C');
  expect(story.state.position).toMatchObject({ host: 'school:SCH-C' });
});

test('it is allocated on the day of the meeting or later, or outside the meeting with a reason (C18)', () => {
  const story = transferBeforeItsAllocation();
  expect(story.refusal(() => story.heads.allocates('SCH-B'))).toMatchObject({ refused: 'before-the-meeting', rule: 'C18' });
  expect(story.refusal(() => story.heads.allocates('SCH-B', { outsideMeeting: true, withoutWords: true }))).toMatchObject({
    refused: 'reason-needed',
  });
  story.heads.allocates('SCH-B', { outsideMeeting: true });
  expect(story.stage).toBe('start-date');
});

test('an allocation that came without its reasons owes them to the case', () => {
  const story = transferBeforeItsAllocation();
  story.at('2024-12-19T14:00Z').heads.allocates('SCH-B', { withoutWords: true });
  expect(story.state.matters).toMatchObject([{ kind: 'reasons', party: 'panel:headteacher-placement', owes: ['reasons'] }]);
  story.heads.givesReasons();
  expect(story.state.matters).toEqual([]);
});

test('where no school can be found the heads put it off to their next meeting, and the school is told the day', () => {
  const story = transferBeforeItsAllocation();
  story.at('2024-12-19T14:00Z').heads.postponesTheAllocation();
  expect(story.state.position).toMatchObject({ stage: 'allocation', meeting: { day: '2025-01-30' } });
  // Both in one e-mail: that no school is allocated yet, and when the heads meet again.
  expect(story.told.slice(-2)).toEqual(['not-allocated-yet to school:SCH-A', 'panel-date to school:SCH-A']);
  expect(story.emails.at(-1)?.notices).toHaveLength(2);
  story.at('2025-01-30T14:00Z').heads.allocates('SCH-B');
  expect(story.stage).toBe('start-date');
});

test('a school that cannot take the student after all makes room for another, while no start is confirmed', () => {
  const story = allocated();
  expect(story.refusal(() => story.cap.allocates('SCH-C'))).toMatchObject({ refused: 'no-meeting' });
  expect(story.refusal(() => story.cap.allocates('SCH-B', { outsideMeeting: true }))).toMatchObject({
    refused: 'nothing-changed',
  });
  story.cap.allocates('SCH-C', { outsideMeeting: true });
  expect(story.state.position).toEqual({ stage: 'start-date', host: 'school:SCH-C' });
  // The heads too, whose allocation CAP has put right.
  expect(story.told.slice(-5)).toEqual([
    'no-longer-allocated to school:SCH-A',
    'allocated to school:SCH-A',
    'student-allocated to school:SCH-C',
    'no-longer-allocated to school:SCH-B',
    'no-longer-allocated to panel:headteacher-placement',
  ]);
  expect(story.viewers).toContain('panel:headteacher-placement');
  expect(story.viewers).not.toContain('school:SCH-B');
});

test('where no other takes the student at once, the case goes back to the heads and their next meeting, and both schools are told (R75)', () => {
  for (const who of ['cap', 'heads'] as const) {
    const story = allocated();
    story.at('2024-12-20T10:00Z');
    expect(story.refusal(() => story[who].postponesTheAllocation())).toMatchObject({ refused: 'no-meeting' });
    const before = story.told.length;
    story[who].postponesTheAllocation({ outsideMeeting: true });
    expect(story.state.position).toMatchObject({ stage: 'allocation', meeting: { day: '2025-01-30' } });
    expect(story.told.slice(before)).toEqual([
      'no-longer-allocated to school:SCH-A',
      'panel-date to school:SCH-A',
      ...(who === 'cap' ? ['no-longer-allocated to panel:headteacher-placement', 'new-item to panel:headteacher-placement'] : []),
      'no-longer-allocated to school:SCH-B',
    ]);
    // The pack is no longer the first school's to read, and nobody is asked to confirm a start.
    expect(story.viewers).not.toContain('school:SCH-B');
    expect(story.waits).toMatchObject([{ party: 'panel:headteacher-placement', what: 'allocation' }]);
    story.at('2025-01-30T14:00Z').heads.allocates('SCH-C').school.does('confirmStart', { start: '2025-02-03', shortened: true });
    expect(story.state.position).toMatchObject({ stage: 'placement', host: 'school:SCH-C' });
  }
});

test('the student spends every day at the receiving school, on the roll of both (R50)', () => {
  const story = transferred();
  expect(subsidiaryRegistration(allocated().state)).toBeNull();
  expect(subsidiaryRegistration(story.state)).toBe('school:SCH-B');
  const { position } = story.state;
  if (position.stage !== 'placement') throw new Error('It has not started');
  const [phase] = datedPhases(placementOf(story.state).phases, null, position, calendar2024);
  expect(phase?.week?.map(({ weekday, half, at }) => `${weekday} ${half} ${at}`)).toEqual(
    [1, 2, 3, 4, 5].flatMap((day) => [`${day} am host`, `${day} pm host`]),
  );
});

test('once the placement has ended the student is on no second roll; that it was one counts on, for registers and exports (R50)', () => {
  const story = transferred();
  expect(secondRollNow(story.state)).toBe('school:SCH-B');
  story.at('2025-04-11T15:00Z').cap.recordsTheExit('home-school');
  expect(secondRollNow(story.state)).toBeNull();
  expect(subsidiaryRegistration(story.state)).toBe('school:SCH-B');
});

test('Refocus has the second registration with the AP Academy, a course with a provider has none (R49, R51)', () => {
  const story = refocusBeforeTheMultiAgencyPanel();
  story.at('2024-12-17T14:00Z').secondChair.approves().academy.onboards().school.confirmsTheStart('2025-01-27');
  expect(subsidiaryRegistration(story.state)).toBe('provider:AP-ACADEMY');
});

test('it lasts twelve school weeks within the term of its start (C7, C8)', () => {
  expect(transferred().state.position).toMatchObject({ start: '2025-01-13', end: '2025-04-11', schoolWeeks: 12 });
  const late = allocated();
  late.at('2025-01-20T10:00Z');
  expect(late.refusal(() => late.school.confirmsTheStart('2025-01-27'))).toMatchObject({ rule: 'C8', field: 'shortened' });
});

test('the receiving school holds the reviews, and it ends back at the home school or with a transfer for good (R77)', () => {
  const story = transferred().at('2025-02-12T12:00Z');
  story.otherSchool.reviews('2025-02-12');
  story.at('2025-04-11T15:00Z');
  expect(story.refusal(() => story.cap.recordsTheExit('post-16'))).toMatchObject({ rule: 'R40', field: 'destination' });
  story.cap.recordsTheExit('home-school');
  expect(story.state.position).toMatchObject({ stage: 'closed', because: 'home-school', host: 'school:SCH-B' });
});

test('a transfer for good needs what parents and both schools agreed, each school for itself (A6)', () => {
  const story = transferred().at('2025-04-11T15:00Z');
  const agrees = (agreement: AgreementCode) => ({ agreement, on: '2025-04-10' });
  const exit = () => story.cap.recordsTheExit('permanent-transfer');
  expect(story.refusal(exit)).toMatchObject({ field: 'destination', rule: 'A6', message: expect.stringMatching(/parents/) });
  story.cap.does('recordAgreement', agrees('transfer-parents'));
  expect(story.refusal(() => story.cap.does('recordAgreement', agrees('transfer-home-school')))).toMatchObject({ rule: 'A6' });
  expect(story.refusal(() => story.school.does('recordAgreement', agrees('transfer-receiving-school')))).toMatchObject({
    refused: 'not-yours',
  });
  story.school.does('recordAgreement', agrees('transfer-home-school'));
  expect(story.refusal(exit)).toMatchObject({ rule: 'A6', message: expect.stringMatching(/receiving school/) });
  story.otherSchool.does('recordAgreement', agrees('transfer-receiving-school'));
  story.otherSchool.does('withdrawAgreement', { agreement: 'transfer-receiving-school', on: '2025-04-11' });
  expect(story.refusal(exit)).toMatchObject({ rule: 'A6' });
  story.otherSchool.does('recordAgreement', { agreement: 'transfer-receiving-school', on: '2025-04-11' });
  exit();
  expect(story.state.position).toMatchObject({ stage: 'closed', because: 'permanent-transfer' });
});

test('what the parents agreed to is recorded by either school or by CAP, and by nobody else (A6)', () => {
  const parents = { agreement: 'transfer-parents', on: '2025-04-10' } as const;
  for (const who of ['school', 'otherSchool', 'cap'] as const) {
    const story = transferred().at('2025-04-11T15:00Z');
    expect(story[who].does('recordAgreement', parents).state.agreements).toContainEqual({ ...parents, withdrawn: null });
  }
  const story = transferred().at('2025-04-11T15:00Z');
  for (const who of ['heads', 'provider'] as const)
    expect(story.refusal(() => story[who].does('recordAgreement', parents))).toMatchObject({ refused: 'not-yours' });
});

test('in the first cycle no panel oversees it, and the heads allocate after the check of the pack (R94, C5)', () => {
  const story = transferApplication();
  story.at('2024-09-16T10:00Z').school.submits();
  story.at('2024-09-17T10:00Z').cap.findsThePackComplete();
  expect(story.state.position).toMatchObject({ stage: 'allocation', meeting: { day: '2024-09-26' } });
  expect(story.told.slice(-2)).toEqual(['pack-complete to school:SCH-A', 'new-item to panel:headteacher-placement']);
  story.at('2024-09-26T14:00Z').heads.allocates('SCH-B');
  expect(story.stage).toBe('start-date');
});

test('from 2025-26 the Review & Authorisation Panel alone decides (C6)', () => {
  const items = [{ programme: 'supported-transfer', cohortStart: null }];
  const meetings = { 'review-and-authorisation': '2025-10-13', 'headteacher-placement': '2025-10-16' } as const;
  const story = transferApplication({ cycles: [...cycles2024, cycle('2025-26/2', '2025-10-01', items, meetings)] });
  story.at('2025-09-20T10:00Z').school.submits();
  story.at('2025-09-22T10:00Z').cap.findsThePackComplete();
  story.at('2025-10-13T14:00Z').chair.approves();
  expect(story.state).toMatchObject({
    programme: 'supported-transfer@2025-26',
    position: { stage: 'allocation', meeting: { day: '2025-10-16' } },
  });
});

test('a meeting of the heads that moves is told to the school, and a case without one waits for CAP to plan it', () => {
  const story = transferBeforeItsAllocation();
  const moved = story.cycles.map((each) => {
    const meeting = each.meetings['headteacher-placement'];
    return meeting?.day === '2024-12-19'
      ? { ...each, meetings: { ...each.meetings, 'headteacher-placement': { ...meeting, day: '2024-12-20' } } }
      : each;
  });
  story.plan({ cycles: moved }).recalculates();
  expect(story.state.position).toMatchObject({ meeting: { day: '2024-12-20' } });
  expect(story.told.at(-1)).toBe('panel-date to school:SCH-A');

  const unplanned = transferBeforeItsAllocation({
    cycles: cycles2024.map((each) => ({ ...each, meetings: { ...each.meetings, 'headteacher-placement': null } })),
  });
  expect(unplanned.wait).toMatchObject({ party: 'cap', what: 'panel-cycle' });
});

test('of two schools it is said which is waited for; of the only one that it is the school', () => {
  const of = { school: 'SCH-A', host: 'school:SCH-B' };
  expect(partyInWords('school:SCH-A', of)).toBe('the home school');
  expect(partyInWords('school:SCH-B', of)).toBe('the receiving school');
  // It was allocated before another, and was told so.
  expect(partyInWords('school:SCH-C', of)).toBe('the receiving school');
  expect(partyInWords('school:SCH-A', { school: 'SCH-A', host: 'provider:TP-ONE' })).toBe('the school');
  expect(partyInWords('school:SCH-A', { school: 'SCH-A', host: null })).toBe('the school');
});
