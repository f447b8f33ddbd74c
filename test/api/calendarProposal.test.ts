// CAP asks for a proposal of a coming year's cycles, edits it, and enters it by the import of its table (R93).
import { fictitiousYear } from '../../prisma/reference-data/fictitiousYear';
import { each, openDoors, type Doors } from './doors';

let doors: Doors;
beforeAll(async () => {
  doors = await openDoors('2024-08-20T10:00:00.000Z');
});
afterAll(() => doors.stop());

const propose = (year: string, person = 'cap.team') => doors.ask(person, 'GET', `/api/v1/calendar/proposals/${year}`);
const cycles = async () =>
  (await doors.ask('cap.team', 'GET', '/api/v1/cycles')).body.cycles as { academicYear: string; deadline: string }[];

async function enterTerms(year: string): Promise<void> {
  for (const { academicYear, term, half, firstDay, lastDay } of fictitiousYear(year).halfTerms) {
    const path = `/api/v1/terms/${academicYear}/${term}/${String(half)}`;
    expect((await doors.ask('cap.team', 'PUT', path, { body: { firstDay, lastDay } })).status).toBe(200);
  }
}

test('without the terms of the year nothing is proposed, and CAP is told to enter them', async () => {
  const { status, body } = await propose('2025-26');
  expect([status, body.errors]).toEqual([
    422,
    [
      {
        field: 'academicYear',
        rule: 'R93',
        message: 'The terms of 2025-26 are not known, or not all of them: enter the six halves of its terms first.',
      },
    ],
  ]);
});

test('from the terms of a coming year comes a table that is edited and imported; proposing alone enters nothing', async () => {
  await enterTerms('2025-26');
  const before = await cycles();
  const { status, body } = await propose('2025-26');
  const rows = body.rows as { deadline: string; standing: string }[];
  expect([status, new Set(each(rows, 'standing'))]).toEqual([200, new Set(['new'])]);
  expect(rows.length).toBeGreaterThan(8);
  expect(await cycles()).toEqual(before);

  const [heading = '', first = '', ...others] = (body.table as string).split('\n');
  expect(first).toContain('to follow normal process i.e. no panel oversight');
  const edited = [heading, ...others].join('\n');
  const imported = await doors.ask('cap.team', 'POST', '/api/v1/calendar/import', {
    body: { academicYear: '2025-26', table: edited },
  });
  expect([imported.status, imported.body.left]).toEqual([201, []]);
  const deadlines = rows.slice(1).map(({ deadline }) => deadline);
  expect((await cycles()).filter(({ academicYear }) => academicYear === '2025-26').map(({ deadline }) => deadline)).toEqual(
    deadlines,
  );
});

test('a year whose cycles are entered says so, and which rows are there', async () => {
  const { body } = await propose('2024-25');
  expect(new Set(each(body.rows, 'standing'))).toEqual(new Set(['there']));
  expect((body.warnings as string[])[0]).toBe('11 cycles of 2024-25 are entered already: look at both before you import.');
});

test('a day on which the council does not work is not proposed', async () => {
  await enterTerms('2026-27');
  const proposed = async () => {
    const rows = (await propose('2026-27')).body.rows as { meetings: Record<string, string> }[];
    return rows.map(({ meetings }) => meetings['multi-agency']);
  };
  const [day] = await proposed();
  expect((await doors.ask('cap.team', 'POST', '/api/v1/closures', { body: { day } })).status).toBe(201);
  const anew = await proposed();
  expect(anew[0]).toMatch(/^2026-/);
  expect(anew).not.toContain(day);
});

test('a year that is past, or is none, is refused', async () => {
  expect((await propose('2023-24')).body.errors).toMatchObject([{ field: 'academicYear', rule: 'R93' }]);
  expect((await propose('2025-27')).status).toBe(404);
});

test('only CAP asks for it', async () => {
  for (const person of ['school.alder', 'chair.review', 'provider.one', 'auditor']) {
    expect((await propose('2024-25', person)).status).toBe(403);
  }
});
