// What every stage is: which commands it takes and where they lead, whom it waits for and how long.
import type { Calendar } from '../calendar';
import type { RouteStage } from '../programme';
import type { At, CaseAt, CaseState, Event, EventKind, EventOf, Position, StageName } from '../state';
import type { Awaited, Takes } from '../take';

export type { CaseAt } from '../state';

/** Where an event leads: to another position, or on to the next stage of the route. */
export type Move = Position | 'next-stage';

export interface Stage<S extends StageName> {
  /** The position on arriving from the stage before. Absent for what is not on a route. */
  enter?(stage: Extract<RouteStage, { stage: S }>, state: CaseState, event: Event): At<S>;
  readonly takes: Takes<CaseAt<S>>;
  /** How an event that belongs to this stage moves the case. */
  readonly moves: { readonly [K in EventKind]?: (state: CaseAt<S>, event: EventOf<K>) => Move };
  waits(state: CaseAt<S>, calendar: Calendar): Awaited | null;
}
