// CPU time of processes, from /proc.
import { readFileSync, readdirSync } from 'node:fs';
import { PlainError } from '../dev/plainError';

/** The kernel counts in hundredths of a second, whatever the machine. */
const millisecondsATick = 10;

/** @returns milliseconds of CPU that the process has taken. @throws PlainError where there is no /proc */
export function cpuOf(pid: number): number {
  const { own } = read(pid);
  return own * millisecondsATick;
}

/** @returns milliseconds of CPU that the process and its children have taken, those that have ended included */
export function cpuOfFamily(pid: number): number {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readIfThere(Number(name)) ?? [])
    .filter(({ parent }) => parent === pid);
  const { own, ofEnded } = read(pid);
  return (own + ofEnded + children.reduce((sum, child) => sum + child.own, 0)) * millisecondsATick;
}

interface Stat {
  readonly parent: number;
  readonly own: number;
  readonly ofEnded: number;
}

function read(pid: number): Stat {
  const stat = readIfThere(pid);
  if (!stat) throw new PlainError(`CPU time is read from /proc/${pid}, which is not there: measure it on Linux.`);
  return stat;
}

function readIfThere(pid: number): Stat | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // After the name: state, parent, …, user and system time, the same of children that have ended.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [parent = 0, user = 0, system = 0, endedUser = 0, endedSystem = 0] = [1, 11, 12, 13, 14].map((index) =>
      Number(fields[index]),
    );
    return { parent, own: user + system, ofEnded: endedUser + endedSystem };
  } catch {
    return null;
  }
}

/** @returns the bytes that a process holds in memory */
export function memoryOf(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  if (kilobytes === undefined) throw new Error(`Process ${pid} does not say how much memory it holds`);
  return Number(kilobytes) * 1024;
}
