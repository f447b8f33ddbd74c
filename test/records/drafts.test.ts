// Drafts: a school's own until they are submitted, saved over the version that was read.
import { createDraft, listDrafts, newReference, readDraft, saveDraft } from '../../records/drafts';
import { later, openCasework, submission, type Casework } from './casework';

let casework: Casework;
beforeAll(async () => (casework = await openCasework()));
afterAll(() => casework.stop());

const empty = { student: null, course: null, answers: {}, version: 1 };

test('a reference is the year in London and six characters that are not mistaken for each other', () => {
  expect(newReference('2026-12-31T23:59:59.999Z')).toMatch(/^CAP-2026-[2-9A-HJ-NP-TV-Z]{6}$/);
  expect(newReference('2025-06-30T23:30:00.000Z')).toMatch(/^CAP-2025-/);
  expect(new Set(Array.from({ length: 2000 }, () => newReference(submission))).size).toBe(2000);
});

test('a draft is saved over the version that was read; an older one is stale and changes nothing (R25)', async () => {
  const school = await casework.person('school.alder');
  const begun = await createDraft(
    casework.api,
    school,
    { programme: 'flourish', school: 'SCH-A', student: null, course: null, answers: {} },
    submission,
  );
  expect(begun).toMatchObject({ version: 1, begun: submission, saved: submission, submitted: false });
  const save = (version: number, name: string) =>
    saveDraft(
      casework.api,
      school,
      begun.reference,
      { student: null, course: null, answers: { 'case-worker': name }, version },
      later,
    );
  expect(await save(1, 'One')).toMatchObject({ version: 2, saved: later, answers: { 'case-worker': 'One' } });
  expect(await save(1, 'Two')).toBe('stale');
  const both = await Promise.all([save(2, 'Three'), save(2, 'Four')]);
  expect(both.filter((each) => each === 'stale')).toHaveLength(1);
  expect((await readDraft(casework.api, school, begun.reference))?.version).toBe(3);
});

test('what a school has written is there when it comes back, letter for letter, on another day and for a colleague (R25)', async () => {
  const [student, school] = [await casework.student(), await casework.person('school.alder')];
  const { reference } = await createDraft(
    casework.api,
    school,
    { programme: 'tier-1-course', school: 'SCH-A', student: null, course: null, answers: {} },
    submission,
  );
  const written = {
    student,
    course: 'T1-BICYCLES',
    answers: { interests: ' Zoë said:\n"bikes" ', 'right-support': '', ehcp: false },
  };
  await saveDraft(casework.api, school, reference, { ...written, version: 1 }, submission);
  const colleague = { person: 'school.alder.second', parties: school.parties };
  const read = await readDraft(casework.api, colleague, reference);
  expect(read).toMatchObject({ ...written, student: { code: student }, version: 2, saved: submission });
});

test("a draft names a student of its own school and no other's", async () => {
  const [ours, theirs] = [await casework.student('school.alder'), await casework.student('school.birch')];
  const ofBoth = { person: 'school.alder', parties: ['school:SCH-A', 'school:SCH-B'] as const };
  const begin = (student: string) =>
    createDraft(casework.api, ofBoth, { programme: 'flourish', school: 'SCH-A', student, course: null, answers: {} }, later);
  expect((await begin(ours)).student).toMatchObject({ code: ours, school: 'SCH-A' });
  await expect(begin(theirs)).rejects.toThrow('foreign key');
});

test("a draft is seen and saved by its school's staff alone, not even by CAP", async () => {
  const reference = await casework.draft('flourish');
  for (const other of ['school.birch', 'cap.team', 'auditor', 'ops', 'chair.review', 'provider.one']) {
    const who = await casework.person(other);
    expect([other, await readDraft(casework.api, who, reference)]).toEqual([other, null]);
    expect((await listDrafts(casework.api, who)).map((draft) => draft.reference)).not.toContain(reference);
    expect(await saveDraft(casework.api, who, reference, empty, later)).toBeNull();
  }
  const birch = await casework.person('school.birch');
  const forAlder = createDraft(
    casework.api,
    birch,
    { programme: 'flourish', school: 'SCH-A', student: null, course: null, answers: {} },
    later,
  );
  await expect(forAlder).rejects.toThrow('row-level security');
});

test('a submitted draft is no longer listed and takes no change', async () => {
  const reference = await casework.draft('flourish');
  const school = await casework.person('school.alder');
  expect((await listDrafts(casework.api, school)).map((draft) => draft.reference)).toContain(reference);
  await casework.does('school.alder', reference, 'submit', {}, submission);
  expect((await listDrafts(casework.api, school)).map((draft) => draft.reference)).not.toContain(reference);
  expect(await saveDraft(casework.api, school, reference, empty, later)).toBe('submitted');
  expect(await readDraft(casework.api, school, reference)).toMatchObject({ submitted: true, version: 1 });
});
