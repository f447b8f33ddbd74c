// Starts a program on a leash: it stops when asked, and also when the process that started it dies, even by kill -9.
import { spawn } from 'node:child_process';
import type { Duplex } from 'node:stream';
import { PlainError } from './plainError';

// The shell leaves a watcher behind that reads a pipe from us, and becomes the program itself. When the pipe ends, because we close it or
// because we are gone, the watcher sends the stop signal and, after the grace, kills the group. Twice in the background: the program must not find
// a child that it did not start. The program gets a session of its own, so that Ctrl-C at the terminal reaches only us.
const leash = `
( ( trap '' INT TERM HUP
    read -r _ <&3
    kill -s "$LEASH_SIGNAL" -- $LEASH_GROUP$$ || exit
    left=$LEASH_GRACE
    while kill -0 $$ && [ $left -gt 0 ]; do sleep 0.1; left=$((left - 1)); done
    kill -s KILL -- -$$
  ) </dev/null >/dev/null 2>&1 & )
unset LEASH_SIGNAL LEASH_GROUP LEASH_GRACE
exec "$@" 3<&-`;

export interface ProgramOptions {
  /** How messages call it, as in "Postgres did not start". */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly uid?: number;
  readonly gid?: number;
  /** Asks it to stop; SIGTERM when not given. */
  readonly stopSignal?: 'INT' | 'TERM';
  /** Sends the stop signal to everything that it started too. */
  readonly wholeGroup?: boolean;
  /** Seconds it may take to stop before it is killed; 10 when not given. */
  readonly graceSeconds?: number;
  /** Each line that it writes, on either stream. */
  readonly onLine: (line: string) => void;
}

export interface Program {
  readonly pid: number;
  /** Settles when it has ended, never rejects. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  /** False once it has ended. */
  readonly running: () => boolean;
  /** The last lines that it wrote. */
  readonly lastLines: () => readonly string[];
  /** Asks it to stop, waits until it has. Safe to call twice. */
  readonly stop: () => Promise<void>;
  /** Ends it and everything that it started at once. */
  readonly kill: () => void;
}

const living = new Set<Program>();

/** Ends everything that was started here at once, for somebody who does not want to wait; settles when it is gone, so that nothing stays a zombie. */
export async function killAllPrograms(): Promise<void> {
  const programs = [...living];
  for (const program of programs) program.kill();
  await Promise.all(programs.map(({ ended }) => ended));
}

/** Starts a program. Throws PlainError when there is no such command. */
export async function startProgram(options: ProgramOptions): Promise<Program> {
  const child = spawn('/bin/sh', ['-c', leash, 'sh', options.command, ...options.args], {
    cwd: options.cwd,
    uid: options.uid,
    gid: options.gid,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: {
      ...options.env,
      LEASH_SIGNAL: options.stopSignal ?? 'TERM',
      LEASH_GROUP: options.wholeGroup ? '-' : '',
      LEASH_GRACE: String((options.graceSeconds ?? 10) * 10),
    },
  });
  const last: string[] = [];
  const hear = (line: string) => {
    last.push(line);
    if (last.length > 20) last.shift();
    options.onLine(line);
  };
  for (const stream of [child.stdout, child.stderr]) if (stream) eachLine(stream, hear);
  const pipe = child.stdio[3] as Duplex;
  pipe.on('error', () => undefined);

  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('exit', () => {
      pipe.destroy();
      if (child.pid) killGroup(child.pid); // the watcher, and whatever the program forgot
    });
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) => reject(new PlainError(`${options.name} could not be started: ${error.message}.`)));
  });
  const pid = child.pid;
  if (pid === undefined) throw new PlainError(`${options.name} could not be started.`);
  const running = () => child.exitCode === null && child.signalCode === null;
  const program: Program = {
    pid,
    ended,
    running,
    lastLines: () => last,
    stop: async () => {
      pipe.destroy();
      await ended;
    },
    kill: () => {
      if (running()) killGroup(pid);
    },
  };
  living.add(program);
  void ended.then(() => living.delete(program));
  return program;
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** Runs a program to its end and returns its status and what it wrote. Throws PlainError when there is no such command, or by `signal`. */
export async function runProgram(
  options: Omit<ProgramOptions, 'onLine'> & {
    readonly onLine?: (line: string) => void;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<{ readonly code: number | null; readonly output: string }> {
  options.signal?.throwIfAborted();
  const lines: string[] = [];
  const program = await startProgram({
    ...options,
    onLine: (line) => {
      lines.push(line);
      options.onLine?.(line);
    },
  });
  const abort = () => void program.stop();
  options.signal?.addEventListener('abort', abort);
  const { code } = await program.ended;
  options.signal?.removeEventListener('abort', abort);
  options.signal?.throwIfAborted();
  return { code, output: lines.join('\n') };
}

function eachLine(stream: NodeJS.ReadableStream, hear: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = (lines.pop() ?? '').slice(-10_000);
    for (const line of lines) hear(line.trimEnd());
  });
  stream.on('end', () => {
    if (rest.trim() !== '') hear(rest.trimEnd());
  });
}
