// What comes several times at the same moment, as from a button that is pressed twice or from two people, is done once and is no fault of ours.
import { each, openDoors, type Asking, type Doors } from './doors';
import { placedOnTuesdays } from './submitted';

let doors: Doors;
let reference: string;
const tuesday = '2024-12-10';

beforeAll(async () => {
  doors = await openDoors('2024-11-20T10:00:00.000Z');
  reference = await placedOnTuesdays(doors);
  doors.at(`${tuesday}T15:00:00.000Z`);
});
afterAll(() => doors.stop());

const five = [1, 2, 3, 4, 5];
const person = { name: 'New Sample', email: 'new@example.test', active: true };
const school = { kind: 'school', sector: 'secondary', name: 'New Sample School', email: 'new@example.test' };

test.each<[string, string, Asking['body']]>([
  ['a person', '/api/v1/people/new.sample', person],
  ['an organisation', '/api/v1/organisations/SCH-NEW', { ...school, urn: null, ukprn: null, address: null }],
  ['an absence', '/api/v1/absences/cap.team/2025-02-10', { last: '2025-02-14' }],
])('%s', async (_what, path, body) => {
  const answers = await Promise.all(five.map(() => doors.ask('cap.team', 'PUT', path, { body })));
  expect(answers.map(({ status }) => status)).toEqual(five.map(() => 200));
});

test.each<[string, string, Asking['body'], string]>([
  ['a short name', '/api/v1/people/', person, 'id'],
  ['a code', '/api/v1/organisations/', { ...school, urn: null, ukprn: null, address: null }, 'code'],
])('%s in small letters and in capitals is given once (A21, R22)', async (_what, path, body, field) => {
  const codes = ['at.once', 'At.Once', 'AT.ONCE', 'at.ONCE', 'AT.once'];
  const answers = await Promise.all(codes.map((one) => doors.ask('cap.team', 'PUT', `${path}${one}`, { body })));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 422, 422, 422, 422]);
  expect(each(answers.find(({ status }) => status === 422)?.body.errors, 'field')).toEqual([field]);
});

test('a mark in a register counts once (A20)', async () => {
  const marks = (['am', 'pm'] as const).map((half) => ({ case: reference, half, mark: 'present' }));
  const mark = (of: object[]) => doors.ask('provider.one', 'PUT', `/api/v1/registers/${tuesday}`, { body: { marks: of } });
  // In either order of its halves: neither waits for the other for ever.
  const answers = await Promise.all(five.map((one) => mark(one % 2 === 0 ? marks : marks.toReversed())));
  expect(answers.map(({ status }) => status)).toEqual(five.map(() => 200));
  const { body } = await doors.ask('cap.team', 'GET', '/api/v1/numbers?academicYear=2024-25');
  expect(body.attendance).toMatchObject({ marked: 2, attended: 2 });
});

test('two accounts that two people of CAP accept under one short name do not become one person', async () => {
  const requests = await Promise.all(
    [1, 2].map((one) =>
      doors.ask('school.alder', 'POST', '/api/v1/account-requests', {
        body: {
          kind: 'give',
          party: 'school:SCH-A',
          name: 'Sample Colleague',
          email: `colleague${one}@example.test`,
          why: 'Joins.',
        },
      }),
    ),
  );
  const answers = await Promise.all(
    requests.map(({ body }) =>
      doors.ask('cap.team', 'POST', `/api/v1/account-requests/${body.request.id}/accept`, { body: { person: 'a.colleague' } }),
    ),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
  expect(each(answers.find(({ status }) => status === 422)?.body.errors, 'field')).toEqual(['person']);
});
