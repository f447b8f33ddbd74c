// Histories of cases, kept to be replayed by every later release. `UPDATE_HISTORIES=1 npm test` writes them anew.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyFromJSON, historyToJSON } from '@temporalio/common/lib/proto-utils';
import type { Client } from '@temporalio/client';
import { projectRoot } from '../../config';

const folder = join(projectRoot, 'test', 'histories');
const updating = process.env['UPDATE_HISTORIES'] === '1';

/** Keeps every run of a case under the name of its branch, when asked to. */
export async function keepHistory(client: Client, reference: string, branch: string): Promise<void> {
  if (!updating) return;
  mkdirSync(folder, { recursive: true });
  let runId: string | undefined = (await firstRun(client, reference)) ?? undefined;
  for (let run = 1; runId !== undefined; run++) {
    const history = await client.workflow.getHandle(reference, runId).fetchHistory();
    const kept = { workflowId: reference, ...(JSON.parse(historyToJSON(history)) as object) };
    writeFileSync(join(folder, `${branch}.run-${String(run)}.json`), `${JSON.stringify(kept, null, 2)}\n`);
    const last = history.events?.at(-1);
    runId = last?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId ?? undefined;
  }
}

async function firstRun(client: Client, reference: string): Promise<string | null | undefined> {
  const { events } = await client.workflow.getHandle(reference).fetchHistory();
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
