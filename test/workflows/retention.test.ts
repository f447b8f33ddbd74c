// The night on the real engine (A14): years pass in moments, and what is kept no longer is erased; drafts are told of, then deleted.
import { addDays, londonDay } from '../../domain/calendar';
import { readDraft } from '../../records/drafts';
import { readPerson } from '../../records/people';
import { verifyTimeline } from '../../records/timeline';
import { startService, type Service } from '../support/service';
import { tellerOf } from '../support/teller';

let service: Service;
let tell: ReturnType<typeof tellerOf>;
beforeAll(async () => {
  service = await startService({ engine: 'time-skipping' });
  tell = tellerOf(service);
});
afterAll(() => service.stop());

/** @returns what it shows once it has ended. By looking: whoever awaits its result lets the test server skip to the timers of cases. */
async function night(): Promise<string> {
  const { client, taskQueue } = service;
  const handle = await client.workflow.start('retention', { taskQueue, workflowId: 'retention', args: [] });
  await service.ended('retention');
  return (await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata')).currentDetails;
}

it('tells a school of a draft by reference and link alone, and deletes it two weeks later; it erases a case once its day has come', async () => {
  const reference = await tell.checked('flourish');
  await service.give('school.alder', reference, 'withdraw', {}, { reason: 'Another way was found.' });
  await service.ended(reference);
  const begun = await service.draft('flourish');
  const today = await service.today();
  expect(await night()).toMatch(/told of: 0\. Drafts deleted: 0\. Cases erased: 0, held: 0\./);

  await service.until(addDays(today, 77));
  expect(await night()).toMatch(/told of: 1\. Drafts deleted: 0\./);
  expect(await night()).toMatch(/told of: 0\. Drafts deleted: 0\./);
  const told = (await service.messages()).filter(({ subject }) => subject.includes('draft to be deleted'));
  expect(told).toHaveLength(1);
  expect(told[0]?.subject).toBe(`${begun}: draft to be deleted`);
  expect(told[0]?.text).toContain(`http://cap.example/cases/${begun}`);
  expect(told[0]?.text).not.toMatch(/Sample Student/);
  await service.until(addDays(today, 92));
  expect(await night()).toMatch(/told of: 0\. Drafts deleted: 1\./);
  const school = await readPerson(service.api, 'school.alder');
  expect(school && (await readDraft(service.api, school, begun))).toBeNull();

  // Fourteen years old now: in twelve years the 25th birthday is over.
  await service.until(addDays(londonDay(await service.now()), 12 * 366));
  expect(await night()).toMatch(/Cases erased: 1, held: 0\. Students erased: 2\./);
  expect(await night()).toMatch(/Cases erased: 0, held: 0\. Students erased: 0\./);
  expect((await service.record(reference)).state.position).toMatchObject({ stage: 'closed', erased: true });
  expect(await verifyTimeline(service.api, { person: 'auditor', parties: ['audit'] }, reference)).toMatchObject({ intact: true });
});
