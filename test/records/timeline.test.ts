// The timeline: nobody changes it, and a change made behind its back is found.
import { eraseTexts, verifyTimeline } from '../../records/timeline';
import { readCase, readOutcome } from '../../records/cases';
import { commandId } from '../../records/commands';
import type { Role } from '../../dev/postgres';
import { actAs, firstPanel, later, openCasework, type Casework, secondPanel } from './casework';

let casework: Casework;
beforeAll(async () => (casework = await openCasework()));
afterAll(() => casework.stop());

const verify = async (reference: string, by = 'auditor') => verifyTimeline(casework.api, await casework.person(by), reference);

/** Decided by the first panel, with words. @returns the case and the command of the decision */
async function decided(): Promise<{ reference: string; decision: string }> {
  const reference = await casework.flourishAtPanel();
  const given = [
    'chair.review',
    reference,
    'panelDecision',
    { outcome: 'approve' },
    firstPanel,
    { reasons: 'Unmistakable words' },
  ] as const;
  const decision = await casework.handIn<'panelDecision'>(...given, 'decision');
  await casework.record(reference, decision, firstPanel);
  return { reference, decision };
}

test('a timeline holds, whoever verifies what they see of it', async () => {
  const reference = await casework.flourishAtInterview();
  await casework.does('provider.one', reference, 'bookInterview', { at: later }, secondPanel);
  await casework.does('provider.one', reference, 'recordInterview', { result: 'held' }, later, { note: 'Went well.' });
  expect(await verify(reference)).toEqual({ intact: true, entries: 7, firstBroken: null });
  expect(await verify(reference, 'school.alder')).toEqual({ intact: true, entries: 7, firstBroken: null });
  // The provider from the step on in which it was sent the pack.
  expect(await verify(reference, 'provider.one')).toEqual({ intact: true, entries: 3, firstBroken: null });
  expect(await verify(reference, 'provider.two')).toEqual({ intact: true, entries: 0, firstBroken: null });
});

describe('neither timeline nor commands can be changed, deleted or emptied', () => {
  const changes = [
    `UPDATE timeline SET kind = 'refused'`,
    `DELETE FROM timeline`,
    `TRUNCATE timeline`,
    `UPDATE commands SET person = 'somebody.else'`,
    `DELETE FROM commands`,
    `TRUNCATE commands CASCADE`,
  ];
  test.each(changes)('%s', async (sql) => {
    const { reference } = await decided();
    for (const role of ['cap_owner', 'cap_worker', 'cap_api'] as Role[]) {
      const client = await casework.as(role);
      await client.query('BEGIN');
      await actAs(client, 'cap.team', 'cap', 'audit');
      // Refused, or for the owner of the table, whom row-level security shows no row, without any effect.
      const outcome = await client.query(sql).then(
        ({ rowCount }) => rowCount,
        () => 0,
      );
      expect([role, outcome ?? 0]).toEqual([role, 0]);
      await client.query('ROLLBACK');
    }
    const superuser = await casework.asSuperuser();
    await expect(superuser.query(sql)).rejects.toThrow('never changed');
    expect((await verify(reference)).intact).toBe(true);
  });

  test('nor can an entry be put between two others', async () => {
    const { reference, decision } = await decided();
    const worker = await casework.as('cap_worker');
    const insert = (step: number, seq: number) =>
      worker.query(
        `INSERT INTO timeline (reference, step, seq, command, kind, event, at, text_digest, previous, hash)
         VALUES ($1, $2, $3, $4, 'approved', '{}', '2024-12-16T10:00:00Z', '', '', '')`,
        [reference, step, seq, decision],
      );
    await expect(insert(2, 7)).rejects.toThrow('goes on after step');
  });
});

describe('a change behind its back is found', () => {
  const breaks = [
    [
      'an event',
      `UPDATE timeline SET event = '{"panel":"multi-agency"}' WHERE reference = $1 AND step = 3 AND seq = 0`,
      { step: 3, seq: 0, why: 'hash' },
    ],
    [
      'the time of an event',
      `UPDATE timeline SET at = at - interval '1 day' WHERE reference = $1 AND step = 1`,
      { step: 1, seq: 0, why: 'hash' },
    ],
    ['an entry taken out', `DELETE FROM timeline WHERE reference = $1 AND step = 2`, { step: 3, seq: 0, why: 'link' }],
    [
      'who gave a command',
      `UPDATE commands SET person = 'nobody' WHERE reference = $1 AND kind = 'panelDecision'`,
      { step: 3, seq: 0, why: 'hash' },
    ],
    [
      'the words of a command',
      `UPDATE command_texts SET texts = '{"reasons":"Other words"}' WHERE command IN (SELECT id FROM commands WHERE reference = $1)`,
      { step: 3, seq: 0, why: 'text' },
    ],
  ] as const;
  test.each(breaks)('%s', async (_what, sql, firstBroken) => {
    const { reference } = await decided();
    const superuser = await casework.asSuperuser();
    await superuser.query(`SET session_replication_role = replica`); // no trigger, no check
    await superuser.query(sql, [reference]);
    expect(await verify(reference)).toMatchObject({ intact: false, firstBroken });
  });
});

test('erasing what was written keeps the chain intact, and nothing written is left', async () => {
  const { reference, decision } = await decided();
  const cap = await casework.person('cap.team');
  expect((await readCase(casework.api, cap, reference))?.timeline[2]?.texts).toEqual({ reasons: 'Unmistakable words' });
  expect(await eraseTexts(casework.worker, decision)).toBe(true);
  expect(await eraseTexts(casework.worker, decision)).toBe(false);
  expect(await verify(reference)).toMatchObject({ intact: true });
  expect((await readCase(casework.api, cap, reference))?.timeline[2]?.texts).toEqual({});
  expect((await readOutcome(casework.api, cap, reference))?.texts).toEqual({});
  // The same command again is still known as recorded.
  expect(decision).toBe(commandId('chair.review', reference, 'decision'));
  expect(await casework.record(reference, decision, later)).toMatchObject({ result: 'recorded', state: { step: 3 } });
});
