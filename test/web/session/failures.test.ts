// Sign-ins that come to nothing: each says what to do, is noted without saying who it was, and nobody tries for ever.
import { createServer } from 'node:http';
import { join } from 'node:path';
import { pagesClient, startIdentity, type Identity } from '../../../dev/identity';
import { demoPeople } from '../../../dev/people';
import { freePort } from '../../../dev/ports';
import { scratchFolder } from '../../dev/scratch';
import { browser, openStand, type Stand } from './stand';

const folder = scratchFolder();
const quiet = () => undefined;
let stand: Stand;
let second: Identity;
let dead: string;
beforeAll(async () => {
  // Its redirect addresses are those of the stand, whose port is not known yet: it takes the stand's client once that is there.
  const port = await freePort();
  dead = `http://127.0.0.1:${await freePort()}`;
  const issuerWithout = (issuer: string, title: string) => ({ issuer, title, clientId: pagesClient, clientSecret: null });
  stand = await openStand({
    folder: join(folder, 'identity'),
    proxies: 1,
    rates: { signIns: { times: 20, seconds: 600 }, requests: { times: 8, seconds: 60 } },
    issuers: [issuerWithout(`http://127.0.0.1:${port}`, 'The other council'), issuerWithout(dead, 'Who is away')],
  });
  const at = { port, folder: join(folder, 'second'), publicUrl: stand.url };
  second = await startIdentity({ ...at, audience: 'x', people: demoPeople, production: false, log: quiet });
});
afterAll(async () => {
  await second.stop();
  await stand.stop();
});

/** Each test comes from an address of its own, so that their attempts are counted apart. */
let tests = 0;
let from: Record<string, string> = {};
beforeEach(() => (from = { 'x-forwarded-for': `192.0.2.${++tests}` }));
const last = async () => (await stand.noted()).at(-1);

test('with several issuers a page asks which, and goes on to where somebody wanted to be', async () => {
  const me = browser();
  const which = await me.get(`${stand.url}/sign-in?back=${encodeURIComponent('/form?a=1&b=2')}`, from);
  expect(which.text).toContain('How do you sign in?');
  const links = [...which.text.matchAll(/<a [^>]*href="([^"]*)"[^>]*>([^<]*)</g)];
  expect(links.map(([, , title]) => title)).toEqual(['The demonstration', 'The other council', 'Who is away']);
  const pick = await me.get(`${stand.url}${(links[0]?.[1] ?? '').replaceAll('&amp;', '&')}`, from);
  const page = await me.post(pick.url.href, { person: 'cap.team' });
  expect([page.url.href, page.text]).toEqual([`${stand.url}/form?a=1&b=2`, expect.stringContaining('<h1>cap.team</h1>')]);
});

test('two issuers never share a person: the same name at the other is a stranger, who is noted as a digest alone', async () => {
  const me = browser();
  const pick = await me.get(`${stand.url}/sign-in?at=1`, from);
  expect(pick.url.origin).toBe(second.issuer);
  const page = await me.post(pick.url.href, { person: 'cap.team' });
  expect([page.status, page.text]).toEqual([403, expect.stringContaining('This service does not know you')]);
  expect(await last()).toEqual({
    ...{ action: 'sign-in', person: '' },
    detail: { why: 'unknown-person', subject: expect.stringMatching(/^[\da-f]{32}$/) },
  });
  expect((await me.once(`${stand.url}/form`)).status).toBe(303);
  const again = /href="([^"]*)"/.exec(page.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
  expect((await me.get(`${stand.url}${again}`, from)).text).toContain('How do you sign in?');
});

test('an issuer that is away is said by its name, with what to do', async () => {
  const page = await browser().get(`${stand.url}/sign-in?at=2&back=/form`, from);
  expect([page.status, page.text]).toEqual([503, expect.stringContaining('Who is away does not answer')]);
  expect(page.text).toContain('href="/sign-in?back=%2Fform"');
});

test('an answer that nobody here asked for signs nobody in: another state, none, or one from long ago', async () => {
  const [me, other] = [browser(), browser()];
  const refused = async (of: typeof me, url: string) => {
    const page = await of.get(url, from);
    expect([page.status, page.text]).toEqual([400, expect.stringContaining('You are not signed in')]);
    expect(await last()).toEqual({ action: 'sign-in', person: '', detail: { why: 'wrong-state' } });
  };
  await refused(me, `${stand.url}/sign-in/done?code=stolen&state=guessed`);

  // What came back to another browser, a link to which somebody is lured to.
  const pick = await other.get(`${stand.url}/sign-in?at=0`, from);
  const back = await callbackOf(other, pick.url.href, 'provider.one');
  await me.get(`${stand.url}/sign-in?at=0`, from);
  await refused(me, back);

  const late = await callbackOf(other, (await other.get(`${stand.url}/sign-in?at=0&as=another`, from)).url.href, 'provider.one');
  stand.at('2026-11-25T09:15:00.000Z');
  await refused(other, late);
  stand.at('2026-11-25T09:00:00.000Z');
});

/** Picks a person, and stops before the answer comes to the service. @returns the address of the answer */
async function callbackOf(of: ReturnType<typeof browser>, pick: string, person: string): Promise<string> {
  let response = await of.once(pick, { method: 'POST', body: new URLSearchParams({ person }) });
  for (;;) {
    const to = response.headers.get('location') ?? '';
    if (to.startsWith(stand.url)) return to;
    response = await of.once(to);
  }
}

test('what the issuer refuses, or sends a second time, signs nobody in', async () => {
  const me = browser();
  const pick = await me.get(`${stand.url}/sign-in?at=0&back=/form`, from);
  const back = await callbackOf(me, pick.url.href, 'provider.one');
  const { searchParams } = new URL(back);
  const cookies = new Map(me.cookies.get('localhost'));
  const state = searchParams.get('state') ?? '';
  for (const answer of [
    { error: 'access_denied', state, iss: stand.identity.issuer },
    { code: 'made-up', state, iss: stand.identity.issuer },
  ]) {
    me.cookies.set('localhost', new Map(cookies));
    const page = await me.get(`${stand.url}/sign-in/done?${new URLSearchParams(answer).toString()}`, from);
    expect([page.status, page.text]).toEqual([400, expect.stringContaining('You are not signed in')]);
    expect(await last()).toEqual({ action: 'sign-in', person: '', detail: { why: 'refused' } });
  }
  me.cookies.set('localhost', new Map(cookies));
  expect((await me.get(back, from)).status).toBe(200);
  const copied = browser();
  copied.cookies.set('localhost', new Map(cookies));
  expect((await copied.get(back, from)).status).toBe(400);
});

describe('what the issuer sends proves who it is, or signs nobody in', () => {
  const sub = 'cap.team';
  test.each([
    ['a token as it should be, of somebody unknown', {}, true, 'unknown-person'],
    ['a token that another key has signed', {}, false, 'refused'],
    ['a token for another sign-in', { nonce: 'another' }, true, 'refused'],
    ['a token for another service', { aud: 'another' }, true, 'refused'],
    ['a token of another issuer', { iss: 'https://elsewhere.example' }, true, 'refused'],
    ['a token that is over', { exp: 1_700_000_000 }, true, 'refused'],
    ['a token that says of nobody', { sub: undefined }, true, 'refused'],
  ])('%s', async (_what, change, ownKey, why) => {
    const me = browser();
    let claims: object = {};
    const stop = await speakAs(dead, () => claims, ownKey);
    try {
      const start = await me.once(`${stand.url}/sign-in?at=2`, { headers: from });
      const asked = new URL(start.headers.get('refresh')?.slice('0; url='.length) ?? '').searchParams;
      expect([asked.get('code_challenge_method'), asked.get('scope')]).toEqual(['S256', 'openid']);
      const iat = Math.floor(Date.now() / 1000);
      claims = { iss: dead, sub, aud: pagesClient, nonce: asked.get('nonce'), iat, exp: iat + 60, ...change };
      const page = await me.get(`${stand.url}/sign-in/done?code=x&state=${asked.get('state') ?? ''}`, from);
      expect(page.status).toBe(why === 'refused' ? 400 : 403);
      expect(await last()).toMatchObject({ detail: { why } });
    } finally {
      await stop();
    }
  });
});

/** An issuer of a few lines. @param ownKey whether it signs with the key that it publishes. @returns what stops it */
async function speakAs(issuer: string, claims: () => object, ownKey: boolean): Promise<() => Promise<void>> {
  const { exportJWK, generateKeyPair, SignJWT } = await import('jose');
  const [own, other] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
  const jwk = { ...(await exportJWK(own.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' };
  const answers: Record<string, () => Promise<object>> = {
    '/.well-known/openid-configuration': async () => ({
      ...{ issuer, jwks_uri: `${issuer}/jwks`, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token` },
      ...{ response_types_supported: ['code'], id_token_signing_alg_values_supported: ['RS256'] },
    }),
    '/jwks': async () => ({ keys: [jwk] }),
    '/token': async () => {
      const key = (ownKey ? own : other).privateKey;
      const id_token = await new SignJWT({ ...claims() }).setProtectedHeader({ alg: 'RS256', kid: 'one' }).sign(key);
      return { access_token: 'x', token_type: 'Bearer', id_token };
    },
  };
  const server = createServer((req, res) => {
    res.setHeader('Content-Type', 'application/json');
    void answers[req.url ?? '']?.().then((body) => res.end(JSON.stringify(body)));
  });
  await new Promise<void>((done) => server.listen(Number(new URL(issuer).port), '127.0.0.1', done));
  return () =>
    new Promise((done) => {
      server.closeAllConnections();
      server.close(() => done());
    });
}

test('from one address only so many steps of signing in are taken, and then it is said when to try again; it is noted once', async () => {
  const me = browser();
  for (let tries = 0; tries < 20; tries += 1) expect((await me.once(`${stand.url}/sign-in`, { headers: from })).status).toBe(200);
  for (let tries = 0; tries < 3; tries += 1) {
    const answer = await me.once(`${stand.url}/sign-in`, { headers: from });
    expect([answer.status, Number(answer.headers.get('retry-after')) > 500]).toEqual([429, true]);
    expect(await answer.text()).toContain('then try again');
  }
  expect((await stand.noted()).filter(({ detail }) => 'why' in detail && detail.why === 'too-many')).toHaveLength(1);
  // What somebody writes into the header before our proxy adds to it changes nothing.
  const forged = { 'x-forwarded-for': `203.0.113.9, ${from['x-forwarded-for'] ?? ''}` };
  expect((await me.once(`${stand.url}/sign-in`, { headers: forged })).status).toBe(429);
  expect((await me.once(`${stand.url}/sign-in`, { headers: { 'x-forwarded-for': '203.0.113.9' } })).status).toBe(200);
});

test('a person makes only so many requests, at whatever browser; others go on', async () => {
  const [me, elsewhere, other] = [browser(), browser(), browser()];
  const signIn = async (of: ReturnType<typeof browser>, person: string) =>
    of.post((await of.get(`${stand.url}/sign-in?at=0&back=/form`, from)).url.href, { person });
  await signIn(me, 'ops');
  await signIn(elsewhere, 'ops');
  await signIn(other, 'auditor');
  const answers = [];
  for (let tries = 0; tries < 8; tries += 1) answers.push((await (tries % 2 ? me : elsewhere).once(`${stand.url}/form`)).status);
  expect(answers).toEqual([200, 200, 200, 200, 200, 200, 429, 429]);
  expect(await last()).toEqual({ action: 'visit', person: 'ops', detail: { why: 'too-many' } });
  expect((await other.once(`${stand.url}/form`)).status).toBe(200);
});
