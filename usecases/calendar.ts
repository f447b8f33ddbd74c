// CAP keeps its calendar: cycles, meetings, closures and terms. Each edit is judged by domain's rules, written, and told to the cases that
// it concerns.
import {
  academicYearOf,
  closureProblems,
  cycleByHandProblems,
  cycleChangeProblems,
  cycleRemovalProblems,
  halfTermProblems,
  halfTermRemovalProblems,
  isIsoDate,
  londonDay,
  meetingMoveProblems,
  meetingPlanProblems,
  meetingRemovalProblems,
  meetingsOf,
  type Cycle,
  type CycleTerms,
  type HalfTerm,
  type IsoDate,
  type KnownProgrammes,
  type NewCycle,
  type PanelCode,
} from '../domain/calendar';
import type { Actor } from '../domain/facts';
import { programmeCodes, programmeFor } from '../domain/programmes';
import { decidingPanelsOf } from '../domain/route';
import { readCalendar, readMeeting } from '../records/calendar';
import * as edits from '../records/calendarEdits';
import type { CalendarRows, CycleRecord, MeetingRecord } from '../records/types';
import { once } from './once';
import { editedMeanwhile, wrongValues, type Refused } from './refused';
import type { Services } from './services';
import { tellCases } from './tellCases';

/** What an edit made, and whether the cases concerned were told at once; if not, the sweep tells them within minutes. */
export type Told<T> = T & { readonly told: boolean };

/**
 * Enters a cycle with its meetings (R93).
 * @param problemsOf what it is held against: CAP's table is kept as it is printed, where people who enter a cycle themselves are told
 * @throws DatabaseAway
 */
export function enterCycle(
  services: Services,
  actor: Actor,
  given: NewCycle,
  key: string | null,
  problemsOf = cycleByHandProblems,
): Promise<Told<{ readonly cycle: CycleRecord }> | Refused> {
  const { database } = services;
  return once(
    services,
    actor,
    key === null ? null : { what: 'cycle', key, body: given },
    async (keep) => {
      const judge = ({ calendar, cycles }: CalendarRows) =>
        problemsOf(given, {
          ...{ today: today(services), calendar, cycles },
          programmes: knownProgrammes(cycles, given, today(services)),
        });
      const made = await edits.createCycle(database, actor, given, judge, keep);
      if ('problems' in made) return wrongValues(...made.problems);
      return { cycle: made.cycle, told: await tellCases(services, actor, { ...made, meetings: meetingsOf(made.cycle) }) };
    },
    async (id) => {
      const cycle = (await readCalendar(database, actor)).cycles.find((each) => each.id === id);
      return cycle ? { cycle, told: await edits.isTold(database, actor, `cycle ${id}`) } : noCycle;
    },
  );
}

/**
 * Changes the deadline and the items of a cycle (R93, C5).
 * @param version the version that was read; null when that is not said
 * @throws DatabaseAway
 */
export async function changeCycle(
  services: Services,
  actor: Actor,
  id: string,
  given: CycleTerms & { readonly version: number | null },
): Promise<Told<{ readonly cycle: CycleRecord }> | Refused> {
  const saved = await edits.saveCycle(services.database, actor, id, given, ({ found, calendar, cycles, landed }) =>
    cycleChangeProblems(found, given, {
      ...{ today: today(services), calendar, cycles },
      programmes: knownProgrammes(cycles, given, today(services)),
      landed,
    }),
  );
  if (saved === null) return noCycle;
  if ('overtaken' in saved) return editedMeanwhile(saved.overtaken);
  if ('problems' in saved) return wrongValues(...saved.problems);
  return { cycle: saved.cycle, told: await tellCases(services, actor, { ...saved, meetings: meetingsOf(saved.cycle) }) };
}

/** Takes a cycle out with its meetings, while no open case has landed on it. @param version as for `changeCycle` @throws DatabaseAway */
export async function removeCycle(
  services: Services,
  actor: Actor,
  id: string,
  version: number | null,
): Promise<Told<{ readonly id: string }> | Refused> {
  const removed = await edits.removeCycle(services.database, actor, id, version, ({ found, landed }) =>
    cycleRemovalProblems(found, { today: today(services), landed }),
  );
  if (removed === null) return noCycle;
  if ('overtaken' in removed) return editedMeanwhile(removed.overtaken);
  if ('problems' in removed) return notEditable(removed);
  return { id, told: await tellCases(services, actor, { ...removed, meetings: meetingsOf(removed.cycle) }) };
}

/** Gives a cycle a meeting of a panel that had none in it (C18). @throws DatabaseAway */
export function planMeeting(
  services: Services,
  actor: Actor,
  cycle: string,
  given: { readonly panel: PanelCode; readonly day: IsoDate },
  key: string | null,
): Promise<Told<{ readonly meeting: MeetingRecord }> | Refused> {
  const { database } = services;
  return once(
    services,
    actor,
    key === null ? null : { what: 'meeting', key, body: { cycle, ...given } },
    async (keep) => {
      const judge = (found: Cycle, { calendar }: CalendarRows) =>
        meetingPlanProblems(found, given.panel, given.day, { today: today(services), calendar });
      const planned = await edits.planMeeting(database, actor, cycle, given, judge, keep);
      if (planned === null) return noCycle;
      return 'problems' in planned ? wrongValues(...planned.problems) : toldOf(services, actor, planned);
    },
    async (id) => {
      const page = await readMeeting(database, actor, id);
      return page ? { meeting: page.meeting, told: await edits.isTold(database, actor, `meeting ${id}`) } : noMeeting;
    },
  );
}

/** Moves a meeting to another day. @param given `version` as for `changeCycle` @throws DatabaseAway */
export async function moveMeeting(
  services: Services,
  actor: Actor,
  id: string,
  given: { readonly day: IsoDate; readonly version: number | null },
): Promise<Told<{ readonly meeting: MeetingRecord }> | Refused> {
  const moved = await edits.moveMeeting(services.database, actor, id, given, (meeting, cycle, { calendar }) =>
    meetingMoveProblems(meeting, given.day, { cycle, today: today(services), calendar, decided: meeting.decided }),
  );
  if (moved === null) return noMeeting;
  if ('overtaken' in moved) return editedMeanwhile(moved.overtaken);
  return 'problems' in moved ? wrongValues(...moved.problems) : toldOf(services, actor, moved);
}

/** Takes a meeting out, while no open case has landed on it. @param version as for `changeCycle` @throws DatabaseAway */
export async function cancelMeeting(
  services: Services,
  actor: Actor,
  id: string,
  version: number | null,
): Promise<Told<{ readonly id: string }> | Refused> {
  const removed = await edits.removeMeeting(services.database, actor, id, version, ({ found, landed }) =>
    meetingRemovalProblems(found, { today: today(services), landed, decided: found.decided }),
  );
  if (removed === null) return noMeeting;
  if ('overtaken' in removed) return editedMeanwhile(removed.overtaken);
  if ('problems' in removed) return notEditable(removed);
  return { id, told: (await toldOf(services, actor, removed)).told };
}

/** Enters a day on which the council does not work (R71). @throws DatabaseAway */
export async function enterClosure(services: Services, actor: Actor, day: IsoDate): Promise<Told<object> | Refused> {
  const judge = ({ cycles }: CalendarRows) => closureProblems(day, { today: today(services), cycles });
  const saved = await edits.editClosures(services.database, actor, { add: [day], remove: [] }, judge);
  return 'problems' in saved ? wrongValues(...saved.problems) : toldAll(services, actor, saved);
}

/** Takes a day out: the council works on it after all (R71). @throws DatabaseAway */
export async function removeClosure(services: Services, actor: Actor, day: IsoDate): Promise<Told<object> | Refused> {
  const judge = () => closureProblems(day, { today: today(services), cycles: [] });
  const saved = await edits.editClosures(services.database, actor, { add: [], remove: [day] }, judge);
  return 'problems' in saved ? notEditable(saved) : toldAll(services, actor, saved);
}

/** Enters half of a term, or changes its days (C8). @param read the version that was read, as for `changeCycle` @throws DatabaseAway */
export async function saveHalfTerm(
  services: Services,
  actor: Actor,
  given: HalfTerm,
  read: number | null,
): Promise<Told<object> | Refused> {
  const judge = ({ calendar }: CalendarRows) => halfTermProblems(given, { today: today(services), known: calendar.halfTerms });
  const saved = await edits.saveHalfTerm(services.database, actor, given, judge, read);
  if ('overtaken' in saved) return editedMeanwhile(saved.overtaken);
  return 'problems' in saved ? wrongValues(...saved.problems) : toldAll(services, actor, saved);
}

/** Takes half of a term out, while it has not begun (C8). @param read as for `saveHalfTerm` @throws DatabaseAway */
export async function removeHalfTerm(
  services: Services,
  actor: Actor,
  half: Omit<HalfTerm, 'firstDay' | 'lastDay'>,
  read: number | null,
): Promise<Told<object> | Refused> {
  const judge = (found: HalfTerm) => halfTermRemovalProblems(found, { today: today(services) });
  const removed = await edits.removeHalfTerm(services.database, actor, half, judge, read);
  if (removed !== null && 'overtaken' in removed) return editedMeanwhile(removed.overtaken);
  if (removed === null) return { refused: 'not-found', message: 'There is no such half-term: look it up in the terms.' };
  return 'problems' in removed ? notEditable(removed) : toldAll(services, actor, removed);
}

function today({ now }: Services): IsoDate {
  return londonDay(now());
}

/** The programmes that cases are of, with the panels of their route in the year of the deadline; and those that cycles list already. */
export function knownProgrammes(cycles: readonly Cycle[], { deadline }: CycleTerms, otherwise: IsoDate): KnownProgrammes {
  const year = academicYearOf(isIsoDate(deadline) ? deadline : otherwise);
  const listed = cycles.flatMap(({ items }) => items.map(({ programme }) => [programme, null] as const));
  const routes = programmeCodes.map((code) => [code, decidingPanelsOf(programmeFor(code, year).route)] as const);
  return new Map<string, readonly PanelCode[] | null>([...listed, ...routes]);
}

async function toldOf(
  services: Services,
  actor: Actor,
  edited: edits.ToTell & { readonly meeting: MeetingRecord },
): Promise<Told<{ readonly meeting: MeetingRecord }>> {
  const { meeting } = edited;
  return { meeting, told: await tellCases(services, actor, { ...edited, meetings: [meeting] }) };
}

async function toldAll(services: Services, actor: Actor, edited: edits.ToTell): Promise<Told<object>> {
  return { told: await tellCases(services, actor, edited) };
}

function notEditable({
  problems,
}: {
  readonly problems: readonly { readonly rule: string; readonly message: string }[];
}): Refused {
  const [first] = problems;
  if (!first) throw new Error('An edit was refused without saying why');
  return { refused: 'not-editable', rule: first.rule, message: first.message };
}

const noCycle: Refused = { refused: 'not-found', message: 'There is no such cycle: look it up in the list of cycles.' };
const noMeeting: Refused = { refused: 'not-found', message: 'There is no such meeting: look it up in the list of meetings.' };
