// Where a student goes stands on the page of the case, and each provider keeps its own sites.
import { openDoors, type Doors } from '../api/doors';
import { forge } from '../support/forge';
import { placedOnTuesdays, submitted } from '../api/submitted';
import { appWithPages, visitor, type Visitor } from './pages';

let doors: Doors;
let as: (person: string | null) => Visitor;
beforeAll(async () => {
  doors = await openDoors('2024-11-20T10:00:00.000Z');
  const app = appWithPages(doors.services);
  as = (person) => visitor(app, person);
});
afterAll(() => doors.stop());

const inspected = async () => (await doors.ask('school.alder', 'GET', '/api/v1/exports/inspection/2024-25')).text;
const sitesOfOne = async () => (await doors.ask('cap.team', 'GET', '/api/v1/sites/TP-ONE')).body.sites as { name: string }[];

test('the page of a case says at which site its course runs, once a provider has the student, and an inspector reads its address alone', async () => {
  expect((await as('school.alder').open(`/cases/${await submitted(doors)}`)).text).not.toContain('Where to go');
  const reference = await placedOnTuesdays(doors);
  for (const person of ['school.alder', 'provider.one', 'cap.team']) {
    const { text, html } = await as(person).open(`/cases/${reference}`);
    expect(text).toMatch(
      /Where to go.*Workshop 1 Sample Yard \(fictitious\), Coventry 01632 960901 Bicycle maintenance \(sample\) runs there\./,
    );
    expect(text).not.toMatch(/Main site|which of them it is/);
    expect(html).toContain('href="tel:01632960901"');
  }
  expect((await doors.ask('school.alder', 'GET', `/api/v1/cases/${reference}`)).body.site).toEqual({
    ...{ name: 'Workshop', address: '1 Sample Yard (fictitious), Coventry', telephone: '01632 960901' },
  });
  expect(await inspected()).toContain(',"1 Sample Yard (fictitious), Coventry",');
  // The directory of a year to come says another site: the student is where this year has the course.
  await forge(
    doors.database.superuserUrl,
    `UPDATE courses SET site = 'Main site' WHERE code = 'T1-BICYCLES' AND academic_year > '2024-25'`,
  );
  expect((await as('school.alder').open(`/cases/${reference}`)).text).toMatch(/Where to go.*Workshop/);
  doors.at('2026-09-10T10:00:00.000Z');
  expect((await as('school.alder').open(`/cases/${reference}`)).text).toMatch(/Where to go.*Main site 1 Sample Street/);
  doors.at('2024-11-21T12:00:00.000Z');
  // A new name is followed; the page of the case and the list have it.
  const renamed = (await sitesOfOne()).map((site) => (site.name === 'Workshop' ? { ...site, name: 'Bike shed' } : site));
  await doors.ask('provider.one', 'PUT', '/api/v1/sites/TP-ONE', { body: { sites: renamed } });
  expect((await as('school.alder').open(`/cases/${reference}`)).text).toMatch(/Where to go.*Bike shed 1 Sample Yard/);
});

test('where the course names no site the page of the case has all of its provider, and whom to ask; so has the list of the inspector', async () => {
  const placed = `/cases/${await placedOnTuesdays(doors, 'Octavia Sample')}`;
  await forge(doors.database.superuserUrl, 'UPDATE courses SET site = NULL');
  const { text } = await as('school.alder').open(placed);
  expect(text).toMatch(/Where to go.*Main site 1 Sample Street.*Bike shed 1 Sample Yard \(fictitious\), Coventry 01632 960901/);
  expect(text).toContain('Ask First Steps Training (fictitious) which of them it is.');
  expect(await inspected()).toContain('1 Sample Street (fictitious), Coventry; 1 Sample Yard (fictitious), Coventry');
  // With one site it is that one.
  const [first] = await sitesOfOne();
  await doors.ask('cap.team', 'PUT', '/api/v1/sites/TP-ONE', { body: { sites: [first] } });
  const one = (await as('school.alder').open(placed)).text;
  expect([one, one]).toEqual([
    expect.stringMatching(/Where to go.*Main site 1 Sample Street/),
    expect.not.stringMatching(/Ask First|runs there/),
  ]);
  await doors.ask('cap.team', 'PUT', '/api/v1/sites/TP-ONE', { body: { sites: [] } });
  expect((await as('school.alder').open(placed)).text).toContain(
    'No site is named yet: ask First Steps Training (fictitious) where it is.',
  );
});

test('a provider that takes out a site at which a course runs is told which, and what it typed stays', async () => {
  const sites = ['Main site', 'Yard'].map((name, index) => ({
    name,
    address: `${String(index)} Sample Street`,
    telephone: null,
  }));
  await doors.ask('cap.team', 'PUT', '/api/v1/sites/TP-ONE', { body: { sites } });
  await forge(
    doors.database.superuserUrl,
    `UPDATE courses SET site = 'Yard' WHERE code = 'T1-BICYCLES' AND academic_year = '2024-25'`,
  );
  const refused = await as('provider.one').send('/sites/TP-ONE', {
    ...{ 'sites.0.address': '9 Sample Street', 'sites.1.name': '', 'sites.1.address': '' },
  });
  expect([refused.status, refused.text]).toEqual([
    422,
    expect.stringContaining(
      'Yard stays: Bicycle maintenance (sample) of 2024-25 runs there. First CAP says in the directory where it runs instead.',
    ),
  ]);
  expect(refused.html).toContain('9 Sample Street');
  expect(await sitesOfOne()).toEqual(sites);
});

test('a provider adds a site to its own and takes one out; what is wrong is named where it stands', async () => {
  const provider = as('provider.two');
  const own = '/sites/TP-TWO';
  expect((await provider.open('/sites')).html).toContain(`href="${own}"`);
  const form = await provider.open(own);
  // The second place stays empty; what is wrong with the third is said there.
  const wrong = await form.send({ 'sites.2.name': 'Kitchen', 'sites.2.address': '2 Sample Yard', 'sites.2.telephone': 'ask' });
  expect([wrong.status, wrong.text]).toEqual([
    422,
    expect.stringContaining('Third site: telephone, where it has its own must be a telephone number'),
  ]);
  expect(wrong.html).toContain('href="#sites.2.telephone"');
  const saved = await form.send({ 'sites.1.name': 'Kitchen', 'sites.1.address': '2 Sample Yard' });
  expect([saved.status, saved.at]).toEqual([200, '/sites?done=saved']);
  expect(saved.text).toMatch(/Main site.*Kitchen 2 Sample Yard/);
  const left = (await provider.send(own, { 'sites.0.name': '', 'sites.0.address': '' })).text;
  expect([left.includes('Kitchen'), left.includes('Main site')]).toEqual([true, false]);
});

test('CAP reads and changes the sites of a provider from its page, and asks for one address of a school alone', async () => {
  const page = await as('cap.team').open('/organisations/TP-LUMEN');
  expect([page.text, page.html]).toEqual([
    expect.stringContaining('No site is named yet: ask Lumen Academy where it is.'),
    expect.stringContaining('href="/sites/TP-LUMEN"'),
  ]);
  const saved = await as('cap.team').send('/sites/TP-LUMEN', { 'sites.0.name': 'Main site', 'sites.0.address': '3 Sample Yard' });
  expect([saved.at, saved.text]).toEqual(['/organisations/TP-LUMEN?done=saved', expect.stringContaining('3 Sample Yard')]);
  expect((await as('auditor').open('/organisations/TP-LUMEN')).html).not.toContain('href="/sites/');
  const { text } = await as('cap.team').open('/organisations/SCH-A');
  expect(text).not.toMatch(/Sites of|Change its sites/);
  expect((await as('cap.team').open('/organisations/TP-LUMEN/change')).html).not.toContain('name="address"');
  expect((await as('cap.team').open('/organisations/SCH-A/change')).html).toContain('name="address"');
});

test('a provider that opens the sites of another reads them and has no form; a school has no such page', async () => {
  const other = await as('provider.one').open('/sites/TP-LUMEN');
  expect([other.status, other.text]).toEqual([200, expect.stringContaining('3 Sample Yard')]);
  expect(other.html).not.toContain('<form method="post" novalidate');
  expect((await as('school.alder').open('/sites/TP-LUMEN')).status).toBe(403);
});
