// Who applies, and acts in the case as the school does: the home school, or the local authority for a programme that it opens alone (R20).
import { programmeAt } from './programmes';
import type { CaseState } from './state';
import type { Party } from './words';

/** @returns the party that submits, confirms the start, withdraws */
export function applicantOf({ programme, school }: Pick<CaseState, 'programme' | 'school'>): Party {
  return openerOf(programmeAt(programme), school);
}

/** As `applicantOf`, before there is a case. */
export function openerOf({ openedBy }: { readonly openedBy?: 'local-authority' }, school: string): Party {
  return openedBy === undefined ? `school:${school}` : 'cap';
}
