// Where a provider takes its students: read by whoever works with CAP, kept by each provider for itself and by CAP for all (R107, A15).
import { givenByTwo, openDoors, type Doors } from './doors';

let doors: Doors;
beforeAll(async () => {
  doors = await openDoors('2024-11-20T10:00:00.000Z');
});
afterAll(() => doors.stop());

const site = (name: string, telephone: string | null = null) => ({ name, address: `9 ${name} Lane (fictitious)`, telephone });
const path = (provider: string) => `/api/v1/sites/${provider}`;
const read = (by: string | null, provider: string) => doors.ask(by, 'GET', path(provider));
const keep = (by: string, provider: string, sites: readonly object[]) =>
  doors.ask(by, 'PUT', path(provider), { body: { sites } });

test('whoever has a role in CAP reads where a provider takes its students; nobody else does', async () => {
  for (const person of ['school.birch', 'provider.two', 'academy', 'chair.review', 'member.attendance', 'auditor', 'send.team']) {
    const { status, body } = await read(person, 'TP-ONE');
    expect([status, body.sites]).toEqual([
      200,
      [
        { name: 'Main site', address: expect.stringContaining('(fictitious)') as string, telephone: null },
        { name: 'Workshop', address: expect.stringContaining('(fictitious)') as string, telephone: '01632 960901' },
      ],
    ]);
  }
  await doors.ask('cap.team', 'PUT', '/api/v1/people/without.role', {
    body: { name: 'Sample Without-Role', email: 'without@example.test', active: true },
  });
  const signIn = { issuer: doors.issuer.url, subject: 'without.role' };
  await givenByTwo(doors, { kind: 'sign-in', person: 'without.role', ...signIn, why: 'A sample reason.' });
  expect((await read('without.role', 'TP-ONE')).status).toBe(403);
  expect((await read(null, 'TP-ONE')).status).toBe(401);
});

test('a provider and the AP Academy keep their own sites, in their order, and CAP keeps all', async () => {
  for (const [by, provider] of [
    ['provider.two', 'TP-TWO'],
    ['academy', 'AP-ACADEMY'],
    ['cap.team', 'TP-LUMEN'],
  ] as const) {
    const sites = [site('Second-In-The-Alphabet', '01632 960902'), site('First-In-The-Alphabet')];
    expect([(await keep(by, provider, sites)).status, (await read('school.alder', provider)).body.sites]).toEqual([200, sites]);
    expect((await keep(by, provider, sites.slice(1))).body.sites).toEqual([sites[1]]);
  }
});

test('nobody keeps the sites of others, and who acts for no provider keeps none', async () => {
  const before = (await read('auditor', 'TP-TWO')).body.sites as unknown;
  for (const by of ['provider.one', 'academy', 'school.alder', 'chair.review', 'auditor', 'ops', 'send.team']) {
    expect([by, (await keep(by, 'TP-TWO', [])).status]).toEqual([by, 403]);
  }
  expect((await read('auditor', 'TP-TWO')).body.sites).toEqual(before);
});

test('what is wrong with a site is named by its field; no two have one name, and six are the most', async () => {
  const wrong = async (...sites: readonly object[]) =>
    ((await keep('provider.one', 'TP-ONE', sites)).body as { errors: { field: string }[] }).errors.map(({ field }) => field);
  expect(await wrong(site('Right'), { ...site('Wrong'), address: ' ' })).toEqual(['sites.1.address']);
  expect(await wrong({ ...site('Wrong'), telephone: 'the office' })).toEqual(['sites.0.telephone']);
  for (const same of ['Same', 'SAME', ' same ']) {
    expect(await wrong(site('Same'), site('Other'), site(same))).toEqual(['sites.2.name']);
  }
  expect(await wrong(...[1, 2, 3, 4, 5, 6, 7].map((one) => site(`Site ${String(one)}`)))).toEqual(['sites']);
});

test('a school has no sites, nor has who is not there: nobody reads any, and CAP enters none', async () => {
  for (const code of ['SCH-A', 'TP-NOWHERE']) {
    expect((await read('cap.team', code)).status).toBe(404);
    expect((await keep('cap.team', code, [site('Nowhere')])).status).toBe(404);
  }
});

test('a provider that read its sites before CAP changed them is told who it was, and writes over nothing', async () => {
  await keep('provider.two', 'TP-TWO', [site('As-It-Was-Read')]);
  const tag = (await read('provider.two', 'TP-TWO')).headers['etag'] ?? '';
  expect(tag).not.toBe('"0"');
  await keep('cap.team', 'TP-TWO', [site('Of-Cap')]);
  const late = await doors.ask('provider.two', 'PUT', path('TP-TWO'), {
    body: { sites: [site('Too-Late')] },
    headers: { 'If-Match': tag },
  });
  expect([late.status, late.body.by]).toEqual([412, 'Sample Cap-Team']);
  expect((await read('provider.two', 'TP-TWO')).body.sites).toEqual([site('Of-Cap')]);
  expect((await read('provider.one', 'TP-TWO')).headers['etag']).toBe('"0"');
});

/** The courses of First Steps Training that name a site, in the directory of a year. */
async function atSites(year: string) {
  const { body } = await doors.ask('school.alder', 'GET', `/api/v1/courses?academicYear=${year}`);
  const courses = body.courses as { code: string; provider: string; site: string | null }[];
  return courses.flatMap((course) => (course.provider === 'TP-ONE' && course.site ? [[course.code, course.site]] : []));
}
/** What the directory of a year says of a course, and its version. */
async function courseOf(year: string, code: string) {
  const { body } = await doors.ask('cap.team', 'GET', `/api/v1/courses?academicYear=${year}`);
  return (body.courses as { code: string; version: number }[]).find((course) => course.code === code);
}
const [mainSite, workshop] = [site('Main site'), site('Workshop')];

test('a site at which a course runs is not taken out: the course is named, and nothing changes until CAP has said where else', async () => {
  await keep('cap.team', 'TP-ONE', [mainSite, workshop]);
  const year = '2024-25';
  const code = 'T1-JOINERY';
  const said = {
    ...{ title: 'Joinery', programme: 'tier-1-course', category: 'work-based-learning', provider: 'TP-ONE', schoolWeeks: 6 },
    ...{ places: null, days: null },
  };
  await keep('cap.team', 'TP-ONE', [mainSite, workshop, site('Yard')]);
  const runs = (at: string) =>
    doors.ask('cap.team', 'PUT', `/api/v1/directories/${year}/courses/${code}`, { body: { ...said, site: at } });
  await runs('Yard');
  for (const by of ['provider.one', 'cap.team']) {
    const refused = await keep(by, 'TP-ONE', [mainSite, workshop]);
    expect([refused.status, refused.body.errors]).toEqual([
      422,
      [
        {
          ...{ field: 'sites', rule: 'R107' },
          message: expect.stringMatching(/^Yard stays: Joinery of 2024-25 runs there. First CAP says in the directory/) as string,
        },
      ],
    ]);
  }
  expect((await read('auditor', 'TP-ONE')).body.sites).toEqual([mainSite, workshop, site('Yard')]);
  await runs('Workshop');
  expect((await keep('provider.one', 'TP-ONE', [mainSite, workshop])).status).toBe(200);
});

test('the courses of every year follow a site that has another name at its address, though a provider keeps no directory', async () => {
  const years = ['2024-25', '2025-26', '2026-27', '2027-28'];
  const named = async () => (await Promise.all(years.map(atSites))).flat();
  const before = await named();
  expect(before.filter(([, at]) => at === 'Main site').length).toBeGreaterThan(1);
  const read = await courseOf('2024-25', 'T1-CONSTRUCTION');
  for (const sent of ['once', 'twice']) {
    const { status } = await keep('provider.one', 'TP-ONE', [workshop, { ...mainSite, name: 'Old mill' }]);
    expect([sent, status]).toEqual([sent, 200]);
    expect(await named()).toEqual(before.map(([code, at]) => [code, at === 'Main site' ? 'Old mill' : at]));
  }
  // It is an edit of the course: nobody writes over it who read the course before.
  const { version = 0 } = (await courseOf('2024-25', 'T1-CONSTRUCTION')) ?? {};
  expect(version).toBeGreaterThan(read?.version ?? 0);
});

test('a provider has no address beside its sites: CAP is told so, and a school has one', async () => {
  const said = { email: 'office@example.test', urn: null, ukprn: null, address: '9 Sample Street' };
  const put = (code: string, body: object) => doors.ask('cap.team', 'PUT', `/api/v1/organisations/${code}`, { body });
  const provider = await put('TP-NEW', { ...said, kind: 'provider', sector: null, name: 'Sample Provider' });
  expect([provider.status, provider.body.errors[0].field]).toEqual([422, 'address']);
  const school = await put('SCH-NEW', { ...said, kind: 'school', sector: 'secondary', name: 'Sample School' });
  expect(school.body.organisation.address).toBe('9 Sample Street');
});
