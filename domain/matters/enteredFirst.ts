// What CAP confirms is in CLM and Capita before it: a withdrawal (R114), a change of day (R119).
import { londonDay, type IsoDate } from '../calendar';
import type { Facts } from '../facts';
import { refuse } from '../refusal';
import type { Refusal } from '../state';

/**
 * @param enteredOn the day on which it was entered there, where that is said
 * @param rule where it stands that it is entered first
 * @returns why it is not confirmed yet; null when it may be
 */
export function notEnteredYet(enteredOn: IsoDate | undefined, rule: 'R114' | 'R119', { now }: Facts): Refusal | null {
  if (enteredOn === undefined || enteredOn <= londonDay(now)) return null;
  return refuse('wrong-value', rule, 'It is entered in CLM and Capita first: write the day on which that was.', 'enteredOn');
}
