// Content is looked at by a real clamd, with a signature of our own; an answer that is no verdict clears nothing.
import { createServer, type AddressInfo, type Server } from 'node:net';
import { largestFile } from '../../domain/files';
import { clamd } from '../../files/clamd';
import { ScannerAway, type Bytes } from '../../files/files';
import { freePort } from '../../dev/ports';
import { harmful, startClamd, type Clamd } from '../support/clamd';
import { emptyZip } from '../support/documents';

let running: Clamd;
beforeAll(async () => {
  running = await startClamd();
});
afterAll(() => running.stop());

async function* inParts(content: Buffer, size = 60_000): Bytes {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
}

test('what is harmful is found, wherever it stands; the same without it is clean', async () => {
  const look = clamd(running.address);
  const long = Buffer.alloc(300_000, 'A plain text. ');
  expect(await look(inParts(long))).toBe('clean');
  expect(await look(inParts(Buffer.concat([long, Buffer.from(harmful), long])))).toBe('infected');
});

test('the largest file that is taken is looked at in whole', async () => {
  const largest = Buffer.alloc(largestFile, 'x');
  largest.write(harmful, largestFile - harmful.length);
  expect(await clamd(running.address)(inParts(largest))).toBe('infected');
});

test('what is protected by a password cannot be looked into', async () => {
  expect(await clamd(running.address)(inParts(emptyZip({ encrypted: true })))).toBe('unreadable');
});

test('without clamd, or with one that does not answer, nothing is cleared', async () => {
  await expect(clamd(null)(inParts(Buffer.from('x')))).rejects.toThrow(ScannerAway);
  await expect(clamd(`127.0.0.1:${await freePort()}`)(inParts(Buffer.from('x')))).rejects.toThrow(ScannerAway);
  await expect(clamd('/nowhere/clamd.ctl')(inParts(Buffer.from('x')))).rejects.toThrow(ScannerAway);
});

test.each([
  ['closes without a word', ''],
  ['breaks off within its answer', 'stream: O'],
  ['finds the content too long', 'INSTREAM size limit exceeded. ERROR\0'],
  ['says something else', 'stream: Perhaps OK\0'],
])('of a clamd that %s nothing is cleared', async (_what, answer) => {
  const server: Server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await expect(clamd(`127.0.0.1:${port}`)(inParts(Buffer.alloc(5_000_000)))).rejects.toThrow(ScannerAway);
  server.close();
});
