// Whatever was thrown becomes a problem that leaks nothing: no stack, no SQL, no data.
import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Logger } from 'pino';
import { FilesAway } from '../files/files';
import { isRecordsAway } from '../records/database';
import { EngineAway, EngineTimeout } from '../temporal/client';
import { HttpProblem, sendProblem } from './problems';

/** @returns the problem that an error is to the caller; null when it is a fault of ours. */
export function asProblem(error: unknown): HttpProblem | null {
  if (error instanceof HttpProblem) return error;
  if (error instanceof EngineTimeout) return new HttpProblem('engine-timeout', undefined, { cause: error });
  if (error instanceof EngineAway) return new HttpProblem('engine-away', undefined, { cause: error });
  if (error instanceof FilesAway) return new HttpProblem('files-away', undefined, { cause: error });
  if (isRecordsAway(error)) return new HttpProblem('records-away', undefined, { cause: error });
  if (error instanceof URIError) return new HttpProblem('malformed', 'The address is not readable: check its percent signs.');
  return ofHttp(error);
}

/** What Express and its body parser throw carries a status. */
function ofHttp(error: unknown): HttpProblem | null {
  if (!(error instanceof Error) || !('status' in error)) return null;
  switch (error.status) {
    case 413:
      return new HttpProblem('too-large');
    case 415:
      return new HttpProblem('wrong-type');
    case 400:
      return new HttpProblem('malformed', 'The request is not readable: check its address, headers and length.');
    default:
      return null;
  }
}

/** The last in the row: answers what was thrown, as a problem or as `send` will have it, and logs our own faults with their kind and place, never with what they say. */
export function answerErrors(log: Logger, send: typeof sendProblem = sendProblem): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    const problem = asProblem(error);
    if (problem === null || problem.status >= 500) log.error({ request: req.id, fault: faultOf(error) }, 'A request failed');
    if (res.headersSent) next(error);
    else send(res, problem ?? new HttpProblem('fault', undefined, { members: { request: req.id } }));
  };
}

/** Messages of errors may hold what a person wrote; their names, codes and places do not. */
function faultOf(error: unknown): { readonly name: string; readonly code?: unknown; readonly at: readonly string[] } {
  if (!(error instanceof Error)) return { name: typeof error, at: [] };
  const cause = error instanceof HttpProblem && error.cause instanceof Error ? error.cause : error;
  const at = (cause.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { name: cause.name, ...('code' in cause ? { code: cause.code } : {}), at: at.slice(0, 6).map((line) => line.trim()) };
}

/** What no door answers. */
export const nothingThere: RequestHandler = () => {
  throw new HttpProblem('not-found', 'There is nothing at this address: the doors are listed at /api/v1/docs.');
};
