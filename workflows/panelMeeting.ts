// A panel's meeting keeps its own calendar: the referral deadline at which the agenda closes, and the day. It decides nothing.
import {
  condition,
  defineSignal,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { Activities } from '../activities';
import { formatDay } from '../domain/calendar';
import { panelTitles } from '../domain/words';
import { searchAttributes } from '../temporal/names';
import { messages } from './messages';

const { readMeeting } = proxyActivities<Activities>({
  startToCloseTimeout: '15s',
  summary: 'Read the meeting and count its agenda',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
});

export interface PanelMeetingInput {
  readonly meeting: string;
}

/** The workflow of one meeting. It ends when its day is over, or when the meeting is no longer in the calendar. */
export async function panelMeeting({ meeting }: PanelMeetingInput): Promise<void> {
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
