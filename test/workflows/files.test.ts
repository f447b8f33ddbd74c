// The round of the files on the real engine: what waits is looked at, what is kept no longer is deleted, and it says when nobody can look (R101).
import { announceContent, addFile } from '../../records/files';
import { readPerson } from '../../records/people';
import { startClamd, type Clamd } from '../support/clamd';
import { startService, type Service } from '../support/service';

let service: Service;
let clamd: Clamd;
beforeAll(async () => {
  [service, clamd] = await Promise.all([startService({ engine: 'time-skipping' }), startClamd()]);
});
afterAll(() => Promise.all([service.stop(), clamd.stop()]));

async function round(): Promise<string> {
  const { client, taskQueue } = service;
  const handle = await client.workflow.start('files', { taskQueue, workflowId: 'files', args: [] });
  await service.ended('files');
  return (await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata')).currentDetails;
}

it('without clamd a file stays in quarantine, and the round says so; with it the next round finds it clean, and deletes what no file speaks of', async () => {
  const person = await readPerson(service.api, 'school.alder');
  if (!person) throw new Error('No sample person');
  const reference = await service.draft('flourish');
  const now = await service.now();
  const content = async function* () {
    yield Buffer.from('%PDF-1.4 A risk assessment.');
  };
  const [id, forgotten] = [await announceContent(service.api, person, now), await announceContent(service.api, person, now)];
  for (const each of [id, forgotten]) await service.files.files.keep(each, content(), 1_000);
  const row = { id, reference, kind: 'risk-assessment', name: 'a.pdf', type: 'application/pdf', size: 27 } as const;
  await addFile(service.api, person, { ...row, digest: 'a'.repeat(64), state: 'quarantined', step: null, replaces: null }, now);

  expect(await round()).toMatch(/^Looked at: 0\. In quarantine: 1\. Deleted: 1\.\n\n\*\*clamd does not answer/);
  expect([...(await service.files.kept()).keys()]).toEqual([id]);
  service.files.useClamd(clamd.address);
  expect(await round()).toBe('Looked at: 1. In quarantine: 0. Deleted: 0.');
});
