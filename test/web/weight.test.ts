// Schools' lines are slow: how much a browser has to fetch before it shows the first page, and what it may load.
import { gzipSync } from 'node:zlib';
import { assets } from '../../web/assets';
import { openDoors, type Doors } from '../api/doors';
import request from 'supertest';
import { appWithPages } from './pages';

let doors: Doors;
beforeAll(async () => (doors = await openDoors('2024-11-20T10:00:00.000Z')));
afterAll(() => doors.stop());

test('the first view of a page, with its stylesheet and scripts, is at most 35 KB as it is sent', async () => {
  const app = appWithPages(doors.services);
  const page = await request(app).get('/cases').set('x-test-person', 'cap.team').expect(200);
  const first = [gzipSync(page.text), assets.css.brotli, assets.library.brotli, assets.script.brotli];
  expect(first.reduce((all, each) => all + each.length, 0)).toBeLessThanOrEqual(35 * 1024);
  expect(page.headers['content-security-policy']).not.toContain('unsafe');
  expect(page.text).not.toMatch(/ style="|<script>|<style| on[a-z]+="/);
});

test('a page comes compressed as the browser takes it, and plain to one that takes nothing', async () => {
  const app = appWithPages(doors.services);
  for (const [takes, comes] of [
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['identity', undefined],
  ] as const) {
    const { headers, text } = await request(app).get('/privacy').set('Accept-Encoding', takes).expect(200);
    expect(headers).toMatchObject({ vary: 'Accept-Encoding', 'content-type': 'text/html; charset=utf-8' });
    expect(headers['content-encoding']).toBe(comes);
    expect(text).toContain('<h1');
  }
});

test('stylesheet and scripts are compressed, bear the digest of what is in them, and may be kept for good', async () => {
  const app = appWithPages(doors.services, () => Promise.resolve(null));
  for (const { href, type, plain } of Object.values(assets)) {
    const { headers, text } = await request(app).get(href).set('Accept-Encoding', 'gzip').expect(200);
    expect(headers).toMatchObject({ 'content-encoding': 'gzip', 'cache-control': 'public, max-age=31536000, immutable' });
    expect(headers['content-type']).toContain(type);
    expect(Buffer.byteLength(text)).toBe(plain.length);
  }
});

test('nothing of GOV.UK that a council may not use is in what browsers load: neither its font nor its crest', () => {
  expect(assets.css.plain.toString()).not.toMatch(/GDS Transport|@font-face|govuk-crest/i);
});
