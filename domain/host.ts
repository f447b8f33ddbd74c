// Who has the student, or the pack.
import type { CaseState } from './state';
import type { Host } from './words';

/** @returns the host of a case; null while nobody has its pack */
export function hostOf({ position }: Pick<CaseState, 'position'>): Host | null {
  return 'host' in position ? position.host : null;
}
