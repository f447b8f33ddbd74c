// The morning on the real engine: schools hear of absences, hosts of registers to mark, CAP of what stays unmarked (A5, R97).
import { addDays, type IsoDate } from '../../domain/calendar';
import { expectedHalves } from '../../domain/attendance';
import { calendarNow } from '../../records/morning';
import { saveMarks } from '../../records/registers';
import { keepHistory } from '../support/histories';
import { startService, type Service } from '../support/service';
import { tellerOf } from '../support/teller';

let service: Service;
let tell: ReturnType<typeof tellerOf>;
let reference: string;
/** Days on which the student is expected, from the start on. */
let expected: IsoDate[];

beforeAll(async () => {
  service = await startService({ engine: 'time-skipping' });
  tell = tellerOf(service);
  reference = await tell.checked('tier-1-course');
  await tell.accepted(reference, { send: false });
  await tell.started(reference, addDays(await service.today(), 3));
  const { state } = await service.record(reference);
  const { calendar } = await calendarNow(service.records);
  const start = 'start' in state.position ? (state.position.start ?? '') : '';
  expected = Array.from({ length: 28 }, (_, day) => addDays(start, day)).filter(
    (day) => expectedHalves(state, day, calendar).length > 0,
  );
});
afterAll(() => service.stop());

/** @returns what it shows once it has ended. By looking: whoever awaits its result lets the test server skip to the timers of the case. */
async function morning(): Promise<string> {
  const { client, taskQueue } = service;
  const handle = await client.workflow.start('morning', { taskQueue, workflowId: 'morning', args: [] });
  await service.ended('morning');
  return (await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata')).currentDetails;
}
const subjects = async () =>
  (await service.messages())
    .filter(({ subject }) => subject.startsWith('REG-'))
    .map(({ subject, to }) => [subject.slice(16), to]);
const mark = (day: IsoDate, as: 'present' | 'absent') =>
  saveMarks(
    service.api,
    { person: 'provider.one', parties: ['provider:TP-ONE'] },
    { day, at: `${day}T15:00:00.000Z`, given: (['am', 'pm'] as const).map((half) => ({ case: reference, half, mark: as })) },
    () => null,
  );

it('tells the school of an absence once, by the next working morning, without a name', async () => {
  const [day = ''] = expected;
  await service.until(day);
  expect(await mark(day, 'absent')).toBeNull();
  await service.until(addDays(day, 1));
  expect(await morning()).toMatch(/absences: 1\. .*to mark: 0\./);
  await keepHistory(service.client, 'morning', 'morning-told');
  expect(await morning()).toMatch(/absences: 0\./);
  const told = (await service.messages()).filter(({ subject }) => subject.includes('absences recorded'));
  expect(told).toHaveLength(1);
  expect(told[0]?.text).toMatch(/A student of your school was absent[^]*http:\/\/cap.example\/registers\/REG-/);
});

it('reminds the host of a register that is not marked, and two days later tells CAP', async () => {
  const [, day = ''] = expected;
  await service.until(addDays(day, 1));
  expect(await morning()).toMatch(/to mark: 1\. .*the day before: 0\./);
  await service.until(addDays(day, 2));
  expect(await morning()).toMatch(/to mark: 0\. .*the day before: 1\./);
  const found = await subjects();
  expect(found.map(([subject]) => subject)).toEqual(expect.arrayContaining(['register to mark', 'registers still unmarked']));
});
