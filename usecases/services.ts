// What the use-cases are given: everything that touches the world comes in here, so that a test can hand in its own.
import type { Instant } from '../domain/calendar';
import type { Files } from '../files/files';
import type { Nights } from '../files/nights';
import type { Database } from '../records/database';
import type { Engine } from '../temporal/engine';

export interface Services {
  readonly database: Database;
  readonly engine: Engine;
  readonly files: Files;
  readonly nights: Nights;
  readonly now: () => Instant;
  /** For what a person need not know: codes and references only. */
  readonly log: { warn(about: object, sentence: string): void };
}
