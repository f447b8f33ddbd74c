// A school's roll, line by line: who is new, whom the school has, what cannot be read.
import fc from 'fast-check';
import { readRoll, type RollLine } from '../../domain/roll';

const now = '2024-11-20T10:00:00.000Z';
const there = [
  { code: 'STU-AAAAAA', name: 'Known Sample', dateOfBirth: '2011-05-04', upn: null },
  { code: 'STU-BBBBBB', name: 'Numbered Sample', dateOfBirth: '2010-01-01', upn: 'H801200001001' },
];
const heading = ['name', 'dateOfBirth', 'upn', 'ehcp', 'lookedAfter'];
const read = (...lines: readonly string[][]) =>
  readRoll(
    [heading, ...lines].map((cells, index) => ({ line: index + 1, cells })),
    there,
    now,
  );
const linesOf = (...lines: readonly string[][]): readonly RollLine[] => {
  const found = read(...lines);
  if ('unreadable' in found) throw new Error(found.unreadable.message);
  return found.lines;
};
const wrong = (...cells: string[]) => {
  const [line] = linesOf(cells);
  return line?.is === 'wrong' ? line.problems.map(({ column }) => column) : [];
};

test('a line is somebody new, with the day of birth as schools’ systems write it', () => {
  expect(linesOf(['New Sample', '04/05/2012', ' h80120 0001001', 'No', 'yes'])).toMatchObject([
    { is: 'there', code: 'STU-BBBBBB' },
  ]);
  expect(linesOf(['New Sample', '4.5.2012', '', 'Y', 'n'])).toEqual([
    {
      ...{ line: 2, is: 'new' },
      student: {
        ...{ name: 'New Sample', dateOfBirth: '2012-05-04', upn: null, yearGroup: null },
        ...{ ehcp: true, lookedAfter: false, adopted: false },
      },
    },
  ]);
});

test('a student is known by UPN, else by name and date of birth, however the name is written', () => {
  expect(linesOf(['KNOWN  sample', '2011-05-04', '', 'no', 'no'])).toMatchObject([{ is: 'there', code: 'STU-AAAAAA' }]);
  expect(linesOf(['Known Sample', '2011-05-05', '', 'no', 'no'])).toMatchObject([{ is: 'new' }]);
});

test('what cannot be read is told by its column', () => {
  expect(wrong('New Sample', '31/02/2012', '', 'no', 'no')).toEqual(['dateOfBirth']);
  expect(wrong('New Sample', '2012-05-04', 'A801200001001', 'no', 'no')).toEqual(['upn']);
  expect(wrong('New Sample', '2012-05-04', '', '', 'perhaps')).toEqual(['ehcp', 'lookedAfter']);
  expect(wrong('', '2012-05-04', '', 'no', 'no')).toEqual(['name']);
  expect(wrong('New Sample', '2012-05-04', '', 'no', 'no', 'too much')).toEqual([null]);
});

test.each([
  ['what no font shows', 'Ren\ufffd Sample'],
  ['two letters for each one with an accent', 'Zo\u00c3\u00ab Sample'],
  ['a mark of a typewriter in a name', 'O\u00e2\u20ac\u2122Sample'],
])('a name that was read in the wrong alphabet is told, and nobody is added under it: %s', (_what, name) => {
  expect(wrong(name, '2012-05-04', '', 'no', 'no')).toEqual(['name']);
});

test('a name with letters of any language is a name', () => {
  for (const name of ['René Sample', 'Zoë O’Sample', 'JOÃO Sample', 'Łukasz Sample', 'Âna Sample', '李 Sample'])
    expect(wrong(name, '2012-05-04', '', 'no', 'no')).toEqual([]);
});

test('a student who stands on two lines is told on the second', () => {
  const twice = linesOf(['New Sample', '2012-05-04', '', 'no', 'no'], ['new sample', '04/05/2012', '', 'no', 'no']);
  expect(twice).toMatchObject([
    { is: 'new' },
    { is: 'wrong', problems: [{ message: expect.stringContaining('Line 2') as string }] },
  ]);
});

test('a heading may write its columns as people do, in any order; one that is missing is named', () => {
  const table = (cells: string[]) => readRoll([{ line: 1, cells }], there, now);
  expect(table(['Looked after', 'EHCP', 'Date of birth', 'Name', 'Year group'])).toEqual({ lines: [] });
  expect(table(['name', 'ehcp', 'lookedAfter'])).toMatchObject({ unreadable: { column: 'dateOfBirth' } });
  expect(table(['name', 'shoe size'])).toMatchObject({ unreadable: { column: null } });
});

test('whatever stands in its cells, a roll is read line by line', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.string(), { maxLength: 7 }), { maxLength: 5 }), (lines) => {
      expect(linesOf(...lines)).toHaveLength(lines.length);
    }),
  );
});
