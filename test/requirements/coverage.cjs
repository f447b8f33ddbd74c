// Which requirements are shown, and by which tests: `table.json` names them for each number, or says what is to come, or why software does
// not carry it. After a run of all tests the numbers are printed, and what the table says and the run does not bear out fails it.
const { readdirSync } = require('node:fs');
const { join, relative } = require('node:path');
const table = require('./table.json');

/** Of each kind, how many numbers there are (requirements, parts 3 to 5). */
const numbered = { R: 130, C: 30, A: 25 };

/** Every number of the requirements, in order. */
function numbers() {
  return Object.entries(numbered).flatMap(([kind, count]) => Array.from({ length: count }, (_, index) => `${kind}${index + 1}`));
}

/**
 * What is wrong with a table after a run: a number that is missing, or there and none of the requirements; one that says nothing; a test that
 * did not pass.
 * @param entries the table
 * @param passed of each file of tests, without `test/` and `.test.ts`, the whole names of those that passed
 * @returns sentences, none when all is well
 */
function problemsOf(entries, passed) {
  const known = numbers();
  const missing = known.filter((number) => entries[number] === undefined).map((number) => `${number} is missing.`);
  const said = Object.entries(entries).flatMap(([number, { tests = [], toCome, notSoftware }]) => {
    if (!known.includes(number)) return [`${number} is no number of the requirements.`];
    if (tests.length === 0 && !toCome && !notSoftware) return [`${number} names no test and gives no reason.`];
    if (notSoftware && (tests.length > 0 || toCome))
      return [`${number} is not for software, and yet something is said to show it.`];
    return tests
      .filter((test) => !isAmong(test, passed))
      .map((test) => `${number} is to be shown by "${test}": no test of that name passed.`);
  });
  return [...missing, ...said];
}

function isAmong(test, passed) {
  const [file, ...name] = test.split(': ');
  return (passed.get(file) ?? []).some((title) => title.includes(name.join(': ')));
}

/** @returns one line for people */
function summaryOf(entries) {
  const all = Object.values(entries);
  const count = (test) => String(all.filter(test).length);
  const shown = count(({ tests, toCome }) => tests && !toCome);
  const partly = count(({ tests, toCome }) => tests && toCome);
  const toCome = count(({ tests, toCome: rest }) => !tests && rest);
  const not = count(({ notSoftware }) => notSoftware);
  return `Requirements: ${shown} shown by tests, ${partly} in part, ${toCome} to come, ${not} not for software.`;
}

class RequirementsReporter {
  constructor({ rootDir, testNamePattern }) {
    this.folder = join(rootDir, 'test');
    this.isPart = Boolean(testNamePattern);
    this.error = undefined;
  }

  onRunComplete(_contexts, { testResults }) {
    const passed = new Map(
      testResults.map(({ testFilePath, testResults: tests }) => [
        relative(this.folder, testFilePath).replace(/\.test\.ts$/, ''),
        tests.flatMap(({ status, fullName }) => (status === 'passed' ? [fullName] : [])),
      ]),
    );
    const files = readdirSync(this.folder, { recursive: true }).filter((name) => name.endsWith('.test.ts'));
    // A part of the tests shows a part of the requirements: only the whole run is held against the table.
    if (this.isPart || files.some((name) => !passed.has(name.replace(/\.test\.ts$/, '')))) return;
    process.stderr.write(`\n${summaryOf(table)}\n`);
    const problems = problemsOf(table, passed);
    for (const problem of problems) process.stderr.write(`  ${problem}\n`);
    if (problems.length > 0) this.error = new Error('test/requirements/table.json is not borne out by this run');
  }

  getLastError() {
    return this.error;
  }
}

module.exports = RequirementsReporter;
module.exports.problemsOf = problemsOf;
module.exports.summaryOf = summaryOf;
module.exports.numbers = numbers;
