// Who a student is: year groups by the academic year, what cannot be, and when two are likely the same child.
import {
  ageOn,
  checkStudent,
  keyStageOf,
  nameKey,
  tidyUpn,
  yearGroupOf,
  yearsAboveAge,
  type StudentWords,
} from '../../domain/student';
import { yearGroups } from '../../domain/words';

const now = '2024-11-20T10:00:00.000Z';
const words: StudentWords = {
  name: 'Sample Student',
  dateOfBirth: '2011-05-04',
  upn: null,
  yearGroup: null,
  ehcp: false,
  lookedAfter: false,
  adopted: false,
};
const wrong = (changed: Partial<StudentWords>, at = now) => checkStudent({ ...words, ...changed }, at).map(({ field }) => field);

test.each([
  ['2011-08-31', '2024-25', 'Year 9'],
  ['2011-09-01', '2024-25', 'Year 8'],
  ['2011-09-01', '2025-26', 'Year 9'],
  ['2020-08-31', '2024-25', 'Reception'],
  ['2020-09-01', '2024-25', null],
  ['2006-09-01', '2024-25', 'Year 13'],
  ['2005-06-01', '2024-25', 'Year 13'],
])('born on %s, a student of %s is in %s: years begin on 1 September', (born, year, group) => {
  expect(yearGroupOf(born, year)).toBe(group);
});

test('a year group that is not that of the age goes with the student from year to year', () => {
  const below = yearsAboveAge({ dateOfBirth: '2011-05-04', yearGroup: 'Year 8' }, now);
  expect(yearGroupOf('2011-05-04', '2024-25', below)).toBe('Year 8');
  expect(yearGroupOf('2011-05-04', '2025-26', below)).toBe('Year 9');
  const ofAge = yearsAboveAge({ dateOfBirth: '2011-05-04', yearGroup: null }, now);
  expect(yearGroupOf('2011-05-04', '2025-26', ofAge)).toBe('Year 10');
});

test.each([
  ['2024-05-03', 12],
  ['2024-05-04', 13],
  ['2024-12-31', 13],
])('on %s a student born on 4 May 2011 is %d', (day, age) => {
  expect(ageOn(day, '2011-05-04')).toBe(age);
});

test.each([['1950-01-01'], ['2027-03-01'], ['2020-09-01'], ['2004-11-20'], ['2011-02-30'], ['yesterday'], ['']])(
  'born on "%s", nobody is at school in 2024-25',
  (dateOfBirth) => {
    expect(wrong({ dateOfBirth })).toEqual(['dateOfBirth']);
  },
);

test('from Reception to the nineteenth birthday and the year after it one may be at school', () => {
  expect(wrong({ dateOfBirth: '2020-08-31' })).toEqual([]);
  expect(wrong({ dateOfBirth: '2004-11-21' })).toEqual([]);
});

test('a year group is that of the age, one above or one below; further off something is mistyped', () => {
  const accepted = yearGroups.filter((yearGroup) => wrong({ yearGroup }).length === 0);
  expect(accepted).toEqual(['Year 8', 'Year 9', 'Year 10']);
  expect(wrong({ yearGroup: 'Year 7' })).toEqual(['yearGroup']);
});

test('a student of Year 9 is in Key Stage 3, one of Year 11 in Key Stage 4, and neither Reception nor Year 12 is in one (R3)', () => {
  const stages = (['Reception', 'Year 2', 'Year 3', 'Year 6', 'Year 7', 'Year 9', 'Year 10', 'Year 11', 'Year 12'] as const).map(
    (group) => keyStageOf(group)?.stage ?? null,
  );
  expect(stages).toEqual([null, 1, 2, 2, 3, 3, 4, 4, null]);
});

test('a UPN adds up to its first letter', () => {
  expect(wrong({ upn: 'H801200001001' })).toEqual([]);
  for (const upn of [
    'A801200001001',
    'H801200001010',
    'H80120000100',
    'H8012000010011',
    'h801200001001',
    'I801200001001',
    'banana',
  ]) {
    expect([upn, wrong({ upn })]).toEqual([upn, ['upn']]);
  }
  expect(tidyUpn(' h8012 0000 1001 ')).toBe('H801200001001');
  expect([tidyUpn(' '), tidyUpn(null)]).toEqual([null, null]);
});

test('a student has a name', () => {
  expect(wrong({ name: ' - ' })).toEqual(['name']);
});

test.each([
  ['Zoë  Fenwick-Oakes', 'zoe fenwick oakes'],
  ["O'Sample, Ana", 'O’SAMPLE ANA'],
  ['Ｓａｍ Ple', 'sam ple'],
])('"%s" and "%s" are one name', (one, other) => {
  expect(nameKey(one)).toBe(nameKey(other));
});

test('names of other scripts stay apart', () => {
  expect(nameKey('Иван')).not.toBe(nameKey('Анна'));
  expect(nameKey('Ана')).not.toBe('');
});
