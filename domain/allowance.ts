// What the SLA pays for: the quality assurance of so many Tier 1 placements a year (R9). More are placed all the same: it is counted, with a warning.

export const includedPlacements = 15;

/** @returns what a school is to be told of the placements that it has used; null while some are left */
export function allowanceWarning(used: number): string | null {
  if (used < includedPlacements) return null;
  return used === includedPlacements
    ? `All ${String(includedPlacements)} are used: the next one is paid for.`
    : `${String(used - includedPlacements)} more than the SLA pays for.`;
}
