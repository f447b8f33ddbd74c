// Sends markup, compressed as the browser takes it. A page is whole before it is sent, so it is pressed at once, in memory: a stream for each
// page took longer than the pressing itself.
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Response } from 'express';
import { codingOf } from './coding';

/** A page is sent once: to press it harder takes longer than it saves on the line. Brotli at its quickest is still smaller than gzip, in half the time. */
const quick = { br: 1, gzip: 3 } as const;

/** The answer to a browser. What a form must keep secret is masked anew in each page, so that nothing is learnt of it from how well a page compresses. */
export function sendHtml(res: Response, markup: string): void {
  const plain = Buffer.from(markup);
  res.type('html').vary('Accept-Encoding');
  const coding = codingOf(res.req);
  if (coding === null) return void res.send(plain);
  res.set('Content-Encoding', coding).send(coding === 'br' ? brotli(plain) : gzipSync(plain, { level: quick.gzip }));
}

function brotli(plain: Buffer): Buffer {
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = constants;
  return brotliCompressSync(plain, { params: { [BROTLI_PARAM_QUALITY]: quick.br, [BROTLI_PARAM_SIZE_HINT]: plain.length } });
}
