// Who sits on each panel: a seat for each service, as the brochure lists them (R89, R90). Who holds a seat is a row that CAP keeps.
import { forEachPanel, type PanelCode } from '../calendar';

export interface Seat {
  readonly code: string;
  readonly title: string;
}

/** The two seats of which one must be there, or the meeting has nobody to lead it. */
const leading: readonly string[] = ['chair', 'vice-chair'];

export function leads(seat: string): boolean {
  return leading.includes(seat);
}

/** What is said of somebody who is of the panel and may not lead it (A7). */
export const leadsNot =
  'Whoever sits there decides and signs: name somebody who may lead this panel. CAP lets them lead it first.';

const services: readonly Seat[] = [
  { code: 'cap', title: 'Coventry Alternative Provision' },
  { code: 'attendance', title: 'Attendance' },
  { code: 'semhl', title: 'Specialist SEMHL' },
  { code: 'early-help', title: 'Early Help' },
  { code: 'youth-justice', title: 'Youth Justice Service' },
  { code: 'behaviour-and-reintegration', title: 'Behaviour and Reintegration' },
  { code: 'send', title: 'SEND and Educational Psychology' },
  { code: 'violence-reduction', title: 'Schools Violence Reduction' },
  { code: 'virtual-school', title: 'Virtual School' },
];

/** The documents name no seats of the Headteacher Placement Meeting beside who leads it: its heads are not counted one by one. */
const seats: Readonly<Record<PanelCode, readonly Seat[]>> = {
  'review-and-authorisation': [
    { code: 'chair', title: 'Chair (LA officer)' },
    { code: 'vice-chair', title: 'Vice chair (LA officer)' },
    { code: 'tier-2-providers', title: 'Tier 2 external training providers' },
    ...services,
  ],
  'multi-agency': [
    { code: 'chair', title: 'Independent chair' },
    { code: 'vice-chair', title: 'Vice chair' },
    { code: 'headteacher-1', title: 'Secondary headteacher (first, in rotation)' },
    { code: 'headteacher-2', title: 'Secondary headteacher (second, in rotation)' },
    { code: 'ap-academy', title: 'Headteacher of the AP Academy' },
    ...services,
  ],
  'headteacher-placement': [
    { code: 'chair', title: 'Chair' },
    { code: 'vice-chair', title: 'Vice chair' },
  ],
};

export const seatsOfPanels = forEachPanel((panel) => seats[panel]);

/** @returns a seat as people read it: by its title, or by its code where the panel has it no more */
export function seatInWords(panel: PanelCode, code: string): string {
  return seatTitle(panel, code) ?? code;
}

/** @returns the title of a seat of a panel; null when the panel has none of that code */
export function seatTitle(panel: PanelCode, code: string): string | null {
  return seats[panel].find((seat) => seat.code === code)?.title ?? null;
}
