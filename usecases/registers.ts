// Registers: whom a host expects on a day, and the marks that it makes.
import { attendanceOf, expectedHalves, markProblem, suggestedCode, type Attendance, type Half } from '../domain/attendance';
import { addDays, isSchoolDay, londonDay, nearestSchoolDay, type IsoDate } from '../domain/calendar';
import { hostOf } from '../domain/host';
import { daysToTell, morningDays, morningReference, unmarkedHosts } from '../domain/morning';
import { codeOf, roleOf, type Host } from '../domain/words';
import { readCalendar } from '../records/calendar';
import { readOrganisations, readSchools } from '../records/directory';
import { placementsWith, toldAbsences, type ToldAbsence } from '../records/morning';
import { readMarks, readRegister, saveMarks, type GivenMark, type MadeMark, type RegisterLine } from '../records/registers';
import type { Person } from '../records/types';
import { wrongValues, type Refused } from './refused';
import type { Services } from './services';

export interface RegisterEntry extends RegisterLine {
  readonly host: Host;
  readonly expected: readonly Half[];
  readonly suggestedCode: ReturnType<typeof suggestedCode>;
}

/** The register of a day, with the school days beside it. */
export interface Register {
  readonly entries: readonly RegisterEntry[];
  /** Whether schools are open on the day. */
  readonly schoolDay: boolean;
  readonly before: IsoDate | null;
  readonly next: IsoDate | null;
}

/**
 * The register of a day: the students whom the person's hosts expect, and those of whom something is marked.
 * @param host one of them, or any for CAP; null for all that the person acts for
 * @throws DatabaseAway
 */
export async function register(
  { database }: Services,
  person: Person,
  day: IsoDate,
  host: Host | null,
): Promise<Register | Refused> {
  const own = hostsOf(person);
  if (host === null && own.length === 0) {
    return wrongValues({ field: 'host', rule: 'R97', message: 'You act for no host: say whose register.' });
  }
  if (host !== null && !own.includes(host) && !person.parties.includes('cap')) {
    return { refused: 'not-allowed', message: 'That is the register of somebody else.' };
  }
  const [lines, { calendar }] = await Promise.all([
    readRegister(database, person, host === null ? own : [host], day),
    readCalendar(database, person),
  ]);
  const entries = lines.flatMap((line) => {
    const of = hostOf(line.state);
    const expected = expectedHalves(line.state, day, calendar);
    return of !== null && (expected.length > 0 || line.marks.length > 0)
      ? [{ ...line, host: of, expected, suggestedCode: suggestedCode(line.state) }]
      : [];
  });
  return {
    entries,
    schoolDay: isSchoolDay(day, calendar),
    before: nearestSchoolDay(day, -1, calendar),
    next: nearestSchoolDay(day, 1, calendar),
  };
}

/** Of a register that lacks marks: of which day and host, and of how many students. */
export interface UnmarkedRegister {
  readonly day: IsoDate;
  readonly host: Host;
  readonly hostName: string;
  readonly students: number;
}

/** What a morning tells a person, as it stands now. */
export interface Morning {
  /** Registers that lack marks: your own; for CAP those of every host. */
  readonly unmarked: readonly UnmarkedRegister[];
  /** Absences of which the e-mails of that morning told home schools: yours; for CAP all of them. */
  readonly absences: readonly ToldAbsence[];
}

/** What a morning tells a person (R97): nothing on a day on which nobody works. @throws DatabaseAway */
export async function morning({ database }: Services, person: Person, day: IsoDate): Promise<Morning> {
  const { calendar } = await readCalendar(database, person);
  const days = morningDays(day, calendar);
  if (days === null) return { unmarked: [], absences: [] };
  const isCap = person.parties.includes('cap');
  const looked = [days.yesterday, days.before];
  const schools = isCap ? null : person.parties.filter((party) => roleOf(party) === 'school').map(codeOf);
  const [placements, providers, all, absences] = await Promise.all([
    placementsWith(database, person, isCap ? null : hostsOf(person), looked),
    readOrganisations(database, person, 'provider'),
    readSchools(database, person),
    toldAbsences(database, person, morningReference(day), schools, { from: addDays(day, -daysToTell), until: day }),
  ]);
  const nameOf = (host: Host) => [...providers, ...all].find(({ code }) => code === codeOf(host))?.name ?? codeOf(host);
  const unmarked = looked.flatMap((of) =>
    [...unmarkedHosts(placements, of, calendar)].map(([host, students]) => ({ day: of, host, hostName: nameOf(host), students })),
  );
  return { unmarked, absences };
}

function hostsOf({ parties }: Person): Host[] {
  return parties.filter((party): party is Host => roleOf(party) === 'provider' || roleOf(party) === 'school');
}

/** Makes the marks of a day, all of them or none. @throws DatabaseAway */
export async function markRegister(
  { database, now }: Services,
  person: Person,
  day: IsoDate,
  given: readonly GivenMark[],
): Promise<{ readonly marked: number } | Refused> {
  const twice = given.findIndex(
    (each, index) => given.findIndex((other) => other.case === each.case && other.half === each.half) < index,
  );
  if (twice >= 0)
    return wrongValues({ field: `marks.${String(twice)}`, rule: 'R97', message: 'The same half is marked twice: mark it once.' });
  const { calendar } = await readCalendar(database, person);
  const at = now();
  const today = londonDay(at);
  const wrong = await saveMarks(database, person, { day, at, given }, (state) =>
    markProblem(state, { day, person }, { today, calendar }),
  );
  return wrong ? wrongValues({ field: `marks.${String(wrong.index)}`, ...wrong.problem }) : { marked: given.length };
}

/** The attendance of a case up to today, or to the last day of its placement, with its marks; null when the person sees no such case. @throws DatabaseAway */
export async function attendance(
  { database, now }: Services,
  person: Person,
  reference: string,
): Promise<(Attendance & { readonly marks: readonly (MadeMark & { readonly day: IsoDate })[] }) | null> {
  const [found, { calendar }] = await Promise.all([readMarks(database, person, reference), readCalendar(database, person)]);
  if (!found) return null;
  return { ...attendanceOf(found.state, found.marks, londonDay(now()), calendar), marks: found.marks };
}
