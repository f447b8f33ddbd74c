// What a panel meeting is at one moment, and what can happen to it. Codes, dates and references only, as in a case.
import type { Instant, IsoDate, PanelCode } from '../calendar';
import type { WaitKey } from '../state';
import type { Party } from '../words';

/** A seat at this meeting. */
export interface Seated {
  readonly seat: string;
  /** The id of who sits in it; null while nobody does. */
  readonly person: string | null;
  /** Somebody said so for this meeting: it stays when the usual holders change. */
  readonly byHand: boolean;
  /** They sit there for its holder, who is out of office that day (A19). */
  readonly standsIn?: true;
}

/** Somebody of the panel takes no part in one case (A7). */
export interface Interest {
  /** The reference of the case. */
  readonly case: string;
  readonly person: string;
}

/** `passed`: its day is over, and nobody kept anything of it here: none of its seats is held, or nothing was on its agenda. */
export const meetingStageTitles = {
  'agenda-open': 'The agenda is open',
  'agenda-closed': 'The agenda is closed',
  signed: 'The minutes are signed',
  passed: 'The day is over',
  cancelled: 'The meeting is taken out of the calendar',
} as const;
export type MeetingStage = keyof typeof meetingStageTitles;

export interface MeetingState {
  /** The id of the meeting. */
  readonly reference: string;
  /** How many commands were recorded. */
  readonly step: number;
  /** When the last event happened. */
  readonly updated: Instant;
  readonly panel: PanelCode;
  readonly day: IsoDate;
  /** The agenda closes at the end of this London day. */
  readonly deadline: IsoDate;
  readonly stage: MeetingStage;
  /** How many of its seats must be present; 0 where CAP has set none. */
  readonly quorum: number;
  readonly seats: readonly Seated[];
  /** The seats that are present; null while no attendance is recorded. */
  readonly present: readonly string[] | null;
  readonly interests: readonly Interest[];
  /** E-mails of the meeting that nobody got. */
  readonly undelivered: readonly { readonly email: string; readonly since: Instant }[];
  readonly nudges: Readonly<Record<string, number>>;
}

type Happening =
  | {
      readonly kind: 'convened';
      readonly reference: string;
      readonly panel: PanelCode;
      readonly day: IsoDate;
      readonly deadline: IsoDate;
      readonly quorum: number;
      readonly seats: readonly Seated[];
    }
  | { readonly kind: 'rescheduled'; readonly day: IsoDate; readonly deadline: IsoDate }
  /** With the seats as they are then held, and how many of them must be present. */
  | { readonly kind: 'agendaClosed'; readonly quorum: number; readonly seats: readonly Seated[] }
  | { readonly kind: 'seatFilled'; readonly seat: string; readonly person: string | null }
  | ({ readonly kind: 'interestDeclared' | 'interestTakenBack' } & Interest)
  | { readonly kind: 'attendanceRecorded'; readonly present: readonly string[] }
  | { readonly kind: 'minutesSigned' }
  | { readonly kind: 'passed' | 'cancelled' }
  | ({ readonly kind: 'reminded' | 'escalated'; readonly party: Party } & WaitKey)
  | { readonly kind: 'emailUndelivered' | 'emailSettled'; readonly email: string };

export type MeetingEvent = Happening & { readonly at: Instant };
export type MeetingEventKind = MeetingEvent['kind'];
