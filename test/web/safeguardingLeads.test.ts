// Whom one calls with a concern stands where it is needed, for who may read it, and each organisation keeps its own (R123, R124, A17).
import { openDoors, type Doors } from '../api/doors';
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

const own = '/safeguarding-leads/school:SCH-A';
const second = {
  'leads.1.name': 'Sample Second-Lead',
  'leads.1.telephone': '01632 960222',
  'leads.1.email': 'second@example.test',
};

test('help names the leads of CAP with telephone and e-mail to who is signed in (R123), and nobody to who is not', async () => {
  const help = (await as('provider.one').open('/help')).text;
  expect(help).toMatch(/Sample Cap-Safeguarding-Lead 01632 960001 safeguarding@cap\.example\.test/);
  // The names stand there: the page sends nobody to itself.
  expect(help).toContain('Speak with a Designated Safeguarding Lead of CAP');
  expect(help).not.toContain('“Help” has');
  const others = await as(null).open('/help');
  expect(others.status).toBe(200);
  expect(others.text).not.toMatch(/Sample|01632/);
});

test('the page of a case has the leads of the home school, and once there is one those of the host (R124)', async () => {
  const before = (await as('school.alder').open(`/cases/${await submitted(doors)}`)).text;
  expect(before).toMatch(/Designated Safeguarding Leads.*Alderbrook School \(fictitious\) Sample Safeguarding-Lead 01632 960011/);
  expect(before).not.toContain('First Steps Training (fictitious) Sample Safeguarding-Lead');
  const placed = `/cases/${await placedOnTuesdays(doors)}`;
  for (const person of ['school.alder', 'provider.one', 'cap.team']) {
    const { text, html } = await as(person).open(placed);
    expect(text).toContain('Alderbrook School (fictitious) Sample Safeguarding-Lead 01632 960011');
    expect(text).toContain('First Steps Training (fictitious) Sample Safeguarding-Lead 01632 960013');
    expect(html).toContain('href="/help#concern"');
    expect(html).toContain('href="tel:01632960013"');
  }
  await doors.ask('cap.team', 'PUT', '/api/v1/safeguarding-leads/provider:TP-ONE', { body: { leads: [] } });
  expect((await as('school.alder').open(placed)).text).toContain(
    'Nobody is named yet for First Steps Training (fictitious): ask it, or the CAP team, who it is.',
  );
});

test('a school adds a lead to its own and takes one out; what is wrong is named where it stands', async () => {
  const school = as('school.alder');
  expect((await school.open('/safeguarding-leads')).html).toContain(`href="${own}"`);
  const form = await school.open(own);
  // The second place stays empty; what is wrong with the third is said there.
  const third = {
    'leads.2.name': 'Sample Third-Lead',
    'leads.2.telephone': 'ask the office',
    'leads.2.email': 'third@example.test',
  };
  const wrong = await form.send(third);
  expect([wrong.status, wrong.text]).toEqual([
    422,
    expect.stringContaining('Third lead: telephone must be a telephone number such as 01632 960001, or 01632 960001 ext. 12.'),
  ]);
  expect(wrong.html).toContain('href="#leads.2.telephone"');
  const half = await form.send({ 'leads.1.name': 'Sample Second-Lead' });
  expect([half.status, half.text]).toEqual([422, expect.stringContaining('Second lead: e-mail must be an e-mail address.')]);

  const saved = await form.send(second);
  expect([saved.status, saved.at]).toEqual([200, '/safeguarding-leads?done=saved']);
  expect(saved.text).toMatch(/Sample Safeguarding-Lead.*Sample Second-Lead 01632 960222 second@example\.test/);
  const emptied = { 'leads.0.name': '', 'leads.0.telephone': '', 'leads.0.email': '' };
  const left = (await school.send(own, emptied)).text;
  expect(left).toContain('Sample Second-Lead');
  expect(left).not.toContain('Sample Safeguarding-Lead');
});

test('the AP Academy and the CAP team find theirs in the same place', async () => {
  expect((await as('academy').open('/safeguarding-leads')).html).toContain('href="/safeguarding-leads/provider:AP-ACADEMY"');
  const cap = await as('cap.team').send('/safeguarding-leads/cap', { 'leads.2.name': 'Sample Third-Lead', ...withWays(2) });
  expect(cap.text).toMatch(/Designated Safeguarding Leads of the CAP team.*Sample Third-Lead/);
  expect((await as('school.birch').open('/help')).text).toContain('Sample Third-Lead');
});

const withWays = (place: number) => ({
  ...{ [`leads.${String(place)}.telephone`]: '01632 960333', [`leads.${String(place)}.email`]: 'third@example.test' },
});

test('CAP reads and changes those of a school or provider from its page; where nobody is named it says whom to ask', async () => {
  const lumen = await as('cap.team').open('/organisations/TP-LUMEN');
  expect(lumen.text).toContain('Nobody is named yet: ask Lumen Academy who it is.');
  expect(lumen.html).toContain('href="/safeguarding-leads/provider:TP-LUMEN"');
  const saved = await as('cap.team').send('/safeguarding-leads/provider:TP-LUMEN', {
    'leads.0.name': 'Sample New-Lead',
    ...withWays(0),
  });
  expect([saved.at, saved.text]).toEqual(['/organisations/TP-LUMEN?done=saved', expect.stringContaining('Sample New-Lead')]);
  expect((await as('auditor').open('/organisations/TP-LUMEN')).html).not.toContain('/safeguarding-leads/');
});

test('a number with an extension is called as it is written: the line, then the extension', async () => {
  const called = { 'leads.0.name': 'Sample New-Lead', ...withWays(0), 'leads.0.telephone': '01632 960333 ext. 12' };
  const { html } = await as('cap.team').send('/safeguarding-leads/provider:TP-LUMEN', called);
  expect(html).toMatch(/href="tel:01632960333;ext=12"[^>]*>01632 960333 ext\. 12</);
});

test('a school that opens those of another reads them and has no form', async () => {
  const page = await as('school.birch').open('/safeguarding-leads/provider:TP-LUMEN');
  expect([page.status, page.text]).toEqual([200, expect.stringContaining('Sample New-Lead')]);
  expect(page.html).not.toContain('<form method="post" novalidate');
});
