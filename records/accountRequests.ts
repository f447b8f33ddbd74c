// What organisations ask CAP for about accounts of their colleagues: each row with its edits written down.
import {
  accountEmail,
  isWaiting,
  type AccountAsked,
  type AccountFacts,
  type AccountRequest,
  type AccountRequestState,
} from '../domain/accountRequests';
import type { Instant } from '../domain/calendar';
import type { Actor } from '../domain/facts';
import type { Host } from '../domain/words';
import type { Connection, Database } from './database';
import { emailsDue, emailRows, writeEmails } from './emails';
import { writeDown } from './edits';
import { Prisma } from './generated/client';
import { sixCharacters } from './chance';
import { takeTurn } from './turn';
import type { EmailDue } from './types';

/** A request as it is shown. */
export interface AccountRequestRow extends AccountRequest {
  /** The name of who asked. */
  readonly askedBy: string;
  readonly asked: Instant;
  readonly settled: Instant | null;
  /** Why it was declined. */
  readonly reason: string | null;
  /** The grant that waits for a second person of CAP. */
  readonly grantRequest: string | null;
}

/** How many settled ones are listed. */
const listed = 200;

const columns = Prisma.sql`id, party, kind, name, email, person, why, state, reason, grant_request AS "grantRequest",
  (SELECT name FROM people WHERE id = asked_by) AS "askedBy", instant(asked) AS asked, instant(settled) AS settled`;

/** @returns what the actor may read: what waits, the oldest first, then what was settled, the newest first. @throws DatabaseAway */
export function readAccountRequests(db: Database, actor: Actor): Promise<AccountRequestRow[]> {
  return db.asActor(
    actor,
    (connection) => connection.$queryRaw<AccountRequestRow[]>`
      (SELECT ${columns} FROM account_requests WHERE state IN ('open', 'accepted') ORDER BY account_requests.asked, id)
      UNION ALL
      (SELECT ${columns} FROM account_requests WHERE state NOT IN ('open', 'accepted') ORDER BY account_requests.settled DESC, id LIMIT ${listed})`,
  );
}

/** @returns a request that the actor may read; null when there is none of that id for them. @throws DatabaseAway */
export function readAccountRequest(db: Database, actor: Actor, id: string): Promise<AccountRequestRow | null> {
  return db.asActor(actor, (connection) => requestIn(connection, id));
}

async function requestIn(connection: Connection, id: string): Promise<AccountRequestRow | null> {
  const [row] = await connection.$queryRaw<AccountRequestRow[]>`SELECT ${columns} FROM account_requests WHERE id = ${id}`;
  return row ?? null;
}

/**
 * Asks, while nobody else of the organisation does.
 * @param judge what stands against it, the organisation as it is now
 * @returns the id of the request, or what stands against it
 * @throws DatabaseAway
 */
export function askForAccount<P>(
  db: Database,
  actor: Actor,
  asked: AccountAsked,
  at: Instant,
  judge: (facts: AccountFacts) => P | null,
): Promise<{ readonly id: string } | P> {
  return db.asActor(actor, async (connection) => {
    await takeTurn(connection, `accounts ${asked.party}`);
    const email = asked.kind === 'give' ? asked.email : null;
    const person = asked.kind === 'end' ? asked.person : null;
    const facts = await factsOf(connection, asked.party, email);
    const wrong = judge(facts);
    if (wrong !== null) return wrong;
    const id = `ACC-${sixCharacters()}`;
    const name = asked.kind === 'give' ? asked.name : (facts.colleagues.find((each) => each.person === person)?.name ?? '');
    await connection.$executeRaw`
      INSERT INTO account_requests (id, party, kind, name, email, person, why, asked_by, asked, state, step)
      VALUES (${id}, ${asked.party}, ${asked.kind}, ${name}, ${email}, ${person}, ${asked.why}, ${actor.person}, ${at}::timestamptz, 'open', 0)`;
    await writeDown(connection, { at, person: actor.person, what: whatOf(id), before: null, after: asked });
    return { id };
  });
}

const whatOf = (id: string) => `account request ${id}`;

async function factsOf(connection: Connection, party: Host, email: string | null): Promise<AccountFacts> {
  const colleagues = await connection.$queryRaw<AccountFacts['colleagues'][number][]>`
    SELECT person, name FROM colleagues() WHERE party = ${party}`;
  const [has] = await connection.$queryRaw<{ address: boolean }[]>`SELECT is_colleague(${party}, ${email}) AS address`;
  const waiting = await connection.$queryRaw<AccountFacts['waiting'][number][]>`
    SELECT id, kind, email, person FROM account_requests WHERE party = ${party} AND state IN ('open', 'accepted')`;
  return { colleagues, hasAddress: has?.address ?? false, waiting };
}

/** What a request becomes. */
export interface Becomes {
  readonly state: Exclude<AccountRequestState, 'open'>;
  /** Why it is declined. */
  readonly reason?: string;
  readonly person?: string;
  readonly grantRequest?: string;
}

/**
 * Settles a request, or takes it a step on, while nobody else does.
 * @param work says what it becomes, and does what belongs to that in the same transaction; or what stands against it
 * @returns what stands against it; null when it is done
 * @throws DatabaseAway
 */
export function settleAccountRequest<P extends { readonly refused: string }>(
  db: Database,
  actor: Actor,
  id: string,
  at: Instant,
  work: (request: AccountRequestRow | null, connection: Connection) => Promise<Becomes | P>,
): Promise<P | null> {
  return db.asActor(actor, async (connection) => {
    await connection.$executeRaw`SELECT FROM account_requests WHERE id = ${id} AND state = 'open' FOR UPDATE`;
    const request = await requestIn(connection, id);
    const result = await work(request, connection);
    if ('refused' in result) return result;
    await moveOn(connection, actor, id, request?.state ?? 'open', result, at);
    return null;
  });
}

async function moveOn(
  connection: Connection,
  actor: Actor,
  id: string,
  from: AccountRequestState,
  { state, reason, person, grantRequest }: Omit<Becomes, 'state'> & { readonly state: AccountRequestState },
  at: Instant,
): Promise<void> {
  const settled = isWaiting({ state }) ? null : at;
  await connection.$executeRaw`
    UPDATE account_requests SET state = ${state}, step = step + 1, settled = ${settled}::timestamptz, settled_by = ${actor.person},
      reason = ${reason ?? null}, person = coalesce(${person ?? null}, person), grant_request = ${grantRequest ?? null}
    WHERE id = ${id}`;
  const after = { state, ...(reason === undefined ? {} : { reason }), ...(person === undefined ? {} : { account: person }) };
  await writeDown(connection, { at, person: actor.person, what: whatOf(id), before: { state: from }, after });
}

/** What the second person of CAP did with a grant that a request led to: given, it is done; turned down, it is CAP's to answer again. */
export async function grantSettled(
  connection: Connection,
  actor: Actor,
  { id, given }: { readonly id: string; readonly given: boolean },
  at: Instant,
): Promise<void> {
  const accepted = await connection.$queryRaw<{ id: string }[]>`
    SELECT id FROM account_requests WHERE grant_request = ${id} AND state = 'accepted' ORDER BY id`;
  for (const request of accepted) {
    await moveOn(connection, actor, request.id, 'accepted', { state: given ? 'done' : 'open' }, at);
  }
}

/** How many requests are told of in one transaction. */
const atOnce = 200;

/**
 * Writes the e-mails about requests as they stand now, once for each step of a request. For the worker.
 * @returns all that are still to be sent
 * @throws DatabaseAway
 */
export async function tellOfAccounts(db: Database, now: Instant): Promise<EmailDue[]> {
  for (let some = atOnce; some === atOnce;) some = await tellOfSome(db, now);
  return db.directly((connection) => emailsDue(connection, Prisma.sql`emails WHERE starts_with(reference, 'ACC-')`));
}

function tellOfSome(db: Database, now: Instant): Promise<number> {
  return db.inTransaction(async (connection) => {
    const found = await connection.$queryRaw<(Pick<AccountRequest, 'id' | 'kind' | 'state'> & { party: Host; step: number })[]>`
      SELECT id, party, kind, state, step FROM account_requests
      WHERE state IN ('open', 'accepted', 'done', 'declined')
        AND NOT EXISTS (SELECT FROM emails WHERE emails.reference = account_requests.id AND emails.step = account_requests.step)
      ORDER BY id LIMIT ${atOnce}`;
    const rows = found.flatMap((request) => {
      const [of, email] = [{ reference: request.id, step: request.step }, accountEmail(request)];
      return emailRows(of, email ? [email] : [], now);
    });
    await writeEmails(connection, rows);
    return found.length;
  });
}
