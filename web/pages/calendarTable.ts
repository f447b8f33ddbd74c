// CAP's printed table of a year: pasted, or proposed from the terms; looked at and edited row by row, then entered.
import { HttpProblem } from '../../api/problems';
import { panelCodes, rowsOfTable, terms } from '../../domain/calendar';
import { can } from '../../domain/permissions';
import { panelTitles } from '../../domain/words';
import type { Answers } from '../answers';
import { importedCode } from '../done';
import { one, type FormField, type Posted } from '../forms/fields';
import { showFields, untouched, type Typed } from '../forms/show';
import { shortDay } from '../dates';
import { html, type Html } from '../html';
import { page, type Asked, type Shown } from '../page';
import { badge, heading, hidden, link, list, paragraph, table, type Tone } from '../parts';
import { backToCalendar, itemInWords, toCalendar } from './calendar';
import { programmeTitles } from './programmeTitles';
import { yearIn } from './years';

/** A table that was read, and what would come of it. */
interface Looked extends Pick<Answers['previewCalendar'], 'rows' | 'warnings'> {
  readonly table: string;
}

const pasteField: FormField = {
  kind: 'words',
  name: 'table',
  title: 'CAP’s table',
  hint: 'Copy it from the document or spreadsheet as it is: a line for each row, tabs between its five columns',
};

export const importCalendar = page({
  path: '/calendar/import',
  name: 'importCalendar',
  who: (person) => can(person, 'edit-calendar'),
  show: async (asked) => {
    const year = yearIn(asked);
    // A table that was sent and cannot be read comes back with its rows, if it came from rows.
    const again = asked.again?.posted;
    if (again && again['cell'] !== undefined) return looked(asked, { table: tableOf(again), rows: [], warnings: [] });
    if (!again && asked.query['propose'] !== undefined) {
      return looked(asked, await asked.door('proposeCalendar', { params: { academicYear: year } }));
    }
    return {
      ...around(year),
      main: html`${paragraph('Nothing is entered before you have seen what would change.')}
      ${paragraph(await orProposed(asked, year))}
      ${asked.form({ name: 'look', button: 'Show what would change' }, showFields([pasteField], pasted(asked)))}`,
    };
  },
  take: async (asked, { form, posted }) => {
    const body = { academicYear: yearIn(asked), table: tableOf(posted) };
    if (body.table.trim() === '') {
      throw new HttpProblem('wrong-values', undefined, {
        errors: [{ field: 'table', rule: 'R93', message: 'Paste the table.' }],
      });
    }
    if (form === 'enter') {
      const { counts } = await asked.door('importCalendar', { body });
      return { to: toCalendar(body.academicYear), said: importedCode('cycles', counts) };
    }
    return { show: await looked(asked, { ...(await asked.door('previewCalendar', { body })), table: body.table }) };
  },
});

const around = (year: string) => ({ title: `Import the calendar of ${year}`, back: backToCalendar(year) });

/** A table is proposed from terms that are all entered; else it is said which page they are entered on. */
async function orProposed(asked: Asked, year: string): Promise<Html> {
  const { halfTerms } = await asked.door('terms');
  if (halfTerms.filter(({ academicYear }) => academicYear === year).length === halvesOfYear) {
    return html`Or ${link(`/calendar/import?academicYear=${year}&propose=yes`, 'propose the table from the terms')}.`;
  }
  return html`Its table can be proposed when the six halves of its terms are entered: they stand in the
  ${link(toCalendar(year), `calendar of ${year}`)}.`;
}

const halvesOfYear = 2 * terms.length;

/** What is wrong with a line is told beside the field that all lines stand in. */
function pasted({ again }: Asked): Typed {
  if (!again) return untouched;
  return {
    ...again,
    problems: again.problems.map((problem) => ({ ...problem, field: problem.field.replace(/^table\..*/, 'table') })),
  };
}

async function looked(asked: Asked, { table: text, rows, warnings }: Looked): Promise<Shown> {
  const year = yearIn(asked);
  const titles = await programmeTitles(asked);
  const fresh = rows.filter(({ standing }) => standing === 'new').length;
  return {
    ...around(year),
    wide: true,
    main: html`${warnings.length === 0 ? '' : html`${heading('To look at')} ${list(warnings)}`}
    ${rows.length === 0 ? '' : whatWouldCome(rows, titles)}
    ${
      fresh === 0
        ? ''
        : asked.form({ name: 'enter', button: fresh === 1 ? 'Enter one cycle' : `Enter ${String(fresh)} cycles` }, [
            hidden('table', text),
          ])
    }
    ${heading('The table')} ${paragraph('Change what is not right, then look again. A row without a deadline is left out.')}
    ${asked.form({ name: 'look', button: 'Look again', looks: 'secondary' }, [cells(text)])}`,
  };
}

const standings: Readonly<Record<Looked['rows'][number]['standing'], readonly [string, Tone]>> = {
  new: ['New', 'new'],
  there: ['There already', 'plain'],
  'not-possible': ['Not possible', 'late'],
};

function whatWouldCome(rows: Looked['rows'], titles: ReadonlyMap<string, string>): Html {
  return table(
    'What would change',
    [
      ...[{ title: 'Referral deadline' }, { title: 'Considers' }],
      ...panelCodes.map((panel) => ({ title: panelTitles[panel] })),
      { title: 'Entered' },
    ],
    rows.map(({ deadline, items, meetings, standing, problems }) => [
      shortDay(deadline),
      html`${items.map((item) => html`<div class="cap-item">${itemInWords(item, titles)}</div>`)}`,
      ...panelCodes.map((panel) => {
        const day = meetings[panel];
        return day ? shortDay(day) : 'None';
      }),
      html`${badge(...standings[standing])} ${problems.map(({ message }) => html`<br />${message}`)}`,
    ]),
    '',
  );
}

const columns = ['Considers', 'Referral deadline', 'Meetings', 'Start of Tier 2', 'Start of Tier 3'];
const spareRows = 2;

/** The table as cells to type in, with some rows to add others. */
function cells(text: string): Html {
  const rows = rowsOfTable(text, '').rows.map(({ items, deadline, meetings, tier2Start, tier3Start }) => [
    ...[items, deadline, meetings, tier2Start, tier3Start],
  ]);
  const all = [...rows, ...Array.from({ length: spareRows }, () => columns.map(() => ''))];
  const cell = (value: string, row: number, column: number) => {
    const label = `Row ${String(row + 1)}, ${columns[column] ?? ''}`;
    return html`<textarea class="govuk-textarea cap-cell" name="cell" rows="3" aria-label="${label}">${value}</textarea>`;
  };
  return table(
    'CAP’s table, to be edited',
    columns.map((title) => ({ title })),
    all.map((row, index) => row.map((value, column) => cell(value, index, column))),
    '',
  );
}

/** @returns the table as it was pasted, or as it was typed into cells */
function tableOf(posted: Posted): string {
  const { cell } = posted;
  if (cell === undefined) return one(posted, 'table');
  const all = typeof cell === 'string' ? [cell] : cell;
  const rows = Array.from({ length: Math.ceil(all.length / columns.length) }, (_, row) =>
    all.slice(row * columns.length, (row + 1) * columns.length).map((each) => each.replace(/\s+/g, ' ').trim()),
  );
  return rows
    .filter((row) => row.some((each) => each !== ''))
    .map((row) => row.join('\t'))
    .join('\n');
}
