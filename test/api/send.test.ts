// The local authority's SEND team is invited by name to reviews of a student with an EHCP, and reads the case as long as it is (A12).
import { invitationOf } from '../../activities/invitation';
import { readEmail } from '../../records/emails';
import { appWithPages, visitor } from '../web/pages';
import { givenByTwo, openDoors, type Doors } from './doors';
import { placedOnTuesdays } from './submitted';

let doors: Doors;
let reference: string;

beforeAll(async () => {
  doors = await openDoors('2024-11-20T10:00:00.000Z');
  reference = await placedOnTuesdays(doors);
  const { students } = (await doors.ask('school.alder', 'GET', '/api/v1/students')).body as {
    students: { code: string; name: string; dateOfBirth: string; version: number }[];
  };
  const found = students.find(({ name }) => name === 'Wilhelmina Featherstone');
  const { code, name, dateOfBirth, version } = found ?? { code: '', name: '', dateOfBirth: '', version: 0 };
  const body = { name, dateOfBirth, ehcp: true, lookedAfter: false, version };
  expect((await doors.ask('school.alder', 'PUT', `/api/v1/students/${code}`, { body })).status).toBe(200);
  doors.at('2024-12-05T10:00:00.000Z');
});
afterAll(() => doors.stop());

const give = (person: string, command: string, body: object) =>
  doors.ask(person, 'POST', `/api/v1/cases/${reference}/${command}`, { body, key: `${command} ${JSON.stringify(body)}` });
const read = (person: string, path = '') => doors.ask(person, 'GET', `/api/v1/cases/${reference}${path}`);
const listed = async () => (await doors.ask('send.team', 'GET', '/api/v1/cases')).body.cases as object[];

test('who acts for it is invited when a review is called, with an entry for the calendar and no name of a child', async () => {
  expect([(await read('send.team')).status, await listed()]).toEqual([404, []]);
  expect((await give('school.alder', 'call-meeting', { about: 'review', at: '2024-12-12T13:00:00.000Z' })).status).toBe(200);
  const { body } = await read('cap.team');
  const email = (body.emails as { id: string; title: string; to: object }[]).find(({ id }) => id.endsWith('.send'));
  expect([body.send, email]).toEqual(['invited', expect.objectContaining({ to: { party: 'send', role: 'send' } })]);
  const sent = await readEmail(doors.worker, email?.id ?? '', '2024-12-05');
  expect(sent.addresses).toEqual(['send.team@example.test']);
  const links = { publicUrl: 'https://cap.example.test', domain: 'cap.example.test' };
  const entry = invitationOf(sent, links, new Date('2024-12-05T10:00:00.000Z')) ?? '';
  expect(entry).toContain('DTSTART:20241212T130000Z');
  expect(entry).not.toMatch(/Wilhelmina|Featherstone/);
});

test('it reads the case while it is invited, not what the host noted, and gives no command', async () => {
  expect([(await read('send.team')).status, (await listed()).length]).toEqual([200, 1]);
  expect((await read('send.team')).body).toMatchObject({ can: [], student: 'Wilhelmina Featherstone' });
  expect((await read('send.team', '/progress')).status).toBe(404);
  expect((await give('send.team', 'call-meeting', { about: 'review', at: '2024-12-13T13:00:00.000Z' })).status).toBe(403);
});

test('where nobody acts for it the case says so, and what CAP is to do', async () => {
  expect((await doors.ask('cap.team', 'DELETE', '/api/v1/people/send.team/grants/send')).status).toBe(200);
  expect((await read('cap.team')).body.send).toBe('nobody');
  const page = await visitor(appWithPages(doors.services), 'cap.team').open(`/cases/${reference}`);
  expect(page.text).toContain('nobody acts for it here. CAP tells it in another way, and gives somebody that grant under People');
  await givenByTwo(doors, { kind: 'grant', person: 'send.team', party: 'send', why: 'Comes to reviews.' });
  expect((await read('cap.team')).body.send).toBe('invited');
});

test('once the review is held it sees the case no more', async () => {
  doors.at('2024-12-12T15:00:00.000Z');
  const held = { on: '2024-12-12', review: 'review', summary: 'They get on well.' };
  expect((await give('provider.one', 'hold-review', held)).status).toBe(200);
  expect([(await read('send.team')).status, await listed()]).toEqual([404, []]);
  expect((await read('cap.team')).body.send).toBeNull();
});
