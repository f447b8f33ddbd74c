// What is counted of a case as it happens, for the numbers of the partnership (R4, A20).
import { academicYearOf, daysBetween, londonDay, type Instant } from './calendar';
import type { CaseState, Event } from './state';

/** One thing that counts: in which academic year, what, and of what kind. */
export interface Counted {
  readonly year: string;
  readonly what: 'submitted' | 'outcome' | 'start' | 'closed';
  /** Of an outcome whether it was in time; of a start how many days after the submission; of an end how the case ended; else nothing. */
  readonly of: string;
}

/**
 * @param before the case before the events; null at submission
 * @param submitted when it was sent first
 * @returns what the events of one step add to the counts
 */
export function countedIn(before: CaseState | null, events: readonly Event[], after: CaseState, submitted: Instant): Counted[] {
  const counted = events.flatMap((event): Counted[] => {
    const year = academicYearOf(londonDay(event.at));
    switch (event.kind) {
      case 'submitted':
        return [{ year, what: 'submitted', of: '' }];
      case 'outcomeIssued':
        return [{ year, what: 'outcome', of: event.at <= event.outcome.due ? 'in-time' : 'late' }];
      case 'startConfirmed':
        return [{ year, what: 'start', of: String(daysBetween(londonDay(submitted), event.start)) }];
      default:
        return [];
    }
  });
  const { position, updated } = after;
  return position.stage === 'closed' && before?.position.stage !== 'closed'
    ? [...counted, { year: academicYearOf(londonDay(updated)), what: 'closed', of: position.because }]
    : counted;
}

/** @returns the median of numbers, each so many times; between two of them their middle; null of none */
export function medianOf(times: readonly { readonly value: number; readonly count: number }[]): number | null {
  const sorted = [...times].sort((a, b) => a.value - b.value);
  const total = sorted.reduce((sum, { count }) => sum + count, 0);
  const nth = (place: number): number => {
    let seen = 0;
    return sorted.find(({ count }) => (seen += count) > place)?.value ?? 0;
  };
  return total === 0 ? null : (nth(Math.floor((total - 1) / 2)) + nth(Math.floor(total / 2))) / 2;
}
