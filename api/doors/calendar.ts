// CAP's calendar: the panel cycles and their meetings, each with its agenda.
import { z } from 'zod';
import { londonDay, type Cycle } from '../../domain/calendar';
import { can } from '../../domain/permissions';
import { panelTitles } from '../../domain/words';
import { listMeetings, readCalendar, readMeeting } from '../../records/calendar';
import { createCycle, moveMeeting, planMeeting } from '../../records/calendarEdits';
import type { MeetingPage, MeetingRecord, Person } from '../../records/types';
import { tellCases } from '../../usecases/tellCases';
import { door, type Door } from '../door';
import { HttpProblem } from '../problems';
import { academicYear, code, day, ifMatch, panelCode, programmeCode, term } from '../schemas';
import type { Services } from '../services';
import { caseSummary, showSummary } from '../views/case';

const meeting = z
  .strictObject({
    id: z.string(),
    panel: panelCode,
    title: z.string(),
    cycle: z.string(),
    day,
    deadline: day.meta({ description: 'The agenda closes at the end of this day' }),
    version: z.int(),
    agenda: z.int().meta({ description: 'How many cases that you may see are on its agenda' }),
    href: z.string(),
  })
  .meta({ id: 'Meeting' });

const meetingDay = z.strictObject({ id: z.string(), panel: panelCode, day });
const cycle = z
  .strictObject({
    id: z.string(),
    academicYear: z.string(),
    number: z.int(),
    deadline: day,
    items: z.array(z.strictObject({ programme: z.string(), cohortStart: day.nullable(), panels: z.array(panelCode).nullable() })),
    meetings: z.record(panelCode, meetingDay.nullable()),
  })
  .meta({ id: 'Cycle' });

const told = z.boolean().meta({ description: 'Whether the cases concerned were told at once; if not, they are within minutes' });

const places = z.array(
  z.strictObject({
    programme: z.string(),
    academicYear: z.string(),
    term,
    inTerm: z.int(),
    inYear: z.int(),
  }),
);

const newCycle = z.strictObject({
  academicYear: academicYear
    .exactOptional()
    .meta({ description: 'The year that it is numbered in; that of its deadline unless said' }),
  deadline: day,
  items: z.array(z.strictObject({ programme: programmeCode, cohortStart: day.nullable() })).max(50, 'must list at most 50'),
  meetings: z.strictObject({
    'review-and-authorisation': day.nullable(),
    'multi-agency': day.nullable(),
    'headteacher-placement': day.nullable(),
  }),
});

const ofId = z.strictObject({ id: code });
const sees = (person: Person) => can(person, 'see-calendar');
const edits = (person: Person) => can(person, 'edit-calendar');

export function calendarDoors(services: Services): Door[] {
  return [cycles(services), begin(services), plan(services), meetings(services), oneMeeting(services), move(services)];
}

function cycles({ database }: Services): Door {
  return door({
    method: 'get',
    path: '/api/v1/cycles',
    name: 'cycles',
    summary: 'The panel cycles: what each considers, its referral deadline, and when the panels meet',
    tag: 'Calendar',
    who: sees,
    gives: { description: 'In the order of their deadlines', body: z.strictObject({ cycles: z.array(cycle) }) },
    handle: async ({ person }) => ({ body: { cycles: (await readCalendar(database, person)).cycles.map(showCycle) } }),
  });
}

function begin(services: Services): Door {
  const { database, now } = services;
  return door({
    method: 'post',
    path: '/api/v1/cycles',
    name: 'enterCycle',
    summary: 'Enter a panel cycle',
    about: 'Cases that waited for one are told. A panel that does not meet in it is null, and decides outside a meeting.',
    tag: 'Calendar',
    who: edits,
    body: newCycle,
    gives: { status: 201, description: 'The cycle', body: z.strictObject({ cycle, told }) },
    noted: true,
    handle: async ({ person, body }) => {
      if (body.deadline < londonDay(now())) {
        const message = 'The referral deadline is past, and no application could meet it: write one to come.';
        throw new HttpProblem('wrong-values', undefined, { errors: [{ field: 'deadline', rule: 'R93', message }] });
      }
      const made = edited(await createCycle(database, person, body));
      const all = Object.values(made.cycle.meetings).filter((each) => each !== null);
      const saved = await tellCases(services, person, { ...made, meetings: all });
      return { body: { cycle: showCycle(made.cycle), told: saved } };
    },
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
    body: z.strictObject({ panel: panelCode, day }),
    gives: { status: 201, description: 'The meeting', body: z.strictObject({ meeting, told }) },
    noted: true,
    handle: async ({ person, params, body }) => {
      const planned = await planMeeting(services.database, person, params.id, body);
      if (!planned) throw new HttpProblem('not-found', 'There is no such cycle: look it up in the list of cycles.');
      return savedMeeting(services, person, edited(planned));
    },
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
    gives: { description: 'In the order of their days', body: z.strictObject({ meetings: z.array(meeting) }) },
    handle: async ({ person, query: { from = londonDay(now()) } }) => ({
      body: { meetings: (await listMeetings(database, person, { from })).map(showMeeting) },
    }),
  });
}

function oneMeeting({ database }: Services): Door {
  return door({
    method: 'get',
    path: '/api/v1/meetings/{id}',
    name: 'meeting',
    summary: 'A meeting with its agenda: the cases on it that you may see, and the places left in their programmes',
    tag: 'Calendar',
    who: sees,
    params: ofId,
    gives: {
      description: 'The meeting; its ETag is its version',
      body: z.strictObject({
        meeting,
        agenda: z.array(caseSummary),
        places: places.nullable().meta({ description: 'For CAP and the panel that meets; null for others' }),
      }),
      etag: true,
    },
    noted: true,
    handle: async ({ person, params }) => {
      const page = await readMeeting(database, person, params.id);
      if (!page) throw noMeeting();
      const body = { meeting: showMeeting(page.meeting), agenda: page.agenda.map(showSummary), places: placesFor(person, page) };
      return { body, etag: page.meeting.version };
    },
  });
}

function move(services: Services): Door {
  return door({
    method: 'post',
    path: '/api/v1/meetings/{id}/move',
    name: 'moveMeeting',
    summary: 'Move a meeting to another day',
    about: 'The cases that it concerns count their dates anew, and their schools are told.',
    tag: 'Calendar',
    who: edits,
    params: ofId,
    headers: z.strictObject({ 'if-match': ifMatch.optional() }),
    body: z.strictObject({ day }),
    gives: { description: 'The meeting', body: z.strictObject({ meeting, told }) },
    problems: ['stale'],
    noted: true,
    handle: async ({ person, params, headers, body }) => {
      const version = headers['if-match'] ?? null;
      const moved = await moveMeeting(services.database, person, params.id, { day: body.day, version });
      if (!moved) throw noMeeting();
      if (moved === 'stale') throw new HttpProblem('stale', 'It was moved since you read it: read it again, then move it.');
      return savedMeeting(services, person, edited(moved));
    },
  });
}

type Saved<T> = T & { readonly change: string; readonly tell: readonly string[] };

/** @throws HttpProblem wrong-values with each field, when records would not have it */
export function edited<T extends object>(
  result: Saved<T> | { readonly problems: readonly { field: string; rule: string; message: string }[] },
): Saved<T> {
  if ('problems' in result) throw new HttpProblem('wrong-values', undefined, { errors: result.problems });
  return result;
}

async function savedMeeting(services: Services, person: Person, saved: Saved<{ readonly meeting: MeetingRecord }>) {
  const told = await tellCases(services, person, { ...saved, meetings: [saved.meeting] });
  return { body: { meeting: showMeeting(saved.meeting), told } };
}

/** The ledger counts the cases that one sees: it is whole for CAP and for the panel, and would mislead others. */
function placesFor({ parties }: Person, { meeting: { panel }, agenda, places: all }: MeetingPage) {
  if (!parties.includes('cap') && !parties.includes(`panel:${panel}`)) return null;
  const programmes = new Set(agenda.map(({ programme }) => programme.split('@')[0]));
  return all.filter(({ programme }) => programmes.has(programme));
}

function showMeeting({ id, panel, cycle: of, day: on, deadline, version, agenda }: MeetingRecord) {
  return { id, panel, title: panelTitles[panel], cycle: of, day: on, deadline, version, agenda, href: `/api/v1/meetings/${id}` };
}

function showCycle({ id, academicYear: year, number, deadline, items, meetings: all }: Cycle) {
  return { id, academicYear: year, number, deadline, items, meetings: all };
}

function noMeeting(): HttpProblem {
  return new HttpProblem('not-found', 'There is no such meeting: look it up in the list of meetings.');
}
