// Stretches of a route that more than one programme goes through.
import type { PlacementTask, RouteStage } from '../programme';

/** A course without a panel, of Tier 1 and of Insight, until its placement: the school arranges the interview with its provider (R52-R57, R59). */
export const towardsACourse: readonly RouteStage[] = [
  { stage: 'pack-check', workingDays: 2, correctionDays: 5 },
  { stage: 'interview', arrangedBy: 'school', bookingDays: 5, responseDays: 15 },
  { stage: 'start-date', workingDays: 5 },
];

/** What is added to the placement of a route from 2026-27 on: a plan to start with (A2), tasks, and a notice to the parents where it is an off-site direction (A3). */
export function withPlan(
  route: readonly RouteStage[],
  { notice = false, tasks = [] }: { readonly notice?: boolean; readonly tasks?: readonly PlacementTask[] } = {},
): readonly RouteStage[] {
  return route.map((stage) =>
    stage.stage === 'placement'
      ? { ...stage, plan: true, ...(notice ? { notice } : {}), ...(tasks.length > 0 ? { tasks } : {}) }
      : stage,
  );
}
