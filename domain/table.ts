// Tables that people take into their spreadsheets, and those that they bring from them: a heading that names the columns in any order, and lines under it.

/** A table as it is given: rows of text under their titles. */
export interface Table {
  readonly titles: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** One line of a table as its cells stand. */
export interface TableLine {
  /** Of the text, from 1 on. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** Something wrong in a table. */
export interface LineProblem<Column extends string = string> {
  /** null: of something that no line names. */
  readonly line: number | null;
  /** null: of the line as a whole. */
  readonly column: Column | null;
  readonly rule: string;
  readonly message: string;
}

/** What became of the lines of a table that was imported. */
export interface ImportCounts {
  readonly added: number;
  readonly changed: number;
  /** Of what the table no longer has, where it is the whole of something. */
  readonly removed: number;
  /** What was there already as the table says it. */
  readonly left: number;
  /** Of lines that could not be entered, where the others are. */
  readonly notPossible: number;
}

/** A line with what it says under each column; '' where it says nothing. */
export interface SaidLine<Column extends string> {
  readonly line: number;
  readonly said: Readonly<Record<Column, string>>;
  /** What is wrong with its form: more cells than the heading has, or letters that are not those that were written. */
  readonly problems: readonly Omit<LineProblem<Column>, 'line'>[];
}

interface Columns<Column extends string> {
  readonly all: readonly Column[];
  /** Those that a heading may lack. */
  readonly optional?: readonly Column[];
}

/** @returns which columns the heading names, and what each line says under each column; or why it is no such table */
export function readLines<Column extends string>(
  [heading, ...lines]: readonly TableLine[],
  columns: Columns<Column>,
):
  | { readonly named: readonly Column[]; readonly lines: readonly SaidLine<Column>[] }
  | { readonly unreadable: LineProblem<Column> } {
  const read = readHeading(heading, columns);
  if ('unreadable' in read) return read;
  const { named } = read;
  const nothing = Object.fromEntries(columns.all.map((column) => [column, '']));
  return {
    named,
    lines: lines.map(({ line, cells }) => ({
      line,
      said: { ...nothing, ...Object.fromEntries(named.map((column, index) => [column, cells[index] ?? ''])) } as Record<
        Column,
        string
      >,
      problems: [
        ...(cells.slice(named.length).some((cell) => cell !== '') ? [tooManyCells(named.length, cells.length)] : []),
        ...named.flatMap((column, index) => (isMisread(cells[index] ?? '') ? [misread(column, cells[index] ?? '')] : [])),
      ],
    })),
  };
}

/**
 * What becomes of letters with accents, and of marks of a typewriter, where a file is read in another alphabet than it was written in: a sign that stands
 * for what could not be read, or two and three letters that follow each other in no language. A child would be kept under such a name.
 */
const inWrongAlphabet =
  /\ufffd|[\u00c2-\u00c5][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u201a\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]|\u00e2\u20ac/u;

function isMisread(cell: string): boolean {
  return inWrongAlphabet.test(cell);
}

function misread<Column extends string>(column: Column, cell: string) {
  const message = `"${cell}" was not read as it was written: save the table as CSV UTF-8, or copy it from the spreadsheet itself.`;
  return { column, rule: 'form', message };
}

function tooManyCells(named: number, cells: number) {
  const message = `The heading has ${String(named)} columns, and this line ${String(cells)} cells: put quotes around a cell with a separator in it.`;
  return { column: null, rule: 'form', message };
}

function readHeading<Column extends string>(
  heading: TableLine | undefined,
  { all, optional = [] }: Columns<Column>,
): { readonly named: readonly Column[] } | { readonly unreadable: LineProblem<Column> } {
  const problem = (message: string, column: Column | null = null) => ({
    unreadable: { line: heading?.line ?? 1, column, rule: 'form', message },
  });
  const names = all.join(', ');
  if (!heading) return problem(`The table is empty: it begins with the heading ${names}.`);
  const named: Column[] = [];
  for (const name of heading.cells) {
    const column = all.find((each) => asCompared(each) === asCompared(name));
    if (column === undefined) return problem(`"${name}" is no column: the heading names ${names}.`);
    if (named.includes(column)) return problem(`The heading names ${column} twice.`, column);
    named.push(column);
  }
  const missing = all.find((column) => !named.includes(column) && !optional.includes(column));
  return missing === undefined ? { named } : problem(`The heading lacks ${missing}: it names ${names}.`, missing);
}

/** `Date of birth` is `dateOfBirth`. */
function asCompared(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, '');
}
