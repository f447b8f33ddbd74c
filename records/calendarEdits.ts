// Edits of CAP's calendar by its staff. Each answers with the cases that it concerns, listed after its commit: tell each of them to look again.
import { randomUUID } from 'node:crypto';
import {
  academicYearOf,
  isIsoDate,
  panelCodes,
  type Cycle,
  type HalfTerm,
  type IsoDate,
  type PanelCode,
} from '../domain/calendar';
import type { Problem } from '../domain/commands';
import type { Actor } from '../domain/facts';
import { programmesWithPanels } from '../domain/programmes';
import { programmeCodes } from '../domain/words';
import { readCalendar, readMeetings } from './calendar';
import { readCalendarRows } from './calendarRows';
import { landedOn, onCycle, open, waitingForMeeting } from './concerned';
import { isTaken, type Connection, type Database, type Models } from './database';
import { asDate, asDay } from './days';
import { Prisma } from './generated/client';
import type { MeetingRecord } from './types';

export interface NewCycle {
  /** The academic year that it is numbered in; that of its deadline when left out. */
  readonly academicYear?: string;
  readonly deadline: IsoDate;
  readonly items: readonly { readonly programme: string; readonly cohortStart: IsoDate | null }[];
  /** null where a panel does not meet: it then decides outside a meeting (C18). */
  readonly meetings: Readonly<Record<PanelCode, IsoDate | null>>;
}

/**
 * An edit that went through, with the open cases to tell of it and the name under which they are told; or what stood in its way, and
 * then nothing has changed. Whoever has told them all says so with `editTold`; else the sweep tells them.
 */
export type Edited<T> = (T & { readonly change: string; readonly tell: readonly string[] }) | Problems;

interface Problems {
  readonly problems: readonly Problem[];
}

const changeOfCycle = (id: string) => `cycle ${id}`;
const changeOfMeeting = ({ id, version }: Pick<MeetingRecord, 'id' | 'version'>) => `meeting ${id} version ${version}`;

/** Written with the edit itself: should nobody come to tell the cases, the sweep finds it. */
async function untold(models: Models, change: string): Promise<void> {
  await models.untoldEdit.create({ data: { change } });
}

/** The cases have been told of an edit. @throws DatabaseAway */
export async function editTold(db: Database, actor: Actor | null, change: string): Promise<void> {
  await db.withModels(actor, (models) => models.untoldEdit.deleteMany({ where: { change } }));
}

const prefix: Readonly<Record<PanelCode, string>> = {
  'review-and-authorisation': 'RAP',
  'multi-agency': 'MAP',
  'headteacher-placement': 'HPM',
};
const collisionsToBear = 5;

/**
 * Makes a cycle with its meetings, and the cohorts that it lists and that were not there (R93). For CAP.
 * @returns the cycle, and the cases that were waiting for one
 * @throws DatabaseAway
 */
export async function createCycle(db: Database, actor: Actor, given: NewCycle): Promise<Edited<{ readonly cycle: Cycle }>> {
  const problems = [...(await unknownProgrammes(db, actor, given)), ...problemsOf(given)];
  if (problems.length > 0) return { problems };
  for (let collisions = 0; ; collisions += 1) {
    try {
      const cycle = await db.withModels(actor, (models) => addCycle(models, given));
      return {
        cycle,
        change: changeOfCycle(cycle.id),
        tell: await db.asActor(actor, (connection) => waitingForMeeting(connection, programmesWithPanels)),
      };
    } catch (error) {
      // Somebody else took the number or a meeting's id meanwhile.
      if (collisions === collisionsToBear || !isTaken(error)) throw error;
    }
  }
}

async function unknownProgrammes(db: Database, actor: Actor, { items }: NewCycle): Promise<Problem[]> {
  const listed = await db.withModels(actor, (models) =>
    models.cycleItem.findMany({ distinct: ['programme'], select: { programme: true } }),
  );
  const known = new Set<string>([...programmeCodes, ...listed.map(({ programme }) => programme)]);
  return items.flatMap(({ programme }, index) =>
    known.has(programme)
      ? []
      : [
          {
            field: `items.${index}.programme`,
            rule: 'R93',
            message: `There is no programme ${programme}: take one of the programmes of CAP.`,
          },
        ],
  );
}

function problemsOf({ deadline, items, meetings }: NewCycle): Problem[] {
  const problems: Problem[] = [];
  const say = (field: string, rule: string, message: string) => problems.push({ field, rule, message });
  if (!isIsoDate(deadline)) say('deadline', 'R93', 'The deadline must be a day such as 2025-01-13.');
  if (items.length === 0) say('items', 'R93', 'A cycle considers at least one programme: list it.');
  for (const [index, { programme, cohortStart }] of items.entries()) {
    const first = items.findIndex((item) => item.programme === programme && item.cohortStart === cohortStart);
    if (first < index) say(`items.${index}`, 'R93', `${programme} is listed twice for the same start.`);
    if (cohortStart === null) continue;
    if (!isIsoDate(cohortStart)) say(`items.${index}.cohortStart`, 'C10', 'The start must be a day such as 2025-01-13.');
    else if (cohortStart < deadline)
      say(`items.${index}.cohortStart`, 'C10', 'A cohort does not start before the deadline of its cycle.');
  }
  for (const panel of panelCodes) {
    const day = meetings[panel];
    if (day !== null) problems.push(...problemsOfDay(`meetings.${panel}`, day, deadline));
  }
  const [review, multiAgency] = [meetings['review-and-authorisation'], meetings['multi-agency']];
  if (review !== null && multiAgency !== null && multiAgency < review) say('meetings.multi-agency', 'R73', panelOrder);
  return problems;
}

const panelOrder =
  'The Multi-Agency Panel decides on what the Review & Authorisation Panel passed on: it meets on that day or later.';

function problemsOfDay(field: string, day: IsoDate, deadline: IsoDate): Problem[] {
  if (!isIsoDate(day)) return [{ field, rule: 'R93', message: 'The meeting must be on a day such as 2025-01-13.' }];
  return day < deadline
    ? [{ field, rule: 'R93', message: `The meeting must be on the referral deadline, ${deadline}, or after it.` }]
    : [];
}

async function addCycle(models: Models, { academicYear, deadline, items, meetings }: NewCycle): Promise<Cycle> {
  const year = academicYear ?? academicYearOf(deadline);
  const last = await models.cycle.aggregate({ where: { academicYear: year }, _max: { number: true } });
  const number = (last._max.number ?? 0) + 1;
  const id = `${year}-${number}`;
  await models.cycle.create({ data: { id, academicYear: year, number, deadline: asDate(deadline) } });
  await models.cycleItem.createMany({
    data: items.map(({ programme, cohortStart }, position) => ({
      cycle: id,
      position,
      programme,
      cohortStart: cohortStart && asDate(cohortStart),
    })),
  });
  await models.cohort.createMany({
    data: items.flatMap(({ programme, cohortStart: start }) =>
      start === null ? [] : [{ programme, start: asDate(start), academicYear: academicYearOf(start), cycle: id }],
    ),
    skipDuplicates: true,
  });
  for (const panel of panelCodes) {
    const day = meetings[panel];
    if (day !== null) await addMeeting(models, id, panel, day);
  }
  await untold(models, changeOfCycle(id));
  const { cycles } = await readCalendarRows(models);
  const made = cycles.find((cycle) => cycle.id === id);
  if (!made) throw new Error(`The cycle ${id} was written and is not there`);
  return made;
}

/** A meeting's id is its day's; a second of the same panel on that day gets a number. */
async function addMeeting(models: Models, cycle: string, panel: PanelCode, day: IsoDate): Promise<void> {
  const base = `${prefix[panel]}-${day}`;
  const taken = await models.meeting.findMany({ where: { id: { startsWith: base } }, select: { id: true } });
  const id = taken.length === 0 ? base : `${base}-${taken.length + 1}`;
  await models.meeting.create({ data: { id, cycle, panel, day: asDate(day), version: 1 } });
}

/**
 * Moves a meeting to another day. Waits for steps that are deciding before it. For CAP.
 * @param version the version that was read: an older one is refused; null to move it as it stands
 * @returns the meeting, and the cases that land on it; null when it is not in the calendar
 * @throws DatabaseAway
 */
export async function moveMeeting(
  db: Database,
  actor: Actor,
  id: string,
  { day, version }: { readonly day: IsoDate; readonly version: number | null },
): Promise<Edited<{ readonly meeting: MeetingRecord }> | 'stale' | null> {
  const moved = await db.withModels(actor, async (models): Promise<{ meeting: MeetingRecord } | Problems | 'stale' | null> => {
    await models.$queryRaw`SELECT id FROM meetings WHERE id = ${id} FOR UPDATE`;
    const [before] = await readMeetings(models, Prisma.sql`meetings.id = ${id}`);
    if (!before) return null;
    if (version !== null && version !== before.version) return 'stale';
    const problems = [...problemsOfDay('day', day, before.deadline), ...(await outOfOrder(models, before, day))];
    if (problems.length > 0) return { problems };
    if (day === before.day) return { meeting: before };
    const meeting = { ...before, day, version: before.version + 1 };
    await models.meeting.update({ where: { id }, data: { day: asDate(day), version: meeting.version } });
    await untold(models, changeOfMeeting(meeting));
    return { meeting };
  });
  if (moved === null || moved === 'stale' || 'problems' in moved) return moved;
  return {
    ...moved,
    change: changeOfMeeting(moved.meeting),
    tell: await db.asActor(actor, (connection) => landedOn(connection, id)),
  };
}

async function outOfOrder(connection: Connection, { cycle, panel }: MeetingRecord, day: IsoDate): Promise<Problem[]> {
  const others = await readMeetings(connection, Prisma.sql`cycle = ${cycle}`);
  const dayOf = (code: PanelCode) => (code === panel ? day : others.find((other) => other.panel === code)?.day);
  const [review, multiAgency] = [dayOf('review-and-authorisation'), dayOf('multi-agency')];
  return review !== undefined && multiAgency !== undefined && multiAgency < review
    ? [{ field: 'day', rule: 'R73', message: panelOrder }]
    : [];
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
): Promise<Edited<{ readonly meeting: MeetingRecord }> | null> {
  const planned = await db.withModels(actor, async (models): Promise<{ meeting: MeetingRecord } | Problems | null> => {
    const found = await models.cycle.findUnique({ where: { id: cycle }, include: { meetings: true } });
    if (!found) return null;
    const problems = problemsOfDay('day', day, asDay(found.deadline));
    if (found.meetings.some((meeting) => meeting.panel === panel)) {
      problems.push({ field: 'panel', rule: 'R93', message: 'This panel meets in this cycle already: move its meeting.' });
    }
    if (problems.length > 0) return { problems };
    await addMeeting(models, cycle, panel, day);
    const [meeting] = await readMeetings(models, Prisma.sql`cycle = ${cycle} AND panel = ${panel}`);
    if (!meeting) throw new Error(`The meeting of ${cycle} was written and is not there`);
    await untold(models, changeOfMeeting(meeting));
    return { meeting };
  });
  if (planned === null || 'problems' in planned) return planned;
  const tell = await db.asActor(actor, async (connection) => [
    ...new Set([...(await onCycle(connection, cycle)), ...(await waitingForMeeting(connection, programmesWithPanels))]),
  ]);
  return { ...planned, change: changeOfMeeting(planned.meeting), tell };
}

/** Adds or takes out days on which the council does not work. For CAP. @returns all open cases. @throws DatabaseAway */
export async function editClosures(
  db: Database,
  actor: Actor,
  { add, remove }: { readonly add: readonly IsoDate[]; readonly remove: readonly IsoDate[] },
): Promise<Edited<object>> {
  const problems = [...add, ...remove].flatMap((day): Problem[] =>
    isIsoDate(day) ? [] : [{ field: 'day', rule: 'R71', message: `"${day}" is not a day: write one such as 2025-05-05.` }],
  );
  if (problems.length > 0) return { problems };
  const change = `closures ${randomUUID()}`;
  await db.withModels(actor, async (models) => {
    await models.closure.deleteMany({ where: { day: { in: remove.map(asDate) } } });
    await models.closure.createMany({ data: add.map((day) => ({ day: asDate(day) })), skipDuplicates: true });
    await untold(models, change);
  });
  return { change, tell: await db.asActor(actor, open) };
}

/** Enters half of a term, or changes its days. For CAP. @returns all open cases. @throws DatabaseAway */
export async function saveHalfTerm(db: Database, actor: Actor, given: HalfTerm): Promise<Edited<object>> {
  const { calendar } = await readCalendar(db, actor);
  const problems = problemsOfHalfTerm(given, calendar.halfTerms);
  if (problems.length > 0) return { problems };
  const { academicYear, term, half } = given;
  const days = { firstDay: asDate(given.firstDay), lastDay: asDate(given.lastDay) };
  const change = `terms ${randomUUID()}`;
  await db.withModels(actor, async (models) => {
    await models.halfTerm.upsert({
      where: { academicYear_term_half: { academicYear, term, half } },
      create: { academicYear, term, half, ...days },
      update: days,
    });
    await untold(models, change);
  });
  return { change, tell: await db.asActor(actor, open) };
}

function problemsOfHalfTerm({ academicYear, term, half, firstDay, lastDay }: HalfTerm, known: readonly HalfTerm[]): Problem[] {
  if (!isIsoDate(firstDay) || !isIsoDate(lastDay) || firstDay > lastDay) {
    return [{ field: 'lastDay', rule: 'C8', message: 'A half-term has a first day, and a last day on or after it.' }];
  }
  if (academicYearOf(firstDay) !== academicYear || academicYearOf(lastDay) !== academicYear) {
    return [{ field: 'academicYear', rule: 'C8', message: `These days are not in the academic year ${academicYear}.` }];
  }
  const other = known.find(
    (each) =>
      !(each.academicYear === academicYear && each.term === term && each.half === half) &&
      each.firstDay <= lastDay &&
      firstDay <= each.lastDay,
  );
  return other
    ? [
        {
          field: 'firstDay',
          rule: 'C8',
          message: `It overlaps half ${other.half} of the ${other.term} term of ${other.academicYear}.`,
        },
      ]
    : [];
}
