// Histories of cases and meetings, kept to be replayed by every later release. `UPDATE_HISTORIES=1 npm test` adds those of new branches; what is
// kept is never recorded anew: cases that run began like that.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyFromJSON, historyToJSON } from '@temporalio/common/lib/proto-utils';
import type { Client } from '@temporalio/client';
import { projectRoot } from '../../config';

const folder = join(projectRoot, 'test', 'histories');
const updating = process.env['UPDATE_HISTORIES'] === '1';

/** Keeps every run of a workflow under the name of its branch, when asked to and none is kept. */
export async function keepHistory(client: Client, workflowId: string, branch: string): Promise<void> {
  if (!updating || existsSync(fileOf(branch, 1))) return;
  mkdirSync(folder, { recursive: true });
  let runId: string | undefined = (await firstRun(client, workflowId)) ?? undefined;
  for (let run = 1; runId !== undefined; run++) {
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    const kept = { workflowId, ...(JSON.parse(historyToJSON(history)) as object) };
    writeFileSync(fileOf(branch, run), `${JSON.stringify(kept, null, 2)}\n`);
    const last = history.events?.at(-1);
    runId = last?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId ?? undefined;
  }
}

const fileOf = (branch: string, run: number) => join(folder, `${branch}.run-${String(run)}.json`);

async function firstRun(client: Client, workflowId: string): Promise<string | null | undefined> {
  const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
  return events?.[0]?.workflowExecutionStartedEventAttributes?.firstExecutionRunId;
}

export interface KeptHistory {
  /** The name of its file. */
  readonly name: string;
  /** Payloads are bound to the workflow, so that it is replayed under the id that it had. */
  readonly workflowId: string;
  readonly runId: string;
  readonly history: unknown;
}

/** @returns every kept history */
export function keptHistories(): KeptHistory[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => {
      const { workflowId, ...kept } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { readonly workflowId: string };
      const history = historyFromJSON(kept);
      const { originalExecutionRunId } = history.events?.[0]?.workflowExecutionStartedEventAttributes ?? {};
      return { name, workflowId, runId: originalExecutionRunId ?? '', history };
    });
}
