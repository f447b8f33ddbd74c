// Lists for others, as files: what each is for, for which year. That a file was taken is written down by its door.
import { can } from '../../domain/permissions';
import type { DoorName } from '../answers';
import { html, type Html } from '../html';
import { page, type Asked, type FileShown, type Page } from '../page';
import { heading, link, list, paragraph } from '../parts';
import { yearIn, yearForm } from './years';

interface Listed {
  readonly door: Extract<DoorName, 'censusExport' | 'trainingExport' | 'numbersExport' | 'inspectionExport'>;
  readonly path: string;
  readonly title: string;
  readonly about: string;
}

const ofCap: readonly Listed[] = [
  {
    door: 'censusExport',
    path: 'ap-census',
    title: 'Items of the AP census',
    about:
      'A line for each placement whose start is in the year: where it is, why, from when to when, how many sessions. For the return to the Department for Education.',
  },
  {
    door: 'trainingExport',
    path: 'training-records',
    title: 'Training records',
    about: 'A line for each placement whose start is in the year, to be loaded into CLM and Capita.',
  },
];

const ofNumbers: Listed = {
  door: 'numbersExport',
  path: 'numbers',
  title: 'The numbers of the year',
  about: 'Every figure of the page “Numbers” as a line, with what it counts. Nothing in it is of a single child.',
};

const ofSchool: Listed = {
  door: 'inspectionExport',
  path: 'inspection',
  title: 'What an inspector asks a school for',
  about:
    'Your students who are in alternative provision now and started in the year: with whom, where, why, since when, how many hours.',
};

const schoolsOf = ({ person }: Pick<Asked, 'person'>) =>
  person.parties.flatMap((party) => (party.startsWith('school:') ? [party.slice('school:'.length)] : []));

const mayTake: Page['who'] = (person) =>
  schoolsOf({ person }).length > 0 ? { allowed: true } : can(person, 'give-subject-access');

const exportsPage = page({
  path: '/exports',
  name: 'exports',
  who: mayTake,
  menu: { title: 'Exports', order: 105, rare: true, about: 'Files for the census, training records and inspections' },
  show: async (asked) => {
    const year = yearIn(asked);
    const schools = schoolsOf(asked);
    const names = new Map((await asked.door('schools')).schools.map(({ code, name }) => [code, name]));
    return {
      title: 'Exports',
      main: html`${paragraph('Files for spreadsheets (CSV). Most hold names of children: keep them where only those who need them can read them. Each one that is taken is written down.')}
      ${yearForm('/exports', asked)}
      ${asked.may('censusExport') ? ofCap.map((one) => offered(one, [[`/exports/${one.path}/${year}`, `Download for ${year}`]])) : ''}
      ${asked.may('numbersExport') ? offered(ofNumbers, [[`/exports/numbers/${year}`, `Download for ${year}`]]) : ''}
      ${
        schools.length === 0
          ? ''
          : offered(
              ofSchool,
              schools.map((code) => [
                `/exports/inspection/${year}?school=${code}`,
                `Download for ${names.get(code) ?? code}, ${year}`,
              ]),
            )
      }
      ${
        asked.may('subjectAccess')
          ? html`${heading('All that is held of one student')}
            ${paragraph('For whoever may ask what is kept of a child. A person looks at it before it is released.')}
            ${list([link('/subject-access', 'Find the student')])}`
          : ''
      }`,
    };
  },
});

function offered({ title, about }: Listed, files: readonly (readonly [href: string, text: string])[]): Html {
  return html`${heading(title)} ${paragraph(about)} ${list(files.map(([href, text]) => link(href, text, `: ${title}`)))}`;
}

const who = (one: Listed): Page['who'] => {
  if (one === ofSchool) return 'signed-in';
  return (person) => can(person, one === ofNumbers ? 'see-numbers' : 'give-exports');
};

const files: readonly Page[] = [...ofCap, ofNumbers, ofSchool].map((one) =>
  page({
    path: `/exports/${one.path}/{academicYear}`,
    name: one.door,
    who: who(one),
    show: async (asked): Promise<FileShown> => {
      const { academicYear = '' } = asked.params;
      const { school } = asked.query;
      const bytes = await asked.door(one.door, { params: { academicYear }, query: school === undefined ? {} : { school } });
      return { file: { name: `${one.path}-${academicYear}.csv`, type: 'text/csv', bytes } };
    },
  }),
);

export const exportPages: readonly Page[] = [exportsPage, ...files];
