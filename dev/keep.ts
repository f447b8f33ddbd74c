// Programs that were downloaded or built are kept outside the checkout; two processes that need one at once make it once.
import { access, constants, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { takeLock } from './lock';
import type { Log } from './plainError';

/** Whether a program is there and may be run. */
export const isProgram = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );

/**
 * Makes `path` by `make`, unless it is there; a second process waits for the first. What is unfinished belongs in the folder that `make` is
 * given, on the same disk, and is moved to its place in one move: the folder is emptied before and after.
 */
export async function makeOnce(
  path: string,
  name: string,
  make: (work: string) => Promise<void>,
  log: Log,
  signal?: AbortSignal,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const work = join(dirname(path), 'unfinished');
  for (let waited = false; ; waited = true) {
    const result = await takeLock(`${path}.lock`, null);
    if ('lock' in result) {
      try {
        if (await isProgram(path)) return;
        await rm(work, { recursive: true, force: true });
        await mkdir(work);
        await make(work);
        return;
      } finally {
        await rm(work, { recursive: true, force: true });
        await result.lock.release();
      }
    }
    if (!waited) log(`${name}: another process is fetching or building it just now; waiting for that, up to about 5 minutes.`);
    await new Promise((resolve) => setTimeout(resolve, 500));
    signal?.throwIfAborted();
  }
}
