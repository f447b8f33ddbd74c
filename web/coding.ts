import type { Request } from 'express';

/** How an answer is compressed for the browser that asked: brotli where it takes that at all, for it is the smallest; null for not at all. */
export function codingOf(req: Request): 'br' | 'gzip' | null {
  if (req.acceptsEncodings('br') === 'br') return 'br';
  return req.acceptsEncodings('gzip') === 'gzip' ? 'gzip' : null;
}
