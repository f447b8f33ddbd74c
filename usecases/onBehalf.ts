// For whom a person does something, and whether they may.
import { can, type Action } from '../domain/permissions';
import { codeOf } from '../domain/words';
import type { Person } from '../records/types';
import { wrongValues, type Refused } from './refused';

/** @returns the school of somebody who acts for one alone; '' for who acts for none, which permits nothing */
export function onlySchoolOf({ parties }: Person): string | Refused {
  const schools = parties.filter((party) => party.startsWith('school:')).map(codeOf);
  if (schools.length > 1)
    return wrongValues({ field: 'school', rule: 'R23', message: 'You act for several schools: say for which.' });
  return schools[0] ?? '';
}

/** @returns why the person may not do that at all; null when they may */
export function mayNot(person: Person, action: Action, school?: string): Refused | null {
  const permission = can(person, action, school);
  return permission.allowed ? null : { refused: 'not-allowed', message: permission.why };
}
