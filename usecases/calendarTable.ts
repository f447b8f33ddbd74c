// CAP's printed table of cycles, pasted as text or proposed from the terms of a year: first read and shown with everything that somebody
// should look at, then entered (R93, C10-C18).
import {
  londonDay,
  academicYearOf,
  newCycleProblems,
  panelCodes,
  printTable,
  proposedCycles,
  readTable,
  rowsOfTable,
  type Cycle,
  type NewCycle,
  type PanelCode,
} from '../domain/calendar';
import type { Problem } from '../domain/problem';
import type { Actor } from '../domain/facts';
import type { ImportCounts } from '../domain/table';
import { readCalendar } from '../records/calendar';
import type { CycleRecord } from '../records/types';
import { enterCycle, knownProgrammes, type Told } from './calendar';
import { isRefused, wrongValues, type Refused } from './refused';
import type { Services } from './services';

export interface Table {
  readonly academicYear: string;
  /** As it is copied: a line for each row, tabs between its five columns. */
  readonly table: string;
}

/** One row of a table, as a cycle that could be entered. */
export interface RowRead {
  readonly cycle: NewCycle;
  /** `there`: a cycle of that year with that deadline is entered already. */
  readonly standing: 'new' | 'there' | 'not-possible';
  /** Why it is not possible. */
  readonly problems: readonly Problem[];
}

export interface TableRead {
  readonly rows: readonly RowRead[];
  /** What somebody should look at, one sentence each, with its row. */
  readonly warnings: readonly string[];
}

/** A year has about eleven cycles: what is longer is no table of one. */
const mostRows = 40;

/** Of lines that cannot be read so many are named: they show what is wrong with the others. */
const mostLines = 3;

/** The first academic year whose bank holidays are known. */
const firstYear = '2020-21';

const likeThese = (lines: number) => (lines === 1 ? '1 more line is like these.' : `${String(lines)} more lines are like these.`);

/** A table that nobody has looked at yet, and what would come of it. */
export type TableProposed = TableRead & Pick<Table, 'table'>;

/**
 * Proposes the table of a year from its terms (R93): to be looked at, edited, and entered by its import. Nothing is entered.
 * @throws DatabaseAway
 */
export async function proposeTable(services: Services, actor: Actor, academicYear: string): Promise<TableProposed | Refused> {
  if (academicYear < academicYearOf(londonDay(services.now()))) {
    return wrongValues({ field: 'academicYear', rule: 'R93', message: `${academicYear} is past: its calendar stays as it was.` });
  }
  const { calendar, cycles } = await readCalendar(services.database, actor);
  const proposal = proposedCycles(academicYear, calendar);
  if (!proposal) {
    const message = `The terms of ${academicYear} are not known, or not all of them: enter the six halves of its terms first.`;
    return wrongValues({ field: 'academicYear', rule: 'R93', message });
  }
  const table = printTable(proposal.cycles);
  const read = await previewTable(services, actor, { academicYear, table });
  if (isRefused(read)) return read;
  const there = cycles.filter((cycle) => cycle.academicYear === academicYear).length;
  const entered =
    there === 0 ? [] : [`${String(there)} cycles of ${academicYear} are entered already: look at both before you import.`];
  return { table, rows: read.rows, warnings: [...entered, ...proposal.warnings, ...read.warnings] };
}

/** Reads a table and says what would come of it. Nothing is entered. @throws DatabaseAway */
export async function previewTable(
  services: Services,
  actor: Actor,
  { academicYear, table }: Table,
): Promise<TableRead | Refused> {
  if (academicYear < firstYear) {
    const message = `The bank holidays of ${academicYear} are not known: a table is of ${firstYear} or later.`;
    return wrongValues({ field: 'academicYear', rule: 'R93', message });
  }
  const { rows, problems } = rowsOfTable(table, 'table');
  if (problems.length > 0) {
    const more = problems.length - mostLines;
    const others = more > 0 ? [{ field: 'table', rule: 'R93', message: likeThese(more) }] : [];
    const first = problems.slice(0, mostLines);
    return wrongValues(
      ...first.map(({ line, message }) => ({ field: `table.line ${String(line)}`, rule: 'R93', message })),
      ...others,
    );
  }
  if (rows.length > mostRows) {
    const message = `A year has at most ${String(mostRows)} cycles, and this table ${String(rows.length)} rows: paste the table of one year.`;
    return wrongValues({ field: 'table', rule: 'R93', message });
  }
  const { calendar, cycles: entered } = await readCalendar(services.database, actor);
  const { cycles: read, warnings } = readTable(rows, academicYear, calendar.closures);
  if (read.length === 0) return wrongValues({ field: 'table', rule: 'R93', message: 'No row of it could be read as a cycle.' });
  const today = londonDay(services.now());
  return {
    warnings,
    rows: read.map((cycle, index): RowRead => {
      const given = asNew(cycle);
      if (entered.some((each) => each.academicYear === academicYear && each.deadline === cycle.deadline)) {
        return { cycle: given, standing: 'there', problems: [] };
      }
      if (read.findIndex(({ deadline }) => deadline === cycle.deadline) < index) {
        const message = 'An earlier row of this table has this deadline: leave one of them out.';
        return { cycle: given, standing: 'not-possible', problems: [{ field: 'deadline', rule: 'R93', message }] };
      }
      const found = newCycleProblems(given, {
        ...{ today, calendar, cycles: entered },
        programmes: knownProgrammes(entered, given, today),
      });
      return { cycle: given, standing: found.length > 0 ? 'not-possible' : 'new', problems: found };
    }),
  };
}

/**
 * Enters every row that is new and possible, one after the other; those that are there already, or not possible, are left and told. The same
 * table again enters nothing twice.
 * @throws DatabaseAway
 */
export async function importTable(
  services: Services,
  actor: Actor,
  given: Table,
): Promise<
  | Told<{
      readonly counts: ImportCounts;
      readonly entered: readonly CycleRecord[];
      readonly left: readonly RowRead[];
      readonly warnings: readonly string[];
    }>
  | Refused
> {
  const preview = await previewTable(services, actor, given);
  if (isRefused(preview)) return preview;
  const entered: CycleRecord[] = [];
  const left: RowRead[] = [];
  let told = true;
  for (const row of preview.rows) {
    const made = row.standing === 'new' ? await enterCycle(services, actor, row.cycle, null, newCycleProblems) : null;
    if (made === null) left.push(row);
    else if (isRefused(made)) left.push({ ...row, standing: 'not-possible', problems: made.problems ?? [asProblem(made)] });
    else {
      entered.push(made.cycle);
      told &&= made.told;
    }
  }
  const there = left.filter(({ standing }) => standing === 'there').length;
  const counts = { added: entered.length, changed: 0, removed: 0, left: there, notPossible: left.length - there };
  return { counts, entered, left, warnings: preview.warnings, told };
}

/** What another edit, a moment before, made impossible. */
function asProblem({ field = '', rule = 'R93', message }: Refused): Problem {
  return { field, rule, message };
}

function asNew({ academicYear, deadline, items, meetings }: Cycle): NewCycle {
  const days = panelCodes.map((panel) => [panel, meetings[panel]?.day ?? null] as const);
  return { academicYear, deadline, items, meetings: Object.fromEntries(days) as Record<PanelCode, string | null> };
}
