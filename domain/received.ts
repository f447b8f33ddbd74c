// When a command counts: a deadline is judged by when it was received, within bounds that keep every timeline in order.
import type { Instant } from './calendar';

/** How long the engine may have been away, in milliseconds: a command received earlier counts when it is taken. */
const mostBack = 60 * 60 * 1000;

export interface Receiving {
  /** When a door received it; null for what came through Temporal, which counts when it is taken. */
  readonly received: Instant | null;
  /** The workflow's own time. */
  readonly now: Instant;
  /** What it cannot have come before: the last event of its case; for a submission, when the draft was last saved. */
  readonly after: Instant | null;
}

/** @returns when the command counts as given: all of its events bear this time, and no later one of its case an earlier */
export function countsFrom({ received, now, after }: Receiving): Instant {
  const earliest = latest(new Date(Date.parse(now) - mostBack).toISOString(), after);
  const counts = received !== null && received >= earliest && received <= now ? received : now;
  // Clocks of two machines may differ a little: what is taken later still happens later.
  return latest(counts, after);
}

function latest(one: Instant, other: Instant | null): Instant {
  return other !== null && other > one ? other : one;
}
