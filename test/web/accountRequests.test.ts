// The pages on which a school or provider asks for the account of a colleague, and CAP answers (A21).
import { openDoors, type Doors } from '../api/doors';
import { appWithPages, visitor } from './pages';

let doors: Doors;
let app: ReturnType<typeof appWithPages>;
beforeAll(async () => {
  doors = await openDoors('2024-11-20T10:00:00.000Z');
  app = appWithPages(doors.services);
});
afterAll(() => doors.stop());

const as = (person: string) => visitor(app, person);
const colleague = { name: 'Nadia New-Sample', email: 'nadia@example.test', why: 'Joins the school office.' };
const requestIn = (html: string) => /\/account-requests\/(ACC-\w{6})/.exec(html)?.[1] ?? '';

test('a school asks for a colleague; CAP finds it under To do, and accepting it leads to the second person; the school sees each step', async () => {
  const school = as('school.alder');
  const sent = await school.send('/colleagues/new', colleague);
  expect(sent.text).toContain('Waits for CAP');
  const id = requestIn(sent.at);
  const again = await school.send('/colleagues/new', colleague);
  expect([again.status, again.text]).toEqual([422, expect.stringContaining(`asked for already, as ${id}`)]);
  expect(again.html).toContain('value="Nadia New-Sample"');

  for (const page of ['/', '/people']) expect((await as('cap.team').open(page)).html).toContain(`/account-requests/${id}`);
  const open = await as('cap.team').open(`/account-requests/${id}`);
  const nameless = await open.send({}, 'Accept, and ask for the grant');
  expect([nameless.status, nameless.text]).toEqual([422, expect.stringContaining('give them a short name')]);
  const accepted = await open.send({ person: 'nadia.sample' }, 'Accept, and ask for the grant');
  expect(accepted.text).toContain('Accepted: a second person of CAP gives it');
  expect((await as('cap.team').open('/')).html).not.toContain(id);

  const grant = /\/person-requests\/[\w-]+/.exec(accepted.html)?.[0] ?? '';
  expect((await as('cap.lead').send(grant, {}, 'Give it')).at).toContain('done=');
  const list = (await as('school.alder').open('/colleagues')).text;
  expect(list).toMatch(/Nadia New-Sample Alderbrook School .*Nadia New-Sample An account .* Done/);
});

test('a provider asks that the account of somebody who has left ends, and withdraws it while it is open', async () => {
  const end = '/colleagues/provider:TP-ONE/provider.one/end';
  for (const path of [end, '/colleagues/new']) expect((await as('provider.one').open(path)).text).not.toContain('school');
  const sent = await as('provider.one').send(end, { why: 'Has left.' });
  expect(sent.text).toContain('Waits for CAP');
  expect((await sent.send({}, 'Withdraw it')).text).toContain('Your request is withdrawn');
  const late = await as('cap.team').open(`/account-requests/${requestIn(sent.at)}`);
  expect(late.text).toContain('Withdrawn');
  expect(late.text).not.toContain('Decline');
  expect((await as('provider.two').open(end)).text).toContain('They do not act for you');
  expect((await as('provider.two').send('/colleagues/provider:TP-TWO/provider.two/end', { why: '' })).status).toBe(422);
});

test('CAP declines with a reason, which the school reads; without one it is asked for', async () => {
  const { at } = await as('school.birch').send('/colleagues/new', { ...colleague, email: 'other@example.test' });
  expect(at).toContain('done=');
  const page = at.split('?')[0] ?? '';
  const empty = await as('cap.team').send(page, {}, 'Decline');
  expect([empty.status, empty.text]).toEqual([422, expect.stringContaining('Why do you decline it? This is needed.')]);
  expect((await as('cap.team').send(page, { reason: 'Not of your staff.' }, 'Decline')).at).toContain('done=');
  expect((await as('school.birch').open(page)).text).toContain('Why it was declined Not of your staff.');
  expect((await as('school.alder').open(page)).status).toBe(404);
});
