// A line of the directory, CAP's table of a year's courses, and what one directory makes of another (R107).
import fc from 'fast-check';
import { yearToStartIn, type HalfTerm } from '../../domain/calendar';
import {
  courseColumns,
  courseLineProblems,
  directoryChanges,
  directoryTable,
  pastDirectory,
  readDirectory,
  siteOfCourse,
  yearOfPlacement,
  type ListedCourse,
} from '../../domain/courses';

const facts = {
  ...{ academicYear: '2024-25', providers: ['TP-ONE', 'TP-TWO', 'TP-NO-SITES'] },
  sites: { 'TP-ONE': [{ name: 'Main site' }, { name: 'Workshop' }], 'TP-TWO': [{ name: 'Main site' }, { name: 'Kitchen' }] },
};
const joinery: ListedCourse = {
  ...{ code: 'T1-JOINERY', title: 'Joinery', programme: 'tier-1-course', category: 'work-based-learning', provider: 'TP-ONE' },
  ...{ schoolWeeks: 12, places: 8, days: 'tue,thu', site: 'Workshop' },
};
const wrong = (change: Partial<ListedCourse>, year = facts.academicYear) =>
  courseLineProblems({ ...joinery, ...change }, { ...facts, academicYear: year }).map(({ field, rule }) => [field, rule]);

test('a course has a code, a title, a programme with courses, its category, a procured provider, weeks, places and days', () => {
  expect(wrong({})).toEqual([]);
  expect(wrong({ places: null, days: null, site: null })).toEqual([]);
});

test.each<[string, Partial<ListedCourse>, [string, string][]]>([
  ['a code with a blank', { code: 'T1 JOINERY' }, [['code', 'R107']]],
  ['no title', { title: '' }, [['title', 'R107']]],
  ['a title with a control character', { title: 'Join\u0007ery' }, [['title', 'R107']]],
  ['a title that turns the direction of writing', { title: 'Join\u202eery' }, [['title', 'R107']]],
  ['a title that is too long', { title: 'J'.repeat(201) }, [['title', 'R107']]],
  ['a programme without courses', { programme: 'flourish' }, [['programme', 'R107']]],
  ['a provider that CAP has not procured', { provider: 'TP-NONE' }, [['provider', 'R103']]],
  ['weeks that are no number', { schoolWeeks: NaN }, [['schoolWeeks', 'R32']]],
  ['weeks of more than a year', { schoolWeeks: 40 }, [['schoolWeeks', 'R32']]],
  ['weeks of less than half a term', { schoolWeeks: 3 }, [['schoolWeeks', 'R32']]],
  ['places below none', { places: -1 }, [['places', 'A9']]],
  ['half a place', { places: 1.5 }, [['places', 'A9']]],
  ['days in another order', { days: 'thu,tue' }, [['days', 'R107']]],
  ['a site that nobody has', { site: 'Yard' }, [['site', 'R107']]],
  ['a site of another provider', { site: 'Kitchen' }, [['site', 'R107']]],
  ['a site of a provider that names none', { provider: 'TP-NO-SITES' }, [['site', 'R107']]],
  [
    'several of these',
    { title: '', places: -1 },
    [
      ['title', 'R107'],
      ['places', 'A9'],
    ],
  ],
])('%s is told by its column and rule', (_what, change, told) => {
  expect(wrong(change)).toEqual(told);
});

test('each programme has its categories: three at Tier 1, one of its own in Year 11, none at Insight (R107)', () => {
  const of = (change: Partial<ListedCourse>) => wrong(change).map(([field]) => field);
  for (const category of ['work-based-learning', 'curriculum-support', 'employability-and-personal-development'] as const) {
    expect(of({ category })).toEqual([]);
    expect(of({ category, programme: 'year-11-bespoke' })).toEqual(['category']);
  }
  expect(of({ category: 'tier-3-year-11', programme: 'year-11-bespoke' })).toEqual([]);
  expect([of({ category: 'tier-3-year-11' }), of({ category: null })]).toEqual([['category'], ['category']]);
  const insight = { programme: 'insight', schoolWeeks: 6 } as const;
  expect([of({ ...insight, category: null }), of({ ...insight, category: 'curriculum-support' })]).toEqual([[], ['category']]);
});

test('an Insight course has the weeks that its programme has in that year: six, and six to twelve from 2025-26 (C1)', () => {
  const weeks = (year: string) =>
    [5, 6, 8, 12, 13].filter((schoolWeeks) => wrong({ programme: 'insight', category: null, schoolWeeks }, year).length === 0);
  expect([weeks('2024-25'), weeks('2025-26')]).toEqual([[6], [6, 8, 12]]);
});

test('a pack is sent by the directory of the year of the start: of its cohort, else of the next day with school (R107)', () => {
  const halfTerms: HalfTerm[] = [
    { academicYear: '2024-25', term: 'summer', half: 2, firstDay: '2025-06-02', lastDay: '2025-07-21' },
    { academicYear: '2025-26', term: 'autumn', half: 1, firstDay: '2025-09-01', lastDay: '2025-10-24' },
  ];
  const known = { closures: new Set<string>(), halfTerms };
  const year = (cohort: string | null, today: string, calendar = known) => yearToStartIn(cohort, today, calendar);
  expect(year('2025-09-08', '2025-07-02')).toBe('2025-26');
  expect(year(null, '2025-07-02')).toBe('2024-25');
  expect(year(null, '2025-07-22')).toBe('2025-26');
  expect(year(null, '2025-07-22', { ...known, halfTerms: [] })).toBe('2024-25');
  // A case that comes to it after its cohort has begun starts later than that.
  expect(year('2025-04-28', '2025-09-10')).toBe('2025-26');
  expect(year(null, '2025-07-21')).toBe('2024-25');
});

test('the directory of a past year stays as it was; that of this year and of coming ones is kept', () => {
  const past = (year: string) => pastDirectory(year, '2025-08-31') !== null;
  expect([past('2023-24'), past('2024-25'), past('2025-26')]).toEqual([true, false, false]);
});

const lines = (...rows: readonly (readonly string[])[]) => rows.map((cells, index) => ({ line: index + 1, cells }));
const heading = [...courseColumns];
const row = ['T1-JOINERY', 'Joinery', 'tier-1-course', 'work-based-learning', 'TP-ONE', '12', '8', 'tue,thu', 'Workshop'];
const read = (...rows: readonly (readonly string[])[]) => readDirectory(lines(...rows), facts, []);

test('a table names its columns in any order and in any letters; empty places, days and sites are none', () => {
  const { courses, problems } = read(heading, row, ['T1-OTHER', ...row.slice(1, 6), '', '', '']) as {
    courses: unknown;
    problems: unknown;
  };
  expect(problems).toEqual([]);
  expect(courses).toEqual([joinery, { ...joinery, code: 'T1-OTHER', places: null, days: null, site: null }]);
  const turned = read(heading.map((name) => name.toUpperCase()).reverse(), [...row].reverse());
  expect(turned).toMatchObject({ courses: [joinery], problems: [] });
});

test('days are read with blanks or semicolons between them', () => {
  for (const days of ['Tue Thu', 'tue; thu', 'TUE,THU']) {
    expect(read(heading, [...row.slice(0, 7), days, ''])).toMatchObject({ courses: [{ days: 'tue,thu' }] });
  }
});

test('a site is read as its provider writes it, in whatever letters and spaces it was copied', () => {
  for (const site of ['workshop', ' WORKSHOP ', 'Workshop']) {
    expect(read(heading, [...row.slice(0, 8), site])).toMatchObject({ courses: [{ site: 'Workshop' }], problems: [] });
  }
  expect(read(heading, [...row.slice(0, 8), 'main   SITE'])).toMatchObject({ courses: [{ site: 'Main site' }] });
});

test('a site that its provider does not have is told by line and column, with those that it has', () => {
  const problem = (provider: string, site: string) => {
    const found = read(heading, [...row.slice(0, 4), provider, ...row.slice(5, 8), site]);
    return 'problems' in found ? found.problems : [];
  };
  const at = { line: 2, column: 'site', rule: 'R107' };
  expect(problem('TP-ONE', 'Kitchen')).toEqual([
    { ...at, message: '"Kitchen" is no site of TP-ONE: write Main site or Workshop, or nothing.' },
  ]);
  expect(problem('TP-NO-SITES', 'Main site')).toEqual([
    { ...at, message: '"Main site" is no site of TP-NO-SITES: leave it out.' },
  ]);
  // Of an unknown provider nothing can be told of its sites.
  expect(problem('TP-NONE', 'Workshop').map(({ column }) => column)).toEqual(['provider']);
});

test('a table without the column of sites leaves each course at its site, unless it goes to another provider', () => {
  const without = (provider: string) =>
    readDirectory(lines(heading.slice(0, 8), [...row.slice(0, 4), provider, ...row.slice(5, 8)]), facts, [joinery]);
  expect([without('TP-ONE'), without('TP-TWO')]).toMatchObject([
    { courses: [{ site: 'Workshop' }], problems: [] },
    { courses: [{ site: null }], problems: [] },
  ]);
  // With the column, an empty cell says that none is named any more.
  expect(readDirectory(lines(heading, [...row.slice(0, 8), '']), facts, [joinery])).toMatchObject({ courses: [{ site: null }] });
});

test('where a student goes says the directory of the year, or the last one before it that has the course', () => {
  const sites = ['Main site', 'Workshop'].map((name) => ({ name, address: `1 ${name} Lane`, telephone: null }));
  const offered = { '2024-25': joinery, '2026-27': { ...joinery, site: 'Main site' } };
  const goes = (year: string, host = { code: 'TP-ONE', sites }) => siteOfCourse(offered, host, year)?.name ?? null;
  expect(['2023-24', '2024-25', '2025-26', '2026-27'].map((year) => goes(year))).toEqual([
    null,
    'Workshop',
    'Workshop',
    'Main site',
  ]);
  // The pack went to another provider than the one that gives the course there: its sites are others, also where they are called alike.
  expect(goes('2024-25', { code: 'TP-TWO', sites })).toBeNull();
  expect(goes('2024-25', { code: 'TP-TWO', sites: sites.slice(0, 1) })).toBe('Main site');
});

test('a placement goes by the directory of its start before it, and by that of today while it runs on into another year', () => {
  const years = ['2026-06-08', '2026-08-31', '2026-09-01'].map((today) => yearOfPlacement('2026-06-08', today));
  expect([...years, yearOfPlacement('2026-09-07', '2026-07-01')]).toEqual(['2025-26', '2025-26', '2026-27', '2026-27']);
});

test('every problem has its line, its column and its rule, and a course whose line is wrong is not told to be gone', () => {
  const found = read(
    heading,
    row,
    ['T1-A', 'A', 'tier-1', ...row.slice(3)],
    ['T1-B', 'B', 'tier-1-course', 'sport', ...row.slice(4)],
    ['T1-C', '', 'tier-1-course', 'work-based-learning', 'TP-NONE', 'twelve', 'many', 'sometimes'],
  );
  expect('problems' in found && found.problems.map(({ line, column, rule }) => [line, column, rule])).toEqual([
    [3, 'programme', 'R107'],
    [4, 'category', 'R107'],
    ...[
      [5, 'title', 'R107'],
      [5, 'schoolWeeks', 'R32'],
      [5, 'provider', 'R103'],
      [5, 'places', 'A9'],
      [5, 'days', 'R107'],
    ],
  ]);
  expect(found).toMatchObject({ courses: [{ code: 'T1-JOINERY' }], untold: ['T1-A', 'T1-B', 'T1-C'] });
});

test('a line of an unknown programme and category is told all else that is wrong with it in the same round', () => {
  const line = ['T1-BAD', 'Bad', 'tier-one', 'workshops', 'TP-NONE', '6', '-1', 'monday'];
  const read = readDirectory(
    [courseColumns, line].map((cells, at) => ({ line: at + 1, cells })),
    facts,
    [],
  );
  const columns = 'problems' in read ? read.problems.map(({ column }) => column) : [];
  expect(columns).toEqual(['programme', 'category', 'provider', 'places', 'days']);
});

test('a code that stands twice is told with the line that has it already', () => {
  const found = read(heading, row, ['T1-A', ...row.slice(1)], row);
  expect('problems' in found && found.problems).toEqual([
    {
      line: 4,
      column: 'code',
      rule: 'R107',
      message: expect.stringContaining('Line 2 has the code "T1-JOINERY" already') as string,
    },
  ]);
});

test('a line with more cells than the heading has columns is told; empty ones at its end are not, and missing ones are empty', () => {
  expect(read(heading, [...row, 'more'])).toMatchObject({ problems: [{ line: 2, column: null, rule: 'form' }] });
  expect(read(heading, [...row, '', ''])).toMatchObject({ problems: [] });
  expect(read(heading, row.slice(0, 6))).toMatchObject({ problems: [], courses: [{ places: null, days: null }] });
});

test.each<[string, readonly (readonly string[])[], string | null]>([
  ['nothing at all', [], null],
  ['an unknown column', [[...heading, 'colour'], row], null],
  ['a column twice', [[...heading, 'title'], row], 'title'],
  ['a column that is not there', [heading.slice(0, -2), row], 'days'],
])('a table with %s is no directory, and nothing is told of any course', (_what, rows, column) => {
  expect(read(...rows)).toEqual({
    unreadable: { line: 1, column, rule: 'form', message: expect.stringContaining('') as string },
  });
});

test('a table of more than a thousand courses is none', () => {
  const many = Array.from({ length: 1001 }, (_, index) => [`T1-${String(index)}`, ...row.slice(1)]);
  expect(read(heading, ...many)).toMatchObject({ unreadable: { rule: 'R107' } });
});

const anyCourse = fc.record<ListedCourse>({
  code: fc.stringMatching(/^T1-[A-Z]{1,3}$/),
  title: fc.stringMatching(/^[A-Za-z]([A-Za-z ,;"']{0,20}[A-Za-z])?$/),
  programme: fc.constant('tier-1-course'),
  category: fc.constantFrom('work-based-learning', 'curriculum-support'),
  provider: fc.constantFrom('TP-ONE', 'TP-TWO'),
  schoolWeeks: fc.integer({ min: 4, max: 39 }),
  places: fc.option(fc.integer({ min: 0, max: 1000 })),
  days: fc.constantFrom(null, 'mon', 'tue,thu', 'mon,fri-am'),
  site: fc.constantFrom(null, 'Main site'),
});
const anyDirectory = fc.uniqueArray(anyCourse, { selector: ({ code }) => code, maxLength: 8 });

test('a directory that is written as a table and read again is the same', () => {
  fc.assert(
    fc.property(anyDirectory, (courses) => {
      const { titles, rows } = directoryTable(courses);
      expect(read(titles, ...rows)).toEqual({ courses, untold: [], problems: [] });
    }),
  );
});

test('the changes from one directory to another make it of the first; from a directory to itself there are none', () => {
  fc.assert(
    fc.property(anyDirectory, anyDirectory, (before, after) => {
      const made = new Map(before.map((course) => [course.code, course]));
      for (const { code, before: was, after: is } of directoryChanges(before, after)) {
        expect(was).toEqual(made.get(code) ?? null);
        if (is === null) made.delete(code);
        else made.set(code, is);
      }
      expect(made).toEqual(new Map(after.map((course) => [course.code, course])));
      expect(directoryChanges(before, before)).toEqual([]);
    }),
  );
});
