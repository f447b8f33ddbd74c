// One command that a case takes: when, from whom, and what comes of it. Stages, matters and the case as a whole all say it in this form.
import { addWorkingDays, endOfLondonDay, londonDay, type Calendar, type Instant } from './calendar';
import type { CommandKind, CommandOf } from './commands';
import type { Facts } from './facts';
import type { CaseState, Event, Refusal, WaitCode } from './state';
import type { Party } from './words';

/** Happenings without their time, which `decide` adds; or why not. */
export type Happenings = readonly WithoutTime<Event>[];
type WithoutTime<E> = E extends Event ? Omit<E, 'at'> : never;
export type Decision = Refusal | Happenings;

/** @typeParam Here the case as it is known to be where the command is taken: at a stage, with an open matter. */
export interface Take<Here extends CaseState, K extends CommandKind> {
  /** Absent: always. */
  when?(here: Here): boolean;
  /** Where `when` says no, and more can be said than that: what stands against it, and what to do. */
  whyNot?(here: Here): Refusal | null;
  /** What the day forbids is not offered to people, or not to those with these parties; `decide` says why. Absent: offered whenever it is permitted. */
  offered?(here: Here, now: Instant, held: readonly Party[]): boolean;
  by(here: Here): readonly Party[];
  /** Of several open matters of a kind, whether the command speaks of this one. Absent: of any. */
  about?(here: Here, body: CommandOf<K>['body']): boolean;
  decide(here: Here, body: CommandOf<K>['body'], facts: Facts): Decision;
}

export type Takes<Here extends CaseState> = { readonly [K in CommandKind]?: Take<Here, K> };

/** What a stage or a matter waits for, before the clock is reckoned. */
export interface Awaited {
  readonly party: Party;
  readonly what: WaitCode;
  readonly due: Instant;
  /** When to remind whom it waits for, where that is not when it is due. */
  readonly remind?: Instant;
  /** When to tell CAP, where that is not two working days after it is due. */
  readonly escalate?: Instant;
}

/** @returns the end of the London day `days` working days after the one of `since`. */
export function workingDaysAfter(since: Instant, days: number, calendar: Calendar): Instant {
  return endOfLondonDay(addWorkingDays(londonDay(since), days, calendar));
}
