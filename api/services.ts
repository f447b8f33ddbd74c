// What the doors are given: what the use-cases are, and what only doors need, so that a test can hand in its own.
import type { PayloadCodec } from '@temporalio/common';
import type { Logger } from 'pino';
import type { Services as UseCaseServices } from '../usecases/services';
import type { AccessLog } from './accessLog';
import type { People } from './people';
import type { Tokens } from './tokens';

export interface Services extends UseCaseServices {
  readonly tokens: Tokens;
  readonly people: People;
  readonly accessLog: AccessLog;
  /** For the Web UI of Temporal: decodes for ops who are signed in there, and in the embedded stack for that UI on this machine. */
  readonly codec: { readonly codec: PayloadCodec; readonly uiOrigin: string | null; readonly signedInOrigin?: string };
  /** The Web UI of Temporal, to which links lead. */
  readonly webUi: { readonly url: string; readonly namespace: string };
  readonly log: Logger;
}
