// Whoever works with CAP finds whom and what there is to choose from: schools, providers, courses and places.
import { openDoors, type Doors } from './doors';

let doors: Doors;
beforeAll(async () => {
  doors = await openDoors('2024-11-20T10:00:00.000Z');
});
afterAll(() => doors.stop());
const read = async (path: string) => (await doors.ask('provider.one', 'GET', `/api/v1/${path}`)).body as Record<string, unknown>;

test('schools and providers are listed by name, each kind by itself and with nothing that is not for everybody', async () => {
  const [{ schools }, { providers }] = [await read('schools'), await read('providers')];
  expect(schools).toContainEqual({ code: 'SCH-A', name: 'Alderbrook School (fictitious)' });
  expect(providers).toContainEqual({ code: 'TP-ONE', name: 'First Steps Training (fictitious)' });
  expect(schools).not.toContainEqual(expect.objectContaining({ code: 'TP-ONE' }));
  expect(providers).not.toContainEqual(expect.objectContaining({ code: 'SCH-A' }));
});

test('a course names its provider', async () => {
  const { courses } = await read('courses');
  expect(courses).not.toEqual([]);
  const { providers } = await read('providers');
  for (const { provider, providerName } of courses as { provider: string; providerName: string }[]) {
    expect(providers).toContainEqual({ code: provider, name: providerName });
  }
});

test('the places left are for everybody who works with CAP: 25 a term and 75 a year for Refocus (R13)', async () => {
  const { places } = await read('places');
  expect(places).toContainEqual({ programme: 'refocus', academicYear: '2024-25', term: 'spring', inTerm: 25, inYear: 75 });
  expect(places).not.toContainEqual(expect.objectContaining({ programme: 'flourish' }));
});

test('nobody reads them who has not signed in', async () => {
  for (const path of ['schools', 'providers', 'places']) {
    expect((await doors.ask(null, 'GET', `/api/v1/${path}`)).status).toBe(401);
  }
});
