// The lists that others ask for (A15, R58): the AP census, what Ofsted asks a school for, and the training records that go into CLM and Capita, the numbers of a year. Each is
// rows of text under their titles; how they become a file is elsewhere.
import { academicYearOf, type IsoDate } from './calendar';
import { yearGroupOf } from './student';
import { siteOfCourse, yearOfPlacement, type ListedCourse } from './courses';
import { hostOf, subsidiaryRegistration } from './host';
import { exclusionTitles } from './exclusions';
import { homeSchoolInWords, numberDefinitions, type Numbers, type NumbersBySchool } from './numbers';
import { programmeAt, programmeFor } from './programmes';
import { placementOf } from './route';
import type { Site } from './sites';
import type { Table } from './table';
import { closingTitles, type CaseState } from './state';
import { countDays } from './timetable';

/** An organisation, as registers know it. */
export interface Setting {
  readonly code: string;
  readonly name: string;
  readonly urn: string | null;
  readonly ukprn: string | null;
  /** Of a school; a provider has its sites. */
  readonly address: string | null;
}

/** A placement that began in a span of days, with everybody whom a list names. */
export interface ExportedPlacement {
  readonly state: CaseState;
  readonly student: {
    readonly name: string;
    readonly dateOfBirth: string;
    readonly upn: string | null;
    readonly yearsAbove: number;
  };
  readonly school: Setting;
  readonly host: Setting | null;
  /** The title of its course, in the directory of the year of its start. */
  readonly course: string | null;
  /** What directories say of that course, by their academic year. */
  readonly offered: Readonly<Record<string, ListedCourse>>;
  /** Of its host. */
  readonly sites: readonly Site[];
  readonly start: string;
  /** The last day that is planned, or was; null where it ended without one that is known. */
  readonly end: string | null;
  /** When the student left; null while they are there. */
  readonly left: string | null;
}

const kindOf = ({ state, host }: ExportedPlacement): string => {
  if (hostOf(state)?.startsWith('school:')) return 'School';
  return subsidiaryRegistration(state) !== null || host?.urn ? 'AP academy or school' : 'Unregistered provider';
};

/** The weekdays with the host as they were agreed last, what is for a time alone left out; undefined where none are. */
const weekdaysAgreed = ({ position }: CaseState) =>
  'days' in position ? position.days.findLast(({ until }) => until === null)?.weekdays : undefined;

/** Halves of a day in a week with the host: as they are agreed, else as the programme has them. '' where neither says it. */
function sessionsOf({ state }: ExportedPlacement): string {
  const agreed = weekdaysAgreed(state);
  const days = agreed === undefined ? (placementOf(state).phases[0]?.hostDays ?? null) : countDays(agreed);
  return days === null ? '' : String(days * 2);
}

/** Items of the AP census, one line a placement. */
export function censusTable(placements: readonly ExportedPlacement[]): Table {
  return {
    titles: [
      ...[
        'UPN',
        'Name',
        'Date of birth',
        'Home school',
        'Home school URN',
        'Setting',
        'Setting URN',
        'Setting UKPRN',
        'Kind of setting',
      ],
      ...['Reason', 'Entry date', 'Leaving date', 'Sessions a week', 'Reference'],
    ],
    rows: placements.map((one) => [
      ...[one.student.upn ?? '', one.student.name, one.student.dateOfBirth, one.school.name, one.school.urn ?? ''],
      ...[one.host?.name ?? '', one.host?.urn ?? '', one.host?.ukprn ?? '', kindOf(one), programmeAt(one.state.programme).title],
      ...[one.start, one.left ?? '', sessionsOf(one), one.state.reference],
    ]),
  };
}

/**
 * What an inspector asks a school for: its students in alternative provision, where, since when, why and for how many sessions.
 * @param today by which their year groups are, and where they go
 */
export function inspectionTable(placements: readonly ExportedPlacement[], today: IsoDate): Table {
  const running = placements.filter(({ left }) => left === null);
  const with_ = (host: Setting | null) => String(running.filter((one) => one.host?.code === host?.code).length);
  return {
    titles: [
      ...['Provider', 'Address', 'URN', 'UKPRN', 'Registration', 'Students there', 'Student', 'Year group'],
      ...['Reason', 'Start date', 'Sessions a week', 'Reference'],
    ],
    rows: running.map((one) => [
      ...[one.host?.name ?? '', addressOf(one, today), one.host?.urn ?? '', one.host?.ukprn ?? '', kindOf(one), with_(one.host)],
      ...[one.student.name, yearGroupOf(one.student.dateOfBirth, academicYearOf(today), one.student.yearsAbove) ?? ''],
      ...[programmeAt(one.state.programme).title, one.start, sessionsOf(one), one.state.reference],
    ]),
  };
}

/** Where the student goes: to the site of the course, else to one of those that the host has. */
function addressOf({ host, offered, sites, start }: ExportedPlacement, today: IsoDate): string {
  if (host === null) return '';
  const site = siteOfCourse(offered, { code: host.code, sites }, yearOfPlacement(start, today));
  return host.address ?? (site ? [site] : sites).map(({ address }) => address).join('; ');
}

/** The training records that CAP's staff load into CLM and Capita (R58, R114, R119). */
export function trainingTable(placements: readonly ExportedPlacement[]): Table {
  return {
    titles: [
      ...['Reference', 'UPN', 'Name', 'Date of birth', 'Home school', 'Programme', 'Course', 'Provider'],
      ...['Start', 'End', 'Days of the week', 'Left'],
    ],
    rows: placements.map((one) => [
      ...[one.state.reference, one.student.upn ?? '', one.student.name, one.student.dateOfBirth, one.school.name],
      ...[programmeAt(one.state.programme).title, one.course ?? '', one.host?.name ?? '', one.start, one.end ?? ''],
      ...[weekdaysAgreed(one.state) ?? '', one.left ?? ''],
    ]),
  };
}

/** The numbers of an academic year, with what else stands beside them. */
export interface YearInNumbers {
  readonly academicYear: string;
  readonly numbers: Numbers;
  readonly bySchool: NumbersBySchool;
  readonly places: readonly {
    readonly academicYear: string;
    readonly programme: string;
    readonly term: string;
    readonly inTerm: number;
  }[];
  readonly allowances: readonly { readonly school: string; readonly used: number }[];
  /** The names of schools, by code. */
  readonly schools: ReadonlyMap<string, string>;
}

/** Every figure as a line, with what it counts beside it (R4, A20). Nothing in it is of a single child. */
export function numbersTable({ academicYear, numbers, bySchool, places, allowances, schools }: YearInNumbers): Table {
  const { outcomes, starts, attendance, beside, closed } = numbers;
  const { applications, exclusions } = bySchool;
  const programmeOf = (code: string) => programmeFor(code, academicYear).title;
  const schoolOf = (code: string) => homeSchoolInWords(code, schools);
  type Line = readonly [figure: string, of: string, school: string, value: number | null];
  const lines = (says: string, of: readonly Line[]) =>
    of.map(([figure, what, school, value]) => [academicYear, figure, what, school, value === null ? '' : String(value), says]);
  const total = applications.reduce((sum, { count }) => sum + count, 0);
  return {
    titles: ['Academic year', 'Figure', 'Of', 'Home school', 'Value', 'Definition'],
    rows: [
      ...lines(numberDefinitions.applications, [
        ['Applications', 'All', '', total],
        ...applications.map(({ programme, school, count }): Line => [
          ...(['Applications', programmeOf(programme), schoolOf(school), count] as const),
        ]),
      ]),
      ...lines(numberDefinitions.outcomes, [
        ['Outcome documents', 'Issued', '', outcomes.issued],
        ['Outcome documents', 'In time', '', outcomes.inTime],
      ]),
      ...lines(numberDefinitions.starts, [
        ['Starts', 'Confirmed', '', starts.confirmed],
        ['Starts', 'Median of days to the start', '', starts.medianDays],
      ]),
      ...lines(numberDefinitions.attendance, [
        ['Half days', 'Marked', '', attendance.marked],
        ['Half days', 'Attended', '', attendance.attended],
      ]),
      ...lines(
        numberDefinitions.exclusions,
        exclusions.map(({ kind, school, count }) => [
          'Suspensions and exclusions',
          exclusionTitles[kind],
          schoolOf(school),
          count,
        ]),
      ),
      ...lines(numberDefinitions.beside, [
        ['Suspensions and exclusions beside placements', 'Placements', '', beside.placements],
        ['Suspensions and exclusions beside placements', 'Before the start', '', beside.before],
        ['Suspensions and exclusions beside placements', 'During the placement', '', beside.during],
        ['Suspensions and exclusions beside placements', 'After the exit', '', beside.after],
      ]),
      ...lines(
        numberDefinitions.closed,
        closed.map(({ because, count }) => ['Cases that ended', closingTitles[because], '', count]),
      ),
      ...lines(
        numberDefinitions.places,
        places
          .filter((each) => each.academicYear === academicYear)
          .map(({ programme, term, inTerm }) => ['Places left', `${programmeOf(programme)}, ${term}`, '', inTerm]),
      ),
      ...lines(
        numberDefinitions.allowances,
        allowances.map(({ school, used }) => ['Placements that the SLA pays for', 'Used', schoolOf(school), used]),
      ),
    ],
  };
}
