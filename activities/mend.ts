// The sweep: compares what the record says with what the workflows show, and wakes those that are behind or missing.
import { academicYearOf, londonDay } from '../domain/calendar';
import { editTold } from '../records/calendarEdits';
import { removeForgotten } from '../records/commands';
import { casesOpen } from '../records/concerned';
import { forgetSessions } from '../records/sessions';
import { changedSince, lastSweep, nextInLine, removePastViewers, sweepEnded } from '../records/sweep';
import type { Database } from '../records/database';
import type { Engine } from '../temporal/engine';
import { workflowIdOf } from '../temporal/names';

export interface SweepResult {
  readonly compared: number;
  readonly mended: number;
  /** Ids of workflows whose tasks fail: no message mends them, somebody must look. */
  readonly stuck: readonly string[];
}

/** How far the first sweep looks back. Each later one looks at what changed since the last that came to its end. */
const firstLookBack = 2 * 60 * 60 * 1000;

/** How long before the last sweep the next one begins to look: what was just being recorded then is looked at again. */
const overlap = 10 * 60 * 1000;

/** A command whose outcome nobody has asked for again by then is forgotten, with its words. */
const longestUnderway = 24 * 60 * 60 * 1000;

/** A session that is over is known for so long: a form that was open over a weekend is still kept for its person (R25). */
const sessionsKnown = 7 * 24 * 60 * 60 * 1000;

/** A clock that is this late has no workflow behind it. */
const patience = 5 * 60 * 1000;

/**
 * Compares recently changed cases, closed ones too, and meetings, with what their workflows show; wakes those behind, starts the missing;
 * tells those first in line of a place that has become free, and the open cases of edits of the calendar that nobody came to tell them of; and finds the workflows whose tasks fail.
 * @param now the workflow's time
 * @param alive called for each case and meeting: among many a sweep takes long, and whoever waits for it is to know that it goes on
 */
export async function mend(
  { database, engine }: { readonly database: Database; readonly engine: Engine },
  now: string,
  alive: () => void,
): Promise<SweepResult> {
  const before = (milliseconds: number, instant = now) => new Date(Date.parse(instant) - milliseconds).toISOString();
  const last = await lastSweep(database);
  const since = last === null ? before(firstLookBack) : before(overlap, last);
  const { cases, meetings, untold } = await changedSince(database, { since, overdue: before(patience), now });
  let mended = 0;
  for (const { reference, step, closed } of cases) {
    alive();
    const shown = await engine.shown(workflowIdOf(reference));
    if (shown && shown.step >= step && (closed || shown.running)) continue;
    await engine.refresh(reference);
    mended += 1;
  }
  for (const { reference, step, closed, moved } of meetings) {
    alive();
    const shown = await engine.shown(workflowIdOf(reference));
    if (!moved && shown && shown.step >= step && (closed || shown.running)) continue;
    await (moved ? engine.meeting(reference) : engine.refresh(reference));
    mended += 1;
  }
  for (const change of untold) {
    for (const reference of await casesOpen(database)) {
      alive();
      await engine.recalculate(reference, change);
    }
    await editTold(database, null, change);
    mended += 1;
  }
  for (const { reference, course } of await nextInLine(database, academicYearOf(londonDay(now)))) {
    await engine.recalculate(reference, `place ${course} ${now}`);
    mended += 1;
  }
  await sweepEnded(database, now);
  await removeForgotten(database, before(longestUnderway));
  await removePastViewers(database, now);
  await forgetSessions(database, now, before(sessionsKnown));
  return { compared: cases.length + meetings.length, mended, stuck: await engine.stuck() };
}
