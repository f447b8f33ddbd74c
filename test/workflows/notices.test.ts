// The round of the notices on the real engine: CAP hears of an account that is asked for, once, by an e-mail that names nobody (A21, A16).
import { askForAccount } from '../../records/accountRequests';
import { startService, type Service } from '../support/service';

let service: Service;
beforeAll(async () => (service = await startService({ engine: 'time-skipping' })));
afterAll(() => service.stop());

async function round(): Promise<string> {
  const { client, taskQueue } = service;
  const handle = await client.workflow.start('notices', { taskQueue, workflowId: 'notices', args: [] });
  await service.ended('notices');
  return (await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata')).currentDetails;
}

it('tells CAP of an account that a school asks for, once, with a link and without a name', async () => {
  const asked = {
    kind: 'give',
    party: 'school:SCH-A',
    name: 'Nadia New-Sample',
    email: 'nadia@example.test',
    why: 'Joins.',
  } as const;
  const actor = { person: 'school.alder', parties: ['school:SCH-A'] } as const;
  const made = await askForAccount(service.api, actor, asked, await service.now(), () => null);
  expect(await round()).toBe('E-mails to send: 1.');
  expect(await round()).toBe('E-mails to send: 0.');
  const [told, ...more] = (await service.messages()).filter(({ subject }) => subject.startsWith('ACC-'));
  expect(more).toEqual([]);
  expect(told).toMatchObject({ subject: `${made?.id ?? ''}: account of a colleague: asked for`, to: ['cap@example.test'] });
  expect(told?.text).toContain(`/account-requests/${made?.id ?? ''}`);
  expect(told?.text).not.toMatch(/Nadia|nadia/);
});
