// A client process of one side, and how the benchmark speaks to it: make cases ready, then take them all from beginning to end.
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { childEnvironment, projectRoot } from '../config';

/** What a client process does. */
export interface Load {
  /** Makes cases ready: what is not measured. */
  prepare(cases: number): Promise<void>;
  /** Takes the cases that are ready to their end, so many at once. @returns the seconds that it took */
  run(inFlight: number): Promise<number>;
}

export interface LoadProcess extends Load {
  readonly pid: number;
  readonly stop: () => Promise<void>;
}

type Ask = { readonly open: unknown } | { readonly prepare: number } | { readonly run: number };
type Told = { readonly done: number } | { readonly failed: string };

/** In the client process: serves one load, made from what the benchmark sends first. It ends with the benchmark. */
export function serveLoad(open: (settings: unknown) => Load): void {
  let load: Load | null = null;
  const answer = async (ask: Ask): Promise<number> => {
    if ('open' in ask) load = open(ask.open);
    else if (load && 'prepare' in ask) await load.prepare(ask.prepare);
    else if (load && 'run' in ask) return load.run(ask.run);
    return 0;
  };
  const tell = (told: Told) => process.send?.(told);
  process.on('message', (ask) => {
    answer(ask as Ask).then(
      (done) => tell({ done }),
      (error: unknown) => tell({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  process.on('disconnect', () => process.exit());
}

/** Starts a client process. @param main its compiled file */
export async function startLoad(main: string, settings: unknown): Promise<LoadProcess> {
  const child = fork(join(projectRoot, main), {
    env: childEnvironment({ TZ: 'UTC' }),
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  await asked(child, { open: settings });
  return {
    pid: child.pid ?? 0,
    prepare: async (cases) => {
      await asked(child, { prepare: cases });
    },
    run: (inFlight) => asked(child, { run: inFlight }),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.disconnect();
      await gone;
    },
  };
}

function asked(child: ChildProcess, ask: Ask): Promise<number> {
  return new Promise((resolve, reject) => {
    const ended = () => {
      reject(new Error('A client process of the benchmark ended'));
    };
    child.once('exit', ended);
    child.once('message', (told: unknown) => {
      child.off('exit', ended);
      const answer = told as Told;
      if ('done' in answer) resolve(answer.done);
      else reject(new Error(answer.failed));
    });
    child.send(ask);
  });
}

/** Runs `work` on every item, so many at once. @returns the seconds that it took */
export async function timed<T>(items: readonly T[], inFlight: number, work: (item: T) => Promise<void>): Promise<number> {
  const began = performance.now();
  const left = [...items];
  const one = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: inFlight }, one));
  return (performance.now() - began) / 1000;
}
