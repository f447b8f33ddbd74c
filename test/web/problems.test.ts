// What cannot be done is a page to a browser, and problem details to a program.
import request from 'supertest';
import { openDoors, type Doors } from '../api/doors';
import { appWithPages } from './pages';

let doors: Doors;
beforeAll(async () => (doors = await openDoors('2024-11-20T10:00:00.000Z')));
afterAll(() => doors.stop());

const app = () => appWithPages(doors.services, () => Promise.resolve(null));

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
