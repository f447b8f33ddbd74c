// Histories of cases, all their runs together, and what is counted in them.
import type { Client } from '@temporalio/client';
import { pause } from './pause';

/** How many events of each type, as in `timerStarted`. */
export type Tally = Readonly<Record<string, number>>;

export interface CaseHistory {
  readonly runs: number;
  readonly tally: Tally;
  /** How many events each update led to, by its name: from one that was accepted to the next. */
  readonly byUpdate: Readonly<Record<string, number>>;
}

/** @returns the events of all runs of a case that has ended */
export async function historyOf(client: Client, workflowId: string): Promise<CaseHistory> {
  const tally: Record<string, number> = {};
  const byUpdate: Record<string, number> = {};
  let update = '';
  let runs = 0;
  for (let run = await firstRun(client, workflowId); run; runs += 1) {
    const { events } = await client.workflow.getHandle(workflowId, run).fetchHistory();
    for (const { attributes, workflowExecutionUpdateAcceptedEventAttributes: accepted } of events ?? []) {
      update = accepted?.acceptedRequest?.input?.name ?? update;
      byUpdate[update] = (byUpdate[update] ?? 0) + 1;
      const type = (attributes ?? 'unknown').replace(/EventAttributes$/, '');
      tally[type] = (tally[type] ?? 0) + 1;
    }
    run = events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
  }
  return { runs, tally, byUpdate };
}

async function firstRun(client: Client, workflowId: string): Promise<string | null | undefined> {
  const { raw } = await client.workflow.getHandle(workflowId).describe();
  return raw.workflowExecutionInfo?.firstRunId;
}

/** Settles once nothing of the workflow is under way: no activity, and no task of its own. */
export async function quiescent(client: Client, workflowId: string): Promise<void> {
  let seen = '';
  for (;;) {
    await pause(20);
    const { raw, runId, historyLength } = await client.workflow.getHandle(workflowId).describe();
    // The first task of a new run is put off by the server where the run before it lasted less than a second: it is owed until then.
    const hasBegun = historyLength > 1;
    const isQuiet = hasBegun && (raw.pendingActivities?.length ?? 0) === 0 && !raw.pendingWorkflowTask;
    // Twice the same: between what a run does first and what comes of it nothing is under way either, for a moment.
    const now = `${runId} ${String(historyLength)}`;
    if (isQuiet && now === seen) return;
    seen = isQuiet ? now : '';
  }
}
