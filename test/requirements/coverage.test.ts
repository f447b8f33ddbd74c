// The table of requirements: every number is in it, and a run that does not bear it out fails.
import { numbers, problemsOf, summaryOf, type Entries } from './coverage.cjs';
import table from './table.json';

const entries = table as Entries;
const whole = (changed: Entries = {}): Entries => ({
  ...Object.fromEntries(numbers().map((number) => [number, { toCome: 'Something.' }])),
  ...changed,
});
const passed = new Map([['domain/one', ['a group a child is seen (R1)']]]);

test('every number of the requirements is in the table, and nothing else', () => {
  expect(Object.keys(entries)).toEqual(numbers());
  expect(numbers()).toHaveLength(130 + 30 + 25);
});

test('each is shown by a test, or said to be to come, or not for software, with the reason', () => {
  for (const [number, { tests = [], toCome = '', notSoftware = '' }] of Object.entries(entries))
    expect([number, tests.length > 0 || toCome.length > 5 || notSoftware.length > 5]).toEqual([number, true]);
});

test('a test that passed shows it, by a part of its name', () => {
  expect(problemsOf(whole({ R1: { tests: ['domain/one: a child is seen'] } }), passed)).toEqual([]);
});

test.each([
  ['a test that did not pass', whole({ R1: { tests: ['domain/one: a child is lost'] } }), /^R1 .*no test of that name passed/],
  ['a file that did not run', whole({ R1: { tests: ['domain/two: a child is seen'] } }), /^R1 .*no test of that name passed/],
  ['a number that does not exist', whole({ R131: { toCome: 'More.' } }), /^R131 is no number/],
  ['a number without a word', whole({ A25: {} }), /^A25 names no test/],
  ['one that is both', whole({ C3: { tests: ['domain/one: a child is seen'], notSoftware: 'No.' } }), /^C3 is not for software/],
] as const)('%s is named', (_what, changed, problem) => {
  expect(problemsOf(changed, passed)).toEqual([expect.stringMatching(problem)]);
});

test('a number that is missing is named', () => {
  const others = Object.fromEntries(Object.entries(whole()).filter(([number]) => number !== 'C30'));
  expect(problemsOf(others, passed)).toEqual(['C30 is missing.']);
});

test('the summary counts what is shown, in part, to come and not for software', () => {
  const some: Entries = {
    R1: { tests: ['a: b'] },
    R2: { tests: ['a: b'], toCome: 'c' },
    R3: { toCome: 'c' },
    R4: { notSoftware: 'd' },
  };
  expect(summaryOf(some)).toBe('Requirements: 1 shown by tests, 1 in part, 1 to come, 1 not for software.');
});
