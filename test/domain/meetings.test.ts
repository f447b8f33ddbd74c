// A panel meeting by its rules alone (A7): who sits, who takes no part, who is present, and the minutes that come of it.
import fc from 'fast-check';
import type { Instant } from '../../domain/calendar';
import type { MeetingCommand } from '../../domain/commands';
import { afterStep } from '../../domain/machine';
import type { MeetingFacts } from '../../domain/meetings/facts';
import { meetingMachine } from '../../domain/meetings/meeting';
import { seatsOfPanels } from '../../domain/meetings/seats';
import { inAgendaOrder, isQuorate, sittingOf } from '../../domain/meetings/sitting';
import type { MeetingEvent, MeetingState } from '../../domain/meetings/state';
import { isRefusal } from '../../domain/refusal';
import type { Refusal } from '../../domain/state';
import type { Party } from '../../domain/words';
import { anyMeetingTry, meetingWordsFor } from '../support/meetingTries';
import { calendar2024 } from '../support/story';

const lead = 'panel:multi-agency';
const planned = { reference: 'MAP-2024-12-17', panel: 'multi-agency', day: '2024-12-17', deadline: '2024-12-04' } as const;
const standing = [
  { seat: 'chair', holder: 'chair.one', deputy: null, away: false },
  { seat: 'headteacher-1', holder: 'head.one', deputy: 'head.two', away: false },
  { seat: 'attendance', holder: 'attendance.one', deputy: 'attendance.two', away: true },
];
const opened: Instant = '2024-11-20T09:00:00.000Z';
const theDay: Instant = '2024-12-17T10:00:00.000Z';

/** A meeting that is told by commands. */
function meeting(change: Partial<MeetingFacts> = {}) {
  let state: MeetingState | null = null;
  let now = opened;
  const happened: MeetingEvent[] = [];
  const facts = (person: string, parties: readonly Party[], texts: readonly string[] | null): MeetingFacts => ({
    ...{ now, commandId: 'command', actor: { person, parties }, texts, calendar: calendar2024 },
    ...{ planned, quorum: 2, standing, agenda: ['CAP-ONE', 'CAP-TWO'], undecided: 0, decided: 2 },
    members: ['chair.one', 'vice.one', 'head.one', 'head.two', 'attendance.one', 'attendance.two'],
    leaders: ['chair.one', 'vice.one'],
    ...change,
  });
  const give = (
    command: MeetingCommand,
    person = 'system',
    parties: readonly Party[] = ['system'],
    texts: readonly string[] | null = [],
  ): Refusal | readonly MeetingEvent[] => {
    const decision = meetingMachine.decide(state, command, facts(person, parties, texts));
    if (isRefusal(decision)) return decision;
    state = afterStep(meetingMachine, state, decision);
    happened.push(...decision);
    return decision;
  };
  const told = {
    at: (time: Instant) => (now = time),
    give,
    chair: (command: MeetingCommand, texts: readonly string[] | null = []) => give(command, 'chair.one', [lead], texts),
    cap: (command: MeetingCommand, texts: readonly string[] | null = []) => give(command, 'cap.one', ['cap'], texts),
    member: (person: string, command: MeetingCommand, texts: readonly string[] | null = ['interest']) =>
      give(command, person, ['member:multi-agency'], texts),
    change: (facts: Partial<MeetingFacts>) => void Object.assign(change, facts),
    get state(): MeetingState {
      if (state === null) throw new Error('Not convened');
      return state;
    },
    who: (seat: string) => told.state.seats.find((each) => each.seat === seat)?.person,
    waits: () => meetingMachine.waits(told.state, calendar2024),
    happened,
  };
  return told;
}

function convened(change: Partial<MeetingFacts> = {}) {
  const told = meeting({ ...change });
  told.give({ kind: 'convene', body: {} });
  return told;
}

function atItsDay(change: Partial<MeetingFacts> = {}) {
  const told = convened(change);
  told.at('2024-12-05T00:00:00.000Z');
  told.give({ kind: 'clock', body: {} });
  told.at(theDay);
  return told;
}

const present = (seats: string): MeetingCommand => ({ kind: 'recordAttendance', body: { present: seats } });

test('the Review & Authorisation Panel has the twelve seats of the brochure, the Multi-Agency Panel its fourteen (R89, R90)', () => {
  expect(seatsOfPanels['review-and-authorisation']).toHaveLength(12);
  expect(seatsOfPanels['multi-agency']).toHaveLength(14);
  const services = [
    ...['Coventry Alternative Provision', 'Attendance', 'Specialist SEMHL', 'Early Help', 'Youth Justice Service'],
    ...['Behaviour and Reintegration', 'SEND and Educational Psychology', 'Schools Violence Reduction', 'Virtual School'],
  ];
  const titles = (panel: 'review-and-authorisation' | 'multi-agency') => seatsOfPanels[panel].map(({ title }) => title);
  expect(titles('review-and-authorisation')).toEqual([
    ...['Chair (LA officer)', 'Vice chair (LA officer)', 'Tier 2 external training providers', ...services],
  ]);
  expect(titles('multi-agency')).toEqual([
    ...['Independent chair', 'Vice chair', 'Secondary headteacher (first, in rotation)'],
    ...['Secondary headteacher (second, in rotation)', 'Headteacher of the AP Academy', ...services],
  ]);
});

describe('Seats', () => {
  test('are held by who usually sits there, and by the deputy of somebody who is out of office that day (A19)', () => {
    const told = convened();
    expect(told.who('chair')).toBe('chair.one');
    expect(told.who('attendance')).toBe('attendance.two');
    expect(told.who('vice-chair')).toBeNull();
  });

  test('follow the usual holders until the agenda closes, but for those that were filled for this meeting', () => {
    const told = convened();
    told.cap({ kind: 'fillSeat', body: { seat: 'headteacher-1', person: 'head.two' } });
    told.change({ standing: standing.map((each) => ({ ...each, away: false })) });
    told.at('2024-12-05T00:00:00.000Z');
    told.give({ kind: 'clock', body: {} });
    expect(told.state.stage).toBe('agenda-closed');
    expect([told.who('attendance'), told.who('headteacher-1')]).toEqual(['attendance.one', 'head.two']);
  });

  test.each([
    ['a seat that the panel has not', 'chairperson', 'vice.one', 'R89', 'seat'],
    ['somebody who is not of the panel', 'vice-chair', 'stranger', 'A21', 'person'],
    ['somebody who sits in another seat', 'vice-chair', 'chair.one', 'A7', 'person'],
  ])('are not filled with %s', (_, seat, person, rule, field) => {
    const told = convened();
    const refused = told.cap({ kind: 'fillSeat', body: { seat, person } });
    expect(refused).toMatchObject({ refused: 'wrong-value', rule, field });
    // Whoever reads it knows people by their names, which a rule does not have.
    expect(JSON.stringify(refused)).not.toContain(person);
  });

  test('a member fills none', () => {
    const filled = convened().member('head.one', { kind: 'fillSeat', body: { seat: 'cap', person: 'head.two' } });
    expect(filled).toMatchObject({ refused: 'not-yours' });
  });
});

describe('An interest', () => {
  test('is declared by a member for themself, and by CAP for anybody of the panel', () => {
    const told = convened();
    told.member('head.one', { kind: 'declareInterest', body: { case: 'CAP-ONE' } });
    told.cap({ kind: 'declareInterest', body: { case: 'CAP-TWO', person: 'attendance.two' } }, ['interest']);
    expect(told.state.interests).toEqual([
      { case: 'CAP-ONE', person: 'head.one' },
      { case: 'CAP-TWO', person: 'attendance.two' },
    ]);
    expect(told.member('head.one', { kind: 'declareInterest', body: { case: 'CAP-ONE' } })).toMatchObject({
      refused: 'nothing-changed',
    });
  });

  test('a member declares none for others, and none in a case that does not come to this meeting', () => {
    const told = convened();
    const forOthers = told.member('head.one', { kind: 'declareInterest', body: { case: 'CAP-ONE', person: 'chair.one' } });
    expect(forOthers).toMatchObject({ refused: 'not-yours', field: 'person' });
    const elsewhere = told.member('head.one', { kind: 'declareInterest', body: { case: 'CAP-NINE' } });
    expect(elsewhere).toMatchObject({ refused: 'wrong-value', field: 'case' });
  });

  test('needs its words, which no signal brings', () => {
    const told = convened();
    expect(told.member('head.one', { kind: 'declareInterest', body: { case: 'CAP-ONE' } }, null)).toMatchObject({
      refused: 'reason-needed',
    });
  });

  test('is taken back by somebody else than whose it is (A21)', () => {
    const told = convened();
    told.chair({ kind: 'declareInterest', body: { case: 'CAP-ONE' } }, ['interest']);
    const back: MeetingCommand = { kind: 'takeBackInterest', body: { case: 'CAP-ONE', person: 'chair.one' } };
    expect(told.chair(back, ['reason'])).toMatchObject({ refused: 'not-yours', rule: 'A21' });
    told.cap(back, ['reason']);
    expect(told.state.interests).toEqual([]);
  });
});

describe('Attendance', () => {
  test('is recorded on the day or after it, of seats in which somebody sits, and can be put right until the minutes are signed', () => {
    const told = convened();
    expect(told.chair(present('chair'))).toMatchObject({
      refused: 'before-the-meeting',
      message: 'The panel meets on Tuesday 17 December 2024: this is for that day or after it.',
    });
    told.at(theDay);
    expect(told.chair(present('chair,vice-chair'))).toMatchObject({ refused: 'wrong-value', field: 'present' });
    expect(told.chair(present('chair,nobody'))).toMatchObject({ refused: 'wrong-value', field: 'present' });
    told.chair(present('chair,attendance'));
    told.chair(present('chair'));
    expect(told.state.present).toEqual(['chair']);
  });

  test('is no news when the same seats are named in another order, and not of a seat that the panel has not or nobody sits in', () => {
    const told = atItsDay();
    told.chair(present('chair,headteacher-1'));
    expect(told.chair(present('headteacher-1,chair'))).toMatchObject({ refused: 'nothing-changed' });
    const said = (seats: string) => told.chair(present(seats));
    expect(said('chair,chairperson')).toMatchObject({ message: expect.stringContaining('no seat chairperson') as string });
    expect(said('chair,vice-chair')).toMatchObject({ message: expect.stringContaining('Nobody sits') as string });
  });

  test('a quorum is counted without those who have an interest in the case, and needs one who leads', () => {
    const told = atItsDay();
    told.member('head.one', { kind: 'declareInterest', body: { case: 'CAP-ONE' } });
    expect(isQuorate(sittingOf(told.state, 'CAP-TWO', []))).toBe(false);
    told.chair(present('chair,headteacher-1'));
    expect(isQuorate(sittingOf(told.state, 'CAP-TWO', []))).toBe(true);
    expect(isQuorate(sittingOf(told.state, 'CAP-ONE', []))).toBe(false);
    told.chair(present('headteacher-1,attendance'));
    expect(isQuorate(sittingOf(told.state, 'CAP-TWO', []))).toBe(false);
  });

  test('a head is not counted for a case of their own school (A7)', () => {
    const told = atItsDay();
    told.chair(present('chair,headteacher-1'));
    expect(isQuorate(sittingOf(told.state, 'CAP-TWO', ['head.one']))).toBe(false);
    expect(isQuorate(sittingOf(told.state, 'CAP-TWO', ['head.two']))).toBe(true);
  });

  test('a seat that changes hands is no longer known to be present', () => {
    const told = atItsDay();
    told.chair(present('chair,headteacher-1'));
    told.cap({ kind: 'fillSeat', body: { seat: 'headteacher-1', person: 'head.two' } });
    expect(told.state.present).toEqual(['chair']);
  });
});

describe('The minutes', () => {
  test('are signed once attendance is recorded and no case of the agenda is left undecided; then the meeting is over', () => {
    const told = atItsDay({ undecided: 1 });
    expect(told.chair({ kind: 'signMinutes', body: {} })).toMatchObject({ refused: 'not-now' });
    told.chair(present('chair,headteacher-1'));
    expect(told.chair({ kind: 'signMinutes', body: {} })).toMatchObject({ refused: 'not-now', rule: 'A7' });
    told.change({ undecided: 2 });
    expect(told.chair({ kind: 'signMinutes', body: {} })).toMatchObject({
      message: '2 cases of the agenda still await a decision: decide or defer each first.',
    });
    told.change({ undecided: 0 });
    expect(told.cap({ kind: 'signMinutes', body: {} })).toMatchObject({ refused: 'not-yours' });
    told.chair({ kind: 'signMinutes', body: {} });
    expect(meetingMachine.isOver(told.state)).toBe(true);
    expect(told.waits()).toEqual([]);
  });

  test('are not signed while a case waits in which the signer takes no part: they are told that somebody else decides it', () => {
    const told = atItsDay({ undecided: 1, agenda: ['CAP-TWO'] });
    told.chair({ kind: 'declareInterest', body: { case: 'CAP-TWO' } }, ['interest']);
    told.chair(present('chair,headteacher-1'));
    expect(told.chair({ kind: 'signMinutes', body: {} })).toMatchObject({
      refused: 'not-now',
      message:
        '1 case of the agenda still awaits a decision. You take no part in CAP-TWO: somebody else who leads the panel decides or defers it first.',
    });
  });

  test('are waited for from the panel until three working days after the meeting; then CAP is told', () => {
    const told = atItsDay();
    const [wait] = told.waits();
    // Tuesday 17 December: Friday 20 December, reminded a working day after the meeting.
    expect(wait).toMatchObject({ party: lead, what: 'minutes', due: '2024-12-20T23:59:59.999Z' });
    told.at('2024-12-19T00:00:00.000Z');
    expect(told.give({ kind: 'clock', body: {} })).toMatchObject([{ kind: 'reminded', party: lead }]);
    told.at('2024-12-25T00:00:00.000Z');
    expect(told.give({ kind: 'clock', body: {} })).toMatchObject([{ kind: 'escalated', party: lead }]);
    expect(told.waits().map(({ next }) => next)).toEqual([null]);
  });
});

describe('A meeting with nothing on its agenda', () => {
  const empty = { agenda: [], undecided: 0, decided: 0 };

  test('asks for no minutes: it is over with the working day after it, and nobody is reminded', () => {
    const told = atItsDay(empty);
    told.at('2024-12-19T00:00:00.000Z');
    expect(told.give({ kind: 'clock', body: {} })).toMatchObject([{ kind: 'passed' }]);
    expect([told.state.stage, told.waits()]).toEqual(['passed', []]);
  });

  test.each<[string, Partial<MeetingFacts>]>([
    ['a case was decided at it', { ...empty, decided: 1 }],
    ['a case still stands before it', { ...empty, agenda: ['CAP-ONE'], undecided: 1 }],
  ])('does not count as one where %s: its minutes are asked for', (_what, facts) => {
    const told = atItsDay(facts);
    told.at('2024-12-19T00:00:00.000Z');
    expect(told.give({ kind: 'clock', body: {} })).toMatchObject([{ kind: 'reminded', what: 'minutes' }]);
  });

  test('has minutes where attendance was recorded, for the panel did sit', () => {
    const told = atItsDay(empty);
    told.chair(present('chair,headteacher-1'));
    told.at('2024-12-19T00:00:00.000Z');
    expect(told.give({ kind: 'clock', body: {} })).toMatchObject([{ kind: 'reminded', what: 'minutes' }]);
    expect(told.chair({ kind: 'signMinutes', body: {} })).toMatchObject([{ kind: 'minutesSigned' }]);
  });
});

describe('The days of a meeting', () => {
  test('its agenda closes at the end of the referral deadline (R93)', () => {
    const told = convened();
    told.at('2024-12-04T23:59:59.999Z');
    expect(told.give({ kind: 'clock', body: {} })).toMatchObject({ refused: 'not-due' });
    told.at('2024-12-05T00:00:00.000Z');
    expect(told.give({ kind: 'clock', body: {} })).toMatchObject([{ kind: 'agendaClosed' }]);
  });

  test('one that the calendar moves opens its agenda anew, until its new deadline', () => {
    const told = atItsDay();
    told.chair(present('chair,headteacher-1'));
    told.change({ planned: { ...planned, day: '2025-01-14', deadline: '2025-01-08' } });
    told.give({ kind: 'recalculate', body: {} });
    expect(told.state).toMatchObject({ day: '2025-01-14', stage: 'agenda-open', present: null });
    expect(told.give({ kind: 'recalculate', body: {} })).toMatchObject({ refused: 'nothing-changed' });
  });

  test('one that is taken out of the calendar is over', () => {
    const told = convened({ planned: null });
    expect(told.happened).toEqual([]);
    const there = convened();
    there.change({ planned: null });
    there.give({ kind: 'recalculate', body: {} });
    expect(there.state.stage).toBe('cancelled');
  });

  test('one that is taken out of the calendar is told to who leads and who sits on the panel: it stands in their calendars', () => {
    const told = convened();
    const events: MeetingEvent[] = [{ kind: 'cancelled', at: opened }];
    const emails = meetingMachine.emails(told.state, events, told.state, { by: ['system'], waits: [] });
    expect(emails.map(({ to, notices: [{ template }] }) => [to, template])).toEqual([
      ['panel:multi-agency', 'meeting-cancelled'],
      ['member:multi-agency', 'meeting-cancelled'],
    ]);
  });

  test('one of which no seat is held passes by itself: its panel decides by its chair alone', () => {
    const told = atItsDay({ standing: [] });
    expect(told.waits()).toMatchObject([{ what: 'end-of-day', party: 'system' }]);
    expect(meetingMachine.allowed(told.state, theDay)).not.toContain('recordAttendance');
    told.at('2024-12-18T00:00:00.000Z');
    told.give({ kind: 'clock', body: {} });
    expect(told.state.stage).toBe('passed');
  });
});

test('a leading seat is for who may lead the panel: others of it would neither decide nor sign there (A7)', () => {
  const told = convened();
  for (const seat of ['chair', 'vice-chair']) {
    const given = told.cap({ kind: 'fillSeat', body: { seat, person: 'head.two' } });
    expect(given).toMatchObject({ refused: 'wrong-value', rule: 'A7', field: 'person' });
  }
  expect(told.cap({ kind: 'fillSeat', body: { seat: 'vice-chair', person: 'vice.one' } })).toMatchObject([
    { kind: 'seatFilled' },
  ]);
  expect(told.cap({ kind: 'fillSeat', body: { seat: 'headteacher-1', person: 'head.two' } })).toMatchObject([
    { kind: 'seatFilled' },
  ]);
});

test('nobody is told of a meeting of which no seat is held; else those who lead and those who sit there are (A18)', () => {
  const emailsOf = (standingThen: MeetingFacts['standing']) => {
    const told = convened({ standing: standingThen });
    return meetingMachine
      .emails(null, told.happened, told.state, { by: [], waits: told.waits() })
      .map(({ to, notices }) => [to, notices[0].template]);
  };
  expect(emailsOf([])).toEqual([]);
  expect(emailsOf(standing.slice(0, 1))).toEqual([[lead, 'meeting-planned']]);
  expect(emailsOf(standing)).toEqual([
    [lead, 'meeting-planned'],
    ['member:multi-agency', 'meeting-planned'],
  ]);
});

test('a meeting whose referral deadline alone is changed has not moved, and nobody is told that it has (R93)', () => {
  const told = convened();
  const change = (changed: { day?: string; deadline: string }) => {
    const before = told.state;
    told.change({ planned: { ...planned, ...changed } });
    told.give({ kind: 'recalculate', body: {} });
    const emails = meetingMachine.emails(before, told.happened.slice(-1), told.state, { by: [], waits: told.waits() });
    return emails.map(({ to, notices }) => [to, notices[0].template]);
  };
  expect(change({ deadline: '2024-12-05' })).toEqual([]);
  expect(told.state).toMatchObject({ day: '2024-12-17', deadline: '2024-12-05' });
  expect(change({ day: '2024-12-18', deadline: '2024-12-05' })).toEqual([
    [lead, 'meeting-moved'],
    ['member:multi-agency', 'meeting-moved'],
  ]);
});

describe('who is given a seat hears of it themselves (A7, A19)', () => {
  type Told = ReturnType<typeof convened>;
  const seatsTold = (told: Told, before: MeetingState, by: readonly Party[] = ['system']) =>
    meetingMachine
      .emails(before, told.happened.slice(-1), told.state, { by, waits: told.waits() })
      .flatMap(({ to, notices: [notice] }) => ('seat' in notice ? [[to, notice.template, notice.seat]] : []));

  test('for one meeting: who now sits there, and who sat there until then', () => {
    const told = convened();
    const before = told.state;
    told.chair({ kind: 'fillSeat', body: { seat: 'headteacher-1', person: 'head.two' } });
    expect(seatsTold(told, before)).toEqual([
      ['person:head.two', 'seat-given', 'headteacher-1'],
      ['person:head.one', 'seat-ended', 'headteacher-1'],
    ]);
  });

  test('of a seat that is left empty, who sat there', () => {
    const told = convened();
    const before = told.state;
    told.chair({ kind: 'fillSeat', body: { seat: 'headteacher-1' } });
    expect(seatsTold(told, before)).toEqual([['person:head.one', 'seat-ended', 'headteacher-1']]);
  });

  test('but not who gave it to themselves', () => {
    const told = convened();
    const before = told.state;
    told.chair({ kind: 'fillSeat', body: { seat: 'vice-chair', person: 'vice.one' } });
    expect(seatsTold(told, before, [lead, 'person:vice.one'])).toEqual([]);
  });

  test('with the closing of the agenda: a deputy, whether the absence was known when the meeting was planned or came later', () => {
    const told = convened();
    told.change({ standing: standing.map((each) => (each.seat === 'headteacher-1' ? { ...each, away: true } : each)) });
    told.at('2024-12-05T00:00:00.000Z');
    const before = told.state;
    told.give({ kind: 'clock', body: {} });
    expect(seatsTold(told, before)).toEqual([
      ['person:head.two', 'seat-given', 'headteacher-1'],
      ['person:head.one', 'seat-ended', 'headteacher-1'],
      ['person:attendance.two', 'seat-given', 'attendance'],
    ]);
  });

  test('and nobody who sits where they usually do', () => {
    const told = convened({ standing: standing.slice(0, 1) });
    told.at('2024-12-05T00:00:00.000Z');
    const before = told.state;
    told.give({ kind: 'clock', body: {} });
    expect(seatsTold(told, before)).toEqual([]);
  });
});

test('an agenda takes first what needs one of few places, then the earlier start, then who applied first', () => {
  const item = (reference: string, limitedPlaces: boolean, start: string | null, submitted: Instant) => ({
    ...{ reference, limitedPlaces, start, submitted },
  });
  const items = [
    item('CAP-D', false, null, '2024-11-01T09:00:00.000Z'),
    item('CAP-C', false, '2025-01-13', '2024-11-03T09:00:00.000Z'),
    item('CAP-B', true, '2025-01-27', '2024-11-02T09:00:00.000Z'),
    item('CAP-A', true, '2025-01-27', '2024-11-01T09:00:00.000Z'),
    item('CAP-E', true, '2025-01-06', '2024-11-09T09:00:00.000Z'),
    item('CAP-AA', true, '2025-01-27', '2024-11-03T09:00:00.000Z'),
    item('CAP-AC', true, '2025-01-27', '2024-11-04T09:00:00.000Z'),
    item('CAP-AB', true, '2025-01-27', '2024-11-04T09:00:00.000Z'),
  ];
  expect(inAgendaOrder(items).map(({ reference }) => reference)).toEqual([
    ...['CAP-E', 'CAP-A', 'CAP-B', 'CAP-AA', 'CAP-AB', 'CAP-AC', 'CAP-C', 'CAP-D'],
  ]);
});

describe('Whatever is asked of a meeting, in whatever order', () => {
  /** Tries whatever comes, and holds what must be true at every step. @returns the stages that were reached */
  function tried(parameters: fc.Parameters<unknown>): string[] {
    const reached = new Set<string>();
    fc.assert(
      fc.property(fc.array(anyMeetingTry, { maxLength: 40 }), (all) => {
        const told = convened();
        let time = Date.parse(opened);
        for (const { command: what, parties: by, person: who, hours, planned: then, undecided, texts } of all) {
          time += hours * 3_600_000;
          told.at(new Date(time).toISOString());
          const moved = { ...planned, day: '2025-01-14', deadline: '2025-01-08' };
          told.change({ undecided, planned: then === 'taken out' ? null : then === 'moved' ? moved : planned });
          const before = told.state;
          const needed = texts && meetingWordsFor(what);
          const outcome = told.give(what, who, by, needed);
          const { seats, present: there, interests, stage } = told.state;
          const people = seats.flatMap((each) => each.person ?? []);
          expect(new Set(people).size).toBe(people.length);
          expect(people).not.toContain('stranger');
          const held = seats.filter((each) => each.person !== null).map((each) => each.seat);
          expect(held).toEqual(expect.arrayContaining([...(there ?? [])]));
          expect(new Set(interests.map((each) => JSON.stringify(each))).size).toBe(interests.length);
          if (meetingMachine.isOver(before)) expect(told.state).toEqual(before);
          if (!isRefusal(outcome)) expect(told.state.step).toBe(before.step + 1);
          for (const { next } of told.waits()) expect(next === null || next > '2024').toBe(true);
          reached.add(stage);
        }
      }),
      parameters,
    );
    return [...reached].sort();
  }

  test('nobody sits twice, only seats that are held are present, nobody has an interest twice, and what is over stays so', () => {
    expect(tried({ numRuns: 300 })).toContain('agenda-open');
  });

  test('every stage of a meeting with seats is reached, so that this means something', () => {
    expect(tried({ numRuns: 1500, seed: 2 })).toEqual(['agenda-closed', 'agenda-open', 'cancelled', 'signed']);
  });
});
