// Sends the content of a file, as every door and page sends one.
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import type { FileToSend } from './door';

/** A file is saved, never shown: whatever is in it runs nowhere near this service. Its first part is there before anything is answered. */
export async function sendFile(res: Response, { name, type, size, content }: FileToSend): Promise<void> {
  const parts = content[Symbol.asyncIterator]();
  const first = await parts.next();
  res
    .attachment(name)
    .type(type)
    .set({
      'Content-Length': String(size),
      'Content-Security-Policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
      'X-Content-Type-Options': 'nosniff',
    });
  const all = async function* () {
    if (!first.done) yield first.value;
    yield* { [Symbol.asyncIterator]: () => parts };
  };
  await pipeline(all, res).catch((error: unknown) => {
    if (!isGone(error)) throw error;
  });
}

/** Whoever asked went away before all of it was there. */
function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}
