// What a form of ours carries, so that a form of somebody else's is known: a secret of the session, masked anew in each page.
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { HttpProblem } from '../../api/problems';

/** The field of every form that holds the token. */
export const tokenField = '_csrf';

/** @returns what a form that was sent carries as its token, whatever it is */
export function tokenOf(req: Request): unknown {
  return (req.body as Readonly<Record<string, unknown>> | undefined)?.[tokenField];
}

const secretBytes = 32;

export const newFormSecret = (): string => randomBytes(secretBytes).toString('base64url');

/** @returns a token of other bytes each time, so that nothing is learnt of the secret from how a page compresses */
export function formToken(secret: string): string {
  const mask = randomBytes(secretBytes);
  return Buffer.concat([mask, masked(Buffer.from(secret, 'base64url'), mask)]).toString('base64url');
}

/** @returns whether a token was made of this secret; in the same time for every wrong one */
export function isFormToken(token: unknown, secret: string): boolean {
  const bytes = Buffer.from(typeof token === 'string' ? token : '', 'base64url');
  const wanted = Buffer.from(secret, 'base64url');
  if (bytes.length !== 2 * secretBytes || wanted.length !== secretBytes) return false;
  return timingSafeEqual(masked(bytes.subarray(secretBytes), bytes.subarray(0, secretBytes)), wanted);
}

function masked(bytes: Buffer, mask: Buffer): Buffer {
  return Buffer.from(bytes.map((byte, index) => byte ^ (mask[index] ?? 0)));
}

const harmless = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Lets nothing in that a page of another site sends. It stands before the body is read, for a token in a form with files can be read after them only.
 * @param publicUrl where people reach the service
 */
export function fromOurPages(publicUrl: string): RequestHandler {
  const { origin } = new URL(publicUrl);
  return (req, _res, next) => {
    if (harmless.has(req.method)) return next();
    const site = req.headers['sec-fetch-site'];
    if (site === undefined ? req.headers.origin === origin : site === 'same-origin') return next();
    next(notOurs('It was not sent from a page of this service. Open the page here, and send the form from it.'));
  };
}

export function notOurs(why: string): HttpProblem {
  return new HttpProblem('not-our-form', why);
}
