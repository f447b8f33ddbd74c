// What somebody with access to the namespace may try: messages copied from elsewhere, sent twice or in clear, and workflows started under
// a reference that is not theirs. Nothing is decided by it, and no case is held up by it.
import { randomUUID } from 'node:crypto';
import { Client } from '@temporalio/client';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { payloadCodec } from '../../temporal/codec';
import { rowsOf, taskFailures } from '../support/agreement';
import { caseBefore, draft } from '../support/pathways';
import { schoolDayAfter, today } from '../support/schoolDays';
import { eventually, startSystem, type System } from '../support/system';

jest.setTimeout(180_000);

let system: System;
beforeAll(async () => {
  system = await startSystem();
  const meetings = { 'review-and-authorisation': today(), 'multi-agency': today(), 'headteacher-placement': null };
  const items = [{ programme: 'flourish', cohortStart: schoolDayAfter(0) }];
  const made = await system.ask('cap.team', 'POST', '/api/v1/cycles', { body: { deadline: today(), items, meetings } });
  expect(made.status).toBe(201);
});
afterAll(() => system.stop());

/** As the codec endpoint encrypts what ops type: it knows no workflow. */
async function encrypted(value: unknown): Promise<Payload> {
  const [payload = {}] = await payloadCodec(system.keys).encode([defaultPayloadConverter.toPayload(value)]);
  return payload;
}

async function signal(reference: string, signalName: string, payload: Payload): Promise<void> {
  await system.client.workflowService.signalWorkflowExecution({
    ...{ namespace: 'default', workflowExecution: { workflowId: reference }, signalName, requestId: randomUUID() },
    input: { payloads: [payload] },
  });
}

const refusedOf = (reference: string) =>
  system.sql<{ refused: string; message: string }>(
    'superuser',
    `SELECT detail->>'refused' AS refused, detail->>'message' AS message FROM access_log
     WHERE reference = $1 AND action = 'refused' ORDER BY id`,
    [reference],
  );

const detailsOf = async (reference: string): Promise<string> => {
  const metadata = await system.client.workflow
    .getHandle(reference)
    .query<{ currentDetails: string }>('__temporal_workflow_metadata');
  return metadata.currentDetails;
};

describe('a message by hand counts once, for one case:', () => {
  test('the encrypted decision of one case sent to another changes nothing there', async () => {
    const [decided, other] = [
      await caseBefore(system, 'flourish', 'panelDecision'),
      await caseBefore(system, 'flourish', 'panelDecision'),
    ];
    const before = await rowsOf(system, other);
    const approval = await encrypted({ person: 'chair.review', outcome: 'approve' });
    await signal(decided, 'panelDecision', approval);
    await eventually(async () => expect((await rowsOf(system, decided)).happened).toContain('approved'));
    await signal(other, 'panelDecision', approval);
    await eventually(async () => expect((await refusedOf(other)).length).toBe(1));
    expect((await refusedOf(other))[0]?.message).toMatch(/sent before/);
    expect((await rowsOf(system, other)).state).toEqual(before.state);
  });

  test('the same encrypted booking sent again later does not bring the first time back', async () => {
    const reference = await caseBefore(system, 'tier-1-course', 'recordInterview');
    const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
    const [first, second] = [at(20), at(40)];
    const bookedFor = async () => {
      const { position } = (await rowsOf(system, reference)).state;
      return 'booked' in position ? position.booked : position;
    };
    const message = await encrypted({ person: 'school.alder', at: first });
    await signal(reference, 'bookInterview', message);
    await eventually(async () => expect(JSON.stringify(await bookedFor())).toContain(first));
    await signal(reference, 'bookInterview', await encrypted({ person: 'school.alder', at: second }));
    await eventually(async () => expect(JSON.stringify(await bookedFor())).toContain(second));
    await signal(reference, 'bookInterview', message);
    await eventually(async () => expect((await refusedOf(reference)).length).toBe(1));
    expect(JSON.stringify(await bookedFor())).toContain(second);
  });

  test('an update of one case sent to another is not readable there', async () => {
    const reference = await caseBefore(system, 'flourish', 'panelDecision');
    const copied = await payloadCodec(system.keys).encode([defaultPayloadConverter.toPayload({ command: 'c', step: 99 })], {
      ...{ type: 'workflow', namespace: 'default', workflowId: 'CAP-2026-OTHER1' },
    });
    const before = await rowsOf(system, reference);
    await signal(reference, 'panelDecision', copied[0] ?? {});
    await eventually(async () => expect((await refusedOf(reference)).length).toBe(1));
    expect((await refusedOf(reference))[0]?.message).toMatch(/another workflow/);
    expect((await rowsOf(system, reference)).state).toEqual(before.state);
  });
});

test('a signal in clear is refused with a sentence that says what to do, on the page of the case and in its access log', async () => {
  const reference = await caseBefore(system, 'flourish', 'panelDecision');
  const plain = new Client({ connection: system.client.connection });
  await plain.workflow.getHandle(reference).signal('panelDecision', { person: 'chair.review', outcome: 'approve' });
  await eventually(async () => expect((await refusedOf(reference)).length).toBe(1));
  const [refusal] = await refusedOf(reference);
  expect(refusal?.message).toMatch(/not encrypted by this service.*Web UI with the codec endpoint.*--codec-endpoint/);
  await eventually(async () => expect(await detailsOf(reference)).toContain(refusal?.message));
  expect(await detailsOf(reference)).toMatch(/signal panelDecision was refused\*\* on \w+ \d+ \w+ \d{4} at \d/);
});

describe('whoever starts a workflow under the reference of a draft does not hold up its submission:', () => {
  const submitted = async (reference: string) => {
    const given = await system.give('school.alder', reference, 'submit');
    expect(given.body).toMatchObject({ result: 'recorded', step: 1 });
    expect(await taskFailures(system, reference)).toEqual([]);
    await system.give('cap.team', reference, 'checkPack', { result: 'complete' });
    expect((await rowsOf(system, reference)).happened).toContain('packComplete');
  };
  const plain = () => new Client({ connection: system.client.connection });

  test.each([{}, [], { reference: 'theirs', begun: true }, { begun: false }])('a plain start with %j', async (input) => {
    const reference = await draft(system, 'tier-1-course');
    await plain().workflow.start('application', { workflowId: reference, taskQueue: 'cap-casework', args: [input] });
    await submitted(reference);
  });

  test('the input of another case', async () => {
    const other = await caseBefore(system, 'tier-1-course', 'checkPack');
    const { events } = await system.client.workflow.getHandle(other).fetchHistory();
    const input = events?.[0]?.workflowExecutionStartedEventAttributes?.input ?? null;
    const reference = await draft(system, 'tier-1-course');
    await system.client.workflowService.startWorkflowExecution({
      ...{ namespace: 'default', workflowId: reference, workflowType: { name: 'application' }, requestId: randomUUID() },
      ...{ taskQueue: { name: 'cap-casework' }, input },
    });
    await submitted(reference);
  });

  test.each([
    ['another type of ours', 'panelMeeting', 'cap-casework', undefined],
    ['a type that nobody knows', 'nonsense', 'cap-casework', undefined],
    ['a queue at which nobody works', 'application', 'nowhere', undefined],
    ['a start put off by a year', 'application', 'cap-casework', '365 days'],
  ] as const)('%s', async (_what, type, taskQueue, startDelay) => {
    const reference = await draft(system, 'tier-1-course');
    const options = { workflowId: reference, taskQueue, args: [{ begun: false }], ...(startDelay ? { startDelay } : {}) };
    await system.client.workflow.start(type, options);
    await submitted(reference);
  });
});
