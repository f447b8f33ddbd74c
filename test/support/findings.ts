// Everything that the service leaves outside of Postgres, as text in which one can search for a child.
import { readFile } from 'node:fs/promises';
import type { Payload } from '@temporalio/common';
import { payloadCodec } from '../../temporal/codec';
import type { System } from './system';

/** Where something may be found that should not be there. */
export const places = [
  'the decoded histories',
  'what ops see of workflows: ids, search attributes, memos, summaries, details',
  'the log of the API',
  'the log of the worker',
  'the logs of Postgres and Temporal',
  "Temporal's file on disk",
  'the e-mails',
] as const;

export type Findings = Readonly<Record<(typeof places)[number], string>>;

export async function findings(system: System): Promise<Findings> {
  const { logs, mail, temporalFile } = system;
  const seen: string[] = [];
  const histories: string[] = [];
  for await (const { workflowId, runId, raw } of system.client.workflow.list()) {
    const handle = system.client.workflow.getHandle(workflowId, runId);
    seen.push(...(await textsIn(system, raw)), ...(await textsIn(system, (await handle.describe()).raw)));
    seen.push(JSON.stringify(await handle.query('__temporal_workflow_metadata').catch(() => 'no worker knows it')));
    histories.push(...(await textsIn(system, await handle.fetchHistory())));
  }
  const files = [temporalFile, `${temporalFile}-wal`].map((path) => readFile(path, 'utf8').catch(() => ''));
  const messages = await mail.messages();
  return {
    'the decoded histories': histories.join('\n'),
    'what ops see of workflows: ids, search attributes, memos, summaries, details': seen.join('\n'),
    'the log of the API': logs.api.join('\n'),
    'the log of the worker': logs.worker.join('\n'),
    'the logs of Postgres and Temporal': [...logs.postgres, ...logs.temporal].join('\n'),
    "Temporal's file on disk": (await Promise.all(files)).join('\n'),
    'the e-mails': [...(await mail.raw()), ...messages.map((message) => JSON.stringify(message))].join('\n'),
  };
}

/** Every text in something of Temporal's: strings, bytes, and payloads as they are and decoded. */
async function textsIn(system: System, value: unknown): Promise<string[]> {
  if (typeof value === 'string') return [value];
  if (ArrayBuffer.isView(value)) return [bytesAsText(value)];
  if (typeof value !== 'object' || value === null) return [];
  if ('metadata' in value && 'data' in value) {
    const decoded = await payloadCodec(system.keys).decode([value as Payload]);
    return [value as Payload, ...decoded].map(({ data }) => bytesAsText(Buffer.from(data ?? [])));
  }
  const inner = await Promise.all(Object.entries(value).map(async ([name, each]) => [name, ...(await textsIn(system, each))]));
  return inner.flat();
}

function bytesAsText({ buffer, byteOffset, byteLength }: ArrayBufferView): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('utf8');
}
