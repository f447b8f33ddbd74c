// What the calendar is made of: days, instants, terms. The rows behind them are edited by staff and come in as a value.

/** A day in London, `2024-12-19`. Days compare as strings. */
export type IsoDate = string;

/** A moment in UTC with milliseconds, `2024-12-19T10:00:00.000Z`. Instants compare as strings. */
export type Instant = string;

/** A school term by its season; an academic year has one of each, in this order. */
export const terms = ['autumn', 'spring', 'summer'] as const;
export type Term = (typeof terms)[number];

/** Half a term: the days from the first to the last on which schools are open, both included. */
export interface HalfTerm {
  /** `2024-25` */
  readonly academicYear: string;
  readonly term: Term;
  readonly half: 1 | 2;
  readonly firstDay: IsoDate;
  readonly lastDay: IsoDate;
}

/** What is needed to count working days and school weeks. */
export interface Calendar {
  /** England's bank holidays and the council's own closures. */
  readonly closures: ReadonlySet<IsoDate>;
  /** In order of their first days, without overlap. A year that is missing is unknown, not a holiday. */
  readonly halfTerms: readonly HalfTerm[];
}
