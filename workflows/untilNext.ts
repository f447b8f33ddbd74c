// The timer of a process: the earliest of its clocks.
import { condition } from '@temporalio/workflow';
import { waitTitles } from '../domain/waits';
import type { Standing } from './show';

/**
 * Waits until `stirred`, or until the clock of the case is due.
 * @param patience milliseconds to wait at least before the clock
 * @returns whether it was stirred
 */
export function untilNext({ waits }: Pick<Standing, 'waits'>, patience: number, stirred: () => boolean): Promise<boolean> {
  const [wait] = waits.filter(({ next }) => next !== null).sort((a, b) => (a.next ?? '').localeCompare(b.next ?? ''));
  if (!wait?.next) return condition(stirred).then(() => true);
  const milliseconds = Math.max(Date.parse(wait.next) - Date.now(), patience);
  return condition(stirred, milliseconds, { summary: `${waitTitles[wait.what]}: the clock of ${wait.role}` });
}
