// Whose placements a list is of, and what the numbers of a year are.
import { daysOfAcademicYear, londonDay, type IsoDate } from '../domain/calendar';
import type { ExportedPlacement, YearInNumbers } from '../domain/exports';
import { readAllowances, readOrganisations, readPlaces } from '../records/directory';
import { readPlacements } from '../records/exports';
import { readNumbers, readNumbersBySchool } from '../records/numbers';
import type { Person } from '../records/types';
import { mayNot, onlySchoolOf } from './onBehalf';
import type { Refused } from './refused';
import type { Services } from './services';

/**
 * The placements of a school that began in a span of days, for its own staff.
 * @param named for those who act for several schools
 * @throws DatabaseAway
 */
export async function placementsOfSchool(
  { database }: Services,
  person: Person,
  named: string | null,
  span: { readonly from: IsoDate; readonly until: IsoDate },
): Promise<readonly ExportedPlacement[] | Refused> {
  const school = named ?? onlySchoolOf(person);
  if (typeof school !== 'string') return school;
  if (!person.parties.includes(`school:${school}`)) {
    return { refused: 'not-allowed', message: 'The list is for staff of the home school: say which school is yours.' };
  }
  return readPlacements(database, person, { ...span, school });
}

/** The numbers of a year with what stands beside them, for CAP and who oversees the model (R69). @throws DatabaseAway */
export async function yearInNumbers(
  { database, now }: Services,
  person: Person,
  academicYear: string,
): Promise<YearInNumbers | Refused> {
  const refused = mayNot(person, 'see-numbers');
  if (refused) return refused;
  const [numbers, bySchool, places, allowances, schools] = await Promise.all([
    readNumbers(database, person, academicYear, londonDay(now())),
    readNumbersBySchool(database, person, academicYear),
    readPlaces(database, person),
    readAllowances(database, person, { year: academicYear, ...daysOfAcademicYear(academicYear) }),
    readOrganisations(database, person, 'school'),
  ]);
  return { academicYear, numbers, bySchool, places, allowances, schools: new Map(schools.map(({ code, name }) => [code, name])) };
}
