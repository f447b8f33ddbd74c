// Suspensions and permanent exclusions (R4, R92): the home school or CAP records them of a student, for they stand in no case; and what they come to before,
// during and after a placement.
import {
  addDays,
  formatDay,
  isSchoolDay,
  londonDay,
  mondayOf,
  schoolWeekEnd,
  weekday,
  type Calendar,
  type IsoDate,
} from './calendar';
import { lastDay } from './load';
import type { Problem } from './problem';
import type { CaseState } from './state';
import { codesOf } from './words';

export const exclusionTitles = { suspension: 'Suspension', 'permanent-exclusion': 'Permanent exclusion' } as const;
export type ExclusionKind = keyof typeof exclusionTitles;
export const exclusionKinds = codesOf(exclusionTitles);

/** The reasons that the Department for Education lists for its census, by its codes. */
export const exclusionReasons = {
  PP: 'Physical assault against a pupil',
  PA: 'Physical assault against an adult',
  VP: 'Verbal abuse or threatening behaviour against a pupil',
  VA: 'Verbal abuse or threatening behaviour against an adult',
  OW: 'Use or threat of use of an offensive weapon or prohibited item',
  BU: 'Bullying',
  RA: 'Racist abuse',
  LG: 'Abuse against sexual orientation and gender identity',
  DS: 'Abuse relating to disability',
  SM: 'Sexual misconduct',
  DA: 'Drug and alcohol related',
  DM: 'Damage',
  TH: 'Theft',
  MT: 'Inappropriate use of social media or online technology',
  DB: 'Persistent or general disruptive behaviour',
  PH: 'Wilful and repeated transgression of protective measures in place to protect public health',
} as const;
export type ExclusionReason = keyof typeof exclusionReasons;
export const exclusionReasonCodes = codesOf(exclusionReasons);

/** What is said of one. No words of a person's own: a code says why. */
export interface ExclusionWords {
  readonly kind: ExclusionKind;
  /** Of a suspension for how many half days; null of a permanent exclusion. */
  readonly sessions: number | null;
  readonly reason: ExclusionReason;
}

/** The law allows 45 school days in a year, so one suspension has no more half days than these. */
const mostSessions = 90;

/**
 * What is wrong with an exclusion from a day on, each with its field.
 * @param born the date of birth of the student
 */
export function exclusionProblems(
  { kind, sessions }: ExclusionWords,
  { day, today, born }: { readonly day: IsoDate; readonly today: IsoDate; readonly born: IsoDate },
): Problem[] {
  const wrong = (field: string, message: string): Problem => ({ field, rule: 'R4', message });
  return [
    ...(day > today ? [wrong('day', `${formatDay(day)} is still to come: record it on that day.`)] : []),
    ...(day <= born ? [wrong('day', `The student was born on ${formatDay(born)}.`)] : []),
    ...(weekday(day) > 5 ? [wrong('day', `${formatDay(day)} is no day of school: say its first day.`)] : []),
    ...(kind === 'suspension' && (sessions === null || sessions < 1 || sessions > mostSessions)
      ? [wrong('sessions', `Say for how many half days, from 1 to ${String(mostSessions)}: a whole day has two.`)]
      : []),
    ...(kind === 'permanent-exclusion' && sessions !== null
      ? [wrong('sessions', 'A permanent exclusion has no number of half days: leave it out.')]
      : []),
  ];
}

/** How many school weeks before the start and after the exit of a placement are looked at: about a term on each side. Ours. */
export const weeksBeside = 12;

/** A placement that has ended, with the school weeks beside it. */
export interface PlacementSpan {
  /** The first day of those before its start. */
  readonly before_from: IsoDate;
  readonly start: IsoDate;
  /** Its last day. */
  readonly exit: IsoDate;
  /** The last day of those after it. */
  readonly until: IsoDate;
}

/** @returns the span of a placement that a step has ended; null when it ended none, or before its start */
export function spanEnded(before: CaseState | null, after: CaseState, calendar: Calendar): PlacementSpan | null {
  if (before?.position.stage !== 'placement' || after.position.stage !== 'closed') return null;
  const { start, end } = before.position;
  const exit = lastDay(end, londonDay(after.since));
  if (exit < start) return null;
  return {
    ...{ before_from: schoolWeeksBefore(start, calendar), start, exit },
    until: schoolWeekEnd(addDays(exit, 1), weeksBeside, calendar) ?? addDays(exit, 7 * weeksBeside),
  };
}

/** The Monday of the first of so many school weeks before a day; where the terms are not known so far back, of as many weeks. */
function schoolWeeksBefore(day: IsoDate, calendar: Calendar): IsoDate {
  let counted = 0;
  for (let back = 0; back < 2 * weeksBeside; back += 1) {
    const week = addDays(mondayOf(addDays(day, -1)), -7 * back);
    const days = [0, 1, 2, 3, 4].map((after) => addDays(week, after));
    if (days.some((each) => each < day && isSchoolDay(each, calendar))) counted += 1;
    if (counted === weeksBeside) return week;
  }
  return addDays(mondayOf(day), -7 * weeksBeside);
}
