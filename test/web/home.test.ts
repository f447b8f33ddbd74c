// The page on which everybody begins: what waits for them.
import { openDoors, type Doors } from '../api/doors';
import { submitted } from '../api/submitted';
import { appWithPages, visitor } from './pages';

let doors: Doors;
beforeAll(async () => (doors = await openDoors('2024-11-20T10:00:00.000Z')));
afterAll(() => doors.stop());

test('who may be named in a case is offered the cases that name them; nobody else is (R43, R96)', async () => {
  const app = appWithPages(doors.services);
  const isOffered = async (person: string) => (await visitor(app, person).open('/')).text.includes('Only cases that name you');
  for (const person of ['school.alder', 'cap.team']) expect([person, await isOffered(person)]).toEqual([person, true]);
  for (const person of ['auditor', 'ops', 'provider.one', 'chair.review', 'send.team']) {
    expect([person, await isOffered(person)]).toEqual([person, false]);
  }
  const named = await visitor(app, 'school.alder').open('/?of=named');
  expect(named.text).toContain('Nothing waits in a case that names you.');
  expect(named.html).toContain('href="/">All that waits for you');
});

test('of what is overdue with others CAP is told from whom it is waited for', async () => {
  const reference = await submitted(doors);
  const check = await visitor(appWithPages(doors.services), 'cap.team').open(`/cases/${reference}/check-pack`);
  await check.send({ result: 'returned', reasons: 'The plan is missing.' });
  doors.at('2025-02-03T10:00:00.000Z');
  const { text } = await visitor(appWithPages(doors.services), 'cap.team').open('/');
  expect(text).toContain(`Corrected pack The school ${reference}`);
});
