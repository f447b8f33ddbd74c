// Which programmes fit, before an application is begun (R23).
import { intendedStart, unknownStudent } from '../domain/application';
import { fitOf, type Fit, type Wish } from '../domain/eligibility';
import { isOffered, type Programme } from '../domain/programme';
import { programmeCodes } from '../domain/programmes';
import { readCalendar } from '../records/calendar';
import { readOffered, readSlas } from '../records/directory';
import { openCasesOf, readStudent } from '../records/students';
import type { Person } from '../records/types';
import { onlySchoolOf } from './onBehalf';
import { wrongValues, type Refused } from './refused';
import type { Services } from './services';

/** A programme that is offered, and how it fits. */
export interface FittingProgramme extends Fit {
  readonly programme: Programme;
  /** The academic year of the start that an application would lead to now. */
  readonly year: string;
}

export interface EligibilityQuestion extends Wish {
  /** Needed only by those who act for several schools, and name no student. */
  readonly school: string | null;
  /** The code of a student, who says the date of birth and the rest. */
  readonly code: string | null;
}

/**
 * @returns every programme that is offered, those that fit in front
 * @throws DatabaseAway
 */
export async function eligibility(
  services: Services,
  person: Person,
  { school: named, code, ...wish }: EligibilityQuestion,
): Promise<FittingProgramme[] | Refused> {
  const { database, now } = services;
  const found = code === null ? null : await readStudent(database, person, code);
  if (code !== null && !found) return wrongValues(unknownStudent);
  const school = found?.school ?? named ?? onlySchoolOf(person);
  if (typeof school !== 'string') return school;
  const [slas, planned, offered, cases] = await Promise.all([
    readSlas(database, person),
    readCalendar(database, person),
    readOffered(database, person),
    openCasesOf(database, person, found ? [found.code] : []),
  ]);
  const facts = { now: now(), slas: slas[school] ?? [], others: cases.get(found?.code ?? '') ?? [] };
  const fits = programmeCodes
    .map((each) => intendedStart(each, now(), planned))
    .filter(({ programme }) => isOffered(programme, offered))
    .filter(({ programme }) => (programme.openedBy !== undefined) === person.parties.includes('cap'))
    .map((intended) => ({ ...intended, ...fitOf(intended, { ...wish, student: found ?? wish.student }, facts) }));
  return [...fits.filter(({ fits: one }) => one), ...fits.filter(({ fits: one }) => !one)];
}
