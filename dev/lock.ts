// A lock file that dies with its holder: it names the process, and says something about it to whoever comes second.
import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { known, lives, type KnownProcess } from './processes';

export interface Lock<About> {
  /** What the last holder, dead by now, said about itself; null when it let go in good order. */
  readonly before: About | null;
  /** Changes what it says. */
  readonly say: (about: About) => Promise<void>;
  readonly release: () => Promise<void>;
}

interface Content<About> {
  readonly holder: KnownProcess;
  readonly about: About;
}

/** Takes the lock for this process, or returns what its living holder says. */
export async function takeLock<About>(path: string, about: About): Promise<{ lock: Lock<About> } | { heldBy: About }> {
  const holder = known(process.pid);
  if (!holder) throw new Error('this process cannot be found');
  const write = async (file: string, say: About) => writeFile(file, JSON.stringify({ holder, about: say }), { mode: 0o600 });
  const mine = `${path}.${process.pid}.${randomUUID()}`;
  let before: About | null = null;
  for (;;) {
    await write(mine, about);
    const taken = await link(mine, path).then(
      () => true,
      () => false,
    );
    await rm(mine, { force: true });
    if (taken) break;
    const content = await read<About>(path);
    if (content && lives(content.holder)) return { heldBy: content.about };
    // A dead holder's: moved aside, never deleted in place, where a quicker one may have put its own.
    await rename(path, mine).catch(() => undefined);
    const moved = await read<About>(mine);
    if (moved && lives(moved.holder)) await link(mine, path).catch(() => undefined);
    else before = moved?.about ?? before;
    await rm(mine, { force: true });
  }
  return {
    lock: {
      before,
      say: async (now) => {
        await write(mine, now);
        await rename(mine, path);
      },
      release: () => rm(path, { force: true }),
    },
  };
}

async function read<About>(path: string): Promise<Content<About> | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Content<About>;
  } catch {
    return null;
  }
}
