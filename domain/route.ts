// Finding one's way on a programme's route.
import type { RouteStage, RouteStageOf } from './programme';
import { programmeAt } from './programmes';
import type { CaseState } from './state';
import type { PanelCode } from './words';

/** @returns the route of the programme that the case is pinned to. */
export function routeOf(state: Pick<CaseState, 'programme'>): readonly RouteStage[] {
  return programmeAt(state.programme).route;
}

/**
 * The stage of the route that a case last entered, as the values of its kind.
 * @throws Error when the case is not at such a stage: a fault of ours, never of a caller.
 */
export function routeStage<S extends RouteStage['stage']>(state: CaseState, stage: S): RouteStageOf<S> {
  const found = routeOf(state)[state.at];
  if (found?.stage !== stage) throw new Error(`${state.reference} is at ${found?.stage ?? 'no stage'}, not at ${stage}`);
  return found as RouteStageOf<S>;
}

/** @returns the panels of a route in their order. */
export function panelsOf(route: readonly RouteStage[]): PanelCode[] {
  return route.flatMap((stage) => (stage.stage === 'panel' ? [stage.panel] : []));
}
