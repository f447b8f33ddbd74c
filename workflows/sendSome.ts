// E-mails of a schedule, some of them together.
import { proxyActivities } from '@temporalio/workflow';
import type { Activities, EmailDue } from '../activities';

// What could not be sent in time is tried again with the next run of the schedule, and this workflow shows as failed.
const { deliver } = proxyActivities<Activities>({
  startToCloseTimeout: '5m',
  retry: { initialInterval: '2s', backoffCoefficient: 2, maximumInterval: '10m' },
});

/** How many e-mails go out together. */
const atOnce = 50;

/**
 * Sends them, and waits until all have gone.
 * @param about what ops read of them: `of the morning`
 * @param within how long it is tried, where the next run of the schedule comes sooner
 */
export async function sendSome(emails: readonly EmailDue[], about: string, within: '10h' | '10m' = '10h'): Promise<void> {
  for (let from = 0; from < emails.length; from += atOnce) {
    const some = emails.slice(from, from + atOnce);
    const options = { summary: `${String(some.length)} e-mails ${about}`, scheduleToCloseTimeout: within };
    await deliver.executeWithOptions(options, [some.map(({ id }) => id)]);
  }
}
