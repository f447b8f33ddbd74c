// Reads CAP's table "Referral Deadlines and Panel Dates" in the words it is printed in, by the readings of C5 and C10 to C18. What it
// cannot read, or finds at odds with itself, it says in a warning that names the row; it never guesses silently and never throws for it.
import { bankHolidaysOf, firstYearOf } from './academicYears';
import type { Cohort, Cycle, CycleItem, Meeting } from './cycles';
import { isIsoDate, weekday } from './isoDates';
import { formatDay, MONTHS, WEEKDAYS } from './london';
import { meetingId, type PanelCode } from './panels';
import { academicYearOf } from './schoolWeeks';
import type { Calendar, IsoDate } from './types';
import { addWorkingDays, workingDayFrom } from './workingDays';

/** A row of the table, each field in the document's words, '' where nothing is printed. */
export interface TableRow {
  /** The document it was copied from: `S1`. */
  readonly source: string;
  /** "Programme Referral Items" */
  readonly items: string;
  /** "Referral Deadline" */
  readonly deadline: string;
  /** The days below "Supported Transfer Headteacher Placement Meeting", Tuesdays and Thursdays (C14). */
  readonly meetings: string;
  /** "Tier 2 Start Date (Flourish)" */
  readonly tier2Start: string;
  /** "Tier 3 Start Date (Refocus)" */
  readonly tier3Start: string;
}

const MONTH_NAMES = MONTHS.join('|');
const DAY = new RegExp(
  `(?:\\b(${WEEKDAYS.join('|')})\\s+)?\\b(\\d{1,2})(?:st|nd|rd|th)?\\s+(${MONTH_NAMES})\\b(?:\\s+(\\d{4}))?`,
  'gi',
);
const MONTH_AND_YEAR = new RegExp(`\\b(${MONTH_NAMES})\\s+(\\d{4})`, 'i');
const NO_MEETING = /^N\/A$/i;
const TUESDAY = 2;
const THURSDAY = 4;

/**
 * What an item's words name, and how it is printed. "Tier 2 approval" and "Tier 3 approval" are the programmes of that tier that begin in
 * cohorts (C18).
 */
const PROGRAMMES: readonly {
  readonly words: RegExp;
  readonly programme: string;
  readonly startsInCohorts: boolean;
  readonly printed: string;
}[] = [
  { words: /Flourish|Tier 2 approval/i, programme: 'flourish', startsInCohorts: true, printed: 'Tier 2 – Flourish' },
  { words: /Refocus|Tier 3 approval/i, programme: 'refocus', startsInCohorts: true, printed: 'Tier 3 – Refocus' },
  { words: /Year 11 Bespoke/i, programme: 'year-11-bespoke', startsInCohorts: false, printed: 'Tier 3 – Year 11 Bespoke' },
  {
    words: /Supported Transfer/i,
    programme: 'supported-transfer',
    startsInCohorts: false,
    printed: 'Tier 3 – Supported Transfer',
  },
];

/** @returns a programme that a panel decides on, as people name it; its code where CAP's table has none of it */
export function programmeInWords(code: string): string {
  return PROGRAMMES.find(({ programme }) => programme === code)?.printed.slice('Tier 2 – '.length) ?? code;
}

/** A panel's meeting on a day, with the id that the day gives it. */
export function meetingOn(panel: PanelCode, day: IsoDate): Meeting {
  return { id: meetingId(panel, day), panel, day };
}

/** What a pasted table could not be read as. */
export interface TableProblem {
  /** The line of the text, from 1 on. */
  readonly line: number;
  readonly message: string;
}

const columnTitles = [
  'Programme Referral Items',
  'Referral Deadline',
  'Supported Transfer Headteacher Placement Meeting',
  'Tier 2 Start Date (Flourish)',
  'Tier 3 Start Date (Refocus)',
];
const columns = columnTitles.length;
const heading = /^Programme Referral Items/i;

/**
 * The rows of a table as it is copied from a document or a spreadsheet: a line for each, with tabs between its five columns. Its heading and
 * empty lines are left out; cells at the end that are empty may be missing.
 * @param source what its warnings name it by
 */
export function rowsOfTable(text: string, source: string): { readonly rows: TableRow[]; readonly problems: TableProblem[] } {
  const rows: TableRow[] = [];
  const problems: TableProblem[] = [];
  for (const [index, printed] of text.split(/\r?\n/).entries()) {
    if (printed.trim() === '' || heading.test(printed.trim())) continue;
    const cells = printed.split('\t').map((cell) => cell.replace(/\s+/g, ' ').trim());
    const [items = '', deadline = '', meetings = '', tier2Start = '', tier3Start = '', ...more] = cells;
    if (cells.length < 2 || more.some((cell) => cell !== '')) {
      const line = index + 1;
      const has = cells.length === 1 ? '1 column' : `${String(cells.length)} columns`;
      const message = `Line ${String(line)} has ${has}: a row has ${String(columns)}, with tabs between them. Copy the table as it is.`;
      problems.push({ line, message });
      continue;
    }
    rows.push({ source, items, deadline, meetings, tier2Start, tier3Start });
  }
  return { rows, problems };
}

/**
 * Prints cycles as CAP's table, which `rowsOfTable` and `readTable` read as the same cycles (R93). The start columns stand in the row of the cycle
 * that decides; of a start in the next academic year the month is printed, for its day is not set yet (C18).
 */
export function printTable(cycles: readonly Pick<Cycle, 'academicYear' | 'deadline' | 'items' | 'meetings'>[]): string {
  const lines = cycles.map(({ academicYear, deadline, items, meetings }) => {
    const days = [meetings['multi-agency'], meetings['headteacher-placement']].flatMap((meeting) => meeting ?? []);
    const startsOf = (programme: string) =>
      items.flatMap(({ programme: of, cohortStart: start }) =>
        of === programme && start !== null && academicYearOf(start) === academicYear ? [printDay(start)] : [],
      );
    return [
      items.map((item) => printItem(item, academicYear)).join(' '),
      printDay(deadline),
      days.length === 0 ? 'N/A' : days.map(({ day }) => printDay(day)).join(' '),
      startsOf('flourish').join(' '),
      startsOf('refocus').join(' '),
    ].join('\t');
  });
  return [columnTitles.join('\t'), ...lines].join('\n');
}

/** `Tier 3 – Refocus (for 7th October Start Date)` */
function printItem({ programme, cohortStart, panels }: CycleItem, academicYear: string): string {
  const printed = PROGRAMMES.find((known) => known.programme === programme)?.printed ?? programme;
  if (panels !== null) return `${printed} to follow normal process i.e. no panel oversight`;
  if (cohortStart === null) return printed;
  if (academicYearOf(cohortStart) === academicYear)
    return `${printed} (for ${printDay(cohortStart).replace(/^\w+ /, '')} Start Date)`;
  const [year = '', month = ''] = cohortStart.split('-');
  return `${printed.slice(0, 'Tier 2'.length)} approval (For ${MONTHS[Number(month) - 1] ?? ''} ${year} start)`;
}

/** `Tuesday 24th September` */
function printDay(day: IsoDate): string {
  const number = Number(day.slice(8));
  const ending = (number > 3 && number < 21) || number % 10 > 3 ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th');
  return `${WEEKDAYS[weekday(day) - 1] ?? ''} ${String(number)}${ending} ${MONTHS[Number(day.slice(5, 7)) - 1] ?? ''}`;
}

/** What reading one row needs: the year it stands in, and where to complain. */
interface Reader {
  readonly academicYear: string;
  readonly closures: Calendar;
  readonly warn: (about: string) => void;
  /** What the year makes of a printed weekday: null where it is right. */
  readonly weekday: (wrong: string | null) => void;
}

/**
 * Reads the table of one academic year.
 *
 * Starts come from the items; the start columns stand in the row of their month, not of their cycle, and are only compared (C13). The
 * one start that is in a column alone, before the year's first decision, is a cohort that the year before has filled (C17). Of the
 * meetings a Tuesday is the Multi-Agency Panel's, a Thursday the Headteacher Placement Meeting; the Review & Authorisation Panel, whose
 * day is not printed, meets on the working day before the Multi-Agency Panel (C14).
 * @param rows in the order of the table; a cycle's number is its row's
 * @param closed days on which the council does not work, beside bank holidays
 * @returns the cycles and cohorts that could be read, and a sentence about everything that somebody should look at
 * @throws RangeError when `academicYear` is not one, or is one before 2020-21
 */
export function readTable(
  rows: readonly TableRow[],
  academicYear: string,
  closed: Iterable<IsoDate> = [],
): { cycles: Cycle[]; cohorts: Cohort[]; warnings: string[] } {
  firstYearOf(academicYear);
  const closures: Calendar = { closures: new Set([...bankHolidaysOf(academicYear), ...closed]), halfTerms: [] };
  const warnings: string[] = [];
  const weekdays: { readonly warning: string | null }[] = [];
  const readerOf = (row: TableRow, index: number): Reader => {
    const ofRow = (about: string) => `Row ${String(index + 1)} (${row.source}): ${about}`;
    return {
      academicYear,
      closures,
      warn: (about) => warnings.push(ofRow(about)),
      weekday: (wrong) => {
        const warning = wrong === null ? null : ofRow(wrong);
        weekdays.push({ warning });
        if (warning !== null) warnings.push(warning);
      },
    };
  };

  const cycles = rows.flatMap((row, index) => readCycle(row, index + 1, readerOf(row, index)) ?? []);
  if (cycles.some(({ meetings }) => meetings['review-and-authorisation'] !== null)) {
    warnings.push(
      'No row prints a day for the Review & Authorisation Panel: set to the working day before the Multi-Agency Panel',
    );
  }

  const cohorts = cohortsOf(cycles);
  const firstDecision = cycles.map(decidedBy).sort()[0];
  const printed = rows.flatMap((row, index) => readStartColumns(row, readerOf(row, index)));
  for (const { programme, start, warn } of printed) {
    if (cohorts.some((cohort) => cohort.programme === programme && cohort.start === start)) continue;
    if (firstDecision !== undefined && start < firstDecision) {
      cohorts.push({ programme, academicYear, start, cycleId: null });
      warn(
        `${programmeInWords(programme)} of ${formatDay(start)} begins before the year's first decision: taken as filled in the year before (C17)`,
      );
    } else {
      warn(`${programmeInWords(programme)} of ${formatDay(start)} is in a start column but in no referral item: left out (C13)`);
    }
  }
  for (const { programme, start, academicYear: year } of cohorts) {
    if (year === academicYear && !printed.some((column) => column.programme === programme && column.start === start)) {
      warnings.push(
        `${programmeInWords(programme)} of ${formatDay(start)} is in a referral item but in no start column: kept (C10)`,
      );
    }
  }
  return {
    cycles,
    cohorts: cohorts.sort((one, other) => Number(one.start > other.start) - Number(one.start < other.start)),
    warnings: unlessOfAnotherYear(warnings, weekdays, academicYear),
  };
}

/** A table most of whose weekdays are wrong is that of another year: that is said once, in front, and not of each day. */
function unlessOfAnotherYear(
  warnings: readonly string[],
  weekdays: readonly { readonly warning: string | null }[],
  academicYear: string,
): string[] {
  const wrong = weekdays.flatMap(({ warning }) => warning ?? []);
  if (wrong.length < 2 || 2 * wrong.length <= weekdays.length) return [...warnings];
  const said = `${String(wrong.length)} of ${String(weekdays.length)} printed weekdays are not those of ${academicYear}: this may be the table of another year`;
  return [said, ...warnings.filter((warning) => !wrong.includes(warning))];
}

function readCycle(row: TableRow, number: number, reader: Reader): Cycle | null {
  const [deadline] = readDays(row.deadline, reader);
  if (deadline === undefined) {
    reader.warn(`"${row.deadline}" is no deadline: the row is left out`);
    return null;
  }
  const cycle = {
    id: `${reader.academicYear}-${String(number)}`,
    academicYear: reader.academicYear,
    number,
    deadline,
    meetings: readMeetings(row.meetings, reader),
    items: readItems(row.items, reader),
  };
  for (const { day } of [cycle.meetings['review-and-authorisation'], cycle.meetings['multi-agency']].flatMap(
    (meeting) => meeting ?? [],
  )) {
    if (day <= deadline) reader.warn(`the panel of ${formatDay(day)} is not after the deadline, ${formatDay(deadline)}`);
  }
  for (const { programme, cohortStart } of cycle.items) {
    if (cohortStart !== null && cohortStart <= decidedBy(cycle)) {
      reader.warn(`${programmeInWords(programme)} of ${formatDay(cohortStart)} begins before it is decided`);
    }
  }
  return cycle;
}

/** The day on which a cycle's decisions are made: the Multi-Agency Panel's or, outside a meeting, from the deadline on (C18). */
function decidedBy({ meetings, deadline }: Pick<Cycle, 'meetings' | 'deadline'>): IsoDate {
  return meetings['multi-agency']?.day ?? deadline;
}

function readMeetings(words: string, reader: Reader): Cycle['meetings'] {
  const days = readDays(words, reader);
  if (days.length === 0 && !NO_MEETING.test(words)) reader.warn(`"${words}" names no day: the cycle has no meeting`);
  for (const day of days) {
    if (weekday(day) !== TUESDAY && weekday(day) !== THURSDAY)
      reader.warn(`${formatDay(day)} is neither Tuesday nor Thursday: no panel's`);
  }
  const multiAgency = days.find((day) => weekday(day) === TUESDAY);
  const placement = days.find((day) => weekday(day) === THURSDAY);
  return {
    'review-and-authorisation':
      multiAgency === undefined ? null : meetingOn('review-and-authorisation', addWorkingDays(multiAgency, -1, reader.closures)),
    'multi-agency': multiAgency === undefined ? null : meetingOn('multi-agency', multiAgency),
    'headteacher-placement': placement === undefined ? null : meetingOn('headteacher-placement', placement),
  };
}

function readItems(words: string, reader: Reader): CycleItem[] {
  return words
    .split(/\s*(?=\bTier \d)/i)
    .filter((item) => item !== '')
    .flatMap((item) => readItem(item, reader) ?? []);
}

function readItem(words: string, reader: Reader): CycleItem | null {
  const known = PROGRAMMES.find((programme) => programme.words.test(words));
  if (known === undefined) {
    reader.warn(`"${words}" names no programme that a panel decides: left out`);
    return null;
  }
  const { programme, startsInCohorts } = known;
  const panels = /no panel oversight/i.test(words) ? [] : null;
  if (!startsInCohorts) return { programme, cohortStart: null, panels };
  const cohortStart = readDays(words, reader)[0] ?? readMonth(words, reader);
  if (cohortStart !== null) return { programme, cohortStart, panels };
  reader.warn(`"${words}" names no start, so there is no cohort to join: left out (C10)`);
  return null;
}

/** "For September 2025 start": no day is printed, so the month's first working day stands until staff set one. */
function readMonth(words: string, reader: Reader): IsoDate | null {
  const [, month, year] = MONTH_AND_YEAR.exec(words) ?? [];
  if (month === undefined || year === undefined) return null;
  const first = `${year}-${monthNumber(month)}-01`;
  const start = workingDayFrom(first, reader.closures);
  reader.warn(`"${words}" prints no day: ${formatDay(start)} stands until CAP sets one`);
  return start;
}

/** Every day that the words name; one that does not exist is left out, one with another weekday than printed is kept (C15). */
function readDays(words: string, reader: Reader): IsoDate[] {
  return [...words.matchAll(DAY)].flatMap(([printed, weekdayName, day = '', month = '', year]) => {
    const number = monthNumber(month);
    const first = firstYearOf(reader.academicYear);
    const date = `${year ?? String(number >= '09' ? first : first + 1)}-${number}-${day.padStart(2, '0')}`;
    if (!isIsoDate(date)) {
      reader.warn(`"${printed}" does not exist: left out`);
      return [];
    }
    const actual = WEEKDAYS[weekday(date) - 1] ?? '';
    if (weekdayName !== undefined) {
      const isRight = weekdayName.toLowerCase() === actual.toLowerCase();
      reader.weekday(isRight ? null : `"${printed}" is a ${actual}: ${date} is kept (C15)`);
    }
    return [date];
  });
}

/** `09` for September. */
function monthNumber(name: string): string {
  return String(MONTHS.findIndex((month) => month.toLowerCase() === name.toLowerCase()) + 1).padStart(2, '0');
}

function readStartColumns(row: TableRow, reader: Reader): { programme: string; start: IsoDate; warn: Reader['warn'] }[] {
  const column = (programme: string, words: string) =>
    readDays(words, reader).map((start) => ({ programme, start, warn: reader.warn }));
  return [...column('flourish', row.tier2Start), ...column('refocus', row.tier3Start)];
}

/** One cohort for each start that a cycle lists, filled by the first that does (C10). */
function cohortsOf(cycles: readonly Cycle[]): Cohort[] {
  const cohorts: Cohort[] = [];
  for (const { id, items } of cycles) {
    for (const { programme, cohortStart: start } of items) {
      if (start === null || cohorts.some((cohort) => cohort.programme === programme && cohort.start === start)) continue;
      cohorts.push({ programme, academicYear: academicYearOf(start), start, cycleId: id });
    }
  }
  return cohorts;
}
