// Compares what the record says with what workflows show, wakes those that are behind, and names those that are stuck. Started by a schedule.
import { proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { Activities, SweepResult } from '../activities';

const { mend } = proxyActivities<Activities>({
  startToCloseTimeout: '30m',
  heartbeatTimeout: '1m',
  summary: 'Compare the record with the workflows',
  retry: { maximumAttempts: 3 },
});

/** One sweep. @returns how many cases and meetings were compared, how many of them were mended, and which workflows are stuck */
export async function sweep(): Promise<SweepResult> {
  const swept = await mend(new Date().toISOString());
  const { compared, mended, stuck } = swept;
  const lines = [`${String(compared)} compared, ${String(mended)} mended, ${String(stuck.length)} stuck`];
  if (stuck.length > 0)
    lines.push(`**Tasks of these workflows fail, and nothing goes on in them until somebody mends it:** ${stuck.join(', ')}`);
  setCurrentDetails(lines.join('\n\n'));
  return swept;
}
