// The application form: its gates (R8, R12, R39, R42, R43, R54), its required and its advisory questions (C28).
import type { HalfTerm, Planned } from '../../domain/calendar';
import {
  checkAnswers,
  checkApplication,
  courseProblems,
  intendedStart,
  newQuestions,
  packOf,
  type Answers,
  type Application,
} from '../../domain/application';
import { sampleBirth } from '../../dev/pathways';
import { programmeCodes, programmeFor } from '../../domain/programmes';
import type { ProgrammeCode } from '../../domain/words';
import {
  calendar2024,
  completeAnswers,
  cycle,
  cycles2024,
  flourishApplication,
  refocusApplication,
  sampleStudent,
  tier1Application,
} from '../support/story';

const at = '2024-12-02T10:00:00.000Z';
const programmeOf = (code: ProgrammeCode) => programmeFor(code, '2024-25');

interface Written extends Partial<Application> {
  readonly received?: string;
}

function problems(
  code: ProgrammeCode,
  changed: Answers = {},
  { received = at, ...written }: Written = {},
  planned: Planned = { calendar: calendar2024, cycles: cycles2024 },
) {
  const answers = { ...completeAnswers(code, '2024-12-01'), ...changed };
  const complete = {
    student: sampleStudent,
    course: { programme: code, schoolWeeks: 6 },
    answers,
    slas: ['2024-25'],
    saved: received,
  };
  return checkApplication(code, { ...complete, ...written }, received, planned);
}

function without(code: ProgrammeCode, question: string): Answers {
  return Object.fromEntries(Object.entries(completeAnswers(code, '2024-12-01')).filter(([name]) => name !== question));
}

test.each(programmeCodes)('a %s application with every answer has no problem', (code) => {
  const student = { dateOfBirth: sampleBirth(code, '2024-12-02'), yearsAbove: 0 };
  expect(problems(code, {}, { student })).toEqual([]);
});

test('Refocus and Supported Transfer are for schools with the SLA, every other programme is open to every school (R8, R11, R12)', () => {
  expect(problems('tier-1-course', {}, { slas: [] })).toEqual([]);
  expect(problems('insight', {}, { slas: [] })).toEqual([]);
  expect(problems('flourish', {}, { slas: [] })).toEqual([]);
  const year11 = { dateOfBirth: '2009-05-04', yearsAbove: 0 };
  expect(problems('year-11-bespoke', {}, { slas: [], student: year11 })).toEqual([]);
  expect(problems('refocus', {}, { slas: [] })).toMatchObject([{ field: 'programme', rule: 'R12' }]);
  expect(problems('supported-transfer', {}, { slas: [] })).toMatchObject([{ field: 'programme', rule: 'R11' }]);
});

test('a school without the SLA is told so when it submits for Refocus, and may submit for Tier 1', () => {
  const refocus = refocusApplication({ slas: [] });
  expect(refocus.refusal(() => refocus.school.submits())).toMatchObject({
    refused: 'not-eligible',
    rule: 'R12',
    field: 'programme',
  });
  const tier1 = tier1Application({ slas: [] });
  tier1.school.submits();
  expect(tier1.stage).toBe('pack-check');
});

test('a course is one of the programme, and of Insight six school weeks long, six to twelve from 2025-26 (C1, R107)', () => {
  const other = { programme: 'insight', schoolWeeks: 6 } as const;
  expect(problems('tier-1-course', {}, { course: other })).toMatchObject([{ field: 'course', rule: 'R107' }]);
  const lengths = (year: string) =>
    [5, 6, 7, 12, 13].filter(
      (schoolWeeks) => courseProblems(programmeFor('insight', year), { ...other, schoolWeeks }).length === 0,
    );
  expect(lengths('2024-25')).toEqual([6]);
  expect(lengths('2025-26')).toEqual([6, 7, 12]);
  expect(problems('insight', {}, { course: { ...other, schoolWeeks: 8 } })).toMatchObject([{ field: 'course', rule: 'C1' }]);
});

test('an application for Tier 1 or Insight names a course; the others need none (R107)', () => {
  expect(problems('insight', {}, { course: null })).toMatchObject([{ field: 'course', rule: 'R107' }]);
  expect(problems('tier-1-course', {}, { course: null })).toMatchObject([{ field: 'course', rule: 'R107' }]);
  expect(problems('flourish', {}, { course: null })).toEqual([]);
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
  const found = problems('flourish', { 'risk-assessment-date': day, 'early-help-offer-on': '2024-01-08' }, { received });
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
  ['flourish', 'risk-assessment-date', 'R42'],
  ['refocus', 'early-help-plan', 'R39'],
  ['refocus', 'parental-consent', 'R48'],
  ['tier-1-course', 'interests', 'R35'],
  ['insight', 'concerns', 'R36'],
  ['supported-transfer', 'same-expectations', 'R38'],
  ['supported-transfer', 'parental-consent', 'R48'],
  ['supported-transfer', 'at-risk', 'R76'],
  ['year-11-bespoke', 'educational-journey', 'R40'],
] as const)('%s without an answer to %s is not submitted (%s)', (code, question, rule) => {
  const student = { dateOfBirth: sampleBirth(code, '2024-12-02'), yearsAbove: 0 };
  expect(problems(code, {}, { student, answers: without(code, question) })).toMatchObject([
    { field: `answers.${question}`, rule },
  ]);
  expect(problems(code, { [question]: ' ' }, { student })).toMatchObject([{ field: `answers.${question}`, rule }]);
});

test('a required question may be answered no; an advisory one may be left', () => {
  expect(problems('flourish', { 'early-help-offer': false })).toEqual([]);
  expect(problems('refocus', { 'parental-consent': false })).toEqual([]);
  const answers = without('tier-1-course', 'commissioning-agreement');
  expect(problems('tier-1-course', {}, { answers })).toEqual([]);
});

test('Early Help is asked at Tier 2 and for a Supported Transfer; for Year 11 it may be left, and at Tier 1 it is not asked (R44, R45, R46, C27)', () => {
  const asked = (code: ProgrammeCode) => programmeOf(code).questions.find((question) => question.code === 'early-help-offer');
  expect(programmeCodes.map((code) => [code, asked(code)?.strength ?? null])).toEqual([
    ['tier-1-course', null],
    ['flourish', 'required'],
    ['insight', 'required'],
    // The whole Early Help Assessment and Plan, a gate of its own (R39).
    ['refocus', null],
    ['supported-transfer', 'required'],
    ['year-11-bespoke', 'advisory'],
    // What the family is offered, in words (R47).
    ['tier-4', null],
  ]);
});

test('every problem is named at once, each with its field, its rule and what to do', () => {
  const found = problems('refocus', {}, { student: null, course: null, answers: {}, slas: [] });
  expect(found.map(({ field }) => field)).toEqual([
    'programme',
    'student',
    ...programmeOf('refocus')
      .questions.filter(({ strength }) => strength !== 'advisory')
      .map(({ code }) => `answers.${code}`),
  ]);
  for (const { message } of found) expect(message).not.toBe('');
});

test.each([
  ['a case-worker that is a flag', 'case-worker', true],
  ['an offer that is a text', 'early-help-offer', 'yes'],
  ['a day that does not exist', 'risk-assessment-date', '2024-11-31'],
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
  expect(checkAnswers(programmeOf('flourish'), { 'risk-assessment-date': '', 'case-worker': '' })).toEqual([]);
  expect(checkAnswers(programmeOf('flourish'), { 'early-help-plan': true })).toMatchObject([
    { field: 'answers.early-help-plan', rule: 'R24' },
  ]);
  expect(checkAnswers(programmeOf('flourish'), { constructor: true })).toMatchObject([{ rule: 'R24' }]);
});

describe('The year of the intended start', () => {
  const july = '2025-07-01T10:00:00.000Z';
  const forSeptember = cycle(
    'july',
    '2025-07-02',
    [
      { programme: 'refocus', cohortStart: '2025-09-08' },
      { programme: 'flourish', cohortStart: '2025-09-15' },
    ],
    {},
  );

  const autumn: HalfTerm = {
    ...{ academicYear: '2025-26', term: 'autumn', half: 1 },
    ...{ firstDay: '2025-09-01', lastDay: '2025-10-24' },
  };
  const calendar = { ...calendar2024, halfTerms: [...calendar2024.halfTerms, autumn] };
  const planned = { calendar, cycles: [forSeptember] };
  const year = (code: ProgrammeCode, now: string) => intendedStart(code, now, planned).year;

  test('is that of the cohort which an application would join now; where it would join none, that of the next day with school', () => {
    expect(year('flourish', july)).toBe('2025-26');
    expect(year('flourish', '2025-07-03T10:00:00.000Z')).toBe('2024-25');
    expect(year('tier-1-course', july)).toBe('2024-25');
    // 21 July is the last day of the summer term.
    expect(year('tier-1-course', '2025-07-21T22:59:59.999Z')).toBe('2024-25');
    expect(year('tier-1-course', '2025-07-21T23:00:00.000Z')).toBe('2025-26');
  });

  test('is that of the day in London where the terms are not known so far', () => {
    const unknown = { ...planned, calendar: calendar2024 };
    expect(intendedStart('tier-1-course', '2025-08-31T22:59:59.999Z', unknown).year).toBe('2024-25');
    expect(intendedStart('tier-1-course', '2025-08-31T23:00:00.000Z', unknown).year).toBe('2025-26');
  });

  test('in the summer holidays makes a student of Year 11 one who has left school, and asks for the agreement of the coming year (R12, R85)', () => {
    const inAugust = '2025-08-11T10:00:00.000Z';
    const student = { dateOfBirth: sampleBirth('year-11-bespoke', '2024-12-02'), yearsAbove: 0 };
    const assessed = { 'risk-assessment-date': '2025-07-01' };
    const inTheWay = (code: ProgrammeCode, received: string, written: Written) =>
      problems(code, assessed, { ...written, received }, planned);
    const ofYear11 = { student, slas: ['2024-25', '2025-26'] };
    expect(inTheWay('year-11-bespoke', '2025-07-14T10:00:00.000Z', ofYear11)).toEqual([]);
    expect(inTheWay('year-11-bespoke', inAugust, ofYear11)).toMatchObject([{ field: 'student', rule: 'R85' }]);
    expect(inTheWay('refocus', inAugust, { slas: ['2024-25'] })).toMatchObject([{ rule: 'R12' }]);
    expect(inTheWay('refocus', inAugust, { slas: ['2025-26'] })).toEqual([]);
  });

  test('is one for the questions and for what the case is pinned to (C6)', () => {
    const story = refocusApplication({ cycles: [forSeptember] });
    story.at(july).school.submits();
    expect(intendedStart('refocus', july, planned).programme).toBe(programmeFor('refocus', '2025-26'));
    expect(story.state.programme).toBe('refocus@2025-26');
  });

  test.each([
    ['the year of the submission', '2024-25', 'R12'],
    ['the year of the start', '2025-26', null],
  ])('a July application for a September cohort, from a school with an SLA for %s alone (R12)', (_for, sla, rule) => {
    const story = refocusApplication({ cycles: [forSeptember], slas: [sla] }).at(july);
    if (rule === null) expect(story.school.submits().stage).toBe('pack-check');
    else expect(story.refusal(() => story.school.submits())).toMatchObject({ rule, message: expect.stringContaining('2025-26') });
  });

  test('a question that the year of the start brings is said to be new', () => {
    const [old, ...rest] = programmeOf('flourish').questions;
    expect(newQuestions({ questions: rest }, programmeOf('flourish'))).toEqual([old]);
    expect(newQuestions(programmeOf('flourish'), { questions: rest })).toEqual([]);
  });
});

describe('The student', () => {
  test('is named before an application is submitted (R23)', () => {
    expect(problems('flourish', {}, { student: null })).toMatchObject([{ field: 'student', rule: 'R23' }]);
    const story = flourishApplication({ student: null });
    expect(story.refusal(() => story.school.submits())).toMatchObject({ refused: 'not-eligible', field: 'student' });
  });

  test.each([
    ['2015-12-02', true],
    ['2015-12-03', false],
    ['2004-12-03', true],
    ['2004-12-02', false],
  ])('born on %s, may be proposed for a Tier 1 course on 2 December 2024: %s (C30, ages 9 to 19)', (dateOfBirth, may) => {
    const found = problems('tier-1-course', {}, { student: { dateOfBirth, yearsAbove: 0 } });
    expect(found).toEqual(may ? [] : [expect.objectContaining({ field: 'student', rule: 'C30' })]);
  });

  test('of any age at school may be proposed for Flourish, and who has left school may not', () => {
    expect(problems('flourish', {}, { student: { dateOfBirth: '2018-01-15', yearsAbove: 0 } })).toEqual([]);
    expect(problems('flourish', {}, { student: { dateOfBirth: '2004-12-02', yearsAbove: 0 } })).toMatchObject([
      { field: 'student', rule: 'R3' },
    ]);
  });

  test('has one open application a programme; the other is named (ours)', () => {
    const other = { reference: 'CAP-2024-AAAAAA', programme: 'flourish', host: null, placement: null } as const;
    const flourish = flourishApplication({ otherCases: [other] });
    expect(flourish.refusal(() => flourish.school.submits())).toMatchObject({
      refused: 'not-eligible',
      rule: 'ours',
      field: 'student',
      message: expect.stringContaining('CAP-2024-AAAAAA'),
    });
    const refocus = refocusApplication({ otherCases: [other] });
    expect(refocus.school.submits().state.student).toBe(sampleStudent.code);
  });
});

test('a pack says first who the student is, in the year of the start, then the course, then every question with its answer', () => {
  const answers = { ...completeAnswers('tier-1-course', '2024-12-01'), 'commissioning-agreement': false };
  const year = { year: '2025-26', programme: programmeOf('tier-1-course') };
  const pack = packOf({ ...sampleStudent, ehcp: true }, 'Bicycles', answers, year);
  expect(pack.slice(0, 7)).toEqual([
    { code: 'student-name', question: "Student's full name", answer: sampleStudent.name },
    { code: 'date-of-birth', question: 'Date of birth', answer: '2011-05-04' },
    { code: 'year-group', question: 'Year group in 2025-26', answer: 'Year 10' },
    {
      ...{ code: 'key-stage', question: 'Key stage, and what support aims at in it' },
      answer: 'Key Stage 4: aspiration, next steps, the way after Year 11',
    },
    { code: 'ehcp', question: 'Has the student an Education, Health and Care Plan?', answer: 'Yes' },
    { code: 'course', question: 'Course', answer: 'Bicycles' },
    { code: 'risk-assessment-date', question: 'Date of the risk assessment', answer: '2024-12-01' },
  ]);
  expect(pack.slice(6).map(({ code }) => code)).toEqual(programmeOf('tier-1-course').questions.map(({ code }) => code));
  expect(pack.at(-1)?.answer).toBe('No');
});

test('Flourish asks what the panel asks, and a school answers every one of these before it submits (R37)', () => {
  const asked = programmeOf('flourish').questions.filter(({ rule }) => rule === 'R37');
  expect(asked.map(({ code }) => code)).toEqual([
    'curriculum-adapted',
    'agencies',
    'capacity',
    'ehcp-provision',
    'early-help-offer',
  ]);
  for (const { code } of asked) {
    // Only what concerns a plan that there may not be can be left.
    const missing = problems('flourish', {}, { answers: without('flourish', code) });
    expect([code, missing.map(({ rule }) => rule)]).toEqual([code, code === 'ehcp-provision' ? [] : ['R37']]);
  }
  const said = Object.fromEntries(asked.map(({ code, answer }) => [code, answer === 'text' ? `What we say of ${code}` : true]));
  const answers = { ...completeAnswers('flourish', '2024-12-01'), ...said };
  const pack = packOf(
    sampleStudent,
    null,
    answers,
    intendedStart('flourish', at, { calendar: calendar2024, cycles: cycles2024 }),
  );
  for (const { code, text } of asked) {
    const answer = said[code] === true ? 'Yes' : said[code];
    expect(pack).toContainEqual({ code, question: text, answer });
  }
});
