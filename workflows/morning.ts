// Each working morning: schools hear of absences, hosts of registers that they have not marked, CAP of those that stay unmarked (A5, R97).
// Started by a schedule.
import { proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { Activities, MorningResult } from '../activities';

const { morning: writeMorning } = proxyActivities<Activities>({
  startToCloseTimeout: '10m',
  summary: 'Read the registers and write the e-mails',
  retry: { initialInterval: '10s', backoffCoefficient: 2, maximumInterval: '10m' },
});

// What could not be sent by the evening is told again by the next morning, and this workflow shows as failed.
const { deliver } = proxyActivities<Activities>({
  startToCloseTimeout: '5m',
  scheduleToCloseTimeout: '10h',
  retry: { initialInterval: '2s', backoffCoefficient: 2, maximumInterval: '10m' },
});

/** How many e-mails go out together. */
const atOnce = 50;

/** One morning. @returns what it told */
export async function morning(): Promise<Omit<MorningResult, 'emails'>> {
  const { emails, schools, hosts, overdue } = await writeMorning(new Date().toISOString());
  setCurrentDetails(
    `Schools told of absences: ${String(schools)}. Hosts told of a register to mark: ${String(hosts)}. Hosts that still owe the day before: ${String(overdue)}.`,
  );
  for (let from = 0; from < emails.length; from += atOnce) {
    const some = emails.slice(from, from + atOnce);
    await deliver.executeWithOptions({ summary: `${String(some.length)} e-mails of the morning` }, [some.map(({ id }) => id)]);
  }
  return { schools, hosts, overdue };
}
