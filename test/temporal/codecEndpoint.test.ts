// The codec endpoint: who is answered, and what junk gets.
import express from 'express';
import request from 'supertest';
import { payloadCodec } from '../../temporal/codec';
import { codecEndpoint } from '../../temporal/codecEndpoint';
import { fromJson, toJson, type JsonPayload } from '../../temporal/protobufJson';
import { keys } from './keys';

const ui = 'http://127.0.0.1:8233';
const codec = payloadCodec(keys);
const json = (text: string, encoding = 'json/plain') =>
  toJson({ metadata: { encoding: Buffer.from(encoding) }, data: Buffer.from(text) });
const clear = [json('{"decision":"approve"}'), toJson({ metadata: { encoding: Buffer.from('binary/null') } })];
const sealed = async () => (await codec.encode(clear.map(fromJson))).map(toJson);
const payloadsIn = (body: unknown) => (body as { payloads: JsonPayload[] }).payloads;

const app = (origins: { uiOrigin?: string; signedInOrigin?: string }) =>
  express().use(
    '/codec',
    codecEndpoint({ codec, ...origins, authorise: (req) => Promise.resolve(req.headers.authorization === 'Bearer ops') }),
  );
const embedded = app({ uiOrigin: ui });
const production = app({ signedInOrigin: 'https://temporal.example' });

describe('the embedded stack', () => {
  test('its Web UI reads and writes without an identity', async () => {
    const encoded = await request(embedded).post('/codec/encode').set('Origin', ui).send({ payloads: clear }).expect(200);
    expect(JSON.stringify(encoded.body)).not.toContain(clear[0]?.data);
    const decoded = await request(embedded)
      .post('/codec/decode?preserveStorageRefs=true')
      .set('Origin', ui)
      .send(encoded.body as object)
      .expect(200);
    expect(decoded.headers['access-control-allow-origin']).toBe(ui);
    expect(decoded.headers['access-control-allow-credentials']).toBe('true');
    expect(decoded.headers['cache-control']).toBe('no-store');
    expect(payloadsIn(decoded.body)).toEqual(clear.map((payload) => ({ ...payload, data: payload.data ?? '' })));
  });

  test('the Web UI under another name of this machine is the same one', async () => {
    await request(embedded).post('/codec/decode').set('Origin', 'http://localhost:8233').send({ payloads: [] }).expect(200);
  });

  test('the preflight of its Web UI is answered, with the headers that it sends', async () => {
    const answer = await request(embedded)
      .options('/codec/decode')
      .set({ Origin: ui, 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'content-type,x-namespace' })
      .expect(204);
    expect(answer.headers['access-control-allow-origin']).toBe(ui);
    expect(answer.headers['access-control-allow-headers']).toMatch(/content-type, x-namespace/i);
    expect(answer.headers['vary']).toBe('Origin');
  });

  test.each([
    'http://127.0.0.1:8234',
    'https://127.0.0.1:8233',
    'http://evil.example:8233',
    'http://127.0.0.1:8233.evil.example',
    'null',
  ])('another page is refused, signed in or not, and so is its preflight: %s', async (origin) => {
    const preflight = await request(embedded).options('/codec/decode').set('Origin', origin).expect(403);
    expect(preflight.headers['access-control-allow-origin']).toBeUndefined();
    const answer = await request(embedded)
      .post('/codec/decode')
      .set({ Origin: origin, Authorization: 'Bearer ops' })
      .send({ payloads: await sealed() })
      .expect(403);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  test('a host name that was pointed at this machine is not this machine', async () => {
    await request(embedded)
      .post('/codec/decode')
      .set({ Origin: ui, Host: 'evil.example:3000' })
      .send({ payloads: [] })
      .expect(401);
  });

  test('the origin of the Web UI must be on this machine', () => {
    expect(() => app({ uiOrigin: 'https://temporal.example' })).toThrow(/CODEC_UI_ORIGIN/);
    expect(() => app({ uiOrigin: 'http://127.0.0.1.evil.example' })).toThrow(/CODEC_UI_ORIGIN/);
  });
});

describe('anywhere else', () => {
  test.each([{}, { Origin: 'https://temporal.example' }])('without an identity: 401 (%j)', async (headers) => {
    const answer = await request(production).post('/codec/decode').set(headers).send({ payloads: [] }).expect(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
    expect(answer.type).toBe('application/problem+json');
  });

  test('with an identity that is not of ops: 403', async () => {
    await request(production).post('/codec/decode').set('Authorization', 'Bearer school').send({ payloads: [] }).expect(403);
  });

  test('ops are answered, from a script and from the Web UI whose people sign in', async () => {
    for (const headers of [{}, { Origin: 'https://temporal.example' }]) {
      const answer = await request(production)
        .post('/codec/decode')
        .set({ ...headers, Authorization: 'Bearer ops' })
        .send({ payloads: await sealed() })
        .expect(200);
      expect(payloadsIn(answer.body)[0]).toEqual(clear[0]);
    }
  });

  test('the embedded Web UI is a stranger here', async () => {
    await request(production).post('/codec/decode').set('Origin', ui).send({ payloads: [] }).expect(403);
  });

  test('a browser that names no origin but comes from a page is refused', async () => {
    const headers = { 'Sec-Fetch-Site': 'cross-site', Authorization: 'Bearer ops' };
    await request(production).post('/codec/decode').set(headers).send({ payloads: [] }).expect(403);
  });
});

describe('what it makes of payloads', () => {
  const ask = (path: string) => request(production).post(path).set('Authorization', 'Bearer ops');

  test('decode leaves alone what is not encrypted, and says why the rest cannot be read', async () => {
    const [first] = await sealed();
    const broken = { ...first, data: Buffer.from('broken').toString('base64') };
    const answer = await ask('/codec/decode')
      .send({ payloads: [clear[0], broken, { data: null }] })
      .expect(200);
    expect(payloadsIn(answer.body)).toEqual([clear[0], json('{"unreadable":"altered"}'), { data: null }]);
  });

  test('nothing is answered with nothing, as the command line asks it for a query without input', async () => {
    const answer = await ask('/codec/encode').send({}).expect(200);
    expect(payloadsIn(answer.body)).toEqual([]);
  });

  test('encode leaves alone what is encrypted', async () => {
    const payloads = await sealed();
    const answer = await ask('/codec/encode').send({ payloads }).expect(200);
    expect(payloadsIn(answer.body)).toEqual(payloads);
  });

  test.each([json('{not json'), json(''), json('{}', 'json/protobuf'), {}])(
    'encode refuses what would stop a case: %j',
    async (payload) => {
      const answer = await ask('/codec/encode')
        .send({ payloads: [payload] })
        .expect(400);
      expect(answer.type).toBe('application/problem+json');
    },
  );

  test.each<[string, string, number]>([
    ['application/json', '{', 400],
    ['application/json', '[]', 400],
    ['application/json', '{"payloads":{}}', 400],
    ['application/json', '{"payloads":[null]}', 400],
    ['application/json', '{"payloads":[{"data":"no base64!"}]}', 400],
    ['application/json', '{"payloads":[{"metadata":{"encoding":7}}]}', 400],
    ['text/plain', '{"payloads":[]}', 400],
    ['application/json; charset=ebcdic', '{}', 415],
    ['application/json', JSON.stringify({ payloads: [{ data: 'A'.repeat(9_000_000) }] }), 413],
  ])('junk as %s %.40j gets %d', async (type, body, status) => {
    const answer = await ask('/codec/decode').set('Content-Type', type).send(body);
    expect([answer.status, answer.type]).toEqual([status, 'application/problem+json']);
  });

  test('other methods and paths', async () => {
    await request(production).get('/codec/decode').expect(405).expect('Allow', 'OPTIONS, POST');
    await request(production).post('/codec/download').send({}).expect(404);
  });
});
