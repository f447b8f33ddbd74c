// Each night: every timeline is proved, and the heads of those that hold are signed and kept apart. Started by a schedule.
import { log, proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { Activities, ProvedNight } from '../activities';
import { sendSome } from './sendSome';

const { proveNight } = proxyActivities<Activities>({
  startToCloseTimeout: '2h',
  scheduleToCloseTimeout: '10h',
  heartbeatTimeout: '2m',
  summary: 'Prove the timelines and sign their heads',
  retry: { initialInterval: '10s', backoffCoefficient: 2, maximumInterval: '10m' },
});

/** One night. @returns how many timelines and entries were proved, and how many alarms there are */
export async function proof(): Promise<Omit<ProvedNight, 'emails'>> {
  const { emails, ...night } = await proveNight(new Date().toISOString());
  const { timelines, entries, alarms, signed } = night;
  const lines = [`Timelines proved: ${String(timelines)}, with ${String(entries)} entries.`];
  if (!signed) lines.push('This night was signed before.');
  if (alarms > 0) {
    lines.push(`**Not as they were written: ${String(alarms)}. The page of nights says which.**`);
    log.error(`${String(alarms)} timelines or signed nights are not as they were written`);
  }
  setCurrentDetails(lines.join('\n\n'));
  await sendSome(emails, 'about the night');
  return night;
}
