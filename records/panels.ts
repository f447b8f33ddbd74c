// Who usually sits on each panel, how many make a quorum, and who is out of office: rows that CAP keeps, each edit written down.
import { panelCodes, type Instant, type IsoDate, type PanelCode } from '../domain/calendar';
import type { Actor } from '../domain/facts';
import type { Connection, Database } from './database';
import type { Overtaken } from '../domain/edits';
import { seatHeldEmails } from '../domain/meetings/emails';
import { seatsOfPanels } from '../domain/meetings/seats';
import { edit, versionOf, type Over } from './edits';
import { emailRows, emailsDue, writeEmails } from './emails';
import { Prisma } from './generated/client';
import { takeTurn } from './turn';
import type { EmailDue } from './types';

export interface Named {
  readonly person: string;
  readonly name: string;
}

/** Who usually sits in a seat, and who stands in. */
export interface SeatGiven {
  readonly seat: string;
  readonly holder: string | null;
  readonly deputy: string | null;
}

export interface StandingPanel {
  readonly panel: PanelCode;
  readonly quorum: number;
  readonly quorumVersion: number;
  /** Seats that somebody holds, or held. */
  readonly seats: readonly (SeatGiven & { readonly version: number })[];
  /** Who may sit on it. */
  readonly people: readonly (Named & { readonly leads: boolean })[];
}

export interface Absence {
  readonly person: string;
  readonly first: IsoDate;
  readonly last: IsoDate;
}

/** @returns every panel, in the order in which they decide. @throws DatabaseAway */
export function readPanels(db: Database, actor: Actor): Promise<StandingPanel[]> {
  return db.asActor(actor, (connection) => Promise.all(panelCodes.map((panel) => readPanel(connection, panel))));
}

async function readPanel(connection: Connection, panel: PanelCode): Promise<StandingPanel> {
  const [row] = await connection.$queryRaw<Omit<StandingPanel, 'panel'>[]>`
    SELECT coalesce((SELECT quorum FROM panel_quorums WHERE panel = ${panel}), 0) AS quorum,
      ${versionOf(Prisma.sql`${quorumOf(panel)}`)} AS "quorumVersion",
      (SELECT coalesce(jsonb_agg(jsonb_build_object('seat', seat, 'holder', holder, 'deputy', deputy,
          'version', ${versionOf(Prisma.sql`${seatOf(panel, '')} || seat`)}) ORDER BY seat), '[]')
        FROM panel_seats WHERE panel = ${panel}) AS seats,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('person', person, 'name', name, 'leads', leads)), '[]') FROM people_of_panel(${panel})) AS people`;
  if (!row) throw new Error('Postgres answered without a row');
  return { panel, ...row };
}

const seatOf = (panel: PanelCode, seat: string) => `seat ${panel} ${seat}`;
const quorumOf = (panel: PanelCode) => `quorum ${panel}`;

/** Says who usually sits in a seat, and who stands in. For CAP. @returns null when it is saved. @throws DatabaseAway */
export function saveSeat(
  db: Database,
  actor: Actor,
  panel: PanelCode,
  { seat, holder, deputy }: SeatGiven,
  over: Over,
): Promise<Overtaken | null> {
  const said = { holder, deputy };
  return edit<typeof said, never>(db, actor, {
    ...{ what: seatOf(panel, seat), said, ...over },
    find: async (connection) => {
      const [found] = await connection.$queryRaw<(typeof said)[]>`
        SELECT holder, deputy FROM panel_seats WHERE panel = ${panel} AND seat = ${seat}`;
      return found ?? null;
    },
    write: (connection) => connection.$executeRaw`
      INSERT INTO panel_seats (panel, seat, holder, deputy) VALUES (${panel}, ${seat}, ${holder}, ${deputy})
      ON CONFLICT (panel, seat) DO UPDATE SET holder = excluded.holder, deputy = excluded.deputy`,
  });
}

/** Says how many seats of a panel must be present. For CAP. @returns null when it is saved. @throws DatabaseAway */
export function saveQuorum(db: Database, actor: Actor, panel: PanelCode, quorum: number, over: Over): Promise<Overtaken | null> {
  return edit<{ readonly quorum: number }, never>(db, actor, {
    ...{ what: quorumOf(panel), said: { quorum }, ...over },
    find: async (connection) => {
      const [found] = await connection.$queryRaw<{ quorum: number }[]>`SELECT quorum FROM panel_quorums WHERE panel = ${panel}`;
      return found ?? null;
    },
    write: (connection) => connection.$executeRaw`
      INSERT INTO panel_quorums (panel, quorum) VALUES (${panel}, ${quorum})
      ON CONFLICT (panel) DO UPDATE SET quorum = excluded.quorum`,
  });
}

/** @returns when people are out of office from a day on: the actor's own, and for CAP everybody's. @throws DatabaseAway */
export function readAbsences(db: Database, actor: Actor, from: IsoDate): Promise<(Absence & { readonly name: string })[]> {
  return db.asActor(
    actor,
    (connection) => connection.$queryRaw<(Absence & { readonly name: string })[]>`
      SELECT person, coalesce(people.name, person) AS name, first::text, last::text
      FROM absences LEFT JOIN people ON id = person WHERE last >= ${from}::date ORDER BY first, person`,
  );
}

/** Enters an absence, or changes the last day of one that begins on the same day. @throws DatabaseAway */
export function saveAbsence(db: Database, actor: Actor, { person, first, last }: Absence): Promise<void> {
  return db.asActor(actor, async (connection) => {
    await takeTurn(connection, `absences ${person}`);
    await connection.$executeRaw`DELETE FROM absences WHERE person = ${person} AND first = ${first}::date`;
    await connection.$executeRaw`
      INSERT INTO absences (person, first, last) VALUES (${person}, ${first}::date, ${last}::date)`;
  });
}

/** @returns whether there was one. @throws DatabaseAway */
export function removeAbsence(db: Database, actor: Actor, { person, first }: Omit<Absence, 'last'>): Promise<boolean> {
  return db.asActor(
    actor,
    async (connection) =>
      (await connection.$executeRaw`DELETE FROM absences WHERE person = ${person} AND first = ${first}::date`) > 0,
  );
}

/** What names the e-mails about an edit of a seat. */
const seatMail = 'SEAT-';

/** As far back as edits of seats are told of: further than any outage. */
const untold = '14 days';

/**
 * Writes to whoever was given a seat of a panel, or is to stand in for its holder, once for each edit. For the worker.
 * @returns all that are still to be sent
 * @throws DatabaseAway
 */
export function tellOfSeats(db: Database, now: Instant): Promise<EmailDue[]> {
  const seats = panelCodes.flatMap((panel) => seatsOfPanels[panel].map(({ code }) => ({ panel, code })));
  const names = seats.map(({ panel, code }) => seatOf(panel, code));
  return db.inTransaction(async (connection) => {
    const edited = await connection.$queryRaw<EditOfSeat[]>`
      SELECT id::int, what, person, before, after FROM edits
      WHERE what = ANY (${names}::text[]) AND at > ${now}::timestamptz - ${untold}::interval
        AND NOT EXISTS (SELECT FROM emails WHERE emails.reference = ${seatMail} || edits.id) ORDER BY id`;
    const rows = edited.flatMap(({ id, what, person, before, after }) => {
      const of = seats.find(({ panel, code }) => seatOf(panel, code) === what);
      if (!of || after === null) return [];
      return emailRows(
        { reference: `${seatMail}${String(id)}`, step: 0 },
        seatHeldEmails(of.panel, of.code, before, after, person),
        now,
      );
    });
    await writeEmails(connection, rows);
    return emailsDue(connection, Prisma.sql`emails WHERE starts_with(reference, ${seatMail})`);
  });
}

interface EditOfSeat {
  readonly id: number;
  readonly what: string;
  readonly person: string;
  readonly before: Omit<SeatGiven, 'seat'> | null;
  readonly after: Omit<SeatGiven, 'seat'> | null;
}
