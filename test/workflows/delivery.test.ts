// E-mails of a step go out together, and what one of them meets is no matter of the others.
import { Client as PostgresClient } from 'pg';
import { startService, type Service } from '../support/service';
import { tellerOf } from '../support/teller';

let service: Service;
let tell: ReturnType<typeof tellerOf>;

beforeAll(async () => {
  service = await startService({ engine: 'time-skipping' });
  tell = tellerOf(service);
});
afterAll(() => service.stop());

async function sql<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new PostgresClient({ connectionString: service.database.superuserUrl });
  await client.connect();
  const { rows } = await client.query<Row & Record<string, unknown>>(text, values).finally(() => client.end());
  return rows;
}

/** Whether CAP's team can be written to. */
async function capHasAnAddress(has: boolean): Promise<void> {
  if (has) await sql(`INSERT INTO team_mailboxes VALUES ('cap', 'cap@example.test') ON CONFLICT DO NOTHING`);
  else await sql(`DELETE FROM team_mailboxes WHERE party = 'cap'`);
  await sql(`UPDATE people SET active = $1 WHERE id IN (SELECT person FROM grants WHERE party = 'cap')`, [has]);
}

const statusesOf = (reference: string) =>
  sql<{ id: string; status: string }>('SELECT id, status FROM emails WHERE reference = $1 AND step = 1', [reference]);

const hours = (count: number) => count * 60 * 60 * 1000;

it('the e-mails of a step are one activity', async () => {
  const reference = await tell.submitted('tier-1-course');
  await service.delivered(reference);
  const { events } = await service.client.workflow.getHandle(reference).fetchHistory();
  expect(events?.filter((event) => event.activityTaskScheduledEventAttributes)).toHaveLength(1);
  const { length } = await statusesOf(reference);
  expect(length).toBeGreaterThan(1);
  expect((await service.messages()).filter(({ messageId }) => messageId?.includes(reference))).toHaveLength(length);
});

it('one that cannot go neither holds up the others nor sends them twice, and goes when it can', async () => {
  await capHasAnAddress(false);
  const reference = await tell.submitted('tier-1-course');
  await service.sleep(hours(3));
  const idsTo = async (party: string) =>
    (await service.messages()).flatMap(({ messageId }) =>
      messageId?.includes(reference) && messageId.includes(`.${party}@`) ? [messageId] : [],
    );
  expect([await idsTo('school-SCH-A'), await idsTo('cap')]).toEqual([[expect.stringContaining('application-received')], []]);
  await capHasAnAddress(true);
  await service.sleep(hours(1));
  expect(await idsTo('school-SCH-A')).toHaveLength(1);
  const toCap = (await statusesOf(reference)).filter(({ id }) => id.endsWith('.cap'));
  expect((await idsTo('cap')).sort()).toEqual(toCap.map(({ id }) => `<${id}@cap.example>`).sort());
});

it('one that could not go within a day is recorded as not delivered, and it alone', async () => {
  await capHasAnAddress(false);
  const reference = await tell.submitted('tier-1-course');
  await service.sleep(hours(23));
  const statuses = async () => {
    const emails = await statusesOf(reference);
    const to = (party: string) => [...new Set(emails.flatMap(({ id, status }) => (id.endsWith(party) ? [status] : [])))];
    return { school: to('.school-SCH-A'), cap: to('.cap') };
  };
  expect(await statuses()).toEqual({ school: ['sent'], cap: ['due'] });
  await service.sleep(hours(2));
  expect(await statuses()).toEqual({ school: ['sent'], cap: ['undelivered'] });
  await capHasAnAddress(true);
});
