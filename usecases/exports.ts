// Whose placements a list is of.
import type { IsoDate } from '../domain/calendar';
import type { ExportedPlacement } from '../domain/exports';
import { readPlacements } from '../records/exports';
import type { Person } from '../records/types';
import { onlySchoolOf } from './onBehalf';
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
