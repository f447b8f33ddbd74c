// The meetings about a placement that are called (R98), and to which of them the SEND team is invited (A12).
import type { CaseState, Matter, MatterOf } from './state';

export function isCalled(matter: Matter): matter is MatterOf<'called-meeting'> {
  return matter.kind === 'called-meeting';
}

/** @returns whether a review is called that is not recorded yet */
export function isReviewCalled({ matters }: Pick<CaseState, 'matters'>): boolean {
  return matters.filter(isCalled).some(({ about }) => about === 'review');
}

/** @returns the review to which the SEND team is invited, as long as it is called; null when there is none */
export function reviewWithSend({ matters }: Pick<CaseState, 'matters'>): MatterOf<'called-meeting'> | null {
  return matters.filter(isCalled).find(({ send }) => send) ?? null;
}
