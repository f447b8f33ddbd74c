// Where a training provider takes its students: its sites, in its order. Schools are at their one address.
import type { Host } from './words';

export interface Site {
  readonly name: string;
  readonly address: string;
  /** Of the site itself, where it has one. */
  readonly telephone: string | null;
}

/** How many a provider names. */
export const mostSites = 6;

/** @returns the party that keeps the sites of a provider, beside CAP */
export function keeperOfSites(provider: string): Host {
  return `provider:${provider}`;
}
