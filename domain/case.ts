// The machine of a case. What a command leads to, what an event makes of a case, what is allowed, whom it waits for, who may see it:
// everything in the project asks here, and nothing derives it again.
import { agreementsAfter, agreementsCorrected } from './agreements';
import { openerOf } from './applicant';
import { intendedStart, noCourse, noStudent } from './application';
import { agendaCloses, type Instant } from './calendar';
import { nudgesAfter, waits } from './clock';
import { commandTable, misfits, readCommand, type Command, type CommandKind } from './commands';
import { emailsAfter } from './emails';
import type { Facts } from './facts';
import { general } from './general';
import { everGivenBy } from './givers';
import { hostOf } from './host';
import { beforePanel, landing, panelsAsCorrected } from './landing';
import { alwaysSeen, refusedOutright, titlesOf, type Machine } from './machine';
import { matters, rulesOf } from './matters';
import { readersOfComplaints, tellsOfComplaint } from './matters/complaint';
import { reviewWithSend } from './called';
import { keyOf, type RouteStage } from './programme';
import { programmeAt } from './programmes';
import { isRefusal, refuse } from './refusal';
import { panelsOf, routeOf } from './route';
import { stageOf, stages } from './stages';
import type { Move, Stage } from './stages/stage';
import type { Agreement, CaseState, Closing, Event, EventKind, Matter, Position, Refusal, Viewer } from './state';
import { alreadyApplied } from './load';
import type { Decision, Take, Takes } from './take';
import type { MeetingRef, PanelCode, Party } from './words';

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
 * @param held the parties of whom it is offered to
 * @returns the commands that the state alone permits; `decide` refuses every other before it looks at anything else
 */
export function allowed(state: CaseState | null, now?: Instant, held: readonly Party[] = []): CommandKind[] {
  if (state === null) return ['submit'];
  const offered = waysIn(state).filter(({ take, here }) => now === undefined || (take.offered?.(here, now, held) ?? true));
  return [...new Set(offered.map(({ kind }) => kind))];
}

/** @returns why its stage, or the case as a whole, does not permit a command that it takes at other times; null where there is no more to say */
function whyNot(state: CaseState, kind: CommandKind): Refusal | null {
  for (const takes of [stageOf(state).takes, general]) {
    const reason = takes[kind]?.whyNot?.(state) ?? null;
    if (reason !== null) return reason;
  }
  return null;
}

/** @returns the parties that may give this command to a case as it stands. */
export function parties(state: CaseState, kind: CommandKind): Party[] {
  const by = waysIn(state).flatMap((way) => (way.kind === kind ? way.take.by(way.here) : []));
  return [...new Set(by)];
}

/** @returns the case after an event. */
export function evolve(state: CaseState | null, event: Event): CaseState {
  if (event.kind === 'submitted') return submitted(event);
  if (state === null) throw new Error(`${event.kind} before a submission`);
  const move = moveOf(state, event);
  const onward = move === 'next-stage';
  const begins = onward || move.stage !== state.position.stage || beginsAnew.includes(event.kind);
  const followed = isFollowed(state, event, begins);
  const moved = { ...state, ...(followed ? { lastDecision: null } : {}), ...alongside(state, event) };
  const position = onward ? enterNext(moved, event) : move;
  const open = mattersAfter(state, event).filter((matter) => staysOpen(matter, position));
  return {
    ...moved,
    ...(position.stage === 'closed' ? givenBack(state) : {}),
    ...(givesUpItsStart(state, position) ? { startGivenUp: true } : {}),
    updated: event.at,
    position,
    at: onward ? state.at + 1 : entered(moved, position, event),
    since: begins ? event.at : state.since,
    matters: open,
    nudges: nudgesAfter(state, event, position, open),
  };
}

/** @returns everybody who may see the case, each until when, and nobody else. The SEND team sees it while a review is called to which it is invited (A12). */
export function viewers(state: CaseState): Viewer[] {
  const reached = panelsOf(routeOf(state).slice(0, state.at + 1));
  const host = hostOf(state);
  const send: Party[] = reviewWithSend(state) ? ['send'] : [];
  const always: Party[] = ['cap', 'audit', `school:${state.school}`, ...(host === null ? [] : [host]), ...send];
  return [...alwaysSeen(always), ...reached.flatMap((panel) => readsAsPanel(state, panel))];
}

/** @returns whether the case has ended. */
export function isOver(state: CaseState): boolean {
  return state.position.stage === 'closed';
}

/** The case as a machine: the first value of its kind. */
export const caseMachine: Machine<CaseState, Command, Event, Facts> = {
  titles: titlesOf(commandTable),
  read: readCommand,
  decide,
  evolve,
  allowed,
  whyNot,
  parties,
  everGivenBy,
  sides: (state) => {
    const host = hostOf(state);
    return host === null ? [`school:${state.school}`] : [`school:${state.school}`, host];
  },
  waits,
  viewers,
  readers: ({ school }, event) => (tellsOfComplaint(event) ? readersOfComplaints(school) : null),
  isOver,
  emails: emailsAfter,
};

// What follows is the machine's inside.

/** One command that a case takes as it stands: of its stage, of an open matter, or of every case. There is no other way in. */
interface WayIn {
  readonly kind: CommandKind;
  readonly here: CaseState;
  readonly take: Take<CaseState, CommandKind>;
}

function waysIn(state: CaseState): WayIn[] {
  return [
    ...open(stageOf(state).takes, state),
    ...state.matters.flatMap((matter) => open(rulesOf(matter).takes, { ...state, matter })),
    ...open(general, state),
  ];
}

function open<Here extends CaseState>(takes: Takes<Here>, here: Here): WayIn[] {
  return (Object.entries(takes) as unknown as [CommandKind, Take<CaseState, CommandKind>][])
    .filter(([, take]) => take.when?.(here) ?? true)
    .map(([kind, take]) => ({ kind, here, take }));
}

function begin(command: Command, facts: Facts): Decision {
  const application = facts.application;
  if (command.kind !== 'submit' || !application)
    return refuse('unknown-case', 'R23', 'There is no such application: start one first.');
  const { programme, year } = intendedStart(application.programme, facts.now, facts);
  if (!facts.actor.parties.includes(openerOf(programme, application.school))) {
    return refuse(
      'not-yours',
      'R23',
      'An application is submitted by who opens it: the home school, or for Tier 4 the local authority.',
    );
  }
  const { student } = application;
  const problem = application.problems[0] ?? alreadyApplied(application.programme, facts.otherCases);
  if (problem) return refuse('not-eligible', problem.rule, problem.message, problem.field);
  if (student === null) return refuse('not-eligible', noStudent.rule, noStudent.message, noStudent.field);
  const course = programme.choosesCourse ? application.course : null;
  if (programme.choosesCourse && !course) {
    const { rule, message, field } = noCourse(year);
    return refuse('not-eligible', rule, message, field);
  }
  return [
    {
      kind: 'submitted',
      reference: application.reference,
      programme: keyOf(programme),
      school: application.school,
      student,
      course,
      landing: application.withoutPanels ? null : landing(keyOf(programme), facts.now, facts.cycles),
      ...(application.agreements.length > 0 ? { agreements: application.agreements } : {}),
      ...(application.withoutPanels ? { withoutPanels: true } : {}),
    },
  ];
}

function goOn(state: CaseState, command: Command, facts: Facts): Decision {
  if (command.kind === 'submit') return refuse('already-submitted', 'R23', 'The application is submitted already.');
  const refusal = refusedOutright(caseMachine, state, command.kind, facts.actor);
  if (refusal) return refusal;
  const mine = waysIn(state).filter(
    ({ kind, here, take }) => kind === command.kind && take.by(here).some((party) => facts.actor.parties.includes(party)),
  );
  const meant = mine.find(({ here, take }) => take.about?.(here, command.body) ?? true) ?? mine[0];
  if (!meant) throw new Error(`${command.kind} is allowed, and nothing takes it`);
  const [misfit] = misfits(command.kind, command.body, facts.texts);
  if (misfit) return refuse('wrong-value', misfit.rule, misfit.message, misfit.field);
  return meant.take.decide(meant.here, command.body, facts);
}

/**
 * A panel reads a case while it is before it, then to the end of the outcome's clock, and for as long as it owes its reasons (R71, R72).
 * Those who lead it read from landing on, for they may decide outside the meeting (C18); those who sit on it from when the agenda closes.
 */
function readsAsPanel(state: CaseState, panel: PanelCode): Viewer[] {
  const { position, matters: open, decided } = state;
  const lead: Party = `panel:${panel}`;
  const member: Party = `member:${panel}`;
  if (open.some((matter) => matter.kind === 'reasons' && matter.party === lead)) return alwaysSeen([lead, member]);
  const until = decided[panel];
  const before = beforePanel(position);
  if (before?.panel !== panel) return until === undefined ? [] : [lead, member].map((party) => ({ party, until, opens: null }));
  // What it decided before, as when it deferred the case, its members read until then; and the case again from when the next agenda closes.
  return [...alwaysSeen([lead]), { party: member, until: until ?? state.since, opens: opensToMembers(state, before) }];
}

/** @returns null while the case is on no agenda */
function opensToMembers({ landing: landed }: CaseState, { meeting }: { readonly meeting: MeetingRef | null }): Instant | null {
  return landed && meeting && agendaCloses(landed.agendaCloses, meeting.day);
}

function submitted(event: Extract<Event, { kind: 'submitted' }>): CaseState {
  const first = programmeAt(event.programme).route[0];
  if (first?.stage !== 'pack-check')
    throw new Error(`The route of ${event.programme} does not begin with CAP's check of the pack`);
  return {
    reference: event.reference,
    programme: event.programme,
    school: event.school,
    student: event.student,
    step: 0,
    updated: event.at,
    panels: event.withoutPanels ? [] : (event.landing?.panels ?? null),
    at: 0,
    position: { stage: 'pack-check' },
    since: event.at,
    landing: event.landing,
    place: null,
    decided: {},
    course: event.course,
    ...(event.agreements ? { agreements: event.agreements } : {}),
    matters: [],
    nudges: {},
  };
}

function moveOf(state: CaseState, event: Event): Move {
  if (event.kind === 'decisionTakenBack') return { stage: 'panel', panel: event.panel, meeting: event.meeting };
  if (event.kind === 'checkTakenBack') return { stage: 'pack-check' };
  if (event.kind === 'withdrawn') return closed(state, 'withdrawn');
  if (event.kind === 'closedByCap') return closed(state, 'closed-by-cap');
  const move = stageOf(state).moves[event.kind] as ((state: CaseState, event: Event) => Move) | undefined;
  return move ? move(state, event) : state.position;
}

function closed(state: CaseState, because: Closing): Position {
  const start = 'start' in state.position ? state.position.start : null;
  return { stage: 'closed', because, host: hostOf(state), start };
}

/**
 * Index into its route of the stage last entered: an interview is come back to, when the pack of a case in line for a place goes to another provider,
 * or who has accepted declines after all; so is an onboarding; a panel that takes its decision back; the check of a pack; and the allocation of a
 * school that does not take the student after all.
 */
function entered(state: CaseState, { stage }: Position, event: Event): number {
  const indexOf = (wanted: (each: RouteStage) => boolean) => routeOf(state).findIndex(wanted);
  switch (event.kind) {
    case 'decisionTakenBack':
      return indexOf((each) => each.stage === 'panel' && each.panel === event.panel);
    case 'checkTakenBack':
      return indexOf((each) => each.stage === 'pack-check');
    case 'providerDeclined':
      return indexOf((each) => each.stage === 'interview');
    case 'onboardingRefused':
      return indexOf((each) => each.stage === 'onboarding');
    case 'deferred':
      return stage === 'allocation' ? indexOf((each) => each.stage === 'allocation') : state.at;
    default:
      return stage === 'interview' || stage === 'start-date' ? indexOf((each) => each.stage === stage) : state.at;
  }
}

function enterNext(state: CaseState, event: Event): Position {
  const next = routeOf(state)[state.at + 1];
  const entered = next && (stages[next.stage] as Stage<typeof next.stage>).enter?.(next, state, event);
  if (!entered) throw new Error(`The route of ${state.programme} does not go on from ${state.position.stage}`);
  return entered;
}

/**
 * Whether an event goes on from a decision that could be taken back. What comes with the decision itself does not.
 * @param begins whether a stage begins with the event, or begins anew
 */
function isFollowed({ lastDecision, step }: CaseState, { kind }: Event, begins: boolean): boolean {
  return Boolean(lastDecision && lastDecision.step <= step) && (begins || kind === 'interviewBooked');
}

/** The stage starts again with its days, though the case stays in it. */
const beginsAnew: readonly EventKind[] = ['deferred', 'interviewMissed', 'packSent', 'allocated', 'decisionTakenBack'];

/** What an event changes beside the position. A place is given back by what ends a case without a placement (R13). */
function alongside(state: CaseState, event: Event): Partial<CaseState> {
  switch (event.kind) {
    case 'withdrawn':
    case 'closedByCap':
    case 'onboardingRefused':
      return { place: null, ...givenBack(state) };
    case 'providerDeclined':
      return givenBack(state);
    case 'landed':
      // Which panels are on the route is settled when the case leaves CAP's check; from then on it keeps them.
      return state.at === 0 ? { landing: event.landing, panels: event.landing?.panels ?? null } : { landing: event.landing };
    case 'approved':
    case 'wentOn':
    case 'refused': {
      const { panel, command, seenUntil: until } = event;
      const meeting = beforePanel(state.position)?.meeting ?? null;
      return { ...decidedBy(state, event), lastDecision: { panel, command, step: state.step + 1, until, meeting } };
    }
    case 'decisionTakenBack': {
      const decided = Object.fromEntries(Object.entries(state.decided).filter(([panel]) => panel !== event.panel));
      return { decided, place: null, ...givenBack(state) };
    }
    case 'allocated':
      return decidedBy(state, event);
    case 'deferred':
      return { landing: event.landing, ...decidedBy(state, event) };
    case 'reconsiderationAsked':
      return { landing: event.landing, reconsidered: true };
    case 'meetingMoved':
      return state.landing
        ? { landing: { ...state.landing, meetings: { ...state.landing.meetings, [event.panel]: event.meeting } } }
        : {};
    case 'packSent':
      return { ...(event.course ? { course: event.course } : {}), ...givenBack(state) };
    case 'packResubmitted':
      return {
        ...(event.course ? { course: event.course } : {}),
        ...panelsAsCorrected(state, event.withoutPanels),
        ...agreedInPack(state, event.agreements),
      };
    case 'caseWorkerNamed':
      return { caseWorker: event.person };
    case 'monitoringOfficerNamed':
      return { monitoringOfficer: event.person };
    case 'agreementRecorded':
    case 'agreementWithdrawn':
      return { agreements: agreementsAfter(state, event) };
    case 'coursePlaceTaken':
      return { coursePlace: { course: event.course, waiting: false, priority: 0, since: event.at } };
    case 'coursePlaceAwaited':
      return { coursePlace: { course: event.course, waiting: true, priority: event.priority, since: event.at } };
    case 'deadlineMoved':
      return state.landing ? { landing: { ...state.landing, agendaCloses: event.agendaCloses } } : {};
    case 'placeTaken':
      return { place: event.place };
    case 'exited':
      // A placement that ended early leaves its place to another child.
      return event.destination === 'ended-early' ? { place: null } : {};
    case 'submitted':
    case 'packComplete':
    case 'packReturned':
    case 'checkTakenBack':
    case 'approved':
    case 'wentOn':
    case 'refused':
    case 'reasonsOwed':
    case 'reasonsGiven':
    case 'informationGiven':
    case 'outcomeIssued':
    case 'interviewBooked':
    case 'interviewHeld':
    case 'interviewMissed':
    case 'providerAccepted':
    case 'onboarded':
    case 'startConfirmed':
    case 'startCorrected':
    case 'reviewHeld':
    case 'assessed':
    case 'taskDone':
    case 'noticeSent':
    case 'reviewAsked':
    case 'extensionAsked':
    case 'extensionDecided':
    case 'cpomsNoted':
    case 'meetingCalled':
    case 'meetingRecorded':
    case 'agreementSettled':
    case 'complaintMade':
    case 'complaintAnswered':
    case 'withdrawalAsked':
    case 'withdrawalProcessed':
    case 'changeOfDayAsked':
    case 'changeOfDayProcessed':
    case 'reminded':
    case 'escalated':
    case 'recalculated':
    case 'emailUndelivered':
    case 'emailSettled':
    case 'erased':
      return {};
  }
}

function agreedInPack(state: CaseState, said: readonly Agreement[] | undefined): Partial<CaseState> {
  return said && (said.length > 0 || state.agreements) ? { agreements: agreementsCorrected(state, said) } : {};
}

/** A place on a course, or in the line for one, is left. */
function givenBack({ coursePlace }: CaseState): Pick<CaseState, 'coursePlace'> | object {
  return coursePlace ? { coursePlace: null } : {};
}

function decidedBy({ decided }: CaseState, { panel, seenUntil }: { readonly panel: PanelCode; readonly seenUntil: Instant }) {
  return { decided: { ...decided, [panel]: seenUntil } };
}

/** Whether a host that had its start confirmed does not take the student after all, and the case goes another way (A10). */
function givesUpItsStart(state: CaseState, { stage }: Position): boolean {
  return state.position.stage === 'placement' && stage !== 'placement' && stage !== 'closed';
}

/** A case that closes ends what is open, but for what is to be put right all the same; one that leaves its placement for another way, what is of it. */
function staysOpen(matter: Matter, { stage }: Position): boolean {
  const { outlivesTheCase = false, ofThePlacement = false } = rulesOf(matter);
  return stage === 'closed' ? outlivesTheCase : stage === 'placement' || !ofThePlacement;
}

function mattersAfter(state: CaseState, event: Event): Matter[] {
  const { matters: before } = state;
  const still = before.filter((matter) => !rulesOf(matter).ends(matter, event));
  const opened = Object.values(matters).flatMap((rules) => rules.opens(event, state) ?? []);
  const isOpen = (matter: Matter) => still.some(({ kind, subject }) => kind === matter.kind && subject === matter.subject);
  return [...still, ...opened.filter((matter) => !isOpen(matter))];
}
