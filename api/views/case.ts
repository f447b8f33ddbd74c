// A case as the API shows it: where it stands in CAP's words, whom it waits for, what happened, and what this caller may do next.
import { z } from 'zod';
import { agreements, agreementsToGive, standingAgreements, theirAgreements } from '../../domain/agreements';
import { intendedAgain, pinnedOf } from '../../domain/application';
import { londonDay, panelCodes, schoolDayFrom, type Calendar, type Instant } from '../../domain/calendar';
import { allowed, caseMachine } from '../../domain/case';
import { siteOfCourse, yearOfPlacement } from '../../domain/courses';
import { personCommandKinds, personCommands, type CommandKind, type PersonCommandKind } from '../../domain/commands';
import type { Actor } from '../../domain/facts';
import { secondRollNow } from '../../domain/host';
import { phasesOf } from '../../domain/load';
import { theirsAmong } from '../../domain/machine';
import { matters } from '../../domain/matters';
import { stepOf } from '../../domain/emails';
import { isOfComplaint, readersOfComplaints } from '../../domain/matters/complaint';
import { canCommand } from '../../domain/permissions';
import { programmeAt, yearOfStart } from '../../domain/programmes';
import { panelsAwaited, placementOf } from '../../domain/route';
import { isAccepted } from '../../domain/stages/notAfterAll';
import { stageTitles } from '../../domain/stages';
import { decisionsOn } from '../../domain/stages/panel';
import { exitsOn } from '../../domain/stages/placement';
import { planSaysDays, planTexts } from '../../domain/stages/startDate';
import {
  agreementCodes,
  closings,
  type CaseState,
  type Landing,
  type MatterKind,
  type Outcome,
  type StageName,
  type Wait,
} from '../../domain/state';
import { titleOfWait } from '../../domain/waits';
import { codeOf, roleOf, type PanelCode, type ProgrammeKey } from '../../domain/words';
import type { CaseRecord, CaseSummary, TimelineEntry } from '../../records/types';
import { commandForm, commandPath } from '../commandBody';
import { day, fileId, instant, outcomeDecision, panelCode, reference, role, shownSite, weekdays } from '../schemas';
import { titleOfEvent } from './events';

export const stageName = z.enum(Object.keys(stageTitles) as [StageName, ...StageName[]]);

/** A question of a pack, with its answer as it was sent. */
export const packEntry = z.strictObject({
  code: z.string(),
  question: z.string(),
  answer: z.string(),
  file: z
    .strictObject({ id: fileId, digest: z.string() })
    .optional()
    .meta({ description: 'The file that is the answer, and the SHA-256 of its content' }),
});

export const wait = z
  .strictObject({
    role,
    party: z.string(),
    what: z.string(),
    title: z.string(),
    due: instant,
    next: instant.nullable().meta({ description: 'When the clock reminds or escalates next; null when it rests' }),
    subject: z
      .string()
      .nullable()
      .meta({ description: 'The id of what it is about, where the case waits for several of a kind' }),
  })
  .meta({ id: 'Wait', description: 'One thing that the case waits for: from whom, for what and until when' });

const summaryShape = {
  reference,
  programme: z.strictObject({
    key: z.string().meta({ description: 'The values that it goes by', examples: ['flourish@2025-26'] }),
    code: z.string(),
    year: z.string().meta({ description: 'The academic year of its start', examples: ['2026-27'] }),
    title: z.string(),
  }),
  student: z.string().nullable().meta({ description: 'The name, as the pack has it' }),
  school: z.string(),
  schoolName: z.string(),
  host: z
    .string()
    .nullable()
    .meta({ description: 'Who has the student, or the pack: a provider or a school', examples: ['provider:TP-ONE'] }),
  hostName: z.string().nullable(),
  stage: z.strictObject({ code: stageName, title: z.string() }),
  step: z.int(),
  waits: z.array(wait).meta({
    description:
      'All that the case waits for, what is due first in front; once it is closed, e-mails that were not delivered alone',
  }),
  submitted: instant,
  updated: instant,
  href: z.string(),
};

export const caseSummary = z.strictObject(summaryShape).meta({ id: 'CaseSummary' });

const when = z
  .strictObject({ field: z.string(), is: z.array(z.string()) })
  .nullable()
  .meta({ description: 'Needed with these values of that field, and left out with any other; null where it does not depend' });

export const next = z
  .strictObject({
    command: z.string(),
    title: z.string(),
    method: z.literal('POST'),
    href: z.string(),
    fields: z.array(
      z.strictObject({
        name: z.string(),
        type: z.string(),
        title: z.string(),
        names: z
          .string()
          .nullable()
          .meta({ description: 'Of a code: what it names', examples: ['provider', 'school'] }),
        values: z.array(z.string()).nullable(),
        titles: z.record(z.string(), z.string()).nullable().meta({ description: 'Each value as people read it' }),
        required: z.boolean(),
        when,
      }),
    ),
    texts: z.array(z.strictObject({ name: z.string(), title: z.string(), required: z.boolean(), when })),
  })
  .meta({ id: 'NextCommand', description: 'A command that you may give now, and the door at which you give it' });

export const yours = z
  .array(z.string())
  .meta({ description: 'The commands that are yours to give, now or at another stage: every other is refused as not yours' });

export const entry = z
  .strictObject({
    step: z.int(),
    seq: z.int(),
    kind: z.string(),
    title: z.string(),
    at: instant,
    person: z.string(),
    personName: z.string(),
    source: z.enum(['api', 'temporal', 'system']),
    codes: z.record(z.string(), z.unknown()),
    texts: z.record(z.string(), z.string()).meta({ description: 'What the person wrote; empty once erased' }),
    conditionsBy: day.nullable().meta({ description: 'The day by which conditions are to be met, where this has some' }),
    hostName: z.string().nullable().meta({ description: 'Of the host that it names; null where it names none' }),
    courseTitle: z.string().nullable().meta({ description: 'Of the course that it names; null where it names none' }),
    hash: z.string(),
  })
  .meta({ id: 'TimelineEntry' });

const host = z.string().meta({ description: 'A party: provider:TP-ONE, or school:SCH-B', examples: ['provider:TP-ONE'] });

const agreedDays = z.array(z.strictObject({ from: day.nullable(), until: day.nullable(), weekdays }));

/** Where a case stands, stage by stage, as `domain` has it. */
const position = z
  .discriminatedUnion('stage', [
    z.strictObject({ stage: z.literal('pack-check') }),
    z.strictObject({ stage: z.literal('correction') }),
    z.strictObject({
      stage: z.literal('panel'),
      panel: panelCode,
      meeting: z.strictObject({ id: z.string(), day }).nullable().meta({ description: 'null while none is planned' }),
    }),
    z.strictObject({
      stage: z.literal('allocation'),
      panel: panelCode,
      meeting: z.strictObject({ id: z.string(), day }).nullable().meta({ description: 'null while none is planned' }),
    }),
    z.strictObject({ stage: z.literal('send-pack') }),
    z.strictObject({
      stage: z.literal('interview'),
      host,
      booked: instant.nullable().meta({ description: 'When it will be; null while it is not booked' }),
      held: instant.nullable(),
    }),
    z.strictObject({ stage: z.literal('onboarding'), host }),
    z.strictObject({ stage: z.literal('start-date'), host }),
    z.strictObject({
      stage: z.literal('placement'),
      host,
      start: day,
      end: day,
      schoolWeeks: z.int().meta({
        description:
          "From its start to the end that was planned: fewer than its programme's where the end of the term shortens it. A withdrawal leaves it.",
      }),
      lastReview: day.nullable(),
      pathwayReviewed: z.boolean(),
      withdrawn: z.literal(true).optional().meta({ description: 'A withdrawal moved its end forward; absent when none did' }),
      extendedTo: day.optional().meta({ description: 'The end to which CAP extended it, which a corrected start keeps' }),
      days: agreedDays.optional().meta({
        description: 'The days of the week with the host, one agreement after the other; absent while none were agreed',
      }),
    }),
    z.strictObject({
      stage: z.literal('alternatives'),
      because: z.enum(['refused', 'declined', 'onboarding-refused']),
      declinedBy: host.nullable().meta({ description: 'null when a panel refused' }),
    }),
    z.strictObject({
      stage: z.literal('closed'),
      because: z.enum(closings),
      host: host.nullable(),
      start: day.nullable().meta({ description: 'null when it never came to one' }),
      end: day.optional().meta({ description: 'The last day that was planned; absent when the placement never began' }),
      days: agreedDays.optional().meta({ description: 'The days of the week with the host, as they were agreed' }),
      erased: z.literal(true).optional().meta({ description: 'What was written of it is erased; absent while it is kept (A14)' }),
    }),
  ])
  .meta({ id: 'Position' });

export type CaseView = z.output<typeof caseView>;
export type NextCommand = z.output<typeof next>;

export const caseView = z
  .strictObject({
    ...summaryShape,
    since: instant.meta({ description: 'Since when it stands at this stage' }),
    position: position.meta({ description: 'The stage with its codes and dates' }),
    landing: z
      .strictObject({
        cycle: z.string(),
        agendaCloses: day,
        cohort: day
          .nullable()
          .meta({ description: 'The start of the cohort that it joins; null for a programme without cohorts' }),
        meetings: z.array(
          z.strictObject({
            panel: panelCode,
            meeting: z.string().nullable(),
            day: day.nullable(),
            ahead: z.boolean().meta({ description: 'Whether the case has yet to come before it' }),
          }),
        ),
      })
      .nullable()
      .meta({ description: 'The panel cycle that it is on; null on a route without panels, and while none is planned' }),
    phases: z
      .array(z.strictObject({ title: z.string(), first: day, last: day, hostDays: z.int().nullable() }))
      .meta({ description: 'Of a placement: its phases with their days, and how many days a week are spent with the host' }),
    registration: z
      .strictObject({ main: z.string().meta({ description: 'The home school' }), subsidiary: host.nullable() })
      .meta({ description: 'Where the student is on the roll; the second one during a Supported Transfer and Refocus' }),
    can: z.array(next).meta({ description: 'What you may do next, by the same rules by which it will be judged' }),
    course: z.string().nullable().meta({ description: 'The title of the course that it is for; null where there is none' }),
    site: shownSite.nullable().meta({
      description:
        'Where the student goes with a provider: the site at which its course runs, else the only one of the host; null where that is not known',
    }),
    directory: z
      .string()
      .meta({ description: 'The academic year of its start, whose directory has the courses that its pack can be sent for' }),
    send: z.enum(['invited', 'nobody']).nullable().meta({
      description:
        'Whether the SEND team is invited to the review that is called (A12); `nobody`: nobody acts for it here, so CAP gives somebody that grant; null: no such review is called',
    }),
    yours,
    matters: z
      .array(z.strictObject({ kind: z.enum(Object.keys(matters) as [MatterKind, ...MatterKind[]]), subject: z.string() }))
      .meta({ description: 'What is open beside the stage, such as reasons that are still to be written' }),
    linked: z
      .array(z.strictObject({ reference, isNext: z.boolean(), href: z.string() }))
      .meta({ description: 'The case that it follows, and those that follow it: each began with the answers of the one before' }),
    people: z
      .array(z.strictObject({ as: z.enum(['case-worker', 'monitoring-officer']), person: z.string(), name: z.string() }))
      .meta({ description: 'Who looks after the student: of the home school (R43), of CAP (R96); only who is named' }),
    agreements: z
      .array(z.strictObject({ agreement: z.enum(agreementCodes), title: z.string(), on: day, withdrawn: day.nullable() }))
      .meta({
        description: 'What was agreed to, and when; who, how and with what evidence stands in the pack or on the timeline',
      }),
    pack: z.array(packEntry),
    timeline: z.array(entry),
    emails: z.array(
      z.strictObject({
        id: z.string(),
        title: z.string().meta({ description: 'What it is about, in words', examples: ['Panel outcome'] }),
        to: z.strictObject({ party: z.string(), role }),
        status: z.enum(['due', 'sent', 'undelivered']),
        written: instant,
        settled: instant.nullable().meta({ description: 'When it was sent, or given up; null while it is due' }),
      }),
    ),
    outcomes: z
      .array(
        z.strictObject({
          panel: panelCode,
          decision: outcomeDecision,
          issued: instant,
          takenBack: instant.nullable().meta({ description: 'When the panel took its decision back; null where it stands' }),
          href: z.string(),
          page: z.string().meta({ description: 'The same as a page' }),
        }),
      )
      .meta({ description: 'The outcome documents, in the order in which they were issued' }),
  })
  .meta({ id: 'Case' });

/** @returns the commands that this person may give to the case as it stands: what the state permits and is theirs to do */
export function canNext(person: Actor, state: CaseState, now: Instant): z.output<typeof next>[] {
  return allowed(state, now, person.parties)
    .filter((kind): kind is PersonCommandKind => Object.hasOwn(personCommands, kind) && canCommand(person, kind, state).allowed)
    .map((kind) => ({
      command: kind,
      title: titleNow(kind, state),
      method: 'POST' as const,
      href: commandPath(kind, state.reference),
      ...formOf(kind, state, now, person),
    }));
}

export const notAfterAll = 'Say that the student cannot be taken after all';

/** Of who has accepted already: what is left to say is that the student cannot be taken after all (A10). */
export function afterAll(kind: PersonCommandKind, found: Parameters<typeof isAccepted>[0]): 'decline' | 'refused' | null {
  if (!isAccepted(found)) return null;
  return kind === 'providerResponse' ? 'decline' : kind === 'recordOnboarding' ? 'refused' : null;
}

/** Whether a school is allocated already: then another is put in its place, or the allocation is put off, and never at a meeting (C18). */
function allocatesAnew(kind: PersonCommandKind, state: CaseState): boolean {
  return kind === 'allocateSchool' && isAccepted(state);
}

/** What a command is called here. */
function titleNow(kind: PersonCommandKind, state: CaseState): string {
  if (allocatesAnew(kind, state)) return 'Allocate another receiving school, or postpone it';
  return afterAll(kind, state) === null ? personCommands[kind].title : notAfterAll;
}

/** The form of a command. Of several decisions whose words are owed the first is answered first: only its texts are asked for. */
function formOf(kind: PersonCommandKind, state: CaseState, now: Instant, { parties }: Actor) {
  const { matters: open } = state;
  const form = commandForm(kind);
  if (kind === 'confirmStart' && placementOf(state).plan)
    return needing(form, planSaysDays(state) ? ['weekdays', ...planTexts] : planTexts);
  if (kind === 'sendPack' && programmeAt(state.programme).choosesCourse) return needing(form, ['course']);
  if (kind === 'panelDecision') return naming(form, 'outcome', decisionsOn(state));
  if (kind === 'recordAgreement') return naming(form, 'agreement', theirAgreements(agreementsToGive(state), state, parties));
  if (kind === 'withdrawAgreement') return naming(form, 'agreement', theirAgreements(standingAgreements(state), state, parties));
  if (kind === 'recordExit') return naming(form, 'destination', exitsOn(state, londonDay(now)));
  if (allocatesAnew(kind, state)) return needing(form, ['outsideMeeting']);
  const left = afterAll(kind, state);
  if (left !== null) return naming(form, 'result', [left]);
  if (kind !== 'giveReasons') return form;
  const owes = open.find((matter) => matter.kind === 'reasons')?.owes ?? [];
  return { ...form, texts: form.texts.filter(({ name }) => owes.includes(name)).map((text) => ({ ...text, required: true })) };
}

/** A form in which these fields and texts, which may be left otherwise, are needed. */
function needing({ fields, texts }: ReturnType<typeof commandForm>, needed: readonly string[]) {
  const asked = <Part extends { name: string; required: boolean }>(part: Part): Part => ({
    ...part,
    required: part.required || needed.includes(part.name),
  });
  return { fields: fields.map(asked), texts: texts.map(asked) };
}

/** A form in which a field has these values alone. */
function naming(form: ReturnType<typeof commandForm>, field: string, values: readonly string[]) {
  return { ...form, fields: form.fields.map((each) => (each.name === field ? { ...each, values: [...values] } : each)) };
}

/** Whether somebody who sees a case reads all of it: of a complaint not everybody does. Of the timeline the database gives no more. */
function readsComplaints({ parties }: Actor, { school }: Pick<CaseSummary, 'school'>): boolean {
  return readersOfComplaints(school).some((party) => parties.includes(party));
}

/** One line of a list. @param person who reads it */
export function showSummary(person: Actor, row: CaseSummary) {
  const readsAll = readsComplaints(person, row);
  return {
    reference: row.reference,
    programme: showProgramme(row),
    student: row.student,
    school: row.school,
    schoolName: row.schoolName,
    host: row.host,
    hostName: row.hostName,
    stage: { code: row.stage, title: stageTitles[row.stage] },
    step: row.step,
    waits: row.waits
      .filter(({ what, subject }) => readsAll || !isOfComplaint(what, subject))
      .map((each) => showWait(each, row.programme)),
    submitted: row.submitted,
    updated: row.updated,
    href: `/api/v1/cases/${row.reference}`,
  };
}

/**
 * The whole case for one person.
 * @param calendar the terms, by which the phases of a placement are dated
 * @param invitedSend whether the SEND team is invited to a review, and anybody is there
 */
export function showCase(
  person: Actor,
  record: CaseRecord,
  now: Instant,
  calendar: Calendar,
  invitedSend: 'invited' | 'nobody' | null,
) {
  const { state, course, pack, people, linked, timeline } = record;
  const directory = intendedAgain(pinnedOf(state), now, calendar).year;
  const readsAll = readsComplaints(person, record);
  // What was told to whom is read with the step that led to it.
  const steps = new Set(timeline.map(({ step }) => step));
  const emails = record.emails.filter(({ id, template }) => readsAll || (steps.has(stepOf(id)) && !isOfComplaint(template)));
  return {
    ...showSummary(person, record),
    since: state.since,
    position: state.position,
    landing: state.landing && showLanding(state.landing, panelsAwaited(state)),
    phases: showPhases(state, calendar),
    registration: { main: state.school, subsidiary: secondRollNow(state) },
    can: canNext(person, state, now),
    course,
    site: siteNow(record, now, directory),
    directory,
    send: invitedSend,
    yours: theirsAmong<CaseState, CommandKind>(caseMachine, state, personCommandKinds, person),
    matters: state.matters
      .filter(({ kind, subject }) => readsAll || !isOfComplaint(kind, subject))
      .map(({ kind, subject }) => ({ kind, subject })),
    linked: linked.map((each) => ({ ...each, href: `/api/v1/cases/${each.reference}` })),
    people: [...people],
    agreements: (state.agreements ?? []).map((each) => ({ ...each, title: agreements[each.agreement].title })),
    pack: [...pack],
    timeline: timeline.map(({ event, ...one }) => ({
      ...one,
      title: titleOfEvent({ kind: one.kind, event }, state.programme),
      codes: event,
    })),
    emails: emails.map(({ to, template: _template, ...email }) => ({ ...email, to: { party: to, role: roleOf(to) } })),
    outcomes: timeline.flatMap((one) => showOutcomeOf(record.reference, one, timeline)),
  };
}

/** @param directory the year whose directory holds before the start is known */
function siteNow({ state: { position }, host, offered, sites }: CaseRecord, now: Instant, directory: string) {
  const year = position.stage === 'placement' ? yearOfPlacement(position.start, londonDay(now)) : directory;
  return host && siteOfCourse(offered, { code: codeOf(host), sites }, year);
}

function showProgramme({ programme: key, start, submitted }: CaseSummary) {
  const { code, title } = programmeAt(key);
  return { key, code, year: yearOfStart(key, start, submitted), title };
}

function showLanding({ cycle, agendaCloses, cohort, meetings }: Landing, awaited: readonly PanelCode[]) {
  const all = panelCodes.flatMap((panel) => {
    const meeting = meetings[panel];
    return meeting === undefined
      ? []
      : [{ panel, meeting: meeting && meeting.id, day: meeting && meeting.day, ahead: awaited.includes(panel) }];
  });
  return { cycle, agendaCloses, cohort, meetings: all };
}

/** The phases of a placement follow each other without a gap; each is shown from its first school day (R80, R81). */
function showPhases(state: CaseState, calendar: Calendar) {
  if (state.position.stage !== 'placement') return [];
  return phasesOf(state, state.position, calendar).map(({ title, first, last, hostDays }) => ({
    ...{ title, last, hostDays },
    first: schoolDayFrom(first, calendar) ?? first,
  }));
}

function showOutcomeOf(reference: string, { kind, at, event, step }: TimelineEntry, timeline: readonly TimelineEntry[]) {
  if (kind !== 'outcomeIssued') return [];
  const { panel, decision, command } = event['outcome'] as Outcome;
  // With reasons that were owed it was issued later than it was decided.
  const given = timeline.find((entry) => entry.step === step && entry.kind === 'reasonsGiven');
  const decidedBy = given ? given.event['of'] : command;
  const back = timeline.find((entry) => entry.kind === 'decisionTakenBack' && entry.event['of'] === decidedBy);
  return [{ panel, decision, issued: at, takenBack: back?.at ?? null, ...outcomeLinks(reference, command) }];
}

/** Where an outcome document is: for programs, and as a page. */
export function outcomeLinks(reference: string, command: string) {
  return { href: `/api/v1/cases/${reference}/outcomes/${command}`, page: `/cases/${reference}/outcomes/${command}` };
}

export function showWait({ role: who, party, what, subject, due, next: acts }: Wait, programme: ProgrammeKey) {
  return { role: who, party, what, title: titleOfWait({ what, subject }, programme), due, next: acts, subject };
}
