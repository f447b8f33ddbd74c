// What a panel's meeting says of a case that is before it: who is there for it, and whether they are enough (A7).
import type { Instant, IsoDate } from '../calendar';
import { leads } from './seats';
import type { MeetingState, Seated } from './state';

/** A seat, as far as who sits in it goes. */
type Held = Pick<Seated, 'seat' | 'person'>;

/** The meeting, as far as a decision in one of its cases concerns it. */
export interface Sitting {
  /** How many seats must be present; 0: the panel's seats are not kept here, and its chair answers for the quorum. */
  readonly quorum: number;
  /** How many are present for this case, those with an interest in it, and those of its school and host, not counted. */
  readonly present: number;
  /** Whether a chair or vice chair is among them. */
  readonly led: boolean;
  /** Whether its minutes are signed: nothing more is decided at it. */
  readonly isSigned: boolean;
}

/**
 * @param reference of the case
 * @param ofItsSides the people who act for its home school or its host: a head is out of the case of their own school (A7, A21)
 */
export function sittingOf(
  {
    quorum,
    seats,
    present,
    interests,
    stage,
  }: Pick<MeetingState, 'quorum' | 'present' | 'interests' | 'stage'> & { readonly seats: readonly Held[] },
  reference: string,
  ofItsSides: readonly string[],
): Sitting {
  const interested = interests.filter((interest) => interest.case === reference).map(({ person }) => person);
  const away = [...interested, ...ofItsSides];
  const there = seats.filter(({ seat, person }) => present?.includes(seat) && person !== null && !away.includes(person));
  return {
    quorum,
    present: there.length,
    isSigned: stage === 'signed',
    led: there.some(({ seat }) => leads(seat)),
  };
}

/** @returns whether anybody sits in one of its seats: a meeting without any keeps no attendance and no minutes */
export function isSeated({ seats }: { readonly seats: readonly Held[] }): boolean {
  return seats.some(({ person }) => person !== null);
}

/** @returns whether enough seats are present, and one that leads among them: without that the panel decides nothing at its meeting */
export function isQuorate({ quorum, present, led }: Sitting): boolean {
  return quorum === 0 || (present >= quorum && led);
}

/** An item of an agenda, as far as its place there goes. */
export interface AgendaItem {
  readonly reference: string;
  /** Whether places of its programme are few (R13). */
  readonly limitedPlaces: boolean;
  /** Of the cohort; null for a programme without cohorts. */
  readonly start: IsoDate | null;
  readonly submitted: Instant;
}

/**
 * The order of an agenda: what takes one of few places comes first, the earlier start before the later, and then whoever applied first, so
 * that a place goes to the child who has waited longest.
 */
export function inAgendaOrder<T extends AgendaItem>(items: readonly T[]): T[] {
  const key = ({ limitedPlaces, start, submitted, reference }: AgendaItem) => [
    limitedPlaces ? '0' : '1',
    start ?? '9999',
    submitted,
    reference,
  ];
  return [...items].sort((a, b) => key(a).join(' ').localeCompare(key(b).join(' ')));
}
