// The zod schemas that doors share. Each says in a sentence what it wants; the same schemas make the OpenAPI document.
import { z } from 'zod';
import { isAcademicYear, isDayOfCentury, isInstant, panelCodes, readInstant, terms } from '../domain/calendar';
import { areCodes } from '../domain/commandRows';
import { isWeekdays } from '../domain/timetable';
import { programmeCodes } from '../domain/programmes';
import { roles } from '../domain/words';

const maxText = 10_000;

/** A London day that exists. */
export const day = z
  .string()
  .refine(isDayOfCentury, 'must be a day such as 2025-01-13, of the years 2000 to 2099')
  .meta({ format: 'date', examples: ['2025-01-13'] });

/** A time as it is answered: in UTC with milliseconds. */
export const instant = z
  .string()
  .refine(isInstant, 'must be a time in UTC such as 2025-01-13T09:30:00.000Z')
  .meta({ format: 'date-time', examples: ['2025-01-13T09:30:00.000Z'] });

/** A time as it is sent, in any form of RFC 3339; what comes of it is in UTC with milliseconds. */
export const sentInstant = z
  .string()
  .meta({ examples: ['2025-01-13T09:30:00Z', '2025-06-13T10:30:00+01:00'] })
  .transform((text, context) => {
    const read = readInstant(text);
    if (read !== null) return read;
    context.addIssue('must be a time such as 2025-01-13T09:30:00Z, of the years 2000 to 2099');
    return z.NEVER;
  })
  .meta({ format: 'date-time' });

/** A code of an organisation, a course, a meeting. */
export const code = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9@._-]{0,99}$/, 'must be a code such as TP-ONE')
  .meta({ examples: ['TP-ONE'] });

/** Where e-mails go. */
export const emailAddress = z
  .string()
  .max(200, 'must have at most 200 characters')
  .regex(/^[^\s@]+@[^\s@]+$/, 'must be an e-mail address');

/** Where a school is, or the site of a provider. */
export const postalAddress = z.string().trim().min(1, 'must be written').max(500, 'must have at most 500 characters');

/** Where somebody is called. */
export const telephone = z
  .string()
  .trim()
  .regex(
    /^(?:\+|\()?[0-9][0-9 ()-]{5,28}[0-9](?: *(?:ext\.?|extension|x) *[0-9]{1,6})?$/i,
    'must be a telephone number such as 01632 960001, or 01632 960001 ext. 12',
  )
  .meta({ examples: ['01632 960001', '01632 960001 ext. 12'] });

/** What a site of a provider is called. */
export const siteName = z.string().trim().min(1, 'must be written').max(200, 'must have at most 200 characters');

/** A site of a provider, as it is kept. */
export const shownSite = z.strictObject({ name: z.string(), address: z.string(), telephone: z.string().nullable() });

/** Several codes as one value. */
export const codes = z
  .string()
  .refine(areCodes, 'must be codes with commas between them, each once, such as chair,cap')
  .meta({ pattern: '^[A-Za-z0-9][A-Za-z0-9@._-]*(,[A-Za-z0-9][A-Za-z0-9@._-]*)*$', examples: ['chair,cap,attendance'] });

/** Days of the week. The pattern, which the document has for a program, leaves their order to the sentence. */
export const weekdays = z
  .string()
  .refine(isWeekdays, 'must be days of the week in their order, such as tue,thu or mon,fri-am')
  .meta({
    pattern: '^(mon|tue|wed|thu|fri)(-am|-pm)?(,(mon|tue|wed|thu|fri)(-am|-pm)?){0,4}$',
    examples: ['tue,thu', 'mon,fri-am'],
  });

/** What a person writes: trimmed, something must remain. */
export const requiredText = z
  .string()
  .trim()
  .min(1, 'must be written')
  .max(maxText, `must have at most ${maxText.toLocaleString('en-GB')} characters`);

/** The same where nothing need be written. */
export const optionalText = z
  .string()
  .trim()
  .max(maxText, `must have at most ${maxText.toLocaleString('en-GB')} characters`);

export const reference = z
  .string()
  .regex(/^CAP-[A-Z0-9-]{4,40}$/)
  .meta({ description: 'The name of an application everywhere', examples: ['CAP-2026-7K3QX9'] });

export const academicYear = z
  .string()
  .regex(/^20\d{2}-\d{2}$/, 'must be an academic year such as 2025-26')
  .refine(isAcademicYear, 'must be an academic year such as 2025-26')
  .meta({ examples: ['2025-26'] });

export const studentCode = z
  .string()
  .regex(/^STU-[A-Z0-9]{6}$/, 'must be the code of a student such as STU-7K3QX9')
  .meta({ description: 'The code of a student: it says nothing of the child', examples: ['STU-7K3QX9'] });

/** The id of a file: it says nothing of it. */
export const fileId = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'must be the id of a file')
  .meta({ examples: ['0b8e6e0e-6f6c-4a3c-9a57-2f0c9d6b1f11'] });

export const programmeCode = z.enum(programmeCodes);
export const panelCode = z.enum(panelCodes);
export const role = z.enum(roles);
export const outcomeDecision = z.enum(['approved', 'approved-with-conditions', 'refused', 'deferred']);
export const term = z.enum(terms);

/** Doors whose address names one application. */
export const ofReference = z.strictObject({ reference });

/** On every command: the same key again is the same command again, never a second one. */
export const idempotencyKey = z
  .string({ error: 'is needed: any text of your own, the same again when you try again' })
  .regex(/^[\x20-\x7e]{1,200}$/, 'must have 1 to 200 printable ASCII characters')
  .meta({
    description: 'Any text of your own. Try again with the same key: the command is recorded once.',
    examples: ['a1b2c3'],
  });

/** For what is made without a command: a key makes one of it, however often it comes. */
export const makingKey = idempotencyKey.optional().meta({
  description: 'Any text of your own. Try again with the same key and body: nothing is made twice.',
  examples: ['a1b2c3'],
});

/** The step or version that was read, as its ETag or bare. */
const ifMatch = z
  .string()
  .regex(/^(W\/)?"?(0|[1-9]\d{0,8})"?$|^\*$/, 'must be the ETag that you read, such as "3"')
  .meta({ examples: ['"3"'] })
  .transform((tag) => (tag === '*' ? null : Number(/\d+/.exec(tag)?.[0])))
  .meta({ description: 'The ETag that you read. What changed since then is not overwritten.' });

/** Headers of a door that edits what is kept. */
export const overRead = z.strictObject({ 'if-match': ifMatch.optional() });

/** @returns the version that was read, which an edit is over; null when that is not said */
export const readIn = ({ 'if-match': read }: z.output<typeof overRead>): number | null => read ?? null;

/** Of something that is kept, in a list or an answer. */
export const version = z.int().meta({
  description: 'What you send as If-Match when you change it; 0 for what is not edited yet, and for who does not keep it',
});

/** One thing wrong: which field, which rule, and what to do. */
export const fieldProblem = z.strictObject({ field: z.string(), rule: z.string(), message: z.string() });

export const problem = z
  .looseObject({
    type: z.string().meta({ description: 'Stable, relative to this service', examples: ['/problems/not-eligible'] }),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: 'What to do' }),
    rule: z.string().optional().meta({ description: "The number of CAP's requirement, or a word for the form of a message" }),
    errors: z.array(fieldProblem).optional(),
    refused: z.string().optional().meta({ description: 'Of what a rule of the case refused: the end of `type` once more' }),
    step: z.int().optional().meta({ description: 'Of `stale`: the step at which the case or the meeting is now' }),
    version: z.int().optional().meta({ description: 'Of `stale`: the version that there is now' }),
    by: z.string().optional().meta({ description: 'Of `stale`: the name of who changed it' }),
    known: z.array(studentCode).optional().meta({ description: 'Of `known-student`: the students whom your school has' }),
    request: z.string().optional().meta({ description: 'Of `fault`: the id to tell ops' }),
  })
  .meta({ id: 'Problem', description: 'Problem details (RFC 9457)' });

/** Places left of a programme in a term, and in its whole academic year. */
export const placesOfTerm = z
  .strictObject({ programme: programmeCode, academicYear, term: z.enum(terms), inTerm: z.int(), inYear: z.int() })
  .meta({ id: 'PlacesOfTerm' });

export const importCounts = z
  .strictObject({ added: z.int(), changed: z.int(), removed: z.int(), left: z.int(), notPossible: z.int() })
  .meta({
    description:
      'What became of the lines: `removed` is what the table lacks, where it is the whole; `left` stood as the table says it; `notPossible` could not be entered',
  });
