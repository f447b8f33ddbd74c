// The form of an application as somebody walks through it: its sections, which questions are asked by now, what is still to do, what comes next.
// Where it stands is read from the answers each time, and kept nowhere.
import { speaksOfAgreement } from '../../domain/agreements';
import { isAsked, questionThatOpens } from '../../domain/application';
import { formatDay, isIsoDate } from '../../domain/calendar';
import type { Answers } from '../answers';
import { asTyped, type FormField, type Posted } from '../forms/fields';

export type Form = Answers['application'];
export type Question = Form['questions'][number];

export interface Section {
  readonly title: string;
  /** Those that are asked, by what is answered so far. */
  readonly questions: readonly Question[];
}

/** @returns the sections of the form that ask something, in the order in which it is filled in */
export function sectionsOf({ title, questions, answers }: Form): Section[] {
  const asked = questions.filter((question) => isAsked(question, answers));
  const isAgreement = ({ code }: Question) => speaksOfAgreement(code);
  const isRisk = ({ code }: Question) => code === 'risk-assessment-date';
  return [
    { title: `Why ${title}`, questions: asked.filter((question) => !isAgreement(question) && !isRisk(question)) },
    { title: 'Early Help and agreements', questions: asked.filter(isAgreement) },
    { title: 'Risk assessment', questions: asked.filter(isRisk) },
  ].filter((section) => section.questions.length > 0);
}

/** @returns whether there is an answer to a question */
export function isAnswered({ answers }: Form, { code }: Question): boolean {
  return answers[code] !== undefined && answers[code] !== '';
}

/** @returns what stands in the way of submitting, of some part of the form */
export function inTheWayOf({ inTheWay }: Form, fields: readonly string[]): Form['inTheWay'] {
  return inTheWay.filter(({ field }) => fields.includes(field));
}

/** @returns the address of an application, or of a page of it */
export function applicationPath(reference: string, ...rest: readonly string[]): string {
  return ['/applications', reference, ...rest].join('/');
}

/** @returns where the question of a field is answered: where somebody goes to mend it */
export function pageOfField(reference: string, field: string): string | null {
  if (field === 'student' || field === 'course') return applicationPath(reference, field);
  if (field.startsWith('answers.')) return applicationPath(reference, 'questions', field.slice('answers.'.length));
  return null;
}

/** @returns the question after this one that has no answer yet; null where all that follow have one */
export function nextUnanswered(form: Form, code: string): Question | null {
  const all = sectionsOf(form).flatMap(({ questions }) => questions);
  const place = all.findIndex((question) => question.code === code);
  return all.slice(place + 1).find((question) => !isAnswered(form, question)) ?? null;
}

/** @returns the field that asks a question; its name is that by which a door speaks of the answer */
export function fieldOf({ questions }: Form, { code, text, answer, strength, when }: Question): FormField {
  const name = `answers.${code}`;
  const opener = questionThatOpens({ when }, questions);
  const hint = `${opener === null ? '' : `About “${opener.text}”. `}${hintOf(answer, strength)}`;
  return { kind: ({ text: 'words', 'yes-no': 'yes-no', day: 'day' } as const)[answer], name, title: text, hint };
}

/** How much an answer weighs (C28), said beside the question. */
function hintOf(answer: Question['answer'], strength: Question['strength']): string {
  const day = answer === 'day' ? ' For example, 27 3 2027.' : '';
  if (strength === 'gate')
    return `${answer === 'yes-no' ? 'Must be yes' : 'Must be answered'}: it cannot be submitted without.${day}`;
  if (strength === 'required') return `Needed${answer === 'yes-no' ? ', whatever the answer is' : ''}.${day}`;
  return `Helps the decision. You may leave it.${day}`;
}

/** @returns an answer as it would have been typed */
export function typedAnswer(form: Form, question: Question): Posted {
  const field = fieldOf(form, question);
  const answer = form.answers[question.code];
  return asTyped([field], { [field.name]: answer === '' ? undefined : answer });
}

/** @returns an answer as it is read; null where there is none */
export function answerInWords({ answers }: Form, { code, answer: kind }: Question): string | null {
  const answer = answers[code];
  if (answer === undefined || answer === '') return null;
  if (typeof answer === 'boolean') return answer ? 'Yes' : 'No';
  return kind === 'day' && isIsoDate(answer) ? formatDay(answer) : answer;
}

/** @returns the answers with another one in it; those to questions that are no longer asked at all stay behind */
export function withAnswer({ answers, questions }: Form, code: string, answer: unknown): Record<string, unknown> {
  const kept = Object.entries(answers).filter(([each]) => each !== code && questions.some((question) => question.code === each));
  return { ...Object.fromEntries(kept), ...(answer === undefined ? {} : { [code]: answer }) };
}
