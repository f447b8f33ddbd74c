// Cases as people read them: a list in pages, one case with what may be done next, and the outcome document.
import { z } from 'zod';
import { reviewWithSend } from '../../domain/called';
import type { Host } from '../../domain/words';
import { readCalendar } from '../../records/calendar';
import { readCase, readOutcome, readOutcomes } from '../../records/cases';
import { sendTeamIsThere } from '../../records/people';
import type { IssuedOutcome, Person } from '../../records/types';
import { findCases, isOverdue, worklist } from '../../usecases/cases';
import { fromCursor, toCursor } from '../cursor';
import { door, type Door } from '../door';
import { given, HttpProblem } from '../problems';
import {
  code,
  day,
  instant,
  ofReference,
  outcomeDecision,
  panelCode,
  programmeCode,
  reference,
  role,
  sentInstant,
  studentCode,
} from '../schemas';
import type { Services } from '../services';
import { caseSummary, caseView, outcomeLinks, showCase, showSummary, showWait, stageName, wait } from '../views/case';

const most = 100;

const paged = {
  limit: z
    .string()
    .regex(/^([1-9]\d?|100)$/, `must be a number from 1 to ${most}`)
    .optional()
    .meta({ description: `How many on a page, 1 to ${most}; 50 unless said` }),
  cursor: z.string().max(500).optional().meta({ description: '`next` of the page before' }),
};

const filter = z.strictObject({
  stage: stageName.exactOptional(),
  programme: programmeCode.exactOptional(),
  waitingFor: role.exactOptional(),
  school: code.exactOptional(),
  student: studentCode.exactOptional(),
  host: z
    .string()
    .regex(/^(school|provider):[A-Za-z0-9._-]+$/, 'must be a provider or a school such as provider:TP-ONE')
    .transform((host) => host as Host)
    .exactOptional(),
  dueBefore: sentInstant.exactOptional(),
  updatedSince: sentInstant.exactOptional().meta({
    description:
      'Changed at that time or later. Whoever keeps up with changes asks from ten minutes before the latest `updated` that they read: ' +
      'what was on its way then may bear an earlier time. The `step` of a case says whether it is read already.',
  }),
  open: z.enum(['true', 'false']).optional().meta({ description: 'Those that have not ended, or those that have' }),
  named: z.literal('me').optional().meta({ description: 'Those that name you: as case-worker, or as monitoring officer' }),
  ...paged,
});

export const pageOfCases = z.strictObject({
  cases: z.array(caseSummary),
  next: z.string().nullable().meta({ description: 'The cursor of the next page; null on the last' }),
});

const position = z.strictObject({ updated: sentInstant, reference });
const duePosition = z.strictObject({ due: sentInstant, reference, what: z.string(), subject: z.string() });

const task = caseSummary.extend({
  wait,
  overdue: z.boolean(),
});

export const pageOfTasks = z.strictObject({ tasks: z.array(task), next: z.string().nullable() });

const outcome = z
  .strictObject({
    reference,
    command: z.string().meta({ description: 'The name of the document among those of its case' }),
    programme: z.string(),
    year: z.string().meta({ description: 'The academic year of the start' }),
    school: z.string(),
    schoolName: z.string(),
    panel: panelCode,
    decision: outcomeDecision,
    meeting: day.nullable().meta({ description: 'The day of the meeting; null for a decision outside it' }),
    decided: instant,
    issued: instant,
    due: instant.meta({ description: 'When the promise of three working days runs out (R71)' }),
    reconsidered: panelCode.nullable().meta({
      description: 'The panel that the school had asked before to reconsider its refusal, which it may once (A8); null for none',
    }),
    takenBack: instant.nullable().meta({ description: 'When the panel took its decision back; null where it stands' }),
    texts: z
      .record(z.string(), z.string())
      .meta({ description: 'reasons, conditions, alternatives, information, as they were written' }),
    conditionsBy: day.nullable().meta({ description: 'By when the conditions are to be met' }),
    conditionsBefore: z
      .strictObject({ panel: panelCode, text: z.string(), by: day.nullable() })
      .nullable()
      .meta({ description: 'The conditions with which the panel before supported the application (R73); null for none' }),
    expectedStart: day.nullable().meta({ description: 'The start of the cohort, unless it was refused' }),
    nextMeeting: day.nullable(),
    forPlace: z.boolean().meta({ description: 'Of a deferral: whether it is for no place alone, and asks for nothing (R13)' }),
    informationBy: day
      .nullable()
      .meta({ description: 'Of a deferral: the last day on which the school gives what it asks for (A22)' }),
    inLine: z
      .boolean()
      .meta({ description: 'Approved while the course had no place left: the case stands in line for one (A9)' }),
    onboards: z.string().nullable(),
    contact: z.string().nullable(),
    href: z.string(),
    page: z.string().meta({ description: 'The same as a page; with `/pdf` behind it, as a tagged PDF' }),
  })
  .meta({ id: 'Outcome', description: "The panel's outcome document (R72)" });

const noCase = () => new HttpProblem('not-found', 'There is no such case for you: look it up in your list of cases.');
const noOutcome = 'There is no outcome document for you here: it is issued once the panel has decided.';

function showOutcome(found: IssuedOutcome) {
  return { ...found, ...outcomeLinks(found.reference, found.command) };
}

export function caseDoors(services: Services): Door[] {
  const { database, now } = services;
  return [
    door({
      method: 'get',
      path: '/api/v1/cases',
      name: 'cases',
      summary: 'Cases that the reader may see, in pages',
      about: 'The last changed first. A page is stable: what changes while you turn pages is neither shown twice nor lost below.',
      tag: 'Cases',
      who: 'signed-in',
      query: filter,
      gives: { description: 'A page', body: pageOfCases },
      noted: true,
      handle: ({ person, query }) => pageFor(services, person, query, null),
    }),
    door({
      method: 'post',
      path: '/api/v1/cases/search',
      name: 'searchCases',
      summary: 'Find cases by what is known of them',
      about:
        "Words of the student's name, the pupil number or the reference, each from its beginning; accents and capitals make no difference. " +
        'They are sent in the body, so that no address holds the name of a child; what else is asked stands in the address, as for the list.',
      tag: 'Cases',
      who: 'signed-in',
      query: filter,
      body: z.strictObject({ text: z.string().trim().min(1, 'must be written').max(200, 'must have at most 200 characters') }),
      gives: { description: 'A page, the last changed first', body: pageOfCases },
      noted: true,
      handle: ({ person, query, body: { text } }) => pageFor(services, person, query, text),
    }),
    door({
      method: 'get',
      path: '/api/v1/worklist',
      name: 'worklist',
      summary: 'A worklist: what waits for the reader, what is due first in front',
      about:
        'With `of=named`: of that, what is about cases that name you. With `of=others`, for CAP: what is overdue with others.',
      tag: 'Cases',
      who: 'signed-in',
      query: z.strictObject({ of: z.enum(['mine', 'named', 'others']).optional(), ...paged }),
      gives: {
        description: 'A page; a case stands there once for each thing that it waits for',
        body: pageOfTasks,
      },
      problems: ['not-allowed'],
      noted: true,
      handle: async ({ person, query: { of = 'mine', limit = '50', cursor } }) => {
        const after = cursor === undefined ? null : fromCursor(duePosition, cursor);
        const page = given(await worklist(services, person, of, { limit: Number(limit), after }));
        const tasks = page.rows.map((row) => ({
          ...showSummary(person, row),
          wait: showWait(row.wait, row.programme),
          overdue: isOverdue(row, now()),
        }));
        return { body: { tasks, next: page.next && toCursor(page.next) } };
      },
    }),
    door({
      method: 'get',
      path: '/api/v1/cases/{reference}',
      name: 'case',
      summary: 'A case: where it stands, what happened, and what the reader may do next',
      tag: 'Cases',
      who: 'signed-in',
      params: ofReference,
      gives: { description: 'The case; its ETag is its step', body: caseView, etag: true },
      noted: true,
      handle: async ({ person, params }) => {
        const record = await readCase(database, person, params.reference);
        if (!record) throw noCase();
        const { calendar } = await readCalendar(database, person);
        const send = reviewWithSend(record.state) && ((await sendTeamIsThere(database, person)) ? 'invited' : 'nobody');
        return { body: showCase(person, record, now(), calendar, send), etag: record.step };
      },
    }),
    door({
      method: 'get',
      path: '/api/v1/cases/{reference}/outcome',
      name: 'outcome',
      summary: "The panel's outcome document",
      tag: 'Cases',
      who: 'signed-in',
      params: ofReference,
      gives: { description: 'The document, as it was issued last', body: outcome },
      noted: true,
      handle: async ({ person, params }) => {
        const found = await readOutcome(database, person, params.reference);
        if (!found) throw new HttpProblem('not-found', noOutcome);
        return { body: showOutcome(found) };
      },
    }),
    door({
      method: 'get',
      path: '/api/v1/cases/{reference}/outcomes',
      name: 'outcomes',
      summary: 'All outcome documents of a case, in the order in which they were issued',
      tag: 'Cases',
      who: 'signed-in',
      params: ofReference,
      gives: { description: 'None while none is issued', body: z.strictObject({ outcomes: z.array(outcome) }) },
      noted: true,
      handle: async ({ person, params }) => {
        const found = await readOutcomes(database, person, params.reference);
        if (found.length === 0 && !(await readCase(database, person, params.reference))) throw noCase();
        return { body: { outcomes: found.map(showOutcome) } };
      },
    }),
    door({
      method: 'get',
      path: '/api/v1/cases/{reference}/outcomes/{command}',
      name: 'issuedOutcome',
      summary: 'One outcome document of a case, by its name',
      tag: 'Cases',
      who: 'signed-in',
      params: z.strictObject({ reference, command: code }),
      gives: { description: 'The document, as it was issued', body: outcome },
      noted: true,
      handle: async ({ person, params }) => {
        const [found] = await readOutcomes(database, person, params.reference, params.command);
        if (!found) throw new HttpProblem('not-found', noOutcome);
        return { body: showOutcome(found) };
      },
    }),
  ];
}

/** @param text what is looked for; null for all */
async function pageFor(services: Services, person: Person, query: z.infer<typeof filter>, text: string | null) {
  const { limit = '50', cursor, open, named, ...rest } = query;
  const after = cursor === undefined ? null : fromCursor(position, cursor);
  const wanted = { ...rest, named: named === 'me', ...(open === undefined ? {} : { open: open === 'true' }) };
  const page = given(await findCases(services, person, wanted, text, { limit: Number(limit), after }));
  return { body: { cases: page.rows.map((row) => showSummary(person, row)), next: page.next && toCursor(page.next) } };
}
