// Tells the story of one case in memory: people do things at times, and the machine of domain/ says what comes of it. The calendar is
// CAP's own of 2024-25.
import { agreementsIn, questionsAsked } from '../../domain/agreements';
import { addDays, londonDay, type Calendar, type Cycle, type Instant, type IsoDate, type PanelCode } from '../../domain/calendar';
import { checkApplication, intendedStart, type Answers } from '../../domain/application';
import { allowed, caseMachine, decide, parties as partiesOf, viewers } from '../../domain/case';
import { neededTexts, type BodyOf, type Command, type CommandKind } from '../../domain/commands';
import { waits } from '../../domain/clock';
import { emailsAfter, type EmailToWrite } from '../../domain/emails';
import type { Check } from '../../domain/checks';
import type { Actor, CoursePlaces, Directory, Facts, OfferedCourse, OtherCase, PlacesLeft } from '../../domain/facts';
import { beforePanel } from '../../domain/landing';
import { afterStep, seesAt } from '../../domain/machine';
import type { RetentionFacts } from '../../domain/retention';
import type { CaseState, Course, Event, EventKind, Refusal, StageName, Wait } from '../../domain/state';
import type { Student } from '../../domain/student';
import type { MeetingRef, Party, PlaceTerm, ProgrammeCode } from '../../domain/words';
import { referenceYear } from '../../prisma/reference-data';

const documented = referenceYear('2024-25');

/** The terms and closures of 2024-25, and the cycles that its table prints. */
/** One of them a primary school, and one outside the city (R22). */
export const schoolsOfTheDirectory: Directory['schools'] = [
  ...['SCH-A', 'SCH-B', 'SCH-C'].map((code) => ({ code, sector: 'secondary' as const })),
  { code: 'SCH-PRIMARY', sector: 'primary' },
  { code: 'SCH-OUTSIDE', sector: 'out-of-area' },
];

export const calendar2024: Calendar = { closures: new Set(documented.closures), halfTerms: documented.halfTerms };
export const cycles2024: readonly Cycle[] = documented.cycles;

/** A command was refused where the story had it succeed. */
class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(`${refusal.refused} (${refusal.rule}): ${refusal.message}`);
  }
}

/** Which places of a limited programme are taken, by the case that took them: what the ledger's rows say. */
export interface Ledger {
  readonly taken: Map<string, PlaceTerm>;
  left(): PlacesLeft[];
}

/** A ledger of 25 places a term and 75 a year, unless other limits are given (R13, C12). */
export function ledger({ perTerm = 25, perYear = 75, year = '2025-26' } = {}): Ledger {
  const taken = new Map<string, PlaceTerm>();
  const count = (test: (place: PlaceTerm) => boolean) => [...taken.values()].filter(test).length;
  return {
    taken,
    left: () =>
      ['2024-25', year].flatMap((academicYear) =>
        (['autumn', 'spring', 'summer'] as const).map((term) => ({
          academicYear,
          term,
          inTerm: perTerm - count((place) => place.academicYear === academicYear && place.term === term),
          inYear: perYear - count((place) => place.academicYear === academicYear),
        })),
      ),
  };
}

/** An instant written short: `2024-12-02T10:00Z`. */
function instant(time: string): Instant {
  return new Date(time).toISOString();
}

interface Setting {
  readonly programme: ProgrammeCode;
  readonly school?: string;
  /** Academic years for which the school has an SLA. */
  readonly slas?: readonly string[];
  readonly course?: Course | null;
  /** The courses of the directory, beside the one applied for; of the programme applied for unless they say another. */
  readonly courses?: readonly (Course & Partial<OfferedCourse>)[];
  readonly answers?: Answers;
  readonly student?: Student | null;
  /** The student's other open cases. */
  readonly otherCases?: readonly OtherCase[];
  readonly calendar?: Calendar;
  readonly cycles?: readonly Cycle[];
  readonly places?: Ledger;
  /** What is left of the course; as many as are asked for, unless said. */
  readonly coursePlaces?: CoursePlaces;
  /** Whether the answers take the panels out of the route. */
  readonly withoutPanels?: boolean;
  /** People who may sign in, whom a command may name. */
  readonly people?: readonly Actor[];
  /** What was checked of the provider, the newest of each kind; nothing is kept of it, unless said. */
  readonly checks?: readonly Check[];
  /** What is known of the student once the case is closed; nothing, unless said. */
  readonly retention?: RetentionFacts;
}

interface DecisionWords {
  readonly outsideMeeting?: boolean;
  /** How a decision arrives that was typed into Temporal's Web UI: without a word. */
  readonly withoutWords?: boolean;
}

let stories = 0;

/** The course or the person that a command names. */
function namedIn(body: object): unknown {
  const { course, caseWorker, officer } = body as { course?: string; caseWorker?: string; officer?: string };
  return course ?? caseWorker ?? officer ?? null;
}

/** Begins a story: the school has an application filled in, and has not submitted it. */
export function story(setting: Setting) {
  const school = setting.school ?? 'SCH-A';
  const reference = `CAP-2024-${String(++stories).padStart(6, '0')}`;
  const course = setting.course ?? null;
  const places = setting.places ?? ledger();
  let calendar = setting.calendar ?? calendar2024;
  let cycles = setting.cycles ?? cycles2024;
  let now = instant('2024-09-02T09:00Z');
  let commands = 0;
  let state: CaseState | null = null;
  const events: Event[] = [];
  const emails: (EmailToWrite & { readonly step: number })[] = [];

  /** The meeting that the case is before, as its row stands now. */
  const meeting = (): MeetingRef | null => {
    const here = state && beforePanel(state.position);
    if (!here) return null;
    const { meeting: known, panel } = here;
    const row = cycles.map((cycle) => cycle.meetings[panel]).find((each) => each?.id === known?.id);
    return row ? { id: row.id, day: row.day } : known;
  };

  let coursePlaces = setting.coursePlaces ?? null;
  const courses = (setting.courses ?? (course ? [course] : [])).map((each) => ({ programme: setting.programme, ...each }));

  const facts = (parties: readonly Party[], texts: readonly string[] | null, named: unknown = null): Facts => {
    const { student = sampleStudent, slas = ['2024-25', '2025-26'] } = setting;
    const answers = setting.answers ?? completeAnswers(setting.programme, londonDay(now));
    const offered = course && { ...course, programme: setting.programme };
    const written = { student, course: offered, answers, slas, saved: now };
    return {
      now,
      commandId: `command-${String(++commands)}`,
      actor: { person: parties.join('+'), parties },
      calendar,
      cycles,
      meeting: meeting(),
      sitting: null,
      places: places.left(),
      coursePlaces,
      checks: setting.checks ?? [],
      directory: {
        providers: ['TP-ONE', 'TP-TWO', 'AP-ACADEMY'],
        schools: schoolsOfTheDirectory,
        course: courses.find(({ code }) => code === named) ?? null,
      },
      student,
      slas,
      otherCases: setting.otherCases ?? [],
      retention: setting.retention ?? null,
      texts,
      application: {
        reference,
        programme: setting.programme,
        school,
        student: student && student.code,
        course,
        problems: checkApplication(setting.programme, written, now, { calendar, cycles }),
        changed: [],
        agreements: agreementsIn(answers),
        withoutPanels: setting.withoutPanels ?? false,
      },
      named: setting.people?.find(({ person: who }) => who === named) ?? null,
    };
  };

  /** What would come of a command now, with every word that it needs unless said. Nothing is recorded. */
  const ask = <K extends CommandKind>(
    parties: readonly Party[],
    kind: K,
    body: BodyOf<K>,
    texts: readonly string[] | null = neededTexts(kind, body),
  ) => decide(state, { kind, body } as unknown as Command, facts(parties, texts, namedIn(body)));

  const give = <K extends CommandKind>(
    parties: readonly Party[],
    kind: K,
    body: BodyOf<K>,
    texts?: readonly string[] | null,
  ): void => {
    const decision = ask(parties, kind, body, texts);
    if (!Array.isArray(decision)) throw new Refused(decision);
    const before = state;
    const after = afterStep(caseMachine, before, decision);
    state = after;
    events.push(...decision);
    const told = emailsAfter(before, decision, after, { by: parties, waits: waits(after, calendar) });
    emails.push(...told.map((email) => ({ ...email, step: after.step })));
    if (state.place) places.taken.set(reference, state.place);
    else places.taken.delete(reference);
  };

  /** Somebody with these parties, who may try anything. */
  const person = (...parties: Party[]) => {
    const does = <K extends CommandKind>(kind: K, body: BodyOf<K>, texts?: readonly string[] | null) => {
      give(parties, kind, body, texts);
      return tale;
    };
    const decides = (outcome: BodyOf<'panelDecision'>['outcome'], { outsideMeeting, withoutWords = false }: DecisionWords = {}) =>
      does(
        'panelDecision',
        {
          outcome,
          ...(outsideMeeting ? { outsideMeeting } : {}),
          ...(outcome === 'approve-with-conditions' ? { conditionsBy: addDays(londonDay(now), 28) } : {}),
        },
        withoutWords ? null : undefined,
      );
    const allocates = (body: BodyOf<'allocateSchool'>, { outsideMeeting, withoutWords = false }: DecisionWords) =>
      does('allocateSchool', { ...body, ...(outsideMeeting ? { outsideMeeting } : {}) }, withoutWords ? null : undefined);
    /** Of several decisions whose words are owed the first is answered first. */
    const owes = () => state?.matters.find((matter) => matter.kind === 'reasons')?.owes;
    return {
      does,
      submits: () => does('submit', {}),
      findsThePackComplete: () => does('checkPack', { result: 'complete' }),
      returnsThePack: () => does('checkPack', { result: 'returned' }),
      sendsTheCorrectedPack: () => does('resubmitPack', {}),
      approves: (words?: DecisionWords) => decides('approve', words),
      approvesWithConditions: (words?: DecisionWords) => decides('approve-with-conditions', words),
      refuses: (words?: DecisionWords) => decides('refuse', words),
      defers: (words?: DecisionWords) => decides('defer', words),
      takesTheDecisionBack: () => does('takeBackDecision', {}),
      takesTheCheckBack: () => does('takeBackCheck', {}),
      givesReasons: () => does('giveReasons', {}, owes()),
      allocates: (school: string, words: DecisionWords = {}) => allocates({ result: 'allocated', school }, words),
      postponesTheAllocation: (words: DecisionWords = {}) => allocates({ result: 'postponed' }, words),
      sendsThePackTo: (provider: string) => does('sendPack', { provider }),
      booksTheInterview: (at: string) => does('bookInterview', { at: instant(at) }),
      /** Whoever arranges it has booked it, or books it now for an hour later; its time comes. */
      holdsTheInterview: () => {
        bookedByNow();
        return does('recordInterview', { result: 'held' });
      },
      recordsThatNobodyCame: () => {
        bookedByNow();
        return does('recordInterview', { result: 'missed' });
      },
      accepts: () => does('providerResponse', { result: 'accept' }),
      declines: (ground: 'need' | 'risk' | 'capacity') => does('providerResponse', { result: 'decline', ground }),
      onboards: () => does('recordOnboarding', { result: 'completed' }),
      refusesTheOnboarding: () => does('recordOnboarding', { result: 'refused' }),
      confirmsTheStart: (start: IsoDate) => does('confirmStart', { start }),
      reviews: (on: IsoDate) => does('holdReview', { on, review: 'review' }),
      reviewsThePathway: (on: IsoDate) => does('holdReview', { on, review: 'pathway-review' }),
      assesses: (on: IsoDate, assessment: 'before' | 'after') => does('recordAssessment', { on, assessment }),
      asksForWithdrawal: (body: Partial<BodyOf<'askWithdrawal'>> & { readonly last: IsoDate }) =>
        does('askWithdrawal', { from: 'placement', ...body }),
      processesTheWithdrawal: (enteredOn = londonDay(now)) => does('processWithdrawal', { result: 'processed', enteredOn }),
      asksForOtherDays: (body: Omit<BodyOf<'askChangeOfDay'>, 'hostAgreed'> & Partial<BodyOf<'askChangeOfDay'>>) =>
        does('askChangeOfDay', { hostAgreed: londonDay(now), ...body }),
      confirmsTheChangeOfDay: (enteredOn = londonDay(now)) => does('confirmChangeOfDay', { result: 'confirmed', enteredOn }),
      recordsTheExit: (destination: BodyOf<'recordExit'>['destination']) => does('recordExit', { destination }),
      withdraws: () => does('withdraw', {}),
      closesTheCase: () => does('closeCase', {}),
    };
  };

  const bookedByNow = () => {
    if (state?.position.stage !== 'interview') return;
    if (state.position.booked === null) {
      const at = new Date(Date.parse(now) + 3_600_000).toISOString();
      give([...partiesOf(state, 'bookInterview')].slice(0, 1), 'bookInterview', { at });
    }
    const { booked } = state.position;
    if (booked !== null && booked > now) now = booked;
  };

  const here = (): CaseState => {
    if (state === null) throw new Error('The application is not submitted yet');
    return state;
  };

  const tale = {
    reference,
    /** The cycles that are planned now. */
    get cycles(): readonly Cycle[] {
      return cycles;
    },
    places,
    /** Time goes on to this moment. */
    at: (time: string) => {
      if (instant(time) < now) throw new Error(`The story cannot go back from ${now} to ${time}`);
      now = instant(time);
      return tale;
    },
    /** Staff edit the calendar; the case hears of it when it recalculates. */
    plan: (changed: { readonly cycles?: readonly Cycle[]; readonly calendar?: Calendar }) => {
      cycles = changed.cycles ?? cycles;
      calendar = changed.calendar ?? calendar;
      return tale;
    },
    /** Places of the course become free, or are taken by others. */
    coursePlaces: (left: CoursePlaces) => {
      coursePlaces = left;
      return tale;
    },
    recalculates: () => person('system').does('recalculate', {}),
    theClockRings: () => person('system').does('clock', {}),
    /** Lets the clock run until it rests; each time with what it did. */
    letTheClockRun: () => {
      const rings: { readonly at: Instant; readonly did: readonly string[] }[] = [];
      for (let { next } = tale; next; { next } = tale) {
        if (next > now) now = next;
        const told = events.length;
        tale.theClockRings();
        rings.push({
          at: now,
          did: events.slice(told).map((event) => ('what' in event ? `${event.kind} ${event.what}` : event.kind)),
        });
      }
      return rings;
    },
    ask,
    person,
    school: person(`school:${school}`),
    cap: person('cap'),
    chair: person('panel:review-and-authorisation'),
    secondChair: person('panel:multi-agency'),
    heads: person('panel:headteacher-placement'),
    otherSchool: person('school:SCH-B'),
    provider: person('provider:TP-ONE'),
    otherProvider: person('provider:TP-TWO'),
    academy: person('provider:AP-ACADEMY'),
    /** What is answered to something that is refused; the case must be as it was. */
    refusal: (attempt: () => unknown): Refusal => {
      const before = JSON.stringify([state, events.length]);
      try {
        attempt();
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        if (JSON.stringify([state, events.length]) !== before) throw new Error('A refusal changed the case', { cause: error });
        return error.refusal;
      }
      throw new Error('It was not refused');
    },
    get now(): Instant {
      return now;
    },
    get state(): CaseState {
      return here();
    },
    get stage(): StageName {
      return here().position.stage;
    },
    /** The commands that somebody is offered now, in the order of the alphabet. */
    offered: (...held: Party[]): CommandKind[] =>
      allowed(here(), now, held)
        .filter((kind) => partiesOf(here(), kind).some((party) => held.includes(party)))
        .sort(),
    /** All that the case waits for, what is due first in front. */
    get waits(): Wait[] {
      return waits(here(), calendar);
    },
    /** What is due first. */
    get wait(): Wait | null {
      return tale.waits[0] ?? null;
    },
    /** When the clock of the case acts next. */
    get next(): Instant | null {
      return tale.waits.flatMap(({ next }) => next ?? []).sort()[0] ?? null;
    },
    /** Whoever may see the case at the time of the story. */
    get viewers(): Party[] {
      return viewers(here()).flatMap((viewer) => (seesAt(viewer, now) ? viewer.party : []));
    },
    /** The kinds of what happened, in order. */
    get happened(): EventKind[] {
      return events.map(({ kind }) => kind);
    },
    eventsOf: <K extends EventKind>(kind: K) =>
      events.filter((event): event is Extract<Event, { kind: K }> => event.kind === kind),
    /** What was told by e-mail so far: "outcome to school:SCH-A", "reminder of reasons to panel:multi-agency". */
    get told(): string[] {
      return emails.flatMap(({ to, notices }) =>
        notices.map((notice) => `${notice.template}${'what' in notice ? ` of ${notice.what}` : ''} to ${to}`),
      );
    },
    get emails() {
      return emails;
    },
  };
  return tale;
}

export type Story = ReturnType<typeof story>;

/** A student of Year 9 in 2024-25. */
export const sampleStudent: Student = {
  code: 'STU-7K3QX9',
  school: 'SCH-A',
  name: 'Sample Student (fictitious)',
  dateOfBirth: '2011-05-04',
  upn: null,
  yearsAbove: 0,
  ehcp: false,
  lookedAfter: false,
  adopted: false,
};

/** Answers that meet every gate of the programme, with a risk assessment of that day. */
export function completeAnswers(code: ProgrammeCode, assessed: IsoDate): Answers {
  const { programme } = intendedStart(code, `${assessed}T12:00:00.000Z`, { calendar: calendar2024, cycles: [] });
  const byType = { text: 'As our school has found', 'yes-no': true, day: assessed };
  return {
    ...Object.fromEntries(questionsAsked(programme).map((question) => [question.code, byType[question.answer]])),
    ...(programme.noPanelWhen === undefined ? {} : { [programme.noPanelWhen]: false }),
    'risk-assessment-date': assessed,
  };
}

type Rest = Omit<Setting, 'programme'>;

export const flourishApplication = (rest: Rest = {}) => story({ programme: 'flourish', ...rest });
export const refocusApplication = (rest: Rest = {}) => story({ programme: 'refocus', ...rest });
/** A course of six school weeks at TP-ONE. */
export const tier1Application = (rest: Rest = {}) =>
  story({ programme: 'tier-1-course', course: { code: 'T1-BICYCLES', provider: 'TP-ONE', schoolWeeks: 6 }, ...rest });

/** An Insight course of six school weeks at TP-ONE. */
export const insightApplication = (rest: Rest = {}) =>
  story({ programme: 'insight', course: { code: 'INS-CHOICES', provider: 'TP-ONE', schoolWeeks: 6 }, ...rest });

/** A course of twelve school weeks at TP-ONE, for a student of Year 11. */
export const year11Application = (rest: Rest = {}) =>
  story({
    programme: 'year-11-bespoke',
    course: { code: 'Y11-WORKSHOP', provider: 'TP-ONE', schoolWeeks: 12 },
    student: { ...sampleStudent, dateOfBirth: '2009-05-04' },
    ...rest,
  });

export const transferApplication = (rest: Rest = {}) => story({ programme: 'supported-transfer', ...rest });

/** An Insight case whose start on 4 November was confirmed on 8 October. */
export function insightBeforeItsStart(rest: Rest = {}): Story {
  const tale = insightApplication(rest);
  tale.at('2024-10-01T10:00Z').school.submits();
  tale.at('2024-10-02T10:00Z').cap.findsThePackComplete().school.booksTheInterview('2024-10-07T09:00Z');
  tale.at('2024-10-07T10:00Z').provider.holdsTheInterview().provider.accepts();
  return tale.at('2024-10-08T10:00Z').school.confirmsTheStart('2024-11-04');
}

/** The terms of 2026-27 as far as a placement of its autumn needs them, plainly made up. */
export const calendar2026: Calendar = {
  closures: new Set(),
  halfTerms: [
    { academicYear: '2026-27', term: 'autumn', half: 1, firstDay: '2026-09-01', lastDay: '2026-10-23' },
    { academicYear: '2026-27', term: 'autumn', half: 2, firstDay: '2026-11-02', lastDay: '2026-12-18' },
    { academicYear: '2026-27', term: 'spring', half: 1, firstDay: '2027-01-04', lastDay: '2027-02-12' },
    { academicYear: '2026-27', term: 'spring', half: 2, firstDay: '2027-02-22', lastDay: '2027-04-01' },
  ],
};

/** An application of the autumn of 2026, before whose start a plan is agreed. */
export const applicationOf2026 = (setting: Setting) => {
  const meetings = { 'review-and-authorisation': '2026-09-21', 'multi-agency': '2026-09-22' } as const;
  const { programme } = setting;
  const cycles = [cycle('2026-27/1', '2026-09-09', [{ programme, cohortStart: null }], meetings)];
  return story({ cycles, calendar: calendar2026, slas: ['2026-27'], places: ledger({ year: '2026-27' }), ...setting });
};

/** A Tier 1 course of so many school weeks from Monday 14 September 2026, its start confirmed with its plan. */
export function courseOf2026(schoolWeeks: number, student: Student = sampleStudent): Story {
  const course = { code: 'T1-BICYCLES', provider: 'TP-ONE', schoolWeeks };
  const people = [{ person: 'cap.team', parties: ['cap'] }] as const;
  const tale = applicationOf2026({ programme: 'tier-1-course', course, people, student });
  tale.at('2026-09-07T10:00Z').school.submits();
  tale.at('2026-09-08T10:00Z').cap.findsThePackComplete();
  tale.at('2026-09-09T10:00Z').provider.holdsTheInterview().provider.accepts();
  const plan = ['objectives', 'measures', 'reintegration'];
  return tale.school.does('confirmStart', { start: '2026-09-14', weekdays: 'tue' }, plan);
}

/** A Refocus placement whose start on 5 October 2026, a Monday at the home school, was confirmed with its plan on 28 September. */
export function refocusOf2026(rest: Rest = {}): Story {
  const tale = applicationOf2026({ programme: 'refocus', ...rest });
  tale.at('2026-09-07T10:00Z').school.submits();
  tale.at('2026-09-08T10:00Z').cap.findsThePackComplete();
  tale.at('2026-09-21T14:00Z').chair.approves();
  tale.at('2026-09-22T14:00Z').secondChair.approves();
  tale.at('2026-09-28T10:00Z').academy.onboards();
  return tale.school.does('confirmStart', { start: '2026-10-05' }, ['objectives', 'measures', 'reintegration']);
}

/** A Supported Transfer that both panels have approved, before the Headteacher Placement Meeting of 19 December. */
export function transferBeforeItsAllocation(rest: Rest = {}): Story {
  const tale = transferApplication(rest);
  tale.at('2024-12-02T10:00Z').school.submits();
  tale.at('2024-12-03T10:00Z').cap.findsThePackComplete();
  tale.at('2024-12-16T14:00Z').chair.approves();
  return tale.at('2024-12-17T14:00Z').secondChair.approves();
}

/** A Flourish case that has come to its panel: submitted on 2 December, before the panel of 16 December. */
export function flourishBeforeItsPanel(rest: Rest = {}): Story {
  const tale = flourishApplication(rest);
  tale.at('2024-12-02T10:00Z').school.submits();
  tale.at('2024-12-03T10:00Z').cap.findsThePackComplete();
  return tale;
}

/** A Refocus case that has come to its second panel: quality-assured on 16 December, before the Multi-Agency Panel of 17 December. */
export function refocusBeforeTheMultiAgencyPanel(rest: Rest = {}): Story {
  const tale = refocusApplication(rest);
  tale.at('2024-12-02T10:00Z').school.submits();
  tale.at('2024-12-03T10:00Z').cap.findsThePackComplete();
  tale.at('2024-12-16T14:00Z').chair.approves();
  return tale;
}

/** A cycle of its own for a test, with the panels that meet in it. */
export function cycle(
  id: string,
  deadline: IsoDate,
  items: readonly { readonly programme: string; readonly cohortStart: IsoDate | null }[],
  meetings: Partial<Record<PanelCode, IsoDate>>,
): Cycle {
  const on = (panel: PanelCode) => {
    const day = meetings[panel];
    return day === undefined ? null : { id: `${panel}-of-${id}`, panel, day };
  };
  return {
    id,
    academicYear: '2024-25',
    number: 1,
    deadline,
    items: items.map((item) => ({ ...item, panels: null })),
    meetings: {
      'review-and-authorisation': on('review-and-authorisation'),
      'multi-agency': on('multi-agency'),
      'headteacher-placement': on('headteacher-placement'),
    },
  };
}
