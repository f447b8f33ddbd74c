// When a placement must next be reviewed: at least once every half term (A1).
import { following, halfTermBegunBy, halfTermEndingFrom, lastSchoolDayOf, schoolDaysFrom } from './halfTerms';
import { addDays } from './isoDates';
import type { Calendar, HalfTerm, IsoDate } from './types';

/** School days that a half-term must still have at the start for it to need a review of its own. */
const ENOUGH_SCHOOL_DAYS = 10;

/** Calendar days between reviews where no terms are known. */
const DAYS_WITHOUT_TERMS = 42;

/**
 * The day by which the next review must be held (A1): the last school day of each half-term that the placement runs in, or the end of
 * the placement if that is earlier. A first half-term with fewer than 10 school days left, the start included, is left to the next one.
 * A review held in a half-term, or in the holiday after it, answers for that half-term however late it was. Where the terms are not
 * known: 42 days after the later of start and last review, or the end if that is earlier.
 * @param placement its first and last day; `lastReview` is the day of the latest review held since the start, null when there is none
 * @returns null when the last review was in the half-term of the end: none is left to hold
 * @throws RangeError when one of the days is not a day
 */
export function nextReviewDue(
  calendar: Calendar,
  { start, end, lastReview }: { start: IsoDate; end: IsoDate; lastReview: IsoDate | null },
): IsoDate | null {
  if (lastReview !== null && lastReview >= end) return null;
  const due = lastReview === null ? firstReviewDue(start, calendar) : reviewDueAfter(lastReview, end, calendar);
  return due !== null && due > end ? end : due;
}

function firstReviewDue(start: IsoDate, calendar: Calendar): IsoDate {
  const first = halfTermEndingFrom(start, calendar);
  const enough = first !== null && schoolDaysFrom(start, first, calendar).length >= ENOUGH_SCHOOL_DAYS;
  return lastDayOf(enough ? first : first && following(first, calendar), start, calendar);
}

function reviewDueAfter(lastReview: IsoDate, end: IsoDate, calendar: Calendar): IsoDate | null {
  const held = halfTermBegunBy(lastReview, calendar);
  if (held !== null && halfTermBegunBy(end, calendar) === held) return null;
  return lastDayOf(held && following(held, calendar), lastReview, calendar);
}

function lastDayOf(halfTerm: HalfTerm | null, otherwiseFrom: IsoDate, calendar: Calendar): IsoDate {
  return halfTerm === null ? addDays(otherwiseFrom, DAYS_WITHOUT_TERMS) : lastSchoolDayOf(halfTerm, calendar);
}
