// The pages on which a school or provider asks for the account of a colleague, and CAP answers (A21).
import { openDoors, type Doors } from '../api/doors';
import { appWithPages, asker, readText, visitor } from './pages';

let doors: Doors;
let app: ReturnType<typeof appWithPages>;
beforeAll(async () => {
  doors = await openDoors('2024-11-20T10:00:00.000Z');
  app = appWithPages(doors.services);
});
afterAll(() => doors.stop());

const as = (person: string) => asker(app, person);
const colleague = { name: 'Nadia New-Sample', email: 'nadia@example.test', why: 'Joins the school office.' };
const requestIn = (text: string) => /\/account-requests\/(ACC-\w{6})/.exec(text)?.[1] ?? '';

test('a school asks for a colleague; CAP finds it under To do, and accepting it leads to the second person; the school sees each step', async () => {
  const school = visitor(app, 'school.alder');
  const sent = await school.send(await school.open('/colleagues/new'), colleague);
  expect(sent.text).toContain('Waits for CAP');
  const id = requestIn(sent.at);
  const again = await school.send(await school.open('/colleagues/new'), colleague);
  expect([again.status, again.text]).toEqual([422, expect.stringContaining(`asked for already, as ${id}`)]);
  expect(again.html).toContain('value="Nadia New-Sample"');

  for (const page of ['/', '/people']) expect((await as('cap.team').open(page)).text).toContain(`/account-requests/${id}`);
  const cap = visitor(app, 'cap.team');
  const open = await cap.open(`/account-requests/${id}`);
  const nameless = await cap.send(open, {}, { name: 'accept' });
  expect([nameless.status, nameless.text]).toEqual([422, expect.stringContaining('give them a short name')]);
  const accepted = await cap.send(open, { person: 'nadia.sample' }, { name: 'accept' });
  expect(accepted.text).toContain('Accepted: a second person of CAP gives it');
  expect((await as('cap.team').open('/')).text).not.toContain(id);

  const grant = /\/grant-requests\/[\w-]+/.exec(accepted.html)?.[0] ?? '';
  expect((await as('cap.lead').send(grant, {}, 'give')).status).toBe(303);
  const list = readText(await as('school.alder').open('/colleagues'));
  expect(list).toMatch(/Nadia New-Sample Alderbrook School .*Nadia New-Sample An account .* Done/);
});

test('a provider asks that the account of somebody who has left ends, and withdraws it while it is open', async () => {
  const end = '/colleagues/provider:TP-ONE/provider.one/end';
  const provider = visitor(app, 'provider.one');
  const sent = await provider.send(await provider.open(end), { why: 'Has left.' });
  expect(sent.text).toContain('Waits for CAP');
  expect((await provider.send(sent, {}, { name: 'withdraw' })).text).toContain('Your request is withdrawn');
  const late = await as('cap.team').open(`/account-requests/${requestIn(sent.at)}`);
  expect(readText(late)).toContain('Withdrawn');
  expect(late.text).not.toContain('Decline');
  expect(readText(await as('provider.two').open(end))).toContain('They do not act for you');
  expect((await as('provider.two').send('/colleagues/provider:TP-TWO/provider.two/end', { why: '' })).status).toBe(422);
});

test('CAP declines with a reason, which the school reads; without one it is asked for', async () => {
  const { status, headers } = await as('school.birch').send('/colleagues/new', { ...colleague, email: 'other@example.test' });
  expect(status).toBe(303);
  const page = (headers['location'] ?? '').split('?')[0] ?? '';
  const empty = await as('cap.team').send(page, {}, 'decline');
  expect([empty.status, readText(empty)]).toEqual([422, expect.stringContaining('Why do you decline it? This is needed.')]);
  expect((await as('cap.team').send(page, { reason: 'Not of your staff.' }, 'decline')).status).toBe(303);
  expect(readText(await as('school.birch').open(page))).toContain('Why it was declined Not of your staff.');
  expect((await as('school.alder').open(page)).status).toBe(404);
});
