// Other processes on this machine: whether one still lives, as the same one and not as a later one with its number.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** When a process began, as an opaque text; null when there is no such process, or only a zombie. */
export function birthOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : (fields[19] ?? null);
  } catch {
    if (process.platform === 'linux') return null;
  }
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}

export interface KnownProcess {
  readonly pid: number;
  readonly birth: string;
}

/** Names a living process so that it can be recognised later. */
export function known(pid: number): KnownProcess | null {
  const birth = birthOf(pid);
  return birth === null ? null : { pid, birth };
}

/** Whether that very process still lives. */
export const lives = ({ pid, birth }: KnownProcess): boolean => birthOf(pid) === birth;
