// Bad input of any kind gets a clear answer that says what to do, and loses nothing.
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { allDoors } from '../../api/allDoors';
import { closeServer, httpServer, listen } from '../../api/server';
import { personCommandKinds } from '../../domain/commands';
import { commandPath } from '../../api/commandBody';
import { completeAnswers } from '../support/story';
import { openDoors, type Doors } from './doors';

let doors: Doors;
beforeAll(async () => {
  doors = await openDoors('2024-11-20T10:00:00.000Z');
});
afterAll(() => doors.stop());

const begin = (body: unknown, headers = {}) => doors.ask('school.alder', 'POST', '/api/v1/applications', { body, headers });

test.each([
  ['broken JSON', '{"programme": "flour', 400, 'malformed'],
  ['a NUL in a name', '{"programme":"flourish","answers":{"case-worker":"Sam\\u0000ple"}}', 400, 'malformed'],
  ['half of a character', '{"programme":"flourish","answers":{"case-worker":"Sam\\ud800ple"}}', 400, 'malformed'],
  ['a NUL in the name of a field', '{"programme":"flourish","answers":{"student\\u0000":"x"}}', 400, 'malformed'],
  ['a list instead of an application', '[]', 400, 'malformed'],
  ['a number', '7', 400, 'malformed'],
  ['nothing but null', 'null', 400, 'malformed'],
  ['a number for a programme', '{"programme":7}', 400, 'malformed'],
  ['a field that is not known', '{"programme":"flourish","colour":"blue"}', 400, 'malformed'],
  ['a programme that there is not', '{"programme":"flying"}', 422, 'wrong-values'],
  ['no programme', '{}', 422, 'wrong-values'],
  ['a hidden prototype', '{"programme":"flourish","__proto__":{"school":"SCH-B"}}', 400, 'malformed'],
  ['brackets a hundred thousand deep', `{"answers":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 413, 'too-large'],
])('%s', async (_what, body, status, kind) => {
  const answer = await begin(body);
  expect([answer.status, answer.body.type]).toEqual([status, `/problems/${kind}`]);
  expect(answer.type).toBe('application/problem+json');
  expect(answer.body.detail).toMatch(/\.$/);
});

const cursorOf = (position: unknown) => Buffer.from(JSON.stringify(position)).toString('base64url');
const nul = { due: '2024-11-20T10:00:00.000Z', reference: 'CAP-2024-222222', what: '\u0000', subject: '' };

test.each([
  ['a cursor with a NUL in it', `/api/v1/worklist?cursor=${cursorOf(nul)}`, 400, 'malformed'],
  [
    'a cursor with half of a character in it',
    `/api/v1/worklist?cursor=${cursorOf({ ...nul, what: '\ud800' })}`,
    400,
    'malformed',
  ],
  ['an academic year whose end has five digits', '/api/v1/numbers?academicYear=9999-00', 400, 'malformed'],
  ['an academic year that ends in the next century', '/api/v1/allowances/2099-00', 404, 'not-found'],
  ['an academic year of the year 999', '/api/v1/exports/ap-census/0999-00', 404, 'not-found'],
])('%s', async (_what, path, status, kind) => {
  const answer = await doors.ask('cap.team', 'GET', path);
  expect([answer.status, answer.body.type]).toEqual([status, `/problems/${kind}`]);
});

test('a body of 10 MB is too large, and the service goes on', async () => {
  const answer = await begin(JSON.stringify({ programme: 'flourish', answers: { 'case-worker': 'x'.repeat(10_000_000) } }));
  expect([answer.status, answer.body.type]).toEqual([413, '/problems/too-large']);
  expect((await begin({ programme: 'flourish' })).status).toBe(201);
});

test('seventy-five thousand unknown answers are refused before a door looks at them, and in few words', async () => {
  const answers = Object.fromEntries(Array.from({ length: 75_000 }, (_, one) => [`q${one}`, '']));
  const answer = await begin(JSON.stringify({ programme: 'flourish', answers }));
  expect([answer.status, answer.body.type]).toEqual([413, '/problems/too-large']);
  expect(answer.text.length).toBeLessThan(1_000);
});

test('of many wrong things at most fifty are named, and a sentence says how many there are', async () => {
  const answers = Object.fromEntries(Array.from({ length: 1_000 }, (_, one) => [`q${one}`, '']));
  const unknown = await begin({ programme: 'flourish', answers });
  expect([unknown.status, unknown.body.type]).toEqual([422, '/problems/wrong-values']);
  expect(unknown.body.errors).toHaveLength(50);
  expect(unknown.body.detail).toMatch(/ The first 50 of 1,000 are named\.$/);
  const fields = Object.fromEntries(Object.keys(answers).map((name) => [name, 1]));
  const strange = await begin({ programme: 'flourish', ...fields });
  expect([strange.status, strange.body.errors.length]).toEqual([400, 50]);
  expect(strange.body.detail).toMatch(/ The first 50 of 1,000 are named\.$/);
  const wrongly = await begin({ programme: 'flourish', answers: fields });
  expect([wrongly.status, wrongly.body.errors.length]).toEqual([400, 50]);
  const long = await begin({ programme: 'flourish', ['x'.repeat(100_000)]: 1 });
  expect([long.status, long.text.length < 1_000]).toEqual([400, true]);
});

test.each([
  [{ 'Content-Type': 'text/plain' }],
  [{ 'Content-Type': 'application/json; charset=utf-16' }],
  [{ 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' }],
  [{ 'Content-Type': 'application/x-www-form-urlencoded' }],
])('a body of another type is not guessed at: %j', async (headers) => {
  expect((await begin('{"programme":"flourish"}', headers)).status).toBe(415);
});

test('an answer in another form than JSON is not to be had', async () => {
  expect((await doors.ask('school.alder', 'GET', '/api/v1/me', { headers: { Accept: 'image/png' } })).status).toBe(406);
});

test('what there is not is not there; what is there but not so says how', async () => {
  expect((await doors.ask('cap.team', 'GET', '/api/v1/nothing')).body.type).toBe('/problems/not-found');
  expect((await doors.ask('cap.team', 'GET', '/api/v1/cases/not-a-reference')).status).toBe(404);
  expect((await doors.ask('cap.team', 'GET', '/api/v1/cases/%E0%A4%A')).status).toBe(400);
  const other = await doors.ask('cap.team', 'DELETE', '/api/v1/cases');
  expect([other.status, other.headers['allow']]).toEqual([405, 'GET, HEAD, OPTIONS']);
});

test('who is not signed in, or not known, or no longer here, is told so', async () => {
  const nobody = await doors.ask(null, 'GET', '/api/v1/me');
  expect([nobody.status, nobody.headers['www-authenticate'], nobody.body.type]).toEqual([
    401,
    'Bearer',
    '/problems/not-signed-in',
  ]);
  const stranger = await doors.ask('a.stranger', 'GET', '/api/v1/me');
  expect([stranger.status, stranger.body.type]).toEqual([403, '/problems/person-unknown']);
});

test('a fault of ours is said to be one, and tells nothing else', async () => {
  doors.engine({ submit: () => Promise.reject(new Error('SELECT secret FROM drafts')) });
  const student = await doors.student('school.alder');
  const draft = await begin({ programme: 'flourish', student, answers: completeAnswers('flourish', '2024-11-18') });
  const failed = await doors.ask('school.alder', 'POST', `/api/v1/applications/${draft.body.reference}/submit`, { key: 'k' });
  doors.engine(null);
  expect([failed.status, failed.body.type]).toEqual([500, '/problems/fault']);
  expect(failed.text).not.toMatch(/SELECT|secret|at /);
  expect(doors.logged()).not.toContain('SELECT secret');
});

test('no answer says what the service is made of, and each carries a strict policy', async () => {
  const { headers } = await doors.ask('cap.team', 'GET', '/api/v1/me');
  expect(headers['x-powered-by']).toBeUndefined();
  expect(headers['content-security-policy']).toBe("default-src 'none';frame-ancestors 'none'");
  expect(headers['cache-control']).toBe('no-store');
  expect(headers['x-request-id']).toMatch(/^[\w-]{36}$/);
});

describe('What is no readable request', () => {
  const server = () => httpServer(doors.app);
  async function say(text: string, listening = server()): Promise<string> {
    await listen(listening, '127.0.0.1', 0);
    const { port } = listening.address() as AddressInfo;
    const said = await new Promise<string>((done) => {
      let heard = '';
      const socket = connect(port, '127.0.0.1', () => socket.write(text));
      socket.on('data', (data) => (heard += data.toString()));
      socket.on('close', () => done(heard));
      socket.on('error', () => undefined);
    });
    await closeServer(listening, 100);
    return said;
  }

  test('headers that are too large', async () => {
    expect(await say(`GET /api/v1/me HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 431 [\s\S]*problem\+json[\s\S]*headers-too-large/,
    );
  });

  test('noise', async () => {
    expect(await say('\u0001\u0002 what\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 [\s\S]*malformed/);
  });

  test.each([
    ['headers', 'GET /api/v1/me HTTP/1.1\r\nHost: a\r\nX', 300],
    ['a body', 'POST /api/v1/applications HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9\r\n', 600],
  ])('%s without an end are cut off when their time is over, and not much later', async (what, begun, patience) => {
    const token = await doors.issuer.token('school.alder');
    const rest = what === 'a body' ? `Authorization: Bearer ${token}\r\n\r\n{` : '';
    const began = Date.now();
    const said = await say(begun + rest, httpServer(doors.app, { headers: 300, request: 600 }));
    const took = Date.now() - began;
    expect(said).toMatch(/^HTTP\/1\.1 408 [\s\S]*problem\+json[\s\S]*too-slow/);
    expect(took).toBeGreaterThanOrEqual(patience);
    expect(took).toBeLessThan(patience + 1_000);
  });

  test('a port that is taken is said in one sentence', async () => {
    const first = server();
    await listen(first, '127.0.0.1', 0);
    const { port } = first.address() as AddressInfo;
    await expect(listen(server(), '127.0.0.1', port)).rejects.toThrow(`Port ${port} on 127.0.0.1 is taken`);
    await closeServer(first, 100);
  });
});

test('whatever comes to whatever door, by whomever, the answer is never a fault', async () => {
  const draft = await begin({ programme: 'flourish' });
  const reference = draft.body.reference as string;
  const paths = [
    ...allDoors({} as never).map(({ method, path }) => [method.toUpperCase(), path.replace('{reference}', reference)] as const),
    ...personCommandKinds.map((kind) => ['POST', commandPath(kind, reference)] as const),
  ];
  const word = fc.oneof(
    fc.constantFrom(
      'outcome',
      'result',
      'reasons',
      'programme',
      'answers',
      'version',
      'school',
      'course',
      'deadline',
      'items',
      'meetings',
      'day',
    ),
    fc.string(),
  );
  const value = fc.oneof(
    fc.jsonValue({ noUnicodeString: false }),
    fc.constantFrom('approve', 'flourish', 'SCH-A', '2025-01-13', '9999-12-31', '0000-01-01', -1, 1e308, '\u0000'),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...paths),
      fc.constantFrom('school.alder', 'cap.team', 'chair.review', 'provider.one', 'auditor'),
      fc.oneof(fc.dictionary(word, value), value),
      fc.string(),
      async ([method, path], person, body, query) => {
        const address = `${path.replace(/\{\w+\}/g, encodeURIComponent(query.slice(0, 20)) || 'x')}${method === 'GET' ? `?x=${encodeURIComponent(query.replace(/\p{Surrogate}/gu, ''))}` : ''}`;
        const answer = await doors.ask(person, method as 'GET', address, {
          key: 'fuzz',
          ...(method === 'GET' ? {} : { body: JSON.stringify(body) }),
        });
        expect(answer.status).toBeLessThan(500);
      },
    ),
    { numRuns: 400 },
  );
}, 120_000);
