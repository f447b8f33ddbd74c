// One start per data folder: who holds it, and what a start that was killed may have left behind.
import { join } from 'node:path';
import { takeLock, type Lock } from './lock';
import { PlainError, type Log } from './plainError';
import { known, lives, type KnownProcess } from './processes';

interface About {
  readonly addresses: readonly string[];
  /** The programs that it started. */
  readonly programs: readonly KnownProcess[];
}

export interface Running {
  /** Remembers a program, for the next start to find should this one be killed. */
  readonly started: (pid: number) => Promise<void>;
  readonly release: () => Promise<void>;
}

/** Takes the data folder for this start. Throws PlainError, with the addresses, when another start has it. */
export async function claim(dataDir: string, addresses: readonly string[], log: Log): Promise<Running> {
  const result = await takeLock<About>(join(dataDir, 'start.lock'), { addresses, programs: [] });
  if ('heldBy' in result) {
    throw new PlainError(
      `The service already runs on the data in ${dataDir} (${result.heldBy.addresses.join(', ')}): use that one, stop it with Ctrl-C where it was started, ` +
        'or set DATA_DIR and the ports to start another beside it.',
    );
  }
  await endLeftovers(result.lock, log);
  let programs: readonly KnownProcess[] = [];
  return {
    started: async (pid) => {
      const program = known(pid);
      if (!program) return;
      programs = [...programs.filter(lives), program];
      await result.lock.say({ addresses, programs });
    },
    release: result.lock.release,
  };
}

/** Programs of a start that was killed stop by themselves within seconds; one that does not is ended. */
async function endLeftovers(lock: Lock<About>, log: Log): Promise<void> {
  const left = (lock.before?.programs ?? []).filter(lives);
  if (left.length === 0) return;
  log('An earlier start was killed; waiting until what it left has stopped.');
  for (const until = Date.now() + 20_000; left.some(lives) && Date.now() < until;)
    await new Promise((resolve) => setTimeout(resolve, 100));
  for (const { pid } of left.filter(lives)) {
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // It has ended just now.
    }
  }
}
