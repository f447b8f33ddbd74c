// The way to Postgres: a pool of connections, each unit of work in one transaction that acts for one person and no longer. What runs at
// every command speaks through the driver itself, at a quarter of the cost; rows that are edited one by one go through Prisma's models.
import { PrismaPg } from '@prisma/adapter-pg';
import { Pool, type PoolClient } from 'pg';
import type { Instant } from '../domain/calendar';
import type { Actor } from '../domain/facts';
import { Prisma, PrismaClient } from './generated/client';

/** Speaks SQL: a value stands beside the statement, never in it. */
export interface Connection {
  $queryRaw<Rows>(sql: TemplateStringsArray | Prisma.Sql, ...values: unknown[]): Promise<Rows>;
  /** @returns how many rows it touched */
  $executeRaw(sql: TemplateStringsArray | Prisma.Sql, ...values: unknown[]): Promise<number>;
}

/** A connection within a transaction. */
export interface Transaction extends Connection {
  /**
   * The last statements of the transaction. What closes it goes out with them, in one packet, so that it costs no wait of its own. Ask
   * nothing after them.
   * @param work asks them all before it first waits
   */
  $lastly<T>(work: (connection: Connection) => Promise<T>): Promise<T>;
}

/** Prisma's models, which speak SQL too. */
export type Models = Prisma.TransactionClient;

export interface Database {
  /**
   * One transaction in the name of an actor: under row-level security it sees and writes what the actor's parties may, and nothing else.
   * @param how `in order`: rows are read in the order of an index where there is one, and never all of them, to be sorted
   * @throws DatabaseAway when Postgres cannot be reached; nothing is recorded then, or all of it and only the answer was lost
   */
  asActor<T>(actor: Actor, work: (transaction: Transaction) => Promise<T>, how?: 'in order'): Promise<T>;
  /** One transaction as the role of this process alone. @throws DatabaseAway */
  inTransaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /** Single statements, each by itself, as the role of this process alone. @throws DatabaseAway */
  directly<T>(work: (connection: Connection) => Promise<T>): Promise<T>;
  /** One transaction through Prisma's models, in the name of an actor or as the role alone. @throws DatabaseAway */
  withModels<T>(actor: Actor | null, work: (models: Models) => Promise<T>): Promise<T>;
  /** @throws DatabaseAway when Postgres does not answer */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Postgres cannot be reached, is stopping, or had no connection to give: try again. */
export class DatabaseAway extends Error {
  override name = 'DatabaseAway';
}

/** @returns whether an error says that Postgres is away, so that the same can be tried again. */
export function isRecordsAway(error: unknown): error is DatabaseAway {
  return error instanceof DatabaseAway;
}

/** @returns whether an error says that a row with this key is there already. */
export function isTaken(error: unknown): boolean {
  return ['23505', 'P2002', 'UniqueConstraintViolation'].includes(codeOf(error));
}

export interface DatabaseOptions {
  /** The most connections that this process holds at once. */
  readonly connections?: number;
  /** The time by which it is judged who may still see what. */
  readonly now?: () => Instant;
}

/**
 * Opens a pool. It connects when it is first used, and again by itself when Postgres was away.
 * @param url the database, as the role of this process
 */
export function openDatabase(
  url: string,
  { connections = 10, now = () => new Date().toISOString() }: DatabaseOptions = {},
): Database {
  const pool = new Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 4_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    pipeline: true,
    // Longer than any wait for a lock that a living step holds, shorter than the patience of those who ask.
    statement_timeout: 10_000,
    query_timeout: 12_000,
    // A process that was cut off in the middle of a transaction must not hold its locks for ever.
    idle_in_transaction_session_timeout: 30_000,
  });
  pool.on('error', quiet); // an idle connection was lost: the next one asked for is new
  const speaking = speaker();
  const alone = speaking(pool);
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });

  /** What opens the transaction goes out with its first statement, in one packet; what closes it waits for the last, or goes out with it. */
  const transaction = async <T>(
    open: (connection: Connection) => Promise<unknown>,
    work: (transaction: Transaction) => Promise<T>,
  ) => {
    const client = await pool.connect();
    client.on('error', quiet);
    const connection = speaking(client);
    let close = (): Promise<unknown> => client.query('COMMIT');
    const within: Transaction = {
      ...connection,
      $lastly: (last) =>
        inOnePacket(client, () => {
          const done = last(connection);
          const closed = heard(close()); // where one of them fails, Postgres rolls back instead
          close = () => closed;
          return done;
        }),
    };
    try {
      const [opened, result] = inOnePacket(client, () => [
        heard(Promise.all([client.query('BEGIN'), open(connection)])),
        heard(work(within)),
      ]);
      await opened;
      const value = await result;
      await close();
      release(client);
      return value;
    } catch (error) {
      await client.query('ROLLBACK').then(
        () => release(client),
        () => release(client, 'lost'),
      );
      throw error;
    }
  };
  const withModels = <T>(actor: Actor | null, work: (models: Models) => Promise<T>) =>
    prisma.$transaction(
      async (models) => {
        if (actor) await actFor(actor, now())(models);
        return work(models);
      },
      { maxWait: 5_000, timeout: 10_000 },
    );
  return {
    asActor: (actor, work, how) => orAway(() => unlessLost(() => transaction(actFor(actor, now(), how), work))),
    inTransaction: (work) => orAway(() => unlessLost(() => transaction(() => Promise.resolve(), work))),
    directly: (work) => orAway(() => work(alone)),
    withModels: (actor, work) => orAway(() => unlessLost(() => withModels(actor, work))),
    ping: () =>
      orAway(async () => {
        await alone.$executeRaw`SELECT 1`;
      }),
    close: async () => {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}

const quiet = () => undefined;

/** Its fault is met where it is awaited, which may be later. */
function heard<P extends Promise<unknown>>(promise: P): P {
  promise.catch(quiet);
  return promise;
}

/** What `send` asks before it first waits goes to Postgres in one packet. */
function inOnePacket<T>(client: PoolClient, send: () => T): T {
  const { stream } = client.connection;
  stream.cork();
  try {
    return send();
  } finally {
    stream.uncork();
  }
}

/** Gives a connection back; a lost one is thrown away. */
function release(client: PoolClient, lost?: 'lost'): void {
  client.off('error', quiet);
  client.release(lost === 'lost');
}

/** The parties of an actor as one setting: Postgres takes them apart at the same character. */
export function partiesOf(actor: Actor): string {
  return actor.parties.join('\u001f');
}

/**
 * Sets for one transaction who asks and when: the policies of the migrations look there, and find nobody where it was forgotten. And has its
 * statements planned once a connection, whatever their values, for they go by keys: to plan one takes longer than to read a page by it.
 */
function actFor(actor: Actor, now: Instant, how?: 'in order'): (connection: Connection) => Promise<unknown> {
  const inOrder = how === undefined ? Prisma.empty : Prisma.sql`, set_config('enable_sort', 'off', true)`;
  return (connection) => connection.$executeRaw`SELECT
    set_config('cap.person', ${actor.person}, true), set_config('cap.parties', ${partiesOf(actor)}, true),
    set_config('cap.now', ${now}, true), set_config('plan_cache_mode', 'force_generic_plan', true)${inOrder}`;
}

/** The first statements, which are the ones in the code, get names, by which a connection keeps them planned. */
function speaker(): (on: Pool | PoolClient) => Connection {
  const names = new Map<string, string>();
  const nameOf = (text: string) => {
    if (!names.has(text) && names.size < 200) names.set(text, `cap${names.size}`);
    return names.get(text);
  };
  return (on) => {
    const ask = ([sql, ...values]: Parameters<Connection['$queryRaw']>) => {
      const { text, values: given } = 'raw' in sql ? Prisma.sql(sql, ...values) : sql;
      const name = nameOf(text);
      return on.query({ ...(name === undefined ? {} : { name }), text, values: given });
    };
    return {
      $queryRaw: async <Rows>(...statement: Parameters<Connection['$queryRaw']>) => (await ask(statement)).rows as Rows,
      $executeRaw: async (...statement) => (await ask(statement)).rowCount ?? 0,
    };
  };
}

const racesToBear = 5;

/** A transaction that lost a race did nothing: it is begun again, on what the winner left. */
async function unlessLost<T>(transaction: () => Promise<T>): Promise<T> {
  for (let lost = 0; ; lost += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (lost === racesToBear || !/^40(001|P01)$/.test(codeOf(error))) throw error;
    }
  }
}

async function orAway<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw saysAway(error) ? new DatabaseAway('Postgres cannot be reached just now.', { cause: error }) : error;
  }
}

/** Of Postgres: no connection, too many, stopping, starting, a wait that took too long. Of the network: what the system calls them. Of Prisma. */
const codesOfAway =
  /^(08...|53300|57P0[123]|57014|E[A-Z_]+|P2024|P2028|DatabaseNotReachable|ConnectionClosed|SocketTimeout|TooManyConnections)$/;
/** What the driver says without a code. */
const wordsOfAway =
  /^(Connection terminated|Client (has encountered a connection error|was closed)|timeout exceeded when trying to connect|Query read timeout)/;

function saysAway(error: unknown): boolean {
  return codesOfAway.test(codeOf(error)) || wordsOfAway.test(said(error).message ?? '');
}

/** The code of an error, of Postgres or the system; where Prisma stands between, the one that it was given, else its own. */
function codeOf(error: unknown): string {
  const { code, meta } = said(error);
  const cause = meta?.driverAdapterError?.cause;
  return cause?.originalCode ?? cause?.kind ?? code ?? '';
}

interface Said {
  readonly message?: string;
  readonly code?: string;
  readonly meta?: {
    readonly driverAdapterError?: { readonly cause?: { readonly originalCode?: string; readonly kind?: string } };
  };
}

function said(error: unknown): Said {
  return typeof error === 'object' && error !== null ? error : {};
}
