// One process of the service (worker or API) under the embedded stack: started, and started again a few times should it end.
import { join } from 'node:path';
import { projectRoot } from '../config';
import { readable, type LogFile } from './logFile';
import { PlainError, type Log } from './plainError';
import { startProgram, type Program } from './process';

export interface ServiceOptions {
  /** As in "The worker". */
  readonly name: string;
  /** Its compiled main file, from the project folder. */
  readonly main: string;
  readonly env: Record<string, string>;
  readonly file: LogFile;
  readonly log: Log;
  /** Told of the process, each time that it is started. */
  readonly onStart: (pid: number) => void;
}

export interface Service {
  /** Rejects with PlainError once it has ended too often; never settles otherwise. */
  readonly failed: Promise<never>;
  readonly stop: () => Promise<void>;
}

const pauses = [1_000, 2_000, 4_000];
/** A process that ran this long is given all its new starts again. */
const steadyMs = 60_000;
/** The status with which a process says that a setting is wrong: starting it again would not help. */
const wrongSetting = 78;

/** Starts a service. Throws PlainError when it cannot be started at all. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { name, main, env, file, log } = options;
  const stopping = new AbortController();
  let wake = (): void => undefined;
  const begin = async (): Promise<Program> => {
    const program = await startProgram({
      name,
      command: process.execPath,
      args: [join(projectRoot, main)],
      env,
      cwd: projectRoot,
      onLine: file.write,
    });
    options.onStart(program.pid);
    return program;
  };
  let program = await begin();

  const stopped = () => stopping.signal.aborted;

  const watch = async (): Promise<void> => {
    for (let starts = 0; ;) {
      const began = Date.now();
      const { code, signal } = await program.ended;
      if (stopped()) return;
      if (Date.now() - began > steadyMs) starts = 0;
      const pause = pauses[starts++];
      log(`${name} ended (${signal ?? `status ${code}`}). The last it said:`);
      for (const line of readable(program.lastLines())) log(`  ${line}`);
      if (pause === undefined || code === wrongSetting) {
        throw new PlainError(`${name} does not stay up; its log is ${file.path}.`);
      }
      log(`${name} is started again in ${pause / 1000} s.`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pause);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      if (stopped()) return;
      program = await begin();
      if (stopped()) await program.stop(); // asked while it was being started
    }
  };
  const watching = watch();
  const failed = watching.then(() => new Promise<never>(() => undefined));
  failed.catch(() => undefined);
  return {
    failed,
    stop: async () => {
      stopping.abort();
      wake();
      await program.stop();
      await watching.catch(() => undefined);
    },
  };
}
