// The schedule that starts the sweep. Made when a worker process starts; the test server knows no schedules.
import { ScheduleAlreadyRunning, ScheduleOverlapPolicy, type Client } from '@temporalio/client';
import { sweepId, workflowTypes } from '../temporal/names';

/** Sees that the sweep runs every five minutes, one at a time. Any number of workers may ask. @throws when Temporal refuses */
export async function keepSchedule(client: Client, taskQueue: string): Promise<void> {
  try {
    await client.schedule.create({
      scheduleId: sweepId,
      spec: { intervals: [{ every: '5m' }] },
      action: {
        type: 'startWorkflow',
        workflowType: workflowTypes.sweep,
        workflowId: sweepId,
        taskQueue,
        args: [],
        staticSummary: 'Sweep: record and workflows compared',
      },
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1m' },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
}
