// An application that is being written, with what still stands in the way of submitting it.
import { z } from 'zod';
import { questionsAsked } from '../../domain/agreements';
import { standing } from '../../domain/files';
import type { Programme } from '../../domain/programme';
import type { Application } from '../../usecases/applications';
import { commandPath } from '../commandBody';
import { academicYear, fieldProblem, instant, programmeCode, reference, studentCode } from '../schemas';

const answer = z.union(
  [z.boolean(), z.string().max(10_000, 'must have at most 10,000 characters')],
  'must be a text, or true or false',
);

/** Answers by the code of their question. */
export const answers = z
  .record(z.string().max(100), answer)
  .meta({ examples: [{ 'risk-assessment-date': '2026-11-02', 'review-commitment': true }] });

export const applicationView = z
  .strictObject({
    reference,
    programme: programmeCode,
    title: z.string(),
    year: academicYear.meta({ description: 'The academic year of the start that it would lead to, were it submitted now' }),
    school: z.string(),
    student: studentCode.nullable(),
    studentName: z.string().nullable(),
    course: z.string().nullable(),
    answers,
    version: z.int(),
    begun: instant,
    saved: instant,
    savedBy: z.string().meta({ description: 'The person whose save it was: one of your colleagues' }),
    submitted: z.boolean(),
    returned: z
      .boolean()
      .meta({ description: 'Whether the pack is with the school again: it is saved here, then sent again by its case' }),
    follows: reference.nullable().meta({ description: 'The application whose answers it began with' }),
    followedBy: z.array(reference).meta({ description: 'The applications that began with its answers' }),
    inTheWay: z.array(fieldProblem).meta({ description: 'What still stands in the way of submitting' }),
    files: z
      .strictObject({ count: z.int(), href: z.string() })
      .meta({ description: 'What was uploaded for it, and where that is read and added' }),
    href: z.string(),
    submit: z
      .strictObject({ method: z.literal('POST'), href: z.string() })
      .nullable()
      .meta({ description: 'Where it is submitted, or a returned pack is sent again' }),
    case: z.string().nullable().meta({ description: 'Where its case is, once it is submitted' }),
  })
  .meta({ id: 'Application' });

export const question = z
  .strictObject({
    code: z.string(),
    text: z.string(),
    answer: z.enum(['text', 'yes-no', 'day']),
    strength: z.enum(['gate', 'required', 'advisory']).meta({
      description: 'A gate must be answered with yes, or at all; a required question must be answered; an advisory one may be',
    }),
    rule: z.string(),
    when: z
      .strictObject({ question: z.string(), is: z.boolean() })
      .nullable()
      .meta({ description: 'Asked with this answer to that question alone; null: always' }),
  })
  .meta({ id: 'Question' });

/** An application with the form that it is written in: that of its programme, in the values that hold for it. */
export const applicationForm = applicationView
  .extend({
    choosesCourse: z.boolean().meta({ description: 'Whether it names a course of the directory' }),
    questions: z.array(question),
  })
  .meta({ id: 'ApplicationForm' });

/** @returns the questions of a programme, in their order */
export function showQuestions(programme: Programme) {
  return questionsAsked(programme).map(({ when = null, ...rest }) => ({ ...rest, when }));
}

export function showForm(application: Application) {
  const { programme } = application.intended;
  return {
    ...showApplication(application),
    choosesCourse: programme.choosesCourse,
    questions: showQuestions(programme),
  };
}

export function showApplication({ draft: { pinned, files, ...draft }, intended: { year, programme }, inTheWay }: Application) {
  const href = `/api/v1/applications/${draft.reference}`;
  const sendAgain = pinned !== null && draft.returned ? commandPath('resubmitPack', draft.reference) : null;
  return {
    ...draft,
    followedBy: [...draft.followedBy],
    title: programme.title,
    year,
    student: draft.student && draft.student.code,
    studentName: draft.student && draft.student.name,
    inTheWay,
    files: { count: standing(files).length, href: `/api/v1/files/${draft.reference}` },
    href,
    submit: sendAgain === null && draft.submitted ? null : { method: 'POST' as const, href: sendAgain ?? `${href}/submit` },
    case: draft.submitted ? `/api/v1/cases/${draft.reference}` : null,
  };
}
