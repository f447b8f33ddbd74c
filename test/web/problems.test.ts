// What cannot be done is a page to a browser, and problem details to a program.
import request from 'supertest';
import { HttpProblem, problemKinds, type ProblemKind } from '../../api/problems';
import { freePort } from '../../dev/ports';
import { openDatabase } from '../../records/database';
import { EngineAway } from '../../temporal/client';
import { problemPage } from '../../web/problemPage';
import type { Services } from '../../api/services';
import { openDoors, type Doors } from '../api/doors';
import { submitted } from '../api/submitted';
import { appWithPages, visitor } from './pages';

let doors: Doors;
beforeAll(async () => (doors = await openDoors('2024-11-20T10:00:00.000Z')));
afterAll(() => doors.stop());

const app = () => appWithPages(doors.services);

test.each(['/no-such-page', '/cases/%'])(
  '%s: a browser is given a page that says what to do, a program the problem',
  async (path) => {
    const page = await request(app()).get(path).set('Accept', 'text/html,application/xhtml+xml,*/*;q=0.8');
    expect([page.type, page.text]).toEqual(['text/html', expect.stringContaining('Go to what waits for you')]);
    expect(page.headers['content-security-policy']).toContain("script-src 'self'");
    const problem = await request(app()).get(path);
    expect([problem.type, problem.status]).toEqual(['application/problem+json', page.status]);
    const withToken = await request(app()).get(path).set('Accept', 'text/html').set('Authorization', 'Bearer x');
    expect(withToken.type).toBe('application/problem+json');
  },
);

test.each(Object.keys(problemKinds) as ProblemKind[])(
  '%s: the page of it speaks of nothing that only a program knows',
  (kind) => {
    const { title, main } = problemPage(new HttpProblem(kind));
    expect(`${title} ${main.markup}`).not.toMatch(
      /\b(keys?|tokens?|headers?|doors?|JSON|Retry-After|Allow|request id|documentation)\b/,
    );
    expect(main.markup).toMatch(/<p class="govuk-body">[A-Z][^<]+<\/p>/);
  },
);

test('what somebody wrote for just this case is not replaced by the sentence of its kind', () => {
  const tooLarge = 'A file has at most 25 MB: make it smaller, or send it in parts.';
  expect(problemPage(new HttpProblem('too-large', tooLarge)).main.markup).toContain(tooLarge);
  const over = 'Your session is over: load the page again.';
  expect(problemPage(new HttpProblem('not-signed-in', over)).main.markup).toContain(over);
});

const faulty = (): never => {
  throw new Error('something of a child');
};

test('a fault of ours is a page with the number by which ops find it, and nothing of the fault', async () => {
  const now = faulty;
  const { status, heading, text, headers } = await visitor(appWithPages({ ...doors.services, now }), 'cap.team').open('/cases');
  expect([status, heading]).toEqual([500, 'Sorry, there is a problem with the service']);
  expect(text).toContain(`tell CAP this number: ${headers['x-request-id'] ?? 'none'}`);
  expect(text).not.toContain('something of a child');
});

test('a form that meets a fault of ours, or finds the records away, gives back what was written, and sent again it counts once (R25)', async () => {
  const words = { result: 'returned', reasons: 'The plan is missing.\n\nAnd so is <b>the letter</b>.' };
  const away = openDatabase(`postgresql://cap_api:secret@127.0.0.1:${await freePort()}/cap`);
  const { database, now } = doors.services;
  const met = [
    ['a fault', 500, 'Sorry, there is a problem with the service'],
    ['records away', 503, 'Sorry, this is not available just now'],
  ] as const;
  for (const [what, expected, title] of met) {
    const reference = await submitted(doors);
    let isBroken = false;
    const services: Services = {
      ...doors.services,
      now: () => (isBroken && what === 'a fault' ? faulty() : now()),
      database: new Proxy(database, {
        get: (there, name) => Reflect.get(isBroken && what === 'records away' ? away : there, name) as unknown,
      }),
    };
    const capTeam = { person: 'cap.team', name: 'Somebody', parties: ['cap' as const] };
    const form = await visitor(
      appWithPages(services, () => Promise.resolve(capTeam)),
      'cap.team',
    ).open(`/cases/${reference}/check-pack`);
    isBroken = true;
    const page = await form.send(words);
    expect([what, page.status, page.heading]).toEqual([what, expected, title]);
    expect(page.text).toContain('If a child is in danger now, call 999.');
    expect(page.text).toContain('What you had written The plan is missing. And so is');
    expect(page.html).not.toContain('<b>the letter');
    expect(page.text).toContain(
      'load this page again. If you had sent a form, that sends it again as it was filled in, and it counts once.',
    );
    // Nobody was signed out by it.
    expect(page.html).not.toContain('href="/sign-in"');
    isBroken = false;
    expect(await form.send(words)).toMatchObject({ status: 200, at: `/cases/${reference}?done=checkPack` });
  }
});

test('while the records are away a page says so, and that what was sent counts once', async () => {
  const database = openDatabase(`postgresql://cap_api:secret@127.0.0.1:${await freePort()}/cap`);
  const capTeam = { person: 'cap.team', name: 'Somebody', parties: ['cap' as const] };
  const away = appWithPages({ ...doors.services, database }, () => Promise.resolve(capTeam));
  const { status, heading, text, headers } = await visitor(away, 'cap.team').open('/cases');
  expect([status, heading, headers['retry-after']]).toEqual([503, 'Sorry, this is not available just now', '2']);
  expect(text).toContain('Nothing that was recorded is lost. Wait a minute, then load this page again.');
});

test('while the engine is away a form comes back as it was filled in, and sent again later it counts once', async () => {
  const reference = await submitted(doors);
  doors.engine({ tell: () => Promise.reject(new EngineAway('away')) });
  const form = await visitor(app(), 'cap.team').open(`/cases/${reference}/check-pack`);
  const away = await form.send({ result: 'returned', reasons: 'The plan is missing.' });
  expect([away.status, away.text]).toEqual([503, expect.stringContaining('What takes decisions does not answer.')]);
  expect(away.html).toContain('The plan is missing.');
  doors.engine(null);
  expect(await away.send()).toMatchObject({ status: 200, at: `/cases/${reference}?done=checkPack` });
});
