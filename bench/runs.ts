// The runs of a workflow, as both clients wait for them.
import { WorkflowContinuedAsNewError, type Client } from '@temporalio/client';

/** Settles once the run that is current now has gone on in a new one. Ask before the decision that leads to it. */
export async function runEnd(client: Client, workflowId: string): Promise<void> {
  try {
    await client.workflow.getHandle(workflowId, undefined, { followRuns: false }).result();
  } catch (error) {
    if (!(error instanceof WorkflowContinuedAsNewError)) throw error;
  }
}

/** Settles once the workflow has ended. */
export async function caseEnd(client: Client, workflowId: string): Promise<void> {
  await client.workflow.getHandle(workflowId).result();
}
