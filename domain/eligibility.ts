// Which programmes a school may apply to for a student, and why (R23, R24): asked before an application is begun, by the rules that it is held
// against when it is submitted. It decides nothing: an application may be begun whatever is said here.
import { ofTheSchool, ofTheStudent, type Intended } from './application';
import { londonDay, panelTitle, type Instant } from './calendar';
import type { OtherCase } from './facts';
import { alreadyApplied } from './load';
import type { Programme } from './programme';
import { panelsOf, placementIn } from './route';
import type { Student } from './student';

/** What a school wishes for, as far as it says. */
export interface Wish {
  /** Who it is for; null while nobody is named. */
  readonly student: Pick<Student, 'dateOfBirth' | 'yearsAbove' | 'ehcp'> | null;
  /** At most so many days a week away from the school. */
  readonly daysAWeek: number | null;
  /** At most so many school weeks. */
  readonly schoolWeeks: number | null;
}

/** What a wish is held against. */
export interface EligibilityFacts {
  readonly now: Instant;
  /** Academic years for which the school has a Service Level Agreement. */
  readonly slas: readonly string[];
  /** The student's open cases. */
  readonly others: readonly OtherCase[];
}

/** One reason for a programme or against it, or something to know before it is applied for. */
export interface Reason {
  readonly says: 'for' | 'against' | 'know';
  /** Where it stands: a number of the requirements. */
  readonly rule: string;
  readonly message: string;
}

/** How a programme fits. */
export interface Fit {
  /** Nothing speaks against it. */
  readonly fits: boolean;
  /** What it is: its days and weeks, and who decides. */
  readonly inShort: string;
  readonly reasons: readonly Reason[];
}

/** @returns whether a programme fits what a school wishes for, and why */
export function fitOf(intended: Intended, wish: Wish, facts: EligibilityFacts): Fit {
  const { programme } = intended;
  const reasons = [
    ...access(intended, facts),
    ...(wish.student ? forStudent(intended, wish.student, facts) : []),
    ...againstLength(programme, wish),
    ...toKnow(programme, wish),
  ];
  return { fits: reasons.every(({ says }) => says !== 'against'), inShort: inShort(programme), reasons };
}

/** Who may apply: everybody (R8), SLA schools first (R10), SLA schools alone (R11, R12), the local authority alone (R20). */
function access({ programme, year }: Intended, { slas }: EligibilityFacts): Reason[] {
  if (programme.openedBy !== undefined) {
    return [{ says: 'know', rule: 'R20', message: 'The local authority opens it, and nobody else.' }];
  }
  const hasSla = slas.includes(year);
  switch (programme.access) {
    case 'open':
      return [{ says: 'for', rule: 'R8', message: 'Every school may apply.' }];
    case 'sla-first':
      return hasSla
        ? [{ says: 'for', rule: 'R10', message: `Your school has a Service Level Agreement for ${year}, and comes first.` }]
        : [{ says: 'know', rule: 'R10', message: `Schools with a Service Level Agreement for ${year} come first.` }];
    case 'sla-only':
      return hasSla
        ? [
            {
              says: 'for',
              rule: programme.accessRule ?? 'R12',
              message: `Your school has the Service Level Agreement for ${year} that it needs.`,
            },
          ]
        : ofTheSchool({ programme, year }, slas).map(asAgainst);
  }
}

function forStudent(intended: Intended, student: NonNullable<Wish['student']>, { now, others }: EligibilityFacts): Reason[] {
  const { programme, year } = intended;
  const against = [
    ...ofTheStudent(intended, student, londonDay(now)),
    ...[alreadyApplied(programme.code, others)].filter((problem) => problem !== null),
  ];
  if (against.length > 0) return against.map(asAgainst);
  const { ages, yearGroups } = programme;
  if (yearGroups) return [{ says: 'for', rule: 'R85', message: `The student is in ${yearGroups.join(' or ')} in ${year}.` }];
  if (ages) return [{ says: 'for', rule: 'C30', message: `The student is of its ages, ${ages.from} to ${ages.to}.` }];
  return [{ says: 'for', rule: 'R3', message: 'It is for students of every school age.' }];
}

/** A programme that takes more than is wished for. One whose days or weeks depend on the course is left open. */
function againstLength(programme: Programme, { daysAWeek, schoolWeeks }: Wish): Reason[] {
  const days = daysOf(programme);
  const weeks = weeksOf(programme);
  return [
    ...(daysAWeek !== null && days !== null && days > daysAWeek
      ? [
          {
            says: 'against' as const,
            rule: 'R24',
            message: `It takes ${inDays(days)} a week, and you wish for ${inDays(daysAWeek)} at most.`,
          },
        ]
      : []),
    ...(schoolWeeks !== null && weeks !== null && weeks > schoolWeeks
      ? [
          {
            says: 'against' as const,
            rule: 'R24',
            message: `It takes ${inWeeks(weeks)}, and you wish for ${inWeeks(schoolWeeks)} at most.`,
          },
        ]
      : []),
  ];
}

/** What the application will not be submitted without (R43, R39), the limit of places (R13), and the plan of a student (A12). */
function toKnow({ questions, limitedPlaces }: Programme, { student }: Wish): Reason[] {
  const gates = questions.filter(({ strength, rule }) => strength === 'gate' && rule !== 'R42');
  return [
    ...gates.map(({ rule, text }) => ({ says: 'know' as const, rule, message: `It cannot be submitted without: ${text}` })),
    ...(limitedPlaces ? [{ says: 'know' as const, rule: 'R13', message: 'Its places are limited each term.' }] : []),
    ...(student?.ehcp
      ? [{ says: 'know' as const, rule: 'A12', message: 'With an EHCP, SEND is told of the application, and comes to reviews.' }]
      : []),
  ];
}

const asAgainst = ({ rule, message }: { readonly rule: string; readonly message: string }): Reason => ({
  says: 'against',
  rule,
  message,
});

/** The most days a week with the host; null: as the course has them, or as they are agreed. */
function daysOf({ route }: Programme): number | null {
  const days = placementIn(route).phases.map(({ hostDays }) => hostDays);
  return days.includes(null) ? null : Math.max(...days.map(Number));
}

/** How many school weeks it lasts at least; null: as long as the course. */
function weeksOf({ route, courseWeeks }: Programme): number | null {
  const { phases } = placementIn(route);
  if (phases.some(({ schoolWeeks }) => schoolWeeks === 'course')) return courseWeeks?.from ?? null;
  return phases.reduce((sum, { schoolWeeks }) => sum + Number(schoolWeeks), 0);
}

function inShort(programme: Programme): string {
  const { route, courseWeeks } = programme;
  const [days, weeks] = [daysOf(programme), weeksOf(programme)];
  const often = days === null ? 'On days that are agreed' : days === 5 ? 'Every day of the week' : `Up to ${inDays(days)} a week`;
  const upTo = courseWeeks && courseWeeks.to > courseWeeks.from ? ` to ${String(courseWeeks.to)}` : '';
  const long = weeks === null ? 'as long as its course' : `for ${String(weeks)}${upTo} school weeks`;
  const panels = panelsOf(route).map(panelTitle);
  const decides = panels.length === 0 ? 'no panel is needed' : `it goes to the ${panels.join(', then the ')}`;
  return `${often}, ${long}; ${decides}.`;
}

const inDays = (days: number) => (days === 1 ? '1 day' : `${String(days)} days`);
const inWeeks = (weeks: number) => (weeks === 1 ? '1 school week' : `${String(weeks)} school weeks`);
