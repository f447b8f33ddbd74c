// E-mails of a step go out together, and what one of them meets is no matter of the others.
import { Client as PostgresClient } from 'pg';
import { keepHistory } from '../support/histories';
import { schoolDayAfter } from '../support/schoolDays';
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

/** The e-mails of the latest step, by the party to whom they go. */
async function emailsOf(reference: string): Promise<Record<string, string>> {
  const rows = await sql<{ party: string; status: string }>(
    'SELECT party, status FROM emails WHERE reference = $1 AND step = (SELECT max(step) FROM emails WHERE reference = $1)',
    [reference],
  );
  return Object.fromEntries(rows.map(({ party, status }) => [party, status]));
}

/** A Flourish case that its panel has just approved: the school is told, and CAP is to send the pack. */
async function approved(): Promise<string> {
  await service.cycle();
  const reference = await tell.checked('flourish');
  await tell.onMeetingDay(reference);
  await service.delivered(reference);
  return reference;
}
const approve = (reference: string) =>
  tell.does('chair.review', reference, 'panelDecision', { outcome: 'approve' }, { reasons: 'All is well.' });

const copiesTo = async (reference: string, address: string): Promise<number> =>
  (await service.messages()).filter(
    ({ messageId, to }) => messageId?.includes(`${reference}.3.`) && JSON.stringify(to).includes(address),
  ).length;

const hours = (count: number) => count * 60 * 60 * 1000;
const [school, cap] = ['sch-a@example.test', 'cap@example.test'];

it('the e-mails of a step are one activity', async () => {
  const reference = await approved();
  const deliveries = async () => {
    const { events } = await service.client.workflow.getHandle(reference).fetchHistory();
    return (events ?? []).filter((event) => event.activityTaskScheduledEventAttributes).length;
  };
  const before = await deliveries();
  await approve(reference);
  await service.delivered(reference);
  expect(await emailsOf(reference)).toEqual({ 'school:SCH-A': 'sent', cap: 'sent' });
  expect(await deliveries()).toBe(before + 1);
});

it('one that cannot go neither holds up the others nor sends them twice, and goes when it can', async () => {
  const reference = await approved();
  await capHasAnAddress(false);
  await approve(reference);
  await service.sleep(hours(3));
  expect(await emailsOf(reference)).toEqual({ 'school:SCH-A': 'sent', cap: 'due' });
  await capHasAnAddress(true);
  await service.sleep(hours(1));
  expect(await emailsOf(reference)).toEqual({ 'school:SCH-A': 'sent', cap: 'sent' });
  expect([await copiesTo(reference, school), await copiesTo(reference, cap)]).toEqual([1, 1]);
});

it('one that could not go within a day is recorded as not delivered, and it alone', async () => {
  const reference = await approved();
  await capHasAnAddress(false);
  await approve(reference);
  await service.sleep(hours(23));
  expect(await emailsOf(reference)).toEqual({ 'school:SCH-A': 'sent', cap: 'due' });
  await service.sleep(hours(2));
  const [row] = await sql<{ status: string }>(`SELECT status FROM emails WHERE reference = $1 AND step = 3 AND party = 'cap'`, [
    reference,
  ]);
  expect(row?.status).toBe('undelivered');
  expect(await copiesTo(reference, school)).toBe(1);
  await capHasAnAddress(true);
  await keepHistory(service.client, reference, 'flourish-undelivered');
});

it('one that could not go as its case closed is for CAP to settle, after the process of the case has ended', async () => {
  const reference = await approved();
  await sql(`UPDATE organisations SET email = 'nowhere' WHERE code = 'SCH-A'`);
  await tell.does('cap.team', reference, 'closeCase', {}, { offered: 'Support at the school.' });
  await service.sleep(hours(26));
  expect((await service.client.workflow.getHandle(reference).describe()).status.name).toBe('COMPLETED');
  const waiting = () =>
    sql<{ party: string; what: string; subject: string }>(`SELECT party, what, subject FROM case_waits WHERE reference = $1`, [
      reference,
    ]);
  const [wait, ...others] = await waiting();
  expect([wait, others]).toMatchObject([{ party: 'cap', what: 'undelivered-email' }, []]);
  await tell.does('cap.team', reference, 'settleEmail', { email: wait?.subject ?? '' }, { how: 'By telephone.' });
  expect(await waiting()).toEqual([]);
});

/** A Tier 1 course whose start was confirmed while an earlier e-mail, to its school, could not go: a new run is owed, and waits for that. */
async function startedWithoutMail(): Promise<string> {
  const reference = await tell.checked('tier-1-course');
  await service.delivered(reference);
  await sql(`UPDATE organisations SET email = 'nowhere' WHERE code = 'SCH-A'`);
  await tell.accepted(reference, { send: false });
  await tell.started(reference, await service.today());
  return reference;
}
const mailGoes = () => sql(`UPDATE organisations SET email = lower(code) || '@example.test' WHERE email = 'nowhere'`);
afterEach(mailGoes);
const runOf = async (reference: string) => (await service.client.workflow.getHandle(reference).describe()).runId;
const timersOf = async (reference: string, runId: string) => {
  const { events } = await service.client.workflow.getHandle(reference, runId).fetchHistory();
  return (events ?? []).filter((event) => event.timerStartedEventAttributes).length;
};

it('a new run begins at once, and sends the e-mails of the step that led to it', async () => {
  const reference = await tell.checked('tier-1-course');
  await tell.accepted(reference, { send: false });
  await service.delivered(reference);
  const first = await runOf(reference);
  const before = await timersOf(reference, first);
  await sql(`UPDATE organisations SET email = 'nowhere' WHERE code = 'TP-ONE'`);
  await tell.started(reference);
  await service.sleep(hours(1));
  const second = await runOf(reference);
  expect(second).not.toBe(first);
  expect([await timersOf(reference, first), await timersOf(reference, second)]).toEqual([before, 1]);
  expect(await emailsOf(reference)).toMatchObject({ 'provider:TP-ONE': 'due' });
  await mailGoes();
  await service.sleep(hours(1));
  expect(await emailsOf(reference)).toMatchObject({ 'provider:TP-ONE': 'sent' });
  await keepHistory(service.client, reference, 'tier-1-started-without-mail');
});

it('e-mails that hold up a new run hold up neither later e-mails nor what falls due', async () => {
  const reference = await startedWithoutMail();
  const first = await runOf(reference);
  await service.sleep(hours(1));
  expect(await emailsOf(reference)).toMatchObject({ 'provider:TP-ONE': 'sent' });
  const agreement = { agreement: 'early-help', on: await service.today() } as const;
  await tell.does('school.alder', reference, 'recordAgreement', agreement, said);
  await tell.does('school.alder', reference, 'withdrawAgreement', agreement, { why: 'By letter.' });
  const due = (await service.record(reference)).waits.find(({ what }) => what === 'withdrawn-agreement')?.due ?? '';
  // Before the first e-mail is given up there comes another.
  await service.sleep(hours(22));
  const meeting = { about: 'attendance', at: `${schoolDayAfter(3, await service.today())}T10:00:00.000Z` } as const;
  await tell.does('provider.one', reference, 'callMeeting', meeting);
  await service.sleep(Date.parse(due) - Date.parse(await service.now()) + hours(1));
  expect(await runOf(reference)).toBe(first);
  const { nudges } = (await service.record(reference)).state;
  expect(Object.keys(nudges).filter((key) => key.startsWith('withdrawn-agreement'))).toHaveLength(1);
});
const said = { who: 'Their carer.', how: 'In writing.', evidence: 'On file.' };

it('in the Web UI a case leads to its page, in its first run and in the one that begins with its placement', async () => {
  const reference = await tell.checked('tier-1-course');
  const handle = service.client.workflow.getHandle(reference);
  const shown = async () => (await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata')).currentDetails;
  const { runId: first } = await handle.describe();
  expect(await shown()).toContain(`(http://cap.example/cases/${reference})`);
  await tell.accepted(reference, { send: false });
  await tell.started(reference);
  await service.sleep(hours(1));
  expect((await handle.describe()).runId).not.toBe(first);
  expect(await shown()).toContain(`(http://cap.example/cases/${reference})`);
});
