// One line for each request: which door, how it was answered, how long it took. No bodies, no query strings, no headers, no words.
import { randomUUID } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';

/** Gives every request an id, the caller's own where it is harmless, and logs it once it is answered. */
export function requestLog(log: Logger): RequestHandler {
  return pinoHttp({
    logger: log,
    genReqId: (req, res) => {
      const given = req.headers['x-request-id'];
      const id = typeof given === 'string' && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();
      res.setHeader('X-Request-Id', id);
      return id;
    },
    wrapSerializers: false,
    serializers: {
      req: ({ id, method }: { id: unknown; method: unknown }) => ({ id, method }),
      res: ({ statusCode }: { statusCode: unknown }) => ({ status: statusCode }),
      err: () => undefined,
    },
    // The address as it was written may hold anything; the door's own has placeholders.
    customProps: (_req, res) => ({ door: (res as Response).locals['door'] as unknown }),
    customLogLevel: (req, res, error) => {
      if (error || res.statusCode >= 500) return 'warn';
      return req.url.startsWith('/health/') ? 'debug' : 'info';
    },
    customSuccessMessage: () => 'answered',
    customErrorMessage: () => 'answered',
  });
}
