// A model of the service beside the service: cases and meetings as the rules alone have them, while the same commands are given to real Postgres
// and Temporal. What the service records must be what the rules say, and what it refuses what they refuse, for the same reason.
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { pathwayOf, sampleBirth, sampleCourses, type Step } from '../../dev/pathways';
import {
  changedEntries,
  checkApplication,
  checkCorrection,
  intendedAgain,
  intendedStart,
  packOf,
  pinnedOf,
  type Answers,
  type PackEntry,
} from '../../domain/application';
import { addDays, londonDay, schoolDayFrom, terms, type Instant } from '../../domain/calendar';
import { caseMachine, decide, isOver, parties as partiesOf } from '../../domain/case';
import { waits } from '../../domain/clock';
import {
  meetingCommands,
  neededTexts,
  systemCommands,
  type Command,
  type MeetingCommand,
  type MeetingPersonCommandKind,
  type PersonCommandKind,
} from '../../domain/commands';
import type { Actor, ApplicationFacts, CommonFacts, Facts, PlacesLeft } from '../../domain/facts';
import { beforePanel, meetingsAhead } from '../../domain/landing';
import { afterStep, type MachineState } from '../../domain/machine';
import type { MeetingFacts, StandingSeat } from '../../domain/meetings/facts';
import { agreementsIn } from '../../domain/agreements';
import { meetingMachine } from '../../domain/meetings/meeting';
import { sittingOf } from '../../domain/meetings/sitting';
import type { MeetingEvent, MeetingState } from '../../domain/meetings/state';
import { maySee } from '../../domain/permissions';
import { limits, programmeAt, programmeFor } from '../../domain/programmes';
import { isRefusal } from '../../domain/refusal';
import type { CaseState, Event, Refusal, Wait } from '../../domain/state';
import type { Student } from '../../domain/student';
import { codeOf, type Party, type PlaceTerm, type ProgrammeCode } from '../../domain/words';
import { coursesOf, organisations } from '../../prisma/reference-data';
import { sampleReferenceData, seedPeople, type SeededPerson } from '../../prisma/seed';
import { readCalendarRows } from '../../records/calendarRows';
import { commandId } from '../../records/commands';
import { createDraft } from '../../records/drafts';
import { saveQuorum, saveSeat } from '../../records/panels';
import type { CalendarRows } from '../../records/types';
import { giveCommand, giveToMeeting, type Recorded } from '../../usecases/giveCommand';
import type { Refused } from '../../usecases/refused';
import { byHand } from './byHand';
import { meetingWordsFor, type MeetingTry } from './meetingTries';
import { retold, stepsOf } from './retold';
import { testKeys, type Service } from './service';
import { completeAnswers, sampleStudent } from './story';
import { freshStudent } from './students';
import { commandOf, everybody, hour, kindOf, later, nextOf, wordsFor, type Try } from './tries';

/** What is tried of one case, from before its submission on. */
export interface Sequence {
  readonly programme: ProgrammeCode;
  /** Whether the case first goes the usual way to its placement: by chance alone few come so far. */
  readonly placed: boolean;
  readonly tries: readonly Try[];
}

/** What was tried, and came to. */
export interface Sum {
  recorded: number;
  refused: number;
  byHand: number;
  /** Steps that nobody gave: the clock's, and what follows an edit. */
  ofItself: number;
  /** How many cases closed before the end of their sequence. */
  closed: number;
  readonly kinds: Set<string>;
}

interface ModelCase {
  readonly reference: string;
  readonly programme: ProgrammeCode;
  readonly opener: Party;
  readonly student: Student;
  readonly answers: Answers;
  readonly saved: Instant;
  state: CaseState | null;
  /** As it was sent last. */
  pack: readonly PackEntry[] | null;
  /** The ids of the meetings at which it was decided. */
  readonly decidedAt: string[];
}

interface ModelMeeting {
  readonly id: string;
  state: MeetingState | null;
}

/** Who gave a command, with which words, as the model has it. */
type Given = Pick<CommonFacts, 'actor' | 'texts'>;

const system: Given = { actor: { person: 'system', parties: ['system'] }, texts: null };
const panel = 'multi-agency';
const panelPeople: Readonly<Record<string, readonly Party[]>> = {
  'chair.one': [`panel:${panel}`],
  'vice.one': [`panel:${panel}`],
  'head.one': [`member:${panel}`],
  'head.two': [`member:${panel}`],
  'attendance.one': [`member:${panel}`],
  stranger: [],
};
const seats: readonly StandingSeat[] = [
  { seat: 'attendance', holder: 'attendance.one', deputy: null, away: false },
  { seat: 'chair', holder: 'chair.one', deputy: null, away: false },
  { seat: 'headteacher-1', holder: 'head.one', deputy: 'head.two', away: false },
];
const quorum = 2;
/** Days of the calendar that the tries may go through. */
const horizon = 420;
/** Hours over which the sequences begin, and those of a meeting before its day. */
const beginsWithin = 24 * 40;
const beforeMeeting = 24 * 4;
const patience = 30_000;

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

function agree(what: string, live: unknown, model: unknown): void {
  if (isDeepStrictEqual(plain(live), plain(model))) return;
  throw new Error(`${what}\n  live:  ${JSON.stringify(live)}\n  model: ${JSON.stringify(model)}`);
}

/** Tries until it is so. @throws Error that says what was waited for */
async function until<T>(what: () => string, look: () => Promise<T | null>): Promise<T> {
  for (const end = Date.now() + patience; ;) {
    const found = await look();
    if (found !== null) return found;
    if (Date.now() > end) throw new Error(`It never came: ${what()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/**
 * Takes every sequence through the service and the model, each try at its own time, all cases beside each other.
 * @param service whose time can be skipped; its database is fresh
 * @param ofMeetings what is tried of each meeting of the Multi-Agency Panel, one after the other
 * @returns what came of it
 * @throws Error that names the sequence and the try at which service and rules disagree
 */
export async function compare(
  service: Service,
  sequences: readonly Sequence[],
  ofMeetings: readonly (readonly MeetingTry[])[],
): Promise<Sum> {
  const { records, api } = service;
  const sum: Sum = { recorded: 0, refused: 0, byHand: 0, ofItself: 0, closed: 0, kinds: new Set() };
  const begun = await service.now();
  const rows: CalendarRows = await records.directly(readCalendarRows);
  const { calendar, cycles } = rows;
  const years = sampleReferenceData(londonDay(begun)).years.map(({ academicYear }) => academicYear);
  const cases = new Map<string, ModelCase>();
  const meetings = new Map<string, ModelMeeting>();
  /** By the id of the command. */
  const given = new Map<string, Given>();
  /** Of what was typed by hand: the last one, for its id is the workflow's own. */
  let typed: Given = system;
  const signals = byHand(service.client, testKeys);

  const sets = [...everybody.map((party) => [party]), ...sequences.flatMap(({ tries }) => tries.map(({ by }) => by))];
  const walkers = sets.map((set) => walker(set === 'right' ? [] : set));
  const people = new Map([...Object.entries(panelPeople), ...walkers.map(({ person, parties }) => [person, parties] as const)]);
  await seedPeople(service.database.urlFor('cap_owner'), [...people].map(personOf));
  const over = { read: null, at: begun };
  for (const { seat, holder, deputy } of seats) await saveSeat(api, cap(), panel, { seat, holder, deputy }, over);
  await saveQuorum(api, cap(), panel, quorum, over);

  function cap(): Actor {
    return { person: 'cap.team', parties: ['cap'] };
  }

  const ofDemoPanel = ['chair.multiagency', 'member.attendance', 'head.birch'];
  const members = () => [
    ...ofDemoPanel,
    ...[...people].flatMap(([id, parties]) => (parties.some((party) => codeOf(party) === panel) ? [id] : [])),
  ];

  const leaders = () => [
    'chair.multiagency',
    ...[...people].flatMap(([id, parties]) => (parties.includes(`panel:${panel}`) ? [id] : [])),
  ];

  /** What is left of a programme of few places, when each case of the model has taken its own. */
  function placesLeft(code: ProgrammeCode): PlacesLeft[] {
    const capacity = limits[code];
    if (!capacity) return [];
    const taken = [...cases.values()].flatMap(({ state }) => state?.place ?? []);
    const count = (test: (place: PlaceTerm) => boolean) => taken.filter(test).length;
    return years.flatMap((academicYear) =>
      terms.map((term) => ({
        ...{ academicYear, term },
        inTerm: capacity.perTerm - count((place) => place.academicYear === academicYear && place.term === term),
        inYear: capacity.perYear - count((place) => place.academicYear === academicYear),
      })),
    );
  }

  const coursesFor = (state: CaseState | null, now: Instant) =>
    state ? coursesOf(intendedAgain(pinnedOf(state), now, calendar).year) : [];

  /** The pack as it would be sent now, and what a rule must know of it. */
  function sent({ reference, programme, student, answers, saved, state, pack: before }: ModelCase, now: Instant) {
    const intended = state ? intendedAgain(pinnedOf(state), now, calendar) : intendedStart(programme, now, { calendar, cycles });
    const course = coursesOf(intended.year).find(({ code }) => code === sampleCourses[programme]) ?? null;
    const written = { student, course, answers, slas: years, saved };
    const pack = packOf(student, course && course.title, answers, intended);
    const { noPanelWhen } = intended.programme;
    const application: ApplicationFacts = {
      ...{ reference, programme, school: 'SCH-A', student: student.code },
      course: course && { code: course.code, provider: course.provider, schoolWeeks: course.schoolWeeks },
      problems: state ? checkCorrection(intended, written, now) : checkApplication(programme, written, now, { calendar, cycles }),
      changed: before ? changedEntries(before, pack) : [],
      agreements: agreementsIn(answers),
      withoutPanels: noPanelWhen !== undefined && answers[noPanelWhen] === true,
    };
    return { pack, application };
  }

  function factsOf(one: ModelCase, { kind, body }: Command, now: Instant, id: string, { actor, texts }: Given): Facts {
    const { state } = one;
    const here = state && beforePanel(state.position);
    const row = here && cycles.map((cycle) => cycle.meetings[here.panel]).find((each) => each?.id === here.meeting?.id);
    const meeting = row ? meetings.get(row.id)?.state : null;
    const named = kind === 'sendPack' ? body.course : undefined;
    const course = coursesFor(state, now).find(({ code }) => code === named);
    return {
      ...{ now, commandId: id, actor, texts, calendar, cycles },
      meeting: row ? { id: row.id, day: row.day } : null,
      sitting: meeting ? sittingOf(meeting, one.reference, []) : null,
      places: state && programmeAt(state.programme).limitedPlaces ? placesLeft(one.programme) : [],
      // Nobody is called what the tries call somebody.
      ...{ coursePlaces: null, checks: [], otherCases: [], student: one.student, slas: years, named: null, retention: null },
      directory: {
        providers: organisations.flatMap(({ code, kind: what }) => (what === 'provider' ? [code] : [])),
        schools: organisations.flatMap(({ code, kind: what, sector = null }) => (what === 'school' ? [{ code, sector }] : [])),
        course: course ?? null,
      },
      application: kind === 'submit' || kind === 'resubmitPack' ? sent(one, now).application : null,
    };
  }

  function factsOfMeeting({ id }: ModelMeeting, now: Instant, command: string, { actor, texts }: Given): MeetingFacts {
    const cycle = cycles.find((each) => each.meetings[panel]?.id === id);
    const day = cycle?.meetings[panel]?.day;
    if (!cycle || day === undefined) throw new Error(`${id} is not in the calendar`);
    const open = [...cases.values()].flatMap(({ state }) => state ?? []);
    return {
      ...{ now, commandId: command, actor, texts, calendar, quorum, standing: seats, members: members(), leaders: leaders() },
      planned: { reference: id, panel, day, deadline: cycle.deadline },
      agenda: open.filter((state) => meetingsAhead(state).some((each) => each.id === id)).map(({ reference }) => reference),
      undecided: open.filter(({ position }) => beforePanel(position)?.meeting?.id === id).length,
      decided: [...cases.values()].flatMap(({ decidedAt }) => decidedAt.filter((at) => at === id)).length,
    };
  }

  /** Who gave a step, as the model knows it. */
  function giverOf(command: string, source: string): Given {
    if (source === 'system') sum.ofItself += 1;
    return source === 'system' ? system : (given.get(command) ?? typed);
  }

  async function follow(one: ModelCase): Promise<void> {
    for (const step of await stepsOf<Event>(records, one.reference, (one.state?.step ?? 0) + 1)) {
      const at = step.events[0]?.at ?? '';
      const command = caseMachine.read(step.given, step.body);
      if (isRefusal(command)) throw new Error(`${step.given} was recorded and cannot be read`);
      const facts = factsOf(one, command, at, step.command, giverOf(step.command, step.source));
      agree(`${one.reference}: ${step.given} leads to other events`, step.events, decide(one.state, command, facts));
      if (command.kind === 'submit' || command.kind === 'resubmitPack') one.pack = sent(one, at).pack;
      const meeting = one.state && beforePanel(one.state.position)?.meeting;
      if (meeting && step.events.some((event) => 'outsideMeeting' in event && !event.outsideMeeting))
        one.decidedAt.push(meeting.id);
      one.state = afterStep(caseMachine, one.state, step.events);
      sum.kinds.add(step.given);
    }
  }

  async function followMeeting(one: ModelMeeting): Promise<void> {
    for (const step of await stepsOf<MeetingEvent>(records, one.id, (one.state?.step ?? 0) + 1)) {
      const command = meetingMachine.read(step.given, step.body);
      if (isRefusal(command)) throw new Error(`${step.given} was recorded and cannot be read`);
      const facts = factsOfMeeting(one, step.events[0]?.at ?? '', step.command, giverOf(step.command, step.source));
      agree(`${one.id}: ${step.given} leads to other events`, step.events, meetingMachine.decide(one.state, command, facts));
      one.state = afterStep(meetingMachine, one.state, step.events);
      sum.kinds.add(step.given);
    }
  }

  /** Waits until every clock that is due has acted, and follows what happened of itself. */
  async function settle(): Promise<void> {
    for (const { reference, step } of await service.settled()) {
      const [one, meeting] = [cases.get(reference), meetings.get(reference)];
      if (one && step > (one.state?.step ?? 0)) await follow(one);
      if (meeting && step > (meeting.state?.step ?? 0)) await followMeeting(meeting);
    }
  }

  const services = (now: Instant) => ({
    database: api,
    engine: service.engine,
    files: service.files.files,
    nights: service.nights.nights,
    now: () => now,
    log: { warn: () => undefined },
  });
  const words = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, 'Sample words.']));

  /** @param expected what the rules say; null where this person is told that there is no such thing */
  function answeredAlike(what: string, result: Recorded | Refused, expected: Refusal | readonly unknown[] | null): void {
    const live = 'refused' in result ? result.refused : 'recorded';
    const model = expected === null ? 'not-found' : 'refused' in expected ? expected.refused : 'recorded';
    agree(`${what} is answered otherwise`, live, model);
    sum[live === 'recorded' ? 'recorded' : 'refused'] += 1;
  }

  /** Gives a command to a case through the use-case under every door. */
  async function give(one: ModelCase, command: Command, actor: Actor, texts: readonly string[], now: Instant): Promise<void> {
    const { state, reference } = one;
    const key = randomUUID();
    const id = commandId(actor.person, reference, key);
    given.set(id, { actor, texts });
    const sees = state ? maySee(actor, state, now) : actor.parties.includes(one.opener) && command.kind === 'submit';
    const expected = sees ? decide(state, command, factsOf(one, command, now, id, { actor, texts })) : null;
    const { kind, body } = command as Extract<Command, { kind: PersonCommandKind }>;
    const row = { reference, kind, body, texts: words(texts), key, read: null };
    const result = await giveCommand(services(now), { ...actor, name: actor.person }, row);
    answeredAlike(
      `${reference} at step ${String(state?.step ?? 0)}: ${JSON.stringify(command)} of ${actor.person}`,
      result,
      expected,
    );
    await follow(one);
    const after = expected === null || isRefusal(expected) ? state : afterStep(caseMachine, state, expected);
    if (one.state?.step === after?.step) agree(`${reference}: ${kind} leads to another state`, one.state, after);
  }

  /** Types a command by hand, as a signal: no words travel, and what is refused stands in the access log alone. */
  async function type(one: ModelCase, state: CaseState, { kind, body }: Command, actor: Actor): Promise<void> {
    const { reference } = one;
    typed = { actor, texts: null };
    const refusals = () =>
      api.asActor(
        { person: 'auditor', parties: ['audit'] },
        (connection) => connection.$queryRaw<{ refused: string }[]>`
          SELECT detail->>'refused' AS refused FROM access_log
          WHERE reference = ${reference} AND action = 'refused' AND detail->>'source' = 'temporal' ORDER BY id`,
      );
    const known = (await refusals()).length;
    await signals.workflow.getHandle(reference).signal<[object]>(kind, { person: actor.person, ...body });
    const live = await until(
      () => `what came of the signal ${kind} to ${reference}`,
      async () => {
        const refused = (await refusals())[known]?.refused;
        return refused ?? ((await service.record(reference)).state.step > state.step ? 'recorded' : null);
      },
    );
    const command = { kind, body } as Command;
    const expected = decide(state, command, factsOf(one, command, await service.now(), 'typed', typed));
    agree(`${reference}: the signal ${kind} is answered otherwise`, live, isRefusal(expected) ? expected.refused : 'recorded');
    sum.byHand += 1;
    await follow(one);
  }

  /** The service tells the case that the calendar changed: nothing has, so that it takes over what its rows say. */
  async function recalculate(one: ModelCase, state: CaseState): Promise<void> {
    const command = { kind: 'recalculate', body: {} } as const;
    const expected = decide(state, command, factsOf(one, command, await service.now(), 'told', system));
    await service.engine.recalculate(one.reference, randomUUID());
    if (isRefusal(expected)) return;
    await until(
      () => `what came of the calendar's change for ${one.reference}`,
      async () => ((await service.record(one.reference)).state.step > state.step ? true : null),
    );
    await follow(one);
  }

  async function attempt(one: ModelCase, tried: Try): Promise<void> {
    const now = await service.now();
    const { state } = one;
    const kind = kindOf(state, tried);
    const command = commandOf(kind, now, tried, calendar);
    if (ofTheService.includes(kind)) {
      if (kind === 'recalculate' && state && !isOver(state)) await recalculate(one, state);
      return;
    }
    const right = state ? partiesOf(state, kind) : [one.opener];
    const by = tried.by === 'right' ? right.slice(tried.choice % right.length).slice(0, 1) : tried.by;
    const actor = walker(by);
    if (tried.words === 'none travel' && state && !isOver(state)) await type(one, state, command, actor);
    else await give(one, command, actor, tried.words === 'needed' ? wordsFor(state, command) : [], now);
  }

  /** One step of the usual way, by whose it is. */
  async function goOn(one: ModelCase, { does, says, writes }: Step): Promise<void> {
    const now = await service.now();
    const body = says({ interview: later(now, hour), start: schoolDayFrom(londonDay(now), calendar) ?? londonDay(now) });
    const by = one.state ? partiesOf(one.state, does) : [one.opener];
    await give(one, { kind: does, body } as Command, walker(by.slice(0, 1)), Object.keys(writes), now);
  }

  async function attemptOfMeeting(one: ModelMeeting, { command, parties, person, texts }: MeetingTry): Promise<void> {
    const { state, id } = one;
    if (!state || parties.includes('system') || !isGivenToMeetings(command)) return;
    const now = await service.now();
    const actor = parties.includes('cap') ? cap() : { person, parties: people.get(person) ?? [] };
    const agenda = factsOfMeeting(one, now, '', system).agenda;
    const named = { 'CAP-ONE': agenda[0], 'CAP-TWO': agenda[1] } as const;
    const body =
      'case' in command.body ? { ...command.body, case: named[command.body.case as 'CAP-ONE'] ?? 'CAP-NINE' } : command.body;
    const meant = { kind: command.kind, body } as typeof command;
    const names = texts ? meetingWordsFor(meant) : [];
    const key = randomUUID();
    const command_ = commandId(actor.person, id, key);
    given.set(command_, { actor, texts: names });
    const sees = meetingMachine.viewers(state).some(({ party }) => actor.parties.includes(party));
    const expected = sees
      ? meetingMachine.decide(state, meant, factsOfMeeting(one, now, command_, { actor, texts: names }))
      : null;
    const row = {
      reference: id,
      kind: meant.kind as MeetingPersonCommandKind,
      body: meant.body,
      texts: words(names),
      key,
      read: null,
    };
    const result = await giveToMeeting(services(now), { ...actor, name: actor.person }, row);
    answeredAlike(`${id} at step ${String(state.step)}: ${JSON.stringify(meant)} of ${actor.person}`, result, expected);
    await followMeeting(one);
  }

  /** Record, timeline and workflow say what the model says. */
  async function isAsTheModelHasIt(
    reference: string,
    model: MachineState,
    record: { readonly state: unknown; readonly waits: readonly Wait[] },
    waitsOfModel: readonly Wait[],
    told: unknown,
  ): Promise<void> {
    agree(`${reference}: the record has another state`, record.state, model);
    agree(`${reference}: the record has other waits`, record.waits, waitsOfModel);
    agree(`${reference}: the timeline comes to another state`, told, model);
    let shown: unknown = null;
    await until(
      () => `the workflow of ${reference} with the state ${JSON.stringify(record)}; it has ${JSON.stringify(shown)}`,
      async () => {
        shown = await service.shown(reference).catch(() => null);
        return isDeepStrictEqual(plain(shown), plain({ state: record.state, waits: record.waits })) ? true : null;
      },
    );
  }

  async function endOf(one: ModelCase): Promise<void> {
    const { reference, state } = one;
    if (!state) return;
    const told = await retold(caseMachine, records, reference);
    await isAsTheModelHasIt(reference, state, await service.record(reference), waits(state, calendar), told);
    if (isOver(state)) sum.closed += 1;
    // Nobody waits for a case whose sequence has ended.
    const command = { kind: 'closeCase', body: {} } as const;
    if (!isOver(state)) await give(one, command, cap(), neededTexts('closeCase', {}), await service.now());
  }

  async function endOfMeeting(one: ModelMeeting): Promise<void> {
    const { id, state } = one;
    if (!state) throw new Error(`${id} was never convened`);
    const record = await service.meeting(id);
    const told = await retold(meetingMachine, records, id);
    await isAsTheModelHasIt(id, state, { state: record.state, waits: record.waits }, meetingMachine.waits(state, calendar), told);
  }

  async function begin({ programme }: Sequence, index: number): Promise<ModelCase> {
    const now = await service.now();
    const day = londonDay(now);
    const dateOfBirth = sampleBirth(programme, day);
    const code = await freshStudent(api, { person: 'school.alder', parties: ['school:SCH-A'] }, 'SCH-A', now, { dateOfBirth });
    const { openedBy, noPanelWhen } = programmeFor(programme, years.at(-1) ?? '');
    const opener: Party = openedBy ? 'cap' : 'school:SCH-A';
    const answers = { ...completeAnswers(programme, day), ...(noPanelWhen && index % 3 === 0 ? { [noPanelWhen]: true } : {}) };
    const draft = { programme, school: 'SCH-A', opener, student: code, course: sampleCourses[programme] ?? null, answers };
    const { reference } = await createDraft(api, walker([opener]), draft, now);
    const student = { ...sampleStudent, code, dateOfBirth };
    const one: ModelCase = { reference, programme, opener, student, answers, saved: now, state: null, pack: null, decidedAt: [] };
    cases.set(reference, one);
    return one;
  }

  /** Something that is tried at a time, and when it is tried next; null when its sequence has ended. */
  interface Turn {
    at: Instant;
    readonly take: (now: Instant) => Promise<Instant | null>;
  }

  function turnsOf(sequence: Sequence, index: number): Turn {
    let one: ModelCase | null = null;
    let next = 0;
    const usual = sequence.placed ? [...pathwayOf(sequence.programme)] : [];
    const name = `sequence ${String(index)}, a case of ${sequence.programme}`;
    return {
      at: later(begun, ((index * beginsWithin) / sequences.length) * hour),
      take: async (now) => {
        const tried = sequence.tries[next];
        one ??= await begin(sequence, index);
        try {
          const step = usual.shift();
          if (step) {
            await goOn(one, step);
            return later(now, 2 * hour);
          }
          if (tried) await attempt(one, tried);
          next += 1;
          const then = sequence.tries[next];
          const due = one.state && then?.untilDue ? nextOf(one.state, calendar) : null;
          const at = then && (due && due > now ? due : later(now, then.hours * hour));
          if (at && at < later(begun, horizon * 24 * hour)) return at;
          await endOf(one);
          return null;
        } catch (error) {
          const cause = error instanceof Error ? error.message : String(error);
          throw new Error(`${name}, try ${String(next)} of ${JSON.stringify(tried)}: ${cause}`, { cause: error });
        }
      },
    };
  }

  function turnsOfMeeting(id: string, day: string, tries: readonly MeetingTry[]): Turn {
    const one: ModelMeeting = { id, state: null };
    meetings.set(id, one);
    let next = 0;
    const from = later(`${day}T09:00:00.000Z`, -beforeMeeting * hour);
    return {
      at: from > begun ? from : begun,
      take: async (now) => {
        const tried = tries[next];
        next += 1;
        if (tried) await attemptOfMeeting(one, tried);
        if (tried) return later(now, tried.hours * hour);
        await endOfMeeting(one);
        return null;
      },
    };
  }

  const planned = cycles.flatMap((cycle) => cycle.meetings[panel] ?? []).filter(({ day }) => day > addDays(londonDay(begun), 1));
  const held = planned.slice(0, ofMeetings.length);
  let turns: readonly Turn[] = [
    ...sequences.map(turnsOf),
    ...held.map(({ id, day }, index) => turnsOfMeeting(id, day, ofMeetings[index] ?? [])),
  ];
  for (const { id } of held) await service.engine.meeting(id);
  await until(
    () => 'the meetings, convened',
    async () => {
      await settle();
      return [...meetings.values()].every(({ state }) => state !== null) ? true : null;
    },
  );
  while (turns.length > 0) {
    const turn = turns.reduce((first, each) => (each.at < first.at ? each : first));
    const ahead = Date.parse(turn.at) - Date.parse(await service.now());
    if (ahead > 0) await service.sleep(ahead);
    await settle();
    const next = await turn.take(await service.now());
    if (next === null) turns = turns.filter((each) => each !== turn);
    else turn.at = next;
  }
  return sum;
}

/** What nobody gives at a door. */
const ofTheService: readonly string[] = Object.keys(systemCommands);

function isGivenToMeetings({ kind }: MeetingCommand): boolean {
  return kind in meetingCommands;
}

/** Somebody who holds these grants and no other. */
function walker(by: readonly Party[]): Actor {
  const parties = by.filter((party) => party !== 'system');
  return { person: `walker.${parties.join('.').replaceAll(':', '-') || 'nobody'}`, parties };
}

function personOf([id, parties]: readonly [string, readonly Party[]]): SeededPerson {
  const roles = {
    school: 'school',
    provider: 'provider',
    panel: 'chair',
    member: 'member',
    cap: 'cap',
    ops: 'ops',
    audit: 'auditor',
  } as const;
  return {
    id,
    name: `Sample ${id}`,
    email: `${id}@example.test`,
    signIns: [],
    grants: parties.map((party) => ({ role: roles[party.split(':')[0] as keyof typeof roles], scope: codeOf(party) || null })),
  };
}
