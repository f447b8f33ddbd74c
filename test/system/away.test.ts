// The API while what it stands on is away, and when it is asked nonsense: it answers, says what is the matter, and loses nothing.
import { connect } from 'node:net';
import { expectAgreement, rowsOf } from '../support/agreement';
import { draft, idsOf, pathway, walk } from '../support/pathways';
import { eventually, startSystem, type System } from '../support/system';

jest.setTimeout(180_000);

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());

describe('while a part is away', () => {
  const ready = async () => {
    const { status, body } = await system.ask(null, 'GET', '/health/ready');
    const parts = body['parts'] as Readonly<Record<string, { readonly up: boolean }>>;
    return { status, away: Object.keys(parts).filter((name) => parts[name]?.up !== true) };
  };
  const live = async () => (await system.ask(null, 'GET', '/health/live')).status;

  test('the API lives, also when it is started then, says which part it is, and goes on when all are back', async () => {
    const reference = await draft(system, 'flourish');
    expect(await ready()).toEqual({ status: 200, away: [] });

    await system.temporal.kill();
    await eventually(async () => expect([await live(), await ready()]).toEqual([200, { status: 503, away: ['temporal'] }]));
    await system.postgres.kill();
    await eventually(async () =>
      expect([await live(), await ready()]).toEqual([200, { status: 503, away: ['postgres', 'temporal'] }]),
    );

    await system.api.kill();
    await system.api.start();
    await eventually(async () =>
      expect([await live(), await ready()]).toEqual([200, { status: 503, away: ['postgres', 'temporal'] }]),
    );
    const asked = await system.ask('school.alder', 'GET', `/api/v1/applications/${reference}`);
    expect([asked.status, asked.body.type, asked.headers.get('retry-after')]).toEqual([503, '/problems/records-away', '2']);

    await system.postgres.start();
    const headers = { 'Idempotency-Key': 'sent-too-early' };
    const submit = () => system.ask('school.alder', 'POST', `/api/v1/applications/${reference}/submit`, { body: {}, headers });
    await eventually(async () => expect((await submit()).body.type).toBe('/problems/engine-away'));
    await system.temporal.start();
    await eventually(async () => expect(await ready()).toEqual({ status: 200, away: [] }));

    const sent = await eventually(async () => {
      const answer = await submit();
      expect(answer.status).toBe(201);
      return answer;
    });
    expect(sent.body).toEqual({ result: 'recorded', reference, step: 1 });
    const { decisions } = await rowsOf(system, reference);
    const taken = await walk(system, reference, pathway('flourish').slice(1));
    await expectAgreement(system, reference, [...decisions, ...idsOf(taken)]);
  });
});

test('a worker that cannot go on says why and ends, so that it is started again', async () => {
  const worker = system.workerWith({ TEMPORAL_NAMESPACE: 'there-is-none' });
  await expect(worker.start()).rejects.toThrow(/The worker stopped: Namespace there-is-none was not found/);
}, 30_000);

describe('bad input', () => {
  const applications = '/api/v1/applications';
  const named = (name: string) => JSON.stringify({ programme: 'flourish', answers: { 'case-worker': name } });
  const post = (body: string, headers: Readonly<Record<string, string>> = {}) =>
    system.ask('school.alder', 'POST', applications, { body, headers });

  afterEach(async () => {
    expect((await system.ask(null, 'GET', '/health/ready')).status).toBe(200);
  });

  test.each([
    ['a body of 10 MB', () => post(named('x'.repeat(10_000_000))), 413, 'too-large'],
    ['a NUL in a name', () => post(named('Sam\0ple')), 400, 'malformed'],
    ['half of a character in a name', () => post(named('Sample').replace('Sample', 'Sam\\ud800ple')), 400, 'malformed'],
    ['broken JSON', () => post('{"programme": "flour'), 400, 'malformed'],
    ['brackets without end', () => post('['.repeat(500_000)), 400, 'malformed'],
    ['another type of content', () => post('programme=flourish', { 'Content-Type': 'text/plain' }), 415, 'wrong-type'],
    ['compressed content', () => post(named('Sample'), { 'Content-Encoding': 'gzip' }), 415, 'wrong-type'],
    ['huge headers', () => post(named('Sample'), { 'X-Huge': 'x'.repeat(60_000) }), 431, 'headers-too-large'],
    ['a cursor that is none of ours', () => system.ask('cap.team', 'GET', '/api/v1/cases?cursor=nonsense'), 400, 'malformed'],
    ['a forged cursor', () => system.ask('cap.team', 'GET', `/api/v1/cases?cursor=${btoa('{"updated":1}')}`), 400, 'malformed'],
    ['a NUL in an address', () => system.ask('cap.team', 'GET', '/api/v1/cases/CAP-%00'), 404, 'not-found'],
    ['a percent sign alone', () => system.ask('cap.team', 'GET', '/api/v1/cases/%'), 400, 'malformed'],
    [
      'a token that is none',
      () => system.ask(null, 'GET', '/api/v1/cases', { headers: { Authorization: 'Bearer x.y.z' } }),
      401,
      'not-signed-in',
    ],
  ] as const)('%s gets a clear answer', async (_what, ask, status, kind) => {
    const answer = await ask();
    expect([answer.status, answer.body.type]).toEqual([status, `/problems/${kind}`]);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.body.detail).toMatch(/\.$/);
  });

  test('no command without its key, and no key that cannot be kept', async () => {
    const reference = await draft(system, 'flourish');
    for (const headers of [{}, { 'Idempotency-Key': '' }, { 'Idempotency-Key': 'x'.repeat(300) }]) {
      const answer = await system.ask('school.alder', 'POST', `${applications}/${reference}/submit`, { body: {}, headers });
      expect([answer.status, answer.body.type]).toEqual([400, '/problems/malformed']);
      expect(answer.body['errors']).toEqual([expect.objectContaining({ field: 'idempotency-key' })]);
    }
  });

  test('a draft is what it was after everything that was refused', async () => {
    const reference = await draft(system, 'flourish');
    const read = async () => (await system.ask('school.alder', 'GET', `${applications}/${reference}`)).body;
    const before = await read();
    for (const body of [named('Sam\0ple'), '{"answers"', JSON.stringify({ answers: { 'case-worker': 7 }, version: 1 })]) {
      const answer = await system.ask('school.alder', 'PUT', `${applications}/${reference}`, { body });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
    }
    expect(await read()).toEqual(before);
  });

  test.each(['GET / HTTP/9.9\r\n\r\n', '\0\0\0\0\r\n\r\n', 'POST /api/v1/applications HTTP/1.1\r\nContent-Length: -1\r\n\r\n'])(
    'what is no request at all is answered as such: %j',
    async (bytes) => {
      expect(await spoken(bytes)).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n[^]*application\/problem\+json/);
    },
  );

  /** What the API says to bytes, until it hangs up. */
  function spoken(bytes: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect(system.apiPort, '127.0.0.1', () => socket.write(bytes, 'latin1'));
      let heard = '';
      socket.setEncoding('utf8').on('data', (text: string) => (heard += text));
      socket.on('end', () => resolve(heard)).on('error', reject);
    });
  }
});
