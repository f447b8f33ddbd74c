// Finding one's way on a case's own route: that of its programme, less the panels that its cycle takes out (C5).
import type { RouteStage, RouteStageOf } from './programme';
import { programmeAt } from './programmes';
import type { CaseState } from './state';
import type { PanelCode } from './words';

/** @returns the stages of the case in order. */
export function routeOf({ programme, panels }: Pick<CaseState, 'programme' | 'panels'>): readonly RouteStage[] {
  const { route } = programmeAt(programme);
  return panels === null ? route : route.filter((stage) => stage.stage !== 'panel' || panels.includes(stage.panel));
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

/** @returns the panels of a route in their order: those that decide, and the meeting that allocates. */
export function panelsOf(route: readonly RouteStage[]): PanelCode[] {
  return route.flatMap((stage) => (stage.stage === 'panel' || stage.stage === 'allocation' ? [stage.panel] : []));
}

/** @returns the panels of a route that decide about the application, in their order: a cycle may take these out (C5). */
export function decidingPanelsOf(route: readonly RouteStage[]): PanelCode[] {
  return route.flatMap((stage) => (stage.stage === 'panel' ? [stage.panel] : []));
}

/** @returns the panel that allocates a receiving school on a route (R75); null where none does */
export function allocatingPanelOf(route: readonly RouteStage[]): PanelCode | null {
  return route.find((stage) => stage.stage === 'allocation')?.panel ?? null;
}

/** @returns the panels that the case will come to as it stands; none for one that has ended or seeks an alternative. */
export function panelsAwaited(state: CaseState): PanelCode[] {
  const { stage } = state.position;
  return stage === 'alternatives' || stage === 'closed' ? [] : panelsOf(routeAhead(state));
}

/** @returns the route that the case has yet to pass, the stage at which it is included. */
export function routeAhead(state: CaseState): readonly RouteStage[] {
  return routeOf(state).slice(state.at);
}

/** @returns the values of the placement at the end of a case's route. */
export function placementOf(state: Pick<CaseState, 'programme' | 'panels'>): RouteStageOf<'placement'> {
  return placementIn(routeOf(state));
}

/** @returns the values of the placement at the end of a route. */
export function placementIn(route: readonly RouteStage[]): RouteStageOf<'placement'> {
  const last = route.at(-1);
  if (last?.stage !== 'placement') throw new Error('A route does not end with a placement');
  return last;
}
