// What there is to apply for: each programme for the year that is asked about, with the values that it goes by.
import { each, openDoors, type Doors } from './doors';

let doors: Doors;
beforeAll(async () => {
  doors = await openDoors('2024-11-20T10:00:00.000Z');
});
afterAll(() => doors.stop());

const programmes = async () => (await doors.ask('school.alder', 'GET', '/api/v1/programmes')).body.programmes as unknown;

test('a year with values of its own is said plainly', async () => {
  doors.at('2024-11-20T10:00:00.000Z');
  expect(new Set(each(await programmes(), 'year'))).toEqual(new Set(['2024-25']));
  expect(new Set(each(await programmes(), 'note'))).toEqual(new Set([null]));
});

test('values go on until a year has its own, and that is said', async () => {
  doors.at('2027-11-20T10:00:00.000Z');
  expect(await programmes()).toContainEqual(
    expect.objectContaining({
      title: 'Flourish',
      year: '2027-28',
      valuesOf: '2026-27',
      note: 'Values of 2026-27, which go on until 2027-28 has its own',
    }),
  );
});

test('Tier 4 is offered once CAP says so, and then begun by the local authority for a student of a school, by nobody else (C29)', async () => {
  doors.at('2024-11-20T10:00:00.000Z');
  const offer = (person: string, programme: string, offered: boolean) =>
    doors.ask(person, 'PUT', `/api/v1/programmes/${programme}/offered`, { body: { offered } });
  const student = await doors.student('school.alder');
  const begin = (person: string) =>
    doors.ask(person, 'POST', '/api/v1/applications', { body: { programme: 'tier-4', student, answers: {} } });
  const codes = async () => each(await programmes(), 'code');

  expect(await codes()).not.toContain('tier-4');
  const opens = async (person: string) => {
    const { body } = await doors.ask(person, 'GET', '/api/v1/me');
    return (body as { may: string[] }).may.filter((each) => each.startsWith('open-for-the-authority'));
  };
  expect(await opens('cap.team')).toEqual([]);
  expect((await begin('cap.team')).status).toBe(403);
  expect((await offer('school.alder', 'tier-4', true)).status).toBe(403);
  expect((await offer('cap.team', 'flourish', false)).status).toBe(409);
  expect((await offer('cap.team', 'tier-4', true)).status).toBe(200);
  expect(await codes()).toContain('tier-4');
  // CAP reads of itself that it may open one, and nobody else does.
  expect([await opens('cap.team'), await opens('school.alder')]).toEqual([['open-for-the-authority tier-4'], []]);

  expect((await begin('school.alder')).status).toBe(403);
  const begun = await begin('cap.team');
  expect([begun.status, begun.body.school]).toEqual([201, 'SCH-A']);
  const read = (person: string) => doors.ask(person, 'GET', `/api/v1/applications/${begun.body.reference}`);
  expect([(await read('cap.team')).status, (await read('school.alder')).status]).toEqual([200, 404]);

  expect((await offer('cap.team', 'tier-4', false)).status).toBe(200);
  expect((await begin('cap.team')).status).toBe(403);
});
