// What people read of many cases: the cases that they may see, found by words where they look for one, and what waits for them.
import type { Instant } from '../domain/calendar';
import { can } from '../domain/permissions';
import { leastCharacters, mostWords, soughtWords } from '../domain/search';
import { listCases, listOverdue, listTasks, type DueAfter, type Page, type Turn, type UpdatedAfter } from '../records/lists';
import type { CaseFilter, CaseSummary, Person, Task } from '../records/types';
import { wrongValues, type Refused } from './refused';
import type { Services } from './services';

/**
 * @param text what somebody knows of a case: a part of its reference, of the student's name, of the pupil number; null for all
 * @returns a page of the cases that the person may see, the last changed first
 * @throws DatabaseAway
 */
export async function findCases(
  { database }: Services,
  person: Person,
  filter: CaseFilter,
  text: string | null,
  turn: Turn<UpdatedAfter>,
): Promise<Page<CaseSummary, UpdatedAfter> | Refused> {
  const sought = text === null ? [] : soughtWords(text);
  if (sought === null) {
    const message = `Look for at most ${mostWords} words, the longest with at least ${leastCharacters} characters.`;
    return wrongValues({ field: 'text', rule: 'body', message });
  }
  return listCases(database, person, filter, turn, sought);
}

/**
 * @param of what waits for the person's own parties, of that what is about cases that name the person, or what is overdue with others
 * @returns a page of what waits, what is due first in front
 * @throws DatabaseAway
 */
export async function worklist(
  { database, now }: Services,
  person: Person,
  of: 'mine' | 'named' | 'others',
  turn: Turn<DueAfter>,
): Promise<Page<Task, DueAfter> | Refused> {
  if (of !== 'others') return listTasks(database, person, turn, of === 'named');
  const permission = can(person, 'see-overdue');
  if (!permission.allowed) return { refused: 'not-allowed', message: permission.why };
  return listOverdue(database, person, now(), turn);
}

/** @returns whether something was due before a time. */
export function isOverdue({ wait }: Task, now: Instant): boolean {
  return wait.due < now;
}
