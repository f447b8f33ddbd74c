// The routes as people walk them, told once: tests, kept histories, the benchmark and the demo all take their steps from here. A step says who
// does what, and what they say; when it is taken, and how, is its teller's.
import { academicYearOf, addDays, firstYearOf, type Instant, type IsoDate } from '../domain/calendar';
import type { BodyOf, PersonCommandKind } from '../domain/commands';
import { programmeFor } from '../domain/programmes';
import { yearGroups, type ProgrammeCode } from '../domain/words';

/** When a step is taken, as far as what is said depends on it. */
export interface Moment {
  /** A moment from now, for which an interview is booked: whoever records it waits until then. */
  readonly interview: Instant;
  /** A school day to come, or today: the start of the placement. */
  readonly start: IsoDate;
}

/** One command of one person. */
export interface Step<K extends PersonCommandKind = PersonCommandKind> {
  /** As it is told on the screen. */
  readonly title: string;
  readonly by: string;
  readonly does: K;
  /** Its codes, at that moment. */
  readonly says: (moment: Moment) => BodyOf<K>;
  /** What is written with it. */
  readonly writes: Readonly<Record<string, string>>;
}

const words = 'As the meeting agreed, with what the school and the family told it.';

function step<K extends PersonCommandKind>(
  title: string,
  by: string,
  does: K,
  says: BodyOf<K> | ((moment: Moment) => BodyOf<K>),
  writes: Step['writes'] = {},
): Step {
  const codes = typeof says === 'function' ? says : () => says;
  return { title, by, does, says: codes, writes };
}

const submitted = step('The school submits', 'school.alder', 'submit', {});

const checked = step('CAP finds the pack complete', 'cap.team', 'checkPack', { result: 'complete' });

/** It holds on any day, whenever the panel meets. */
const approves = (title: string, chair: string) =>
  step(title, chair, 'panelDecision', { outcome: 'approve', outsideMeeting: true }, { reasons: words });

const interviewed = (arranger: string): Step[] => [
  step(
    `${arranger.startsWith('school') ? 'The school' : 'The provider'} books the interview`,
    arranger,
    'bookInterview',
    ({ interview }) => ({ at: interview }),
  ),
  step('The provider has held the interview', 'provider.one', 'recordInterview', { result: 'held' }),
  step('The provider accepts', 'provider.one', 'providerResponse', { result: 'accept' }),
];

/** The days of the week with the host, where the programme leaves them to be agreed: they stand in the plan (A2). */
const sampleWeekdays: Readonly<Record<ProgrammeCode, string>> = {
  'tier-1-course': 'tue',
  insight: 'wed',
  flourish: 'tue,thu',
  'year-11-bespoke': 'mon,tue',
  'tier-4': 'mon,tue,wed',
};

/** What a school says and writes with a start, on whatever day the story is told: the end of the term may shorten it. */
export const samplePlan = (programme: ProgrammeCode) => {
  const weekdays = sampleWeekdays[programme];
  return {
    says: { shortened: true, ...(weekdays === undefined ? {} : { weekdays }) },
    writes: { objectives: words, measures: words, reintegration: words },
  };
};

function confirmed(programme: ProgrammeCode, by = 'school.alder', title = 'The school confirms the start, with the plan'): Step {
  const { says, writes } = samplePlan(programme);
  return step(title, by, 'confirmStart', ({ start }) => ({ start, ...says }), writes);
}

const pathways: Readonly<Record<ProgrammeCode, readonly Step[]>> = {
  'tier-1-course': [submitted, checked, ...interviewed('school.alder'), confirmed('tier-1-course')],
  insight: [submitted, checked, ...interviewed('school.alder'), confirmed('insight')],
  flourish: [
    submitted,
    checked,
    approves('The Review & Authorisation Panel approves', 'chair.review'),
    step('CAP sends the pack to a training provider', 'cap.team', 'sendPack', { provider: 'TP-ONE' }),
    ...interviewed('provider.one'),
    confirmed('flourish'),
  ],
  'supported-transfer': [
    submitted,
    checked,
    approves('The Review & Authorisation Panel approves, or assures the quality', 'chair.review'),
    step(
      'The Headteacher Placement Meeting allocates a receiving school',
      'chair.placement',
      'allocateSchool',
      { result: 'allocated', school: 'SCH-B', outsideMeeting: true },
      { reasons: words },
    ),
    confirmed('supported-transfer'),
  ],
  'year-11-bespoke': [
    submitted,
    checked,
    approves('The Review & Authorisation Panel approves', 'chair.review'),
    confirmed('year-11-bespoke'),
  ],
  refocus: [
    submitted,
    checked,
    approves('The Review & Authorisation Panel assures the quality', 'chair.review'),
    approves('The Multi-Agency Panel approves, a place is taken', 'chair.multiagency'),
    step('The AP Academy records the onboarding', 'academy', 'recordOnboarding', { result: 'completed' }),
    confirmed('refocus'),
  ],
  'tier-4': [
    step('The local authority submits', 'cap.team', 'submit', {}),
    checked,
    approves('The Multi-Agency Panel approves', 'chair.multiagency'),
    step('CAP sends the pack to a training provider', 'cap.team', 'sendPack', { provider: 'TP-ONE' }),
    confirmed('tier-4', 'cap.team', 'The local authority confirms the start, with the plan'),
  ],
};

/** The programmes whose routes are told. */
export const toldProgrammes: readonly ProgrammeCode[] = Object.keys(pathways);

/**
 * Every step of a route, from its submission to the confirmed start.
 * @throws Error when the route of that programme is not told here
 */
export function pathwayOf(programme: ProgrammeCode): readonly Step[] {
  const steps = pathways[programme];
  if (!steps) throw new Error(`No pathway of ${programme} is told in dev/pathways`);
  return steps;
}

/** Who opens an application of a programme: the home school, or the local authority. */
export function openerOf(programme: ProgrammeCode): string {
  return pathways[programme]?.[0]?.by ?? 'school.alder';
}

/** A sample course of each programme that has courses. */
export const sampleCourses: Readonly<Record<ProgrammeCode, string>> = {
  'tier-1-course': 'T1-BICYCLES',
  insight: 'INS-CHOICES',
  'year-11-bespoke': 'Y11-WORKSHOP',
};

/**
 * The date of birth of a sample student for whom the programme is on that day: of the first of its year groups, else of Year 9. In the
 * summer holidays, from 22 July on, the year is the coming one, in which a placement would start.
 */
export function sampleBirth(programme: ProgrammeCode, today: IsoDate): IsoDate {
  const year = academicYearOf(addDays(today, 41));
  const [group = 'Year 9'] = programmeFor(programme, year).yearGroups ?? [];
  return `${String(firstYearOf(year) - 4 - yearGroups.indexOf(group))}-05-04`;
}

/** Answers to the questions of a programme that are plainly made up. */
export function sampleAnswers(
  questions: readonly { readonly code: string; readonly answer: string }[],
  today: IsoDate,
): Record<string, string | boolean> {
  return Object.fromEntries(
    questions.map(({ code, answer }) => [
      code,
      answer === 'yes-no' ? code !== 'permanently-excluded' : answer === 'day' ? addDays(today, -14) : 'A sample answer.',
    ]),
  );
}

/** Who teaches the student, and so records the reviews, where it is not the sample provider. */
const reviewers: Readonly<Record<ProgrammeCode, string>> = { 'supported-transfer': 'school.birch', refocus: 'academy' };

/** A review on the day of the start, which must have come. */
export const reviewed = (programme: ProgrammeCode): Step =>
  step(
    'The first review is held',
    reviewers[programme] ?? 'provider.one',
    'holdReview',
    ({ start }) => ({ on: start, review: 'review' as const }),
    { summary: words },
  );

/** Of Insight, on the day of the start, which must have come. */
export const assessed = step(
  'The provider assesses the well-being before the programme',
  'provider.one',
  'recordAssessment',
  ({ start }) => ({ on: start, assessment: 'before' as const }),
  { summary: words },
);

export const withdrawn = step(
  'The school withdraws before the start: a place is given back',
  'school.alder',
  'withdraw',
  {},
  { reason: words },
);

export const endedEarly = step(
  'CAP ends the placement early: a place is given back',
  'cap.team',
  'recordExit',
  { destination: 'ended-early' },
  { summary: words },
);
