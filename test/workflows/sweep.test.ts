// The sweep on the real engine: what fell behind the record is brought up to it, and nothing is decided by it.
import { Client } from 'pg';
import { mend } from '../../activities/mend';
import { addDays } from '../../domain/calendar';
import { moveMeeting } from '../../records/calendarEdits';
import { keepHistory } from '../support/histories';
import { startService, type Service } from '../support/service';
import { eventually, pause } from '../support/system';
import { at, tellerOf } from '../support/teller';

let service: Service;
let tell: ReturnType<typeof tellerOf>;

beforeAll(async () => {
  service = await startService({ engine: 'dev-server' });
  tell = tellerOf(service);
});
afterAll(() => service.stop());

const sweep = (): Promise<{ compared: number; mended: number; stuck: string[] }> =>
  service.client.workflow.execute('sweep', { taskQueue: service.taskQueue, workflowId: 'sweep', args: [] });

/** @returns how many rows it touched */
async function sql(statement: string): Promise<number> {
  const client = new Client({ connectionString: service.database.superuserUrl });
  await client.connect();
  const { rowCount } = await client.query(statement).finally(() => client.end());
  return rowCount ?? 0;
}

it('starts a case again whose workflow is gone, and the case goes on', async () => {
  const reference = await tell.submitted('tier-1-course');
  await service.client.workflow.getHandle(reference).terminate('as if it were lost');
  expect((await sweep()).mended).toBeGreaterThanOrEqual(1);
  await tell.does('cap.team', reference, 'checkPack', { result: 'complete' });
  expect(await service.standing(reference)).toEqual(await service.record(reference));
  await keepHistory(service.client, reference, 'tier-1-started-again');
});

it('finds a case that fell behind while no sweep ran for a day, and does not compare again what was compared', async () => {
  const reference = await tell.submitted('tier-1-course');
  await sweep();
  const told = await sql(`UPDATE cases SET updated = now() - interval '25 hours'`);
  expect(told).toBeGreaterThanOrEqual(1);
  const compared = (await sweep()).compared;
  await service.client.workflow.getHandle(reference).terminate('as if it were lost');
  // Compared already, and nothing happened since: no sweep looks at it again and again.
  expect(await sweep()).toMatchObject({ compared, mended: 0 });
  await sql(`UPDATE sweeps SET began = now() - interval '26 hours'`);
  const { compared: since, mended } = await sweep();
  expect({ since, mended }).toEqual({ since: compared + told, mended: 1 });
  await tell.does('cap.team', reference, 'checkPack', { result: 'complete' });
});

it('says for each case that it goes on: among ten thousand a sweep takes minutes', async () => {
  const deps = { database: service.records, engine: service.engine };
  let beats = 0;
  const { compared } = await mend(deps, new Date().toISOString(), () => (beats += 1));
  expect(compared).toBeGreaterThanOrEqual(1);
  expect(beats).toBe(compared);
});

it('leaves alone a case that is closed and shows it', async () => {
  const reference = await tell.submitted('tier-1-course');
  await tell.does('school.alder', reference, 'withdraw', {}, { reason: 'The family has moved.' });
  await service.ended(reference);
  await sweep();
  const runs = service.client.workflow.list({ query: `WorkflowId = "${reference}"` });
  let found = 0;
  for await (const run of runs) found += run.workflowId === reference ? 1 : 0;
  expect(found).toBe(1);
});

it('tells a case that its meeting moved, when nobody came to tell it', async () => {
  await service.cycle();
  const reference = await tell.checked('flourish');
  const { meeting } = at((await service.record(reference)).state, 'panel');
  const day = addDays(meeting?.day ?? '', -1);
  const moved = await moveMeeting(
    service.api,
    { person: 'cap.team', parties: ['cap'] },
    meeting?.id ?? '',
    { day, version: null },
    () => [],
  );
  expect(moved).toMatchObject({ meeting: { day } });
  await sweep();
  // The signal is taken before a query is answered.
  await service.standing(reference);
  expect(at((await service.record(reference)).state, 'panel').meeting?.day).toBe(day);
});

it('names the workflows whose tasks fail, in its result and in its details', async () => {
  expect((await sweep()).stuck).toEqual([]);
  const workflowId = 'stuck-for-good';
  await service.client.workflow.start('nonsense', { taskQueue: service.taskQueue, workflowId });
  // The server marks a workflow as stuck after five tasks that failed, the last of them nearly a minute after the first.
  while ((await sweep()).stuck.length === 0) await pause(1_000);
  expect((await sweep()).stuck).toEqual([workflowId]);
  const { currentDetails } = await service.client.workflow
    .getHandle('sweep')
    .query<{ currentDetails: string }>('__temporal_workflow_metadata');
  expect(currentDetails).toMatch(/1 stuck[^]*stuck-for-good/);
  await service.client.workflow.getHandle(workflowId).terminate('seen');
  await eventually(async () => expect((await sweep()).stuck).toEqual([]));
}, 180_000);
