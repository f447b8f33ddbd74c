// What reaches a case from outside is read as one of its commands, or it is said what is wrong: nothing that is given makes it fail.
import fc from 'fast-check';
import { commandTable, parseCommand, personCommandKinds, systemCommands, type CommandKind } from '../../domain/commands';

const kinds = Object.keys(commandTable) as CommandKind[];

test.each([
  ['checkPack', { result: 'complete' }],
  ['panelDecision', { outcome: 'approve-with-conditions', conditionsBy: '2025-01-31' }],
  ['panelDecision', { outcome: 'defer', outsideMeeting: true }],
  ['sendPack', { provider: 'TP-ONE' }],
  ['bookInterview', { at: '2025-01-13T09:30:00.000Z' }],
  ['providerResponse', { result: 'decline', ground: 'risk' }],
  ['confirmStart', { start: '2025-01-13' }],
  ['withdraw', {}],
] as const)('%s is read from %j', (kind, body) => {
  expect(parseCommand(kind, body)).toEqual({ kind, body });
});

test.each(['2025-06-13T09:30:00.000Z', '2025-06-13T09:30:00Z', '2025-06-13t10:30:00+01:00', '2025-06-13T09:30:00.0z'])(
  'a time typed by hand as %s is the same time in UTC with milliseconds',
  (at) => {
    expect(parseCommand('bookInterview', { at })).toEqual({ kind: 'bookInterview', body: { at: '2025-06-13T09:30:00.000Z' } });
  },
);

test.each([
  ['checkPack', {}, ['result']],
  ['checkPack', { result: 'Complete' }, ['result']],
  ['panelDecision', { outcome: 'approve', outsideMeeting: 'yes' }, ['outsideMeeting']],
  ['panelDecision', { outcome: ['approve'] }, ['outcome']],
  ['panelDecision', { outcome: 'approve-with-conditions' }, ['conditionsBy']],
  ['panelDecision', { outcome: 'approve', conditionsBy: '2025-01-31' }, ['conditionsBy']],
  ['providerResponse', { result: 'decline' }, ['ground']],
  ['providerResponse', { result: 'accept', ground: 'risk' }, ['ground']],
  ['panelDecision', { outcome: 'approve', reasons: 'words do not travel' }, ['reasons']],
  ['sendPack', { provider: 'TP ONE' }, ['provider']],
  ['sendPack', { provider: `T${'P'.repeat(100)}` }, ['provider']],
  ['bookInterview', { at: '2025-01-13 09:30' }, ['at']],
  ['bookInterview', { at: '2025-01-13T09:30:00' }, ['at']],
  ['bookInterview', { at: '2100-01-01T00:00:00.000Z' }, ['at']],
  ['confirmStart', { start: '1999-12-31' }, ['start']],
  ['confirmStart', { start: '2100-01-01' }, ['start']],
  ['confirmStart', { start: '2025-02-29' }, ['start']],
  ['confirmStart', { start: 20250113 }, ['start']],
  ['holdReview', { on: 'today', review: 'chat' }, ['on', 'review']],
  ['withdraw', { unreadable: 'not-encrypted' }, ['unreadable']],
  ['withdraw', JSON.parse('{"__proto__": {"result": "x"}, "constructor": 1}'), ['__proto__', 'constructor']],
  ['withdraw', null, ['']],
  ['withdraw', [], ['']],
  ['withdraw', 'now', ['']],
  ['withdraw', undefined, ['']],
] as const)('%s is not read from %j: what is wrong is named by its field', (kind, given, fields) => {
  const read = parseCommand(kind, given);
  expect(read).toHaveProperty('problems');
  if (!('problems' in read)) return;
  expect(read.problems.map(({ field }) => field)).toEqual(fields);
  for (const { rule, message } of read.problems)
    expect([rule, message]).toEqual([expect.stringMatching(/^(message|A23)$/), expect.stringMatching(/\.$/)]);
});

test('anything at all is read or refused, and what is read holds the fields of the table and nothing else', () => {
  const anything = fc.anything({
    withBigInt: true,
    withDate: true,
    withNullPrototype: true,
    withSparseArray: true,
    withTypedArray: true,
  });
  const likely = fc.record(
    {
      result: fc.constantFrom('complete', 'returned', 'held', 'missed', 'accept', 'decline', 'completed', 'refused', 1),
      outcome: fc.constantFrom('approve', 'defer', 'x'),
      provider: fc.string(),
      at: fc.oneof(
        fc.string(),
        fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      ),
      on: fc.string(),
      start: fc.constantFrom('2025-01-13', '2025-13-01'),
      email: fc.string({ maxLength: 200 }),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.constantFrom(...kinds), fc.oneof(anything, likely), (kind, given) => {
      const read = parseCommand(kind, given);
      if ('problems' in read) {
        expect(read.problems.length).toBeGreaterThan(0);
        return;
      }
      expect(read.kind).toBe(kind);
      for (const [name, value] of Object.entries(read.body)) {
        expect(Object.keys(commandTable[kind].fields)).toContain(name);
        expect(['string', 'boolean']).toContain(typeof value);
        expect(String(value).length).toBeLessThanOrEqual(100);
      }
      expect(parseCommand(kind, read.body)).toEqual(read);
    }),
    { numRuns: 2000 },
  );
});

test('of very many unknown fields no more than fifty are named', () => {
  const given = Object.fromEntries(Array.from({ length: 75_000 }, (_, one) => [`field${one}`, 1]));
  const read = parseCommand('withdraw', given);
  expect('problems' in read && read.problems.length).toBe(50);
});

test('people give every command but those of the system, each with a title, and its texts apart from its fields', () => {
  expect(kinds.filter((kind) => !personCommandKinds.includes(kind as never))).toEqual(Object.keys(systemCommands));
  for (const kind of kinds) {
    const { title, fields, texts } = commandTable[kind];
    expect(title).not.toBe('');
    expect(Object.keys(texts).filter((name) => name in fields)).toEqual([]);
  }
});
