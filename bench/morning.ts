// What a morning takes when thousands of placements run: their registers are read, and schools, hosts and CAP are told (A5, R97).
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../dev/plainError';
import type { Program } from '../dev/process';
import { morningId, workflowTypes } from '../temporal/names';
import type { Figure } from './figures';
import { copyPlacements } from './placements';
import { cpuOf, cpuOfFamily, memoryOf } from './proc';
import type { Stand } from './stand';
import type { Teller } from './teller';

const MB = 2 ** 20;
/** Milliseconds between two looks at the memory of the worker. */
const lookEach = 20;

/** @param count how many placements run beside those of the benchmark @param worker the only one that runs */
export async function measureMorning(stand: Stand, teller: Teller, worker: Program, count: number, log: Log): Promise<Figure[]> {
  await copyPlacements(stand, teller, 'CAP-MORNING-', count);
  const before = { worker: cpuOf(worker.pid), postgres: cpuOfFamily(stand.postgresPid), memory: memoryOf(worker.pid) };
  let most = before.memory;
  const looking = new AbortController();
  const looked = look(looking.signal, () => (most = Math.max(most, memoryOf(worker.pid))));
  const began = performance.now();
  const told = await teller.client.workflow.execute<() => Promise<{ schools: number; hosts: number; overdue: number }>>(
    workflowTypes.morning,
    { taskQueue: stand.reach.taskQueue, workflowId: `${morningId}-bench`, args: [] },
  );
  const took = performance.now() - began;
  looking.abort();
  await looked;
  const [cpu, postgres] = [cpuOf(worker.pid) - before.worker, cpuOfFamily(stand.postgresPid) - before.postgres];
  log(`  schools told: ${told.schools}, hosts: ${told.hosts}, hosts still behind: ${told.overdue}`);
  if (told.schools === 0 || told.hosts === 0) throw new Error('Nobody was told anything: it measures nothing');
  return [
    { what: `a morning of ${count} running placements, s`, ours: (took / 1000).toFixed(1) },
    { what: '  CPU of the worker, ms', ours: cpu.toFixed(0), beside: `${((1000 * cpu) / count).toFixed(0)} µs a placement` },
    {
      what: '  CPU of Postgres, ms',
      ours: postgres.toFixed(0),
      beside: `${((1000 * postgres) / count).toFixed(0)} µs a placement`,
    },
    { what: '  memory that the worker took beside, MB', ours: ((most - before.memory) / MB).toFixed(0) },
  ];
}

async function look(signal: AbortSignal, at: () => void): Promise<void> {
  while (!signal.aborted) {
    at();
    await sleep(lookEach);
  }
}
