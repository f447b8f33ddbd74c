// kill -9 of each process of the service in the middle of a case. What was decided stays decided, once, and the case finishes.
import { commandPath } from '../../api/commandBody';
import { expectAgreement, rowsOf, standing } from '../support/agreement';
import { caseBefore, draft, idsOf, pathway, take, walk, type Step, type Taken } from '../support/pathways';
import { eventually, startSystem, type Part, type System } from '../support/system';

jest.setTimeout(240_000);

let system: System;
beforeAll(async () => {
  system = await startSystem({ killable: true });
});
afterAll(() => system.stop());

/** Every e-mail of the case has gone: none is in the hands of a worker that is killed, where it would rest for a minute. */
const settled = (reference: string) =>
  eventually(async () => {
    const { emails } = await rowsOf(system, reference);
    expect(emails.filter(({ status }) => status !== 'sent')).toEqual([]);
  });

/** Takes steps, while a part is killed at the commit of the first of them and started again. */
async function through(part: Part, moment: 'before' | 'after', reference: string, steps: readonly Step[]): Promise<Taken[]> {
  await settled(reference);
  await system.killAtCommit(moment, part);
  const revive = async () => {
    await part.gone();
    await part.start();
  };
  const [taken] = await Promise.all([walk(system, reference, steps), revive()]);
  return taken;
}

test.each(['worker', 'api', 'postgres', 'temporal'] as const)(
  'kill -9 of %s between requests, before a commit and after a commit: the case finishes, and all of it is there once',
  async (name) => {
    const part = system[name];
    const reference = await draft(system, 'flourish');
    const steps = pathway('flourish');

    const taken = await walk(system, reference, steps.slice(0, 2));
    await settled(reference);
    await part.kill();
    await part.start();
    taken.push(...(await through(part, 'before', reference, steps.slice(2, 4))));
    taken.push(...(await through(part, 'after', reference, steps.slice(4, 6))));
    taken.push(...(await walk(system, reference, steps.slice(6))));

    const rows = await expectAgreement(system, reference, idsOf(taken), { copies: 'one or more' });
    expect(rows.happened.at(-1)).toBe('startCorrected');
  },
);

describe('when Temporal and the worker are killed between a commit and its workflow task', () => {
  const sweep = () => system.client.schedule.getHandle('sweep');
  beforeAll(() => sweep().pause());
  afterAll(() => sweep().unpause());

  const decision: Step = {
    by: 'chair.review',
    does: 'panelDecision',
    says: { outcome: 'refuse', outsideMeeting: true, reasons: 'No.', alternatives: 'A Tier 1 course.' },
  };

  /** A case whose decision is recorded, and whose workflow does not know. The chair was told to try again. */
  async function behind() {
    const { temporal, worker } = system;
    const reference = await caseBefore(system, 'flourish', 'panelDecision');
    await settled(reference);
    const before = await rowsOf(system, reference);
    await system.killAtCommit('after', temporal, worker);
    const key = `decided-${reference}`;
    const headers = { 'Idempotency-Key': key };
    const path = commandPath(decision.does, reference);
    const [answer] = await Promise.all([
      system.ask(decision.by, 'POST', path, { body: decision.says, headers }),
      temporal.gone(),
      worker.gone(),
    ]);
    expect([answer.status, answer.body.detail]).toEqual([503, expect.stringContaining('same key')]);
    await temporal.start();
    await worker.start();

    const { state, decisions } = await rowsOf(system, reference);
    expect(state.position.stage).toBe('alternatives');
    const shown = await eventually(() => standing(system, reference));
    expect(shown?.state).toEqual(before.state);
    return { reference, key, decisions };
  }

  test('a retry with the same key is answered as recorded, and brings the workflow up to date', async () => {
    const { reference, key, decisions } = await behind();
    const again = await system.give(decision.by, reference, decision.does, decision.says, key);
    expect(again).toMatchObject({ status: 200, body: { result: 'recorded', step: 3 } });
    await expectAgreement(system, reference, decisions);
  });

  test('the sweep brings the workflow up to date, and the case goes on', async () => {
    const { reference, decisions } = await behind();
    await sweep().trigger();
    await expectAgreement(system, reference, decisions);
    const closed = await take(system, reference, { by: 'cap.team', does: 'closeCase', says: { offered: 'Mentoring.' } });
    await expectAgreement(system, reference, [...decisions, closed.command]);
  });

  test('the sweep starts a workflow again that is missing altogether', async () => {
    const reference = await caseBefore(system, 'flourish', 'panelDecision');
    const { decisions } = await rowsOf(system, reference);
    await system.client.workflow.getHandle(reference).terminate('lost');
    await sweep().trigger();
    await eventually(async () => {
      expect((await system.client.workflow.getHandle(reference).describe()).status.name).toBe('RUNNING');
    });
    const refused = await take(system, reference, decision);
    await expectAgreement(system, reference, [...decisions, refused.command]);
  });
});
