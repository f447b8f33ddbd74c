// Days that are written of a placement and of what was asked for in it: none was before what it speaks of.
import { formatDay, londonDay, type Instant, type IsoDate } from '../calendar';
import type { Facts } from '../facts';
import { refuse } from '../refusal';
import type { CaseAt, Refusal } from '../state';

/**
 * @param rule where it stands that it is agreed or talked about
 * @param field which says on which day that was
 * @returns why nothing of a placement can have been agreed or talked about on that day; null where it can
 */
export function beforeThePlacement({ since }: CaseAt<'placement'>, on: IsoDate, rule: string, field: string): Refusal | null {
  const confirmed = londonDay(since);
  if (on >= confirmed) return null;
  return refuse('wrong-value', rule, `The start was confirmed on ${formatDay(confirmed)}: write that day or a later one.`, field);
}

/**
 * What CAP confirms is in CLM and Capita before it: a withdrawal (R114), a change of day (R119).
 * @param enteredOn the day on which it was entered there, where that is said
 * @param asked when it was asked for
 * @param rule where it stands that it is entered first
 * @returns why it cannot have been entered on that day; null where it can
 */
export function notEntered(
  enteredOn: IsoDate | undefined,
  asked: Instant,
  rule: 'R114' | 'R119',
  { now }: Facts,
): Refusal | null {
  if (enteredOn === undefined) return null;
  const no = (message: string) => refuse('wrong-value', rule, message, 'enteredOn');
  if (enteredOn > londonDay(now)) return no('It is entered in CLM and Capita first: write the day on which that was.');
  const from = londonDay(asked);
  return enteredOn < from
    ? no(`It was asked for on ${formatDay(from)}, and entered in CLM and Capita on that day or later.`)
    : null;
}
