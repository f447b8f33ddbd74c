// What people are told each working morning (A5, R97): schools of absences, hosts of registers that they have not marked, CAP of those that stay
// unmarked, and each week of checks of providers that lapse. E-mails that no step of a case writes, but the morning: they name a day and a number, and no child (A16).
import { expectedHalves, type Half } from './attendance';
import { addDays, isWorkingDay, mondayOf, nearestSchoolDay, type Calendar, type IsoDate } from './calendar';
import type { EmailToWrite, Notice } from './emails';
import { hostOf } from './host';
import type { CaseState } from './state';
import type { Host, Party } from './words';

/** An absence that nobody could be told of in so many days is on the pages of its case. */
export const daysToTell = 14;

/** The days that a morning looks at. */
export interface MorningDays {
  /** The last school day before today: its registers should be marked. */
  readonly yesterday: IsoDate;
  /** The school day before that one: what is still unmarked is for CAP to see to. */
  readonly before: IsoDate;
}

/** @returns the name of a morning, by which its e-mails lead to it: `REG-2024-12-18` */
export function morningReference(day: IsoDate): string {
  return `REG-${day}`;
}

/** @returns the days that the morning of a working day looks at; null on a day on which nobody works, and while no terms are known */
export function morningDays(today: IsoDate, calendar: Calendar): MorningDays | null {
  if (!isWorkingDay(today, calendar)) return null;
  const yesterday = nearestSchoolDay(today, -1, calendar);
  const before = yesterday && nearestSchoolDay(yesterday, -1, calendar);
  return yesterday && before ? { yesterday, before } : null;
}

/** A running placement with what was marked of it on the days of a morning. */
export interface MarkedPlacement {
  readonly state: CaseState;
  readonly marked: readonly { readonly day: IsoDate; readonly half: Half }[];
}

/** @returns of a day the hosts whose register lacks marks, each with how many students */
export function unmarkedHosts(placements: readonly MarkedPlacement[], day: IsoDate, calendar: Calendar): Map<Host, number> {
  const found = new Map<Host, number>();
  for (const { state, marked } of placements) {
    const host = hostOf(state);
    const lacks = expectedHalves(state, day, calendar).some(
      (half) => !marked.some((each) => each.day === day && each.half === half),
    );
    if (host !== null && lacks) found.set(host, (found.get(host) ?? 0) + 1);
  }
  return found;
}

/** @returns whether a working day is the first of its week: CAP is told then what lapses. */
export function beginsWeek(today: IsoDate, calendar: Calendar): boolean {
  for (let day = mondayOf(today); day < today; day = addDays(day, 1)) if (isWorkingDay(day, calendar)) return false;
  return true;
}

/** What a morning found. */
export interface MorningFound {
  /** How many students were absent, by the school that has not been told. */
  readonly absences: ReadonlyMap<string, number>;
  /** Hosts that have not marked yesterday. */
  readonly yesterday: ReadonlySet<Host>;
  /** Hosts that still have not marked the day before it. */
  readonly before: ReadonlySet<Host>;
  /** Providers with running placements of which a check has lapsed, or soon does. */
  readonly lapsing: number;
}

export function morningEmails(days: MorningDays, { absences, yesterday, before, lapsing }: MorningFound): EmailToWrite[] {
  const told = (to: Party, ...notices: readonly Notice[]): EmailToWrite[] => {
    const [first, ...others] = notices;
    return first ? [{ to, notices: [first, ...others], awaited: [] }] : [];
  };
  return [
    ...[...absences].flatMap(([school, students]) => told(`school:${school}`, { template: 'absences', students })),
    ...[...yesterday].flatMap((host) => told(host, { template: 'register-to-mark', day: days.yesterday })),
    ...told(
      'cap',
      ...(before.size > 0 ? [{ template: 'registers-unmarked' as const, day: days.before, hosts: before.size }] : []),
      ...(lapsing > 0 ? [{ template: 'checks-lapsing' as const, providers: lapsing }] : []),
    ),
  ];
}
