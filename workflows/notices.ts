// Every few minutes: e-mails about what is no step of a case and cannot wait for the morning, such as an account that is asked for (A21). Started by a
// schedule.
import { proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { Activities } from '../activities';
import { sendSome } from './sendSome';

const { writeNotices } = proxyActivities<Activities>({
  startToCloseTimeout: '5m',
  summary: 'Write the e-mails',
  retry: { initialInterval: '10s', backoffCoefficient: 2, maximumInterval: '1m', maximumAttempts: 5 },
});

/** One round. @returns how many e-mails it sent */
export async function notices(): Promise<number> {
  const emails = await writeNotices(new Date().toISOString());
  setCurrentDetails(`E-mails to send: ${String(emails.length)}.`);
  await sendSome(emails, 'that cannot wait', '10m');
  return emails.length;
}
