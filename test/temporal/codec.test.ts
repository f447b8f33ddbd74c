// The codec: what it hides, which keys open it, and that nothing whatever makes it throw.
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import fc from 'fast-check';
import { parseKeys, payloadCodec } from '../../temporal/codec';
import { keys, oneKey, otherKey, sameIdOtherKey } from './keys';

const codec = payloadCodec(keys);
const secret = 'UNMISTAKABLE-TEXT';

async function sealed(value: unknown, by = codec): Promise<Payload> {
  const [payload] = await by.encode([defaultPayloadConverter.toPayload(value)]);
  if (payload === undefined) throw new Error('nothing was encoded');
  return payload;
}

async function opened(payload: Payload, by = codec): Promise<unknown> {
  const [clear] = await by.decode([payload]);
  return clear === undefined ? 'nothing came back' : defaultPayloadConverter.fromPayload(clear);
}

const bytesOf = (payload: Payload) => Buffer.from(payload.data ?? []);

describe('what goes in comes out', () => {
  test('any JSON value, undefined and bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.jsonValue(), fc.constant(undefined), fc.uint8Array()), async (value) => {
        expect(await opened(await sealed(value))).toEqual(
          value instanceof Uint8Array || value === undefined ? value : JSON.parse(JSON.stringify(value)),
        );
      }),
    );
  });

  test('a payload whose data protobuf left out, as a workflow without a result has', async () => {
    const [encoded] = await codec.encode([
      { metadata: { encoding: Buffer.from('binary/null') }, data: [] as unknown as Uint8Array },
    ]);
    expect(encoded && (await opened(encoded))).toBeUndefined();
  });

  test('metadata is kept, and hidden with the data', async () => {
    const payload = {
      metadata: { encoding: Buffer.from('json/plain'), kind: Buffer.from([0, 128, 255]) },
      data: Buffer.from(`"${secret}"`),
    };
    const encoded = await codec.encode([payload]);
    expect(JSON.stringify(encoded.map(({ metadata }) => Object.keys(metadata ?? {})))).toBe('[["encoding","encryption-key-id"]]');
    expect(await codec.decode(encoded)).toEqual([payload]);
  });

  test('nothing of the value is readable, and no two encryptions are alike', async () => {
    const [one, two] = [await sealed({ secret }), await sealed({ secret })];
    expect(bytesOf(one).includes(secret)).toBe(false);
    expect(bytesOf(one).equals(bytesOf(two))).toBe(false);
    expect(bytesOf(one).subarray(0, 12).equals(bytesOf(two).subarray(0, 12))).toBe(false);
  });

  test('an empty list stays one', async () => {
    expect(await codec.encode([])).toEqual([]);
    expect(await codec.decode([])).toEqual([]);
  });
});

describe('a payload is for one workflow', () => {
  const of = (workflowId: string) => ({ type: 'workflow', namespace: 'default', workflowId }) as const;
  const sealedFor = async (workflowId: string, value: unknown): Promise<Payload> => {
    const [payload = {}] = await codec.encode([defaultPayloadConverter.toPayload(value)], of(workflowId));
    return payload;
  };
  const openedBy = async (workflowId: string, payload: Payload): Promise<unknown> => {
    const [clear = {}] = await codec.decode([payload], of(workflowId));
    return defaultPayloadConverter.fromPayload(clear);
  };

  test('it is read there, and by whoever only looks; copied to another it is not readable', async () => {
    const payload = await sealedFor('CAP-2026-AAAAAA', { command: 'c' });
    expect(await openedBy('CAP-2026-AAAAAA', payload)).toEqual({ command: 'c' });
    expect(await opened(payload)).toEqual({ command: 'c' });
    expect(await openedBy('CAP-2026-BBBBBB', payload)).toEqual({ unreadable: 'of-another-workflow' });
  });

  test('it cannot be passed off as that of another, or as that of none', async () => {
    const payload = await sealedFor('CAP-2026-AAAAAA', 'x');
    const renamed = { ...payload.metadata, 'encrypted-for': Buffer.from('CAP-2026-BBBBBB') };
    expect(await openedBy('CAP-2026-BBBBBB', { ...payload, metadata: renamed })).toEqual({ unreadable: 'altered' });
    const unbound = Object.fromEntries(Object.entries(payload.metadata ?? {}).filter(([name]) => name !== 'encrypted-for'));
    expect(await openedBy('CAP-2026-BBBBBB', { ...payload, metadata: unbound })).toEqual({ unreadable: 'altered' });
    const typed = await sealed('x');
    const bound = { ...typed.metadata, 'encrypted-for': Buffer.from('CAP-2026-AAAAAA') };
    expect(await openedBy('CAP-2026-AAAAAA', { ...typed, metadata: bound })).toEqual({ unreadable: 'altered' });
  });

  test('what was typed comes with its number: the same for every copy, another for every encryption', async () => {
    const typed = { person: 'chair.review', outcome: 'approve' };
    const [one, two] = [await sealed(typed), await sealed(typed)];
    const first = await openedBy('CAP-2026-AAAAAA', one);
    expect(first).toEqual({ once: expect.stringMatching(/^[\w-]{16}$/) as string, typed });
    expect(await openedBy('CAP-2026-BBBBBB', one)).toEqual(first);
    expect(await openedBy('CAP-2026-AAAAAA', two)).not.toEqual(first);
    expect(await openedBy('CAP-2026-AAAAAA', await sealed(undefined))).toMatchObject({ typed: null });
  });

  test('nobody chooses the number: what looks like one inside what was typed stays inside', async () => {
    const forged = { once: 'chosen', typed: { person: 'chair.review' } };
    expect(await openedBy('CAP-2026-AAAAAA', await sealed(forged))).toMatchObject({ typed: forged });
  });

  test('typed text that is no JSON is refused, not thrown', async () => {
    const [payload = {}] = await codec.encode([
      { metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from('{not json') },
    ]);
    expect(await openedBy('CAP-2026-AAAAAA', payload)).toEqual({ unreadable: 'altered' });
  });
});

describe('keys', () => {
  const rotated = payloadCodec(parseKeys(`${otherKey},${oneKey}`));

  test('after a change of keys the old is still read and the new one writes', async () => {
    expect(await opened(await sealed(secret), rotated)).toBe(secret);
    expect(await opened(await sealed(secret, rotated), payloadCodec(parseKeys(otherKey)))).toBe(secret);
    expect(await opened(await sealed(secret, rotated))).toEqual({ unreadable: 'unknown-key' });
  });

  test('another key under the same id is refused', async () => {
    expect(await opened(await sealed(secret), payloadCodec(parseKeys(sameIdOtherKey)))).toEqual({ unreadable: 'altered' });
  });

  test('a payload cannot be passed off as sealed by a key of another id', async () => {
    const same = payloadCodec(parseKeys(`${oneKey},${oneKey.replace('a:', 'c:')}`));
    const payload = await sealed(secret);
    const renamed = { ...payload, metadata: { ...payload.metadata, 'encryption-key-id': Buffer.from('c') } };
    expect(await opened(renamed, same)).toEqual({ unreadable: 'altered' });
  });

  test.each([
    ['', 'key 1'],
    ['nonsense', 'key 1'],
    [`${oneKey},`, 'key 2'],
    [`${oneKey},${oneKey}`, 'key 2'],
    [`b:${Buffer.alloc(31, 'z').toString('base64')}`, 'key 1'],
    [`two words:${Buffer.alloc(32, 'z').toString('base64')}`, 'key 1'],
  ])('a faulty setting is named, not shown: %j', (text, position) => {
    const complaint = (() => {
      try {
        parseKeys(text);
        return 'none';
      } catch (error) {
        return String(error);
      }
    })();
    expect(complaint).toMatch(/^Error: PAYLOAD_KEYS/);
    expect(complaint).toContain(position);
    expect(complaint).not.toMatch(/nonsense|two words|enp6|YWFh/);
  });
});

describe('what is not ours becomes a value that parsers refuse', () => {
  test('every single byte of the data, changed in any way', async () => {
    const payload = await sealed({ command: 'panelDecision' });
    const original = bytesOf(payload);
    for (let at = 0; at < original.length; at++) {
      const data = Buffer.from(original);
      data.writeUInt8(data.readUInt8(at) ^ (1 << (at % 8)), at);
      expect(await opened({ ...payload, data })).toEqual({ unreadable: 'altered' });
    }
  });

  test('cut short anywhere, or longer', async () => {
    const payload = await sealed({ command: 'panelDecision' });
    const original = bytesOf(payload);
    for (let length = 0; length < original.length; length++) {
      expect(await opened({ ...payload, data: original.subarray(0, length) })).toEqual({ unreadable: 'altered' });
    }
    expect(await opened({ ...payload, data: Buffer.concat([original, Buffer.of(0)]) })).toEqual({ unreadable: 'altered' });
  });

  test('every byte of its metadata', async () => {
    const payload = await sealed('x');
    for (const [name, value] of Object.entries(payload.metadata ?? {})) {
      for (let at = 0; at < value.length; at++) {
        const changed = Buffer.from(value);
        changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
        const metadata = { ...payload.metadata, [name]: changed };
        expect(await opened({ ...payload, metadata })).toEqual({
          unreadable: name === 'encoding' ? 'not-encrypted' : 'unknown-key',
        });
      }
    }
  });

  test('a signal typed into the Web UI without the codec endpoint', async () => {
    expect(await opened(defaultPayloadConverter.toPayload({ decision: 'approve' }))).toEqual({ unreadable: 'not-encrypted' });
    expect(await opened({ metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from('{not json') })).toEqual({
      unreadable: 'not-encrypted',
    });
  });

  test('nothing at all', async () => {
    expect(await opened({})).toEqual({ unreadable: 'nothing' });
    expect(await opened({ metadata: null, data: null })).toEqual({ unreadable: 'nothing' });
    expect(await opened(null as unknown as Payload)).toEqual({ unreadable: 'nothing' });
  });

  test('ours, but of an encoding at which the converter would throw', async () => {
    const [twice] = await codec.encode([await sealed('x')]);
    expect(await opened(twice ?? {})).toEqual({ unreadable: 'unknown-encoding' });
  });

  test('anything: no metadata, no data, whatever it holds, is an error thrown', async () => {
    const bytes = fc.uint8Array({ maxLength: 80 });
    const claims = fc.record({
      encoding: fc.constant(Buffer.from('binary/encrypted')),
      'encryption-key-id': fc.constant(Buffer.from('a')),
    });
    const metadata = fc.oneof(claims, fc.dictionary(fc.string(), bytes), fc.constant(null));
    await fc.assert(
      fc.asyncProperty(fc.record({ metadata, data: fc.option(bytes) }), async (payload) => {
        expect(await opened(payload)).toEqual({ unreadable: expect.any(String) as string });
      }),
    );
  });
});
