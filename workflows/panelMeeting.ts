// A panel's meeting keeps its own calendar: the referral deadline at which the agenda closes, and the day. It decides nothing.
import {
  condition,
  defineSignal,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from '../activities';
import { formatDay } from '../domain/calendar';
import { panelTitles } from '../domain/words';
import { meetingOfWorkflow, searchAttributes } from '../temporal/names';
import { messages } from './messages';

const { readMeeting } = proxyActivities<Activities>({
  startToCloseTimeout: '15s',
  summary: 'Read the meeting and count its agenda',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
});

/**
 * The workflow of one meeting, whose id is in its own. It ends when the meeting's day is over, or when it is no longer in the calendar.
 * @param input none: with none there is nothing to forge, and whoever gives one is not this service
 */
export async function panelMeeting(...input: readonly unknown[]): Promise<void> {
  if (input.length > 0) return;
  const meeting = meetingOfWorkflow(workflowInfo().workflowId);
  let moved = 0;
  setHandler(defineSignal(messages.moved), () => void (moved += 1), { description: 'The meeting was moved: read it again' });
  for (;;) {
    const seen = moved;
    const row = await readMeeting({ meeting, now: new Date().toISOString() });
    if (row === null) return;
    setCurrentDetails(
      `**${panelTitles[row.panel]}** on ${formatDay(row.day)}\n\n${row.standing}\n\nReferral deadline ${formatDay(row.deadline)}; ${String(row.agenda)} on the agenda`,
    );
    upsertSearchAttributes([
      { key: searchAttributes.panel, value: row.panel },
      { key: searchAttributes.stage, value: row.moment ?? 'over' },
      { key: searchAttributes.due, value: row.next ? new Date(row.next) : null },
      { key: searchAttributes.step, value: row.version },
    ]);
    if (row.next === null) return;
    await condition(() => moved > seen, Math.max(Date.parse(row.next) - Date.now(), 1), { summary: row.standing });
  }
}
