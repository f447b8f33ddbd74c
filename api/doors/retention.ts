// How long things are kept (A14): what falls due, legal holds, and all that is held of one student.
import { z } from 'zod';
import { fileKinds, fileStates } from '../../domain/files';
import { exclusionKinds, exclusionReasonCodes } from '../../domain/exclusions';
import { answersInWords } from '../../domain/application';
import { academicYearOf, londonDay } from '../../domain/calendar';
import { can } from '../../domain/permissions';
import { behaviourLevels, progressLevels } from '../../domain/progress';
import { programmeAt, programmeFor } from '../../domain/programmes';
import { retentionOf } from '../../domain/retention';
import { stageTitles } from '../../domain/stages';
import { readHolds } from '../../records/legalHolds';
import type { SubjectCase, SubjectDraft } from '../../records/subjectAccess';
import type { Person } from '../../records/types';
import { casesFallingDue, endHold, holdLegally, keptUntil, subjectAccess, type SubjectAccess } from '../../usecases/retention';
import { door, type Door } from '../door';
import { given } from '../problems';
import { code, day, instant, makingKey, reference, requiredText, studentCode, fileId } from '../schemas';
import type { Services } from '../services';
import { entry, packEntry } from '../views/case';
import { titleOfEvent } from '../views/events';

const kept = z.strictObject({
  class: z.enum(['birthday', 'longer']),
  why: z.string().meta({ description: 'Why it is kept so long (A14, ours)' }),
  until: day.meta({ description: 'The last day on which it is kept' }),
});

const hold = z
  .strictObject({
    id: z.string(),
    reference: reference.nullable(),
    student: studentCode.nullable(),
    reason: z.string(),
    placedBy: z.string(),
    placed: instant,
    liftedBy: z.string().nullable(),
    lifted: instant.nullable(),
  })
  .meta({ id: 'LegalHold', description: 'On one case, or on a student with all their cases and drafts' });

const answers = z.record(z.string(), z.union([z.string(), z.boolean()]));
const said = z.record(z.string(), z.unknown());
const change = z.strictObject({ at: instant, person: z.string(), before: said.nullable(), after: said });
const half = z.enum(['am', 'pm']);
const mark = z.enum(['present', 'late', 'absent']);

const subjectCase = z.strictObject({
  reference,
  programme: z.string(),
  school: z.string(),
  stage: z.string(),
  submitted: instant,
  updated: instant,
  kept: kept.nullable().meta({ description: 'null while it is open' }),
  packs: z.array(
    z.strictObject({
      step: z.int(),
      submitted: instant,
      pack: z.array(packEntry),
    }),
  ),
  timeline: z.array(
    z.strictObject({
      step: z.int(),
      at: instant,
      what: z.string(),
      by: z.string(),
      texts: z.record(z.string(), z.string()),
      ...entry.pick({ kind: true, codes: true, conditionsBy: true, hostName: true, courseTitle: true }).shape,
    }),
  ),
  attendance: z.array(z.strictObject({ day, half, mark, markedBy: z.string() })),
  progress: z.array(
    z.strictObject({
      ...{ week: day, progress: z.enum(progressLevels), progressWords: z.string() },
      ...{ behaviour: z.enum(behaviourLevels), behaviourWords: z.string(), written: instant, writtenBy: z.string() },
    }),
  ),
  corrections: z
    .array(change.extend({ what: z.string() }))
    .meta({ description: 'Of marks of attendance and of notes of progress' }),
  emails: z.array(
    z.strictObject({
      title: z.string(),
      to: z.string(),
      status: z.enum(['due', 'sent', 'undelivered']),
      written: instant,
      settled: instant.nullable(),
    }),
  ),
});

export const subject = z
  .strictObject({
    made: instant,
    by: z.string(),
    toLookAt: z.string().meta({ description: 'What a person does before it is released' }),
    notHere: z.string(),
    student: z.strictObject({
      code: studentCode,
      school: z.string(),
      name: z.string(),
      dateOfBirth: z.string().meta({ format: 'date' }),
      upn: z.string().nullable(),
      yearsAbove: z.int(),
      ehcp: z.boolean(),
      lookedAfter: z.boolean(),
      adopted: z.boolean(),
      version: z.int(),
      changed: instant,
      changedBy: z.string(),
    }),
    changes: z.array(change),
    kept,
    holds: z.array(hold),
    exclusions: z.array(
      z.strictObject({
        ...{ day, kind: z.enum(exclusionKinds), sessions: z.int().nullable(), reason: z.enum(exclusionReasonCodes) },
        ...{ version: z.int(), recorded: instant, recordedBy: z.string() },
      }),
    ),
    exclusionEdits: z
      .array(change.extend({ what: z.string(), after: said.nullable() }))
      .meta({ description: 'Of suspensions and permanent exclusions that were corrected or removed' }),
    applications: z.array(subjectCase),
    drafts: z.array(
      z.strictObject({
        reference,
        programme: z.string(),
        begun: instant,
        begunBy: z.string(),
        saved: instant,
        submitted: z.boolean(),
        answers,
        inWords: z.array(packEntry).meta({ description: 'The answers with the questions that ask them' }),
        files: z
          .array(
            z.strictObject({
              id: fileId,
              kind: z.enum(fileKinds),
              name: z.string(),
              added: instant,
              addedBy: z.string(),
              state: z.enum(fileStates),
            }),
          )
          .meta({ description: 'What was uploaded for it and for its case' }),
      }),
    ),
    readBy: z.array(
      z.strictObject({
        reference: z.string(),
        person: z.string(),
        action: z.string(),
        title: z.string().nullable().meta({ description: 'What was read, in words' }),
        count: z.int(),
        first: instant,
        last: instant,
      }),
    ),
    alsoLikely: z
      .array(studentCode)
      .meta({ description: 'Students of other schools who are likely the same child: ask for each' }),
  })
  .meta({ id: 'SubjectAccess' });

export const casesDue = z.strictObject({
  cases: z.array(
    z.strictObject({
      reference,
      school: z.string(),
      student: studentCode,
      ...kept.shape,
      held: z.boolean(),
      href: z.string(),
    }),
  ),
  students: z
    .array(z.strictObject({ student: studentCode, school: z.string(), ...kept.shape, held: z.boolean() }))
    .meta({ description: 'Of whom there is no case and no draft; with the first page' }),
  next: reference.nullable().meta({ description: '`after` of the next page; null on the last' }),
});
export const oneHold = z.strictObject({ hold });
export const listOfHolds = z.strictObject({ holds: z.array(hold) });

const keeps = (person: Person) => can(person, 'keep-retention');

/** @param summaryOf what a door is for, by its method and path as the access log names it; null where there is none */
export function retentionDoors(services: Services, summaryOf: (action: string) => string | null): Door[] {
  const { database } = services;
  return [
    door({
      method: 'get',
      path: '/api/v1/retention',
      name: 'fallingDue',
      summary: 'Closed cases, and students without one, that are erased within 60 days unless somebody holds them',
      about:
        'Also those that are held though their day has come. What is erased cannot be had back: look here, and place a hold where one is needed.',
      tag: 'Retention',
      who: keeps,
      query: z.strictObject({ after: reference.optional().meta({ description: '`next` of the page before' }) }),
      gives: {
        description: 'A page, by reference; one before the last may be empty',
        body: casesDue,
      },
      noted: true,
      handle: async ({ person, query: { after = '' } }) => {
        const { cases, students, next } = given(await casesFallingDue(services, person, after));
        const lines = cases.map((each) => {
          const { reference: name, school, student } = each;
          return { reference: name, school, student, ...keptUntil(each), href: `/api/v1/cases/${name}` };
        });
        const alone = students.map(({ student, school, facts }) => ({ student, school, ...keptUntil({ facts }) }));
        return { body: { cases: lines, students: alone, next } };
      },
    }),
    door({
      method: 'get',
      path: '/api/v1/legal-holds',
      name: 'legalHolds',
      summary: 'The legal holds that stand',
      tag: 'Retention',
      who: keeps,
      gives: { description: 'The oldest first', body: listOfHolds },
      noted: true,
      handle: async ({ person }) => ({ body: { holds: await readHolds(database, person) } }),
    }),
    door({
      method: 'post',
      path: '/api/v1/legal-holds',
      name: 'placeLegalHold',
      summary: 'Place a legal hold: what it stands on is not erased',
      about: 'On one case, or on a student with all their cases and drafts. Only CAP reads why.',
      tag: 'Retention',
      who: keeps,
      headers: z.strictObject({ 'idempotency-key': makingKey }),
      body: z.union([
        z.strictObject({ reference, reason: requiredText }),
        z.strictObject({ student: studentCode, reason: requiredText }),
      ]),
      gives: { status: 201, description: 'The hold', body: oneHold },
      problems: ['not-allowed', 'not-editable', 'key-reused'],
      noted: true,
      handle: async ({ person, headers, body: { reason, ...on } }) => ({
        body: { hold: given(await holdLegally(services, person, { on, reason }, headers['idempotency-key'] ?? null)) },
      }),
    }),
    door({
      method: 'post',
      path: '/api/v1/legal-holds/{id}/lift',
      name: 'liftLegalHold',
      summary: 'Lift a legal hold that a colleague placed',
      about: 'What it stood on then has 60 days at least on the list of what falls due.',
      tag: 'Retention',
      who: keeps,
      params: z.strictObject({ id: code }),
      gives: { description: 'The hold, lifted', body: oneHold },
      problems: ['not-allowed', 'nothing-changed'],
      noted: true,
      handle: async ({ person, params }) => ({ body: { hold: given(await endHold(services, person, params.id)) } }),
    }),
    door({
      method: 'get',
      path: '/api/v1/exports/subject-access/{code}',
      name: 'subjectAccess',
      summary: 'All that is held of one student',
      about:
        'For CAP, to answer who may ask for it. Names of other people stand in it: a person looks at it before it is released. Who asked for it here is written down.',
      tag: 'Exports',
      who: (person) => can(person, 'give-subject-access'),
      params: z.strictObject({ code: studentCode }),
      gives: { description: 'One document', body: subject },
      noted: true,
      handle: async ({ person, params }) => ({
        body: showSubject(person, given(await subjectAccess(services, person, params.code)), summaryOf),
      }),
    }),
  ];
}

function showSubject(
  person: Person,
  { made, facts, cases, reads, alsoLikely, drafts, ...held }: SubjectAccess,
  summaryOf: (action: string) => string | null,
) {
  return {
    ...{ made, by: person.name },
    toLookAt:
      'Before this is released, a person looks at every name and text in it: staff, parents, panel members and other children may be named, and what concerns them alone is taken out. Also taken out is why a legal hold was placed: that is for CAP alone.',
    notHere:
      'Lists that somebody read, with many students in them, are not counted among the reads. Backups, e-mail boxes and what people keep elsewhere are not in it.',
    ...{ ...held, alsoLikely },
    readBy: reads.map((read) => ({ ...read, title: summaryOf(read.action) })),
    drafts: drafts.map(showDraft),
    kept: retentionOf(facts),
    applications: cases.map(showCase),
  };
}

function showCase({ record, facts, packs, marks, progress, corrections }: SubjectCase) {
  const { reference: name, programme, school, stage, submitted, updated, timeline, emails } = record;
  return {
    ...{ reference: name, programme: programmeAt(programme).title, school, stage: stageTitles[stage], submitted, updated, packs },
    kept: stage === 'closed' ? retentionOf(facts) : null,
    timeline: timeline.map(({ step, at, kind, personName, event, texts, conditionsBy, hostName, courseTitle }) => ({
      ...{ step, at, what: titleOfEvent({ kind, event }, programme), by: personName, texts },
      ...{ kind, codes: event, conditionsBy, hostName, courseTitle },
    })),
    ...{ attendance: marks, progress, corrections },
    emails: emails.map(({ title, to, status, written, settled }) => ({ title, to, status, written, settled })),
  };
}

function showDraft({ programme, ...draft }: SubjectDraft) {
  const asks = programmeFor(programme, academicYearOf(londonDay(draft.saved)));
  return { ...draft, programme: asks.title, inWords: answersInWords(asks, draft.answers) };
}
