// What every matter is: something that runs beside the stage, with a clock of its own. It is opened by an event, takes commands while it is
// open, and is ended by an event. A case that closes ends them, but for what is to be put right all the same.
import { londonDay, type Calendar, type Instant } from '../calendar';
import type { At, CaseState, Event, MatterKind, MatterOf } from '../state';
import type { Awaited, Takes } from '../take';

/** A case with one of its open matters. */
export type Beside<K extends MatterKind> = CaseState & { readonly matter: MatterOf<K> };

export interface MatterRules<K extends MatterKind> {
  /** @param state the case before the event @returns the matter that it opens, or several; null when it opens none */
  opens(event: Event, state: CaseState): MatterOf<K> | readonly MatterOf<K>[] | null;
  readonly takes: Takes<Beside<K>>;
  ends(matter: MatterOf<K>, event: Event): boolean;
  /** It stays open, and may be opened still, when the case has closed: whoever it waits for finds it in their list, and no clock runs. */
  readonly outlivesTheCase?: true;
  /** It runs beside a placement alone: a host that does not take the student after all ends it. */
  readonly ofThePlacement?: true;
  waits(beside: Beside<K>, calendar: Calendar): Awaited;
}

/**
 * The placement beside which a matter runs.
 * @throws Error when the case is in none: a fault of ours, for a case that closes ends its matters
 */
export function placed({ reference, position }: CaseState): At<'placement'> {
  if (position.stage !== 'placement') throw new Error(`${reference} has a matter of its placement, and is in none`);
  return position;
}

/** @returns whether the placement of a case has started: its first day has come */
export function hasStarted({ position }: Pick<CaseState, 'position'>, now: Instant): boolean {
  return position.stage === 'placement' && londonDay(now) >= position.start;
}
