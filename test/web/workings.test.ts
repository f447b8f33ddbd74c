// From the workflow of a case back to our pages: ops, who see no case, find what they may know of one by its reference.
import type { Express } from 'express';
import { openDoors, type Doors } from '../api/doors';
import { submitted } from '../api/submitted';
import { rewriteTimeline } from '../support/forge';
import { EngineAway } from '../../temporal/client';
import { appWithPages, visitor } from './pages';

let doors: Doors;
let app: Express;
let reference = '';
beforeAll(async () => {
  doors = await openDoors('2024-11-20T03:00:00.000Z');
  app = appWithPages(doors.services);
  reference = await submitted(doors);
});
afterAll(() => doors.stop());
afterEach(() => doors.engine(null));

const see = (person: string, path: string) => visitor(app, person).open(path);
const shows = (step: number, running: boolean, stuck: readonly string[] = []) =>
  doors.engine({ shown: () => Promise.resolve({ step, running }), stuck: () => Promise.resolve([...stuck]) });

test('the page of a case is not for ops, and leads them to what runs behind it', async () => {
  const { status, html } = await see('ops', `/cases/${reference}`);
  expect([status, html.includes(`href="/ops/${reference}"`)]).toEqual([404, true]);
  for (const person of ['school.birch', 'provider.one'])
    expect((await see(person, `/cases/${reference}`)).html).not.toContain('/ops/');
});

test('ops read whether its workflow runs, at which step, whether it is stuck, and the way to it; nothing of a child', async () => {
  shows(3, true);
  const { status, text, html } = await see('ops', `/ops/${reference}`);
  expect([status, text]).toEqual([
    200,
    expect.stringMatching(/Its workflow Runs Step 3 Its tasks Go on Its timeline As it was written/),
  ]);
  expect(html).toContain(`http://temporal.test:8233/namespaces/default/workflows/${reference}`);
  expect(html).not.toContain('Sample Student');
  shows(3, true, [reference]);
  expect((await see('ops', `/ops/${reference}`)).text).toContain('Its tasks Stuck');
  shows(7, false);
  expect((await see('ops', `/ops/${reference}`)).text).toContain('Its workflow Has ended Step 7');
  doors.engine({ shown: () => Promise.resolve(null), stuck: () => Promise.resolve([]) });
  expect((await see('ops', `/ops/${reference}`)).text).toContain('Its workflow There is none under this reference');
});

test('they read there that its timeline does not hold', async () => {
  await doors.night();
  await rewriteTimeline(doors.database.superuserUrl, reference);
  doors.at('2024-11-21T03:00:00.000Z');
  await doors.night();
  shows(3, true);
  expect((await see('ops', `/ops/${reference}`)).text).toContain('Its timeline Does not hold');
});

test('while Temporal is away they are told so, and it is for nobody but ops and CAP', async () => {
  doors.engine({ shown: () => Promise.reject(new EngineAway('away')), stuck: () => Promise.reject(new EngineAway('away')) });
  expect((await see('ops', `/ops/${reference}`)).status).toBe(503);
  shows(3, true);
  expect((await see('cap.team', `/ops/${reference}`)).html).toContain(`href="/cases/${reference}"`);
  for (const person of ['school.alder', 'chair.review', 'auditor', 'provider.one'])
    expect([person, (await see(person, `/ops/${reference}`)).status]).toEqual([person, 403]);
});
