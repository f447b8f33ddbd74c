// Each working morning: schools hear of absences, hosts of registers that they have not marked, CAP of those that stay unmarked (A5, R97).
// Started by a schedule.
import { proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { Activities, MorningResult } from '../activities';
import { sendSome } from './sendSome';

const { morning: writeMorning } = proxyActivities<Activities>({
  startToCloseTimeout: '10m',
  summary: 'Read the registers and write the e-mails',
  retry: { initialInterval: '10s', backoffCoefficient: 2, maximumInterval: '10m' },
});

/** One morning. @returns what it told */
export async function morning(): Promise<Omit<MorningResult, 'emails'>> {
  const { emails, schools, hosts, overdue } = await writeMorning(new Date().toISOString());
  setCurrentDetails(
    `Schools told of absences: ${String(schools)}. Hosts told of a register to mark: ${String(hosts)}. Hosts that still owe the day before: ${String(overdue)}.`,
  );
  await sendSome(emails, 'of the morning');
  return { schools, hosts, overdue };
}
