// What the record, the timeline and the workflow of a case say, and whether they say the same.
import { caseMachine } from '../../domain/case';
import { afterStep } from '../../domain/machine';
import type { CaseState, Event, Wait } from '../../domain/state';
import { verifyTimeline } from '../../records/timeline';
import { openDatabase } from '../../records/database';
import { payloadCodec } from '../../temporal/codec';
import { eventually, type System } from './system';

/** A case by its rows. */
export interface CaseRows {
  readonly state: CaseState;
  readonly waits: readonly Wait[];
  /** What its timeline comes to, event by event. */
  readonly retold: CaseState | null;
  /** The kinds of what happened, in order. */
  readonly happened: readonly string[];
  /** The commands that people gave and that are in the timeline, in order, as often as they made a step. */
  readonly decisions: readonly string[];
  readonly emails: readonly { readonly id: string; readonly status: string }[];
}

/** Reads a case's rows as the worker does. */
export async function rowsOf({ sql }: System, reference: string): Promise<CaseRows> {
  const [row] = await sql<{ state: CaseState; waits: Wait[] }>('worker', 'SELECT state, waits FROM cases WHERE reference = $1', [
    reference,
  ]);
  if (!row) throw new Error(`There is no case ${reference}`);
  const entries = await sql<{ step: number; command: string; source: string; kind: string; at: Date; event: object }>(
    'worker',
    `SELECT timeline.step, command, source, timeline.kind, at, event FROM timeline JOIN commands ON commands.id = command
     WHERE timeline.reference = $1 ORDER BY step, seq`,
    [reference],
  );
  const emails = await sql<CaseRows['emails'][number]>(
    'worker',
    'SELECT id, status FROM emails WHERE reference = $1 ORDER BY id',
    [reference],
  );
  const numbers = [...new Set(entries.map(({ step }) => step))];
  const steps = numbers.map((number) => entries.filter(({ step }) => step === number));
  const eventsOf = (step: typeof entries) =>
    step.map(({ kind, at, event }) => ({ ...event, kind, at: at.toISOString() }) as unknown as Event);
  return {
    ...row,
    retold: steps.reduce<CaseState | null>((state, step) => afterStep(caseMachine, state, eventsOf(step)), null),
    happened: entries.map(({ kind }) => kind),
    decisions: steps.flatMap(([first]) => (first && first.source !== 'system' ? [first.command] : [])),
    emails,
  };
}

/** The case as its workflow sees it. */
export function standing({ client }: System, reference: string): Promise<{ state: CaseState; waits: Wait[] } | null> {
  return client.workflow.getHandle(reference).query('standing');
}

/** Why tasks of its workflow failed, in its latest run: a case of which they fail is stuck. */
export async function taskFailures({ client, keys }: System, reference: string): Promise<unknown[]> {
  const { events } = await client.workflow.getHandle(reference).fetchHistory();
  const failures = (events ?? []).flatMap(({ workflowTaskFailedEventAttributes: failed }) => failed?.failure ?? []);
  return payloadCodec(keys)
    .decode(failures.flatMap(({ encodedAttributes }) => encodedAttributes ?? []))
    .then((decoded) => decoded.map(({ data }) => Buffer.from(data ?? []).toString()));
}

/** The Message-IDs under which e-mails of a case came, one for each copy. */
async function messageIds({ mail }: System, reference: string): Promise<string[]> {
  const messages = await mail.messages();
  return messages.flatMap(({ messageId }) => (messageId?.startsWith(`<${reference}.`) ? [messageId] : [])).sort();
}

/**
 * Expects that record, timeline and workflow come to say the same, that the timeline proves itself, that these decisions are in it once each and
 * no other, and that each e-mail of it came under one Message-ID.
 * @param commands the ids of the decisions, in the order in which they were taken
 * @returns the rows
 */
export async function expectAgreement(
  system: System,
  reference: string,
  commands: readonly string[],
  { copies = 'one' }: { readonly copies?: 'one' | 'one or more' } = {},
): Promise<CaseRows> {
  const rows = await eventually(async () => {
    const read = await rowsOf(system, reference);
    expect(await taskFailures(system, reference)).toEqual([]);
    expect(await standing(system, reference)).toEqual({ state: read.state, waits: read.waits });
    expect(read.emails.filter(({ status }) => status !== 'sent')).toEqual([]);
    return read;
  });
  expect(rows.retold).toEqual(rows.state);
  expect(rows.decisions).toEqual(commands);
  const came = await messageIds(system, reference);
  expect(copies === 'one' ? came : [...new Set(came)]).toEqual(rows.emails.map(({ id }) => `<${id}@localhost>`).sort());
  expect(await proof(system, reference)).toMatchObject({ intact: true, entries: rows.happened.length });
  return rows;
}

async function proof({ urls }: System, reference: string) {
  const database = openDatabase(urls.api, { connections: 1 });
  try {
    return await verifyTimeline(database, { person: 'cap.team', parties: ['cap'] }, reference);
  } finally {
    await database.close();
  }
}
