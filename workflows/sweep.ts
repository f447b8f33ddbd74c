// Compares what the record says with what workflows show, and wakes those that are behind. Started by a schedule.
import { proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { Activities } from '../activities';

const { mend } = proxyActivities<Activities>({
  startToCloseTimeout: '5m',
  heartbeatTimeout: '1m',
  summary: 'Compare the record with the workflows',
  retry: { maximumAttempts: 3 },
});

/** One sweep. @returns how many cases and meetings were compared, and how many of them were mended */
export async function sweep(): Promise<{ readonly compared: number; readonly mended: number }> {
  const found = await mend(new Date().toISOString());
  setCurrentDetails(`${String(found.compared)} compared, ${String(found.mended)} mended`);
  return found;
}
