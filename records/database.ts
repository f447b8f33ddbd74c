// The way to Postgres: a pool of connections, each unit of work in one transaction that acts for one person and no longer.
import { PrismaPg } from '@prisma/adapter-pg';
import type { Actor } from '../domain/facts';
import { Prisma, PrismaClient } from './generated/client';

/** What a unit of work speaks through. */
export type Connection = Prisma.TransactionClient;

export interface Database {
  /**
   * One transaction in the name of an actor: under row-level security it sees and writes what the actor's parties may, and nothing else.
   * @throws DatabaseAway when Postgres cannot be reached; nothing is recorded then, or all of it and only the answer was lost
   */
  asActor<T>(actor: Actor, work: (connection: Connection) => Promise<T>): Promise<T>;
  /** One transaction as the role of this process alone. @throws DatabaseAway */
  inTransaction<T>(work: (connection: Connection) => Promise<T>): Promise<T>;
  /** Single statements, each by itself, as the role of this process alone. @throws DatabaseAway */
  directly<T>(work: (connection: Connection) => Promise<T>): Promise<T>;
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
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
}

export interface DatabaseOptions {
  /** The most connections that this process holds at once. */
  readonly connections?: number;
}

/** Longer than any wait for a lock that is held by a living step, shorter than the patience of those who ask. */
const transactionLimits = { maxWait: 5_000, timeout: 10_000 };

/**
 * Opens a pool. It connects when it is first used, and again by itself when Postgres was away.
 * @param url the database, as the role of this process
 */
export function openDatabase(url: string, { connections = 10 }: DatabaseOptions = {}): Database {
  const pool = {
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 4_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    // A process that was cut off in the middle of a transaction must not hold its locks for ever.
    idle_in_transaction_session_timeout: 30_000,
  };
  const client = new PrismaClient({ adapter: new PrismaPg(pool, { statementNameGenerator: named() }) });
  const inTransaction = <T>(work: (connection: Connection) => Promise<T>) =>
    orAway(() => unlessLost(() => client.$transaction(work, transactionLimits)));
  return {
    asActor: (actor, work) =>
      inTransaction(async (connection) => {
        await connection.$executeRaw`SELECT
          set_config('cap.person', ${actor.person}, true), set_config('cap.parties', ${partiesOf(actor)}, true)`;
        return work(connection);
      }),
    inTransaction,
    directly: (work) => orAway(() => work(client)),
    ping: () =>
      orAway(async () => {
        await client.$executeRaw`SELECT 1`;
      }),
    close: () => client.$disconnect(),
  };
}

/** The parties of an actor as one setting: Postgres takes them apart at the same character. */
export function partiesOf(actor: Actor): string {
  return actor.parties.join('\u001f');
}

/** The first statements, which are the ones in the code, get names, by which a connection keeps them planned. */
function named(): (query: { readonly sql: string }) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined || names.size >= 200) return known ?? '';
    names.set(sql, `cap${names.size}`);
    return `cap${names.size - 1}`;
  };
}

/** A transaction that lost a race did nothing: it is begun again, on what the winner left. */
async function unlessLost<T>(transaction: () => Promise<T>): Promise<T> {
  for (let lost = 0; ; lost += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (lost === racesToBear || causeOf(error)?.kind !== 'TransactionWriteConflict') throw error;
    }
  }
}

const racesToBear = 5;

async function orAway<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw saysAway(error) ? new DatabaseAway('Postgres cannot be reached just now.', { cause: error }) : error;
  }
}

const kindsOfAway = ['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections'];
/** Connection exceptions, and a server that is stopping or starting. */
const codesOfAway = /^(08|57P0[123])/;
/** What the driver says without a code. */
const wordsOfAway =
  /^(Connection terminated|Client (has encountered a connection error|was closed)|timeout exceeded when trying to connect)/;

function saysAway(error: unknown): boolean {
  const cause = causeOf(error);
  if (cause) return kindsOfAway.includes(cause.kind ?? '') || codesOfAway.test(cause.code ?? '');
  // P2028: the transaction took too long to begin or to end, and was rolled back.
  if (error instanceof Prisma.PrismaClientKnownRequestError) return error.code === 'P2028';
  return error instanceof Error && (wordsOfAway.test(error.message) || ('syscall' in error && 'code' in error));
}

/** What the driver said, where it was asked. */
function causeOf(error: unknown): { readonly kind?: string; readonly code?: string } | null {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return null;
  return (error.meta?.['driverAdapterError'] as { cause?: { kind?: string; code?: string } } | undefined)?.cause ?? null;
}
