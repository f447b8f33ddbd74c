// The doors and the workflows read the same commands: what a door's schema lets through, domain's parser reads, and nothing else.
import fc from 'fast-check';
import { parseCommand, personCommandKinds, personCommands, type PersonCommandKind } from '../../domain/commands';
import { commandSchema, fieldSchema, takeApart } from '../../api/commandBody';

const likely = fc.oneof(
  fc.constantFrom('approve', 'refuse', 'complete', 'held', 'accept', 'decline', 'need', 'review', 'home-school', 'completed'),
  fc.constantFrom(
    '2025-01-13',
    '2025-02-30',
    '2025-1-3',
    '2025-01-13T09:30:00.000Z',
    '2025-01-13T09:30:00Z',
    '2025-01-13t09:30:00.12+05:30',
    '2025-01-13T09:30',
    '1999-12-31',
    '2100-01-01',
    '2100-01-01T00:00:00Z',
    '',
    'TP-ONE',
    'mon,tue',
    'tue,mon',
    'fri-am',
    'a b',
    '-x',
  ),
  fc.boolean(),
  fc.constant(null),
  fc.constant(undefined),
  fc.jsonValue(),
  fc.string(),
);

/** Bodies that are often nearly right: the command's own fields, some missing, some foreign. */
function bodies(kind: PersonCommandKind): fc.Arbitrary<unknown> {
  const fields: Readonly<Record<string, { readonly type: string; readonly values?: readonly string[] }>> =
    personCommands[kind].fields;
  const own = Object.fromEntries(
    Object.entries(fields).map(([name, { values }]) => [name, values ? fc.oneof(fc.constantFrom(...values), likely) : likely]),
  );
  return fc.oneof(
    fc.record(own, { requiredKeys: [] }),
    fc.record({ ...own, other: likely }, { requiredKeys: [] }),
    fc.jsonValue(),
    fc.constantFrom(null, undefined, [], 'text', 7),
  );
}

test.each(personCommandKinds)('%s: the door and the workflow agree on every message', (kind) => {
  const schema = fieldSchema(kind);
  fc.assert(
    fc.property(bodies(kind), (body) => {
      const parsed = parseCommand(kind, body);
      const { success, data } = schema.safeParse(body);
      expect(success).toBe(!('problems' in parsed));
      if (!('problems' in parsed)) expect(data).toEqual(parsed.body);
    }),
    { numRuns: 400 },
  );
});

test.each(personCommandKinds)('%s: a text is never named as a code is', (kind) => {
  const { fields, texts } = personCommands[kind];
  expect(Object.keys(texts).filter((name) => Object.hasOwn(fields, name))).toEqual([]);
});

test('reasons are trimmed, and blank ones are none', () => {
  const schema = commandSchema('panelDecision');
  expect(schema.safeParse({ outcome: 'approve', reasons: '  ' }).success).toBe(false);
  const sent = schema.parse({ outcome: 'approve', reasons: ' It fits. ', conditions: '   ' });
  expect(takeApart('panelDecision', sent)).toEqual({ body: { outcome: 'approve' }, texts: { reasons: 'It fits.' } });
});

test('a text of ten thousand characters is taken, a longer one is not', () => {
  const schema = commandSchema('withdraw');
  expect(schema.safeParse({ reason: 'x'.repeat(10_000) }).success).toBe(true);
  expect(schema.safeParse({ reason: 'x'.repeat(10_001) }).success).toBe(false);
});
