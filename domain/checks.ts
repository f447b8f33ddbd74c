// What CAP checks of a training provider, and until when each check holds (R103-R105). A lapsed check stops a new placement; those that run go on,
// and CAP is told.
import { formatDay, type IsoDate } from './calendar';
import { refuse } from './refusal';
import type { Refusal } from './state';
import type { Host } from './words';

export const checkKinds = ['procurement', 'compliance-review', 'safeguarding-training'] as const;
export type CheckKind = (typeof checkKinds)[number];

export const checkTitles: Readonly<Record<CheckKind, string>> = {
  procurement: 'Procurement by the local authority (R103)',
  'compliance-review': 'Compliance review of the term (R104)',
  'safeguarding-training': 'Safeguarding training of the staff, this academic year (R105)',
};

/** The newest of a kind. */
export interface Check {
  readonly kind: CheckKind;
  readonly passed: IsoDate;
  /** The last day on which it holds. */
  readonly expires: IsoDate;
}

/**
 * @param checks the newest of each kind; a kind of which nothing is kept here does not lapse
 * @returns those that do not hold on a day any more
 */
export function lapsedOn(checks: readonly Check[], day: IsoDate): Check[] {
  return checks.filter(({ expires }) => expires < day);
}

/** @returns why no new placement goes to a host on a day; null when nothing of it has lapsed by then */
export function lapsedCheck(host: Host, checks: readonly Check[], day: IsoDate, field: string): Refusal | null {
  const [lapsed] = lapsedOn(checks, day);
  if (!lapsed) return null;
  const message = `${host}: ${checkTitles[lapsed.kind]} holds until ${formatDay(lapsed.expires)} only. CAP records the new check first, or finds another host.`;
  return refuse('wrong-value', 'R104', message, field);
}
