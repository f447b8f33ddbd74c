// Lists of cases in pages by keys: what may be seen, what is found by words, what waits for whom. A list begins at the reader's own rows, one
// party after the other, and merges them; it never looks through everybody's, nor for the cases themselves: what it shows of each stands in
// the row of its viewer. Row-level security holds under it.
import type { Instant } from '../domain/calendar';
import type { Actor } from '../domain/facts';
import { partsOfComplaint } from '../domain/matters/complaint';
import type { WaitCode } from '../domain/state';
import type { Party } from '../domain/words';
import type { Connection, Database } from './database';
import { Prisma } from './generated/client';
import { readLine, type KeptLine } from './line';
import type { CaseFilter, CaseLine, CaseSummary, Task } from './types';

/** A page, and where the next begins; null on the last. */
export interface Page<Row, After> {
  readonly rows: readonly Row[];
  readonly next: After | null;
}

/** Which page. */
export interface Turn<After> {
  /** `next` of the page before; null for the first. */
  readonly after: After | null;
  readonly limit: number;
}

/** Where a page of cases ends. */
export interface UpdatedAfter {
  readonly updated: Instant;
  readonly reference: string;
}

/** Where a page of a worklist ends. */
export interface DueAfter {
  readonly due: Instant;
  readonly reference: string;
  readonly what: string;
  readonly subject: string;
}

/**
 * Lists the cases that the actor sees, the last changed first. By keys, not by counting: a row is never shown twice, and none is skipped
 * but those that change in between, which move to the front.
 * @param words only cases that have each of these words (`domain/search.ts`) or one that begins with it, the longest first
 * @throws DatabaseAway
 */
export async function listCases(
  db: Database,
  actor: Actor,
  filter: CaseFilter,
  { after, limit }: Turn<UpdatedAfter>,
  words: readonly string[] = [],
): Promise<Page<CaseSummary, UpdatedAfter>> {
  if (actor.parties.length === 0) return nothing;
  const conditions = Prisma.join([ofCases('mine'), ...since(filter), ...beyond(after), ...asked(actor, filter)], ' AND ');
  const [first, ...others] = words;
  const beginsAtWord = seeingAll(actor) !== undefined && first !== undefined && !filter.named;
  const keys = filter.named
    ? namingFirst(actor, 'case_viewers', 'mine')
    : beginsAtWord
      ? foundFirst(first)
      : Prisma.sql`case_viewers mine`;
  const found = (beginsAtWord ? others : words).map(
    (word) => Prisma.sql`AND EXISTS (${rangeOf(word)} AND case_words.reference = mine.reference OFFSET 0)`,
  );
  const rows = await inOrder<ListedRow>(
    db,
    actor,
    Prisma.sql`
      SELECT summary FROM (
        SELECT DISTINCT ON (updated, reference) * FROM (${ofEachParty(
          actor,
          (party) => Prisma.sql`
            SELECT mine.updated, mine.reference, mine.summary FROM ${keys} WHERE mine.party = ${party} AND ${conditions} ${joined(found)}
            ORDER BY mine.updated DESC, mine.reference LIMIT ${atOnce(limit)}`,
        )}) AS each
        ORDER BY updated DESC, reference LIMIT ${atOnce(limit)}) AS page`,
  );
  return pageOf(
    rows.map(({ summary: row }) => summaryOf(row)),
    limit,
    ({ updated, reference }) => ({ updated, reference }),
  );
}

/**
 * Lists what waits for the actor's parties, what is due first in front.
 * @param named only of cases that name the actor (R43, R96)
 * @throws DatabaseAway
 */
export async function listTasks(db: Database, actor: Actor, turn: Turn<DueAfter>, named = false): Promise<Page<Task, DueAfter>> {
  if (actor.parties.length === 0) return nothing;
  const waits = named ? namingFirst(actor, 'case_waits', 'case_waits') : Prisma.sql`case_waits`;
  return tasks(
    db,
    actor,
    turn,
    ofEachParty(
      actor,
      (party) => Prisma.sql`
        SELECT ${keysOfWait}, party AS viewer FROM ${waits}
        WHERE party = ${party} AND ${ofCases('case_waits')} AND ${later(turn.after)}
        ORDER BY ${keysOfWait} LIMIT ${atOnce(turn.limit)}`,
    ),
  );
}

/** Lists what waits for others and was due before a time, as `listTasks` does, for those who see every case. @throws DatabaseAway */
export function listOverdue(db: Database, actor: Actor, now: Instant, turn: Turn<DueAfter>): Promise<Page<Task, DueAfter>> {
  return tasks(
    db,
    actor,
    turn,
    Prisma.sql`
      SELECT ${keysOfWait}, ${seeingAll(actor) ?? ''}::text AS viewer FROM case_waits
      WHERE due < ${now}::timestamptz AND party <> ALL ((SELECT my_parties())::text[]) AND ${ofCases('case_waits')} AND ${later(turn.after)}`,
  );
}

/** The cases on a meeting's agenda, in a unit of work: those that carry its id. */
export async function readAgenda(connection: Connection, meeting: string): Promise<CaseSummary[]> {
  const rows = await connection.$queryRaw<SummaryRow[]>`
    SELECT ${summary} FROM ${summed} WHERE meeting = ${meeting} ORDER BY cases.submitted, reference`;
  return rows.map(summaryOf);
}

/** The cases that were decided at a meeting, in a unit of work: in the order in which they were. */
export async function readDecided(connection: Connection, meeting: string): Promise<CaseSummary[]> {
  const rows = await connection.$queryRaw<SummaryRow[]>`
    SELECT ${summary} FROM ${summed} JOIN (
      SELECT made.reference, max(entry.at) AS at
      FROM meeting_decisions made JOIN timeline entry ON entry.command = made.command AND entry.seq = 0
      WHERE made.meeting = ${meeting} AND NOT made.taken_back GROUP BY made.reference) AS decided ON decided.reference = cases.reference
    WHERE cases.meeting IS DISTINCT FROM ${meeting} ORDER BY decided.at, cases.reference`;
  return rows.map(summaryOf);
}

/** A case as lists show it, read from its row and not from that of a viewer: columns of a statement that reads `summed`, as `summary_of_case` has them. */
export const summary = Prisma.sql`cases.line, cases.name AS student,
  coalesce(home.name, cases.school) AS "schoolName", host.name AS "hostName"`;

/** Cases, each with the names of its school and its host. */
export const summed = Prisma.sql`(cases LEFT JOIN organisations home ON home.code = cases.school
  LEFT JOIN organisations host ON host.code = split_part(cases.host, ':', 2))`;

/** A row of those columns. */
export type SummaryRow = Omit<CaseSummary, keyof CaseLine> & { readonly line: KeptLine };

/** What a list reads of each of its rows, as the SQL function `summary_of_case` wrote it. */
interface ListedRow {
  readonly summary: SummaryRow;
}

/** The names stand in front of the line: V8 copies the many keys of a line fast when nothing is added after them. */
export function summaryOf({ line, student, schoolName, hostName }: SummaryRow): CaseSummary {
  return { student, schoolName, hostName, ...readLine(line) };
}

/** For who has no party. */
const nothing = { rows: [], next: null } as const;

/**
 * The rows of each of the actor's parties, of which there are some, each in the order of an index: Postgres merges them, and reads few more than
 * the page has.
 */
function ofEachParty({ parties }: Actor, rowsOf: (party: Party) => Prisma.Sql): Prisma.Sql {
  return Prisma.join(
    parties.map((party) => Prisma.sql`(${rowsOf(party)})`),
    ' UNION ALL ',
  );
}

/** As whom an actor sees every case, should they do so. Those begin a search at its words; everybody else's own rows are fewer. */
function seeingAll({ parties }: Actor): Party | undefined {
  return parties.find((party) => party === 'cap' || party === 'audit');
}

function foundFirst(word: string): Prisma.Sql {
  return mineOf(Prisma.sql`SELECT DISTINCT reference FROM case_words WHERE ${begins(word)}`, 'case_viewers', 'mine');
}

/** Begins at the cases that name the actor: they are few, whoever the actor is. */
function namingFirst({ person }: Actor, table: 'case_viewers' | 'case_waits', as: 'mine' | 'case_waits'): Prisma.Sql {
  return mineOf(
    Prisma.sql`SELECT reference FROM cases WHERE case_worker = ${person} OR monitoring_officer = ${person}`,
    table,
    as,
  );
}

/** The rows of one of the reader's parties, looked up for each of a few cases. @param few a query for their references */
function mineOf(few: Prisma.Sql, table: 'case_viewers' | 'case_waits', as: 'mine' | 'case_waits'): Prisma.Sql {
  return Prisma.sql`(${few}) AS few(found) CROSS JOIN LATERAL
    (SELECT * FROM ${Prisma.raw(table)} WHERE reference = few.found OFFSET 0) AS ${Prisma.raw(as)}`;
}

function rangeOf(word: string): Prisma.Sql {
  return Prisma.sql`SELECT FROM case_words WHERE ${begins(word)}`;
}

/** Words that begin with a word are a range of the index, up to the last character that there is. */
function begins(word: string): Prisma.Sql {
  return Prisma.sql`case_words.word >= ${word} AND case_words.word < ${`${word}\u{10FFFF}`}`;
}

function since({ updatedSince }: CaseFilter): Prisma.Sql[] {
  return updatedSince === undefined ? [] : [Prisma.sql`mine.updated >= ${updatedSince}::timestamptz`];
}

function beyond(after: UpdatedAfter | null): Prisma.Sql[] {
  if (after === null) return [];
  return [
    Prisma.sql`mine.updated <= ${after.updated}::timestamptz`,
    Prisma.sql`(mine.updated < ${after.updated}::timestamptz OR mine.reference > ${after.reference})`,
  ];
}

/** What is asked of the case itself, row by row. */
function asked(actor: Actor, { stage, programme, waitingFor, school, student, host, dueBefore, open }: CaseFilter): Prisma.Sql[] {
  const conditions = [
    ...(stage === undefined ? [] : [Prisma.sql`stage = ${stage}`]),
    ...(programme === undefined ? [] : [Prisma.sql`programme = ${programme}`]),
    ...(waitingFor === undefined
      ? []
      : [
          Prisma.sql`waits @> ${JSON.stringify([{ role: waitingFor }])}::jsonb`,
          ...readsOneSuch(actor, Prisma.sql`wait->>'role' = ${waitingFor}`),
        ]),
    ...(school === undefined ? [] : [Prisma.sql`school = ${school}`]),
    ...(student === undefined ? [] : [Prisma.sql`student = ${student}`]),
    ...(host === undefined ? [] : [Prisma.sql`host = ${host}`]),
    ...(dueBefore === undefined
      ? []
      : [
          Prisma.sql`due < ${dueBefore}::timestamptz`,
          ...readsOneSuch(actor, Prisma.sql`(wait->>'due')::timestamptz < ${dueBefore}::timestamptz`),
        ]),
    ...(open === undefined ? [] : [Prisma.sql`closed = ${!open}`]),
  ];
  if (conditions.length === 0) return [];
  const all = Prisma.join(conditions, ' AND ');
  return [Prisma.sql`EXISTS (SELECT FROM cases WHERE cases.reference = mine.reference AND ${all} OFFSET 0)`];
}

/** Of what a case waits for, one such wait is the actor's to read: a complaint is between its school and CAP (R121). Nothing to ask of who reads all. */
function readsOneSuch(actor: Actor, such: Prisma.Sql): Prisma.Sql[] {
  if (seeingAll(actor) !== undefined) return [];
  const codes = [...partsOfComplaint];
  return [
    Prisma.sql`EXISTS (SELECT FROM jsonb_array_elements(waits) AS wait WHERE ${such}
      AND ('school:' || school = ANY ((SELECT my_parties())::text[])
        OR wait->>'what' <> ALL (${codes}::text[]) AND split_part(coalesce(wait->>'subject', ''), '.', 3) <> ALL (${codes}::text[])))`,
  ];
}

/** Viewers and waits are those of every machine: panel meetings are listed by themselves. */
function ofCases(table: 'mine' | 'case_waits'): Prisma.Sql {
  return Prisma.raw(`${table}.reference LIKE 'CAP-%'`);
}

/** What a worklist is sorted by, and all that is read of a wait: the rest stands in the line of its case. */
const keysOfWait = Prisma.sql`due, reference, what, subject`;

function later(after: DueAfter | null): Prisma.Sql {
  if (after === null) return Prisma.sql`true`;
  return Prisma.sql`(due, reference, what, subject) > (${after.due}::timestamptz, ${after.reference}, ${after.what}, ${after.subject})`;
}

interface TaskRow extends ListedRow {
  readonly what: WaitCode;
  readonly subject: string;
}

/** @param which the keys of waits, each with the party as which the actor sees the case */
async function tasks(db: Database, actor: Actor, { limit }: Turn<DueAfter>, which: Prisma.Sql): Promise<Page<Task, DueAfter>> {
  const rows = await inOrder<TaskRow>(
    db,
    actor,
    Prisma.sql`
      SELECT mine.summary, page.what, page.subject
      FROM (SELECT * FROM (${which}) AS those ORDER BY ${keysOfWait} LIMIT ${atOnce(limit)}) AS page
      CROSS JOIN LATERAL (
        SELECT summary FROM case_viewers WHERE reference = page.reference AND party = page.viewer OFFSET 0) AS mine
      ORDER BY page.due, page.reference, page.what, page.subject`,
  );
  return pageOf(rows.map(asTask), limit, ({ reference, wait: { due, what, subject } }) => ({
    due,
    reference,
    what,
    subject: subject ?? '',
  }));
}

/** The wait itself stands in the line of its case: both are written by one step. */
function asTask({ summary: row, what, subject }: TaskRow): Task {
  const found = summaryOf(row);
  const wait = found.waits.find((each) => each.what === what && (each.subject ?? '') === subject);
  if (!wait) throw new Error(`${found.reference} does not wait for ${what}`);
  return { wait, ...found };
}

/**
 * Reads a page in the order of an index, however many rows there are. Postgres takes those of a party for fewer than they are: left alone it would
 * read them all, and sort them.
 */
function inOrder<Row>(db: Database, actor: Actor, page: Prisma.Sql): Promise<Row[]> {
  return db.asActor(actor, (connection) => connection.$queryRaw<Row[]>(page), 'in order');
}

/**
 * How many rows are read for a page: at least one more than it shows. It is written into the statement, so that Postgres can plan it once for all
 * readers; there are few such numbers, because each is a statement of its own.
 */
function atOnce(limit: number): Prisma.Sql {
  return Prisma.raw(String([25, 50, 100].find((most) => most >= limit) ?? limit) + ' + 1');
}

/** More than the page was read, to know whether there is another page. */
function pageOf<Row, After>(rows: readonly Row[], limit: number, endsAt: (row: Row) => After): Page<Row, After> {
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return { rows: shown, next: last === undefined ? null : endsAt(last) };
}

function joined(conditions: readonly Prisma.Sql[]): Prisma.Sql {
  return conditions.length === 0 ? Prisma.empty : Prisma.join([...conditions], ' ');
}
