// Registers: whom a host expects on a day, and the marks that it makes.
import { attendanceOf, expectedHalves, markProblem, suggestedCode, type Attendance, type Half } from '../domain/attendance';
import { londonDay, type IsoDate } from '../domain/calendar';
import { hostOf } from '../domain/host';
import type { Host } from '../domain/words';
import { readCalendar } from '../records/calendar';
import { readMarks, readRegister, saveMarks, type GivenMark, type MadeMark, type RegisterLine } from '../records/registers';
import type { Person } from '../records/types';
import { wrongValues, type Refused } from './refused';
import type { Services } from './services';

export interface RegisterEntry extends RegisterLine {
  readonly host: Host;
  readonly expected: readonly Half[];
  readonly suggestedCode: ReturnType<typeof suggestedCode>;
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
): Promise<readonly RegisterEntry[] | Refused> {
  const own = person.parties.filter((party): party is Host => /^(provider|school):/.test(party));
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
  return lines.flatMap((line) => {
    const of = hostOf(line.state);
    const expected = expectedHalves(line.state, day, calendar);
    return of !== null && (expected.length > 0 || line.marks.length > 0)
      ? [{ ...line, host: of, expected, suggestedCode: suggestedCode(line.state) }]
      : [];
  });
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

/** The attendance of a case up to a day, with its marks; null when the person sees no such case. @throws DatabaseAway */
export async function attendance(
  { database, now }: Services,
  person: Person,
  reference: string,
): Promise<(Attendance & { readonly until: IsoDate; readonly marks: readonly (MadeMark & { readonly day: IsoDate })[] }) | null> {
  const [found, { calendar }] = await Promise.all([readMarks(database, person, reference), readCalendar(database, person)]);
  if (!found) return null;
  const until = londonDay(now());
  return { until, ...attendanceOf(found.state, found.marks, until, calendar), marks: found.marks };
}
