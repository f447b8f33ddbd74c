// The numbers of an academic year: figures and bars, each with its definition beside it, and the table behind it (R4, R69, A20).
import { exclusionKinds, exclusionTitles, weeksBeside, type ExclusionKind } from '../../domain/exclusions';
import { numberDefinitions } from '../../domain/numbers';
import { can } from '../../domain/permissions';
import { closingTitles } from '../../domain/state';
import type { Answers } from '../answers';
import { html, type Html } from '../html';
import { page } from '../page';
import { heading, inset, link, paragraph } from '../parts';
import { chart, type Bar } from '../parts/chart';
import { yearIn, yearForm } from './years';

type Numbers = Answers['numbers'];

export const numbersPage = page({
  path: '/numbers',
  name: 'numbers',
  who: (person) => can(person, 'see-numbers'),
  menu: { title: 'Numbers', order: 100 },
  show: async (asked) => {
    const year = yearIn(asked);
    const [numbers, { programmes }, places] = await Promise.all([
      asked.door('numbers', { query: { academicYear: year } }),
      asked.door('programmes'),
      asked.door('places'),
    ]);
    const names: Programmes = new Map(programmes.map(({ code, title, tier }) => [code, { title, tier }]));
    const { outcomes, starts, attendance, closed } = numbers;
    return {
      title: `Numbers of ${year}`,
      wide: true,
      main: html`${yearForm('/numbers', asked)}
        ${paragraph(link(`/numbers/schools?academicYear=${year}`, 'Numbers by home school'))}
        ${paragraph(link(`/exports/numbers/${year}`, 'Download the numbers, also by home school (CSV)'))}
        <dl class="cap-numbers">
          ${figure('Applications', String(numbers.applications.total))}
          ${figure('Outcomes in three working days', rate(outcomes.inTime, outcomes.issued))}
          ${figure('Starts confirmed', String(starts.confirmed))}
          ${figure('Days to start (median)', starts.medianDays === null ? 'None yet' : String(starts.medianDays))}
          ${figure('Attendance', rate(attendance.attended, attendance.marked))}
          ${figure('Cases that ended', String(sum(closed.by)))}
          ${figure('Suspensions', String(sum(ofKind(numbers, 'suspension'))))}
          ${figure('Permanent exclusions', String(sum(ofKind(numbers, 'permanent-exclusion'))))}
        </dl>
        <div class="cap-charts">
          ${applications(numbers, names)} ${outcomeBars(outcomes)} ${timeToStart(starts)} ${attendanceBars(attendance)}
          ${closedBars(closed)} ${exclusionBars(numbers)} ${besideBars(numbers.beside)} ${placesLeft(places, year, names)}
        </div>
        ${inset('Nothing here is of a single child.')}`,
    };
  },
});

/** A number with what it counts. */
export function section(title: string, definition: string | null, shown: Html): Html {
  return html`<section>${heading(title)} ${definition === null ? '' : paragraph(`${definition}.`)} ${shown}</section>`;
}

function timeToStart({ definition, confirmed, medianDays }: Numbers['starts']): Html {
  const said =
    medianDays === null
      ? 'No start was confirmed in this year.'
      : `Half of the ${String(confirmed)} starts came within ${String(medianDays)} days.`;
  return section('Time to start', definition, paragraph(said));
}

function closedBars({ definition, by }: Numbers['closed']): Html {
  return section(
    'How cases ended',
    definition,
    chart({
      id: 'closed',
      title: 'How cases ended',
      about: 'A bar for each way in which cases ended.',
      columns: ['How', 'Cases'],
      bars: by.map(({ because, count }) => ({ label: closingTitles[because], value: count })),
      empty: 'No case ended in this year.',
    }),
  );
}

const ofKind = ({ exclusions }: Numbers, kind: ExclusionKind) => exclusions.by.filter((each) => each.kind === kind);

function exclusionBars(numbers: Numbers): Html {
  const { definition, by } = numbers.exclusions;
  const bar = (kind: ExclusionKind): Bar => ({ label: `${exclusionTitles[kind]}s`, value: sum(ofKind(numbers, kind)) });
  return section(
    'Suspensions and exclusions',
    definition,
    chart({
      id: 'exclusions',
      title: 'Suspensions and permanent exclusions',
      about: 'A bar for suspensions and one for permanent exclusions.',
      columns: ['What', 'In the year'],
      bars: by.length === 0 ? [] : exclusionKinds.map(bar),
      empty: 'No suspension and no permanent exclusion is recorded in this year.',
    }),
  );
}

function besideBars({ definition, placements, before, during, after }: Numbers['beside']): Html {
  return section(
    'Suspensions and exclusions beside placements',
    definition,
    html`${placements === 0 ? '' : paragraph(`Of ${String(placements)} ${placements === 1 ? 'placement' : 'placements'}.`)}
    ${chart({
      id: 'beside',
      title: 'Suspensions and permanent exclusions before, during and after placements',
      about: 'A bar for those before, one for those during, one for those after.',
      columns: ['When', 'Suspensions and exclusions'],
      bars:
        placements === 0
          ? []
          : [
              { label: `In ${String(weeksBeside)} weeks before the start`, value: before },
              { label: 'During the placement', value: during },
              { label: `In ${String(weeksBeside)} weeks after the exit`, value: after },
            ],
      empty: 'No placement has had all its school weeks after the exit in this year.',
    })}`,
  );
}

/** Each by its code. */
type Programmes = ReadonlyMap<string, { readonly title: string; readonly tier: number }>;

function figure(title: string, value: string): Html {
  return html`<div>
    <dt>${title}</dt>
    <dd>${value}</dd>
  </div>`;
}

function rate(part: number, whole: number): string {
  return whole === 0 ? 'None yet' : `${String(Math.round((100 * part) / whole))}%`;
}

function sum(counts: readonly { readonly count: number }[]): number {
  return counts.reduce((total, { count }) => total + count, 0);
}

/** @returns counts added up under a label each, the most first */
export function addedUp<Row extends { readonly count: number }>(rows: readonly Row[], labelOf: (row: Row) => string): Bar[] {
  const totals = new Map<string, number>();
  for (const row of rows) totals.set(labelOf(row), (totals.get(labelOf(row)) ?? 0) + row.count);
  return [...totals].map(([label, value]) => ({ label, value })).sort((one, other) => other.value - one.value);
}

function applications({ applications: { definition, by } }: Numbers, programmes: Programmes): Html {
  const empty = 'No application was submitted in this year.';
  const programmeOf = (code: string) => programmes.get(code)?.title ?? code;
  const tierOf = (code: string) => {
    const tier = programmes.get(code)?.tier;
    return tier === undefined ? programmeOf(code) : `Tier ${String(tier)}`;
  };
  const tiers = addedUp(by, ({ programme }) => tierOf(programme)).sort((one, other) => (one.label < other.label ? -1 : 1));
  return html`${section(
    'Applications by tier',
    definition,
    chart({
      id: 'tiers',
      title: 'Applications by tier',
      about: 'A bar for each tier.',
      columns: ['Tier', 'Applications'],
      bars: tiers,
      empty,
    }),
  )}
  ${section(
    'Applications by programme',
    null,
    chart({
      id: 'programmes',
      title: 'Applications by programme',
      about: 'A bar for each programme, the most first.',
      columns: ['Programme', 'Applications'],
      bars: addedUp(by, ({ programme }) => programmeOf(programme)),
      empty,
    }),
  )}`;
}

function outcomeBars({ definition, issued, inTime }: Numbers['outcomes']): Html {
  return section(
    'Outcomes in three working days',
    definition,
    chart({
      id: 'outcomes',
      title: 'Outcome documents in time and late',
      about: 'A bar for those in time and one for those that were late.',
      columns: ['When', 'Documents'],
      bars:
        issued === 0
          ? []
          : [
              { label: 'In time', value: inTime },
              { label: 'Late', value: issued - inTime },
            ],
      whole: issued,
      empty: 'No outcome document was issued in this year.',
    }),
  );
}

function attendanceBars({ definition, marked, attended }: Numbers['attendance']): Html {
  return section(
    'Attendance',
    definition,
    chart({
      id: 'attendance',
      title: 'Attendance',
      about: 'A bar for the half days that were attended and one for those that were not.',
      columns: ['What', 'Half days'],
      bars:
        marked === 0
          ? []
          : [
              { label: 'Attended', value: attended },
              { label: 'Absent', value: marked - attended },
            ],
      whole: marked,
      empty: 'No register was marked in this year.',
    }),
  );
}

function placesLeft({ places }: Answers['places'], year: string, programmes: Programmes): Html {
  const ofYear = places.filter(({ academicYear }) => academicYear === year);
  if (ofYear.length === 0) return html``;
  const titleOf = (code: string) => programmes.get(code)?.title ?? code;
  const leftInYear = new Map(ofYear.map(({ programme, inYear }) => [titleOf(programme), inYear]));
  const inYear = [...leftInYear].map(([title, left]) => `${title}: ${String(left)} left in the year.`).join(' ');
  return section(
    'Places left',
    numberDefinitions.places,
    html`${paragraph(inYear)}
    ${chart({
      id: 'places',
      title: 'Places left in the programmes that have a limit, by term',
      about: 'A bar for each term: how many places are left.',
      columns: ['Programme and term', 'Places left'],
      bars: ofYear.map(({ programme, term, inTerm }) => ({ label: `${titleOf(programme)}, ${term}`, value: inTerm })),
      empty: '',
    })}`,
  );
}
