// The next decision on an idle case after its worker was killed, while another worker lives.
import type { Log } from '../dev/plainError';
import type { Program } from '../dev/process';
import { atMost, median, type Figure } from './figures';
import { quiescent } from './histories';
import { placed, timeRaw } from './latency';
import type { Stand } from './stand';
import type { Teller } from './teller';

const cases = 8;
const aimSeconds = 3;

/** @param worker the one that runs now; it is killed, and another is left in its place */
export async function measureFailover(
  stand: Stand,
  teller: Teller,
  worker: Program,
  log: Log,
): Promise<{ readonly figures: Figure[]; readonly worker: Program }> {
  const idle = await placed(teller, cases);
  const other = await stand.startWorker();
  worker.kill();
  await worker.ended;
  const seconds = await Promise.all(idle.map(async (one) => (await timeRaw(teller, one)) / 1000));
  log(`  ${seconds.map((each) => each.toFixed(2)).join(', ')} s`);
  for (const { reference } of idle) await quiescent(teller.client, reference);
  const slowest = Math.max(...seconds);
  return {
    worker: other,
    figures: [
      {
        what: 'next decision after kill -9 of its worker, s',
        ours: `${median(seconds).toFixed(2)}, slowest of ${cases} ${slowest.toFixed(2)}`,
        aim: atMost(aimSeconds, slowest, ' s'),
        why: 'a second passes until the task leaves the dead worker, then the other one replays the case',
      },
    ],
  };
}
