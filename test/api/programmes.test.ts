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
