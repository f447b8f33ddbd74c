// Who meets in a cycle, what they are called, what their meetings are named by, and when an agenda closes.
import { addDays } from './isoDates';
import { startOfLondonDay } from './london';
import type { Instant, IsoDate } from './types';

/** In the order in which they decide: Panel 1, Panel 2, and the heads who find a receiving school for an approved Supported Transfer (R75). */
export const panelCodes = ['review-and-authorisation', 'multi-agency', 'headteacher-placement'] as const;
export type PanelCode = (typeof panelCodes)[number];

const panelTable: Readonly<Record<PanelCode, { readonly title: string; readonly initials: string }>> = {
  'review-and-authorisation': { title: 'Review & Authorisation Panel', initials: 'RAP' },
  'multi-agency': { title: 'Multi-Agency Panel', initials: 'MAP' },
  'headteacher-placement': { title: 'Headteacher Placement Meeting', initials: 'HPM' },
};

export function panelTitle(panel: PanelCode): string {
  return panelTable[panel].title;
}

/** @returns a value for each panel, made from its code. */
export function forEachPanel<T>(value: (panel: PanelCode) => T): Record<PanelCode, T> {
  return Object.fromEntries(panelCodes.map((panel) => [panel, value(panel)])) as Record<PanelCode, T>;
}

/**
 * The id of a panel's meeting: its day's, `MAP-2024-12-17`; a second one of the same panel on that day gets a number.
 * @param taken ids of other meetings
 */
export function meetingId(panel: PanelCode, day: string, taken: readonly string[] = []): string {
  const base = `${panelTable[panel].initials}-${day}`;
  let id = base;
  for (let number = 2; taken.includes(id); number += 1) id = `${base}-${String(number)}`;
  return id;
}

const ofMeeting = new RegExp(`^(${panelCodes.map((panel) => panelTable[panel].initials).join('|')})-`);

/** @returns whether a reference is that of a panel meeting, and not of a case */
export function isMeetingId(reference: string): boolean {
  return ofMeeting.test(reference);
}

/**
 * @param deadline the referral deadline: the agenda is open to the end of that London day
 * @param day of the meeting: where that comes no later, the agenda closes as it begins
 * @returns the last day on which the agenda of a meeting is open
 */
export function lastDayOfAgenda(deadline: IsoDate, day: IsoDate): IsoDate {
  return deadline < day ? deadline : addDays(day, -1);
}

/** @returns the first moment at which the agenda of a meeting is closed. @param deadline of its cycle @param day of the meeting */
export function agendaCloses(deadline: IsoDate, day: IsoDate): Instant {
  return startOfLondonDay(addDays(lastDayOfAgenda(deadline, day), 1));
}
