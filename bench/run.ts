// `npm run bench`: this application beside a bare workflow of the same shape, on the same servers, in one run. docs/speed.md explains it.
import { messageOf, PlainError } from '../dev/plainError';
import { killAllPrograms } from '../dev/process';
import { formatDay, isSchoolDay, londonDay, type IsoDate } from '../domain/calendar';
import { sampleReferenceData } from '../prisma/seed';
import { measureApiStart } from './apiStart';
import { measureEvents, quietCase } from './events';
import { measureFailover } from './failover';
import { table, type Figure } from './figures';
import { measureIdle } from './idle';
import { measureLatency } from './latency';
import { measureLists } from './lists';
import { measureMemory } from './memory';
import { measureMorning } from './morning';
import { readOptions, usage, type Measure, type Options } from './options';
import { openStand, type Stand } from './stand';
import { openTeller } from './teller';
import { measureThroughput } from './throughput';

const began = performance.now();
const say = (line = ''): void => {
  console.log(line);
};
const log = (line: string): void => {
  say(`${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s  ${line}`);
};
const asked = new AbortController();

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') return say(usage);
  const today = londonDay(new Date().toISOString());
  if (options.only.some((each) => each !== 'start') && !isStartOfPlacements(today)) {
    throw new PlainError(
      `The cases of the benchmark begin a placement on the day, and ${formatDay(today)} is no day of school: run it on one, or \`--only start\`.`,
    );
  }
  log('The servers of this benchmark come up: Postgres and Temporal on disk, a mailbox, an identity provider.');
  const stand = await openStand({ log, signal: asked.signal, profile: options.profile });
  try {
    const stopped = new Promise<never>((_resolve, reject) => {
      asked.signal.addEventListener('abort', () => {
        reject(new Error('Stopped.'));
      });
    });
    const figures = await Promise.race([measure(stand, options), stopped]);
    say();
    for (const line of table(figures)) say(line);
  } finally {
    await stand.stop();
  }
}

/** By the terms that a fresh database has (A24). */
function isStartOfPlacements(day: IsoDate): boolean {
  const { years } = sampleReferenceData(day);
  const halfTerms = years.flatMap((year) => year.halfTerms);
  return isSchoolDay(day, { halfTerms, closures: new Set(years.flatMap(({ closures }) => closures)) });
}

async function measure(stand: Stand, options: Options): Promise<Figure[]> {
  const wanted = (name: Measure) => options.only.includes(name);
  const figures: Figure[] = [];
  const teller = openTeller(stand.reach);
  stand.onStop(teller.close);
  let worker = await stand.startWorker();
  if (wanted('load')) {
    log(`${options.rounds} rounds of ${options.cases} cases each, after one that is not counted`);
    const { shape } = await quietCase(stand, teller);
    figures.push(...(await measureThroughput(stand, worker.pid, shape, options, log)));
  }
  if (wanted('events')) {
    log('History events of a case');
    figures.push(...(await measureEvents(stand, teller, log)));
  }
  if (wanted('latency')) {
    log(`${options.pairs} pairs of decisions, one through HTTP and one raw`);
    const measured = await measureLatency(stand, teller, worker, options.pairs, log);
    figures.push(...measured.figures);
    worker = measured.worker;
  }
  if (wanted('failover')) {
    log('The next decision after kill -9');
    const measured = await measureFailover(stand, teller, worker, log);
    figures.push(...measured.figures);
    worker = measured.worker;
  }
  if (wanted('start')) {
    log("The API's start");
    figures.push(...(await measureApiStart(stand, log)));
  }
  if (wanted('morning')) {
    log(`A morning of ${options.placements} running placements`);
    figures.push(...(await measureMorning(stand, teller, worker, options.placements, log)));
  }
  if (wanted('memory')) {
    log(`The memory of ${options.openCases} open cases`);
    await worker.stop();
    figures.push(...(await measureMemory(stand, teller, options.openCases, log)));
    worker = await stand.startWorker();
  }
  if (wanted('idle')) {
    log(`${options.placements} open cases with registers, to which nothing happens`);
    await worker.stop();
    const measured = await measureIdle(stand, teller, options.placements, log);
    figures.push(...measured.figures);
    worker = measured.worker;
  }
  if (wanted('lists')) {
    log(`Lists among ${options.listCases} cases`);
    figures.push(...(await measureLists(stand, teller, options.listCases, log)));
  }
  return figures;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (asked.signal.aborted) void killAllPrograms().then(() => process.exit(130));
    asked.abort();
  });
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(asked.signal.aborted ? 'Stopped.' : messageOf(error));
    process.exit(1);
  },
);
