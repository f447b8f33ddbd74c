// How many open cases a worker keeps warm: what one takes of its memory, beside what is reckoned for it.
import type { Log } from '../dev/plainError';
import { bytesACase, warmCases } from '../worker/warmCases';
import { atMost, type Figure } from './figures';
import { timed } from './load';
import { pause } from './pause';
import { memoryOf } from './proc';
import type { Stand } from './stand';
import { untilPlacement } from './story';
import type { Teller } from './teller';

const GB = 2 ** 30;
const MB = 2 ** 20;
const KB = 1024;

/** Heap of a worker that keeps no case. */
export const heapMb = 300;
/** Cases before the first look, so that what the process takes once is taken. */
const warmUps = 200;
const inFlight = 12;
/** Milliseconds until nothing of the last case is under way. */
const settleMs = 2_000;

/** @param cases how many are opened between two looks at the memory of a worker, all of which it keeps */
export async function measureMemory(stand: Stand, teller: Teller, cases: number, log: Log): Promise<Figure[]> {
  const kept = cases + warmUps;
  // No more heap than what is reckoned for them, so that V8 clears away what nobody holds, as it must in a container.
  const worker = await stand.startWorker({ heapMb: heapMb + Math.ceil((kept * bytesACase) / MB), cases: kept });
  await open(teller, warmUps);
  const before = memoryOf(worker.pid);
  await open(teller, cases);
  const after = memoryOf(worker.pid);
  const each = (after - before) / cases;
  log(`  ${cases} cases more are open: ${(each / KB).toFixed(0)} KB each`);
  await worker.stop();
  return [
    {
      what: 'open cases that stay warm in 1 GB',
      ours: String(warmCases([GB])),
      beside: `${(each / KB).toFixed(0)} KB each, reckoned ${(bytesACase / KB).toFixed(0)}`,
      ratio: each / bytesACase,
      aim: atMost(1, each / bytesACase),
      why: 'a case takes more memory than worker/warmCases.ts reckons with',
    },
    {
      what: `${kept} open cases, the worker's memory, MB`,
      ours: (after / MB).toFixed(0),
      beside: `with ${warmUps} ${(before / MB).toFixed(0)}`,
    },
  ];
}

async function open(teller: Teller, count: number): Promise<void> {
  const [submission] = untilPlacement;
  if (!submission) throw new Error('The story has no submission');
  const drafts: string[] = [];
  for (let made = 0; made < count; made += 1) drafts.push(await teller.draft());
  await timed(drafts, inFlight, async (reference) => {
    await teller.give(reference, submission, 0);
  });
  await pause(settleMs);
}
