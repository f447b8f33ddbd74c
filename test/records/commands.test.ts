// Commands on their way in: the same key is the same command, and nobody's but who gave it.
import { listAccess } from '../../records/accessLog';
import { commandId, receiveCommand, removeForgotten, takeBack, type GivenCommand } from '../../records/commands';
import { check, firstPanel, later, openCasework, secondPanel, submission, type Casework } from './casework';

let casework: Casework;
beforeAll(async () => (casework = await openCasework()));
afterAll(() => casework.stop());

const decisionOn = (reference: string, change: Partial<GivenCommand> = {}): GivenCommand => ({
  id: commandId('chair.review', reference, 'key'),
  reference,
  kind: 'panelDecision',
  body: { outcome: 'approve' },
  texts: { reasons: 'It fits.' },
  received: firstPanel,
  based: 2,
  ...change,
});

test('the id of a command is made of person, case and key, and is safe in an address', () => {
  expect(commandId('a', 'b', 'c')).toBe(commandId('a', 'b', 'c'));
  expect(
    new Set([commandId('a', 'b', 'c'), commandId('ab', '', 'c'), commandId('a', 'bc', ''), commandId('x', 'b', 'c')]).size,
  ).toBe(4);
  expect(commandId('a', 'b', 'c')).toMatch(/^[A-Za-z0-9_-]{20,100}$/);
});

const written = async (by: string, given: GivenCommand) =>
  (await receiveCommand(casework.api, await casework.person(by), given))?.written;
const underway = {
  new: { underway: 'new', attempt: expect.any(String) },
  pending: { underway: 'pending', attempt: expect.any(String) },
};

/** What is kept of a command while it is on its way, and once it is recorded. */
async function kept(id: string) {
  const client = await casework.asSuperuser();
  const { rows } = await client.query<Record<'received' | 'commands' | 'texts', number>>(
    `SELECT (SELECT count(*)::int FROM received_commands WHERE id = $1) AS received,
      (SELECT count(*)::int FROM commands WHERE id = $1) AS commands,
      (SELECT count(*)::int FROM command_texts WHERE command = $1) AS texts`,
    [id],
  );
  return rows[0];
}

test('a command is new once, then pending, then recorded at its step; another body under its id is told apart', async () => {
  const reference = await casework.flourishAtPanel();
  const write = (change?: Partial<GivenCommand>) => written('chair.review', decisionOn(reference, change));
  const first = await write();
  expect(first).toEqual(underway.new);
  expect(await write({ received: later, based: 1 })).toEqual({ ...(first as object), underway: 'pending' });
  expect(await write({ body: { outcome: 'refuse' } as never })).toBe('other-body');
  expect(await write({ texts: { reasons: 'It does not.' } })).toBe('other-body');
  expect(await write({ texts: {} })).toBe('other-body');
  expect(await write({ kind: 'withdraw' })).toBe('other-body');
  const { id } = decisionOn(reference);
  expect(await kept(id)).toEqual({ received: 1, commands: 0, texts: 0 });
  await casework.record(reference, id, firstPanel);
  expect(await kept(id)).toEqual({ received: 0, commands: 1, texts: 1 });
  expect(await write()).toEqual({ recorded: 3 });
  expect(await write({ body: { outcome: 'refuse' } as never })).toBe('other-body');
  expect(await kept(id)).toEqual({ received: 0, commands: 1, texts: 1 });
});

test('a refused command leaves no row and no words, only a line in the access log; its key begins afresh, with another body', async () => {
  const reference = await casework.flourishAtPanel();
  const early = decisionOn(reference, { received: check });
  const first = await written('chair.review', early);
  expect(await casework.record(reference, early.id, check)).toMatchObject({ refusal: { refused: 'before-the-meeting' } });
  expect(await kept(early.id)).toEqual({ received: 0, commands: 0, texts: 0 });
  const auditor = await casework.person('auditor');
  const lines = await listAccess(casework.api, auditor, { reference }, { before: null, limit: 10 });
  expect(lines).toContainEqual(expect.objectContaining({ person: 'chair.review', action: 'refused', reference }));
  expect(JSON.stringify(lines)).not.toContain('It fits.');
  const deferral = { body: { outcome: 'defer' }, texts: { reasons: 'Not yet.', information: 'The EHCP.' } } as const;
  const second = await written('chair.review', decisionOn(reference, { ...deferral, received: firstPanel }));
  expect(second).toEqual(underway.new);
  expect(second).not.toEqual(first);
  expect(await casework.record(reference, early.id, firstPanel)).toMatchObject({ result: 'recorded', state: { step: 3 } });
});

test('a door takes back what it refuses itself, and only its own attempt', async () => {
  const reference = await casework.flourishAtPanel();
  const given = decisionOn(reference);
  const first = (await written('chair.review', given)) as { readonly attempt: string };
  const chair = await casework.person('chair.review');
  await takeBack(casework.api, await casework.person('vicechair.review'), given.id, first.attempt);
  await takeBack(casework.api, chair, given.id, 'another attempt');
  expect(await kept(given.id)).toMatchObject({ received: 1 });
  await takeBack(casework.api, chair, given.id, first.attempt);
  expect(await kept(given.id)).toEqual({ received: 0, commands: 0, texts: 0 });
});

test('a command that was lost on its way is not refused: the same key may come again', async () => {
  const reference = await casework.flourishAtPanel();
  const given = decisionOn(reference);
  await written('chair.review', given);
  await (await casework.asSuperuser()).query('DELETE FROM received_commands WHERE id = $1', [given.id]);
  expect(await casework.record(reference, given.id, firstPanel)).toMatchObject({ refusal: { refused: 'not-received' } });
  expect(await written('chair.review', given)).toEqual(underway.new);
  expect(await casework.record(reference, given.id, firstPanel)).toMatchObject({ result: 'recorded' });
});

test('what nobody came to ask for again is removed after a day, with its words', async () => {
  const reference = await casework.flourishAtPanel();
  const [old, young] = [
    decisionOn(reference, { id: 'old', received: '2024-12-15T09:59:59.999Z' }),
    decisionOn(reference, { id: 'young', received: '2024-12-15T10:00:00.000Z' }),
  ];
  await written('chair.review', old);
  await written('chair.review', young);
  await removeForgotten(casework.worker, '2024-12-15T10:00:00.000Z');
  expect(await kept('old')).toMatchObject({ received: 0 });
  expect(await kept('young')).toMatchObject({ received: 1 });
});

test('the worker records as given through the API only what the API received, word by word', async () => {
  const reference = await casework.flourishAtPanel();
  const given = decisionOn(reference);
  await written('chair.review', given);
  const worker = await casework.as('cap_worker');
  const forge = (column: string, value: string) =>
    worker.query(
      `INSERT INTO commands SELECT r.* FROM (SELECT to_jsonb(received_commands) || '{"source":"api","step":3}' || $2::jsonb AS row
        FROM received_commands WHERE id = $1) AS given, jsonb_populate_record(NULL::commands, given.row) AS r`,
      [given.id, JSON.stringify({ [column]: value })],
    );
  for (const [column, value] of [
    ['person', 'vicechair.review'],
    ['kind', 'withdraw'],
    ['id', 'other'],
    ['received', later],
  ] as const) {
    await expect(forge(column, value)).rejects.toThrow('row-level security');
  }
});

test('the same command through ten doors at once is one row and one attempt', async () => {
  const reference = await casework.flourishAtPanel();
  const all = await Promise.all(Array.from({ length: 10 }, () => written('chair.review', decisionOn(reference))));
  expect(all.filter((each) => typeof each === 'object' && 'underway' in each && each.underway === 'new')).toHaveLength(1);
  expect(new Set(all.map((each) => (typeof each === 'object' && 'attempt' in each ? each.attempt : null))).size).toBe(1);
});

test('the case comes back with it as the actor sees it; who sees neither case nor draft writes nothing', async () => {
  const reference = await casework.flourishAtPanel();
  const draft = await casework.draft('flourish');
  const receive = async (by: string, given: GivenCommand) => receiveCommand(casework.api, await casework.person(by), given);
  expect((await receive('chair.review', decisionOn(reference)))?.state).toMatchObject({ reference, step: 2 });
  expect(await receive('school.birch', decisionOn(reference, { id: 'theirs' }))).toBeNull();
  expect(await receive('provider.one', decisionOn(reference, { id: 'theirs' }))).toBeNull();
  expect(await receive('school.alder', decisionOn('CAP-2024-NOSUCH', { id: 'theirs' }))).toBeNull();
  const submit = { kind: 'submit', body: {}, texts: {}, received: submission } as const;
  expect(await receive('cap.team', decisionOn(draft, { ...submit, id: 'theirs' }))).toBeNull();
  expect(await receive('school.alder', decisionOn(draft, { ...submit, id: 'ours' }))).toEqual({
    written: underway.new,
    state: null,
    draft: true,
  });
  const rows = await (await casework.as('cap_worker')).query(`SELECT id FROM received_commands WHERE id IN ('theirs', 'ours')`);
  expect(rows.rows).toEqual([{ id: 'ours' }]);
});

test("somebody else's id is not taken for one's own", async () => {
  const reference = await casework.flourishAtPanel();
  await written('chair.review', decisionOn(reference));
  expect(await written('vicechair.review', decisionOn(reference))).toBe('other-body');
  const rows = await (
    await casework.as('cap_worker')
  ).query('SELECT person FROM received_commands WHERE id = $1', [decisionOn(reference).id]);
  expect(rows.rows).toEqual([{ person: 'chair.review' }]);
});

test('a provider that declined may send the same again: it is answered, and sees nothing of the case', async () => {
  const reference = await casework.flourishAtInterview();
  await casework.does('provider.one', reference, 'bookInterview', { at: later }, secondPanel);
  await casework.does('provider.one', reference, 'recordInterview', { result: 'held' }, later);
  const provider = await casework.person('provider.one');
  const decline: GivenCommand = {
    ...{ id: commandId('provider.one', reference, 'no'), reference, kind: 'providerResponse', based: 5, received: later },
    ...{ body: { result: 'decline', ground: 'need' }, texts: { note: 'Not for us.' } },
  };
  await receiveCommand(casework.api, provider, decline);
  await casework.record(reference, decline.id, later);
  expect(await receiveCommand(casework.api, provider, decline)).toMatchObject({ written: { recorded: 7 }, state: null });
  expect(await casework.record(reference, decline.id, later)).toMatchObject({ result: 'recorded', refusal: null });
  expect(await receiveCommand(casework.api, provider, { ...decline, id: 'new', received: check })).toBeNull();
});
