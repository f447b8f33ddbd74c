// What goes to the server of the Web UI, and what comes back: none of our cookies and tokens, none of its cookies but the one for its forms.
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
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

/** Sends the first line of a request as it stands: clients mend addresses on the way. */
function sends(method: string, path: string, cookie = session): Promise<{ status: number; location: string | undefined }> {
  const listening = createServer(app());
  return new Promise((resolve, reject) => {
    listening.listen(0, '127.0.0.1', () => {
      const { port } = listening.address() as AddressInfo;
      const headers = { Cookie: cookie, Origin: url, Accept: 'text/html' };
      const made = httpRequest({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
        answer.resume().on('end', () => {
          listening.close();
          resolve({ status: answer.statusCode ?? 0, location: answer.headers.location });
        });
      });
      made.on('error', reject).end();
    });
  });
}

test('no address leads to another server than its own', async () => {
  const { port } = new URL(upstream);
  const elsewhere = `127.0.0.2:${port}`;
  for (const path of [`//${elsewhere}/x`, `http://${elsewhere}/x`, `/\\${elsewhere}/x`, `///${elsewhere}/x`]) {
    expect([path, (await sends('GET', path)).status]).toEqual([path, 404]);
  }
  expect(asked).toEqual([]);
});

test('what is asked is what was looked at: an address whose dots or slashes lead elsewhere is none', async () => {
  const workflow = '/api/v1/namespaces/default/workflows/CAP-2024-222222';
  for (const path of [
    `${workflow}/query/..`,
    `${workflow}/query/%2e%2e`,
    `${workflow}/query/x%2f..%2f..%2fterminate`,
    '/api/v1/namespaces/../workflows/x/query/y',
    `${workflow}/query/..%5c..%5cterminate`,
  ]) {
    expect([path, (await sends('POST', path, '__Host-cap-session=cap.team')).status]).toEqual([path, 404]);
  }
  expect(asked).toEqual([]);
  expect((await sends('POST', `${workflow}/query/standing`, '__Host-cap-session=cap.team')).status).toBe(200);
});

describe('With a ticket', () => {
  const entered: string[] = [];
  const enters = (query: string, cookie = '__Host-cap-sign-in=browser') => {
    const taking = { ...handOver, enter: (ticket: string, browser: string) => (entered.push(`${ticket} ${browser}`), 'ops') };
    const entering = webUiApp({
      ...{ services: doors.services, handOver: taking, publicUrl: 'https://casework.example', url, upstream },
    });
    return request(entering).get(`/cap-enter?${query}`).set('Cookie', cookie);
  };

  test('a way on that leads elsewhere, or that is said twice, leads to its first page', async () => {
    const on = async (to: string) => (await enters(`ticket=t&to=${to}`)).headers['location'] as unknown;
    for (const to of [
      '//elsewhere.example/x',
      '/%5C%5Celsewhere.example',
      'https://elsewhere.example',
      '/a&to=/b',
      '/cap-enter',
    ]) {
      expect([to, await on(to)]).toEqual([to, '/']);
    }
    expect(await on('/cap-enter/../namespaces')).toBe('/namespaces');
  });

  test('nobody comes in whose browser holds nothing of the way to it: it is the ticket of somebody else', async () => {
    entered.length = 0;
    for (const cookie of ['other=1', '__Host-cap-sign-in=']) {
      const answer = await enters('ticket=of-somebody-else&to=/', cookie);
      expect([cookie, answer.status]).toEqual([cookie, 401]);
    }
    expect(entered).toEqual([]);
  });
});

test('while its server is away that is said to a script', async () => {
  const asking = { Cookie: session, 'Sec-Fetch-Mode': 'cors' };
  const { status, body } = await request(app('http://127.0.0.1:9')).get('/').set(asking);
  expect([status, (body as { title: string }).title]).toEqual([502, 'Web UI away']);
});

test('whoever opens it while its server is away, or comes too late, reads so on a page with the way back to ours', async () => {
  const away = await request(app('http://127.0.0.1:9')).get('/namespaces').set({ Cookie: session, Accept: 'text/html' });
  expect([away.status, away.type]).toEqual([502, 'text/html']);
  expect(away.text).toContain('The Web UI of Temporal does not answer. Wait a minute, then load this page again.');
  const late = await request(app()).get('/cap-enter?ticket=old&to=/').set('Accept', 'text/html');
  expect([late.status, late.text]).toEqual([401, expect.stringContaining('The way here took too long')]);
  for (const { text } of [away, late]) expect(text).toContain('<a href="https://casework.example/ops">Go to Operations</a>');
});

test('its own page of signing in, to which it goes when a session was ended, leads back to where one was: one signs in with us', async () => {
  const to = async (query: string) => {
    const { status, headers } = await request(app()).get(`/login${query}`).set('Accept', 'text/html');
    return [status, headers['location'] as unknown];
  };
  const workflow = '/namespaces/default/workflows/CAP-2024-222222';
  expect(await to(`?returnUrl=${encodeURIComponent(`${url}${workflow}?page=2`)}`)).toEqual([303, `${workflow}?page=2`]);
  for (const elsewhere of ['', '?returnUrl=https://elsewhere.example/x', `?returnUrl=${encodeURIComponent(`${url}/login`)}`])
    expect([elsewhere, await to(elsewhere)]).toEqual([elsewhere, [303, '/']]);
  expect(asked).toEqual([]);
});
