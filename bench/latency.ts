// How long a decision takes through HTTP beside a raw update of the same application: warm, and cold on a worker that never saw the case.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../dev/plainError';
import type { Program } from '../dev/process';
import { openDoor, type Door } from './door';
import { atMost, median, percentile, type Figure } from './figures';
import { quiescent } from './histories';
import type { Stand } from './stand';
import { review } from './story';
import type { Teller } from './teller';

/** A case in its placement, and the step that it is at. */
interface Placed {
  readonly reference: string;
  step: number;
}

/** Milliseconds, each. */
interface Times {
  readonly http: number[];
  readonly raw: number[];
}

const placedCases = 40;
const warmUps = 20;
/**
 * Milliseconds without a call before each decision, as days lie between them in life. Whether a case is quiet is asked over the connection of the
 * raw side: its next call, at once, would find everything awake that the API's finds asleep.
 */
const rest = 50;

/** @returns the figures, and the worker that runs now in the place of the one that was given */
export async function measureLatency(
  stand: Stand,
  teller: Teller,
  worker: Program,
  pairs: number,
  log: Log,
): Promise<{ readonly figures: Figure[]; readonly worker: Program }> {
  const { url } = await stand.startApi();
  const door = await openDoor(url, stand.issuer, [review.by]);
  const cases = await placed(teller, placedCases);
  await timesOf(teller, door, cases, warmUps);
  const warm = await timesOf(teller, door, cases, pairs);
  log(`  warm: ${inWords(warm)}`);

  // The cases stay where they are while another worker comes and the first one goes.
  const another = await stand.startWorker();
  const others = await placed(teller, 6);
  await worker.stop();
  await timesOf(teller, door, others, warmUps);
  const cold = await timesOf(teller, door, cases, cases.length / 2);
  log(`  cold: ${inWords(cold)}`);
  door.close();
  return { figures: [...figuresOf('warm', warm), ...figuresOf('cold', cold)], worker: another };
}

/** Cases in their placement, with nothing under way. */
export async function placed(teller: Teller, count: number): Promise<Placed[]> {
  const one = async (): Promise<Placed> => {
    const reference = await teller.draft();
    return { reference, step: await teller.toPlacement(reference) };
  };
  const cases = await Promise.all(Array.from({ length: count }, one));
  for (const { reference } of cases) await quiescent(teller.client, reference);
  return cases;
}

/** Pairs of decisions, one through HTTP and one raw, each first in turn, the next when nothing of the last is under way and all have rested. */
async function timesOf(teller: Teller, door: Door, cases: readonly Placed[], pairs: number): Promise<Times> {
  const times: Times = { http: [], raw: [] };
  for (let each = 0; each < 2 * pairs; each += 1) {
    const one = cases[each % cases.length];
    if (!one) break;
    // H R R H: neither is always the first of a pair, and with an even number of cases each case gets both.
    const lap = Math.floor(each / cases.length);
    const throughHttp = (each + lap + Math.floor(each / 2)) % 2 === 0;
    await quiescent(teller.client, one.reference);
    if (throughHttp) times.http.push(await timeHttp(door, one));
    else times.raw.push(await timeRaw(teller, one, rest));
  }
  return times;
}

async function timeHttp(door: Door, one: Placed): Promise<number> {
  await sleep(rest);
  const began = performance.now();
  one.step = await door.give(one.reference, review, one.step);
  return performance.now() - began;
}

/** @param rested milliseconds between its command row and it @returns the milliseconds of the update alone */
export async function timeRaw(teller: Teller, one: Placed, rested = 0): Promise<number> {
  const { command, attempt } = await teller.write(one.reference, review, one.step);
  const handle = teller.client.workflow.getHandle(one.reference);
  await sleep(rested);
  const began = performance.now();
  const reply = await handle.executeUpdate<{ step: number }, [unknown]>(review.does, {
    updateId: attempt,
    args: [{ command, step: one.step }],
  });
  const took = performance.now() - began;
  one.step = reply.step;
  return took;
}

function figuresOf(how: 'warm' | 'cold', { http, raw }: Times): Figure[] {
  const row = (percent: 50 | 95, limit: number): Figure => {
    const [ours, beside] = [percentile(http, percent), percentile(raw, percent)];
    return {
      what: `decision through HTTP, ${how}, p${percent}, ms`,
      ours: ours.toFixed(1),
      beside: `raw ${beside.toFixed(1)}`,
      ratio: ours / beside,
      aim: atMost(limit, ours / beside),
      why: `the door adds ${(ours - beside).toFixed(1)} ms (bearer, command row, JSON) to an update of ${beside.toFixed(1)} ms`,
    };
  };
  return [row(50, how === 'warm' ? 1.15 : 1.25), row(95, 1.5)];
}

function inWords({ http, raw }: Times): string {
  return `${http.length} through HTTP, median ${median(http).toFixed(1)} ms; ${raw.length} raw, median ${median(raw).toFixed(1)} ms`;
}
