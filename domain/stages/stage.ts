// What every stage is: which commands it takes and where they lead, whom it waits for and how long.
import { addWorkingDays, endOfLondonDay, londonDay, type Calendar, type Instant } from '../calendar';
import type { CommandKind, CommandOf } from '../commands';
import type { Facts } from '../facts';
import type { RouteStage } from '../programme';
import type { At, CaseState, Event, EventKind, EventOf, Position, Refusal, RefusalCode, StageName, WaitCode } from '../state';
import type { Party } from '../words';

/** A case that stands at a stage S. */
export type CaseAt<S extends StageName> = CaseState & { readonly position: At<S> };

/** Happenings without their time, which `decide` adds; or why not. */
export type Happenings = readonly WithoutTime<Event>[];
type WithoutTime<E> = E extends Event ? Omit<E, 'at'> : never;
export type Decision = Refusal | Happenings;

export interface StageWait {
  readonly party: Party;
  readonly what: WaitCode;
  readonly due: Instant;
  /** When to remind whom it waits for, where that is not when it is due. */
  readonly remind?: Instant;
  /** When to tell CAP, where that is not two working days after the reminder. */
  readonly escalate?: Instant;
}

/** Where an event leads: to another position, or on to the next stage of the route. */
export type Move = Position | 'next-stage';

export interface Stage<S extends StageName> {
  /** The position on arriving from the stage before. Absent for what is not on a route. */
  enter?(stage: Extract<RouteStage, { stage: S }>, state: CaseState, event: Event): At<S>;
  /** Commands that the position permits, each with who may give them and what they lead to. */
  readonly takes: { readonly [K in CommandKind]?: Take<S, K> };
  /** How an event that belongs to this stage moves the case. */
  readonly moves: { readonly [K in EventKind]?: (state: CaseAt<S>, event: EventOf<K>) => Move };
  waits(state: CaseAt<S>, calendar: Calendar): StageWait | null;
}

export interface Take<S extends StageName, K extends CommandKind> {
  /** Absent: whenever the case stands at this stage. */
  when?(position: At<S>): boolean;
  by(state: CaseAt<S>): readonly Party[];
  decide(state: CaseAt<S>, body: CommandOf<K>['body'], facts: Facts): Decision;
}

export function refuse(refused: RefusalCode, rule: string, message: string, field?: string): Refusal {
  return field === undefined ? { refused, rule, message } : { refused, rule, message, field };
}

export function isRefusal(decision: object): decision is Refusal {
  return 'refused' in decision;
}

/** @returns the end of the London day `days` working days after the one of `since`. */
export function workingDaysAfter(since: Instant, days: number, calendar: Calendar): Instant {
  return endOfLondonDay(addWorkingDays(londonDay(since), days, calendar));
}
