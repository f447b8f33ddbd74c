// What thousands of open cases with registers cost while nothing happens to them, and what a sweep takes when all of them changed at once.
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { Log } from '../dev/plainError';
import type { Program } from '../dev/process';
import { workflowTypes } from '../temporal/names';
import { bytesACase } from '../worker/warmCases';
import type { Figure } from './figures';
import { timed } from './load';
import { heapMb } from './memory';
import { copyPlacements } from './placements';
import { cpuOf, cpuOfFamily, memoryOf } from './proc';
import type { Stand } from './stand';
import type { Teller } from './teller';

const MB = 2 ** 20;
const beginning = 'CAP-IDLE-';
const inFlight = 12;
/** Milliseconds between two looks whether something is still under way, and the CPU of the worker in them at which nothing is. */
const lookEach = 5_000;
const quietCpu = 250;
/** The sweep and everything else that runs every five minutes runs once in them. */
const idleMinutes = 5;

/** @param count how many are open, all of which the worker keeps @returns that worker too: it goes on */
export async function measureIdle(
  stand: Stand,
  teller: Teller,
  count: number,
  log: Log,
): Promise<{ readonly figures: Figure[]; readonly worker: Program }> {
  const worker = await stand.startWorker({ heapMb: heapMb + Math.ceil((count * bytesACase) / MB), cases: 2 * count });
  const cpu = () => [cpuOf(worker.pid), cpuOf(stand.temporalPid), cpuOfFamily(stand.postgresPid)] as const;
  const spent = async (work: () => Promise<unknown>) => {
    const before = cpu();
    await work();
    return cpu().map((ms, which) => ms - (before[which] ?? 0));
  };
  const untilQuiet = async () => {
    for (let last = Infinity; last > quietCpu;) [last = 0] = await spent(() => sleep(lookEach));
  };

  await copyPlacements(stand, teller, beginning, count);
  await untilQuiet();
  const empty = memoryOf(worker.pid);
  const references = Array.from({ length: count }, (_, each) => `${beginning}${String(each + 1).padStart(8, '0')}`);
  const seconds = await timed(references, inFlight, (reference) => teller.wake(reference));
  await untilQuiet();
  const full = memoryOf(worker.pid);
  log(`  ${count} cases are open after ${seconds.toFixed(0)} s; now ${idleMinutes} minutes in which nothing happens`);
  const idle = await spent(() => sleep(idleMinutes * 60_000));

  // As by an edit of the calendar, of which all of them are told.
  await asSuperuser(stand, `UPDATE cases SET updated = now() WHERE reference LIKE '${beginning}%'`);
  let compared = 0;
  const began = performance.now();
  const swept = await spent(async () => {
    const options = { taskQueue: stand.reach.taskQueue, workflowId: 'sweep-bench', args: [] as [] };
    const sweep = teller.client.workflow.execute<() => Promise<{ compared: number }>>(workflowTypes.sweep, options);
    ({ compared } = await sweep);
  });
  const took = (performance.now() - began) / 1000;
  if (compared < count) throw new Error(`The sweep compared ${compared} of ${count} cases: it measures nothing`);
  const servers = ['worker', 'Temporal server', 'Postgres'];
  const figures = [
    {
      what: `${count} open cases with registers, the worker's memory, MB`,
      ours: (full / MB).toFixed(0),
      beside: `with none ${(empty / MB).toFixed(0)}`,
    },
    ...servers.map((name, which) => ({
      what: `- a minute in which nothing happens to them, CPU of ${name}, ms`,
      ours: ((idle[which] ?? 0) / idleMinutes).toFixed(0),
    })),
    { what: '- a sweep after all of them changed, s', ours: took.toFixed(1) },
    ...servers.map((name, which) => ({ what: `  CPU of ${name}, ms`, ours: String(swept[which]) })),
  ];
  return { figures, worker };
}

async function asSuperuser(stand: Stand, statement: string): Promise<void> {
  const client = new Client({ connectionString: stand.superuserUrl });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
