// Every few minutes: files in quarantine are looked at (R101), and content of which no file speaks any more is deleted (A14). Started by a schedule.
import { proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { Activities, LookedAt } from '../activities';

const { lookAtFiles, removeContent } = proxyActivities<Activities>({
  startToCloseTimeout: '30m',
  retry: { initialInterval: '10s', backoffCoefficient: 2, maximumInterval: '10m', maximumAttempts: 5 },
});

/** One round. @returns how many files were looked at, how many wait, and how much content was deleted */
export async function files(): Promise<LookedAt & { removed: number }> {
  const now = new Date().toISOString();
  const seen = await lookAtFiles.executeWithOptions({ summary: 'Look at files in quarantine' }, [now]);
  const removed = await removeContent.executeWithOptions({ summary: 'Delete content that is kept no longer' }, [now]);
  const { looked, waiting, scanner } = seen;
  const lines = [`Looked at: ${String(looked)}. In quarantine: ${String(waiting)}. Deleted: ${String(removed)}.`];
  if (!scanner) lines.push('**clamd does not answer: files stay in quarantine, and nobody can read them, until it does.**');
  setCurrentDetails(lines.join('\n\n'));
  return { ...seen, removed };
}
