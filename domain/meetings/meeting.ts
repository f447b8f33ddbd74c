// The machine of a panel meeting (A7): its agenda closes at the referral deadline, its seats are filled, its members declare interests, those
// present are recorded, its cases are decided each in its own record, and its chair signs the minutes that come of all this.
import {
  addDays,
  addWorkingDays,
  agendaCloses,
  endOfLondonDay,
  formatDay,
  londonDay,
  outcomeDue,
  startOfLondonDay,
  type Calendar,
  type Instant,
} from '../calendar';
import { nudgeKey, waitOf } from '../clock';
import { meetingCommandTable, misfits, readMeetingCommand, type MeetingCommand, type MeetingCommandKind } from '../commands';
import { alwaysSeen, refusedOutright, titlesOf, type Machine } from '../machine';
import { isRefusal, refuse } from '../refusal';
import type { Refusal, Wait, WaitKey } from '../state';
import { workingDaysAfter, type Awaited } from '../take';
import { roleOf, type Party } from '../words';
import { meetingEmails } from './emails';
import type { MeetingFacts, StandingSeat } from './facts';
import { leads, leadsNot, seatsOfPanels, seatTitle } from './seats';
import { isSeated } from './sitting';
import type { MeetingEvent, MeetingState, Seated } from './state';

type WithoutTime<E> = E extends MeetingEvent ? Omit<E, 'at'> : never;
type Decision = Refusal | readonly WithoutTime<MeetingEvent>[];
type Given<K extends MeetingCommandKind> = Extract<MeetingCommand, { kind: K }>;

export const meetingMachine: Machine<MeetingState, MeetingCommand, MeetingEvent, MeetingFacts> = {
  titles: titlesOf(meetingCommandTable),
  read: readMeetingCommand,
  decide: (state, command, facts) => {
    const decision = state === null ? convene(command, facts) : goOn(state, command, facts);
    return isRefusal(decision) ? decision : decision.map((happening) => ({ ...happening, at: facts.now }));
  },
  evolve,
  allowed,
  parties: (state, kind) => everGivenBy(state, kind),
  everGivenBy,
  sides: () => [],
  waits,
  viewers: ({ panel }) => alwaysSeen(['cap', 'audit', `panel:${panel}`, `member:${panel}`]),
  readers: () => null,
  isOver: ({ stage }) => stage === 'signed' || stage === 'passed' || stage === 'cancelled',
  emails: meetingEmails,
};

function allowed(state: MeetingState | null, now?: Instant): MeetingCommandKind[] {
  if (state === null) return ['convene'];
  if (meetingMachine.isOver(state)) return [];
  const hasBegun = now === undefined || londonDay(now) >= state.day;
  return [
    'fillSeat',
    'declareInterest',
    ...(state.interests.length > 0 ? (['takeBackInterest'] as const) : []),
    ...(isSeated(state) && hasBegun ? (['recordAttendance'] as const) : []),
    ...(state.present !== null && hasBegun ? (['signMinutes'] as const) : []),
    ...(state.undelivered.length > 0 ? (['settleEmail'] as const) : []),
    'clock',
    'recalculate',
    'emailUndelivered',
  ];
}

function everGivenBy({ panel }: MeetingState, kind: MeetingCommandKind): Party[] {
  const lead: Party = `panel:${panel}`;
  switch (kind) {
    case 'fillSeat':
    case 'takeBackInterest':
    case 'recordAttendance':
      return [lead, 'cap'];
    case 'declareInterest':
      return [lead, `member:${panel}`, 'cap'];
    case 'signMinutes':
      return [lead];
    case 'settleEmail':
      return ['cap'];
    case 'convene':
    case 'clock':
    case 'recalculate':
    case 'emailUndelivered':
      return ['system'];
  }
}

function convene(command: MeetingCommand, { planned, standing, quorum, actor }: MeetingFacts): Decision {
  if (command.kind !== 'convene' || !actor.parties.includes('system') || planned === null) {
    return refuse('not-now', 'stage', 'The meeting is not begun here yet: try again in a moment.');
  }
  return [{ kind: 'convened', ...planned, quorum, seats: seatsNow(planned.panel, [], standing) }];
}

function goOn(state: MeetingState, command: MeetingCommand, facts: MeetingFacts): Decision {
  if (command.kind === 'convene') return refuse('nothing-changed', 'A7', 'The meeting is begun already.');
  const refusal = refusedOutright(meetingMachine, state, command.kind, facts.actor);
  if (refusal) return refusal;
  const [misfit] = misfits(command.kind, command.body, facts.texts);
  if (misfit) return refuse('wrong-value', misfit.rule, misfit.message, misfit.field);
  switch (command.kind) {
    case 'fillSeat':
      return fillSeat(state, command, facts);
    case 'declareInterest':
      return declareInterest(state, command, facts);
    case 'takeBackInterest':
      return takeBackInterest(state, command, facts);
    case 'recordAttendance':
      return recordAttendance(state, command, facts);
    case 'signMinutes':
      return signMinutes(state, facts);
    case 'settleEmail': {
      const { email } = command.body;
      const known = state.undelivered.some((each) => each.email === email);
      if (!known) return refuse('wrong-value', 'A16', 'No undelivered e-mail of this meeting has that name.', 'email');
      return facts.texts === null
        ? refuse('reason-needed', 'A16', 'Write in the service how its reader was told.', 'how')
        : [{ kind: 'emailSettled', email }];
    }
    case 'emailUndelivered':
      return [{ kind: 'emailUndelivered', email: command.body.email }];
    case 'recalculate':
      return reschedule(state, facts);
    case 'clock':
      return clock(state, facts);
  }
}

function fillSeat(state: MeetingState, { body }: Given<'fillSeat'>, { members, leaders }: MeetingFacts): Decision {
  const { seat } = body;
  const person = body.person ?? null;
  const held = state.seats.find((each) => each.seat === seat);
  if (!held) return refuse('wrong-value', 'R89', `This panel has no seat ${seat}: take one that its page lists.`, 'seat');
  if (held.person === person) return refuse('nothing-changed', 'A7', 'That is so already.', 'person');
  if (person !== null && !members.includes(person)) {
    return refuse('wrong-value', 'A21', 'Whoever sits there must be of this panel: CAP gives them a role in it first.', 'person');
  }
  if (person !== null && leads(seat) && !leaders.includes(person)) {
    return refuse('wrong-value', 'A7', leadsNot, 'person');
  }
  const elsewhere = person !== null && state.seats.some((each) => each.person === person);
  if (elsewhere)
    return refuse('wrong-value', 'A7', 'Whoever you chose sits in another seat of this meeting: nobody counts twice.', 'person');
  return [{ kind: 'seatFilled', seat, person }];
}

function declareInterest(state: MeetingState, { body }: Given<'declareInterest'>, facts: MeetingFacts): Decision {
  const { actor, agenda, members, texts } = facts;
  const person = body.person ?? actor.person;
  const forOthers = actor.parties.includes('cap') || actor.parties.includes(`panel:${state.panel}`);
  if (person !== actor.person && !forOthers) {
    return refuse('not-yours', 'A7', 'You declare your own interests: the chair or CAP records those of others.', 'person');
  }
  if (!members.includes(person)) {
    return refuse('wrong-value', 'A7', 'Whoever you named is not of this panel: name somebody who is.', 'person');
  }
  if (!agenda.includes(body.case)) {
    return refuse('wrong-value', 'A7', 'That case is not on the agenda of this meeting, nor on its way to it.', 'case');
  }
  if (texts === null) return refuse('reason-needed', 'A7', 'Write in the service what the interest is.', 'interest');
  const known = state.interests.some((each) => each.case === body.case && each.person === person);
  return known
    ? refuse('nothing-changed', 'A7', 'That interest is declared already.', 'case')
    : [{ kind: 'interestDeclared', case: body.case, person }];
}

function takeBackInterest(state: MeetingState, { body }: Given<'takeBackInterest'>, { actor, texts }: MeetingFacts): Decision {
  const known = state.interests.some((each) => each.case === body.case && each.person === body.person);
  if (!known) return refuse('wrong-value', 'A7', 'No such interest is declared.', 'case');
  if (actor.person === body.person) {
    return refuse('not-yours', 'A21', 'Whether your own interest counts is for somebody else to say.', 'person');
  }
  return texts === null
    ? refuse('reason-needed', 'A7', 'Write in the service why it is none.', 'reason')
    : [{ kind: 'interestTakenBack', case: body.case, person: body.person }];
}

function recordAttendance(state: MeetingState, { body }: Given<'recordAttendance'>, { now }: MeetingFacts): Decision {
  if (londonDay(now) < state.day) return beforeItsDay(state);
  const present = body.present.split(',');
  const empty = present.find((seat) => !state.seats.some((each) => each.seat === seat && each.person !== null));
  if (empty !== undefined) {
    const message =
      seatTitle(state.panel, empty) === null
        ? `This panel has no seat ${empty}: take those that its page lists.`
        : `Nobody sits in the seat ${empty}: say first who does.`;
    return refuse('wrong-value', 'A7', message, 'present');
  }
  const same = state.present !== null && [...state.present].sort().join() === [...present].sort().join();
  return same
    ? refuse('nothing-changed', 'A7', 'That attendance is recorded already.', 'present')
    : [{ kind: 'attendanceRecorded', present }];
}

function signMinutes(state: MeetingState, { now, undecided, agenda, actor }: MeetingFacts): Decision {
  if (londonDay(now) < state.day) return beforeItsDay(state);
  if (undecided > 0) {
    const cases = undecided === 1 ? '1 case of the agenda still awaits' : `${String(undecided)} cases of the agenda still await`;
    // Such a case they do not see: whoever looks for it on the agenda would find nothing left to decide.
    const theirs = state.interests.filter((each) => each.person === actor.person && agenda.includes(each.case));
    const others = `somebody else who leads the panel decides or defers ${theirs.length === 1 ? 'it' : 'them'} first`;
    const message =
      theirs.length === 0
        ? `${cases} a decision: decide or defer each first.`
        : `${cases} a decision. You take no part in ${theirs.map((each) => each.case).join(', ')}: ${others}.`;
    return refuse('not-now', 'A7', message);
  }
  return [{ kind: 'minutesSigned' }];
}

function beforeItsDay({ day }: MeetingState): Refusal {
  return refuse('before-the-meeting', 'A7', `The panel meets on ${formatDay(day)}: this is for that day or after it.`);
}

/** The calendar may have moved it, given it another deadline, or taken it out. */
function reschedule(state: MeetingState, { planned }: MeetingFacts): Decision {
  if (planned === null) return [{ kind: 'cancelled' }];
  const { day, deadline } = planned;
  return day === state.day && deadline === state.deadline
    ? refuse('nothing-changed', 'R93', 'Nothing of this meeting has changed.')
    : [{ kind: 'rescheduled', day, deadline }];
}

/** The agenda closes; a day passes of which nothing is kept; whoever is due is reminded, or CAP is told. */
function clock(state: MeetingState, facts: MeetingFacts): Decision {
  const { now, calendar, standing, quorum } = facts;
  const due = waits(state, calendar).filter(({ next }) => next !== null && next <= now);
  if (due.length === 0) return refuse('not-due', 'A10', 'Nothing is due.');
  return due.map(({ party, what, subject }) => {
    if (what === 'referral-deadline') {
      return { kind: 'agendaClosed' as const, quorum, seats: seatsNow(state.panel, state.seats, standing) };
    }
    if (what === 'end-of-day' || (what === 'minutes' && tookNothing(state, facts))) return { kind: 'passed' as const };
    const kind = state.nudges[nudgeKey({ what, subject })] ? ('escalated' as const) : ('reminded' as const);
    return { kind, party, what, subject };
  });
}

/** Nothing was on its agenda, and nobody is said to have come: there is nothing to keep minutes of. */
function tookNothing({ present }: MeetingState, { agenda, decided }: MeetingFacts): boolean {
  return present === null && agenda.length === 0 && decided === 0;
}

/** Who sits where: as it was said for this meeting, else who usually does, or the deputy of somebody who is out of office (A19). */
function seatsNow(panel: MeetingState['panel'], before: readonly Seated[], standing: readonly StandingSeat[]): Seated[] {
  const byHand = before.filter((each) => each.byHand);
  const taken = new Set(byHand.map(({ person }) => person));
  return seatsOfPanels[panel].map(({ code }) => {
    const said = byHand.find(({ seat }) => seat === code);
    if (said) return said;
    const usual = standing.find(({ seat }) => seat === code);
    const person = (usual?.away ? usual.deputy : usual?.holder) ?? null;
    const free = person !== null && !taken.has(person);
    if (free) taken.add(person);
    return { seat: code, person: free ? person : null, byHand: false, ...(free && usual?.away ? { standsIn: true } : {}) };
  });
}

function evolve(state: MeetingState | null, event: MeetingEvent): MeetingState {
  if (event.kind === 'convened') {
    const { reference, panel, day, deadline, quorum, seats } = event;
    return {
      ...{ reference, step: 0, updated: event.at, panel, day, deadline, stage: 'agenda-open', quorum, seats },
      ...{ present: null, interests: [], undelivered: [], nudges: {} },
    };
  }
  if (state === null) throw new Error(`${event.kind} before the meeting was convened`);
  return { ...state, ...after(state, event), updated: event.at };
}

function after(state: MeetingState, event: Exclude<MeetingEvent, { kind: 'convened' }>): Partial<MeetingState> {
  switch (event.kind) {
    case 'rescheduled':
      return { day: event.day, deadline: event.deadline, stage: 'agenda-open', present: null, nudges: {} };
    case 'agendaClosed':
      return { stage: 'agenda-closed', quorum: event.quorum, seats: event.seats };
    case 'seatFilled': {
      const { seat, person } = event;
      // Who is present is said of seats as they were held: a seat that changes hands is no longer known to be.
      const present = state.present && state.present.filter((each) => each !== seat);
      return { present, seats: state.seats.map((each) => (each.seat === seat ? { seat, person, byHand: true } : each)) };
    }
    case 'interestDeclared':
      return { interests: [...state.interests, { case: event.case, person: event.person }] };
    case 'interestTakenBack':
      return { interests: state.interests.filter((each) => each.case !== event.case || each.person !== event.person) };
    case 'attendanceRecorded':
      return { present: event.present };
    case 'minutesSigned':
      return { stage: 'signed' };
    case 'passed':
    case 'cancelled':
      return { stage: event.kind };
    case 'reminded':
    case 'escalated': {
      const key = nudgeKey(event);
      return { nudges: { ...state.nudges, [key]: (state.nudges[key] ?? 0) + 1 } };
    }
    case 'emailUndelivered':
      return { undelivered: [...state.undelivered, { email: event.email, since: event.at }] };
    case 'emailSettled':
      return { undelivered: state.undelivered.filter(({ email }) => email !== event.email) };
  }
}

function waits(state: MeetingState, calendar: Calendar): Wait[] {
  if (meetingMachine.isOver(state)) return [];
  const told = state.undelivered.map(({ email, since }): Awaited & WaitKey => ({
    ...{ party: 'cap', what: 'undelivered-email', subject: email, due: workingDaysAfter(since, 2, calendar) },
  }));
  const clocked = told.map((awaited) => waitOf(state.nudges, awaited, calendar));
  return [...ofStage(state, calendar), ...clocked].sort((a, b) => a.due.localeCompare(b.due));
}

function ofStage(state: MeetingState, calendar: Calendar): Wait[] {
  const { stage, panel, day, deadline } = state;
  if (stage === 'agenda-open') {
    return [ownWait('referral-deadline', agendaCloses(deadline, day))];
  }
  if (!isSeated(state)) return [ownWait('end-of-day', startOfLondonDay(addDays(day, 1)))];
  // The minutes are due with the outcomes (R71): what the panel decided is told in three working days.
  const due = outcomeDue(day, calendar);
  const remind = endOfLondonDay(addWorkingDays(day, 1, calendar));
  return [waitOf(state.nudges, { party: `panel:${panel}`, what: 'minutes', subject: null, due, remind }, calendar)];
}

/** What a meeting waits for from nobody: a time that comes. */
function ownWait(what: Wait['what'], at: Instant): Wait {
  return { party: 'system', role: roleOf('system'), what, subject: null, due: at, next: at };
}
