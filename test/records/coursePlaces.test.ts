// Places of a course on real Postgres: two that are accepted at once never take one place, and the line is kept in order (A9).
import { readCourses } from '../../records/directory';
import { nextInLine } from '../../records/sweep';
import { changePlaces } from '../../usecases/courses';
import { confirmedStart, later, openCasework, secondPanel, type Casework } from './casework';

let casework: Casework;
beforeEach(async () => (casework = await openCasework()));
afterEach(() => casework.stop());

/** A Tier 1 case whose interview was held: its provider may accept it. */
async function interviewed(by = 'school.alder'): Promise<string> {
  const reference = await casework.draft('tier-1-course', by);
  await casework.does(by, reference, 'submit', {}, '2024-11-28T10:00:00.000Z');
  await casework.does('cap.team', reference, 'checkPack', { result: 'complete' }, '2024-11-29T10:00:00.000Z');
  await casework.does(by, reference, 'bookInterview', { at: '2024-12-10T10:00:00.000Z' }, '2024-12-02T10:00:00.000Z');
  await casework.does('provider.one', reference, 'recordInterview', { result: 'held' }, '2024-12-10T12:00:00.000Z');
  return reference;
}
const acceptAt = async (at: string, ...references: readonly string[]) => {
  const commands: [string, string][] = [];
  for (const reference of references) {
    commands.push([reference, await casework.handIn('provider.one', reference, 'providerResponse', { result: 'accept' }, at)]);
  }
  return Promise.all(commands.map(([reference, command]) => casework.record(reference, command, at)));
};
const accept = (...references: readonly string[]) => acceptAt(secondPanel, ...references);
const give = (reference: string) =>
  casework.record(
    reference,
    { id: `${reference}.place`, kind: 'recalculate', body: {}, person: 'system', source: 'system' },
    confirmedStart,
  );
async function places(count: number | null) {
  const person = await casework.person('cap.team');
  const services = { database: casework.api, now: () => later } as Parameters<typeof changePlaces>[0];
  return changePlaces(services, person, 'T1-BICYCLES', count);
}
const waitingOf = async (reference: string) => (await casework.state(reference))?.coursePlace?.waiting ?? null;

test('of two that are accepted at once one takes the last place, and the other stands in line until it is given back', async () => {
  expect(await places(1)).toMatchObject({ places: 1, taken: 0, waiting: 0 });
  const both = [await interviewed(), await interviewed('school.birch')];
  const answers = await accept(...both);
  expect(answers.map(({ result }) => result)).toEqual(['recorded', 'recorded']);
  const [has] = answers.filter(({ state }) => state?.coursePlace?.waiting === false);
  const [waits] = answers.filter(({ state }) => state?.coursePlace?.waiting === true);
  expect(waits?.waits).toMatchObject([{ what: 'course-place', party: 'cap' }]);
  const courses = await readCourses(casework.api, await casework.person('school.birch'));
  expect(courses.find(({ code }) => code === 'T1-BICYCLES')).toMatchObject({ places: 1, taken: 1, waiting: 1 });

  // While the place is taken nobody's turn has come.
  const next = waits?.state?.reference ?? '';
  expect(await nextInLine(casework.worker)).toEqual([]);
  expect((await give(next)).state?.coursePlace).toMatchObject({ waiting: true });

  const first = has?.state?.reference ?? '';
  const school = has?.state?.school === 'SCH-A' ? 'school.alder' : 'school.birch';
  await casework.does(school, first, 'withdraw', {}, later, { reason: 'Another way was found.' });
  expect(await nextInLine(casework.worker)).toEqual([{ reference: next, course: 'T1-BICYCLES' }]);
  const given = await casework.record(
    next,
    { id: `${next}.again`, kind: 'recalculate', body: {}, person: 'system', source: 'system' },
    confirmedStart,
  );
  expect(given.state?.coursePlace).toMatchObject({ waiting: false });
  expect(await nextInLine(casework.worker)).toEqual([]);
});

test('who stands in line behind somebody does not overtake them, and neither does who is accepted later', async () => {
  await places(0);
  const [one, two, three] = [await interviewed(), await interviewed(), await interviewed()];
  await accept(one);
  await accept(two);
  expect([await waitingOf(one), await waitingOf(two)]).toEqual([true, true]);
  await places(1);
  expect((await nextInLine(casework.worker)).map(({ reference }) => reference)).toEqual([[one, two].sort()[0]]);
  await acceptAt(later, three);
  expect(await waitingOf(three)).toBe(true);
  const [first = '', second = ''] = [one, two].sort();
  await give(second);
  expect(await waitingOf(second)).toBe(true);
  await give(first);
  expect(await waitingOf(first)).toBe(false);
});

test('only CAP says how many places a course has, and a course without a limit keeps no line', async () => {
  const school = await casework.person('school.alder');
  const services = { database: casework.api, now: () => later } as Parameters<typeof changePlaces>[0];
  expect(await changePlaces(services, school, 'T1-BICYCLES', 9)).toMatchObject({ refused: 'not-allowed' });
  expect(await changePlaces(services, await casework.person('cap.team'), 'NO-SUCH', 9)).toMatchObject({ refused: 'not-found' });
  const reference = await interviewed();
  await accept(reference);
  expect(await waitingOf(reference)).toBeNull();
});
