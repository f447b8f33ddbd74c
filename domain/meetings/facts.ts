// What the rules of a panel meeting may know beside its state.
import type { IsoDate, PanelCode } from '../calendar';
import type { CommonFacts } from '../facts';

/** Who usually holds a seat, and who stands in. */
export interface StandingSeat {
  readonly seat: string;
  readonly holder: string | null;
  readonly deputy: string | null;
  /** Whether the holder is out of office on the day of the meeting (A19). */
  readonly away: boolean;
}

export interface MeetingFacts extends CommonFacts {
  /** The meeting as the calendar has it; null when it was taken out. */
  readonly planned: {
    readonly reference: string;
    readonly panel: PanelCode;
    readonly day: IsoDate;
    readonly deadline: IsoDate;
  } | null;
  readonly quorum: number;
  readonly standing: readonly StandingSeat[];
  /** The people who may sit on the panel: those who hold a grant of it. */
  readonly members: readonly string[];
  /** Those of them who may lead it: they decide and sign. */
  readonly leaders: readonly string[];
  /** The references of the cases that are on its agenda, or on their way to it. */
  readonly agenda: readonly string[];
  /** How many cases still stand before it. */
  readonly undecided: number;
  /** How many decisions were made at it. */
  readonly decided: number;
}
