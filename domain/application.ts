// The application form: what a programme asks, and what stands in the way of submitting (R23, R24, R41, R42).
import { academicYearOf, isIsoDate, londonDay, type Instant, type IsoDate } from './calendar';
import type { Problem } from './commands';
import type { Programme, Question } from './programme';

/** Answers by the code of their question. */
export type Answers = Readonly<Record<string, string | boolean>>;

export interface Applicant {
  readonly hasSla: boolean;
}

/**
 * Everything that stands in the way of submitting, each with its field and rule. An advisory question may be left (C28).
 * @param course whether a course of the directory was named, for a programme that asks for one
 * @param received when it is submitted: ages and months are counted in London to that day
 */
export function checkApplication(
  programme: Programme,
  answers: Answers,
  applicant: Applicant,
  course: boolean,
  received: Instant,
): Problem[] {
  const problems: Problem[] = [];
  if (programme.access === 'sla-only' && !applicant.hasSla) {
    problems.push({
      field: 'programme',
      rule: 'R12',
      message: `${programme.title} is for schools with a Service Level Agreement: ask CAP about one, or choose another programme.`,
    });
  }
  if (programme.choosesCourse && !course) {
    problems.push({ field: 'course', rule: 'R54', message: 'Choose a course from the directory.' });
  }
  for (const question of programme.questions) {
    const message = unanswered(question, answers[question.code]);
    if (message !== null) problems.push({ field: `answers.${question.code}`, rule: question.rule, message });
  }
  return [...problems, ...riskAssessment(answers['risk-assessment-date'], londonDay(received))];
}

/** @returns the wrong types of answers and the answers to questions that the programme does not ask; a draft may lack answers. */
export function checkAnswers(programme: Programme, answers: Answers): Problem[] {
  const known = new Map(programme.questions.map((question) => [question.code, question]));
  return Object.entries(answers).flatMap(([code, answer]): Problem[] => {
    const question = known.get(code);
    const field = `answers.${code}`;
    if (!question) return [{ field, rule: 'R24', message: `${programme.title} does not ask that.` }];
    const message = wrongType(question, answer);
    return message === null ? [] : [{ field, rule: question.rule, message }];
  });
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

/** @returns the academic year that a draft's questions are taken from: the one in which it was begun. */
export function draftYear(begun: Instant): string {
  return academicYearOf(londonDay(begun));
}
