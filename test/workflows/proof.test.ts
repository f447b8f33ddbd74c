// The proof of a night on the real engine: it is signed, what does not hold is told to ops and auditors without a child's name, and ops see it in the Web UI.
import { rewriteTimeline } from '../support/forge';
import { startService, type Service } from '../support/service';
import { tellerOf } from '../support/teller';

let service: Service;
let tell: ReturnType<typeof tellerOf>;
beforeAll(async () => {
  service = await startService({ engine: 'dev-server' });
  tell = tellerOf(service);
});
afterAll(() => service.stop());

async function night() {
  const { client, taskQueue } = service;
  const handle = await client.workflow.start('proof', { taskQueue, workflowId: 'proof', args: [] });
  const result = (await handle.result()) as { timelines: number; alarms: number; signed: boolean };
  const { currentDetails } = await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata');
  return { ...result, currentDetails };
}

it('signs the heads of cases and meetings; what was written anew since is an alarm, in its details and by e-mail', async () => {
  await service.cycle();
  const reference = await tell.checked('flourish');
  const first = await night();
  expect(first).toMatchObject({ alarms: 0, signed: true });
  expect(first.currentDetails).toMatch(/^Timelines proved: \d+, with \d+ entries\.$/);
  expect(await service.nights.kept(await service.today())).toContain(`\n${reference} 2 `);

  await rewriteTimeline(service.database.superuserUrl, reference);
  const second = await night();
  expect(second).toMatchObject({ alarms: 1, signed: false });
  expect(second.currentDetails).toContain('**Not as they were written: 1.');
  expect(second.currentDetails).not.toContain(reference);
  const told = (await service.messages()).filter(({ subject }) => subject.includes('timelines that do not hold'));
  expect(told).toHaveLength(2);
  const link = `http://cap.example/nights/NIGHT-${await service.today()}`;
  for (const { text } of told) expect([text, text.includes('Sample')]).toEqual([expect.stringContaining(link), false]);
});
