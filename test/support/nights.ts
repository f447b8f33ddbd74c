// The signed nights of a test: in a folder of its own, under a key that can be changed for another.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nightReference } from '../../domain/nights';
import type { NightsToSign } from '../../files/nights';
import { openNightsToSign, publicKeyOf } from '../../files/openNights';

export interface TestNights {
  readonly nights: NightsToSign;
  readonly folder: string;
  /** From now on nights are signed with another key; those before are known still, or no longer. */
  useKey(id: string, before: 'known' | 'forgotten'): void;
  /** What is kept of a night. */
  kept(night: string): Promise<string>;
  /** Replaces what is kept of a night; null takes it away. */
  tamper(night: string, change: (text: string) => string | null): Promise<void>;
  stop(): Promise<void>;
}

export async function testNights(): Promise<TestNights> {
  const folder = await mkdtemp(join(tmpdir(), 'cap-heads-'));
  const keyOf = (id: string) => ({ id, key: Buffer.alloc(32, id) });
  const publicOf = (id: string) => ({ id, key: publicKeyOf(keyOf(id).key) });
  let [id, others] = ['heads-1', [] as string[]];
  const open = () => openNightsToSign({ store: { folder }, publicKeys: [publicOf(id), ...others.map(publicOf)] }, keyOf(id));
  const pathOf = (night: string) => join(folder, 'NI', nightReference(night));
  return {
    nights: { place: `the folder ${folder}`, read: (night) => open().read(night), sign: (night) => open().sign(night) },
    folder,
    useKey: (another, before) => {
      others = before === 'known' ? [...others, id] : [];
      id = another;
    },
    kept: (night) => readFile(pathOf(night), 'utf8'),
    tamper: async (night, change) => {
      const changed = change(await readFile(pathOf(night), 'utf8'));
      await (changed === null ? rm(pathOf(night)) : writeFile(pathOf(night), changed));
    },
    stop: () => rm(folder, { recursive: true, force: true }),
  };
}
