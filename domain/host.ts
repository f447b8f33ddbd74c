// Who has the student, or the pack.
import { routeOf } from './route';
import type { CaseState, Event } from './state';
import type { Host, Sector } from './words';

/** @returns the host of a case; null while nobody has its pack */
export function hostOf({ position }: Pick<CaseState, 'position'>): Host | null {
  return 'host' in position ? position.host : null;
}

/**
 * Who has the student, or the pack, once an event has moved a case on: whom the pack is sent to, the school that is allocated, whoever had it
 * before, else the provider of the course.
 * @throws Error when it is nobody: the route leads to a stage with a host too early, a fault of ours
 */
export function hostAfter(state: CaseState, event: Event): Host {
  if (event.kind === 'packSent' || event.kind === 'allocated') return event.host;
  const had = hostOf(state);
  if (had !== null) return had;
  if (state.course === null) throw new Error(`${state.reference} comes to a stage with a host, and has none`);
  return `provider:${state.course.provider}`;
}

/** @returns where the student has a second registration during the placement, beside the main one at the home school: with a receiving school (R50) or the AP Academy (R51) */
export function subsidiaryRegistration(state: CaseState): Host | null {
  const host = hostOf(state);
  const onboards = routeOf(state).some((stage) => stage.stage === 'onboarding');
  return host !== null && 'start' in state.position && state.position.start !== null && (onboards || host.startsWith('school:'))
    ? host
    : null;
}

/** @returns where the student is on a second roll now: only as long as the placement lasts (R50) */
export function secondRollNow(state: CaseState): Host | null {
  return state.position.stage === 'placement' ? subsidiaryRegistration(state) : null;
}

/** @returns whether a school may receive a student: one of the city's partnership of secondary schools (R22, R77) */
export function mayReceive({ sector }: { readonly sector: Sector | null }): boolean {
  return sector === 'secondary';
}
