// Stretches of a route that more than one programme goes through.
import type { RouteStage } from '../programme';

/** A course without a panel, of Tier 1 and of Insight, until its placement: the school arranges the interview with its provider (R52-R57, R59). */
export const towardsACourse: readonly RouteStage[] = [
  { stage: 'pack-check', workingDays: 2, correctionDays: 5 },
  { stage: 'interview', arrangedBy: 'school', bookingDays: 5, responseDays: 15 },
  { stage: 'start-date', workingDays: 5 },
];

/** A route whose placement starts with a plan (A2); with `notice`, after a notice to the parents as well (A3). */
export function withPlan(route: readonly RouteStage[], { notice = false } = {}): readonly RouteStage[] {
  return route.map((stage) => (stage.stage === 'placement' ? { ...stage, plan: true, ...(notice ? { notice } : {}) } : stage));
}
