// What the rest of the service asks of Temporal: tell a case a command, begin one, wake one that is behind, start a meeting.
import {
  WithStartWorkflowOperation,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  type Client,
} from '@temporalio/client';
import { ApplicationFailure, type Workflow } from '@temporalio/common';
import { isMeetingId } from '../domain/calendar';
import type { AnyCommandKind } from '../domain/commands';
import type { Refusal } from '../domain/state';
import { programmeCodes } from '../domain/programmes';
import { EngineAway, EngineTimeout, withDeadline } from './client';
import { pageMemo, searchAttributes, workflowIdOf, workflowTypes } from './names';
import { stuckQuery } from './searches';

/** What a case answered to a command. */
export interface CaseReply {
  readonly result: 'recorded' | 'refused';
  readonly refusal: Refusal | null;
  readonly step: number;
}

/** Which command a case is told, by its id. The attempt is the id of the Update: a key that begins afresh has another one. */
export interface ToldCommand {
  readonly command: string;
  readonly attempt: string;
}

export interface Engine {
  /**
   * Begins a case with its submission, in one call: update-with-start. Asking again with the same attempt does nothing twice.
   * @throws EngineTimeout, EngineAway: try again with the same key
   */
  submit(reference: string, told: ToldCommand): Promise<CaseReply>;
  /**
   * Tells a case, or a meeting, a command whose row is written. One whose workflow is missing is started from its record first.
   * @param step the step that the person had read
   * @throws EngineTimeout, EngineAway: try again with the same key
   */
  tell(reference: string, kind: AnyCommandKind, told: ToldCommand, step: number): Promise<CaseReply>;
  /** Wakes a case, or a meeting, so that it takes over its record; starts it from its record when there is no workflow. */
  refresh(reference: string): Promise<void>;
  /** Tells a case that its meeting moved or the calendar changed. @param change names the change: told twice it counts once */
  recalculate(reference: string, change: string): Promise<void>;
  /** Starts the workflow of a meeting, or tells the one that runs that the calendar may have moved it. */
  meeting(id: string): Promise<void>;
  /** The ids of workflows whose tasks fail or run out of time again and again, a hundred at most. */
  stuck(): Promise<string[]>;
  /** The step that a workflow shows, and whether it runs; null when there is none. */
  shown(workflowId: string): Promise<{ readonly step: number; readonly running: boolean } | null>;
  /** @throws EngineAway when Temporal cannot be reached */
  ping(): Promise<void>;
}

interface Queue {
  readonly taskQueue: string;
  /** Milliseconds that a call may take. */
  readonly patience: number;
  /** Where people reach the service: from a case in the Web UI to its page. */
  readonly publicUrl: string;
}

const MOST_STUCK = 100;

/** The engine behind a client. */
export function engine(client: Client, { taskQueue, patience, publicUrl }: Queue): Engine {
  const within = <T>(work: () => Promise<T>) => withDeadline(client, patience, work);
  const typeOf = (reference: string) => (isMeetingId(reference) ? workflowTypes.meeting : workflowTypes.application);
  const startOptions = (reference: string) => ({
    workflowId: workflowIdOf(reference),
    taskQueue,
    args: [],
    // Unlike details, it goes on into later runs.
    memo: { [pageMemo]: `${publicUrl}/${isMeetingId(reference) ? 'meetings' : 'cases'}/${reference}` },
    ...(isMeetingId(reference)
      ? { staticSummary: `Panel meeting ${reference}` }
      : {
          staticSummary: `Application ${reference}`,
          staticDetails: `One of: ${programmeCodes.join(', ')}. Names and answers are in the record only.`,
        }),
    workflowIdReusePolicy: 'ALLOW_DUPLICATE' as const,
    workflowIdConflictPolicy: 'USE_EXISTING' as const,
  });
  const start = (reference: string) => client.workflow.start(typeOf(reference), startOptions(reference));

  /**
   * Asks a case, and once more when no answer comes: it may be that the run under its reference is not ours, which is then ended, or that none
   * is there, which is then started.
   */
  async function ask(reference: string, question: () => Promise<CaseReply>): Promise<CaseReply> {
    try {
      return await withDeadline(client, patience / 3, () => answered(question));
    } catch (error) {
      if (error instanceof EngineAway) throw error;
      return within(async () => {
        await endForeign(workflowIdOf(reference), typeOf(reference));
        return answered(question);
      });
    }
  }

  async function orStart(reference: string, work: () => Promise<CaseReply>): Promise<CaseReply> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
      await start(reference);
      return work();
    }
  }

  /** Ends a run that stands in the way under an id of ours: of another type, or at a queue where we do not work. */
  async function endForeign(workflowId: string, type: string): Promise<void> {
    const run = await orNull(() => client.workflow.getHandle(workflowId).describe());
    if (run?.status.name !== 'RUNNING') return;
    if (run.type === type && run.taskQueue === taskQueue) return;
    await orNull(() =>
      client.workflow.getHandle(workflowId, run.runId).terminate('Not started by CAP Casework, under one of its ids'),
    );
  }

  return {
    submit: (reference, { command, attempt }) =>
      ask(reference, () =>
        client.workflow.executeUpdateWithStart<Workflow, CaseReply, [unknown]>('submit', {
          updateId: attempt,
          args: [{ command, step: 0 }],
          startWorkflowOperation: new WithStartWorkflowOperation(workflowTypes.application, startOptions(reference)),
        }),
      ),
    tell: (reference, kind, { command, attempt }, step) =>
      ask(reference, () =>
        orStart(reference, () =>
          client.workflow
            .getHandle(workflowIdOf(reference))
            .executeUpdate<CaseReply, [unknown]>(kind, { updateId: attempt, args: [{ command, step }] }),
        ),
      ),
    refresh: (reference) =>
      within(async () => {
        await endForeign(workflowIdOf(reference), typeOf(reference));
        await client.workflow.signalWithStart(typeOf(reference), {
          ...startOptions(reference),
          signal: 'refresh',
          signalArgs: [],
        });
      }),
    recalculate: (reference, change) =>
      within(async () => {
        await client.workflow.signalWithStart(workflowTypes.application, {
          ...startOptions(reference),
          signal: 'recalculate',
          signalArgs: [change],
        });
      }),
    meeting: (id) =>
      within(async () => {
        await endForeign(workflowIdOf(id), workflowTypes.meeting);
        await client.workflow.signalWithStart(workflowTypes.meeting, { ...startOptions(id), signal: 'moved', signalArgs: [] });
      }),
    shown: (workflowId) =>
      within(async () => {
        const run = await orNull(() => client.workflow.getHandle(workflowId).describe());
        return run && { step: run.typedSearchAttributes.get(searchAttributes.step) ?? 0, running: run.status.name === 'RUNNING' };
      }),
    stuck: () =>
      within(async () => {
        const found: string[] = [];
        for await (const { workflowId } of client.workflow.list({ query: stuckQuery, pageSize: MOST_STUCK })) {
          found.push(workflowId);
          if (found.length === MOST_STUCK) break;
        }
        return found;
      }),
    ping: () =>
      within(async () => {
        await client.workflowService.getSystemInfo({});
      }),
  };
}

/** @returns null where there is no such workflow */
async function orNull<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}

/** A validator's refusal is an answer like any other. */
async function answered(work: () => Promise<CaseReply>): Promise<CaseReply> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) {
      throw new EngineTimeout('The engine did not answer in time: try again with the same key', { cause: error });
    }
    const refusal = error instanceof WorkflowUpdateFailedError ? refusalIn(error.cause) : null;
    if (refusal) return { result: 'refused', refusal, step: 0 };
    throw error;
  }
}

function refusalIn(cause: unknown): Refusal | null {
  return cause instanceof ApplicationFailure && cause.type === 'Refused'
    ? ((cause.details?.[0] as Refusal | undefined) ?? null)
    : null;
}
