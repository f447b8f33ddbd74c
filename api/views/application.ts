// An application that is being written, with what still stands in the way of submitting it.
import { z } from 'zod';
import { checkApplication, draftYear } from '../../domain/application';
import { academicYearOf, londonDay, type Instant } from '../../domain/calendar';
import type { Problem } from '../../domain/commands';
import type { Programme } from '../../domain/programme';
import { programmeFor } from '../../domain/programmes';
import type { Draft } from '../../records/types';
import { fieldProblem, instant, programmeCode, reference } from '../schemas';

const answer = z.union(
  [z.boolean(), z.string().max(10_000, 'must have at most 10,000 characters')],
  'must be a text, or true or false',
);

/** Answers by the code of their question. */
export const answers = z
  .record(z.string().max(100), answer)
  .meta({ examples: [{ 'student-name': 'Sample Student', ehcp: false }] });

export const applicationView = z
  .strictObject({
    reference,
    programme: programmeCode,
    title: z.string(),
    school: z.string(),
    course: z.string().nullable(),
    answers,
    version: z.int(),
    begun: instant,
    saved: instant,
    submitted: z.boolean(),
    inTheWay: z.array(fieldProblem).meta({ description: 'What still stands in the way of submitting' }),
    href: z.string(),
    submit: z.strictObject({ method: z.literal('POST'), href: z.string() }).nullable(),
    case: z.string().nullable().meta({ description: 'Where its case is, once it is submitted' }),
  })
  .meta({ id: 'Application' });

/** @returns the values of the programme whose questions a draft answers: those of the academic year in which it was begun */
export function programmeOf({ programme, begun }: Pick<Draft, 'programme' | 'begun'>): Programme {
  return programmeFor(programme, draftYear(begun)).programme;
}

/** @param slas the academic years for which the school has an SLA @returns everything that stands in the way of submitting now */
export function inTheWay(draft: Draft, slas: readonly string[], now: Instant): Problem[] {
  const hasSla = slas.includes(academicYearOf(londonDay(now)));
  return checkApplication(programmeOf(draft), draft.answers, { hasSla }, draft.course !== null, now);
}

export function showApplication(draft: Draft, slas: readonly string[], now: Instant) {
  const href = `/api/v1/applications/${draft.reference}`;
  return {
    ...draft,
    title: programmeOf(draft).title,
    inTheWay: draft.submitted ? [] : inTheWay(draft, slas, now),
    href,
    submit: draft.submitted ? null : { method: 'POST' as const, href: `${href}/submit` },
    case: draft.submitted ? `/api/v1/cases/${draft.reference}` : null,
  };
}
