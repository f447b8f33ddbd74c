// What is counted of a case as it happens, for the numbers of the partnership (R4, A20).
import { academicYearOf, daysBetween, londonDay, type Instant } from './calendar';
import { includedPlacements } from './allowance';
import { programmeAt } from './programmes';
import { weeksBeside, type ExclusionKind } from './exclusions';
import type { CaseState, Closing, Event } from './state';
import type { ProgrammeCode } from './words';

/** The numbers of an academic year, of all schools. */
export interface Numbers {
  /** Applications submitted in the year. */
  readonly applications: readonly { readonly programme: ProgrammeCode; readonly count: number }[];
  /** Outcome documents issued in the year, and how many of them by their due time (R71). */
  readonly outcomes: { readonly issued: number; readonly inTime: number };
  /** Starts confirmed in the year; the median of the days from the submission to the start, null without a start. */
  readonly starts: { readonly confirmed: number; readonly medianDays: number | null };
  /** Sessions of the year that were marked, and how many of them were attended; a late one was. */
  readonly attendance: { readonly marked: number; readonly attended: number };
  /** Suspensions and permanent exclusions that began in the year. */
  readonly exclusions: readonly { readonly kind: ExclusionKind; readonly count: number }[];
  /** Both of them beside placements: of those whose school weeks after the exit ended in the year, today at the latest. */
  readonly beside: { readonly placements: number; readonly before: number; readonly during: number; readonly after: number };
  /** How the cases ended that were closed in the year. */
  readonly closed: readonly { readonly because: Closing; readonly count: number }[];
}

/** The numbers of an academic year that are shown by school too. */
export interface NumbersBySchool {
  /** Applications by the home school; by no school where the local authority applied. */
  readonly applications: readonly { readonly programme: ProgrammeCode; readonly school: string; readonly count: number }[];
  /** Suspensions and permanent exclusions by the school that the student was of. */
  readonly exclusions: readonly { readonly kind: ExclusionKind; readonly school: string; readonly count: number }[];
}

/** @returns how the numbers name a home school, by its code: none where the local authority applied */
export function homeSchoolInWords(code: string, names: ReadonlyMap<string, string>): string {
  return code === '' ? 'Opened by the local authority' : (names.get(code) ?? code);
}

/** What each of them counts, in words. */
export const numberDefinitions = {
  applications: 'Applications submitted in the year',
  outcomes:
    'Outcome documents issued in the year; in time are those issued within three working days of the meeting, or of a decision outside it',
  starts: 'Starts confirmed in the year, and the median of the calendar days from submission to the start first confirmed',
  attendance: 'Halves of a day in the year that a host has marked, and those of them that were attended; a late one was',
  exclusions:
    'Suspensions and permanent exclusions that began in the year, of students whom the schools keep here, as the schools or CAP have recorded them',
  beside: `Suspensions and permanent exclusions of the same students in the ${String(weeksBeside)} school weeks before the start of a placement, during it, and in the ${String(weeksBeside)} school weeks after its exit; of placements for which these last weeks ended in the year. A placement may be longer or shorter than them`,
  closed: 'Cases that ended in the year, by how they ended',
  places: 'A place is taken when a panel approves, and given back when the case ends without one',
  allowances: `Tier 1 placements whose start is confirmed and lies in the year, but for those withdrawn or closed before it; the SLA pays for the quality assurance of ${String(includedPlacements)} of them`,
} as const;

/** One thing that counts: in which academic year, what, and of what kind. */
export interface Counted {
  readonly year: string;
  readonly what: 'submitted' | 'outcome' | 'start' | 'closed';
  /** Of an application its programme; of an outcome whether it was in time; of a start how many days after the submission; of an end how the case ended. */
  readonly of: string;
  /** Whether it counts for the home school by itself as well: applications are shown by school. */
  readonly bySchool: boolean;
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
        return [{ year, what: 'submitted', of: programmeAt(after.programme).code, bySchool: true }];
      case 'outcomeIssued':
        return [{ year, what: 'outcome', of: event.at <= event.outcome.due ? 'in-time' : 'late', bySchool: false }];
      case 'startConfirmed':
        // Counted is the start first confirmed: another, with another host, is no second one.
        return before?.startGivenUp
          ? []
          : [{ year, what: 'start', of: String(daysBetween(londonDay(submitted), event.start)), bySchool: false }];
      default:
        return [];
    }
  });
  const { position, updated } = after;
  return position.stage === 'closed' && before?.position.stage !== 'closed'
    ? [...counted, { year: academicYearOf(londonDay(updated)), what: 'closed', of: position.because, bySchool: false }]
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
