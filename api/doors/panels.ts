// Panels: who sits on them, their meetings' seats, interests, attendance and minutes, and who is out of office.
import { z } from 'zod';
import { londonDay } from '../../domain/calendar';
import {
  meetingCommandKinds,
  meetingCommands,
  type MeetingCommandKind,
  type MeetingPersonCommandKind,
} from '../../domain/commands';
import { refusedToThem, theirsAmong } from '../../domain/machine';
import { meetingMachine } from '../../domain/meetings/meeting';
import { seatInWords, seatsOfPanels } from '../../domain/meetings/seats';
import { isQuorate, sittingOf } from '../../domain/meetings/sitting';
import { meetingStageTitles, type MeetingStage, type MeetingState } from '../../domain/meetings/state';
import { can } from '../../domain/permissions';
import { waitTitles } from '../../domain/waits';
import { panelTitles } from '../../domain/words';
import { readMinutes, type Minutes } from '../../records/minutes';
import { readAbsences, readPanels, type StandingPanel } from '../../records/panels';
import type { Person } from '../../records/types';
import { giveToMeeting } from '../../usecases/giveCommand';
import { changeQuorum, changeSeat, enterAbsence, takeOutAbsence } from '../../usecases/panels';
import { commandForm, commandPath, commandSchema, takeApart } from '../commandBody';
import { door, type Door } from '../door';
import { given, HttpProblem } from '../problems';
import { code, day, idempotencyKey, instant, overRead, panelCode, readIn, version } from '../schemas';
import type { Services } from '../services';
import { entry, next, wait, yours } from '../views/case';
import { meetingEventTitles, titleOfEvent } from '../views/events';

const personOrNone = code.nullable();
const named = z.strictObject({ person: z.string(), name: z.string() });

const panel = z
  .strictObject({
    panel: panelCode,
    title: z.string(),
    quorum: z.int().meta({ description: 'How many seats must be present; 0 while CAP has set none' }),
    quorumVersion: version,
    seats: z.array(
      z.strictObject({
        seat: z.string(),
        title: z.string(),
        holder: named.nullable(),
        deputy: named.nullable(),
        version,
        href: z.string(),
      }),
    ),
    people: z
      .array(
        named.extend({
          leads: z.boolean().meta({ description: 'Whether they may lead it, and so hold one of its leading seats' }),
        }),
      )
      .meta({ description: 'Who may sit on it' }),
  })
  .meta({ id: 'Panel' });

export const listOfPanels = z.strictObject({ panels: z.array(panel) });

const absence = z.strictObject({ person: code, name: z.string(), first: day, last: day });

export const onePanel = z.strictObject({ panel });
export const enteredAbsence = absence.omit({ name: true });
export const goneAbsence = absence.pick({ person: true, first: true });
export const listOfAbsences = z.strictObject({ absences: z.array(absence) });

export const minutes = z
  .strictObject({
    meeting: z.string(),
    panel: panelCode,
    title: z.string(),
    day,
    stage: z.strictObject({
      code: z.enum(Object.keys(meetingStageTitles) as [MeetingStage, ...MeetingStage[]]),
      title: z.string(),
    }),
    step: z.int(),
    quorum: z.int(),
    quorate: z
      .boolean()
      .meta({ description: 'Whether enough seats are present to decide, for a case in which nobody has an interest' }),
    seats: z.array(
      z.strictObject({
        seat: z.string(),
        title: z.string(),
        person: z.string().nullable(),
        name: z.string().nullable(),
        present: z.boolean().nullable().meta({ description: 'null while no attendance is recorded' }),
      }),
    ),
    interests: z.array(z.strictObject({ case: z.string(), person: z.string(), name: z.string() })),
    sides: z
      .array(z.strictObject({ case: z.string(), person: z.string(), name: z.string(), side: z.enum(['school', 'host']) }))
      .meta({
        description:
          'Who of the seats acts for the home school or the host of a case that you may see, and is not counted for it',
      }),
    decisions: z
      .array(
        z.strictObject({
          case: z.string(),
          decision: z
            .strictObject({
              kind: z.string(),
              title: z.string(),
              at: instant,
              programme: z.string(),
              texts: z.record(z.string(), z.string()),
              conditionsBy: day.nullable(),
              takenBack: z
                .strictObject({ at: instant, why: z.string() })
                .nullable()
                .meta({ description: 'When the panel took it back, and why; null where it stands' }),
            })
            .nullable()
            .meta({ description: 'null where you may not see the case any more, or take no part in it' }),
        }),
      )
      .meta({ description: 'The cases that were decided at it' }),
    timeline: z.array(entry),
    waits: z.array(wait),
    can: z.array(next),
    yours,
  })
  .meta({ id: 'Minutes', description: 'The record of a panel meeting: made by the meeting itself, signed by its chair' });

export const recordedOfMeeting = z.strictObject({ result: z.literal('recorded'), reference: z.string(), step: z.int() });

const ofMeeting = z.strictObject({ id: z.string().regex(/^(RAP|MAP|HPM)-[0-9-]{10,20}$/, 'must be the id of a meeting') });
const ofPanel = z.strictObject({ panel: panelCode });
const sees = (person: Person) => can(person, 'see-calendar');
const keeps = (person: Person) => can(person, 'keep-panels');

export function panelDoors(services: Services): Door[] {
  return [
    ...panels(services),
    ...absences(services),
    theMinutes(services),
    ...meetingCommandKinds.map((kind) => commandDoor(services, kind)),
  ];
}

function panels(services: Services): Door[] {
  const { database } = services;
  return [
    door({
      method: 'get',
      path: '/api/v1/panels',
      name: 'panels',
      summary: 'The panels: their seats, who usually sits in them, and how many must be present',
      tag: 'Panels',
      who: sees,
      gives: { description: 'In the order in which they decide', body: listOfPanels },
      handle: async ({ person }) => ({ body: { panels: (await readPanels(database, person)).map(showPanel) } }),
    }),
    door({
      method: 'put',
      path: '/api/v1/panels/{panel}/seats/{seat}',
      name: 'changeSeat',
      summary: 'Say who usually sits in a seat, and who stands in',
      about: 'A meeting takes it over until its agenda closes, but for seats that were filled for that meeting.',
      tag: 'Panels',
      who: keeps,
      params: ofPanel.extend({ seat: code }),
      headers: overRead,
      body: z.strictObject({ holder: personOrNone, deputy: personOrNone }),
      gives: { description: 'The panel; the ETag is the version of the seat', body: onePanel, etag: true },
      problems: ['stale'],
      noted: true,
      handle: async ({ person, params: { panel: of, seat }, headers, body }) => {
        const saved = showPanel(given(await changeSeat(services, person, of, { seat, ...body }, readIn(headers))));
        return { body: { panel: saved }, etag: saved.seats.find((each) => each.seat === seat)?.version ?? 0 };
      },
    }),
    door({
      method: 'put',
      path: '/api/v1/panels/{panel}/quorum',
      name: 'changeQuorum',
      summary: 'Say how many seats must be present at a meeting',
      about: 'Those who have an interest in a case are not counted for it, and a chair or vice chair must be there.',
      tag: 'Panels',
      who: keeps,
      params: ofPanel,
      headers: overRead,
      body: z.strictObject({ quorum: z.int().min(0).max(100) }),
      gives: { description: 'The panel; the ETag is the version of its quorum', body: onePanel, etag: true },
      problems: ['stale'],
      noted: true,
      handle: async ({ person, params, headers, body }) => {
        const saved = showPanel(given(await changeQuorum(services, person, params.panel, body.quorum, readIn(headers))));
        return { body: { panel: saved }, etag: saved.quorumVersion };
      },
    }),
  ];
}

function absences(services: Services): Door[] {
  const { database, now } = services;
  return [
    door({
      method: 'get',
      path: '/api/v1/absences',
      name: 'absences',
      summary: 'Who is out of office, from today on: the reader alone, and for CAP everybody',
      tag: 'Panels',
      who: sees,
      gives: { description: 'By their first days', body: listOfAbsences },
      handle: async ({ person }) => ({ body: { absences: await readAbsences(database, person, londonDay(now())) } }),
    }),
    door({
      method: 'put',
      path: '/api/v1/absences/{person}/{first}',
      name: 'enterAbsence',
      summary: 'Enter that somebody is out of office, or change until when',
      about: 'The deputy then sits in their seat at meetings whose agenda is still open.',
      tag: 'Panels',
      who: sees,
      params: z.strictObject({ person: code, first: day }),
      body: z.strictObject({ last: day }),
      gives: { description: 'It is entered', body: enteredAbsence },
      problems: ['not-allowed'],
      handle: async ({ person, params, body }) => ({
        body: given(await enterAbsence(services, person, { ...params, last: body.last })),
      }),
    }),
    door({
      method: 'delete',
      path: '/api/v1/absences/{person}/{first}',
      name: 'takeOutAbsence',
      summary: 'Take an absence out',
      tag: 'Panels',
      who: sees,
      params: z.strictObject({ person: code, first: day }),
      gives: { description: 'It is taken out', body: goneAbsence },
      handle: async ({ person, params }) => ({ body: given(await takeOutAbsence(services, person, params)) }),
    }),
  ];
}

function theMinutes({ database, now }: Services): Door {
  return door({
    method: 'get',
    path: '/api/v1/meetings/{id}/minutes',
    name: 'minutes',
    summary: 'The minutes of a meeting: seats, attendance, interests, decisions, and what the reader may do next',
    tag: 'Panels',
    who: sees,
    params: ofMeeting,
    gives: { description: 'The minutes; their ETag is the step of the meeting', body: minutes, etag: true },
    noted: true,
    handle: async ({ person, params }) => {
      const found = await readMinutes(database, person, params.id);
      if (!found) throw new HttpProblem('not-found', 'There is no such meeting for you, or it is not begun yet.');
      return { body: showMinutes(person, found, now()), etag: found.state.step };
    },
  });
}

function commandDoor(services: Services, kind: MeetingPersonCommandKind): Door {
  return door({
    method: 'post',
    path: commandPath(kind, '{id}', 'meetings'),
    name: kind === 'settleEmail' ? 'settleEmailOfMeeting' : kind,
    summary: meetingCommands[kind].title,
    tag: 'Panels',
    who: 'signed-in',
    params: ofMeeting,
    headers: overRead.extend({ 'idempotency-key': idempotencyKey }),
    body: commandSchema(kind),
    gives: {
      description: 'It stands in the record; the same answer to the same key',
      body: recordedOfMeeting,
    },
    problems: [
      ...(['not-yours', 'not-now', 'stale', 'before-the-meeting', 'nothing-changed', 'reason-needed', 'wrong-value'] as const),
      ...(['key-reused', 'not-received', 'engine-away', 'engine-timeout'] as const),
    ],
    handle: async ({ person, params, headers, body }) => ({
      body: given(
        await giveToMeeting(services, person, {
          reference: params.id,
          kind,
          ...takeApart(kind, body),
          key: headers['idempotency-key'],
          read: readIn(headers),
        }),
      ),
    }),
  });
}

function showPanel({ panel: which, quorum, quorumVersion, seats, people }: StandingPanel) {
  const name = (person: string | null) =>
    person === null ? null : { person, name: people.find((each) => each.person === person)?.name ?? person };
  return {
    panel: which,
    title: panelTitles[which],
    ...{ quorum, quorumVersion },
    seats: seatsOfPanels[which].map(({ code: seat, title }) => {
      const held = seats.find((each) => each.seat === seat);
      const href = `/api/v1/panels/${which}/seats/${seat}`;
      const who = { holder: name(held?.holder ?? null), deputy: name(held?.deputy ?? null) };
      return { seat, title, ...who, version: held?.version ?? 0, href };
    }),
    people: [...people],
  };
}

function showMinutes(person: Person, { state, waits, names, sides, timeline, decisions }: Minutes, now: string) {
  const { reference, panel: which, day: on, stage, step, quorum, seats, present, interests } = state;
  const nameOf = (one: string) => names[one] ?? one;
  return {
    ...{ meeting: reference, panel: which, title: panelTitles[which], day: on, step, quorum },
    stage: { code: stage, title: meetingStageTitles[stage] },
    quorate: isQuorate(sittingOf(state, '', [])),
    seats: seats.map(({ seat, person: who }) => ({
      seat,
      title: seatInWords(which, seat),
      ...{ person: who, name: who === null ? null : nameOf(who), present: present && present.includes(seat) },
    })),
    interests: interests.map((each) => ({ ...each, name: nameOf(each.person) })),
    sides: sides.map((each) => ({ ...each, name: nameOf(each.person) })),
    decisions: decisions.map(({ case: of, decision }) => ({
      case: of,
      decision: decision && showDecision(decision),
    })),
    timeline: timeline.map(({ event, ...one }) => ({ ...one, title: meetingEventTitles[one.kind], codes: event })),
    waits: waits
      .filter(({ party }) => party !== 'system')
      .map(({ role, party, what, subject, due, next: acts }) => ({
        ...{ role, party, what, title: waitTitles[what], due, next: acts, subject },
      })),
    yours: theirsAmong<MeetingState, MeetingCommandKind>(meetingMachine, state, meetingCommandKinds, person),
    can: meetingCommandKinds
      .filter(
        (kind) =>
          meetingMachine.allowed(state, now).includes(kind) && refusedToThem(meetingMachine, state, kind, person) === null,
      )
      .map((kind) => ({
        command: kind,
        title: meetingCommands[kind].title,
        method: 'POST' as const,
        href: commandPath(kind, reference, 'meetings'),
        ...commandForm(kind),
      })),
  };
}

function showDecision({ event, ...decision }: NonNullable<Minutes['decisions'][number]['decision']>) {
  return { ...decision, title: titleOfEvent({ kind: decision.kind, event }, decision.programme) };
}
