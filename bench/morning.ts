// What a morning takes when thousands of placements run: their registers are read, and schools, hosts and CAP are told (A5, R97).
import { setTimeout as sleep } from 'node:timers/promises';
import { addDays, londonDay } from '../domain/calendar';
import { morningDays } from '../domain/morning';
import { PlainError, type Log } from '../dev/plainError';
import type { Program } from '../dev/process';
import { openDatabase } from '../records/database';
import { calendarNow } from '../records/morning';
import { morningId, workflowTypes } from '../temporal/names';
import { copyOf, multiply } from './copies';
import type { Figure } from './figures';
import { cpuOf, cpuOfFamily, memoryOf } from './proc';
import type { Stand } from './stand';
import type { Teller } from './teller';

const MB = 2 ** 20;
/** Days for which the copied placements have run. */
const running = 21;
/** Milliseconds between two looks at the memory of the worker. */
const lookEach = 20;

/** One placement in ten is not marked of the last two school days; of all one in ten was absent, which nobody has been told. */
const differences = `
  SELECT 'CAP-MORNING-' || lpad(each::text, 8, '0') AS reference, each % 10 <> 0 AS marked,
    CASE WHEN each % 20 IN (1, 2) THEN 'absent' ELSE 'present' END AS mark, CASE WHEN each % 2 = 0 THEN 'SCH-A' ELSE 'SCH-B' END AS school
  FROM generate_series(1, $1::int) AS each`;

/** @param count how many placements run beside those of the benchmark @param worker the only one that runs */
export async function measureMorning(stand: Stand, teller: Teller, worker: Program, count: number, log: Log): Promise<Figure[]> {
  const pattern = await teller.draft();
  await teller.toPlacement(pattern);
  const today = londonDay(teller.now());
  const database = openDatabase(stand.recordsUrl, { connections: 1 });
  const days = morningDays(today, (await calendarNow(database)).calendar);
  await database.close();
  if (!days) throw new PlainError('Nobody works today, so that there is no morning: measure it on a working day.');
  await multiply(stand.superuserUrl, pattern, { differences, values: [count], copying: copying(addDays(today, -running), days) });

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

/** Cases that began `start` and are with the host all week, with the marks of two days. What changed a year ago no sweep looks at. */
function copying(start: string, { yesterday, before }: { readonly yesterday: string; readonly before: string }): string[] {
  const days = [{ from: null, until: null, weekdays: 'mon,tue,wed,thu,fri' }];
  const position = `pattern.state->'position' || '${JSON.stringify({ start, days })}'`;
  const state = `pattern.state || jsonb_build_object('reference', copies.reference, 'position', ${position})`;
  return [
    copyOf(
      'cases',
      `'reference', copies.reference, 'school', copies.school, 'updated', now() - interval '1 year', 'next', NULL, 'state', ${state}`,
    ),
    `INSERT INTO attendance_marks (reference, day, half, mark, marked, marked_by)
      SELECT reference, day::date, half, mark, now(), 'bench'
      FROM copies, unnest(ARRAY['${yesterday}', '${before}']) AS day, unnest(ARRAY['am', 'pm']) AS half WHERE marked`,
  ];
}

async function look(signal: AbortSignal, at: () => void): Promise<void> {
  while (!signal.aborted) {
    at();
    await sleep(lookEach);
  }
}
