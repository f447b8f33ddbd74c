// The one machine. What a command leads to, what an event makes of a case, what is allowed, whom it waits for, who may see it:
// everything in the project asks here, and nothing derives it again.
import { academicYearOf, addWorkingDays, endOfLondonDay, landsOn, londonDay, type Calendar, type Instant } from './calendar';
import { commandTable, type Command, type CommandKind, type CommandOf } from './commands';
import type { Actor, Facts } from './facts';
import { changedMeetings, landing, landingAtLast } from './landing';
import { keyOf } from './programme';
import { programmeAt, programmeFor } from './programmes';
import { panelsOf, routeOf } from './route';
import { stages } from './stages';
import {
  isRefusal,
  refuse,
  type Decision,
  type Happenings,
  type Move,
  type Stage,
  type StageWait,
  type Take,
} from './stages/stage';
import type { CaseState, Event, EventKind, Position, Refusal, Wait } from './state';
import { roleOf, type Party } from './words';

/**
 * What a command leads to.
 * @param state the case as it stands; null before its submission is recorded
 * @param command its codes, parsed; its texts stay where they were written
 * @param facts everything a rule may know beside the state, the time included
 * @returns the events that happened, at least one; or why not, and then nothing has changed
 */
export function decide(state: CaseState | null, command: Command, facts: Facts): Refusal | Event[] {
  const decision = state === null ? begin(command, facts) : goOn(state, command, facts);
  return isRefusal(decision) ? decision : decision.map((happening) => ({ ...happening, at: facts.now }));
}

/**
 * @param now when given, what that day forbids is left out too: it is for what people are offered, not for what is judged
 * @returns the commands that the state alone permits; `decide` refuses every other before it looks at anything else
 */
export function allowed(state: CaseState | null, now?: Instant): CommandKind[] {
  if (state === null) return ['submit'];
  const stage = stageOf(state);
  const ofStage = (Object.keys(stage.takes) as CommandKind[]).filter(
    (kind) => takeOf(stage, kind)?.when?.(state.position) ?? true,
  );
  return [...ofStage, ...(Object.keys(anywhere) as CommandKind[]).filter((kind) => anywhere[kind]?.when(state, now))];
}

/** @returns the parties that may give this command to a case as it stands. */
export function parties(state: CaseState, kind: CommandKind): readonly Party[] {
  return takeOf(stageOf(state), kind)?.by(state as never) ?? anywhere[kind]?.by(state) ?? [];
}

/**
 * Why a case does not take a command before anything else is looked at. The validator of its workflow, the doors and `decide` refuse
 * with these very words.
 * @param actor null where it is not known who asks: then the stage alone is asked
 * @returns null when nothing stands against it so far
 */
export function refusedOutright(state: CaseState, kind: CommandKind, actor: Actor | null): Refusal | null {
  const { title } = commandTable[kind];
  if (!allowed(state).includes(kind))
    return refuse('not-now', 'R62', `${title}: this case does not take that at its present stage.`);
  if (actor && !may(actor, parties(state, kind))) return refuse('not-yours', 'R62', `${title}: this is for somebody else to do.`);
  return null;
}

/** @returns the case after an event. */
export function evolve(state: CaseState | null, event: Event): CaseState {
  if (event.kind === 'submitted') return submitted(event);
  if (state === null) throw new Error(`${event.kind} before a submission`);
  const move = moveOf(state, event);
  const onward = move === 'next-stage';
  const position = onward ? enterNext(state, event) : move;
  return {
    ...state,
    ...alongside(state, event),
    position,
    at: onward ? state.at + 1 : state.at,
    since: onward || position.stage !== state.position.stage || beginsAnew.includes(event.kind) ? event.at : state.since,
    provider: 'provider' in position ? position.provider : takesBackPack.includes(event.kind) ? null : state.provider,
    nudges: nudgesAfter(state, event, position),
  };
}

/** @returns the case after all events of one command: one step further. */
export function recorded(state: CaseState | null, events: readonly Event[]): CaseState {
  let now = state;
  for (const event of events) now = evolve(now, event);
  if (now === null) throw new Error('A command was recorded without an event');
  return { ...now, step: (state?.step ?? 0) + 1 };
}

/** @returns whom the case waits for, for what and until when, and when the clock acts next; null once it is closed. */
export function waitingFor(state: CaseState, calendar: Calendar): Wait | null {
  const all = waits(state, calendar);
  const [first] = [...all].sort((a, b) => a.due.localeCompare(b.due));
  if (!first) return null;
  const next = all.flatMap((wait) => wait.next ?? []).sort()[0] ?? null;
  return { party: first.party, role: roleOf(first.party), what: first.what, due: first.due, next };
}

/** @returns everybody who may see the case now, and nobody else. */
export function viewers(state: CaseState): Party[] {
  const reached = panelsOf(routeOf(state).slice(0, state.at + 1)).map((panel): Party => `panel:${panel}`);
  const provider: Party[] = state.provider === null ? [] : [`provider:${state.provider}`];
  return ['cap', 'audit', `school:${state.school}`, ...reached, ...provider];
}

/** @returns whether the case has ended. */
export function isOver(state: CaseState): boolean {
  return state.position.stage === 'closed';
}

// What follows is the machine's inside.

interface Anywhere<K extends CommandKind> {
  when(state: CaseState, now?: Instant): boolean;
  by(state: CaseState): readonly Party[];
  decide(state: CaseState, command: CommandOf<K>, facts: Facts): Decision;
}

const open = (state: CaseState) => !isOver(state);
const hasStarted = (position: Position, now: Instant) => position.stage === 'placement' && londonDay(now) >= position.start;
const notStarted = (state: CaseState, now?: Instant) => open(state) && !(now !== undefined && hasStarted(state.position, now));
const bySystem = (): Party[] => ['system'];

/** Commands that belong to no stage. */
const anywhere: { readonly [K in CommandKind]?: Anywhere<K> } = {
  withdraw: {
    when: notStarted,
    by: (state) => [`school:${state.school}`],
    decide: ({ position }, _command, facts) =>
      hasStarted(position, facts.now)
        ? refuse('not-now', 'R109', 'The placement has started: ask CAP to record how it ends.')
        : [{ kind: 'withdrawn' }],
  },
  closeCase: {
    when: notStarted,
    by: () => ['cap'],
    decide: ({ position }, _command, facts) =>
      hasStarted(position, facts.now)
        ? refuse('not-now', 'R68', 'The placement has started: record its exit.')
        : [{ kind: 'closedByCap' }],
  },
  giveReasons: {
    when: (state) => open(state) && state.owed.length > 0,
    by: ({ owed }) => owed.map(({ party }) => party),
    decide: ({ owed }, _command, facts) => {
      const mine = owed.find(({ party }) => facts.actor.parties.includes(party));
      if (!mine) return refuse('not-yours', 'R72', 'The reasons are owed by somebody else.');
      if (!facts.texts.includes('reasons')) return refuse('reason-needed', 'R72', 'Write the reasons.', 'reasons');
      const given: Happenings = [{ kind: 'reasonsGiven', command: mine.command }];
      return mine.outcome ? [...given, { kind: 'outcomeIssued', outcome: { ...mine.outcome, command: facts.command } }] : given;
    },
  },
  clock: {
    when: open,
    by: bySystem,
    decide: (state, _command, facts) => {
      const due = waits(state, facts.calendar).filter(({ next }) => next !== null && next <= facts.now);
      if (due.length === 0) return refuse('not-due', 'A10', 'Nothing is due.');
      return due.map(({ party, what }) => ({ kind: state.nudges[what] ? 'escalated' : 'reminded', party, what }));
    },
  },
  recalculate: { when: open, by: bySystem, decide: (state, _command, facts) => recalculate(state, facts) },
  emailUndelivered: {
    when: () => true,
    by: bySystem,
    decide: (_state, { body }) => [{ kind: 'emailUndelivered', email: body.email }],
  },
};

function begin(command: Command, facts: Facts): Decision {
  const application = facts.application;
  if (command.kind !== 'submit' || !application)
    return refuse('unknown-case', 'R23', 'There is no such application: start one first.');
  if (!may(facts.actor, [`school:${application.school}`])) {
    return refuse('not-yours', 'R23', 'An application is submitted by the home school.');
  }
  const [problem] = application.problems;
  if (problem) return refuse('not-eligible', problem.rule, problem.message, problem.field);
  const today = londonDay(facts.now);
  // The year of the intended start decides which programme values hold (C6): the cohort's, where there is one.
  const met = landsOn(application.programme, facts.now, facts.cycles);
  const year = academicYearOf(met?.item.cohortStart ?? today);
  const { programme, fallback } = programmeFor(application.programme, year);
  const course = programme.choosesCourse ? application.course : null;
  if (programme.choosesCourse && !course) return refuse('not-eligible', 'R54', 'Choose a course from the directory.', 'course');
  return [
    {
      kind: 'submitted',
      reference: application.reference,
      programme: keyOf(programme),
      yearWanting: fallback ? year : null,
      school: application.school,
      course,
      landing: landing(keyOf(programme), facts.now, facts.cycles),
    },
  ];
}

function goOn(state: CaseState, command: Command, facts: Facts): Decision {
  if (command.kind === 'submit') return refuse('already-submitted', 'R23', 'The application is submitted already.');
  const refusal = refusedOutright(state, command.kind, facts.actor);
  if (refusal) return refusal;
  const take = takeOf(stageOf(state), command.kind);
  if (take) return take.decide(state as never, command.body, facts);
  const general = anywhere[command.kind] as Anywhere<CommandKind>;
  return general.decide(state, command, facts);
}

function may(actor: Actor, by: readonly Party[]): boolean {
  return by.some((party) => actor.parties.includes(party));
}

/** The calendar was edited: a meeting moved, a case that waited for one lands, and in any case the dates are counted anew. */
function recalculate(state: CaseState, facts: Facts): Decision {
  const { position } = state;
  const ahead = position.stage === 'alternatives' ? [] : panelsOf(routeOf(state).slice(state.at));
  const changed = changedMeetings(state.landing, ahead, londonDay(facts.now), facts.cycles);
  if (changed.length > 0) return changed.map((meeting) => ({ kind: 'meetingMoved', ...meeting }));
  const [panel] = ahead;
  const waits = position.stage === 'panel' ? position.meeting === null : state.landing === null;
  const next = panel && waits ? landingAtLast(state.programme, state.landing, panel, facts.now, facts.cycles) : null;
  return [next ? { kind: 'landed', landing: next } : { kind: 'recalculated' }];
}

function submitted(event: Extract<Event, { kind: 'submitted' }>): CaseState {
  const first = programmeAt(event.programme).route[0];
  if (first?.stage !== 'pack-check')
    throw new Error(`The route of ${event.programme} does not begin with CAP's check of the pack`);
  return {
    reference: event.reference,
    programme: event.programme,
    school: event.school,
    step: 0,
    at: 0,
    position: { stage: 'pack-check' },
    since: event.at,
    landing: event.landing,
    provider: null,
    place: null,
    course: event.course,
    owed: [],
    nudges: {},
  };
}

function stageOf(state: CaseState): Stage<CaseState['position']['stage']> {
  return stages[state.position.stage] as unknown as Stage<CaseState['position']['stage']>;
}

type AnyTake = Omit<Take<'closed', CommandKind>, 'when'> & { when?(position: Position): boolean };

function takeOf(stage: Stage<CaseState['position']['stage']>, kind: CommandKind): AnyTake | undefined {
  return stage.takes[kind];
}

function moveOf(state: CaseState, event: Event): Move {
  if (event.kind === 'withdrawn') return { stage: 'closed', because: 'withdrawn' };
  if (event.kind === 'closedByCap') return { stage: 'closed', because: 'closed-by-cap' };
  const move = stageOf(state).moves[event.kind] as ((state: CaseState, event: Event) => Move) | undefined;
  return move ? move(state, event) : state.position;
}

function enterNext(state: CaseState, event: Event): Position {
  const next = routeOf(state)[state.at + 1];
  const entered = next && (stages[next.stage] as Stage<typeof next.stage>).enter?.(next, state, event);
  if (!entered) throw new Error(`The route of ${state.programme} does not go on from ${state.position.stage}`);
  return entered;
}

/** The stage starts again with its days, though the case stays in it. */
const beginsAnew: readonly EventKind[] = ['deferred', 'interviewMissed'];

const takesBackPack: readonly EventKind[] = ['providerDeclined', 'onboardingRefused'];

/** What an event changes beside the position. A place is given back by what ends a case without a placement (R13). */
function alongside(state: CaseState, event: Event): Partial<CaseState> {
  switch (event.kind) {
    case 'withdrawn':
    case 'closedByCap':
      return { place: null, owed: [] };
    case 'onboardingRefused':
      return { place: null };
    case 'landed':
    case 'deferred':
      return { landing: event.landing };
    case 'meetingMoved':
      return state.landing
        ? { landing: { ...state.landing, meetings: { ...state.landing.meetings, [event.panel]: event.meeting } } }
        : {};
    case 'placeTaken':
      return { place: event.place };
    case 'reasonsOwed':
      return { owed: [...state.owed, event.owed] };
    case 'reasonsGiven':
      return { owed: state.owed.filter(({ command }) => command !== event.command) };
    case 'exited':
      // A placement that ended early leaves its place to another child.
      return event.destination === 'ended-early' ? { place: null, owed: [] } : { owed: [] };
    default:
      return {};
  }
}

function nudgesAfter(state: CaseState, event: Event, position: Position): CaseState['nudges'] {
  if (event.kind === 'reminded' || event.kind === 'escalated') {
    return { ...state.nudges, [event.what]: (state.nudges[event.what] ?? 0) + 1 };
  }
  const { reasons, ...ofStage } = state.nudges;
  if (event.kind === 'reasonsGiven') return ofStage;
  if (position === state.position) return state.nudges;
  return reasons === undefined ? {} : { reasons };
}

/** Everything the case waits for, each with its own clock: it reminds, then escalates to CAP, then rests. It never decides. */
function waits(state: CaseState, calendar: Calendar): (StageWait & { readonly next: Instant | null })[] {
  if (isOver(state)) return [];
  const ofStage = stageOf(state).waits(state, calendar);
  // One decision's reasons at a time, so that each has reminders of its own.
  const all: StageWait[] = state.owed.slice(0, 1).map(({ party, due }) => ({ party, what: 'reasons', due }));
  if (ofStage) all.push(ofStage);
  return all.map((wait) => ({ ...wait, next: nextAct(wait, state.nudges[wait.what] ?? 0, calendar) }));
}

function nextAct(wait: StageWait, nudged: number, calendar: Calendar): Instant | null {
  const remind = wait.remind ?? wait.due;
  const escalate = wait.escalate ?? endOfLondonDay(addWorkingDays(londonDay(wait.due), 2, calendar));
  return [remind, escalate][nudged] ?? null;
}
