// CSV as spreadsheets write and read it.
import { CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import type { LineProblem, Table, TableLine } from '../domain/table';

/** @returns a table as a file: with a mark that tells spreadsheets it is UTF-8; what looks like a formula is made text */
export function writeCsv({ titles, rows }: Table): string {
  return stringify([[...titles], ...rows.map((row) => [...row])], { bom: true, escape_formulas: true, record_delimiter: '\r\n' });
}

/** What the parser gives with `info`, of which its types know nothing. */
interface WithInfo {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** The longest line that is read. */
const longestLine = 10_000;

/** More lines than any table has here, and so few that to take them apart costs nobody else their answer. */
const mostLines = 5_000;

/**
 * Takes a file apart: with commas, semicolons or tabs, as its heading has them; with or without quotes and the mark of UTF-8. Lines with
 * nothing in them are left out.
 * @returns its lines, or what is wrong with its form
 */
export function readCsv(text: string): { readonly lines: readonly TableLine[]; readonly unreadable: LineProblem<never> | null } {
  const [heading = ''] = text.split(/\r?\n/, 1);
  const delimiter = [';', '\t'].find((each) => heading.includes(each)) ?? ',';
  try {
    const records: unknown = parse(text, {
      ...{ delimiter, bom: true, trim: true, info: true, max_record_size: longestLine },
      ...{ relax_column_count: true, skip_empty_lines: true, skip_records_with_empty_values: true, to: mostLines + 1 },
    });
    if ((records as WithInfo[]).length > mostLines) return tooManyLines;
    const lines = (records as WithInfo[]).map(({ record, info }) => ({ line: info.lines, cells: record.map(asWritten) }));
    return { lines, unreadable: null };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = 'lines' in error && typeof error.lines === 'number' ? error.lines : null;
    const message =
      error.code === 'CSV_MAX_RECORD_SIZE'
        ? `A line has at most ${longestLine.toLocaleString('en-GB')} characters: look for a quote that does not end.`
        : 'The quotes of this line do not fit: one in a cell is written twice, and the cell stands between two.';
    return { lines: [], unreadable: { line, column: null, rule: 'form', message } };
  }
}

const tooManyLines = {
  lines: [],
  unreadable: {
    ...{ line: null, column: null, rule: 'form' },
    message: `A table has at most ${mostLines.toLocaleString('en-GB')} lines: send it in parts.`,
  },
} as const;

/** What `writeCsv` made text comes back as it was. */
function asWritten(cell: string): string {
  return cell.replace(/^'(?=[=+\-@])/, '');
}
