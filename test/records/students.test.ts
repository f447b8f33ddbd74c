// Students in the record: whose rows they are, that an edit is kept, and that two applications of one child do not pass each other.
import { listCases } from '../../records/lists';
import {
  addStudent,
  editStudent,
  listStudents,
  matchesOf,
  readStudent,
  searchStudents,
  type StudentGiven,
} from '../../records/students';
import type { StudentRow } from '../../records/types';
import { actAs, check, later, openCasework, submission, type Casework } from './casework';

let casework: Casework;
beforeAll(async () => (casework = await openCasework()));
afterAll(() => casework.stop());

let children = 0;
/** Words of a child that is no other test's. */
const words = (changed: Partial<StudentGiven> = {}): StudentGiven => ({
  name: `Sample Student ${'abcdefghijklmnopqrstuvwxyz'.charAt(children++)}`,
  dateOfBirth: '2011-05-04',
  ...{ upn: null, yearsAbove: 0, ehcp: false, lookedAfter: false, adopted: false },
  ...changed,
});
const anew = { isAnother: false };

/** Longer than a transaction takes that waits for nobody. */
const aWhile = () => new Promise<string>((resolve) => setTimeout(() => resolve('a while'), 700));

async function added(given: StudentGiven, by = 'school.alder', school = 'SCH-A'): Promise<StudentRow> {
  const row = await addStudent(casework.api, await casework.person(by), school, given, anew, submission);
  if ('known' in row) throw new Error('The school has this student');
  return row;
}

test('a student has a code that says nothing of the child, and stands as the school wrote it', async () => {
  const given = words({ upn: 'H801200001001', yearsAbove: -1, ehcp: true });
  const row = await added(given);
  expect(row.code).toMatch(/^STU-[2-9A-HJ-NP-TV-Z]{6}$/);
  expect(row).toEqual({ ...given, code: row.code, school: 'SCH-A', version: 1, changed: submission, changedBy: 'school.alder' });
});

test('a student is seen by their own school and by CAP, and written by their own school alone', async () => {
  const { code, name, ...given } = await added(words());
  for (const [person, sees] of [
    ['school.alder', true],
    ['cap.team', true],
    ['school.birch', false],
    ['chair.review', false],
    ['provider.one', false],
    ['ops', false],
    ['auditor', false],
  ] as const) {
    const who = await casework.person(person);
    expect([person, (await readStudent(casework.api, who, code)) !== null]).toEqual([person, sees]);
    expect([person, (await searchStudents(casework.api, who, name)).length]).toEqual([person, sees ? 1 : 0]);
    const listed = await listStudents(casework.api, who, { after: null, limit: 100 });
    expect([person, listed.students.some((student) => student.code === code)]).toEqual([person, sees]);
  }
  for (const person of ['school.birch', 'cap.team']) {
    const who = await casework.person(person);
    const adding = addStudent(casework.api, who, 'SCH-A', words(), anew, later);
    await expect(adding).rejects.toThrow('row-level security');
    const edited = await editStudent(casework.api, who, code, { ...given, name: 'Other', version: 1 }, anew, later).catch(
      () => null,
    );
    expect(edited === null || edited === 'stale').toBe(true);
  }
  expect(await readStudent(casework.api, await casework.person('school.alder'), code)).toMatchObject({ name, version: 1 });
});

test('a query that forgot to say for whom finds no student', async () => {
  await added(words());
  const api = await casework.as('cap_api');
  for (const table of ['students', 'student_edits']) {
    expect((await api.query(`SELECT 1 FROM ${table}`)).rowCount).toBe(0);
  }
});

test('an edit is kept with who made it, what stood before and what after, and is never changed', async () => {
  const school = await casework.person('school.alder');
  const first = words();
  const { code } = await added(first);
  const edited = await editStudent(casework.api, school, code, { ...first, ehcp: true, version: 1 }, anew, later);
  expect(edited).toMatchObject({ ehcp: true, version: 2, changed: later });
  expect(await editStudent(casework.api, school, code, { ...first, version: 1 }, anew, later)).toBe('stale');
  const api = await casework.as('cap_api');
  await api.query('BEGIN');
  await actAs(api, 'school.alder', 'school:SCH-A');
  const { rows } = await api.query(
    'SELECT version, person, before, after FROM student_edits WHERE student = $1 ORDER BY version',
    [code],
  );
  expect(rows).toEqual([
    { version: 1, person: 'school.alder', before: null, after: first },
    { version: 2, person: 'school.alder', before: first, after: { ...first, ehcp: true } },
  ]);
  await api.query('ROLLBACK');
  const superuser = await casework.asSuperuser();
  await expect(superuser.query('DELETE FROM student_edits')).rejects.toThrow('never changed');
});

test('the same child typed in two windows at once is one row: the second window waits for the first, and is shown its student', async () => {
  const school = await casework.person('school.alder');
  const given = words({ name: 'Twice-Typed Sample' });
  const first = await casework.as('cap_api');
  await first.query('BEGIN');
  await actAs(first, 'school.alder', 'school:SCH-A');
  await first.query(`SELECT pg_advisory_xact_lock(hashtextextended('students of ' || 'SCH-A', 0))`);
  const second = addStudent(casework.api, school, 'SCH-A', { ...given, name: 'twice typed SAMPLE' }, anew, submission);
  expect(await Promise.race([second, aWhile()])).toBe('a while');
  await first.query(
    `INSERT INTO students VALUES ('STU-FIRST2', 'SCH-A', $1, 'twicetypedsample', $2, NULL, 0, false, false, 1, $3, 'school.alder', false)`,
    [given.name, given.dateOfBirth, submission],
  );
  await first.query('COMMIT');
  expect(await second).toMatchObject({ known: [{ code: 'STU-FIRST2' }] });
});

test('across schools only CAP sees a likely match: by UPN, or by name and date of birth', async () => {
  const given = words({ name: 'Zoë Moved-Sample', upn: 'K801200001012' });
  const ours = await added(given);
  const sameName = await added({ ...given, name: 'ZOE  MOVED SAMPLE', upn: null }, 'school.birch', 'SCH-B');
  const sameUpn = await added({ ...given, name: 'Z. Moved' }, 'school.birch', 'SCH-B');
  await added({ ...given, dateOfBirth: '2011-05-05', upn: null }, 'school.birch', 'SCH-B');
  const cap = await matchesOf(casework.api, await casework.person('cap.team'), ours);
  expect(cap.map(({ code }) => code).sort()).toEqual([sameName.code, sameUpn.code].sort());
  expect(await matchesOf(casework.api, await casework.person('school.alder'), ours)).toEqual([]);
});

test('students are listed by name, in pages that neither lose nor repeat one', async () => {
  const cap = await casework.person('cap.team');
  const whole = await listStudents(casework.api, cap, { after: null, limit: 100 });
  const paged: string[] = [];
  for (let after: string | null = null, more = true; more;) {
    const page: Awaited<ReturnType<typeof listStudents>> = await listStudents(casework.api, cap, { after, limit: 3 });
    paged.push(...page.students.map(({ code }) => code));
    [after, more] = [page.next, page.next !== null];
  }
  expect(paged).toEqual(whole.students.map(({ code }) => code));
  expect(paged.length).toBeGreaterThan(6);
});

describe('One open application a programme (ours)', () => {
  const submit = (reference: string) => casework.give('school.alder', reference, 'submit', {}, submission);

  test('a second one of the same student is refused and names the first; another programme, or after its end, is not', async () => {
    const student = await casework.student();
    const [first, second, refocus] = [
      await casework.draft('flourish', 'school.alder', {}, submission, student),
      await casework.draft('flourish', 'school.alder', {}, submission, student),
      await casework.draft('refocus', 'school.alder', {}, submission, student),
    ];
    expect((await submit(first)).result).toBe('recorded');
    expect((await submit(second)).refusal).toMatchObject({
      refused: 'not-eligible',
      rule: 'ours',
      field: 'student',
      message: expect.stringContaining(first),
    });
    expect((await submit(refocus)).result).toBe('recorded');
    await casework.does('school.alder', first, 'withdraw', {}, check, { reason: 'Another way was found' });
    expect((await submit(second)).result).toBe('recorded');
  });

  test('of two that are submitted at the same time one is recorded: each waits for whoever looks at the student', async () => {
    const student = await casework.student();
    const drafts = await Promise.all([1, 2].map(() => casework.draft('flourish', 'school.alder', {}, submission, student)));
    const other = await casework.as('cap_worker');
    await other.query('BEGIN');
    await other.query(`SELECT lock_student($1, 'nobody')`, [student]);
    const answers = drafts.map(submit);
    expect(await Promise.race([...answers, aWhile()])).toBe('a while');
    await other.query('COMMIT');
    expect((await Promise.all(answers)).map(({ result }) => result).sort()).toEqual(['recorded', 'refused']);
  });

  test('a draft that names nobody is not submitted', async () => {
    const superuser = await casework.asSuperuser();
    const reference = await casework.draft('flourish');
    await superuser.query('UPDATE drafts SET student = NULL WHERE reference = $1', [reference]);
    expect((await submit(reference)).refusal).toMatchObject({ rule: 'R23', field: 'student' });
  });
});

test('a pack keeps the words of its day when the student is edited later', async () => {
  const student = await casework.student('school.alder', { name: 'Former Name-Sample' });
  const reference = await casework.draft('flourish', 'school.alder', {}, submission, student);
  await casework.does('school.alder', reference, 'submit', {}, submission);
  const school = await casework.person('school.alder');
  await editStudent(casework.api, school, student, { ...words({ name: 'Later Name' }), version: 1 }, anew, later);
  const worker = await casework.as('cap_worker');
  const { rows } = await worker.query<{ pack: unknown[] }>('SELECT pack FROM applications WHERE reference = $1', [reference]);
  expect(rows[0]?.pack[0]).toMatchObject({ code: 'student-name', answer: 'Former Name-Sample' });
});

test('a case is found by the name that its newest pack bears, and no longer by the one before', async () => {
  const student = await casework.student('school.alder', { name: 'Mistyped Name-Sample' });
  const reference = await casework.draft('flourish', 'school.alder', {}, submission, student);
  await casework.does('school.alder', reference, 'submit', {}, submission);
  await casework.does('cap.team', reference, 'checkPack', { result: 'returned' }, later, { reasons: 'The name is mistyped.' });
  const school = await casework.person('school.alder');
  await editStudent(casework.api, school, student, { ...words({ name: 'Righted Name-Sample' }), version: 1 }, anew, later);
  const found = async (word: string) =>
    (await listCases(casework.api, school, {}, { after: null, limit: 10 }, [word])).rows.map((row) => [
      row.reference,
      row.student,
    ]);
  expect(await found('mistyped')).toEqual([[reference, 'Mistyped Name-Sample']]);
  await casework.does('school.alder', reference, 'resubmitPack', {}, later);
  expect(await found('righted')).toEqual([[reference, 'Righted Name-Sample']]);
  expect(await found('mistyped')).toEqual([]);
});
