// Takes a bare case from beginning to end: an update-with-start, then one update a step.
import { Client, Connection, WithStartWorkflowOperation } from '@temporalio/client';
import type { Workflow } from '@temporalio/common';
import type { BareInput, BareShape } from './bareWorkflow';
import { caseEnd, runEnd } from './runs';

export interface BareReach {
  readonly temporalAddress: string;
  readonly taskQueue: string;
  readonly shape: BareShape;
}

export function openBare({ temporalAddress, taskQueue, shape }: BareReach) {
  const connection = Connection.lazy({ address: temporalAddress });
  const client = new Client({ connection });
  const input: BareInput = { shape, step: 0 };
  const told = (workflowId: string, step: number) => ({
    updateId: `${workflowId}.${step}`,
    args: [{ command: `${workflowId}.${step}`, step }] as [unknown],
  });

  return {
    /** @param between what is waited for after each step */
    whole: async (workflowId: string, between: (workflowId: string) => Promise<void> = atOnce): Promise<void> => {
      await client.workflow.executeUpdateWithStart<Workflow, unknown, [unknown]>('next', {
        ...told(workflowId, 0),
        startWorkflowOperation: new WithStartWorkflowOperation('bare', {
          workflowId,
          taskQueue,
          args: [input],
          staticSummary: `Bare ${workflowId}`,
          staticDetails: 'A workflow of the benchmark. Nothing comes of it.',
          workflowIdConflictPolicy: 'USE_EXISTING',
        }),
      });
      await between(workflowId);
      const handle = client.workflow.getHandle(workflowId);
      for (let step = 1; step < shape.deliveries.length; step += 1) {
        const newRun = step + 1 === shape.newRunAfter ? runEnd(client, workflowId) : null;
        await handle.executeUpdate<unknown, [unknown]>('next', told(workflowId, step));
        await newRun;
        await between(workflowId);
      }
      await caseEnd(client, workflowId);
    },
    close: () => connection.close(),
  };
}

const atOnce = () => Promise.resolve();
