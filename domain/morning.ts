// What people are told each working morning (A5, R97): schools of absences, hosts of registers that they have not marked, CAP of those that stay
// unmarked. E-mails that no step of a case writes, but the morning: they name a day and a number, and no child (A16).
import { expectedHalves, type Half } from './attendance';
import { addDays, isSchoolDay, isWorkingDay, type Calendar, type IsoDate } from './calendar';
import type { EmailToWrite } from './emails';
import { hostOf } from './host';
import type { CaseState } from './state';
import type { Host, Party } from './words';

/** The days that a morning looks at. */
export interface MorningDays {
  /** The last school day before today: its registers should be marked. */
  readonly yesterday: IsoDate;
  /** The school day before that one: what is still unmarked is for CAP to see to. */
  readonly before: IsoDate;
}

/** How far back school days are looked for: longer than any holiday. */
const longest = 60;

/** @returns the days that the morning of a working day looks at; null on a day on which nobody works, and while no terms are known */
export function morningDays(today: IsoDate, calendar: Calendar): MorningDays | null {
  if (!isWorkingDay(today, calendar)) return null;
  const days = Array.from({ length: longest }, (_, back) => addDays(today, -1 - back)).filter((day) =>
    isSchoolDay(day, calendar),
  );
  const [yesterday, before] = days;
  return yesterday !== undefined && before !== undefined ? { yesterday, before } : null;
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

/**
 * @param absences how many students were absent, by the school that has not been told
 * @param yesterday hosts that have not marked it
 * @param before hosts that still have not marked the day before it
 */
export function morningEmails(
  days: MorningDays,
  {
    absences,
    yesterday,
    before,
  }: {
    readonly absences: ReadonlyMap<string, number>;
    readonly yesterday: ReadonlySet<Host>;
    readonly before: ReadonlySet<Host>;
  },
): EmailToWrite[] {
  const told = (to: Party, notice: EmailToWrite['notices'][0]): EmailToWrite => ({ to, notices: [notice], awaited: [] });
  return [
    ...[...absences].map(([school, students]) => told(`school:${school}`, { template: 'absences', students })),
    ...[...yesterday].map((host) => told(host, { template: 'register-to-mark', day: days.yesterday })),
    ...(before.size > 0 ? [told('cap', { template: 'registers-unmarked', day: days.before, hosts: before.size })] : []),
  ];
}
