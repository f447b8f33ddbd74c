// Who is at the browser: signed in at an issuer, known by our own rows, out when a limit says so, and without the loss of a word (R25).
import { join } from 'node:path';
import { scratchFolder } from '../../dev/scratch';
import { browser, openStand, tokenIn, type Browser, type Stand } from './stand';

const folder = scratchFolder();
let stand: Stand;
beforeAll(async () => (stand = await openStand({ folder: join(folder, 'identity') })));
afterAll(() => stand.stop());
beforeEach(() => stand.at('2026-11-25T09:00:00.000Z'));

const held = (of: Browser) => of.cookies.get('localhost') ?? new Map<string, string>();
const sessionOf = (of: Browser) => [...held(of)].find(([name]) => name.startsWith('cap-session'))?.[1];

test('somebody picks who to be, and comes back to the page that they asked for', async () => {
  const me = browser();
  const pick = await me.get(`${stand.url}/form?of=CAP-2026-7K3QX9`);
  expect(pick.url.origin).toBe(stand.identity.issuer);
  expect(pick.text).toContain('This is a local demonstration.');
  expect(pick.text).toContain('Sample Cap-Team');
  const page = await me.post(pick.url.href, { person: 'cap.team' });
  expect(page.url.href).toBe(`${stand.url}/form?of=CAP-2026-7K3QX9`);
  expect(page.text).toContain('<h1>cap.team</h1>');
});

test('a form of the page is taken, and its token is of other bytes in each page', async () => {
  const me = browser();
  const page = await me.signIn(stand, 'school.alder');
  expect((await me.post(`${stand.url}/form`, { _csrf: tokenIn(page), words: 'hello' })).text).toBe('school.alder sent hello');
  const again = await me.get(`${stand.url}/form`);
  expect(tokenIn(again)).not.toBe(tokenIn(page));
  expect((await me.post(`${stand.url}/form`, { _csrf: tokenIn(again), words: 'hello' })).status).toBe(200);
});

test('after signing out here and at the issuer, the next page asks whom to be', async () => {
  const me = browser();
  const page = await me.signIn(stand, 'school.alder');
  const out = await me.post(`${stand.url}/sign-out`, { _csrf: tokenIn(page) });
  expect(out.text).toContain('You are signed out here');
  expect(sessionOf(me)).toBeUndefined();
  const issuer = await me.get(/url=(.*)$/.exec(out.headers.get('refresh') ?? '')?.[1] ?? '');
  const [, action = '', xsrf = ''] = /action="([^"]*)".*name="xsrf" value="([^"]*)"/s.exec(issuer.text) ?? [];
  const back = await me.post(action, { xsrf, logout: 'yes' });
  expect([back.url.href, back.status]).toEqual([`${stand.url}/signed-out`, 200]);
  expect((await me.get(`${stand.url}/form`)).url.pathname).toMatch(/^\/pick\//);
});
