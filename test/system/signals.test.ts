// What comes in through Temporal itself: a chair's decision as a signal, and whatever ops or scripts may send by mistake.
import { Client, WorkflowUpdateFailedError } from '@temporalio/client';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { payloadCodec } from '../../temporal/codec';
import { messages } from '../../workflows/messages';
import { expectAgreement, rowsOf, taskFailures } from '../support/agreement';
import { byHand } from '../support/byHand';
import { caseBefore, idsOf, pathway, take, walk } from '../support/pathways';
import { schoolDayAfter, today } from '../support/schoolDays';
import { eventually, pause, startSystem, type System } from '../support/system';

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

const caseOf = (reference: string) => byHand(system.client, system.keys).workflow.getHandle(reference);
const approved = { person: 'chair.review', outcome: 'approve' };

/** A Flourish case whose panel meets today. */
async function beforeThePanel(): Promise<string> {
  const reference = await caseBefore(system, 'flourish', 'panelDecision');
  const { position } = (await rowsOf(system, reference)).state;
  const meeting = 'meeting' in position ? position.meeting : null;
  if (meeting && meeting.day > today()) {
    await system.ask('cap.team', 'POST', `/api/v1/meetings/${meeting.id}/move`, { body: { day: today() } });
    await eventually(async () => expect((await rowsOf(system, reference)).happened.at(-1)).toBe('meetingMoved'));
  }
  return reference;
}

/** The rest of the route from the panel's approval on. */
const onward = () => pathway('flourish').slice(3);

test("a chair's decision sent as a signal is recorded; its outcome document and e-mail wait until the reasons are given", async () => {
  const reference = await beforeThePanel();
  const outcome = () => system.ask('school.alder', 'GET', `/api/v1/cases/${reference}/outcome`);
  const toldOf = async (template: string) => {
    const { emails } = await rowsOf(system, reference);
    return emails.filter(({ id, status }) => id.includes(`.${template}.`) && status === 'sent').length;
  };
  await caseOf(reference).signal('panelDecision', approved);
  await eventually(async () => {
    expect((await rowsOf(system, reference)).happened).toEqual(expect.arrayContaining(['approved', 'reasonsOwed']));
    expect(await toldOf('reasons-owed')).toBe(1);
  });
  const entered = (await rowsOf(system, reference)).decisions;

  const taken = await walk(system, reference, onward().slice(0, 2));
  expect([(await outcome()).status, await toldOf('outcome')]).toEqual([404, 0]);
  const wrongPerson = await system.give('cap.team', reference, 'giveReasons', { reasons: 'Ours.' });
  expect([wrongPerson.status, wrongPerson.body.type]).toEqual([403, '/problems/not-yours']);

  const reasons = { reasons: 'The school has done what it can.' };
  taken.push(await take(system, reference, { by: 'chair.review', does: 'giveReasons', says: reasons }));
  expect((await outcome()).body).toMatchObject({ decision: 'approved', texts: reasons });
  await eventually(async () => expect(await toldOf('outcome')).toBe(1));

  taken.push(...(await walk(system, reference, onward().slice(2))));
  await expectAgreement(system, reference, [...entered, ...idsOf(taken)]);
});

test('a signal is judged by the person it names, whoever sent it', async () => {
  const reference = await beforeThePanel();
  const before = await rowsOf(system, reference);
  for (const person of ['chair.multiagency', 'school.alder', 'a.stranger', 'system', '']) {
    await caseOf(reference).signal('panelDecision', { ...approved, person });
  }
  await eventually(async () => {
    const refusals = await system.sql<{ refused: string }>(
      'superuser',
      `SELECT detail->>'refused' AS refused FROM access_log WHERE reference = $1 AND action = 'refused'`,
      [reference],
    );
    expect(refusals.map(({ refused }) => refused)).toEqual(Array(5).fill('not-yours'));
  });
  expect((await rowsOf(system, reference)).state).toEqual(before.state);
});

describe('whatever else is sent wedges nothing:', () => {
  const clear = (value: unknown): Payload => defaultPayloadConverter.toPayload(value);
  const foreign = payloadCodec([{ id: 'test', key: Buffer.alloc(32, 9) }]);
  const payload = (encoding: string, data: string): Payload => ({
    metadata: { encoding: Buffer.from(encoding) },
    data: Buffer.from(data),
  });

  /** After all that was sent: the case has stayed where it was, none of its tasks has failed, and it goes on. */
  async function expectUnharmed(reference: string, before: Awaited<ReturnType<typeof rowsOf>>): Promise<void> {
    await pause(1_000);
    expect((await rowsOf(system, reference)).happened.filter((kind) => kind !== 'recalculated')).toEqual(before.happened);
    const decision = {
      by: 'chair.review',
      does: 'panelDecision',
      says: { outcome: 'approve', reasons: 'All is well.' },
    } as const;
    const taken = await walk(system, reference, [decision, ...onward()]);
    await expectAgreement(system, reference, [...before.decisions, ...idsOf(taken)]);
    expect(await taskFailures(system, reference)).toEqual([]);
  }

  test('payloads in plain text, of another key, altered, empty, of unknown encodings', async () => {
    const reference = await beforeThePanel();
    const before = await rowsOf(system, reference);
    const plain = new Client({ connection: system.client.connection });
    await plain.workflow.getHandle(reference).signal('panelDecision', approved);
    const [ofAnotherKey = {}] = await foreign.encode([clear(approved)]);
    const [ours = {}] = await payloadCodec(system.keys).encode([clear(approved)]);
    const altered = { ...ours, data: Buffer.from(ours.data ?? []).reverse() };
    const strange = [
      payload('json/plain', '{"person":'),
      payload('binary/none', 'x'),
      payload('json/protobuf', '{}'),
      {},
      altered,
    ];
    for (const payloads of [...strange.map((one) => [one]), [ofAnotherKey], [ours, ours, ofAnotherKey], []]) {
      for (const signalName of ['checkPack', messages.refresh, messages.recalculate]) {
        const workflowExecution = { workflowId: reference };
        await system.client.workflowService.signalWorkflowExecution({
          ...{ namespace: 'default', workflowExecution, signalName, input: { payloads }, requestId: crypto.randomUUID() },
        });
      }
    }
    await expectUnharmed(reference, before);
  });

  test('unknown names of signals, and values that are no command', async () => {
    const reference = await beforeThePanel();
    const before = await rowsOf(system, reference);
    const junk: unknown[][] = [
      ...[[], [null], ['approve'], [7], [[approved]], [{}], [{ outcome: 'approve' }], [{ person: 'chair.review' }]],
      ...[[{ ...approved, person: { id: 'chair.review' } }], [{ ...approved, outcome: 'perhaps' }], [{ ...approved, extra: 1 }]],
      ...[[{ ...approved, person: 'chair.review\0' }], [{ ...approved, person: '\ud800' }], [{ ...approved, outcome: '\0' }]],
      ...[[{ ...approved, person: 'x'.repeat(100_000) }], [JSON.parse('{"__proto__": {"person": "chair.review"}}')]],
    ];
    for (const args of junk) await caseOf(reference).signal('panelDecision', ...args);
    for (const id of [undefined, null, {}, '\0', '\ud800', 'x'.repeat(100_000), 7]) {
      await caseOf(reference).signal(messages.recalculate, id);
      await caseOf(reference).signal(messages.refresh, id);
    }
    const odd = ['approve', 'PanelDecision', 'clock', 'nonsense\n', '__temporal_x', '__stack_trace', '__enhanced_stack_trace'];
    for (const name of [...odd, ...Object.getOwnPropertyNames(Object.prototype)]) {
      await caseOf(reference).signal(name, approved);
    }
    await caseOf(reference).signal('submit', { person: 'school.alder' });
    await caseOf(reference).signal('giveReasons', { person: 'chair.review', reasons: 'In words.' });
    await expectUnharmed(reference, before);
  });

  test('updates that are no command, or somebody else’s', async () => {
    const reference = await beforeThePanel();
    const other = await beforeThePanel();
    const before = await rowsOf(system, reference);
    const [ofAnotherCase = ''] = (await rowsOf(system, other)).decisions;
    const junk: unknown[][] = [
      ...[
        [],
        [null],
        ['x'],
        [{}],
        [{ command: 7, step: 1 }],
        [{ command: 'c', step: 'one' }],
        [{ command: 'c', step: Number.NaN }],
      ],
      ...[[{ command: '\0', step: 99 }], [{ command: '\ud800', step: 99 }], [{ command: 'c'.repeat(100_000), step: 1e9 }]],
      ...[[{ command: 'not-there', step: 2 }], [{ command: ofAnotherCase, step: 2 }]],
    ];
    for (const args of junk) {
      const answer = system.client.withDeadline(Date.now() + 20_000, () =>
        caseOf(reference).executeUpdate('panelDecision', { args: args as [unknown] }),
      );
      const refusal = await answer.then(
        (reply) => (reply as { result: string }).result,
        (error: unknown) => (error instanceof WorkflowUpdateFailedError ? 'refused' : String(error)),
      );
      expect([JSON.stringify(args).slice(0, 60), refusal]).toEqual([JSON.stringify(args).slice(0, 60), 'refused']);
    }
    await expect(caseOf(reference).executeUpdate('nonsense')).rejects.toThrow(WorkflowUpdateFailedError);
    await expectUnharmed(reference, before);
  });
});
