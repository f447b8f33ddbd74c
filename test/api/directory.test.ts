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
  expect(schools).toContainEqual(
    expect.objectContaining({ code: 'SCH-A', name: 'Alderbrook School (fictitious)', sector: 'secondary' }),
  );
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

test.each([
  [
    'with a concern: CAP’s Designated Safeguarding Leads, and CPOMS (R123)',
    'concern',
    /Designated Safeguarding Lead of CAP.*CPOMS/s,
  ],
  [
    'as a provider: its Designated Safeguarding Lead tells the school’s (R124)',
    'provider-to-school',
    /as soon as possible.*CPOMS/s,
  ],
  ['with a disclosure: whoever hears it makes the referral (R125)', 'referral', /makes the referral to MASH/],
  ['about a professional: the Service Lead, then the LADO (R126)', 'allegation', /Service Lead.*Designated Officer/s],
  ['with signs of exploitation: the tool, to Horizon or to MASH with a MARF (R127)', 'exploitation', /Horizon.*MASH.*MARF/s],
  ['with what one has to say of the service: the survey (R122)', 'survey', /survey of CAP/s],
  ['with intelligence: the form of the Force Intelligence Bureau (R128)', 'intelligence', /Force Intelligence Bureau.*Police/s],
])('everybody is told where to turn %s', async (_what, code, says) => {
  const { signposts } = await read('signposts');
  const found = (signposts as { code: string; steps: string[] }[]).find((each) => each.code === code);
  expect(found?.steps.join('\n')).toMatch(says);
});

test('no signpost holds a telephone number or a mailbox of anybody, which change and are kept as rows (A17, C22)', async () => {
  const { signposts } = await read('signposts');
  const words = (signposts as { when: string; steps: string[] }[]).flatMap(({ when, steps }) => [when, ...steps]).join('\n');
  expect(words.match(/\d{4,}|\S+@\S+/g)).toBeNull();
});

test('a programme says what a school may have beside it: outreach of SEMHL with a transfer, mentors from Tier 2 on (R14-R19, C26)', async () => {
  const { programmes } = await read('programmes');
  const of = (code: string) =>
    (programmes as { code: string; supports: { code: string }[] }[])
      .find((each) => each.code === code)
      ?.supports.map((each) => each.code);
  const tier3 = ['external-mentor', 'prevention-and-diversion', 'supporting-families-worker'];
  expect([of('tier-1-course'), of('insight'), of('flourish')]).toEqual([[], ['external-mentor'], ['external-mentor']]);
  expect(of('supported-transfer')).toEqual([...tier3, 'semhl-outreach', 'academy-outreach', 'education-engagement']);
  expect(of('refocus')).toEqual([...tier3, 'academy-outreach', 'education-engagement']);
});

test('nobody reads them who has not signed in', async () => {
  for (const path of ['schools', 'providers', 'places', 'signposts']) {
    expect((await doors.ask(null, 'GET', `/api/v1/${path}`)).status).toBe(401);
  }
});
