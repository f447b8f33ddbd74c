// Registers by their rules alone (A5, R97): whom a host expects, what it may mark, and what people are told the next working morning.
import { attendanceOf, expectedHalves, markProblem, suggestedCode } from '../../domain/attendance';
import { beginsWeek, morningDays, morningEmails, unmarkedHosts } from '../../domain/morning';
import { calendar2024, flourishBeforeItsPanel, refocusBeforeTheMultiAgencyPanel } from '../support/story';

/** Flourish on Tuesdays and Thursdays, from 13 January to 11 April 2025. */
function flourish() {
  const story = flourishBeforeItsPanel();
  story.at('2024-12-16T14:00Z').chair.approves().cap.sendsThePackTo('TP-ONE');
  story.at('2024-12-18T10:00Z').provider.holdsTheInterview().provider.accepts();
  return story.school.does('confirmStart', { start: '2025-01-13', weekdays: 'tue,thu' }).state;
}

/** Refocus from 27 January 2025: seven weeks with the AP Academy from Tuesday on, then three at home. */
function refocus() {
  const story = refocusBeforeTheMultiAgencyPanel();
  story.at('2024-12-17T14:00Z').secondChair.approves();
  story.at('2025-01-06T10:00Z').academy.onboards();
  return story.school.does('confirmStart', { start: '2025-01-27' }).state;
}

test('a student is expected on the days that were agreed, on school days of the placement alone', () => {
  const state = flourish();
  const on = (day: string) => expectedHalves(state, day, calendar2024);
  expect(on('2025-01-14')).toEqual(['am', 'pm']);
  expect(on('2025-01-13')).toEqual([]); // a Monday
  expect(on('2025-01-09')).toEqual([]); // before the start
  expect(on('2025-02-18')).toEqual([]); // half-term holiday
  expect(on('2025-04-29')).toEqual([]); // after the end
});

test('its first and its last day are of the placement, expected and marked (A5)', () => {
  const story = flourishBeforeItsPanel();
  story.at('2024-12-16T14:00Z').chair.approves().cap.sendsThePackTo('TP-ONE');
  story.at('2024-12-18T10:00Z').provider.holdsTheInterview().provider.accepts();
  const { state } = story.school.does('confirmStart', { start: '2025-01-13', weekdays: 'mon,fri' });
  const person = { parties: ['provider:TP-ONE'] } as const;
  for (const day of ['2025-01-13', '2025-04-11']) {
    expect([day, expectedHalves(state, day, calendar2024)]).toEqual([day, ['am', 'pm']]);
    expect([day, markProblem(state, { day, person }, { today: day, calendar: calendar2024 })]).toEqual([day, null]);
  }
});

test('Refocus expects its students from Tuesday on, and in the last three weeks nowhere but at the home school (R80, R81)', () => {
  const state = refocus();
  expect(expectedHalves(state, '2025-02-03', calendar2024)).toEqual([]); // a Monday at the home school
  expect(expectedHalves(state, '2025-02-04', calendar2024)).toEqual(['am', 'pm']);
  expect(expectedHalves(state, '2025-04-08', calendar2024)).toEqual([]);
});

test('the home school is suggested the code of the kind of placement (A5)', () => {
  expect(suggestedCode(flourish())).toBe('B');
  expect(suggestedCode(refocus())).toBe('D');
});

test.each([
  ['its host on the day', 'provider:TP-ONE', '2025-01-14', '2025-01-14', null],
  ['its host some days later', 'provider:TP-ONE', '2025-01-14', '2025-01-30', null],
  ['its host on a day to come', 'provider:TP-ONE', '2025-01-16', '2025-01-14', 'still to come'],
  ['its host four weeks later', 'provider:TP-ONE', '2025-01-14', '2025-02-11', null],
  ['its host long after', 'provider:TP-ONE', '2025-01-14', '2025-02-12', 'put right by CAP'],
  ['CAP long after', 'cap', '2025-01-14', '2025-02-12', null],
  ['another host', 'provider:TP-TWO', '2025-01-14', '2025-01-14', 'No student of yours'],
  ['the home school', 'school:SCH-A', '2025-01-14', '2025-01-14', 'No student of yours'],
  ['its host in the holidays', 'provider:TP-ONE', '2025-02-18', '2025-02-24', 'closed'],
  ['its host before the start', 'provider:TP-ONE', '2025-01-07', '2025-01-14', 'The placement is from'],
] as const)('a session is marked by %s', (_, party, day, today, why) => {
  const problem = markProblem(flourish(), { day, person: { parties: [party] } }, { today, calendar: calendar2024 });
  if (why === null) expect(problem).toBeNull();
  else expect(problem?.message).toContain(why);
});

test('attendance counts halves of days: a late one was attended, one that nobody marked is neither', () => {
  const marked = [
    { day: '2025-01-14', half: 'am', mark: 'late' },
    { day: '2025-01-14', half: 'pm', mark: 'present' },
    { day: '2025-01-16', half: 'am', mark: 'absent' },
  ] as const;
  expect(attendanceOf(flourish(), marked, '2025-01-21', calendar2024)).toEqual({
    until: '2025-01-21',
    expected: 6,
    attended: 2,
    absent: 1,
    unmarked: 3,
    missing: [
      { day: '2025-01-16', half: 'pm' },
      { day: '2025-01-21', half: 'am' },
      { day: '2025-01-21', half: 'pm' },
    ],
  });
});

describe('Of a placement that has ended', () => {
  const ended = (at: string) => {
    const story = flourishBeforeItsPanel();
    story.at('2024-12-16T14:00Z').chair.approves().cap.sendsThePackTo('TP-ONE');
    story.at('2024-12-18T10:00Z').provider.holdsTheInterview().provider.accepts();
    story.school.does('confirmStart', { start: '2025-01-13', weekdays: 'tue,thu' });
    return story.at(at).cap.recordsTheExit('ended-early').state;
  };

  test('the half days up to its last day were expected, and those that nobody marked are missing (A5)', () => {
    const marked = [{ day: '2025-01-14', half: 'am', mark: 'present' }] as const;
    const state = ended('2025-01-22T10:00Z');
    // Tuesday 14 and 21, Thursday 16 January.
    expect(attendanceOf(state, marked, '2025-06-02', calendar2024)).toMatchObject({
      ...{ until: '2025-01-22', expected: 6, attended: 1, absent: 0, unmarked: 5 },
    });
    expect(expectedHalves(state, '2025-01-23', calendar2024)).toEqual([]);
  });

  test('its last day is the planned one where it is closed later', () => {
    const running = attendanceOf(flourish(), [], '2025-05-20', calendar2024);
    const state = ended('2025-05-20T10:00Z');
    expect(attendanceOf(state, [], '2025-06-02', calendar2024)).toEqual(running);
    expect([running.until, running.expected > 0]).toEqual(['2025-04-11', true]);
  });

  test('no half day was expected where it was withdrawn before its start', () => {
    const story = flourishBeforeItsPanel();
    const { state } = story.school.does('withdraw', {});
    expect(attendanceOf(state, [], '2025-06-02', calendar2024)).toMatchObject({ until: '2025-06-02', expected: 0, missing: [] });
  });

  test('its days are still marked and put right, by its host for four weeks and by CAP after that; no day after its last one is (A5, R97)', () => {
    const state = ended('2025-01-22T10:00Z');
    const problem = (party: 'provider:TP-ONE' | 'cap', day: string, today: string) =>
      markProblem(state, { day, person: { parties: [party] } }, { today, calendar: calendar2024 })?.message ?? null;
    expect(problem('provider:TP-ONE', '2025-01-21', '2025-01-23')).toBeNull();
    expect(problem('provider:TP-ONE', '2025-01-14', '2025-02-12')).toContain('put right by CAP');
    expect(problem('cap', '2025-01-14', '2025-02-12')).toBeNull();
    expect(problem('cap', '2025-01-23', '2025-01-24')).toBe(
      'The placement is from Monday 13 January 2025 to Wednesday 22 January 2025.',
    );
  });

  test('nothing is marked of one that never began, nor once what was written of it is erased (A14)', () => {
    const never = flourishBeforeItsPanel().school.does('withdraw', {}).state;
    const context = { today: '2025-01-22', calendar: calendar2024 };
    const person = { parties: ['cap'] } as const;
    const marking = { day: '2025-01-21', person };
    expect(markProblem(never, marking, context)?.rule).toBe('R97');
    const state = ended('2025-01-22T10:00Z');
    const erased = { ...state, position: { ...state.position, erased: true } } as typeof state;
    expect(markProblem(erased, marking, context)).toMatchObject({ rule: 'A14' });
    expect(expectedHalves(erased, '2025-01-21', calendar2024)).toEqual([]);
  });
});

describe('A working morning', () => {
  test('looks at the last school day and the one before it; on weekends and holidays nobody is told anything', () => {
    expect(morningDays('2025-01-15', calendar2024)).toEqual({ yesterday: '2025-01-14', before: '2025-01-13' });
    expect(morningDays('2025-01-20', calendar2024)).toEqual({ yesterday: '2025-01-17', before: '2025-01-16' });
    expect(morningDays('2025-01-18', calendar2024)).toBeNull();
    expect(morningDays('2025-04-21', calendar2024)).toBeNull(); // Easter Monday
  });

  test('is the first of its week on a Monday, or on the Tuesday after a bank holiday', () => {
    expect(['2025-01-13', '2025-01-14', '2025-05-06'].map((day) => beginsWeek(day, calendar2024))).toEqual([true, false, true]);
  });

  test('finds the hosts whose register lacks a mark', () => {
    const state = flourish();
    const am = { day: '2025-01-14', half: 'am' } as const;
    const hosts = (marked: readonly (typeof am | { day: string; half: 'pm' })[]) => [
      ...unmarkedHosts([{ state, marked }], '2025-01-14', calendar2024),
    ];
    expect(hosts([am])).toEqual([['provider:TP-ONE', 1]]);
    expect(hosts([am, { day: '2025-01-14', half: 'pm' }])).toEqual([]);
    expect(unmarkedHosts([{ state, marked: [] }], '2025-01-13', calendar2024).size).toBe(0);
  });

  test('tells schools how many students were absent, hosts which day to mark, CAP how many hosts owe the day before', () => {
    const emails = morningEmails(
      { yesterday: '2025-01-16', before: '2025-01-14' },
      {
        absences: new Map([['SCH-A', 2]]),
        yesterday: new Set(['provider:TP-ONE']),
        before: new Set(['provider:TP-TWO']),
        lapsing: 1,
      },
    );
    expect(emails.map(({ to, notices }) => [to, ...notices])).toEqual([
      ['school:SCH-A', { template: 'absences', students: 2 }],
      ['provider:TP-ONE', { template: 'register-to-mark', day: '2025-01-16' }],
      ['cap', { template: 'registers-unmarked', day: '2025-01-14', hosts: 1 }, { template: 'checks-lapsing', providers: 1 }],
    ]);
  });
});
