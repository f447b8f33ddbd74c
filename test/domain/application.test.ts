// The application form: its gates (R8, R12, R39, R42, R43, R54), its required and its advisory questions (C28).
import { checkAnswers, checkApplication, draftYear, type Answers } from '../../domain/application';
import { programmeFor } from '../../domain/programmes';
import type { ProgrammeCode } from '../../domain/words';
import { completeAnswers, refocusApplication, tier1Application } from '../support/story';

const at = '2024-12-02T10:00:00.000Z';
const programmeOf = (code: ProgrammeCode) => programmeFor(code, '2024-25');

function problems(code: ProgrammeCode, changed: Answers = {}, { hasSla = true, course = true, received = at } = {}) {
  return checkApplication(
    programmeOf(code),
    { ...completeAnswers(code, '2024-12-01'), ...changed },
    { hasSla },
    course,
    received,
  );
}

function without(code: ProgrammeCode, question: string): Answers {
  return Object.fromEntries(Object.entries(completeAnswers(code, '2024-12-01')).filter(([name]) => name !== question));
}

test.each(['tier-1-course', 'flourish', 'refocus'] as const)('a %s application with every answer has no problem', (code) => {
  expect(problems(code)).toEqual([]);
});

test('Tier 1 and Flourish are open to every school, Refocus to schools with the SLA (R8, R12)', () => {
  expect(problems('tier-1-course', {}, { hasSla: false })).toEqual([]);
  expect(problems('flourish', {}, { hasSla: false })).toEqual([]);
  expect(problems('refocus', {}, { hasSla: false })).toMatchObject([{ field: 'programme', rule: 'R12' }]);
});

test('a school without the SLA is told so when it submits for Refocus, and may submit for Tier 1', () => {
  const refocus = refocusApplication({ hasSla: false });
  expect(refocus.refusal(() => refocus.school.submits())).toMatchObject({
    refused: 'not-eligible',
    rule: 'R12',
    field: 'programme',
  });
  const tier1 = tier1Application({ hasSla: false });
  tier1.school.submits();
  expect(tier1.stage).toBe('pack-check');
});

test('a Tier 1 application names a course; the others need none (R54)', () => {
  expect(problems('tier-1-course', {}, { course: false })).toMatchObject([{ field: 'course', rule: 'R54' }]);
  expect(problems('flourish', {}, { course: false })).toEqual([]);
});

test.each([
  ['2024-12-02T10:00:00.000Z', '2024-09-02', true],
  ['2024-12-02T10:00:00.000Z', '2024-09-01', false],
  ['2024-12-02T10:00:00.000Z', '2024-12-02', true],
  ['2024-12-02T10:00:00.000Z', '2024-12-03', false],
  ['2025-05-31T10:00:00.000Z', '2025-02-28', true],
  ['2025-05-31T10:00:00.000Z', '2025-02-27', false],
  ['2024-05-31T10:00:00.000Z', '2024-02-29', true],
  ['2024-05-31T10:00:00.000Z', '2024-02-28', false],
  ['2025-01-31T10:00:00.000Z', '2024-10-31', true],
  ['2025-01-31T10:00:00.000Z', '2024-10-30', false],
  ['2024-12-31T10:00:00.000Z', '2024-09-30', true],
  ['2024-12-31T10:00:00.000Z', '2024-09-29', false],
  // In London it is already the next day.
  ['2025-06-02T23:30:00.000Z', '2025-03-02', false],
  ['2025-06-02T22:30:00.000Z', '2025-03-02', true],
])('received at %s, a risk assessment of %s is accepted: %s (R42)', (received, day, accepted) => {
  const found = problems('flourish', { 'risk-assessment-date': day }, { received });
  expect(found).toEqual(accepted ? [] : [{ field: 'answers.risk-assessment-date', rule: 'R42', message: expect.any(String) }]);
});

test.each([
  ['refocus', 'early-help-plan', 'R39'],
  ['flourish', 'review-commitment', 'R43'],
] as const)('%s: %s is a gate that only yes opens (%s)', (code, question, rule) => {
  expect(problems(code, { [question]: false })).toMatchObject([{ field: `answers.${question}`, rule }]);
  expect(problems(code, { [question]: 'yes' })).toMatchObject([{ field: `answers.${question}`, rule }]);
});

test.each([
  ['flourish', 'case-worker', 'R43'],
  ['flourish', 'student-name', 'R23'],
  ['flourish', 'date-of-birth', 'R23'],
  ['flourish', 'risk-assessment-date', 'R42'],
  ['refocus', 'early-help-plan', 'R39'],
  ['refocus', 'parental-consent', 'R48'],
  ['tier-1-course', 'interests', 'R35'],
] as const)('%s without an answer to %s is not submitted (%s)', (code, question, rule) => {
  const programme = programmeOf(code);
  const found = checkApplication(programme, without(code, question), { hasSla: true }, true, at);
  expect(found).toMatchObject([{ field: `answers.${question}`, rule }]);
  expect(problems(code, { [question]: ' ' })).toMatchObject([{ field: `answers.${question}`, rule }]);
});

test('a required question may be answered no; an advisory one may be left', () => {
  expect(problems('flourish', { 'early-help-offer': false, ehcp: false })).toEqual([]);
  expect(problems('refocus', { 'parental-consent': false })).toEqual([]);
  const programme = programmeOf('tier-1-course');
  expect(checkApplication(programme, without('tier-1-course', 'commissioning-agreement'), { hasSla: true }, true, at)).toEqual(
    [],
  );
});

test('every problem is named at once, each with its field, its rule and what to do', () => {
  const found = checkApplication(programmeOf('refocus'), {}, { hasSla: false }, false, at);
  expect(found.map(({ field }) => field)).toEqual([
    'programme',
    ...programmeOf('refocus')
      .questions.filter(({ strength }) => strength !== 'advisory')
      .map(({ code }) => `answers.${code}`),
  ]);
  for (const { message } of found) expect(message).not.toBe('');
});

test.each([
  ['a name that is a flag', 'student-name', true],
  ['a plan that is a text', 'ehcp', 'yes'],
  ['a day that does not exist', 'date-of-birth', '2011-02-30'],
  ['a day in words', 'risk-assessment-date', 'last week'],
  ['a day that is a flag', 'risk-assessment-date', true],
])('%s is a wrong type of answer, in a draft and on submission', (_name, code, answer) => {
  expect(checkAnswers(programmeOf('flourish'), { [code]: answer })).toMatchObject([{ field: `answers.${code}` }]);
  expect(problems('flourish', { [code]: answer })).toMatchObject([{ field: `answers.${code}` }]);
});

test('an advisory answer of a wrong type stops a submission too', () => {
  expect(problems('tier-1-course', { 'commissioning-agreement': 'perhaps' })).toMatchObject([
    { field: 'answers.commissioning-agreement', rule: 'R34' },
  ]);
});

test('a draft may lack answers, may hold an empty day, and may not hold what the programme does not ask (R24)', () => {
  expect(checkAnswers(programmeOf('flourish'), {})).toEqual([]);
  expect(checkAnswers(programmeOf('flourish'), { 'date-of-birth': '', 'student-name': '' })).toEqual([]);
  expect(checkAnswers(programmeOf('flourish'), { 'early-help-plan': true })).toMatchObject([
    { field: 'answers.early-help-plan', rule: 'R24' },
  ]);
  expect(checkAnswers(programmeOf('flourish'), { constructor: true })).toMatchObject([{ rule: 'R24' }]);
});

test('a draft is asked the questions of the academic year in which it was begun, in London', () => {
  expect(draftYear('2025-08-31T22:59:59.999Z')).toBe('2024-25');
  expect(draftYear('2025-08-31T23:00:00.000Z')).toBe('2025-26');
});
