// Programs that were downloaded or built are kept outside the checkout; two processes that need one at once make it once.
import { access, constants, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { takeLock } from './lock';
import type { Log } from './plainError';

/** Whether a program is there and may be run. */
export const isProgram = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );

/** Makes `path` by `make`, which must put it there in one move, unless it is there; a second process waits for the first. */
export async function makeOnce(
  path: string,
  name: string,
  make: () => Promise<void>,
  log: Log,
  signal?: AbortSignal,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  for (let waited = false; ; waited = true) {
    const result = await takeLock(`${path}.lock`, null);
    if ('lock' in result) {
      try {
        if (!(await isProgram(path))) await make();
        return;
      } finally {
        await result.lock.release();
      }
    }
    if (!waited) log(`${name}: another process is fetching or building it just now; waiting for that, up to about 5 minutes.`);
    await new Promise((resolve) => setTimeout(resolve, 500));
    signal?.throwIfAborted();
  }
}
