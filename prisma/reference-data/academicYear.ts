// What one academic year brings into the database before anybody edits it.
import type { Cohort, Cycle, HalfTerm, IsoDate } from '../../domain/calendar';

/** The rows of one academic year. */
export interface AcademicYear {
  /** `2024-25` */
  readonly academicYear: string;
  /** Made up for the embedded stack, and to be shown as such. */
  readonly fictitious: boolean;
  readonly halfTerms: readonly HalfTerm[];
  /** Days on which the council does not work. */
  readonly closures: readonly IsoDate[];
  readonly cycles: readonly Cycle[];
  /** The cohorts that the year's cycles fill, and those of the year that were filled before it (C17). */
  readonly cohorts: readonly Cohort[];
  /** What somebody should look at, one sentence each. */
  readonly warnings: readonly string[];
}
