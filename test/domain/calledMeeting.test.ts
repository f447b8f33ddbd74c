// Meetings about a placement beside the reviews (R98), in people's calendars (A18), and nothing of a safeguarding concern (A17).
import { courseOf2026, sampleStudent } from '../support/story';

const at = '2026-09-23T13:00:00.000Z';
const running = () => courseOf2026(6).at('2026-09-16T10:00Z');
const called = (about: 'attendance' | 'review' | 'safeguarding' = 'attendance') =>
  running().school.does('callMeeting', { about, at });

test('school, host or CAP call a meeting; the others hear of it, and it waits to be recorded by who called it', () => {
  const story = called();
  expect(story.told.slice(-2)).toEqual(['meeting-called to provider:TP-ONE', 'meeting-called to cap']);
  expect(story.waits.find(({ what }) => what === 'called-meeting')).toMatchObject({
    party: 'school:SCH-A',
    due: '2026-09-23T22:59:59.999Z',
  });
  expect(
    story.refusal(() => story.school.does('recordMeeting', { about: 'attendance', result: 'held' }, ['summary'])),
  ).toMatchObject({ rule: 'R98', field: 'result' });
  story.at('2026-09-23T14:00Z').school.does('recordMeeting', { about: 'attendance', result: 'held' }, ['summary']);
  expect(story.waits.map(({ what }) => what)).not.toContain('called-meeting');
});

test('called again about the same, it is moved, and stays the meeting of who called it first', () => {
  const story = called();
  const moved = '2026-09-24T13:00:00.000Z';
  expect(story.refusal(() => story.provider.does('callMeeting', { about: 'attendance', at }))).toMatchObject({
    refused: 'nothing-changed',
  });
  story.provider.does('callMeeting', { about: 'attendance', at: moved });
  expect(story.told.slice(-2).sort()).toEqual(['meeting-called-anew to cap', 'meeting-called-anew to school:SCH-A']);
  const meetings = story.state.matters.filter(({ kind }) => kind === 'called-meeting');
  expect(meetings).toMatchObject([{ by: 'school:SCH-A', at: moved }]);
  const [first, second] = story.eventsOf('meetingCalled');
  expect(second).toMatchObject({ from: at, matter: { subject: first?.matter.subject } });
});

test('a meeting about something else stands beside it: each is recorded for itself, by who called it or by CAP', () => {
  const story = called().provider.does('callMeeting', { about: 'behaviour', at });
  const open = () => story.state.matters.flatMap((matter) => (matter.kind === 'called-meeting' ? [matter.about] : []));
  expect(open()).toEqual(['attendance', 'behaviour']);
  const record = (about: 'attendance' | 'behaviour' | 'placement') => ({ about, result: 'not-held' }) as const;
  expect(story.refusal(() => story.school.does('recordMeeting', record('placement'), ['summary']))).toMatchObject({
    rule: 'R98',
    field: 'about',
  });
  story.provider.does('recordMeeting', record('behaviour'), ['summary']);
  expect(open()).toEqual(['attendance']);
  story.cap.does('recordMeeting', record('attendance'), ['summary']);
  expect(open()).toEqual([]);
});

test('a review leaves a meeting about something else called, and the hour itself is late enough to record it as held', () => {
  const story = called().at('2026-09-23T12:59:59Z');
  const held = () => story.school.does('recordMeeting', { about: 'attendance', result: 'held' }, ['summary']);
  story.provider.reviews('2026-09-23');
  expect(story.refusal(held)).toMatchObject({ rule: 'R98', field: 'result' });
  story.at(at);
  held();
});

test('what was said of a safeguarding concern cannot be written here (A17); of any other meeting it must be', () => {
  const story = called('safeguarding').at('2026-09-23T14:00Z');
  const record = (texts: string[]) => () => story.school.does('recordMeeting', { about: 'safeguarding', result: 'held' }, texts);
  expect(story.refusal(record(['summary']))).toMatchObject({ rule: 'A17', field: 'summary' });
  record([])();
  expect(story.waits.map(({ what }) => what)).not.toContain('called-meeting');

  const other = called();
  expect(other.refusal(() => other.school.does('recordMeeting', { about: 'attendance', result: 'not-held' }, []))).toMatchObject({
    ...{ refused: 'reason-needed', field: 'summary' },
  });
});

test('a review that was called ends when the review is recorded, which sets the day of the next (A1)', () => {
  const story = called('review').at('2026-09-23T14:00Z');
  expect(story.refusal(() => story.school.does('recordMeeting', { about: 'review', result: 'held' }, ['summary']))).toMatchObject(
    {
      rule: 'A1',
    },
  );
  story.provider.reviews('2026-09-23');
  expect(story.state.matters.filter(({ kind }) => kind === 'called-meeting')).toEqual([]);
});

test('a review that took place before the other was called, and is recorded late, leaves it called', () => {
  const story = called('review').at('2026-09-17T10:00Z');
  const open = () => story.state.matters.flatMap((matter) => (matter.kind === 'called-meeting' ? [matter.at] : []));
  story.provider.reviews('2026-09-15');
  expect(open()).toEqual([at]);
  const moved = '2026-09-24T13:00:00.000Z';
  story.at('2026-09-22T10:00Z').school.does('callMeeting', { about: 'review', at: moved });
  story.provider.reviews('2026-09-21');
  expect(open()).toEqual([moved]);
  expect(story.told).not.toContain('meeting-called-off to cap');
  story.provider.reviews('2026-09-22');
  expect(open()).toEqual([]);
});

test('a review that is held before the hour for which it was called: each reader takes the hour out of the calendar', () => {
  const story = called('review').at('2026-09-22T10:00Z');
  const entry = story.eventsOf('meetingCalled')[0]?.matter.subject;
  story.provider.reviews('2026-09-22');
  const off = { template: 'meeting-called-off', calledOff: [{ entry, on: at }] };
  expect(story.emails.slice(-2).map(({ to, notices }) => [to, notices])).toEqual([
    ['school:SCH-A', [off]],
    ['cap', [off]],
  ]);
});

test('it is called for a time to come, within a year', () => {
  const story = running();
  for (const never of ['2026-09-16T09:59:59.000Z', '2027-09-30T10:00:00.000Z']) {
    expect(story.refusal(() => story.cap.does('callMeeting', { about: 'placement', at: never }))).toMatchObject({ field: 'at' });
  }
});

test('called off before its time, each reader is told, and takes it out of the calendar; not held, it is told to nobody', () => {
  const story = called();
  const entry = story.eventsOf('meetingCalled')[0]?.matter.subject;
  story.school.does('recordMeeting', { about: 'attendance', result: 'not-held' }, ['summary']);
  const off = { template: 'meeting-called-off', calledOff: [{ entry, on: at }] };
  expect(story.emails.slice(-2).map(({ to, notices }) => [to, notices])).toEqual([
    ['provider:TP-ONE', [off]],
    ['cap', [off]],
  ]);
  const late = called();
  late.at('2026-09-23T14:00Z').school.does('recordMeeting', { about: 'attendance', result: 'not-held' }, ['summary']);
  expect(late.told).not.toContain('meeting-called-off to cap');
});

test('when the placement ends first, each reader is told that it does not take place', () => {
  const story = called();
  story.at('2026-09-21T10:00Z').cap.recordsTheExit('ended-early');
  const entry = story.eventsOf('meetingCalled')[0]?.matter.subject;
  const notices = story.emails.slice(-2).flatMap(({ notices: told }) => told);
  expect(notices).toMatchObject([
    { template: 'exited', calledOff: [{ entry, on: at }] },
    { template: 'exited', calledOff: [{ entry, on: at }] },
  ]);
});

describe('the SEND team of the local authority (A12)', () => {
  const withPlan = () => courseOf2026(6, { ...sampleStudent, ehcp: true }).at('2026-09-16T10:00Z');

  test('is invited to a review of a student with an EHCP, hears when it is moved, and sees the case until it is held', () => {
    const story = withPlan();
    expect(story.viewers).not.toContain('send');
    story.school.does('callMeeting', { about: 'review', at });
    expect(story.told.at(-1)).toBe('meeting-called to send');
    expect(story.viewers).toContain('send');
    story.school.does('callMeeting', { about: 'review', at: '2026-09-24T13:00:00.000Z' });
    expect(story.told.at(-1)).toBe('meeting-called-anew to send');
    story.at('2026-09-24T15:00Z').provider.reviews('2026-09-24');
    expect(story.viewers).not.toContain('send');
  });

  test('takes the review out of its calendar when the placement ends before it', () => {
    const story = withPlan().school.does('callMeeting', { about: 'review', at });
    story.at('2026-09-17T10:00Z').school.asksForWithdrawal({ last: '2026-09-18' });
    story.at('2026-09-18T10:00Z').cap.processesTheWithdrawal();
    expect(story.told.slice(-6)).toContain('exited to send');
    expect(story.viewers).not.toContain('send');
  });

  test('hears that the review is called off', () => {
    const story = withPlan().school.does('callMeeting', { about: 'review', at });
    story.school.does('recordMeeting', { about: 'review', result: 'not-held' }, ['summary']);
    expect(story.told.at(-1)).toBe('meeting-called-off to send');
    expect(story.viewers).not.toContain('send');
  });

  test('hears of no other meeting, and of no review of a student without a plan', () => {
    const other = withPlan().school.does('callMeeting', { about: 'attendance', at });
    const without = called('review');
    for (const story of [other, without]) {
      expect(story.told).not.toContain('meeting-called to send');
      expect(story.viewers).not.toContain('send');
    }
  });
});
