// The numbers of an academic year by home school: applications, suspensions and exclusions, and what the SLA pays for (R4, R9, R69, A20).
import { exclusionTitles, type ExclusionKind } from '../../domain/exclusions';
import { homeSchoolInWords } from '../../domain/numbers';
import { can } from '../../domain/permissions';
import type { Answers } from '../answers';
import { html, type Html } from '../html';
import { page } from '../page';
import { details, inset, link, paragraph, table } from '../parts';
import { chart } from '../parts/chart';
import { addedUp, section } from './numbers';
import { yearForm, yearIn } from './years';

type BySchool = Answers['numbersBySchool'];

/** Says the name of what has a code. */
type TitleOf = (code: string) => string;

export const numbersBySchoolPage = page({
  path: '/numbers/schools',
  name: 'numbers by home school',
  who: (person) => can(person, 'see-numbers'),
  show: async (asked) => {
    const year = yearIn(asked);
    const [{ applications, exclusions }, { allowances, definition }, { programmes }, { schools }] = await Promise.all([
      asked.door('numbersBySchool', { query: { academicYear: year } }),
      asked.door('allowances', { params: { academicYear: year } }),
      asked.door('programmes'),
      asked.door('schools'),
    ]);
    const titles = new Map<string, string>(programmes.map(({ code, title }) => [code, title]));
    const programmeOf = (code: string) => titles.get(code) ?? code;
    const names = new Map(schools.map(({ code, name }) => [code, name]));
    const schoolOf = (code: string) => homeSchoolInWords(code, names);
    return {
      title: `Numbers of ${year} by home school`,
      wide: true,
      main: html`${yearForm('/numbers/schools', asked)}
        ${paragraph(link(`/numbers?academicYear=${year}`, 'Numbers of all schools'))}
        <div class="cap-charts">
          ${applicationBars(applications, schoolOf, programmeOf)} ${exclusionBars(exclusions, schoolOf)}
          ${allowanceBars(allowances, definition, schoolOf)}
        </div>
        ${inset('Nothing here is of a single child.')}`,
    };
  },
});

function applicationBars({ definition, by }: BySchool['applications'], schoolOf: TitleOf, programmeOf: TitleOf): Html {
  const empty = 'No application was submitted in this year.';
  const byProgramme = details(
    'By programme and home school',
    table(
      'Applications by programme and home school',
      [{ title: 'Programme' }, { title: 'Home school' }, { title: 'Applications', numeric: true }],
      by.map(({ programme, school, count }) => [programmeOf(programme), schoolOf(school), String(count)]),
      empty,
    ),
  );
  return section(
    'Applications by home school',
    definition,
    html`${chart({
      id: 'schools',
      title: 'Applications by home school',
      about: 'A bar for each school, the most first.',
      columns: ['Home school', 'Applications'],
      bars: addedUp(by, ({ school }) => schoolOf(school)),
      empty,
    })}
    ${by.length === 0 ? '' : byProgramme}`,
  );
}

function exclusionBars({ definition, by }: BySchool['exclusions'], schoolOf: TitleOf): Html {
  const ofKind = (kind: ExclusionKind) =>
    chart({
      id: kind,
      title: `${exclusionTitles[kind]}s by home school`,
      about: 'A bar for each school, the most first.',
      columns: ['Home school', `${exclusionTitles[kind]}s`],
      bars: addedUp(
        by.filter((each) => each.kind === kind),
        ({ school }) => schoolOf(school),
      ),
      empty: `No ${exclusionTitles[kind].toLowerCase()} is recorded in this year.`,
    });
  return html`${section('Suspensions', definition, ofKind('suspension'))}
  ${section('Permanent exclusions', null, ofKind('permanent-exclusion'))}`;
}

function allowanceBars(allowances: Answers['allowances']['allowances'], definition: string, schoolOf: TitleOf): Html {
  const [first] = allowances;
  if (!first) return html``;
  return section(
    'Placements that the SLA pays for',
    definition,
    chart({
      id: 'allowances',
      title: 'Tier 1 placements that the SLA pays for, by school',
      about: 'A bar for each school with the SLA: how many it has used.',
      columns: ['School', 'Used'],
      bars: allowances.map(({ school, used, included }) => ({
        label: schoolOf(school),
        value: used,
        said: `${String(used)} of ${String(included)}`,
      })),
      whole: first.included,
      empty: '',
    }),
  );
}
