// Reads the body of a request: JSON in UTF-8, at most 1 MB, and nothing in it that cannot be kept.
import { raw, type Request, type RequestHandler, type Response } from 'express';
import { HttpProblem } from './problems';
import { refuseUnkeepable } from './text';

const readBytes: RequestHandler = raw({ limit: '1mb', inflate: false, type: () => true });
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * @returns what the JSON says; an empty object when no body was sent
 * @throws HttpProblem, or the body parser's error, for 400, 413 and 415
 */
export async function readBody(req: Request, res: Response): Promise<unknown> {
  const length = req.headers['content-length'];
  if (req.headers['transfer-encoding'] === undefined && (length === undefined || length === '0')) return {};
  if (!isJson(req)) throw new HttpProblem('wrong-type');
  await new Promise<void>((done, failed) => {
    readBytes(req, res, (error: unknown) => {
      if (error instanceof Error) failed(error);
      else done();
    });
  });
  const body = parsed(decoded(req.body));
  refuseUnkeepable(body);
  return body;
}

function isJson(req: Request): boolean {
  if (!req.is(['application/json', 'application/*+json'])) return false;
  const charset = /charset\s*=\s*"?([^\s;"]+)/i.exec(req.headers['content-type'] ?? '')?.[1];
  return charset === undefined || /^utf-?8$/i.test(charset);
}

function decoded(bytes: unknown): string {
  try {
    return Buffer.isBuffer(bytes) ? utf8.decode(bytes) : '{}';
  } catch {
    throw new HttpProblem('malformed', 'The body is not valid UTF-8: send it as UTF-8.');
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new HttpProblem('malformed', 'The body is not valid JSON: check its quotes, commas and brackets.');
  }
}
