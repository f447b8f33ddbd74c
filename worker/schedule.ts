// The schedules: the sweep, the files and the notices every few minutes, the morning once a day, retention and the proof of timelines once a night.
// Made when a worker process starts; the test server knows no schedules.
import { ScheduleAlreadyRunning, ScheduleOverlapPolicy, type Client, type ScheduleSpec } from '@temporalio/client';
import { filesId, morningId, noticesId, proofId, retentionId, sweepId, workflowTypes } from '../temporal/names';

/** Sees that every schedule runs, one run of each at a time. Any number of workers may ask. @throws when Temporal refuses */
export async function keepSchedules(client: Client, taskQueue: string): Promise<void> {
  const sweep = { type: workflowTypes.sweep, summary: 'Sweep: record and workflows compared', catchupWindow: '1m' } as const;
  await keep(client, taskQueue, sweepId, { ...sweep, spec: { intervals: [{ every: '5m' }] } });
  const files = {
    type: workflowTypes.files,
    summary: 'Files: quarantine and what is kept no longer',
    catchupWindow: '1m',
  } as const;
  await keep(client, taskQueue, filesId, { ...files, spec: { intervals: [{ every: '5m', offset: '2m' }] } });
  const notices = { type: workflowTypes.notices, summary: 'Notices: e-mails that cannot wait', catchupWindow: '1m' } as const;
  await keep(client, taskQueue, noticesId, { ...notices, spec: { intervals: [{ every: '5m', offset: '3m' }] } });
  // Six in the morning, UTC, is six or seven in London: before anybody's first lesson. Weekends and holidays say nothing.
  const morning = { type: workflowTypes.morning, summary: 'Morning: absences and registers', catchupWindow: '6h' } as const;
  await keep(client, taskQueue, morningId, { ...morning, spec: { calendars: [{ hour: 6 }] } });
  const retention = { type: workflowTypes.retention, summary: 'Retention: what is kept no longer', catchupWindow: '6h' } as const;
  await keep(client, taskQueue, retentionId, { ...retention, spec: { calendars: [{ hour: 2 }] } });
  const proof = { type: workflowTypes.proof, summary: 'Proof: timelines and their heads', catchupWindow: '6h' } as const;
  await keep(client, taskQueue, proofId, { ...proof, spec: { calendars: [{ hour: 3 }] } });
}

interface Scheduled {
  readonly type: string;
  readonly summary: string;
  readonly catchupWindow: '1m' | '6h';
  readonly spec: ScheduleSpec;
}

async function keep(
  client: Client,
  taskQueue: string,
  id: string,
  { type, summary, catchupWindow, spec }: Scheduled,
): Promise<void> {
  try {
    await client.schedule.create({
      scheduleId: id,
      spec,
      action: { type: 'startWorkflow', workflowType: type, workflowId: id, taskQueue, args: [], staticSummary: summary },
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
}
