// CAP's calendar: the panel cycles and their meetings, each with its agenda.
import { z } from 'zod';
import { lastDayOfAgenda, londonDay, panelCodes, workingDaysUntil, type Calendar, type IsoDate } from '../../domain/calendar';
import { can } from '../../domain/permissions';
import { seatTitle } from '../../domain/meetings/seats';
import { programmeAt } from '../../domain/programmes';
import { panelTitles } from '../../domain/words';
import { listMeetings, readCalendar } from '../../records/calendar';
import type { CycleRecord, MeetingPage, MeetingRecord, Person } from '../../records/types';
import {
  cancelMeeting,
  changeCycle,
  enterCycle,
  moveMeeting,
  planMeeting,
  removeCycle,
  type Told,
} from '../../usecases/calendar';
import { importTable, previewTable, proposeTable, type RowRead } from '../../usecases/calendarTable';
import { readAgenda } from '../../usecases/panels';
import { door, type Door } from '../door';
import { given, HttpProblem } from '../problems';
import { academicYear, code, day, importCounts, instant, makingKey, overRead, panelCode, placesOfTerm, readIn } from '../schemas';
import type { Services } from '../services';
import { caseSummary, showSummary } from '../views/case';

const meeting = z
  .strictObject({
    id: z.string(),
    panel: panelCode,
    title: z.string(),
    cycle: z.string(),
    day,
    deadline: day.meta({
      description:
        'The referral deadline of its cycle. The agenda closes at the end of this day, and before the day of the meeting at the latest.',
    }),
    version: z.int(),
    agenda: z.int().meta({ description: 'How many cases that you may know of are on its agenda' }),
    href: z.string(),
  })
  .meta({ id: 'Meeting' });

/** A meeting as people look forward to it. */
const comingMeeting = meeting.extend({
  decided: z.int().meta({ description: 'How many decisions were made at it; 0 for those who do not see the meeting' }),
  workingDays: z
    .int()
    .nullable()
    .meta({ description: 'How many working days there are until its day; 0 on the day itself, null once it is over' }),
  yourSeat: z
    .string()
    .nullable()
    .meta({ description: 'The title of the seat in which you sit at it; null where you sit in none' }),
  seated: z.boolean().meta({ description: 'Whether anybody sits in a seat of it; false for those who do not see the meeting' }),
  workingDaysToDeadline: z.int().nullable().meta({ description: 'The same until the last day on which its agenda is open' }),
});

export const listOfMeetings = z.strictObject({ meetings: z.array(comingMeeting) });

const meetingDay = z.strictObject({ id: z.string(), panel: panelCode, day });
const cycle = z
  .strictObject({
    id: z.string(),
    academicYear: z.string(),
    number: z.int(),
    deadline: day,
    items: z.array(z.strictObject({ programme: z.string(), cohortStart: day.nullable(), panels: z.array(panelCode).nullable() })),
    meetings: z.record(panelCode, meetingDay.nullable()),
    version: z.int(),
    href: z.string(),
  })
  .meta({ id: 'Cycle' });

export const meetingWithAgenda = z.strictObject({
  meeting: comingMeeting,
  agenda: z.array(caseSummary).meta({
    description:
      'What is still to be decided, in the order in which it is taken: what takes one of few places first, then by start, then by who applied first',
  }),
  unopened: z.array(z.strictObject({ reference: z.string(), programme: z.string(), schoolName: z.string() })).meta({
    description:
      'Cases on its agenda whose packs you read when the agenda closes, for who sits on the panel: nothing of the child',
  }),
  decided: z.array(caseSummary).meta({ description: 'What was decided at it, in that order; their words stand in the minutes' }),
  prepared: z
    .array(
      z.strictObject({
        case: z.string(),
        panel: panelCode,
        conditions: z.boolean(),
        at: instant,
        texts: z.record(z.string(), z.string()),
      }),
    )
    .meta({ description: 'What the panel before said of a case, for the panel that decides (R73)' }),
  plans: z
    .array(z.string())
    .meta({ description: 'The cases whose student has an EHCP: the SEND seat reads them with care (A12)' }),
  places: z.array(placesOfTerm).nullable().meta({ description: 'For CAP and the panel that meets; null for others' }),
});

const told = z.boolean().meta({ description: 'Whether the cases concerned were told at once; if not, they are within minutes' });

const item = z.strictObject({
  programme: code,
  cohortStart: day.nullable(),
  panels: z
    .array(panelCode)
    .max(panelCodes.length, `must list at most ${panelCodes.length}`)
    .nullable()
    .default(null)
    .meta({ description: "Those panels of the programme's route that decide in this cycle, in order; null: all of them" }),
});
const cycleTerms = z.strictObject({ deadline: day, items: z.array(item).max(50, 'must list at most 50') });
const newCycle = cycleTerms.extend({
  academicYear: academicYear
    .exactOptional()
    .meta({ description: 'The year that it is numbered in; that of its deadline unless said' }),
  meetings: z.record(panelCode, day.nullable()),
});

const table = z.strictObject({
  academicYear,
  table: z.string().min(1).max(50_000).meta({
    description:
      'As it is copied: a line for each row, tabs between its columns: items, deadline, meetings, starts of Tier 2, of Tier 3',
  }),
});

const rowRead = z
  .strictObject({
    academicYear: z.string(),
    deadline: day,
    items: z.array(z.strictObject({ programme: z.string(), cohortStart: day.nullable(), panels: z.array(panelCode).nullable() })),
    meetings: z.record(panelCode, day.nullable()),
    standing: z
      .enum(['new', 'there', 'not-possible'])
      .meta({ description: 'Whether it would be entered: a cycle with that deadline may be there already, or a rule forbid it' }),
    problems: z.array(z.strictObject({ field: z.string(), rule: z.string(), message: z.string() })),
  })
  .meta({ id: 'CalendarRow' });

const warnings = z.array(z.string()).meta({ description: 'What somebody should look at, each with its row' });

const making = z.strictObject({ 'idempotency-key': makingKey });
const ofId = z.strictObject({ id: code });
const sees = (person: Person) => can(person, 'see-calendar');
const edits = (person: Person) => can(person, 'edit-calendar');

export const listOfCycles = z.strictObject({ cycles: z.array(cycle) });
export const cycleFound = z.strictObject({ cycle });
export const cycleSaved = z.strictObject({ cycle, told });
export const calendarProposal = z.strictObject({ table: z.string(), rows: z.array(rowRead), warnings });
export const calendarPreview = z.strictObject({ rows: z.array(rowRead), warnings });
export const calendarImported = z.strictObject({
  counts: importCounts,
  entered: z.array(cycle),
  left: z.array(rowRead),
  warnings,
  told,
});
export const meetingSaved = z.strictObject({ meeting, told });
export const takenOut = z.strictObject({ id: z.string(), told });

export function calendarDoors(services: Services): Door[] {
  return [
    cycles(services),
    oneCycle(services),
    enter(services),
    propose(services),
    preview(services),
    importing(services),
    change(services),
    remove(services),
    plan(services),
    meetings(services),
    oneMeeting(services),
    move(services),
    cancel(services),
  ];
}

function cycles({ database }: Services): Door {
  return door({
    method: 'get',
    path: '/api/v1/cycles',
    name: 'cycles',
    summary: 'The panel cycles: what each considers, its referral deadline, and when the panels meet',
    tag: 'Calendar',
    who: sees,
    gives: { description: 'In the order of their deadlines', body: listOfCycles },
    handle: async ({ person }) => ({ body: { cycles: (await readCalendar(database, person)).cycles.map(showCycle) } }),
  });
}

function oneCycle({ database }: Services): Door {
  return door({
    method: 'get',
    path: '/api/v1/cycles/{id}',
    name: 'cycle',
    summary: 'A panel cycle',
    tag: 'Calendar',
    who: sees,
    params: ofId,
    gives: { description: 'The cycle; its ETag is its version', body: cycleFound, etag: true },
    handle: async ({ person, params }) => {
      const found = (await readCalendar(database, person)).cycles.find(({ id }) => id === params.id);
      if (!found) throw new HttpProblem('not-found', 'There is no such cycle: look it up in the list of cycles.');
      return { body: { cycle: showCycle(found) }, etag: found.version };
    },
  });
}

function enter(services: Services): Door {
  return door({
    method: 'post',
    path: '/api/v1/cycles',
    name: 'enterCycle',
    summary: 'Enter a panel cycle',
    about: 'Cases that waited for one are told. A panel that does not meet in it is null, and decides outside a meeting.',
    tag: 'Calendar',
    who: edits,
    headers: making,
    body: newCycle,
    gives: { status: 201, description: 'The cycle', body: cycleSaved, etag: true },
    noted: true,
    problems: ['key-reused'],
    handle: async ({ person, headers, body }) =>
      savedCycle(given(await enterCycle(services, person, body, headers['idempotency-key'] ?? null))),
  });
}

function propose(services: Services): Door {
  return door({
    method: 'get',
    path: '/api/v1/calendar/proposals/{academicYear}',
    name: 'proposeCalendar',
    summary: "Propose CAP's table of a year from its terms",
    about:
      'As in 2024-25: deadlines on Wednesdays, the panels 13 days later, cohorts that end with their terms. Nothing is entered: edit the table, then preview and import it.',
    tag: 'Calendar',
    who: edits,
    params: z.strictObject({ academicYear }),
    gives: {
      description: 'The table as text, each row of it as a cycle, and the warnings',
      body: calendarProposal,
    },
    problems: ['wrong-values'],
    handle: async ({ person, params }) => {
      const { table: text, rows, warnings: found } = given(await proposeTable(services, person, params.academicYear));
      return { body: { table: text, rows: rows.map(showRow), warnings: [...found] } };
    },
  });
}

function preview(services: Services): Door {
  return door({
    method: 'post',
    path: '/api/v1/calendar/preview',
    name: 'previewCalendar',
    summary: "Read CAP's table of a year, and show what would come of it",
    about: 'Nothing is entered. Look at the warnings: what the table prints twice, in two ways or not at all.',
    tag: 'Calendar',
    who: edits,
    body: table,
    gives: { description: 'Each row as a cycle, and the warnings', body: calendarPreview },
    handle: async ({ person, body }) => {
      const { rows, warnings: found } = given(await previewTable(services, person, body));
      return { body: { rows: rows.map(showRow), warnings: [...found] } };
    },
  });
}

function importing(services: Services): Door {
  return door({
    method: 'post',
    path: '/api/v1/calendar/import',
    name: 'importCalendar',
    summary: "Enter the cycles of CAP's table of a year",
    about: 'Every row that is new and possible; the others are left, and told. The same table again enters nothing twice.',
    tag: 'Calendar',
    who: edits,
    body: table,
    gives: {
      status: 201,
      description: 'What was entered, and what was left',
      body: calendarImported,
    },
    noted: true,
    handle: async ({ person, body }) => {
      const { counts, entered, left, warnings: found, told: all } = given(await importTable(services, person, body));
      return { body: { counts, entered: entered.map(showCycle), left: left.map(showRow), warnings: [...found], told: all } };
    },
  });
}

function showRow({ cycle: { academicYear: year, deadline, items, meetings }, standing, problems }: RowRead) {
  const read = items.map(({ programme, cohortStart, panels }) => ({ programme, cohortStart, panels: panels && [...panels] }));
  return { ...{ academicYear: year ?? '', deadline, items: read, meetings }, standing, problems: [...problems] };
}

function change(services: Services): Door {
  return door({
    method: 'put',
    path: '/api/v1/cycles/{id}',
    name: 'changeCycle',
    summary: 'Change the referral deadline and the items of a cycle',
    about:
      'While its deadline is to come. The open cases on it are told of another deadline; an item on which one has landed stays as it is.',
    tag: 'Calendar',
    who: edits,
    params: ofId,
    headers: overRead,
    body: cycleTerms,
    gives: { description: 'The cycle as it is now', body: cycleSaved, etag: true },
    problems: ['stale'],
    noted: true,
    handle: async ({ person, params, headers, body }) =>
      savedCycle(given(await changeCycle(services, person, params.id, { ...body, version: readIn(headers) }))),
  });
}

function remove(services: Services): Door {
  return door({
    method: 'delete',
    path: '/api/v1/cycles/{id}',
    name: 'removeCycle',
    summary: 'Take a cycle out, with its meetings',
    about: 'While its deadline is to come and no open case has landed on it.',
    tag: 'Calendar',
    who: edits,
    params: ofId,
    headers: overRead,
    gives: { description: 'It is taken out', body: takenOut },
    problems: ['stale', 'not-editable'],
    noted: true,
    handle: async ({ person, params, headers }) => ({
      body: given(await removeCycle(services, person, params.id, readIn(headers))),
    }),
  });
}

function plan(services: Services): Door {
  return door({
    method: 'post',
    path: '/api/v1/cycles/{id}/meetings',
    name: 'planMeeting',
    summary: 'Plan the meeting of a panel that had none in a cycle',
    tag: 'Calendar',
    who: edits,
    params: ofId,
    headers: making,
    body: z.strictObject({ panel: panelCode, day }),
    gives: { status: 201, description: 'The meeting', body: meetingSaved, etag: true },
    noted: true,
    problems: ['key-reused'],
    handle: async ({ person, params, headers, body }) =>
      savedMeeting(given(await planMeeting(services, person, params.id, body, headers['idempotency-key'] ?? null))),
  });
}

function meetings({ database, now }: Services): Door {
  return door({
    method: 'get',
    path: '/api/v1/meetings',
    name: 'meetings',
    summary: 'The meetings of the panels from a day on',
    tag: 'Calendar',
    who: sees,
    query: z.strictObject({ from: day.optional().meta({ description: 'Today unless said' }) }),
    gives: { description: 'In the order of their days', body: listOfMeetings },
    handle: async ({ person, query: { from = londonDay(now()) } }) => {
      const { calendar } = await readCalendar(database, person);
      const all = await listMeetings(database, person, { from });
      return { body: { meetings: all.map((each) => showComing(each, londonDay(now()), calendar)) } };
    },
  });
}

function oneMeeting(services: Services): Door {
  const { database, now } = services;
  return door({
    method: 'get',
    path: '/api/v1/meetings/{id}',
    name: 'meeting',
    summary: 'A meeting with its agenda: the cases on it that the reader may see, and the places left in their programmes',
    tag: 'Calendar',
    who: sees,
    params: ofId,
    gives: {
      description: 'The meeting; its ETag is its version',
      body: meetingWithAgenda,
      etag: true,
    },
    noted: true,
    handle: async ({ person, params }) => {
      const page = await readAgenda(services, person, params.id);
      if (!page) throw noMeeting();
      const { meeting: found, agenda, unopened, decided, prepared, plans } = page;
      const { calendar } = await readCalendar(database, person);
      return {
        body: {
          meeting: showComing(found, londonDay(now()), calendar),
          agenda: agenda.map((row) => showSummary(person, row)),
          unopened: unopened.map(({ programme, ...each }) => ({ ...each, programme: programmeAt(programme).title })),
          decided: decided.map((row) => showSummary(person, row)),
          prepared: prepared.map(({ reference, ...said }) => ({ case: reference, ...said })),
          plans: [...plans],
          places: placesFor(person, page),
        },
        etag: found.version,
      };
    },
  });
}

function move(services: Services): Door {
  return door({
    method: 'post',
    path: '/api/v1/meetings/{id}/move',
    name: 'moveMeeting',
    summary: 'Move a meeting to another day',
    about:
      'The cases that it concerns count their dates anew, and their schools are told. Once a case is decided at it, it stays on its day.',
    tag: 'Calendar',
    who: edits,
    params: ofId,
    headers: overRead,
    body: z.strictObject({ day }),
    gives: { description: 'The meeting', body: meetingSaved, etag: true },
    problems: ['stale'],
    noted: true,
    handle: async ({ person, params, headers, body }) =>
      savedMeeting(given(await moveMeeting(services, person, params.id, { day: body.day, version: readIn(headers) }))),
  });
}

function cancel(services: Services): Door {
  return door({
    method: 'delete',
    path: '/api/v1/meetings/{id}',
    name: 'cancelMeeting',
    summary: 'Take a meeting out',
    about:
      'While it is to come, no case was decided at it and no open one has landed on it. A meeting with cases is moved to another day instead.',
    tag: 'Calendar',
    who: edits,
    params: ofId,
    headers: overRead,
    gives: { description: 'It is taken out', body: takenOut },
    problems: ['stale', 'not-editable'],
    noted: true,
    handle: async ({ person, params, headers }) => ({
      body: given(await cancelMeeting(services, person, params.id, readIn(headers))),
    }),
  });
}

function savedCycle({ cycle: saved, told: all }: Told<{ readonly cycle: CycleRecord }>) {
  return { body: { cycle: showCycle(saved), told: all }, etag: saved.version };
}

function savedMeeting({ meeting: saved, told: all }: Told<{ readonly meeting: MeetingRecord }>) {
  return { body: { meeting: showMeeting(saved), told: all }, etag: saved.version };
}

/** What the panel must know when it decides: of the programmes on its agenda. */
function placesFor({ parties }: Person, { meeting: { panel }, agenda, places: all }: MeetingPage) {
  const ofPanel = parties.includes(`panel:${panel}`) || parties.includes(`member:${panel}`);
  if (!parties.includes('cap') && !ofPanel) return null;
  const programmes = new Set(agenda.map(({ programme }) => programme.split('@')[0]));
  return all.filter(({ programme }) => programmes.has(programme));
}

function showMeeting({ id, panel, cycle: of, day: on, deadline, version, agenda }: MeetingRecord) {
  return { id, panel, title: panelTitles[panel], cycle: of, day: on, deadline, version, agenda, href: `/api/v1/meetings/${id}` };
}

function showComing(found: MeetingRecord, today: IsoDate, calendar: Calendar) {
  const left = (to: IsoDate) => (to < today ? null : workingDaysUntil(today, to, calendar));
  const { panel, decided, day: on, deadline, yourSeat, seated } = found;
  return {
    ...{ ...showMeeting(found), decided, yourSeat: yourSeat && seatTitle(panel, yourSeat), seated },
    ...{ workingDays: left(on), workingDaysToDeadline: left(lastDayOfAgenda(deadline, on)) },
  };
}

function showCycle({ id, academicYear: year, number, deadline, items, meetings: all, version }: CycleRecord) {
  return { id, academicYear: year, number, deadline, items, meetings: all, version, href: `/api/v1/cycles/${id}` };
}

function noMeeting(): HttpProblem {
  return new HttpProblem('not-found', 'There is no such meeting: look it up in the list of meetings.');
}
