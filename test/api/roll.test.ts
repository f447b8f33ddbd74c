// A school brings its roll through the doors: first shown, then applied as it was shown, by staff of the school alone.
import { readCsv } from '../../api/csv';
import { each, openDoors, type Doors } from './doors';

let doors: Doors;
beforeAll(async () => {
  doors = await openDoors('2024-11-20T10:00:00.000Z');
});
afterAll(() => doors.stop());

const heading = 'Name,Date of birth,UPN,EHCP,Looked after';
const rollOf = (...lines: string[]) => ({ csv: [heading, ...lines].join('\r\n') });
const post = (path: string, body: object, person = 'school.alder') =>
  doors.ask(person, 'POST', `/api/v1/students/roll/${path}`, { body });
const named = async (text: string) =>
  each((await doors.ask('school.alder', 'POST', '/api/v1/students/search', { body: { text } })).body.students, 'name');

test('a preview adds nobody; the import adds exactly those who were shown as new, each noted as an edit', async () => {
  await doors.student('school.alder', { name: 'Rolled Known', dateOfBirth: '2011-05-04', another: false });
  const roll = rollOf(
    'Rolled Known,04/05/2011,,no,no',
    'Rolled One,05/06/2012,H801200001001,yes,no',
    'Rolled Two,2010-09-01,,no,no',
  );
  const shown = await post('preview', roll);
  expect(each(shown.body.lines, 'is')).toEqual(['there', 'new', 'new']);
  expect(await named('rolled')).toEqual(['Rolled Known']);
  const applied = await post('import', { ...roll, preview: shown.body.preview });
  expect(applied.body).toEqual({ counts: { added: 2, changed: 0, removed: 0, left: 1, notPossible: 0 } });
  expect(await named('rolled')).toEqual(['Rolled Known', 'Rolled One', 'Rolled Two']);
});

test('sent a second time, or after the students have changed, it is refused: there is another preview to look at', async () => {
  const roll = rollOf('Changing One,2012-06-05,,no,no', 'Changing Two,2012-07-05,,no,no');
  const { preview } = (await post('preview', roll)).body as { preview: string };
  await doors.student('school.alder', { name: 'Changing One', dateOfBirth: '2012-06-05' });
  expect((await post('import', { ...roll, preview })).status).toBe(412);
  const again = (await post('preview', roll)).body as { preview: string };
  expect((await post('import', { ...roll, preview: again.preview })).body).toMatchObject({ counts: { added: 1, left: 1 } });
  expect((await post('import', { ...roll, preview: again.preview })).status).toBe(412);
  expect(await named('changing')).toHaveLength(2);
});

test('while a line is wrong nobody is added, and each wrong line says why', async () => {
  const roll = rollOf('Wrong One,2012-06-05,,no,no', 'Wrong Two,yesterday,,no,no');
  const shown = await post('preview', roll);
  expect(shown.body).toMatchObject({
    preview: null,
    lines: [{ is: 'new' }, { is: 'wrong', problems: [{ column: 'dateOfBirth' }] }],
  });
  const applied = await post('import', { ...roll, preview: 'guessed' });
  expect([applied.status, each(applied.body.errors, 'field')]).toEqual([422, ['line 3 dateOfBirth']]);
  expect(await named('wrong')).toEqual([]);
  expect((await post('preview', { csv: 'a,"b' })).body.unreadable).toMatchObject({ column: null });
});

test('a table of more lines than any school has is not read to its end: nobody else waits for it', () => {
  const { lines, unreadable } = readCsv(`${heading}\n${'a,b\n'.repeat(100_000)}`);
  expect([lines, unreadable?.message]).toEqual([[], 'A table has at most 5,000 lines: send it in parts.']);
});

test('only staff of the school bring its roll', async () => {
  const roll = rollOf('Foreign One,2012-06-05,,no,no');
  for (const person of ['cap.team', 'provider.one', 'chair.review'])
    expect((await post('preview', roll, person)).status).toBe(403);
  expect((await post('preview', { ...roll, school: 'SCH-A' }, 'school.birch')).status).toBe(403);
});

test('which programmes fit is answered for one’s own student alone, those that fit in front', async () => {
  const student = await doors.student('school.alder');
  const ask = (person: string, body: object) => doors.ask(person, 'POST', '/api/v1/eligibility', { body });
  const { body } = await ask('school.alder', { student, daysAWeek: 2 });
  const fits = each(body.programmes, 'fits');
  expect(fits).toEqual([...fits].sort().reverse());
  expect(each(body.programmes, 'programme')).toEqual(expect.arrayContaining(['flourish', 'refocus', 'year-11-bespoke']));
  expect((await ask('school.birch', { student })).body.errors).toMatchObject([{ field: 'student', rule: 'R23' }]);
});

test('the cases of one student are listed by the code of the student', async () => {
  const student = await doors.student('school.alder');
  const { body } = await doors.ask('school.alder', 'GET', `/api/v1/cases?student=${student}`);
  expect(body.cases).toEqual([]);
});
