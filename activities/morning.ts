// The morning: reads what was marked and what was not, and writes the e-mails that say so.
import { addDays, londonDay, type Instant } from '../domain/calendar';
import { beginsWeek, daysToTell, morningDays, morningEmails, morningReference, unmarkedHosts } from '../domain/morning';
import type { Host } from '../domain/words';
import type { Database } from '../records/database';
import { lapsingProviders } from '../records/checks';
import { calendarNow, runningPlacements, untoldAbsences, writeMorning } from '../records/morning';
import type { EmailDue } from '../records/types';

export interface MorningResult {
  /** Those that are to be sent. */
  readonly emails: readonly EmailDue[];
  /** How many schools are told of absences, how many hosts of a register, and how many registers are with CAP. */
  readonly schools: number;
  readonly hosts: number;
  readonly overdue: number;
}

/** How many days ahead CAP is told of a check that lapses. */
const ahead = 28;

/**
 * Writes the e-mails of a working morning; twice on one day writes none twice.
 * @param now the workflow's time
 */
export async function morning(database: Database, now: Instant): Promise<MorningResult> {
  const today = londonDay(now);
  const { calendar } = await calendarNow(database);
  const days = morningDays(today, calendar);
  if (days === null) return { emails: [], schools: 0, hosts: 0, overdue: 0 };
  const [yesterday, before] = [new Set<Host>(), new Set<Host>()];
  for await (const page of runningPlacements(database, [days.yesterday, days.before])) {
    for (const host of unmarkedHosts(page, days.yesterday, calendar).keys()) yesterday.add(host);
    for (const host of unmarkedHosts(page, days.before, calendar).keys()) before.add(host);
  }
  const absences = await untoldAbsences(database, addDays(today, -daysToTell), today);
  const bySchool = new Map(absences.map(({ school, students }) => [school, students]));
  const lapsing = beginsWeek(today, calendar) ? await lapsingProviders(database, addDays(today, ahead)) : 0;
  const emails = morningEmails(days, { absences: bySchool, yesterday, before, lapsing });
  const due = await writeMorning(database, { reference: morningReference(today), now }, emails, absences);
  return { emails: due, schools: bySchool.size, hosts: yesterday.size, overdue: before.size };
}
