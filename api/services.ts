// What the doors are given: everything that touches the world comes in here, so that a test can hand in its own.
import type { PayloadCodec } from '@temporalio/common';
import type { Logger } from 'pino';
import type { Instant } from '../domain/calendar';
import type { Database } from '../records/database';
import type { Engine } from '../temporal/engine';
import type { AccessLog } from './accessLog';
import type { People } from './people';
import type { Tokens } from './tokens';

export interface Services {
  readonly database: Database;
  readonly engine: Engine;
  readonly tokens: Tokens;
  readonly people: People;
  readonly accessLog: AccessLog;
  /** For the Web UI of Temporal: decodes for ops, and in the embedded stack for that UI on this machine. */
  readonly codec: { readonly codec: PayloadCodec; readonly uiOrigin: string | null };
  readonly now: () => Instant;
  readonly log: Logger;
}
