// A released programme of a year is never edited: cases are pinned to it, and the rule under a running case may not change (C6).
//
// When this fails:
// - you edited a value that cases may be pinned to: undo it, and put the change into the value of a new academic year, with a file or an
//   export of its own (`flourish2026 = { ...flourish2025, year: '2026-27', … }`);
// - you added a programme or a year: add the digest that the failure shows to released-programmes.json, in the same commit;
// - the value was never in a release that took applications: then, and only then, replace its digest.
import { createHash } from 'node:crypto';
import { keyOf } from '../../domain/programme';
import { programmeAt, programmeCodes, programmeFor, programmes } from '../../domain/programmes';
import { stages } from '../../domain/stages';
import released from './released-programmes.json';

/** JSON with the keys of every object in order, so that moving a line changes nothing. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}
const digest = (value: unknown) => createHash('sha256').update(canonical(value)).digest('hex');

test('every programme is, to the letter, what was released', () => {
  expect(Object.fromEntries(programmes.map((programme) => [keyOf(programme), digest(programme)]))).toEqual(released);
});

test('the digest sees a change of any depth, and not the order of keys', () => {
  const [one] = programmes;
  expect(digest({ ...one, route: one?.route.slice(1) })).not.toBe(digest(one));
  expect(digest(Object.fromEntries(Object.entries(one ?? {}).reverse()))).toBe(digest(one));
});

test('a programme is plain data: it survives JSON as it is', () => {
  for (const programme of programmes) expect(JSON.parse(JSON.stringify(programme))).toEqual(programme);
});

test('every route begins with the check of the pack, ends with a placement, and names only stages that can be entered', () => {
  for (const { route } of programmes) {
    expect(route[0]?.stage).toBe('pack-check');
    expect(route.at(-1)?.stage).toBe('placement');
    expect(route.at(-2)?.stage).toBe('start-date');
    for (const { stage } of route) expect(stages[stage].enter).toBeDefined();
  }
});

test('a programme asks each question once', () => {
  for (const { questions } of programmes) expect(new Set(questions.map(({ code }) => code)).size).toBe(questions.length);
});

test('a case finds the value it is pinned to, and a value that is gone is said to be', () => {
  for (const programme of programmes) expect(programmeAt(keyOf(programme))).toBe(programme);
  expect(() => programmeAt('flourish@1999-00')).toThrow('must stay');
});

test.each([
  ['2024-25', '2024-25'],
  ['2025-26', '2025-26'],
  ['2026-27', '2026-27'],
  ['2031-32', '2026-27'],
  ['2020-21', '2024-25'],
])('an application for %s is pinned to the values of %s', (wanted, pinned) => {
  for (const code of programmeCodes) expect(programmeFor(code, wanted).year).toBe(pinned);
});
