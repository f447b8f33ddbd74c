// Who is at the browser: signed in at an issuer, known by our own rows, out when a limit says so, and without the loss of a word (R25).
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { forgetSessions } from '../../../records/sessions';
import type { Person } from '../../../records/types';
import { endOtherSessions, endOwnSession, endSessionsOfPerson, ownSessions } from '../../../usecases/sessions';
import { scratchFolder } from '../../dev/scratch';
import { browser, openStand, tokenIn, type Browser, type Page, type Stand } from './stand';

const folder = scratchFolder();
let stand: Stand;
beforeAll(async () => (stand = await openStand({ folder: join(folder, 'identity') })));
afterAll(() => stand.stop());
beforeEach(() => stand.at('2026-11-25T09:00:00.000Z'));

const form = () => `${stand.url}/form`;
const held = (of: Browser) => of.cookies.get('localhost') ?? new Map<string, string>();
const sessionCookie = (of: Browser) => [...held(of)].find(([name]) => name.startsWith('cap-session'));
const person = (id: string, ...parties: Person['parties']): Person => ({ person: id, name: '', parties });
const wordsIn = ({ text }: Page) => /name="words" value="([^"]*)"/.exec(text)?.[1];

/** Sends the form of a page and, where the service asks for it, signs in again. */
async function sends(me: Browser, page: Page, words: string, as: string): Promise<Page> {
  const answer = await me.post(page.url.href, { _csrf: tokenIn(page), words });
  expect(answer.status).toBe(401);
  const again = await me.get(new URL(/href="([^"]*)"/.exec(answer.text)?.[1] ?? '', stand.url).href);
  return again.url.pathname.startsWith('/pick/') ? me.post(again.url.href, { person: as }) : again;
}

describe('signing in', () => {
  test('somebody picks who to be, and comes back to the page that they asked for', async () => {
    const me = browser();
    const pick = await me.get(`${form()}?of=CAP-2026-7K3QX9`);
    expect(pick.url.origin).toBe(stand.identity.issuer);
    expect(pick.text).toContain('This is a local demonstration.');
    expect(pick.text).toContain('Sample Cap-Team');
    expect(pick.headers.get('content-security-policy')).toMatch(/default-src 'none'; style-src 'self'; form-action 'self' http/);
    expect(pick.text).not.toMatch(/<script|<style| style=/);
    const page = await me.post(pick.url.href, { person: 'cap.team' });
    expect(page.url.href).toBe(`${form()}?of=CAP-2026-7K3QX9`);
    expect(page.text).toContain('<h1>cap.team</h1>');
  });

  test('the cookie of a session is deaf to scripts, does not come with forms of other sites, and changes at every sign-in', async () => {
    const thief = browser();
    await thief.signIn(stand, 'provider.one');
    const planted = sessionCookie(thief) ?? ['', ''];
    const me = browser();
    held(me);
    me.cookies.set('localhost', new Map([planted]));
    const pick = await me.get(`${stand.url}/sign-in?back=/form&as=another`);
    const done = await me.post(pick.url.href, { person: 'cap.team' });
    expect(done.text).toContain('<h1>cap.team</h1>');
    expect(sessionCookie(me)?.[0]).toBe(planted[0]);
    expect(sessionCookie(me)?.[1]).not.toBe(planted[1]);
    expect((await thief.once(form())).status).toBe(303);
    const callback = await me.once(`${stand.url}/sign-in?as=another`);
    expect(callback.headers.getSetCookie()[0]).toMatch(/^cap-sign-in-\d+=.*; Path=\/; .*HttpOnly; SameSite=Lax$/);
  });

  test('signing out ends it here and at the issuer: the next page asks whom to be', async () => {
    const me = browser();
    const page = await me.signIn(stand, 'school.alder');
    const kept = new Map(held(me));
    const out = await me.post(`${stand.url}/sign-out`, { _csrf: tokenIn(page) });
    expect(sessionCookie(me)).toBeUndefined();
    expect([out.url.origin, out.url.pathname]).toEqual([stand.identity.issuer, '/session/end']);
    const [, action = '', xsrf = ''] = /action="([^"]*)".*name="xsrf" value="([^"]*)"/s.exec(out.text) ?? [];
    const back = await me.post(action, { xsrf, logout: 'yes' });
    expect([back.url.href, back.status]).toEqual([`${stand.url}/signed-out`, 200]);
    expect((await me.get(form())).url.pathname).toMatch(/^\/pick\//);
    me.cookies.set('localhost', kept);
    expect((await me.once(form())).status).toBe(303);
  });

  test('nobody is signed out by a page of another site', async () => {
    const me = browser();
    const page = await me.signIn(stand, 'school.alder');
    const from = { 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.example' };
    expect((await me.post(`${stand.url}/sign-out`, { _csrf: tokenIn(page) }, from)).status).toBe(403);
    expect((await me.post(`${stand.url}/sign-out`, {})).status).toBe(403);
    expect((await me.once(form())).status).toBe(200);
  });

  test.each([
    ...[
      '//elsewhere.example',
      '/\\elsewhere.example',
      'https://elsewhere.example/form',
      'javascript:alert(1)',
      '/.//elsewhere.example',
    ],
    ...[
      '/%09/elsewhere.example',
      '/\t/elsewhere.example',
      'elsewhere.example',
      '/sign-in?back=/form',
      '/sign-out',
      `/${'x'.repeat(3000)}`,
    ],
    ...['/..//elsewhere.example', '\\\\elsewhere.example', '/%5celsewhere.example', '/%2f%2felsewhere.example'],
  ])('whoever is signed in goes on to a page of ours, whatever a link says: %s', async (back) => {
    const me = browser();
    await me.signIn(stand, 'ops');
    const answer = await me.once(`${stand.url}/sign-in?back=${encodeURIComponent(back)}`);
    const to = new URL(answer.headers.get('location') ?? '', stand.url);
    expect([answer.status, to.origin]).toEqual([303, stand.url]);
    expect(to.pathname).not.toMatch(/^\/sign-|^\/\//);
  });
});

describe('sessions', () => {
  test('one that is not used for half an hour has run out; one that is used goes on', async () => {
    const me = browser();
    await me.signIn(stand, 'school.alder');
    stand.at('2026-11-25T09:29:00.000Z');
    expect((await me.once(form())).status).toBe(200);
    stand.at('2026-11-25T09:58:00.000Z');
    expect((await me.once(form())).status).toBe(200);
    stand.at('2026-11-25T10:28:00.000Z');
    expect((await me.once(form())).status).toBe(303);
  });

  test('a list that somebody left open runs out too: what it asks for by itself is no use of the session', async () => {
    const me = browser();
    await me.signIn(stand, 'school.alder');
    const byItself = { headers: { 'sec-fetch-dest': 'empty', 'sec-fetch-mode': 'cors', 'sec-fetch-site': 'same-origin' } };
    for (const minute of ['05', '10', '15', '20', '25', '29']) {
      stand.at(`2026-11-25T09:${minute}:00.000Z`);
      expect((await me.once(form(), byItself)).status).toBe(200);
    }
    stand.at('2026-11-25T09:31:00.000Z');
    expect((await me.once(form(), byItself)).status).toBe(303);
    expect((await me.once(form())).status).toBe(303);
  });

  test('none lives longer than twelve hours, however busy', async () => {
    const me = browser();
    await me.signIn(stand, 'school.alder');
    for (let minutes = 20; minutes < 720; minutes += 20) {
      stand.at(new Date(Date.parse('2026-11-25T09:00:00.000Z') + minutes * 60_000).toISOString());
      expect((await me.once(form())).status).toBe(200);
    }
    stand.at('2026-11-25T21:00:00.000Z');
    expect((await me.once(form())).status).toBe(303);
  });

  test('a person sees where they are signed in, and ends one or all others: those are out at once', async () => {
    const [one, two, three] = [browser(), browser(), browser()];
    const mine = person('chair.review', 'panel:review-and-authorisation');
    for (const [minute, each] of [one, two, three].entries()) {
      stand.at(`2026-11-25T09:0${minute}:00.000Z`);
      await each.signIn(stand, 'chair.review');
    }
    const list = await ownSessions(stand.services, mine);
    expect(list.map(({ began, browser: name }) => [began, name])).toEqual([
      ['2026-11-25T09:02:00.000Z', 'A browser'],
      ['2026-11-25T09:01:00.000Z', 'A browser'],
      ['2026-11-25T09:00:00.000Z', 'A browser'],
    ]);
    const [last, middle] = list.map(({ id }) => id);
    expect((await three.get(form())).text).toContain(last);

    const stranger = person('provider.one', 'provider:TP-ONE');
    expect(await endOwnSession(stand.services, stranger, middle ?? '')).toMatchObject({ refused: 'not-found' });
    expect(await endOwnSession(stand.services, mine, middle ?? '')).toEqual({ ended: 1 });
    expect(await Promise.all([one, two, three].map(async (each) => (await each.once(form())).status))).toEqual([200, 303, 200]);
    expect(await endOtherSessions(stand.services, mine, last ?? '')).toEqual({ ended: 1 });
    expect(await Promise.all([one, three].map(async (each) => (await each.once(form())).status))).toEqual([303, 200]);
  });

  test('CAP ends all sessions of a person, which is written down; nobody else may', async () => {
    const me = browser();
    await me.signIn(stand, 'provider.two');
    const chair = person('chair.review', 'panel:review-and-authorisation');
    expect(await endSessionsOfPerson(stand.services, chair, 'provider.two')).toMatchObject({ refused: 'not-allowed' });
    expect((await me.once(form())).status).toBe(200);
    expect(await endSessionsOfPerson(stand.services, person('cap.lead', 'cap'), 'provider.two')).toEqual({ ended: 1 });
    expect((await me.once(form())).status).toBe(303);
    const edits = await stand.rows(`SELECT person, what, before FROM edits WHERE what LIKE 'sessions of%'`);
    expect(edits).toEqual([{ person: 'cap.lead', what: 'sessions of provider.two', before: { ended: 1 } }]);
  });

  test('whoever leaves is out within a breath, and is told so when they sign in again', async () => {
    const me = browser();
    await me.signIn(stand, 'head.birch');
    await stand.rows(`UPDATE people SET active = false WHERE id = 'head.birch'`);
    try {
      await new Promise((resolve) => setTimeout(resolve, 2_100));
      expect((await me.once(form())).status).toBe(303);
      const page = await me.get(form());
      expect([page.status, page.text]).toEqual([403, expect.stringContaining('This service does not know you')]);
    } finally {
      await stand.rows(`UPDATE people SET active = true WHERE id = 'head.birch'`);
    }
  });

  test('the table gives nobody a session: no cookie stands in it, and no role of the service reads what is sealed', async () => {
    const me = browser();
    await me.signIn(stand, 'school.birch');
    const [, cookie = ''] = sessionCookie(me) ?? [];
    const sid = decodeURIComponent(cookie).replace(/^s:/, '').split('.')[0] ?? '';
    expect(sid.length).toBeGreaterThan(20);
    expect(JSON.stringify(await stand.rows('SELECT * FROM sessions'))).not.toContain(sid);
    for (const database of [stand.api, stand.worker]) {
      await expect(database.directly((sql) => sql.$queryRaw`SELECT digest, subject, sealed FROM sessions`)).rejects.toThrow(
        /permission denied/,
      );
    }
    const seen = await stand.api.asActor(
      person('school.alder', 'school:SCH-A'),
      (sql) => sql.$queryRaw<{ person: string }[]>`SELECT DISTINCT person FROM sessions`,
    );
    expect(seen.filter((row) => row.person !== 'school.alder')).toEqual([]);
  });
});

describe('forms', () => {
  test('a form of the page is taken, and its token is of other bytes in each page', async () => {
    const me = browser();
    const page = await me.signIn(stand, 'school.alder');
    expect((await me.post(form(), { _csrf: tokenIn(page), words: 'hello' })).text).toBe('school.alder sent hello');
    const again = await me.get(form());
    expect(tokenIn(again)).not.toBe(tokenIn(page));
    expect((await me.post(form(), { _csrf: tokenIn(again), words: 'hello' })).status).toBe(200);
  });

  test('what another site sends is refused, before its body is read', async () => {
    const me = browser();
    const page = await me.signIn(stand, 'school.alder');
    const sent = { _csrf: tokenIn(page), words: 'from elsewhere' };
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site', origin: stand.url },
      { origin: 'https://elsewhere.example' },
      { origin: 'null' },
      {},
    ] as Record<string, string>[]) {
      expect([headers, (await me.post(form(), sent, headers)).status]).toEqual([headers, 403]);
    }
    const tooLong = { words: 'x'.repeat(3_000_000) };
    expect((await me.post(form(), tooLong, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await me.post(form(), sent, { origin: stand.url })).status).toBe(200);
  });

  test('a token that is forged, missing, or of another session is refused', async () => {
    const [me, other] = [browser(), browser()];
    const page = await me.signIn(stand, 'school.alder');
    const theirs = await other.signIn(stand, 'school.alder');
    const wrong = [tokenIn(theirs), '', 'x', Buffer.alloc(64).toString('base64url'), `${tokenIn(page).slice(0, -4)}AAAA`];
    for (const token of wrong) expect((await me.post(form(), { _csrf: token, words: 'x' })).status).toBe(403);
    expect((await me.post(form(), { words: 'x' })).status).toBe(403);
  });
});

describe('what was typed when the session had run out (R25)', () => {
  test('waits until the same person has signed in again, and goes once they have sent it', async () => {
    const me = browser();
    const page = await me.signIn(stand, 'school.alder', '/form?of=CAP-2026-7K3QX9');
    stand.at('2026-11-25T10:00:00.000Z');
    const back = await sends(me, page, 'a long <story> & more', 'school.alder');
    expect(back.url.href).toBe(page.url.href);
    expect(wordsIn(back)).toBe('a long &lt;story&gt; &amp; more');
    expect(back.text).not.toContain('_csrf&quot;');
    expect(wordsIn(await me.get(page.url.href))).toBe('a long &lt;story&gt; &amp; more');
    expect(wordsIn(await me.get(`${form()}?of=CAP-2026-222222`))).toBe('');
    expect((await me.post(page.url.href, { _csrf: tokenIn(back), words: 'sent' })).text).toBe('school.alder sent sent');
    expect(wordsIn(await me.get(page.url.href))).toBe('');
  });

  test('is shown to nobody else, at the same browser or another, and stands nowhere in clear', async () => {
    const me = browser();
    const page = await me.signIn(stand, 'provider.one');
    stand.at('2026-11-25T10:00:00.000Z');
    const words = `private ${randomUUID()}`;
    await me.post(form(), { _csrf: tokenIn(page), words });
    const pick = await me.get(`${stand.url}/sign-in?back=/form&as=another`);
    const other = await me.post(pick.url.href, { person: 'provider.two' });
    expect(other.text).toContain('<h1>provider.two</h1>');
    expect(wordsIn(other)).toBe('');
    expect(JSON.stringify(await stand.rows('SELECT * FROM unsent_forms'))).not.toContain(words);
    const seen = await stand.api.asActor(
      person('provider.two', 'provider:TP-TWO'),
      (sql) => sql.$queryRaw<unknown[]>`SELECT * FROM unsent_forms`,
    );
    expect(seen).toEqual([]);
    // Even moved in the table to somebody else, it does not open.
    await stand.rows(`UPDATE unsent_forms SET person = 'provider.two' WHERE person = 'provider.one'`);
    expect(wordsIn(await me.get(form()))).toBe('');
    await stand.rows(`UPDATE unsent_forms SET person = 'provider.one' WHERE person = 'provider.two'`);
    expect(wordsIn(await browser().signIn(stand, 'provider.one'))).toBe(words);
  });

  test('is kept after a weekend too, and an hour from then', async () => {
    const me = browser();
    const page = await me.signIn(stand, 'chair.placement');
    stand.at('2026-11-28T08:00:00.000Z');
    expect(wordsIn(await sends(me, page, 'written on a Saturday', 'chair.placement'))).toBe('written on a Saturday');
    stand.at('2026-11-28T08:59:59.000Z');
    expect(wordsIn(await browser().signIn(stand, 'chair.placement'))).toBe('written on a Saturday');
    stand.at('2026-11-28T09:00:00.000Z');
    expect(wordsIn(await browser().signIn(stand, 'chair.placement'))).toBe('');
  });

  test('a second form that the person had open is taken once they have signed in again', async () => {
    const me = browser();
    const page = await me.signIn(stand, 'chair.multiagency');
    stand.at('2026-11-25T10:00:00.000Z');
    await sends(me, page, 'the first', 'chair.multiagency');
    expect((await me.post(`${form()}?second`, { _csrf: tokenIn(page), words: 'the second' })).status).toBe(200);
  });

  test('a forged form is not kept, and neither is one of a session that was ended', async () => {
    const me = browser();
    const page = await me.signIn(stand, 'auditor');
    stand.at('2026-11-25T10:00:00.000Z');
    expect((await me.post(form(), { _csrf: 'forged', words: 'forged' })).status).toBe(403);
    await endSessionsOfPerson(stand.services, person('cap.lead', 'cap'), 'auditor');
    const answer = await me.post(form(), { _csrf: tokenIn(page), words: 'too late' });
    expect([answer.status, answer.text]).toEqual([401, expect.stringContaining('What you sent was not taken')]);
    // It is kept nowhere here, and still not lost: whoever sent it has it on the page (R25).
    expect(answer.text).toContain('too late</p>');
    expect(await stand.rows(`SELECT FROM unsent_forms WHERE person = 'auditor'`)).toEqual([]);
  });

  test('the sweep forgets it after the hour, and sessions a week after their end', async () => {
    const me = browser();
    const page = await me.signIn(stand, 'academy');
    stand.at('2026-11-25T22:00:00.000Z');
    await me.post(form(), { _csrf: tokenIn(page), words: 'x' });
    const left = () =>
      stand.rows(`SELECT person FROM unsent_forms WHERE person = 'academy'
      UNION ALL SELECT id FROM sessions WHERE person = 'academy'`);
    await forgetSessions(stand.worker, '2026-11-25T22:59:59.000Z', '2026-11-25T20:59:59.000Z');
    expect(await left()).toHaveLength(2);
    await forgetSessions(stand.worker, '2026-11-25T23:00:00.000Z', '2026-11-25T21:00:00.000Z');
    expect(await left()).toHaveLength(0);
  });
});
