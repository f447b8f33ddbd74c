// The API as a process: up at once whatever else is away, one sentence when it cannot start, and an orderly end.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { projectRoot } from '../../config';
import { freePort } from '../../dev/ports';
import { startProgram, type Program } from '../../dev/process';

const started: Program[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((program) => program.stop()));
});

/** An API of whose neighbours none is there. */
async function lonelyApi(port: number, change: Record<string, string> = {}): Promise<{ program: Program; lines: string[] }> {
  const nowhere = await freePort();
  const lines: string[] = [];
  const program = await startProgram({
    name: 'The API',
    command: process.execPath,
    args: [join(projectRoot, 'dist/web/main.js')],
    env: {
      PATH: process.env['PATH'],
      API_PORT: String(port),
      API_DATABASE_URL: `postgresql://cap_api:x@127.0.0.1:${nowhere}/cap`,
      TEMPORAL_ADDRESS: `127.0.0.1:${nowhere}`,
      TOKEN_ISSUERS: `http://127.0.0.1:${nowhere}`,
      SIGN_IN_ISSUERS: `http://127.0.0.1:${nowhere}|pages`,
      PAYLOAD_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
      FILES_DIR: '/nowhere',
      HEADS_DIR: '/nowhere/heads',
      HEADS_PUBLIC_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
      FILES_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
      ...change,
    },
    onLine: (line) => lines.push(line),
  });
  started.push(program);
  return { program, lines };
}

/**
 * The same once it listens. Between the moment at which a port is found free and the moment at which it is taken, another suite may take it: then on
 * another port.
 */
async function listening(change: Record<string, string> = {}): Promise<{ program: Program; port: number }> {
  for (let tries = 0; tries < 3; tries += 1) {
    const port = await freePort();
    const { program, lines } = await lonelyApi(port, change);
    const says = (words: string) => lines.some((line) => line.includes(words));
    for (const until = Date.now() + 20_000; program.running() && Date.now() < until;) {
      if (says('The API listens')) return { program, port };
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    if (!says('is taken')) break;
  }
  throw new Error('The API did not come up');
}

test('it answers while Postgres, Temporal and the issuer are away, and says which of them it waits for', async () => {
  const { port } = await listening();
  const ready = await fetch(`http://127.0.0.1:${port}/health/ready`);
  expect([ready.status, await ready.json()]).toEqual([
    503,
    { ready: false, parts: { postgres: { up: false }, temporal: { up: false }, identity: { up: false } } },
  ]);
  const cases = await fetch(`http://127.0.0.1:${port}/api/v1/cases`, {
    headers: { Authorization: `Bearer ${unsigned({ iss: 'http://127.0.0.1:1' })}` },
  });
  expect(cases.status).toBe(401);
});

test('a token that cannot be checked just now is not called wrong: try again', async () => {
  const issuer = await freePort();
  const { port } = await listening({ TOKEN_ISSUERS: `http://127.0.0.1:${issuer}` });
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/cases`, {
    headers: { Authorization: `Bearer ${unsigned({ iss: `http://127.0.0.1:${issuer}` })}` },
  });
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
});

test('asked to stop, it ends by itself, also while somebody keeps a connection open', async () => {
  const { program, port } = await listening();
  await fetch(`http://127.0.0.1:${port}/health/ready`); // whose questions to Temporal are tried again for a while
  process.kill(program.pid, 'SIGTERM');
  expect(await program.ended).toEqual({ code: 0, signal: null });
});

test('a port that is taken is said in one sentence', async () => {
  const server: Server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const { program, lines } = await lonelyApi(port);
  expect(await program.ended).toEqual({ code: 1, signal: null });
  expect(lines).toEqual([`Port ${port} on 127.0.0.1 is taken: stop what listens there, or set API_PORT to another.`]);
  server.close();
});

test('a setting that is missing is named', async () => {
  const { program, lines } = await lonelyApi(await freePort(), { PAYLOAD_KEYS: '' });
  expect((await program.ended).code).toBe(78);
  expect(lines.join('\n')).toMatch(/^The setting PAYLOAD_KEYS should be/);
});

function unsigned(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256', kid: 'one' })}.${part({ sub: 'cap.team', aud: 'cap-casework', exp: 4_000_000_000, ...claims })}.c2ln`;
}
