// How a rule says no: with a code, the number of the rule, and a sentence that says what to do.
import type { Refusal, RefusalCode } from './state';

export function refuse(refused: RefusalCode, rule: string, message: string, field?: string): Refusal {
  return field === undefined ? { refused, rule, message } : { refused, rule, message, field };
}

export function isRefusal(decision: object): decision is Refusal {
  return 'refused' in decision;
}
