// Content is kept encrypted, in a folder or in a bucket, and what was altered is never given out.
import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomBytes, randomUUID } from 'node:crypto';
import { ContentLost, FilesAway, type Bytes, type Files } from '../../files/files';
import { openFiles } from '../../files/open';
import { freePort } from '../../dev/ports';
import { filesKeys, testFiles, type TestFiles } from '../support/files';
import { startBucket, type TestBucket } from '../support/bucket';

const mostBytes = 1_000_000;
let inFolder: TestFiles;
let bucket: TestBucket;
beforeAll(async () => {
  [inFolder, bucket] = await Promise.all([testFiles(), startBucket()]);
});
afterAll(() => Promise.all([inFolder.stop(), bucket.stop()]));

async function* inParts(content: Buffer, size = 10_000): Bytes {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
}

async function whole(content: Bytes): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of content) parts.push(part);
  return Buffer.concat(parts);
}

const stores: [string, () => { files: Files; kept: () => Promise<ReadonlyMap<string, Buffer>> }][] = [
  ['a folder', () => inFolder],
  [
    'a bucket',
    () => ({ files: openFiles({ store: { bucket: bucket.settings }, keys: filesKeys, clamd: null }), kept: bucket.kept }),
  ],
];

describe.each(stores)('in %s', (_where, place) => {
  test.each([1, 65_535, 65_536, 65_537, 200_000])(
    '%d bytes come back as they were, and what is kept does not show them',
    async (size) => {
      const { files, kept } = place();
      const id = randomUUID();
      const content = Buffer.alloc(size, 'A child of ours. ');
      expect(await files.keep(id, inParts(content), mostBytes)).toMatchObject({
        size,
        digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
      expect((await whole(files.read(id))).equals(content)).toBe(true);
      const stored = (await kept()).get(id);
      expect(stored?.length).toBeGreaterThan(size);
      expect(stored?.includes('A child of')).toBe(false);
    },
  );

  test('more than may be is not kept, and is not read to its end', async () => {
    const { files, kept } = place();
    const id = randomUUID();
    let read = 0;
    const endless = async function* () {
      for (;;) {
        read += 1;
        yield randomBytes(100_000);
      }
    };
    expect(await files.keep(id, endless(), mostBytes)).toBe('too-large');
    expect(read).toBe(11);
    expect((await kept()).has(id)).toBe(false);
  });

  test('content that breaks off while it comes in is not kept', async () => {
    const { files, kept } = place();
    const id = randomUUID();
    const broken = async function* () {
      yield Buffer.from('half');
      throw new Error('The line is cut');
    };
    await expect(files.keep(id, broken(), mostBytes)).rejects.toThrow('The line is cut');
    expect((await kept()).has(id)).toBe(false);
  });

  test('what is deleted is gone, and deleting it again changes nothing', async () => {
    const { files, kept } = place();
    const id = randomUUID();
    await files.keep(id, inParts(Buffer.from('something')), mostBytes);
    await files.remove(id);
    await files.remove(id);
    expect((await kept()).has(id)).toBe(false);
    await expect(whole(files.read(id))).rejects.toThrow(ContentLost);
  });
});

describe('what was kept and is not as it was is not given out', () => {
  const content = Buffer.alloc(150_000, 'x');
  const keep = async () => {
    const id = randomUUID();
    await inFolder.files.keep(id, inParts(content), mostBytes);
    return { id, path: join(inFolder.folder, id.slice(0, 2), id) };
  };

  test('altered', async () => {
    const { id, path } = await keep();
    const bytes = await readFile(path);
    bytes[100_000] = (bytes[100_000] ?? 0) ^ 1;
    await writeFile(path, bytes);
    await expect(whole(inFolder.files.read(id))).rejects.toThrow(ContentLost);
  });

  test('cut short where a part ends', async () => {
    const { id, path } = await keep();
    const head = 1 + Buffer.byteLength(filesKeys[0].id) + 32;
    await truncate(path, head + 65_536 + 16);
    await expect(whole(inFolder.files.read(id))).rejects.toThrow(ContentLost);
  });

  test('that of another file', async () => {
    const [one, other] = [await keep(), await keep()];
    await writeFile(one.path, await readFile(other.path));
    await expect(whole(inFolder.files.read(one.id))).rejects.toThrow(ContentLost);
  });

  test('kept under a key that is not here; an older key reads what was kept under it', async () => {
    const { id } = await keep();
    const at = (...keys: [{ id: string; key: Uint8Array }, ...{ id: string; key: Uint8Array }[]]) =>
      openFiles({ store: { folder: inFolder.folder }, keys, clamd: null });
    const newer = { id: 'files-2', key: Buffer.alloc(32, 1) };
    await expect(whole(at(newer).read(id))).rejects.toThrow(ContentLost);
    expect((await whole(at(newer, filesKeys[0]).read(id))).equals(content)).toBe(true);
  });
});

test('a bucket that is away, or does not know the key, says so and keeps nothing', async () => {
  const away = { ...bucket.settings, url: `http://127.0.0.1:${await freePort()}/cap` };
  const stranger = { ...bucket.settings, secret: 'another' };
  for (const settings of [away, stranger]) {
    const files = openFiles({ store: { bucket: settings }, keys: filesKeys, clamd: null });
    await expect(files.keep(randomUUID(), inParts(Buffer.from('x')), mostBytes)).rejects.toThrow(FilesAway);
    await expect(whole(files.read(randomUUID()))).rejects.toThrow(FilesAway);
    await expect(files.remove(randomUUID())).rejects.toThrow(FilesAway);
  }
});

test('a folder that cannot be written to says so', async () => {
  await writeFile(join(inFolder.folder, 'no-folder'), '');
  const files = openFiles({ store: { folder: join(inFolder.folder, 'no-folder') }, keys: filesKeys, clamd: null });
  await expect(files.keep(randomUUID(), inParts(Buffer.from('x')), mostBytes)).rejects.toThrow(FilesAway);
  expect(await readdir(inFolder.folder)).toContain('no-folder');
});
