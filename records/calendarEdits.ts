// Edits of CAP's calendar by its staff: reads and writes, each judged by rules that are handed in. An edit answers with the cases that it
// concerns, listed after its commit: tell each of them to look again.
import { randomUUID } from 'node:crypto';
import {
  academicYearOf,
  meetingId,
  meetingsOf,
  panelCodes,
  sameHalf,
  type Cycle,
  type CycleItem,
  type CycleTerms,
  type HalfTerm,
  type IsoDate,
  type LandedCase,
  type NewCycle,
  type PanelCode,
} from '../domain/calendar';
import { comesOf, type LastEdit, type Overtaken } from '../domain/edits';
import type { Actor } from '../domain/facts';
import { placesOfYear } from '../domain/programmes';
import type { Problem } from '../domain/problem';
import { readMeetings } from './calendar';
import { readCalendarRows } from './calendarRows';
import { landedOn, onCycle, open, waitingForMeeting } from './concerned';
import type { Connection, Database, Models } from './database';
import { asDate } from './days';
import { lastEdit, writeDown } from './edits';
import { Prisma } from './generated/client';
import { keptNowhere, type Keep } from './made';
import { takeTurn } from './turn';
import type { CalendarRows, CycleRecord, MeetingRecord } from './types';

/**
 * An edit that went through, with the open cases to tell of it and the name under which they are told; or what stood in its way, and
 * then nothing has changed. Whoever has told them all says so with `editTold`; else the sweep tells them.
 */
export type Edited<T> = (T & ToTell) | Problems;

/** The open cases to tell of an edit. */
export interface ToTell {
  /** Under which name they are told; null where nothing has changed, and every edit before it is told. */
  readonly change: string | null;
  readonly tell: readonly string[];
}

interface Problems {
  readonly problems: readonly Problem[];
}

/** A cycle or a meeting with the open cases that have landed on it, as they stand while nobody else edits the calendar. */
interface Landed<T> {
  readonly found: T;
  readonly landed: readonly LandedCase[];
}

/** The cases have been told of an edit. @throws DatabaseAway */
export async function editTold(db: Database, actor: Actor | null, change: string): Promise<void> {
  await db.withModels(actor, (models) => models.untoldEdit.deleteMany({ where: { change } }));
}

/** @returns whether the cases have been told of every edit of a cycle or a meeting, such as `cycle 2025-26-3`. @throws DatabaseAway */
export async function isTold(db: Database, actor: Actor, what: string): Promise<boolean> {
  return (
    (await db.withModels(actor, (models) => models.untoldEdit.count({ where: { change: { startsWith: `${what} ` } } }))) === 0
  );
}

/**
 * Makes a cycle with its meetings, and the cohorts that it lists and that were not there (R93). For CAP.
 * @returns the cycle, and the cases that were waiting for one
 * @throws DatabaseAway
 */
export async function createCycle(
  db: Database,
  actor: Actor,
  given: NewCycle,
  judge: (rows: CalendarRows) => readonly Problem[],
  keep: Keep = keptNowhere,
): Promise<Edited<{ readonly cycle: CycleRecord }>> {
  const made = await edit(db, actor, async (models, rows) => {
    const wrong = problemsIn(judge(rows));
    if (wrong) return wrong;
    const id = await addCycle(models, given, rows.cycles);
    await keep(models, id);
    const { deadline, items, meetings } = given;
    await writeDown(models, { person: actor.person, what: whatOfCycle(id), before: null, after: { deadline, items, meetings } });
    return { cycle: await cycleWritten(models, id), change: await untold(models, whatOfCycle(id)) };
  });
  if ('problems' in made) return made;
  return { ...made, tell: await db.asActor(actor, waitingForMeeting) };
}

/**
 * Changes the deadline and the items of a cycle. For CAP.
 * @param version the version that was read: an older one is refused; null to change it as it stands
 * @returns the cycle, and the cases that have landed on it or wait for one; null when there is no such cycle
 * @throws DatabaseAway
 */
export async function saveCycle(
  db: Database,
  actor: Actor,
  id: string,
  { version, deadline, items }: CycleTerms & { readonly version: number | null },
  judge: (given: Landed<CycleRecord> & CalendarRows) => readonly Problem[],
): Promise<Edited<{ readonly cycle: CycleRecord }> | Overtaken | null> {
  const saved = await edit(db, actor, async (models, rows) => {
    const found = rows.cycles.find((cycle) => cycle.id === id);
    if (!found) return null;
    const said = { deadline, items };
    const comes = comesOf(found, said, { read: version, last: await lastOf(models, found.version, whatOfCycle(id)) });
    if (typeof comes === 'object') return comes;
    const wrong = problemsIn(judge({ ...rows, found, landed: await landedOnCycle(models, found) }));
    if (wrong) return wrong;
    if (comes === 'nothing') return { cycle: found, change: await stillUntold(models, whatOfCycle(id)) };
    const before = { deadline: found.deadline, items: found.items };
    await writeDown(models, { person: actor.person, what: whatOfCycle(id), before, after: said });
    await models.cycle.update({ where: { id }, data: { deadline: asDate(deadline), version: { increment: 1 } } });
    // A meeting shows the deadline, and its workflow waits for it.
    if (deadline !== found.deadline) {
      await models.meeting.updateMany({ where: { cycle: id }, data: { version: { increment: 1 } } });
    }
    await models.cycleItem.deleteMany({ where: { cycle: id } });
    await addItems(models, id, items);
    await dropUnlistedCohorts(models, id);
    return { cycle: await cycleWritten(models, id), change: await untold(models, whatOfCycle(id)) };
  });
  if (saved === null || 'overtaken' in saved || 'problems' in saved) return saved;
  return { ...saved, tell: await concernedBy(db, actor, id) };
}

/**
 * Takes a cycle out, with its meetings and the cohorts that no other cycle lists. For CAP.
 * @param version as for `saveCycle`
 * @returns the cycle that was; null when there is no such cycle
 * @throws DatabaseAway
 */
export async function removeCycle(
  db: Database,
  actor: Actor,
  id: string,
  version: number | null,
  judge: (given: Landed<CycleRecord>) => readonly Problem[],
): Promise<Edited<{ readonly cycle: CycleRecord }> | Overtaken | null> {
  return edit(db, actor, async (models, rows) => {
    const found = rows.cycles.find((cycle) => cycle.id === id);
    if (!found) return null;
    const comes = comesOf(found, null, { read: version, last: await lastOf(models, found.version, whatOfCycle(id)) });
    if (typeof comes === 'object') return comes;
    const wrong = problemsIn(judge({ found, landed: await landedOnCycle(models, found) }));
    if (wrong) return wrong;
    const before = { deadline: found.deadline, items: found.items, meetings: found.meetings };
    await writeDown(models, { person: actor.person, what: whatOfCycle(id), before, after: null });
    await models.cycleItem.deleteMany({ where: { cycle: id } });
    await dropUnlistedCohorts(models, id);
    await models.cycle.delete({ where: { id } });
    return { cycle: found, change: await untold(models, whatOfCycle(id)), tell: [] };
  });
}

/**
 * Moves a meeting to another day. Waits for steps that are deciding before it. For CAP.
 * @param version as for `saveCycle`
 * @returns the meeting, and the cases that land on it; null when it is not in the calendar
 * @throws DatabaseAway
 */
export async function moveMeeting(
  db: Database,
  actor: Actor,
  id: string,
  { day, version }: { readonly day: IsoDate; readonly version: number | null },
  judge: (meeting: MeetingRecord, cycle: Cycle, rows: CalendarRows) => readonly Problem[],
): Promise<Edited<{ readonly meeting: MeetingRecord }> | Overtaken | null> {
  const moved = await edit(db, actor, async (models, rows) => {
    const meeting = await lockMeeting(models, id);
    const cycle = rows.cycles.find((each) => each.id === meeting?.cycle);
    if (!meeting || !cycle) return null;
    const last = await lastOf(models, meeting.version, whatOfMeeting(id), whatOfCycle(cycle.id));
    const comes = comesOf(meeting, { day }, { read: version, last });
    if (typeof comes === 'object') return comes;
    const wrong = problemsIn(judge(meeting, cycle, rows));
    if (wrong) return wrong;
    const what = whatOfMeeting(id);
    if (comes === 'nothing') return { meeting: await meetingWritten(models, id), change: await stillUntold(models, what) };
    await writeDown(models, { person: actor.person, what, before: { day: meeting.day }, after: { day } });
    await models.meeting.update({ where: { id }, data: { day: asDate(day), version: meeting.version + 1 } });
    return { meeting: await meetingWritten(models, id), change: await untold(models, what) };
  });
  if (moved === null || 'overtaken' in moved || 'problems' in moved) return moved;
  return { ...moved, tell: await db.asActor(actor, (connection) => landedOn(connection, id)) };
}

/**
 * Gives a cycle a meeting of a panel that had none in it (C18). For CAP.
 * @returns the meeting, and the cases of the cycle with those that wait for a meeting; null when there is no such cycle
 * @throws DatabaseAway
 */
export async function planMeeting(
  db: Database,
  actor: Actor,
  cycle: string,
  { panel, day }: { readonly panel: PanelCode; readonly day: IsoDate },
  judge: (cycle: Cycle, rows: CalendarRows) => readonly Problem[],
  keep: Keep = keptNowhere,
): Promise<Edited<{ readonly meeting: MeetingRecord }> | null> {
  const planned = await edit(db, actor, async (models, rows) => {
    const found = rows.cycles.find(({ id }) => id === cycle);
    if (!found) return null;
    const wrong = problemsIn(judge(found, rows));
    if (wrong) return wrong;
    const id = await addMeeting(models, cycle, panel, day);
    await keep(models, id);
    await writeDown(models, { person: actor.person, what: whatOfMeeting(id), before: null, after: { day, cycle } });
    return { meeting: await meetingWritten(models, id), change: await untold(models, whatOfMeeting(id)) };
  });
  if (planned === null || 'problems' in planned) return planned;
  return { ...planned, tell: await concernedBy(db, actor, cycle) };
}

/**
 * Takes a meeting out. For CAP.
 * @param version as for `saveCycle`
 * @returns the meeting that was; null when it is not in the calendar
 * @throws DatabaseAway
 */
export async function removeMeeting(
  db: Database,
  actor: Actor,
  id: string,
  version: number | null,
  judge: (given: Landed<MeetingRecord>) => readonly Problem[],
): Promise<Edited<{ readonly meeting: MeetingRecord }> | Overtaken | null> {
  return edit(db, actor, async (models) => {
    const found = await lockMeeting(models, id);
    if (!found) return null;
    const last = await lastOf(models, found.version, whatOfMeeting(id), whatOfCycle(found.cycle));
    const comes = comesOf(found, null, { read: version, last });
    if (typeof comes === 'object') return comes;
    const wrong = problemsIn(judge({ found, landed: await landedCases(models, found.cycle, Prisma.sql`false`, [id]) }));
    if (wrong) return wrong;
    await models.meeting.delete({ where: { id } });
    const before = { day: found.day, cycle: found.cycle };
    await writeDown(models, { person: actor.person, what: whatOfMeeting(id), before, after: null });
    return { meeting: found, change: await untold(models, whatOfMeeting(id)), tell: [] };
  });
}

/** Adds or takes out days on which the council does not work. For CAP. @returns all open cases. @throws DatabaseAway */
export async function editClosures(
  db: Database,
  actor: Actor,
  { add, remove }: { readonly add: readonly IsoDate[]; readonly remove: readonly IsoDate[] },
  judge: (rows: CalendarRows) => readonly Problem[],
): Promise<Edited<object>> {
  const saved = await edit(db, actor, async (models, rows) => {
    const wrong = problemsIn(judge(rows));
    if (wrong) return wrong;
    const { closures } = rows.calendar;
    if (add.every((day) => closures.has(day)) && !remove.some((day) => closures.has(day))) {
      return { change: await stillUntold(models, 'closures') };
    }
    await writeDown(models, { person: actor.person, what: 'closures', before: remove, after: add });
    await models.closure.deleteMany({ where: { day: { in: remove.map(asDate) } } });
    await models.closure.createMany({ data: add.map((day) => ({ day: asDate(day) })), skipDuplicates: true });
    return { change: await untold(models, 'closures') };
  });
  return 'problems' in saved ? saved : { ...saved, tell: await db.asActor(actor, open) };
}

/**
 * Enters half of a term, or changes its days. For CAP.
 * @param read the version that was read; null to write over whatever is there
 * @returns all open cases
 * @throws DatabaseAway
 */
export async function saveHalfTerm(
  db: Database,
  actor: Actor,
  given: HalfTerm,
  judge: (rows: CalendarRows) => readonly Problem[],
  read: number | null = null,
): Promise<Edited<object> | Overtaken> {
  const saved = await edit(db, actor, async (models, rows) => {
    const { academicYear, term, half } = given;
    const before = rows.calendar.halfTerms.find((each) => sameHalf(each, given)) ?? null;
    const comes = comesOf(before, given, { read, last: await lastEdit(models, whatOfHalf(given)) });
    if (typeof comes === 'object') return comes;
    const wrong = problemsIn(judge(rows));
    if (wrong) return wrong;
    if (comes === 'nothing') return { change: await stillUntold(models, 'terms') };
    await writeDown(models, { person: actor.person, what: whatOfHalf(given), before, after: given });
    const days = { firstDay: asDate(given.firstDay), lastDay: asDate(given.lastDay) };
    await models.halfTerm.upsert({
      where: { academicYear_term_half: { academicYear, term, half } },
      create: { academicYear, term, half, ...days },
      update: days,
    });
    // With its first term a year has places (R13).
    await models.capacity.createMany({ data: placesOfYear(academicYear), skipDuplicates: true });
    return { change: await untold(models, 'terms') };
  });
  return 'problems' in saved || 'overtaken' in saved ? saved : { ...saved, tell: await db.asActor(actor, open) };
}

/**
 * Takes half of a term out. For CAP.
 * @param read as for `saveHalfTerm`
 * @returns all open cases; null when it is not in the calendar
 * @throws DatabaseAway
 */
export async function removeHalfTerm(
  db: Database,
  actor: Actor,
  { academicYear, term, half }: Omit<HalfTerm, 'firstDay' | 'lastDay'>,
  judge: (found: HalfTerm) => readonly Problem[],
  read: number | null = null,
): Promise<Edited<object> | Overtaken | null> {
  const removed = await edit(db, actor, async (models, { calendar }) => {
    const found = calendar.halfTerms.find((each) => sameHalf(each, { academicYear, term, half }));
    if (!found) return null;
    const what = whatOfHalf(found);
    const comes = comesOf(found, null, { read, last: await lastEdit(models, what) });
    if (typeof comes === 'object') return comes;
    const wrong = problemsIn(judge(found));
    if (wrong) return wrong;
    await writeDown(models, { person: actor.person, what, before: found, after: null });
    await models.halfTerm.delete({ where: { academicYear_term_half: { academicYear, term, half } } });
    return { change: await untold(models, 'terms') };
  });
  return removed === null || 'problems' in removed || 'overtaken' in removed
    ? removed
    : { ...removed, tell: await db.asActor(actor, open) };
}

const whatOfCycle = (id: string) => `cycle ${id}`;
const whatOfMeeting = (id: string) => `meeting ${id}`;
const whatOfHalf = ({ academicYear, term, half }: Pick<HalfTerm, 'academicYear' | 'term' | 'half'>) =>
  `half-term ${academicYear} ${term} ${String(half)}`;

/** The last edit of what counts its versions itself, because workflows follow them. A meeting is edited with its cycle too. */
async function lastOf(models: Models, version: number, ...what: readonly string[]): Promise<LastEdit> {
  return { version, by: (await lastEdit(models, ...what)).by };
}

function problemsIn(problems: readonly Problem[]): Problems | null {
  return problems.length > 0 ? { problems } : null;
}

/** One edit at a time, on the calendar as it then stands. Steps of cases go on beside it. */
function edit<T>(db: Database, actor: Actor, work: (models: Models, rows: CalendarRows) => Promise<T>): Promise<T> {
  return db.withModels(actor, async (models) => {
    await takeTurn(models, 'edits of the calendar');
    return work(models, await readCalendarRows(models));
  });
}

/**
 * Written with the edit itself: should nobody come to tell the cases, the sweep finds it.
 * @returns its name, another one each time: what is taken out and entered again is another edit
 */
async function untold(models: Models, what: string): Promise<string> {
  const change = `${what} ${randomUUID()}`;
  await models.untoldEdit.create({ data: { change } });
  return change;
}

/** Nothing has changed. @returns the name of an earlier edit of the same that the cases were not told of, to be told now; else null */
async function stillUntold(models: Models, what: string): Promise<string | null> {
  const earlier = await models.untoldEdit.findFirst({ where: { change: { startsWith: `${what} ` } } });
  return earlier?.change ?? null;
}

async function concernedBy(db: Database, actor: Actor, cycle: string): Promise<string[]> {
  return db.asActor(actor, async (connection) => [
    ...new Set([...(await onCycle(connection, cycle)), ...(await waitingForMeeting(connection))]),
  ]);
}

async function addCycle(
  models: Models,
  { academicYear, deadline, items, meetings }: NewCycle,
  cycles: readonly Cycle[],
): Promise<string> {
  const year = academicYear ?? academicYearOf(deadline);
  const number = Math.max(0, ...cycles.map((cycle) => (cycle.academicYear === year ? cycle.number : 0))) + 1;
  const id = `${year}-${number}`;
  await models.cycle.create({ data: { id, academicYear: year, number, deadline: asDate(deadline) } });
  await addItems(models, id, items);
  for (const panel of panelCodes) {
    const day = meetings[panel];
    if (day !== null) await addMeeting(models, id, panel, day);
  }
  return id;
}

async function addItems(models: Models, cycle: string, items: readonly CycleItem[]): Promise<void> {
  await models.cycleItem.createMany({
    data: items.map(({ programme, cohortStart, panels }, position) => ({
      cycle,
      position,
      programme,
      cohortStart: cohortStart && asDate(cohortStart),
      panels: panels === null ? Prisma.DbNull : [...panels],
    })),
  });
  await models.cohort.createMany({
    data: items.flatMap(({ programme, cohortStart: start }) =>
      start === null ? [] : [{ programme, start: asDate(start), academicYear: academicYearOf(start), cycle }],
    ),
    skipDuplicates: true,
  });
}

/** A cohort that a cycle was to fill, and that neither it nor another one lists any more, is none. */
async function dropUnlistedCohorts(models: Models, cycle: string): Promise<void> {
  await models.$executeRaw`
    DELETE FROM cohorts WHERE cycle = ${cycle} AND NOT EXISTS (
      SELECT FROM cycle_items WHERE cycle_items.programme = cohorts.programme AND cycle_items.cohort_start = cohorts.start)`;
}

async function addMeeting(models: Models, cycle: string, panel: PanelCode, day: IsoDate): Promise<string> {
  // One that was taken out keeps its name: what happened to it stands in its timeline.
  const taken = await models.$queryRaw<{ id: string }[]>`
    SELECT id FROM meetings WHERE id LIKE ${`${meetingId(panel, day)}%`}
    UNION SELECT reference FROM meeting_states WHERE reference LIKE ${`${meetingId(panel, day)}%`}`;
  const id = meetingId(
    panel,
    day,
    taken.map((each) => each.id),
  );
  await models.meeting.create({ data: { id, cycle, panel, day: asDate(day), version: 1 } });
  return id;
}

async function cycleWritten(models: Models, id: string): Promise<CycleRecord> {
  const { cycles } = await readCalendarRows(models);
  const written = cycles.find((cycle) => cycle.id === id);
  if (!written) throw new Error(`The cycle ${id} was written and is not there`);
  return written;
}

async function meetingWritten(models: Models, id: string): Promise<MeetingRecord> {
  const [written] = await readMeetings(models, Prisma.sql`meetings.id = ${id}`);
  if (!written) throw new Error(`The meeting ${id} was written and is not there`);
  return written;
}

/** Waits for steps that are deciding before the meeting. */
async function lockMeeting(models: Models, id: string): Promise<MeetingRecord | null> {
  await models.$queryRaw`SELECT id FROM meetings WHERE id = ${id} FOR UPDATE`;
  const [meeting] = await readMeetings(models, Prisma.sql`meetings.id = ${id}`);
  return meeting ?? null;
}

/** Open cases on a cycle or one of its meetings, of which none comes or goes until the edit is over. */
async function landedOnCycle(models: Models, cycle: Cycle): Promise<LandedCase[]> {
  await models.$queryRaw`SELECT id FROM meetings WHERE cycle = ${cycle.id} ORDER BY id FOR UPDATE`;
  const meetings = meetingsOf(cycle).map(({ id }) => id);
  return landedCases(models, cycle.id, Prisma.sql`cycle = ${cycle.id}`, meetings);
}

/**
 * Touches the cycle first: that raises the calendar's version, and a step that lands on it now begins again with what this edit leaves.
 */
async function landedCases(
  connection: Connection,
  cycle: string,
  where: Prisma.Sql,
  meetings: readonly string[],
): Promise<LandedCase[]> {
  await connection.$executeRaw`UPDATE cycles SET number = number WHERE id = ${cycle}`;
  return connection.$queryRaw<LandedCase[]>`
    SELECT reference, programme, state->'landing'->>'cohort' AS cohort FROM cases
    WHERE NOT closed AND (${where} OR meeting = ANY (${meetings}::text[])
      OR EXISTS (SELECT FROM jsonb_each(CASE jsonb_typeof(state->'landing') WHEN 'object' THEN state->'landing'->'meetings' ELSE '{}' END)
        WHERE value->>'id' = ANY (${meetings}::text[])))
    ORDER BY reference`;
}
