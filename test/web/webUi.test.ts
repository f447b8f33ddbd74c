// What goes to the server of the Web UI, and what comes back: none of our cookies and tokens, none of its cookies but the one for its forms.
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import request from 'supertest';
import { openDoors, type Doors } from '../api/doors';
import { readPerson } from '../../records/people';
import type { HandOver } from '../../web/session/handOver';
import { webUiApp } from '../../web/webUi/webUiApp';

const url = 'https://temporal.example';
const session = '__Host-cap-session=ops';
let doors: Doors;
let server: Server;
let asked: IncomingMessage[] = [];
let upstream = '';
beforeAll(async () => {
  doors = await openDoors('2024-11-20T10:00:00.000Z');
  server = createServer((req, res) => {
    asked.push(req);
    res.setHeader('Set-Cookie', ['_csrf=theirs; Path=/', '__Host-cap-session=planted; Path=/; Secure']);
    res.setHeader('Content-Security-Policy', 'default-src *');
    res.end('of the Web UI');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  upstream = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});
beforeEach(() => (asked = []));
afterAll(async () => {
  server.close();
  await doors.stop();
});

const handOver: HandOver = {
  begin: () => 'browser',
  ticket: () => Promise.resolve(null),
  enter: () => null,
  visit: (cookie) => readPerson(doors.api, cookie),
};
const app = (to = upstream) =>
  webUiApp({ services: doors.services, handOver, publicUrl: 'https://casework.example', url, upstream: to });

test('its server is sent neither our cookies nor a token nor where somebody came from, and sets no cookie but its own', async () => {
  const answer = await request(app())
    .get('/namespaces?query=x')
    .set('Cookie', `${session}; _csrf=theirs; other=1`)
    .set({ Authorization: 'Bearer ours', 'X-Forwarded-For': '192.0.2.1' });
  expect([answer.status, answer.text]).toEqual([200, 'of the Web UI']);
  const [sent] = asked;
  expect([sent?.url, sent?.headers.cookie, sent?.headers.authorization, sent?.headers['x-forwarded-for']]).toEqual([
    '/namespaces?query=x',
    '_csrf=theirs',
    undefined,
    undefined,
  ]);
  expect(answer.headers['set-cookie']).toEqual(['_csrf=theirs; Path=/']);
  expect(answer.headers['content-security-policy']).toContain("default-src 'self'");
  expect(answer.headers['content-security-policy']).toContain("frame-ancestors 'none'");
});

test('nobody comes to it without a session: whoever opens a page is sent for a ticket, a script is told', async () => {
  const opened = await request(app()).get('/namespaces').set('Accept', 'text/html');
  expect(opened.headers['location']).toBe('https://casework.example/web-ui?browser=browser&to=%2Fnamespaces');
  expect(opened.headers['set-cookie']).toEqual([
    expect.stringMatching(/^__Host-cap-sign-in=browser; .*HttpOnly; Secure; SameSite=Lax/),
  ]);
  for (const path of ['/api/v1/namespaces', '/codec/decode']) {
    const { status } = await request(app()).post(path).set('Origin', url).send({});
    expect([path, status]).toEqual([path, 401]);
  }
  expect(asked).toEqual([]);
});

test('a way back that leads elsewhere leads to its first page', async () => {
  const back = async (path: string) => {
    const { headers } = await request(app()).get(path).set('Accept', 'text/html');
    return new URL(String(headers['location'])).searchParams.get('to');
  };
  expect(await back('//elsewhere.example/x')).toBe('/');
  expect(await back('/cap-enter/../namespaces')).toBe('/namespaces');
});

test('while its server is away that is said', async () => {
  const { status, body } = await request(app('http://127.0.0.1:9')).get('/').set('Cookie', session);
  expect([status, (body as { title: string }).title]).toEqual([502, 'Web UI away']);
});
