// Year 11 Bespoke: for Year 11 alone, at any time of the year; the Review & Authorisation Panel decides and the school acts (R31, R84, R85).
import { programmeFor } from '../../domain/programmes';
import { exitsOn } from '../../domain/stages/placement';
import type { Student } from '../../domain/student';
import { calendar2024, sampleStudent, year11Application } from '../support/story';
import { twoYears } from './calendarOf2024';

const approved = () => {
  const story = year11Application();
  story.at('2024-12-02T10:00Z').school.submits();
  story.at('2024-12-03T10:00Z').cap.findsThePackComplete();
  return story.at('2024-12-16T14:00Z').chair.approves();
};

test('it is for Year 11 in the year of its start, and for those who are taught in it (R85)', () => {
  for (const [dateOfBirth, yearsAbove, may] of [
    ['2008-09-01', 0, true],
    ['2009-08-31', 0, true],
    ['2009-09-01', 0, false],
    ['2008-08-31', 0, false],
    ['2009-09-01', 1, true],
    ['2009-08-31', -1, false],
  ] as const) {
    const story = year11Application({ student: { ...sampleStudent, dateOfBirth, yearsAbove } });
    story.at('2024-12-02T10:00Z');
    if (may) story.school.submits();
    else
      expect([dateOfBirth, story.refusal(() => story.school.submits())]).toMatchObject([
        dateOfBirth,
        { rule: 'R85', field: 'student' },
      ]);
  }
});

test('a late application lands on the next meeting and is never refused (R31, C16)', () => {
  const story = year11Application();
  story.at('2024-12-05T10:00Z').school.submits();
  expect(story.state.landing).toMatchObject({ agendaCloses: '2025-01-15' });
});

test('approved, the school acts on it: the provider of the course has the pack, and the school confirms the start (R84)', () => {
  const story = approved();
  expect(story.state.position).toEqual({ stage: 'start-date', host: 'provider:TP-ONE' });
  expect(story.wait).toMatchObject({ party: 'school:SCH-A', what: 'start-date' });
  expect(story.told).toEqual(
    expect.arrayContaining(['outcome to school:SCH-A', 'confirm-start to school:SCH-A', 'pack-for-provider to provider:TP-ONE']),
  );
  expect(story.told).not.toContain('send-the-pack to cap');
});

test('the panel has recommended another course, or its provider has no room: CAP sends the pack to another while no start is confirmed (A25)', () => {
  const courses = [
    { code: 'Y11-WORKSHOP', provider: 'TP-ONE', schoolWeeks: 12 },
    { code: 'Y11-OUTDOORS', provider: 'TP-TWO', schoolWeeks: 6 },
  ];
  const story = year11Application({ courses });
  story.at('2024-12-02T10:00Z').school.submits();
  story.at('2024-12-03T10:00Z').cap.findsThePackComplete();
  story.at('2024-12-16T14:00Z').chair.approves();
  const send = (provider: string, course: string) => story.cap.does('sendPack', { provider, course });
  expect(story.refusal(() => send('TP-ONE', 'Y11-WORKSHOP'))).toMatchObject({ refused: 'nothing-changed' });
  send('TP-TWO', 'Y11-OUTDOORS');
  expect(story.state).toMatchObject({ position: { host: 'provider:TP-TWO' }, course: { schoolWeeks: 6 } });
  expect(story.told.slice(-3)).toEqual([
    'pack-for-provider to provider:TP-TWO',
    'pack-for-another to provider:TP-ONE',
    'sent-elsewhere to school:SCH-A',
  ]);
  story.school.confirmsTheStart('2025-01-06');
  expect(story.state.position).toMatchObject({ start: '2025-01-06', end: '2025-02-14', schoolWeeks: 6 });
});

test('it is two days a week, as long as its course, and leads on after Year 11 (R33, R40, R85, R87)', () => {
  const story = approved().school.confirmsTheStart('2025-01-06');
  const placement = programmeFor('year-11-bespoke', '2024-25').route.at(-1);
  expect(placement).toMatchObject({ phases: [{ hostDays: 2, schoolWeeks: 'course' }] });
  story.at('2025-04-04T15:00Z');
  expect(story.refusal(() => story.cap.recordsTheExit('permanent-transfer'))).toMatchObject({
    ...{ field: 'destination', rule: 'R77' },
    message: expect.stringContaining('post-16, home-school, next-application, ended-early') as string,
  });
  story.cap.recordsTheExit('post-16');
  expect(story.state.position).toMatchObject({ stage: 'closed', because: 'post-16' });
});

test('it leads to a destination after Year 11 when the placement has ended, and for a student of Year 11; before, it ends early (R40)', () => {
  const student: { -readonly [K in keyof Student]: Student[K] } = { ...sampleStudent, dateOfBirth: '2009-05-04' };
  const story = year11Application({ student });
  story.at('2024-12-02T10:00Z').school.submits();
  story.at('2024-12-03T10:00Z').cap.findsThePackComplete();
  story.at('2024-12-16T14:00Z').chair.approves().school.confirmsTheStart('2025-01-06');
  const exit = () => story.refusal(() => story.cap.recordsTheExit('post-16'));
  story.at('2025-01-06T10:00Z');
  expect(exit()).toMatchObject({ rule: 'R40', field: 'destination' });
  story.at('2025-04-03T15:00Z');
  expect(exit()).toMatchObject({ rule: 'R40', field: 'destination' });
  story.at('2025-04-04T15:00Z');
  // The date of birth was put right while the placement ran: the student was of Year 10.
  student.dateOfBirth = '2009-09-01';
  expect(exit()).toMatchObject({ rule: 'R40', field: 'destination' });
  student.dateOfBirth = '2009-08-31';
  story.cap.recordsTheExit('post-16');
  expect(story.state.position).toMatchObject({ stage: 'closed', because: 'post-16' });
});

test('of Year 11 is also who is taught a year above their age, and beyond it who has left it when the placement ends (R40, R3)', () => {
  const running = (student: Student, start: string, schoolWeeks: number) => {
    const course = { code: 'Y11-WORKSHOP', provider: 'TP-ONE', schoolWeeks };
    const story = year11Application({ student, course, calendar: twoYears });
    story.at('2024-12-02T10:00Z').school.submits();
    story.at('2024-12-03T10:00Z').cap.findsThePackComplete();
    story.at('2024-12-16T14:00Z').chair.approves().school.confirmsTheStart(start);
    return story;
  };
  const above = running({ ...sampleStudent, dateOfBirth: '2010-05-04', yearsAbove: 1 }, '2025-01-06', 12);
  above.at('2025-04-04T15:00Z');
  expect(exitsOn(above.state, '2025-04-03')).not.toContain('post-16');
  expect(exitsOn(above.state, '2025-04-04')).toContain('post-16');
  above.cap.recordsTheExit('post-16');
  // Twelve school weeks from 9 June: the last of them is in September, when the student would be in Year 12.
  const leaving = running({ ...sampleStudent, dateOfBirth: '2009-05-04' }, '2025-06-09', 12);
  leaving.at('2025-10-10T15:00Z').cap.recordsTheExit('post-16');
  expect(leaving.state.position).toMatchObject({ stage: 'closed', because: 'post-16' });
});

test('a refusal leads to alternatives, which CAP explores with the school (R64)', () => {
  const story = year11Application();
  story.at('2024-12-02T10:00Z').school.submits();
  story.at('2024-12-03T10:00Z').cap.findsThePackComplete();
  story.at('2024-12-16T14:00Z').chair.refuses();
  expect(story.state.position).toMatchObject({ stage: 'alternatives', because: 'refused' });
});

test('its start is in the year in which the student is in Year 11, and in no later one (R85)', () => {
  const autumn = { academicYear: '2025-26', term: 'autumn', half: 1, firstDay: '2025-09-01', lastDay: '2025-10-24' } as const;
  const calendar = { ...calendar2024, halfTerms: [...calendar2024.halfTerms, autumn] };
  const story = year11Application({ calendar, course: { code: 'Y11-WORKSHOP', provider: 'TP-ONE', schoolWeeks: 6 } });
  story.at('2025-05-01T10:00Z').school.submits().cap.findsThePackComplete();
  story.at('2025-05-20T14:00Z').chair.approves();
  expect(story.refusal(() => story.school.confirmsTheStart('2025-09-08'))).toMatchObject({
    ...{ rule: 'R85', field: 'start' },
    message: expect.stringContaining('choose an earlier start, or withdraw the application') as string,
  });
  story.school.confirmsTheStart('2025-06-02');
  expect(story.stage).toBe('placement');
  expect(story.refusal(() => story.school.does('correctStart', { start: '2025-09-08' }))).toMatchObject({ rule: 'R85' });
});

test('the panel does not approve it once the student has left Year 11: no start of it could be confirmed (R85)', () => {
  const story = year11Application();
  story.at('2025-07-01T10:00Z').school.submits().cap.findsThePackComplete();
  const decides = (outcome: string, ...texts: string[]) => {
    const conditionsBy = outcome === 'approve-with-conditions' ? { conditionsBy: '2025-10-20' } : {};
    story.chair.does('panelDecision', { outcome, outsideMeeting: true, ...conditionsBy } as never, ['reasons', ...texts]);
  };
  story.at('2025-09-22T14:00Z');
  for (const [outcome, ...texts] of [['approve'], ['approve-with-conditions', 'conditions']] as const) {
    expect(story.refusal(() => decides(outcome, ...texts))).toMatchObject({
      ...{ rule: 'R85', field: 'outcome' },
      message: expect.stringContaining(
        'in 2025-26 this student is in Year 12: no start can be confirmed, so refuse it',
      ) as string,
    });
  }
  decides('refuse', 'alternatives');
  expect(story.state.position).toMatchObject({ stage: 'alternatives', because: 'refused' });
});
