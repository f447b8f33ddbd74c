// Drafts: a school's own until they are submitted, saved over the version that was read.
import { createDraft, listDrafts, newReference, readDraft, saveDraft } from '../../records/drafts';
import { later, openCasework, submission, type Casework } from './casework';

let casework: Casework;
beforeAll(async () => (casework = await openCasework()));
afterAll(() => casework.stop());

test('a reference is the year in London and six characters that are not mistaken for each other', () => {
  expect(newReference('2026-12-31T23:59:59.999Z')).toMatch(/^CAP-2026-[2-9A-HJ-NP-TV-Z]{6}$/);
  expect(newReference('2025-06-30T23:30:00.000Z')).toMatch(/^CAP-2025-/);
  expect(new Set(Array.from({ length: 2000 }, () => newReference(submission))).size).toBe(2000);
});

test('a draft is saved over the version that was read; an older one is stale and changes nothing', async () => {
  const school = await casework.person('school.alder');
  const begun = await createDraft(
    casework.api,
    school,
    { programme: 'flourish', school: 'SCH-A', course: null, answers: {} },
    submission,
  );
  expect(begun).toMatchObject({ version: 1, begun: submission, saved: submission, submitted: false });
  const save = (version: number, name: string) =>
    saveDraft(casework.api, school, begun.reference, { course: null, answers: { 'student-name': name }, version }, later);
  expect(await save(1, 'One')).toMatchObject({ version: 2, saved: later, answers: { 'student-name': 'One' } });
  expect(await save(1, 'Two')).toBe('stale');
  const both = await Promise.all([save(2, 'Three'), save(2, 'Four')]);
  expect(both.filter((each) => each === 'stale')).toHaveLength(1);
  expect((await readDraft(casework.api, school, begun.reference))?.version).toBe(3);
});

test("a draft is seen and saved by its school's staff alone, not even by CAP", async () => {
  const reference = await casework.draft('flourish');
  for (const other of ['school.birch', 'cap.team', 'auditor', 'ops', 'chair.review', 'provider.one']) {
    const who = await casework.person(other);
    expect([other, await readDraft(casework.api, who, reference)]).toEqual([other, null]);
    expect((await listDrafts(casework.api, who)).map((draft) => draft.reference)).not.toContain(reference);
    expect(await saveDraft(casework.api, who, reference, { course: null, answers: {}, version: 1 }, later)).toBeNull();
  }
  const birch = await casework.person('school.birch');
  const forAlder = createDraft(casework.api, birch, { programme: 'flourish', school: 'SCH-A', course: null, answers: {} }, later);
  await expect(forAlder).rejects.toThrow('row-level security');
});

test('a submitted draft is no longer listed and takes no change', async () => {
  const reference = await casework.draft('flourish');
  const school = await casework.person('school.alder');
  expect((await listDrafts(casework.api, school)).map((draft) => draft.reference)).toContain(reference);
  await casework.does('school.alder', reference, 'submit', {}, submission);
  expect((await listDrafts(casework.api, school)).map((draft) => draft.reference)).not.toContain(reference);
  expect(await saveDraft(casework.api, school, reference, { course: null, answers: {}, version: 1 }, later)).toBe('submitted');
  expect(await readDraft(casework.api, school, reference)).toMatchObject({ submitted: true, version: 1 });
});
