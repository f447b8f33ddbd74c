// Our connection to Temporal: lazy, so that the API starts while the server is away, with errors that say what to do.
import { Client, Connection, defaultGrpcRetryOptions, isGrpcServiceError, makeGrpcRetryInterceptor } from '@temporalio/client';
import type { ConnectionOptions } from '@temporalio/client';
import type { PayloadKeys } from './codec';
import { dataConverter } from './dataConverter';

export interface TemporalOptions {
  /** `host:port` of the frontend. */
  readonly address: string;
  readonly namespace: string;
  readonly keys: PayloadKeys;
  /** `true`, or certificates, for a cluster behind TLS. */
  readonly tls?: NonNullable<ConnectionOptions['tls']>;
  /** For Temporal Cloud; implies TLS. */
  readonly apiKey?: string | null;
  /** Shown by Temporal beside what this process does; by default process id and host. */
  readonly identity?: string;
}

export interface Temporal {
  readonly client: Client;
  readonly connection: Connection;
  close(): Promise<void>;
}

/** No answer came in time. What was asked may still happen. */
export class EngineTimeout extends Error {
  override readonly name = 'EngineTimeout';
}

/** Temporal cannot be reached, or takes no more work just now. What was asked may have arrived all the same. */
export class EngineAway extends Error {
  override readonly name = 'EngineAway';
}

/** gRPC's numbers. */
const CANCELLED = 1;
const DEADLINE_EXCEEDED = 4;
const RESOURCE_EXHAUSTED = 8;
const UNAVAILABLE = 14;

/** About a second of tries: whoever waits at a page is told soon, and tries again with the same key. */
const RETRIES = 4;

const channel = {
  'grpc.keepalive_time_ms': 20_000,
  'grpc.keepalive_timeout_ms': 5_000,
  'grpc.keepalive_permit_without_calls': 1,
  // The default backs off to two minutes: a server that is back would stay unseen for as long.
  'grpc.initial_reconnect_backoff_ms': 200,
  'grpc.max_reconnect_backoff_ms': 2_000,
};

/** Opens nothing yet: the first call connects, and again after every loss. */
export function connectTemporal({ address, namespace, keys, tls, apiKey, identity }: TemporalOptions): Temporal {
  const connection = Connection.lazy({
    address,
    channelArgs: channel,
    interceptors: [makeGrpcRetryInterceptor(defaultGrpcRetryOptions({ maxAttempts: RETRIES }))],
    ...(tls === undefined ? {} : { tls }),
    ...(apiKey ? { apiKey } : {}),
  });
  const client = new Client({
    connection,
    namespace,
    dataConverter: dataConverter(keys),
    ...(identity === undefined ? {} : { identity }),
  });
  return { client, connection, close: () => connection.close() };
}

/**
 * Runs `fn` with one deadline for all its calls. Every update needs one: without a worker it would wait for ever.
 * @param ms milliseconds from now
 * @throws EngineTimeout, EngineAway, or whatever else `fn` throws
 */
export async function withDeadline<T>(client: Client, ms: number, fn: () => Promise<T>): Promise<T> {
  try {
    return await client.withDeadline(Date.now() + ms, fn);
  } catch (error) {
    throw engineError(error) ?? error;
  }
}

function engineError(error: unknown): EngineTimeout | EngineAway | undefined {
  switch (grpcCode(error)) {
    case DEADLINE_EXCEEDED:
    case CANCELLED:
      return new EngineTimeout('The engine did not answer in time: try again with the same key', { cause: error });
    case UNAVAILABLE:
    case RESOURCE_EXHAUSTED:
      return new EngineAway('The engine cannot be reached just now: try again with the same key', { cause: error });
    default:
      return undefined;
  }
}

function grpcCode(error: unknown): number | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (isGrpcServiceError(cause)) return cause.code;
  }
  return undefined;
}
