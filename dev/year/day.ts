// One working day of a year of casework: schools apply, panels meet, whoever is waited for answers, hosts mark their registers. One after the other, as
// whoever tells the year gives each command.
import { questionsAsked } from '../../domain/agreements';
import { expectedHalves } from '../../domain/attendance';
import { intendedStart } from '../../domain/application';
import { openerOf } from '../../domain/applicant';
import {
  academicYearOf,
  addDays,
  daysBetween,
  firstYearOf,
  isSchoolDay,
  londonDay,
  mondayOf,
  nearestSchoolDay,
  type Calendar,
  type Instant,
  type IsoDate,
} from '../../domain/calendar';
import { hostOf } from '../../domain/host';
import type { MeetingState } from '../../domain/meetings/state';
import { weeksOfPlacement } from '../../domain/progress';
import type { CaseState, Refusal, Wait } from '../../domain/state';
import type { Host, Party, ProgrammeCode } from '../../domain/words';
import type { Database } from '../../records/database';
import { createDraft } from '../../records/drafts';
import { calendarNow } from '../../records/morning';
import { readPerson } from '../../records/people';
import { saveExclusion } from '../../records/exclusions';
import { saveProgress } from '../../records/progress';
import { saveMarks, type GivenMark } from '../../records/registers';
import { addStudent } from '../../records/students';
import { nextInLine } from '../../records/sweep';
import type { Person } from '../../records/types';
import { partyOf, type SeededPerson } from '../../prisma/seed';
import { sampleAnswers, sampleBirth } from '../pathways';
import { answerTo, isForTheDay, ofTheChair, ofTheirOwn, oneOf, type Chance, type Said, type Setting } from './answers';
import { sampleProgress } from './sample';

/** Whoever tells the year: how its commands are given, and at what time. */
export interface Teller {
  /** As the role of the API, and as that of the worker. */
  readonly api: Database;
  readonly records: Database;
  now(): Promise<Instant>;
  /** @returns why it was refused; null when it is recorded */
  give(person: string, reference: string, said: Pick<Said, 'does' | 'says' | 'writes'>): Promise<Refusal | null>;
  /** A place on its course has become free for a case in line. */
  placeIsFree(reference: string, course: string): Promise<void>;
}

/** Who lives the year, and what has become of it so far. */
export interface Year {
  readonly chance: Chance;
  /** Who acts for a party. */
  readonly people: Readonly<Record<string, string>>;
  readonly schools: readonly string[];
  /** Those with an SLA, which some programmes ask for (R11, R12). */
  readonly slaSchools: readonly string[];
  readonly providers: readonly string[];
  readonly receivingSchools: readonly string[];
  readonly programmes: readonly ProgrammeCode[];
  readonly courses: Readonly<Partial<Record<ProgrammeCode, readonly string[]>>>;
  /** How many of those who are waited for answer on a given day; a panel always does on its own. */
  readonly promptness: number;
  /** The applications of the year, as they come. */
  readonly references: string[];
  /** Its panel meetings. */
  readonly meetings: string[];
  /** Registers that were forgotten, by host and day. */
  readonly forgotten: Set<string>;
}

export interface StandingCase {
  readonly state: CaseState;
  readonly waits: readonly Wait[];
}

/** @returns who acts for each party: of several people the one who comes first */
export function actingFor(people: readonly Pick<SeededPerson, 'id' | 'grants'>[]): Record<string, string> {
  const pairs = people.flatMap(({ id, grants }) => grants.map((grant) => [partyOf(grant), id] as const));
  return Object.fromEntries(pairs.reverse());
}

/** @returns the cases of a year that are open, in the order in which they came */
export function openCases({ records }: Pick<Teller, 'records'>, references: readonly string[]): Promise<StandingCase[]> {
  return records.directly(
    (connection) => connection.$queryRaw<StandingCase[]>`
      SELECT state, waits FROM cases WHERE reference = ANY (${references}::text[]) AND NOT closed
      ORDER BY array_position(${references}::text[], reference)`,
  );
}

/**
 * How many of the applications of a year have come in by one of its days: schools apply evenly, on days on which they are open.
 * @param days those on which they apply
 */
export function comeBy(day: IsoDate, days: readonly IsoDate[], total: number, calendar: Calendar): number {
  const open = days.filter((each) => isSchoolDay(each, calendar));
  return Math.ceil((open.filter((each) => each <= day).length / open.length) * total);
}

/**
 * Lives one working day.
 * @param applications how many come in on it
 * @param seenTo whether a case is answered for today; every case, unless said
 */
export async function liveDay(
  teller: Teller,
  year: Year,
  applications: number,
  seenTo: (state: CaseState) => boolean = () => true,
): Promise<void> {
  const today = londonDay(await teller.now());
  const { calendar } = await calendarNow(teller.records);
  const { chance, providers, receivingSchools } = year;
  const setting = { today, calendar, chance, providers, receivingSchools, officer: year.people['cap'] ?? '' };
  for (let count = 0; count < applications; count += 1) await apply(teller, year, today);
  await chairs(teller, year, setting);
  for (const standing of await openCases(teller, year.references)) {
    if (seenTo(standing.state)) await see(teller, year, setting, standing);
  }
  for (const { reference, course } of await nextInLine(teller.records, academicYearOf(today))) {
    if (year.references.includes(reference)) await teller.placeIsFree(reference, course);
  }
  await markRegisters(teller, year, setting);
  await noteTheWeek(teller, year, setting);
  await chairs(teller, year, setting);
}

/** A school adds a student and applies for one of the programmes, each in its turn; for Tier 4 the local authority does (R20). */
async function apply(teller: Teller, { people, chance, ...year }: Year, today: IsoDate): Promise<void> {
  const { api, records } = teller;
  const now = await teller.now();
  const planned = await calendarNow(records);
  const programme = year.programmes[year.references.length % year.programmes.length] ?? 'flourish';
  const asked = intendedStart(programme, now, planned).programme;
  const school = oneOf(asked.access === 'sla-only' ? year.slaSchools : year.schools, chance);
  const courses = year.courses[programme] ?? [];
  const opener = openerOf(asked, school);
  const student = await addStudent(
    api,
    await personOf(api, people, `school:${school}`),
    school,
    {
      name: `Sample Student ${String(year.references.length + 1)} (fictitious)`,
      dateOfBirth: asked.yearGroups ? sampleBirth(programme, today) : birth(today, chance),
      upn: null,
      yearsAbove: 0,
      ehcp: chance() < 0.2,
      lookedAfter: chance() < 0.1,
      adopted: chance() < 0.03,
    },
    { isAnother: true },
    now,
  );
  if ('known' in student) throw new Error(`${school} has this student already`);
  if (year.references.length % 2 === 0) await suspend(teller, { people }, { student: student.code, school }, addDays(today, -7));
  const draft = {
    ...{ programme, school, opener, student: student.code },
    course: courses.length > 0 ? oneOf(courses, chance) : null,
    answers: sampleAnswers(questionsAsked(asked), today),
  };
  const { reference } = await createDraft(api, await personOf(api, people, opener), draft, now);
  year.references.push(reference);
  const refusal = await teller.give(people[opener] ?? '', reference, { does: 'submit', says: {}, writes: {} });
  if (refusal) throw new Error(`The application ${reference} for ${programme} was refused: ${refusal.message}`);
}

/** Answers for a case until nobody has anything to say today; what is said unasked comes first. */
async function see(teller: Teller, year: Year, setting: Setting, standing: StandingCase): Promise<void> {
  const { reference } = standing.state;
  const own = ofTheirOwn(standing.state, setting);
  if (own) await say(teller, year, reference, own);
  const waiting = new Set(standing.waits.filter((wait) => !isForTheDay(wait) && year.chance() >= year.promptness).map(nameOf));
  for (let round = 0; round < 4; round += 1) {
    const [now] = await openCases(teller, [reference]);
    let said = false;
    for (const wait of now?.waits ?? []) {
      const answer = now && !waiting.has(nameOf(wait)) ? answerTo(now.state, wait, setting) : null;
      if (answer) said = (await say(teller, year, reference, answer)) || said;
    }
    if (!said) return;
  }
}

const nameOf = ({ what, subject }: Wait) => `${what} ${subject ?? ''}`;

/** @returns whether it was recorded, or what is said instead was */
async function say(teller: Teller, year: Year, reference: string, { as, otherwise, ...said }: Said): Promise<boolean> {
  const refusal = await teller.give(year.people[as] ?? '', reference, said);
  if (refusal === null) return true;
  const instead = otherwise?.[refusal.refused];
  return instead ? say(teller, year, reference, instead) : false;
}

/** Chairs record who is present before anything is decided, and sign the minutes once everything is (A7). */
async function chairs(teller: Teller, year: Year, setting: Setting): Promise<void> {
  const rows = await teller.records.directly(
    (connection) => connection.$queryRaw<{ state: MeetingState; undecided: boolean }[]>`
      SELECT state, EXISTS (SELECT FROM cases WHERE meeting = meeting_states.reference AND NOT closed) AS undecided
      FROM meeting_states WHERE reference = ANY (${year.meetings}::text[]) AND NOT closed ORDER BY reference`,
  );
  for (const { state, undecided } of rows) {
    const said = ofTheChair(state, setting);
    if (said && !(said.does === 'signMinutes' && undecided)) await say(teller, year, state.reference, said);
  }
}

/** Every host marks its register of the day; one that was forgotten is mostly marked on the next day, when the host has been told (R97). */
async function markRegisters(teller: Teller, year: Year, { today, calendar, chance }: Setting): Promise<void> {
  const at = await teller.now();
  const placements = new Map<Host, CaseState[]>();
  for (const { state } of await openCases(teller, year.references)) {
    const host = hostOf(state);
    if (host !== null && state.position.stage === 'placement') placements.set(host, [...(placements.get(host) ?? []), state]);
  }
  for (const [host, states] of placements) {
    const mark = async (day: IsoDate) => {
      const given = states.flatMap((state) =>
        expectedHalves(state, day, calendar).map((half): GivenMark => {
          const share = chance();
          return { case: state.reference, half, mark: share < 0.88 ? 'present' : share < 0.92 ? 'late' : 'absent' };
        }),
      );
      const actor = await personOf(teller.api, year.people, host);
      if (given.length > 0) await saveMarks(teller.api, actor, { day, at, given }, () => null);
    };
    for (const key of [...year.forgotten].filter((each) => each.startsWith(`${host} `))) {
      if (chance() < 0.3) continue;
      year.forgotten.delete(key);
      await mark(key.slice(host.length + 1));
    }
    if (chance() < 0.04) year.forgotten.add(`${host} ${today}`);
    else await mark(today);
  }
}

/** On the last school day of a week each host notes how its students got on; one in nine weeks is left out (R97). */
async function noteTheWeek(teller: Teller, year: Year, { today, calendar }: Setting): Promise<void> {
  const next = nearestSchoolDay(today, 1, calendar);
  const week = mondayOf(today);
  if (!isSchoolDay(today, calendar) || (next !== null && mondayOf(next) === week)) return;
  const at = await teller.now();
  for (const { state } of await openCases(teller, year.references)) {
    const host = hostOf(state);
    const words = sampleProgress[(year.references.indexOf(state.reference) + daysBetween(londonDay(state.since), week)) % 9];
    if (host === null || words === undefined || !weeksOfPlacement(state, today, calendar).includes(week)) continue;
    const actor = await personOf(teller.api, year.people, host);
    if (words.behaviour === 'unsettled') await suspend(teller, year, state, today);
    await saveProgress(teller.api, actor, { reference: state.reference, week, version: 0, at, ...words }, () => null);
  }
}

/** The home school suspends a student for a day (R4). */
async function suspend(
  teller: Teller,
  { people }: Pick<Year, 'people'>,
  { student, school }: Pick<CaseState, 'student' | 'school'>,
  day: IsoDate,
): Promise<void> {
  const actor = await personOf(teller.api, people, `school:${school}`);
  const given = { kind: 'suspension', sessions: 2, reason: 'DB', version: 0, at: await teller.now() } as const;
  await saveExclusion(teller.api, actor, { student, school, day }, given);
}

async function personOf(api: Database, people: Year['people'], party: Party): Promise<Person> {
  const person = await readPerson(api, people[party] ?? '');
  if (!person) throw new Error(`Nobody acts for ${party} in this year`);
  return person;
}

/** Of a student who is eleven to fourteen when the academic year begins. */
function birth(today: IsoDate, chance: Chance): IsoDate {
  const first = firstYearOf(academicYearOf(today));
  return addDays(`${String(first - 15)}-09-02`, Math.floor(chance() * 4 * 365));
}
