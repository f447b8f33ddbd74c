// What a program of the stack writes goes to a file of its own, so that the screen stays readable.
import { createWriteStream } from 'node:fs';
import { mkdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';

export interface LogFile {
  readonly path: string;
  readonly write: (line: string) => void;
}

/** Opens `<folder>/<name>.log` to append; one that has grown beyond 10 MB is put aside first. */
export async function openLog(folder: string, name: string): Promise<LogFile> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${name}.log`);
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  if (size > 10 * 1024 * 1024) await rename(path, `${path}.old`);
  const stream = createWriteStream(path, { flags: 'a', mode: 0o600 });
  stream.on('error', () => undefined); // a full disk must not stop the service for the sake of its log
  return { path, write: (line) => void stream.write(`${line}\n`) };
}

/** Of a crash of Node, what is not its message: the place, the caret under it, the stack, the version. */
const noise = /^\s*$|^\s+at |^\s*\^+\s*$|^\/\S+:\d+$|^Node\.js v/;

/** The last lines of a program as they are worth showing: no stacks, and the message of a line of JSON. */
export function readable(lines: readonly string[], count = 6): string[] {
  return lines
    .filter((line, index) => !/^\s*\^+\s*$/.test(lines[index + 1] ?? '') && !noise.test(line))
    .map((line) => {
      try {
        const { msg, err } = JSON.parse(line) as { msg?: string; err?: { message?: string } };
        return [msg, err?.message].filter(Boolean).join(': ') || line;
      } catch {
        return line;
      }
    })
    .slice(-count);
}
