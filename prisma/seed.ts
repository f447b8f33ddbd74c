// Puts the rows that a fresh database starts with. Every one of them is a row that staff edit afterwards: seeding again adds what is missing
// and leaves the rest as staff have it.
import { addDays, academicYearOf, type Cycle, type IsoDate } from '../domain/calendar';
import type { ListedCourse } from '../domain/courses';
import { placesOfYear } from '../domain/programmes';
import type { SafeguardingLead } from '../domain/safeguardingLeads';
import type { Site } from '../domain/sites';
import { openDatabase, type Models } from '../records/database';
import { asDate } from '../records/days';
import { Prisma } from '../records/generated/client';
import type { SignIn } from '../domain/facts';
import {
  coursesOf,
  organisations,
  referenceYear,
  sampleLeads,
  sampleSites,
  teamMailboxes,
  type AcademicYear,
  type Organisation,
} from './reference-data';

/** Everything that is seeded but people. */
export interface ReferenceData {
  /** A school with an SLA has it for each of the years. */
  readonly organisations: readonly Organisation[];
  /** The directory of a year. */
  readonly coursesOf: (academicYear: string) => readonly ListedCourse[];
  /** Addresses of teams by their party. */
  readonly teamMailboxes: Readonly<Record<string, string>>;
  /** Designated Safeguarding Leads by their party. */
  readonly leads: Readonly<Record<string, readonly SafeguardingLead[]>>;
  /** Sites by their provider. */
  readonly sites: Readonly<Record<string, readonly Site[]>>;
  readonly years: readonly AcademicYear[];
}

export interface SeededPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** How they sign in: issuers, and the subjects under which these know them. */
  readonly signIns: readonly SignIn[];
  readonly grants: readonly { readonly role: SeededRole; readonly scope?: string | null }[];
}

export type SeededRole = 'school' | 'chair' | 'member' | 'provider' | 'cap' | 'ops' | 'send' | 'auditor';

/** @returns what the embedded stack begins with: the year of CAP's documents, and made-up ones from today's to the next. */
export function sampleReferenceData(today: IsoDate): ReferenceData {
  const years = new Set(['2024-25', academicYearOf(today), academicYearOf(addDays(today, 365))]);
  return {
    ...{ organisations, coursesOf, teamMailboxes },
    ...{ leads: sampleLeads(organisations), sites: sampleSites(organisations) },
    years: [...years].map(referenceYear),
  };
}

/**
 * Adds the reference data that is missing. A year whose terms are there is left alone: what staff took out of it stays out.
 * @param ownerUrl the database, as the role that owns it
 */
export async function seedReferenceData(ownerUrl: string, data: ReferenceData): Promise<void> {
  await asOwner(ownerUrl, async (models) => {
    const { organisations, teamMailboxes, years } = data;
    const known = await knownParties(models);
    await models.organisation.createMany({
      data: organisations.map(({ code, kind, sector, name, mailbox }) => ({
        code,
        kind,
        sector: sector ?? null,
        name,
        email: mailbox,
      })),
      skipDuplicates: true,
    });
    const isNew = (party: string) => !known.has(party);
    await models.safeguardingLead.createMany({
      data: added(data.leads, isNew).map(({ whose, position, row }) => ({ party: whose, position, ...row })),
    });
    await models.providerSite.createMany({
      data: added(data.sites, (code) => isNew(`provider:${code}`)).map(({ whose, position, row }) => ({
        ...{ provider: whose, position },
        ...row,
      })),
    });
    await models.teamMailbox.createMany({
      data: Object.entries(teamMailboxes).map(([party, email]) => ({ party, email })),
      skipDuplicates: true,
    });
    for (const year of years) {
      const { academicYear } = year;
      const known = await models.halfTerm.findFirst({ where: { academicYear } });
      if (known) continue;
      const schools = organisations.flatMap(({ code, sla }) => (sla ? [{ school: code, academicYear }] : []));
      await models.sla.createMany({ data: schools, skipDuplicates: true });
      await models.course.createMany({
        data: data.coursesOf(academicYear).map((course) => ({ ...course, academicYear })),
        skipDuplicates: true,
      });
      await models.capacity.createMany({ data: placesOfYear(academicYear), skipDuplicates: true });
      await addYear(models, year);
    }
  });
}

/** @returns the organisations and teams that were there before */
async function knownParties(models: Models): Promise<ReadonlySet<string>> {
  const [organisations, teams] = [await models.organisation.findMany(), await models.teamMailbox.findMany()];
  return new Set([...organisations.map(({ kind, code }) => `${kind}:${code}`), ...teams.map(({ party }) => party)]);
}

/** @returns what comes with whoever is new, each in its place: what staff have taken out since stays out */
function added<Row>(all: Readonly<Record<string, readonly Row[]>>, isNew: (whose: string) => boolean) {
  return Object.entries(all)
    .filter(([whose]) => isNew(whose))
    .flatMap(([whose, rows]) => rows.map((row, position) => ({ whose, position, row })));
}

/**
 * Adds people, or brings them up to what is given; grants and sign-ins that are not given are taken back.
 * @param ownerUrl the database, as the role that owns it
 */
export async function seedPeople(ownerUrl: string, people: readonly SeededPerson[]): Promise<void> {
  await asOwner(ownerUrl, async (models) => {
    for (const { id, name, email, signIns, grants } of people) {
      const person = { name, email, active: true };
      await models.person.upsert({ where: { id }, create: { id, ...person }, update: person });
      await models.grant.deleteMany({ where: { person: id } });
      await models.grant.createMany({
        data: grants.map((grant) => ({ person: id, party: partyOf(grant) })),
        skipDuplicates: true,
      });
      await models.signIn.deleteMany({ where: { person: id } });
      await models.signIn.createMany({ data: signIns.map((signIn) => ({ ...signIn, person: id })) });
    }
  });
}

/** Who usually sits on panels, and how many of each make a quorum. */
export interface SeededPanels {
  readonly quorums: Readonly<Record<string, number>>;
  readonly seats: readonly {
    readonly panel: string;
    readonly seat: string;
    readonly holder: string;
    readonly deputy: string | null;
  }[];
}

/** Adds the holders of seats, and the quorums, that are missing. @param ownerUrl the database, as the role that owns it */
export async function seedPanels(ownerUrl: string, { quorums, seats }: SeededPanels): Promise<void> {
  await asOwner(ownerUrl, async (models) => {
    await models.panelSeat.createMany({ data: [...seats], skipDuplicates: true });
    const rows = Object.entries(quorums).map(([panel, quorum]) => ({ panel, quorum }));
    await models.panelQuorum.createMany({ data: rows, skipDuplicates: true });
  });
}

/** The party that a role acts for: a school's staff for `school:SCH-A`, a chair for `panel:multi-agency`, who sits there for `member:multi-agency`. */
export function partyOf({ role, scope }: SeededPerson['grants'][number]): string {
  switch (role) {
    case 'school':
    case 'provider':
      return `${role}:${scope ?? ''}`;
    case 'chair':
      return `panel:${scope ?? ''}`;
    case 'member':
      return `member:${scope ?? ''}`;
    case 'auditor':
      return 'audit';
    case 'cap':
    case 'ops':
    case 'send':
      return role;
  }
}

async function asOwner(ownerUrl: string, work: (models: Models) => Promise<void>): Promise<void> {
  const database = openDatabase(ownerUrl, { connections: 1 });
  try {
    await database.withModels(null, work);
  } finally {
    await database.close();
  }
}

async function addYear(models: Models, { halfTerms, closures, cycles, cohorts }: AcademicYear): Promise<void> {
  await models.halfTerm.createMany({
    data: halfTerms.map((half) => ({ ...half, firstDay: asDate(half.firstDay), lastDay: asDate(half.lastDay) })),
  });
  await models.closure.createMany({ data: closures.map((day) => ({ day: asDate(day) })), skipDuplicates: true });
  await models.cycle.createMany({
    data: cycles.map(({ id, academicYear, number, deadline }) => ({ id, academicYear, number, deadline: asDate(deadline) })),
    skipDuplicates: true,
  });
  await models.cycleItem.createMany({ data: cycles.flatMap(itemRows), skipDuplicates: true });
  await models.meeting.createMany({ data: cycles.flatMap(meetingRows), skipDuplicates: true });
  await models.cohort.createMany({
    data: cohorts.map(({ programme, start, academicYear, cycleId }) => ({
      programme,
      start: asDate(start),
      academicYear,
      cycle: cycleId,
    })),
    skipDuplicates: true,
  });
}

function itemRows({ id, items }: Cycle) {
  return items.map(({ programme, cohortStart, panels }, position) => ({
    ...{ cycle: id, position, programme, cohortStart: cohortStart && asDate(cohortStart) },
    panels: panels ? [...panels] : Prisma.DbNull,
  }));
}

function meetingRows({ id: cycle, meetings }: Cycle) {
  return Object.values(meetings).flatMap((meeting) =>
    meeting ? [{ id: meeting.id, cycle, panel: meeting.panel, day: asDate(meeting.day), version: 1 }] : [],
  );
}
