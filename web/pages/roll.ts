// A school brings its roll: pasted from its own system, shown line by line, then applied exactly as it was shown.
import { rollColumns } from '../../domain/roll';
import type { Answers } from '../answers';
import { importedCode } from '../done';
import { one, type FormField } from '../forms/fields';
import { showFields } from '../forms/show';
import { readOrRefuse } from '../forms/readOrRefuse';
import { birthday } from '../dates';
import { html, type Html } from '../html';
import { page, type Asked, type Page, type Shown } from '../page';
import { badge, details, hidden, inset, link, list, paragraph, table } from '../parts';
import { keepsStudents, schoolFields } from './school';

const csv: FormField = {
  kind: 'words',
  name: 'csv',
  title: 'The table',
  hint: 'Copy it from the spreadsheet with its headings, or paste the text of the CSV file.',
};

export const importStudents: Page = page({
  path: '/students/import',
  name: 'importStudents',
  who: keepsStudents,
  show: async (asked) => ({
    title: 'Import the roll',
    back: { href: '/students', text: 'Students' },
    main: html`${paragraph('New students are added. Those you have already stay as they are, and nobody is removed. First you see what would change, line by line.')}
    ${asked.form({ button: 'Show what would change' }, showFields([...(await schoolFields(asked)), csv], asked.again ?? undefined))}
    ${details('What the table looks like', example)}`,
  }),
  take: async (asked, { form, posted }) => {
    const body = readOrRefuse([...(await schoolFields(asked)), csv], posted);
    if (form === 'apply') {
      const { counts } = await asked.door('importRoll', { body: { ...body, preview: one(posted, 'preview') } });
      return { to: '/students', said: importedCode('students', counts) };
    }
    return { show: preview(asked, await asked.door('previewRoll', { body }), posted) };
  },
});

const example = html`${paragraph(html`The heading names these columns, in any order: ${rollColumns.join(', ')}. The columns upn, yearGroup and adopted may be left out.`)}
  <pre class="cap-sample">
name,dateOfBirth,upn,ehcp,lookedAfter
Sample Student,04/05/2012,,no,no
Another Sample,2011-11-30,,yes,no</pre>`;

type Preview = Answers['previewRoll'];

function preview(asked: Asked, { lines, unreadable, preview: name }: Preview, posted: Parameters<typeof one>[0]): Shown {
  const count = (is: string) => lines.filter((line) => line.is === is).length;
  const [added, there, wrong] = [count('new'), count('there'), count('wrong')];
  const kept = [hidden('csv', one(posted, 'csv')), hidden('school', one(posted, 'school')), hidden('preview', name ?? '')];
  return {
    title: 'What would change',
    wide: true,
    back: { href: '/students/import', text: 'Import the roll' },
    main: html`${unreadable === null ? inset(`${students(added)} would be added, ${students(there)} you have already, ${students(wrong)} cannot be read.`) : inset(unreadable.message)}
    ${
      name === null
        ? html`${paragraph('Nothing is added yet. Mend the table, then look again.')}
          ${asked.form({ button: 'Look again' }, showFields([csv], { posted, problems: [] }))}`
        : added === 0
          ? paragraph(html`There is nobody to add. ${link('/students', 'Back to the students')}.`)
          : asked.form({ name: 'apply', button: `Add ${students(added)}` }, kept)
    }
    ${unreadable === null ? table('Line by line', columns, lines.map(lineOf), 'The table has a heading, and no line under it.') : ''}`,
  };
}

const columns = [{ title: 'Line' }, { title: 'Student' }, { title: 'Date of birth' }, { title: 'What becomes of it' }];
const students = (count: number) => (count === 1 ? '1 student' : `${String(count)} students`);

function lineOf({ line, is, name, dateOfBirth, code, problems }: Preview['lines'][number]) {
  return [
    String(line),
    code === null ? name : link(`/students/${code}`, name),
    dateOfBirth && birthday(dateOfBirth),
    becomes(is, problems),
  ];
}

function becomes(is: Preview['lines'][number]['is'], problems: Preview['lines'][number]['problems']): Html {
  if (is === 'new') return badge('New', 'good');
  if (is === 'there') return badge('There already');
  return html`${badge('Wrong', 'late')} ${list(problems.map(({ message }) => message))}`;
}
