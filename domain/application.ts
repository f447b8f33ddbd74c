// The application form: what a programme asks, and what stands in the way of submitting (R23, R24, R41, R42).
import { questionsAsked, speaksOfAgreement, wrongDay } from './agreements';
import {
  isIsoDate,
  landsOn,
  londonDay,
  yearToStartIn,
  type Calendar,
  type Instant,
  type IsoDate,
  type Planned,
} from './calendar';
import type { Problem } from './commands';
import type { OfferedCourse } from './facts';
import { fileKindTitles, fileProblems, filesOfPack, type FileFacts } from './files';
import type { Programme, Question } from './programme';
import type { CaseState, Course } from './state';
import { programmeAt, programmeFor } from './programmes';
import { ageOn, keyStageOf, schoolAges, yearGroupOf, type Student } from './student';
import type { ProgrammeCode, ProgrammeKey } from './words';

/** Answers by the code of their question. */
export type Answers = Readonly<Record<string, string | boolean>>;

/** What a draft says so far, and the school's agreements that it is held against. */
export interface Application {
  readonly student: Pick<Student, 'dateOfBirth' | 'yearsAbove'> | null;
  /** The course of the directory that it names. */
  readonly course: Pick<OfferedCourse, 'programme' | 'schoolWeeks'> | null;
  readonly answers: Answers;
  /** Academic years for which the school has a Service Level Agreement. */
  readonly slas: readonly string[];
  /** When it was last saved: what is asked since then is said to be new. */
  readonly saved: Instant;
  /** What was uploaded for it; absent: nothing. */
  readonly files?: readonly FileFacts[];
}

/** What a case is pinned to, and the day on which its cohort starts; null: it is of none. */
export interface Pinned {
  readonly programme: ProgrammeKey;
  readonly cohort: IsoDate | null;
}

/** @returns what a case is pinned to, by where it has landed */
export function pinnedOf({ programme, landing }: Pick<CaseState, 'programme' | 'landing'>): Pinned {
  return { programme, cohort: landing?.cohort ?? null };
}

/** When an application would lead to a start, and the values of the programme that hold for it. */
export interface Intended {
  /** The academic year of the start: `2025-26`. */
  readonly year: string;
  /** The values of that year, or the latest before it. */
  readonly programme: Programme;
}

/**
 * The year of the intended start decides everything that changes with the years: the questions, the agreement that the school needs,
 * the values that the case is pinned to (C6). It is the year of the cohort that an application would join now; where it would join
 * none, that of the next day with school: in the summer holidays the coming one.
 */
export function intendedStart(code: ProgrammeCode, now: Instant, { calendar, cycles }: Planned): Intended {
  const cohort = landsOn(code, now, cycles)?.item.cohortStart ?? null;
  const year = yearToStartIn(cohort, londonDay(now), calendar);
  return { year, programme: programmeFor(code, year) };
}

/**
 * The same of a case, and of a pack that its school has back: the values are those of the case, whatever is asked by now, and its cohort that in
 * which the case has landed (C6, A22). The directory of that year has the courses that its pack can be sent for (R107).
 */
export function intendedAgain({ programme, cohort }: Pinned, now: Instant, calendar: Calendar): Intended {
  return { year: yearToStartIn(cohort, londonDay(now), calendar), programme: programmeAt(programme) };
}

/**
 * Everything that stands in the way of submitting, each with its field and rule. An advisory question may be left (C28).
 * @param received when it is submitted: ages and months are counted in London to that day
 * @param planned where it would land then, and would have landed when it was saved
 */
export function checkApplication(code: ProgrammeCode, application: Application, received: Instant, planned: Planned): Problem[] {
  const intended = intendedStart(code, received, planned);
  const added = newQuestions(intendedStart(code, application.saved, planned).programme, intended.programme);
  return checkAgainst(intended, application, received, added);
}

/**
 * Everything that stands in the way of sending a returned pack again: by the values that its case is pinned to, whatever is asked by now
 * (C6, A22).
 */
export function checkCorrection(pinned: Intended, application: Application, received: Instant): Problem[] {
  return checkAgainst(pinned, application, received, []);
}

/**
 * @param otherwise what the school can do where it does not come to have the agreement
 * @returns what stands against a school's application whatever is answered: the agreement that it lacks (R11, R12)
 */
export function ofTheSchool(
  { programme, year }: Intended,
  slas: readonly string[],
  otherwise = 'choose another programme',
): Problem[] {
  if (programme.access !== 'sla-only' || slas.includes(year)) return [];
  const message = `${programme.title} in ${year} is for schools with a Service Level Agreement for that year: ask CAP about one, or ${otherwise}.`;
  return [{ field: 'programme', rule: programme.accessRule ?? 'R12', message }];
}

/** @returns what stands against an application for a student whatever is answered: their age (C30, R3), their year group (R85) */
export function ofTheStudent(
  { programme, year }: Intended,
  student: Pick<Student, 'dateOfBirth' | 'yearsAbove'>,
  today: IsoDate,
): Problem[] {
  return [...ofAge(student, programme, today), ...ofYearGroup(student, programme, year)];
}

function checkAgainst(
  intended: Intended,
  { student, course, answers, slas, files = [] }: Application,
  received: Instant,
  added: readonly Question[],
): Problem[] {
  const { programme, year } = intended;
  const today = londonDay(received);
  const problems: Problem[] = ofTheSchool(intended, slas);
  if (programme.choosesCourse) problems.push(...(course ? courseProblems(programme, course) : [noCourse(year)]));
  problems.push(...(student ? ofTheStudent(intended, student, today) : [noStudent]));
  for (const question of questionsAsked(programme)) {
    if (!isAsked(question, answers)) continue;
    const said = unanswered(question, answers[question.code]);
    if (said === null) continue;
    const opener = questionThatOpens(question, questionsAsked(programme));
    const message = opener === null ? said : `${said}, about "${opener.text}"`;
    const isNew = added.includes(question) ? ` It is asked since ${programme.year}.` : '';
    problems.push({ field: `answers.${question.code}`, rule: question.rule, message: message + isNew });
  }
  return [
    ...problems,
    ...riskAssessment(answers['risk-assessment-date'], today),
    ...agreedAtOtherTimes(intended, answers, today),
    ...fileProblems(files),
  ];
}

/** @returns whether a question is asked, by the answer to the one that opens it (R24) */
export function isAsked({ when }: { readonly when?: Question['when'] | null }, answers: Answers): boolean {
  return !when || answers[when.question] === when.is;
}

/**
 * The same question is asked about each agreement: which it is about, is said with it.
 * @returns the question whose answer opens this one (R24); null when it is asked in any case
 */
export function questionThatOpens<Asked extends { readonly code: string }>(
  { when }: { readonly when?: Question['when'] | null },
  questions: readonly Asked[],
): Asked | null {
  return questions.find(({ code }) => code === when?.question) ?? null;
}

/** @returns the questions that are asked now and were not asked before. */
export function newQuestions(before: Pick<Programme, 'questions'>, now: Pick<Programme, 'questions'>): Question[] {
  const asked = before.questions.map(({ code }) => code);
  return now.questions.filter(({ code }) => !asked.includes(code));
}

/** One question of a pack with its answer, in words. */
export interface PackEntry {
  readonly code: string;
  readonly question: string;
  readonly answer: string;
  /** The file that is the answer, by its id and the digest of its content. */
  readonly file?: { readonly id: string; readonly digest: string };
}

/**
 * The pack in words, as it is frozen at submission: who the student is, the course, the answers, the files. What is reworded or put right later
 * leaves it alone.
 * @param intended the year of the start, whose questions and year group stand in it
 * @param files what was uploaded for it; with their digests they cannot be exchanged once it is sent
 */
export function packOf(
  student: Student,
  course: string | null,
  answers: Answers,
  { year, programme }: Intended,
  files: readonly FileFacts[] = [],
): PackEntry[] {
  const yearGroup = yearGroupOf(student.dateOfBirth, year, student.yearsAbove);
  return [
    { code: 'student-name', question: "Student's full name", answer: student.name },
    { code: 'date-of-birth', question: 'Date of birth', answer: student.dateOfBirth },
    { code: 'year-group', question: `Year group in ${year}`, answer: yearGroup ?? '' },
    { code: 'key-stage', question: 'Key stage, and what support aims at in it', answer: keyStageOf(yearGroup)?.aim ?? '' },
    { code: 'ehcp', question: 'Has the student an Education, Health and Care Plan?', answer: inWords(student.ehcp) },
    ...(course === null ? [] : [{ code: 'course', question: 'Course', answer: course }]),
    ...questionsAsked(programme)
      .filter((question) => isAsked(question, answers))
      .map(({ code, text }) => ({ code, question: text, answer: inWords(answers[code]) })),
    ...filesOfPack(files).map(({ id, kind, name, digest }) => {
      return { code: `file-${id}`, question: fileKindTitles[kind], answer: name, file: { id, digest } };
    }),
  ];
}

function inWords(answer: string | boolean | undefined): string {
  return typeof answer === 'boolean' ? (answer ? 'Yes' : 'No') : (answer ?? '');
}

/** @returns what was answered so far, in the order in which it is asked; what is asked no more stands last, under its code */
export function answersInWords(programme: Pick<Programme, 'questions'>, answers: Answers): PackEntry[] {
  const entry = (code: string, question: string): PackEntry => ({ code, question, answer: inWords(answers[code]) });
  const asked = questionsAsked(programme).filter(({ code }) => answers[code] !== undefined);
  const others = Object.keys(answers).filter((code) => !asked.some((question) => question.code === code));
  return [...asked.map(({ code, text }) => entry(code, text)), ...others.map((code) => entry(code, code))];
}

/** @returns the codes of the entries that are not the same in two packs, in the order of the later one (A22). */
export function changedEntries(before: readonly PackEntry[], after: readonly PackEntry[]): string[] {
  return after.filter(({ code, answer }) => before.find((each) => each.code === code)?.answer !== answer).map(({ code }) => code);
}

/** @returns the wrong types of answers and the answers to questions that the programme does not ask; a draft may lack answers. */
export function checkAnswers(programme: Programme, answers: Answers): Problem[] {
  const known = new Map(questionsAsked(programme).map((question) => [question.code, question]));
  return Object.entries(answers).flatMap(([code, answer]): Problem[] => {
    const question = known.get(code);
    const field = `answers.${code}`;
    if (!question) return [{ field, rule: 'R24', message: `${programme.title} does not ask that.` }];
    const message = wrongType(question, answer);
    return message === null ? [] : [{ field, rule: question.rule, message }];
  });
}

/**
 * @returns those answers of the last application that the next one asks for as well, in a form that it takes (R68). What was agreed was agreed
 *   for the last one, and is asked anew (A13)
 */
export function carriedOver(last: Answers, next: Programme): Answers {
  const isAsked = ([code, answer]: [string, string | boolean]) => checkAnswers(next, { [code]: answer }).length === 0;
  return Object.fromEntries(Object.entries(last).filter((entry) => isAsked(entry) && !speaksOfAgreement(entry[0])));
}

export const noStudent: Problem = { field: 'student', rule: 'R23', message: 'Say which student of your school it is for.' };

export const unknownStudent: Problem = {
  field: 'student',
  rule: 'R23',
  message: 'Your school has no such student: look for them among your students, or add them first.',
};

/** Of an application that names no course which is offered in the year of its start (R107). */
export function noCourse(year: string): Problem {
  return { field: 'course', rule: 'R107', message: `Choose a course from the directory of ${year}.` };
}

/**
 * The course that an application names. A returned pack whose course stayed keeps it as the case has it, whatever the directory says by now;
 * any other is one that is offered in the year of its start (R107).
 * @param offered the lines of directories with the code that it names, by their academic year
 * @param kept the course of its case; null while there is no case
 */
export function courseNamed<C extends OfferedCourse>(
  { code, programme }: { readonly code: string | null; readonly programme: ProgrammeCode },
  offered: Readonly<Record<string, C>>,
  year: string,
  kept: Course | null,
): C | OfferedCourse | null {
  if (code === null) return null;
  return kept?.code === code ? { ...kept, programme } : (offered[year] ?? null);
}

/** A course is one of its programme, and of as many weeks as the programme's courses have (C1, R107). */
export function courseProblems(
  { code, title, courseWeeks, year }: Programme,
  { programme, schoolWeeks }: Pick<OfferedCourse, 'programme' | 'schoolWeeks'>,
): Problem[] {
  if (programme !== code) {
    return [{ field: 'course', rule: 'R107', message: `This is a course of another programme: choose one of ${title}.` }];
  }
  if (!courseWeeks || (schoolWeeks >= courseWeeks.from && schoolWeeks <= courseWeeks.to)) return [];
  const { from, to } = courseWeeks;
  const range = from === to ? String(from) : `${String(from)} to ${String(to)}`;
  const message = `By the values of ${year}, a course of ${title} has ${range} school weeks, and this one ${String(schoolWeeks)}: choose another.`;
  return [{ field: 'course', rule: 'C1', message }];
}

/** A student is of school age, and of the ages that the programme is for (C30). */
function ofAge({ dateOfBirth }: Pick<Student, 'dateOfBirth'>, { title, ages }: Programme, today: IsoDate): Problem[] {
  const age = ageOn(today, dateOfBirth);
  const { from, to } = ages ?? schoolAges;
  if (age >= from && age <= to) return [];
  const message = `${title} is for ages ${from} to ${to}, and this student is ${age}: check the date of birth.`;
  return [{ field: 'student', rule: ages ? 'C30' : 'R3', message }];
}

/**
 * A student is in one of the year groups that the programme is for, in the academic year of the start (R85).
 * @param todo what whoever reads it can do
 */
export function ofYearGroup(
  { dateOfBirth, yearsAbove }: Pick<Student, 'dateOfBirth' | 'yearsAbove'>,
  { title, yearGroups }: Programme,
  year: string,
  todo = ': check the student, or choose another programme',
): Problem[] {
  const yearGroup = yearGroupOf(dateOfBirth, year, yearsAbove);
  if (!yearGroups || (yearGroup !== null && yearGroups.includes(yearGroup))) return [];
  const message = `${title} is for ${yearGroups.join(', ')}, and in ${year} this student is in ${yearGroup ?? 'no year group yet'}${todo}.`;
  return [{ field: 'student', rule: 'R85', message }];
}

function wrongType({ answer: type }: Question, answer: string | boolean): string | null {
  if (type === 'yes-no') return typeof answer === 'boolean' ? null : 'Answer true or false.';
  if (typeof answer !== 'string') return 'Answer in words.';
  return type === 'day' && answer !== '' && !isIsoDate(answer) ? 'Write a day such as 2025-01-13.' : null;
}

function unanswered(question: Question, answer: string | boolean | undefined): string | null {
  if (answer === undefined || (typeof answer === 'string' && answer.trim() === '')) {
    return question.strength === 'advisory' ? null : `Answer "${question.text}"`;
  }
  const type = wrongType(question, answer);
  if (type !== null) return type;
  return question.strength === 'gate' && answer === false ? `The answer must be yes: "${question.text}"` : null;
}

/** A risk assessment older than three months at the point of referral is not accepted (R42). */
function riskAssessment(answer: string | boolean | undefined, today: IsoDate): Problem[] {
  if (typeof answer !== 'string' || !isIsoDate(answer)) return [];
  const field = 'answers.risk-assessment-date';
  if (answer > today) return [{ field, rule: 'R42', message: 'The risk assessment is dated in the future.' }];
  return answer < monthsBefore(today, 3)
    ? [{ field, rule: 'R42', message: 'A risk assessment more than three months old is not accepted: update it first.' }]
    : [];
}

/** Nobody has agreed to something on a day to come, or so long ago that it was not to this placement (A13). */
function agreedAtOtherTimes({ programme, year }: Intended, answers: Answers, today: IsoDate): Problem[] {
  const days = questionsAsked(programme).filter(
    (question) => question.rule === 'A13' && question.answer === 'day' && isAsked(question, answers),
  );
  return days.flatMap(({ code }) => {
    const on = answers[code];
    const message = typeof on === 'string' && isIsoDate(on) ? wrongDay(on, year, today) : null;
    return message === null ? [] : [{ field: `answers.${code}`, rule: 'A13', message }];
  });
}

/** The same day that many months earlier, or the last of that month where it has no such day. */
function monthsBefore(day: IsoDate, months: number): IsoDate {
  const [year = 0, month = 1] = day.split('-').map(Number);
  const index = year * 12 + month - 1 - months;
  const first = `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
  for (let date = Number(day.slice(8)); date > 28; date--) {
    const candidate = `${first}-${String(date).padStart(2, '0')}`;
    if (isIsoDate(candidate)) return candidate;
  }
  return `${first}-${String(Math.min(Number(day.slice(8)), 28)).padStart(2, '0')}`;
}
