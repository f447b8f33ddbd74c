// The timer of a process: the earliest of its clocks.
import { condition, patched } from '@temporalio/workflow';
import { waitTitles } from '../domain/waits';
import type { Standing } from './show';

/**
 * Waits until `stirred`, or until the clock of the case is due.
 * @param patience milliseconds to wait at least before the clock
 * @param edition of what was heard of the record last
 * @returns whether it was stirred
 */
export function untilNext(
  { waits }: Pick<Standing, 'waits'>,
  patience: number,
  stirred: () => boolean,
  edition: number,
): Promise<boolean> {
  const [wait] = waits.filter(({ next }) => next !== null).sort((a, b) => (a.next ?? '').localeCompare(b.next ?? ''));
  if (!wait?.next) return condition(stirred).then(() => true);
  // What is due is taken at once: a timer for it would cost events, and several clocks of one morning follow each other.
  const isDue = patience <= 1 && Date.parse(wait.next) <= Date.now();
  if (isDue && (edition >= 2 || patched('due-at-once'))) return Promise.resolve(stirred());
  const milliseconds = Math.max(Date.parse(wait.next) - Date.now(), patience);
  return condition(stirred, milliseconds, { summary: `${waitTitles[wait.what]}: the clock of ${wait.role}` });
}
