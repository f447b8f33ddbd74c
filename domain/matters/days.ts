// Days that are written of a placement: none was before it.
import { formatDay, londonDay, type IsoDate } from '../calendar';
import type { CaseAt } from '../state';

/** @returns why nothing of a placement can have been agreed or talked about on that day; null where it can */
export function beforeThePlacement({ since }: CaseAt<'placement'>, on: IsoDate): string | null {
  const confirmed = londonDay(since);
  return on < confirmed ? `The start was confirmed on ${formatDay(confirmed)}: write that day or a later one.` : null;
}
