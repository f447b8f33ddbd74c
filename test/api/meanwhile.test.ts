// What people keep right is edited over the version that was read: whoever comes second is told who changed it meanwhile, and writes over nothing.
import { openDoors, type Doors } from './doors';

let doors: Doors;
beforeAll(async () => {
  doors = await openDoors('2024-11-20T10:00:00.000Z');
  const body = {
    deadline: '2034-10-09',
    items,
    meetings: { 'review-and-authorisation': '2034-10-24', 'multi-agency': null, 'headteacher-placement': null },
  };
  expect((await doors.ask('cap.team', 'POST', '/api/v1/cycles', { body })).body.cycle.id).toBe('2034-35-1');
});
afterAll(() => doors.stop());

const items = [{ programme: 'flourish', cohortStart: '2034-11-13', panels: null }];

type Row = Readonly<Record<string, unknown>>;
const list = async (path: string, name: string, person = 'cap.team') =>
  (await doors.ask(person, 'GET', `/api/v1/${path}`)).body[name] as Row[];
const found = (rows: readonly Row[], with_: Row) =>
  rows.find((row) => Object.entries(with_).every(([name, value]) => row[name] === value)) ?? {};
const courseSaid = {
  ...{ title: 'Bicycles', programme: 'tier-1-course', category: 'work-based-learning', provider: 'TP-ONE' },
  ...{ schoolWeeks: 6, places: null, days: null, site: null },
};
const school = { kind: 'school', sector: 'secondary', email: 'office@school.example', urn: null, ukprn: null, address: null };
const site = { name: 'Sample site', address: '1 Sample Street', telephone: null };
const lead = { name: 'Sample Lead', telephone: '01632 960123', email: 'lead@school.example' };
const panel = async (code: string) => found(await list('panels', 'panels'), { panel: code });

/** Something that is kept: where, as it is now with its version, and two changes of it; three where there is more than yes and no. */
interface Kept {
  readonly path: string;
  readonly method?: 'PUT' | 'POST';
  readonly now: () => Promise<Row>;
  readonly changes: readonly [Row, Row, Row?];
}

const kept: Readonly<Record<string, Kept>> = {
  'a person': {
    path: 'people/member.attendance',
    now: async () => found(await list('people', 'people'), { id: 'member.attendance' }),
    changes: [
      { name: 'Sample Of-The-First', email: 'sample@people.example', active: true },
      { name: 'Sample Of-The-Second', email: 'sample@people.example', active: true },
      { name: 'Sample Of-The-Third', email: 'sample@people.example', active: true },
    ],
  },
  'an organisation': {
    path: 'organisations/SCH-A',
    now: async () => found(await list('organisations', 'organisations'), { code: 'SCH-A' }),
    changes: [
      { ...school, name: 'Sample School of the first' },
      { ...school, name: 'Sample School of the second' },
      { ...school, name: 'Sample School of the third' },
    ],
  },
  'the years for which a school has the SLA': {
    path: 'organisations/SCH-B/slas/2026-27',
    now: async () => found(await list('organisations', 'organisations'), { code: 'SCH-B' }),
    changes: [{ has: true }, { has: false }],
  },
  'who the safeguarding leads of a school are': {
    path: 'safeguarding-leads/school:SCH-B',
    now: async () => {
      const { leads, version } = (await doors.ask('cap.team', 'GET', '/api/v1/safeguarding-leads/school:SCH-B')).body as Row;
      return { leads, version };
    },
    changes: [{ leads: [lead] }, { leads: [] }, { leads: [{ ...lead, name: 'Sample Other-Lead' }, lead] }],
  },
  'the sites of a provider': {
    path: 'sites/TP-TWO',
    now: async () => {
      const { sites, version } = (await doors.ask('cap.team', 'GET', '/api/v1/sites/TP-TWO')).body as Row;
      return { sites, version };
    },
    changes: [{ sites: [site] }, { sites: [] }, { sites: [{ ...site, name: 'Other site' }, site] }],
  },
  'a check of a provider': {
    path: 'checks/TP-ONE/compliance-review',
    now: async () => {
      const { checks } = found(await list('checks', 'providers'), { provider: 'TP-ONE' });
      return found((checks as Row[] | undefined) ?? [], { kind: 'compliance-review' });
    },
    changes: [
      { passed: '2024-11-04', expires: '2025-02-28' },
      { passed: '2024-11-04', expires: '2025-03-31' },
      { passed: '2024-11-04', expires: '2025-04-11' },
    ],
  },
  'a seat of a panel': {
    path: 'panels/multi-agency/seats/chair',
    now: async () => found((await panel('multi-agency'))['seats'] as Row[], { seat: 'chair' }),
    changes: [
      { holder: 'chair.multiagency', deputy: null },
      { holder: null, deputy: 'chair.multiagency' },
      { holder: null, deputy: null },
    ],
  },
  'the quorum of a panel': {
    path: 'panels/multi-agency/quorum',
    now: async () => {
      const { quorum, quorumVersion: version } = await panel('multi-agency');
      return { quorum, version };
    },
    changes: [{ quorum: 3 }, { quorum: 4 }, { quorum: 2 }],
  },
  'whether a programme is offered': {
    path: 'programmes/tier-4/offered',
    now: async () => found(await list('programmes/off-by-default', 'programmes'), { code: 'tier-4' }),
    changes: [{ offered: true }, { offered: false }],
  },
  'a course': {
    path: 'directories/2024-25/courses/T1-BICYCLES',
    now: async () => found(await list('courses', 'courses'), { code: 'T1-BICYCLES' }),
    changes: [
      { ...courseSaid, title: 'Bicycles of the first' },
      { ...courseSaid, title: 'Bicycles of the second' },
      { ...courseSaid, title: 'Bicycles of the third' },
    ],
  },
  'half of a term': {
    path: 'terms/2031-32/autumn/1',
    now: async () => found(await list('terms', 'halfTerms'), { academicYear: '2031-32', term: 'autumn', half: 1 }),
    changes: [
      { firstDay: '2031-09-02', lastDay: '2031-10-24' },
      { firstDay: '2031-09-03', lastDay: '2031-10-24' },
      { firstDay: '2031-09-04', lastDay: '2031-10-24' },
    ],
  },
  'a cycle': {
    path: 'cycles/2034-35-1',
    now: async () => found(await list('cycles', 'cycles'), { id: '2034-35-1' }),
    changes: [
      { deadline: '2034-10-10', items },
      { deadline: '2034-10-11', items },
      { deadline: '2034-10-12', items },
    ],
  },
  'the day of a meeting': {
    path: 'meetings/MAP-2024-12-17/move',
    method: 'POST',
    now: async () => found(await list('meetings', 'meetings'), { id: 'MAP-2024-12-17' }),
    changes: [{ day: '2024-12-18' }, { day: '2024-12-19' }, { day: '2024-12-20' }],
  },
};

const tag = (version: unknown) => ({ 'If-Match': `"${String(version)}"` });

describe.each(Object.entries(kept))('%s', (_, { path, method = 'PUT', now, changes: [one, other, third] }) => {
  const send = (person: string, body: Row, headers: Readonly<Record<string, string>> = {}) =>
    doors.ask(person, method, `/api/v1/${path}`, { body, headers });

  test('is not written over by whoever read it before a colleague changed it: they are told who it was, and repeat their change', async () => {
    const { version: read = 0 } = await now();
    const first = await send('cap.lead', one, tag(read));
    expect([first.status, first.headers['etag']]).toEqual([200, `"${String((await now())['version'])}"`]);
    const written = await now();
    expect(written['version']).not.toBe(read);

    const second = await send('cap.team', other, tag(read));
    expect([second.status, second.body.type, second.body.by]).toEqual([412, '/problems/stale', 'Sample Cap-Lead']);
    expect(second.body.detail).toMatch(/^Sample Cap-Lead changed it meanwhile: read version \d+, then repeat your change\.$/);
    expect(second.body.version).toBe(written['version']);
    expect(await now()).toEqual(written);

    const again = await send('cap.team', other, tag(second.body.version));
    expect(again.status).toBe(200);
    expect(await now()).not.toEqual(written);
  });

  test('is written over by who does not say what they read', async () => {
    expect((await send('cap.lead', one)).status).toBe(200);
    expect((await send('cap.team', other)).status).toBe(200);
  });

  test('is changed by one of two people who send at the same moment; who says the same as is there by then is not refused', async () => {
    await send('cap.lead', other);
    const { version } = await now();
    const sent = [send('cap.lead', one, tag(version)), send('cap.team', third ?? one, tag(version))];
    expect((await Promise.all(sent)).map(({ status }) => status).sort()).toEqual([200, third ? 412 : 200]);
  });

  test('sent twice is saved once, and both times answered alike', async () => {
    await send('cap.lead', other);
    const { version } = await now();
    const [first, second] = [await send('cap.team', one, tag(version)), await send('cap.team', one, tag(version))];
    expect([first.status, second.status, second.headers['etag']]).toEqual([200, 200, first.headers['etag']]);
  });
});

describe.each<[string, string, () => Promise<Row>, Row]>([
  [
    'a course',
    'directories/2024-25/courses/T1-SAMPLE',
    async () => found(await list('courses', 'courses'), { code: 'T1-SAMPLE' }),
    courseSaid,
  ],
  [
    'half of a term',
    'terms/2032-33/autumn/1',
    async () => found(await list('terms', 'halfTerms'), { academicYear: '2032-33' }),
    { firstDay: '2032-09-02', lastDay: '2032-10-22' },
  ],
])('%s', (_, path, now, body) => {
  test('that somebody changed meanwhile is not taken out by whoever read what was there before', async () => {
    const address = `/api/v1/${path}`;
    await doors.ask('cap.lead', 'PUT', address, { body });
    const { version } = await now();
    const other = { ...body, ...('title' in body ? { title: 'Another title' } : { lastDay: '2032-10-21' }) };
    expect((await doors.ask('cap.lead', 'PUT', address, { body: other })).status).toBe(200);
    const refused = await doors.ask('cap.team', 'DELETE', address, { headers: tag(version) });
    expect([refused.status, refused.body.by]).toEqual([412, 'Sample Cap-Lead']);
    expect(await now()).toMatchObject(other);
    expect((await doors.ask('cap.team', 'DELETE', address, { headers: tag(refused.body.version) })).status).toBe(200);
    expect((await doors.ask('cap.team', 'DELETE', address)).status).toBe(404);
    const late = await doors.ask('cap.lead', 'PUT', address, { body, headers: tag(refused.body.version) });
    expect([late.status, late.body.by, late.body.version]).toEqual([412, 'Sample Cap-Team', 0]);
    expect((await doors.ask('cap.lead', 'PUT', address, { body, headers: tag(0) })).status).toBe(200);
  });
});

test('versions are for those who keep things: others read 0, and no name', async () => {
  await doors.ask('cap.team', 'PUT', '/api/v1/panels/multi-agency/quorum', { body: { quorum: 5 } });
  const [seen] = (await list('panels', 'panels', 'school.alder')).filter(({ panel: code }) => code === 'multi-agency');
  expect(seen).toMatchObject({ quorum: 5, quorumVersion: 0 });
});

test('a hold that a colleague has lifted already says who it was', async () => {
  const student = await doors.student('school.alder');
  const placed = await doors.ask('cap.team', 'POST', '/api/v1/legal-holds', { body: { student, reason: 'A sample reason.' } });
  const lift = (person: string) => doors.ask(person, 'POST', `/api/v1/legal-holds/${String(placed.body.hold.id)}/lift`);
  expect((await lift('cap.lead')).status).toBe(200);
  const late = await lift('cap.lead');
  expect([late.status, late.body.detail]).toEqual([409, 'Sample Cap-Lead has lifted this hold already.']);
});
