// Cases a second and CPU a case, the application beside the bare workflow, in alternating rounds.
import type { Log } from '../dev/plainError';
import { cpuOf, cpuOfFamily } from './proc';
import { atMost, median, spread, type Figure } from './figures';
import type { BareShape } from './bareWorkflow';
import { startLoad, type LoadProcess } from './load';
import type { Options } from './options';
import { pause } from './pause';
import type { Stand } from './stand';

/** One side: its client, and the processes whose CPU it is charged with. */
interface Side {
  readonly name: string;
  readonly client: LoadProcess;
  readonly rounds: Round[];
  readonly cpu: () => Cpu;
}

/** Milliseconds by process. */
type Cpu = Readonly<Record<string, number>>;

interface Round {
  readonly casesASecond: number;
  /** Milliseconds a case, by process. */
  readonly cpu: Cpu;
}

const processes = ['client', 'worker', 'Temporal server', 'Postgres'] as const;
/** The servers finish what the last case left: timers taken out, rows of visibility written. */
const settleMs = 700;

export async function measureThroughput(
  stand: Stand,
  workerPid: number,
  shape: BareShape,
  options: Options,
  log: Log,
): Promise<Figure[]> {
  const ours = await openOurs(stand, workerPid);
  const bare = await openBareSide(stand, shape);
  for (const side of [ours, bare]) await oneRound(side, options.cases, options.inFlight); // warms up, and is not counted
  for (let round = 0; round < options.rounds; round += 1) {
    for (const side of round % 2 === 0 ? [ours, bare] : [bare, ours]) {
      const done = await oneRound(side, options.cases, options.inFlight);
      side.rounds.push(done);
      log(
        `  round ${round + 1}, ${side.name}: ${done.casesASecond.toFixed(1)} cases a second, ${total(done.cpu).toFixed(0)} ms CPU a case`,
      );
    }
  }
  return figures(ours.rounds, bare.rounds, options);
}

async function openOurs(stand: Stand, workerPid: number): Promise<Side> {
  const client = await startLoad('dist/bench/applicationLoad.js', stand.reach);
  stand.onStop(client.stop);
  const cpu = () => ({
    client: cpuOf(client.pid),
    worker: cpuOf(workerPid),
    'Temporal server': cpuOf(stand.temporalPid),
    Postgres: cpuOfFamily(stand.postgresPid),
  });
  return { name: 'application', client, rounds: [], cpu };
}

async function openBareSide(stand: Stand, shape: BareShape): Promise<Side> {
  const worker = await stand.startBareWorker();
  const client = await startLoad('dist/bench/bareLoad.js', { ...stand.bareReach, shape });
  stand.onStop(client.stop);
  const cpu = () => ({ client: cpuOf(client.pid), worker: cpuOf(worker.pid), 'Temporal server': cpuOf(stand.temporalPid) });
  return { name: 'bare', client, rounds: [], cpu };
}

async function oneRound({ client, cpu }: Side, cases: number, inFlight: number): Promise<Round> {
  await client.prepare(cases);
  await pause(settleMs);
  const before = cpu();
  const seconds = await client.run(inFlight);
  await pause(settleMs);
  const after = cpu();
  const spent = Object.entries(after).map(([name, ms]) => [name, (ms - (before[name] ?? 0)) / cases] as const);
  return { casesASecond: cases / seconds, cpu: Object.fromEntries(spent) };
}

function figures(ours: readonly Round[], bare: readonly Round[], { inFlight }: Options): Figure[] {
  const rate = (rounds: readonly Round[]) => rounds.map(({ casesASecond }) => casesASecond);
  const of = (rounds: readonly Round[], name: string) => rounds.map(({ cpu }) => cpu[name] ?? 0);
  const all = (rounds: readonly Round[]) => rounds.map(({ cpu }) => total(cpu));
  // Round by round, so that both saw the same weather.
  const ratio = median(all(ours).map((ms, round) => ms / (all(bare)[round] ?? NaN)));
  return [
    {
      what: `cases a second, ${inFlight} in flight`,
      ours: spread(rate(ours), 1),
      beside: `bare ${spread(rate(bare), 1)}`,
      ratio: median(rate(ours)) / median(rate(bare)),
    },
    {
      what: 'CPU a case, ms',
      ours: spread(all(ours), 0),
      beside: `bare ${spread(all(bare), 0)}`,
      ratio,
      aim: atMost(1.25, ratio),
      why: whereItGoes(ours, bare),
    },
    ...processes.map((name) => ({
      what: `  ${name}`,
      ours: spread(of(ours, name), 0),
      ...(name === 'Postgres'
        ? {}
        : { beside: `bare ${spread(of(bare, name), 0)}`, ratio: median(of(ours, name)) / median(of(bare, name)) }),
    })),
  ];
}

/** By how much each process takes more than its bare twin, the greatest first. */
function whereItGoes(ours: readonly Round[], bare: readonly Round[]): string {
  const middle = (rounds: readonly Round[], name: string) => median(rounds.map(({ cpu }) => cpu[name] ?? 0));
  return processes
    .map((name) => ({ name, more: middle(ours, name) - middle(bare, name) }))
    .sort((a, b) => b.more - a.more)
    .map(({ name, more }) => `${name} ${more < 0 ? '' : '+'}${more.toFixed(0)} ms`)
    .join(', ');
}

const total = (cpu: Cpu) => Object.values(cpu).reduce((sum, ms) => sum + ms, 0);
