// Commands on their way in: the same key is the same command, and nobody's but who gave it.
import { commandId, receiveCommand, writeCommand, type GivenCommand } from '../../records/commands';
import { check, firstPanel, later, openCasework, submission, type Casework, secondPanel } from './casework';

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

test('a command is new once, then pending, then recorded at its step; another body under its id is told apart', async () => {
  const reference = await casework.flourishAtPanel();
  const chair = await casework.person('chair.review');
  const write = (change?: Partial<GivenCommand>) => writeCommand(casework.api, chair, decisionOn(reference, change));
  expect(await write()).toBe('new');
  expect(await write({ received: later, based: 1 })).toBe('pending');
  expect(await write({ body: { outcome: 'refuse' } as never })).toBe('other-body');
  expect(await write({ texts: { reasons: 'It does not.' } })).toBe('other-body');
  expect(await write({ texts: {} })).toBe('other-body');
  expect(await write({ kind: 'withdraw' })).toBe('other-body');
  await casework.record(reference, decisionOn(reference).id, firstPanel);
  expect(await write()).toEqual({ recorded: 3 });
  expect(await write({ body: { outcome: 'refuse' } as never })).toBe('other-body');
});

test('the same command through ten doors at once is one row', async () => {
  const reference = await casework.flourishAtPanel();
  const chair = await casework.person('chair.review');
  const written = await Promise.all(Array.from({ length: 10 }, () => writeCommand(casework.api, chair, decisionOn(reference))));
  expect(written.filter((each) => each === 'new')).toHaveLength(1);
  expect(written.filter((each) => each === 'pending')).toHaveLength(9);
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
  expect(await receive('school.alder', decisionOn(draft, { ...submit, id: 'ours' }))).toEqual({ written: 'new', state: null });
  const rows = await (await casework.as('cap_worker')).query(`SELECT id FROM commands WHERE id IN ('theirs', 'ours')`);
  expect(rows.rows).toEqual([{ id: 'ours' }]);
});

test("somebody else's id is not taken for one's own", async () => {
  const reference = await casework.flourishAtPanel();
  const [chair, vice] = [await casework.person('chair.review'), await casework.person('vicechair.review')];
  await writeCommand(casework.api, chair, decisionOn(reference));
  expect(await writeCommand(casework.api, vice, decisionOn(reference))).toBe('other-body');
  const rows = await (
    await casework.as('cap_worker')
  ).query('SELECT person FROM commands WHERE id = $1', [decisionOn(reference).id]);
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
  expect(await receiveCommand(casework.api, provider, decline)).toEqual({ written: 'pending', state: null });
  expect(await casework.record(reference, decline.id, later)).toMatchObject({ result: 'recorded', refusal: null });
  expect(await receiveCommand(casework.api, provider, { ...decline, id: 'new', received: check })).toBeNull();
});
