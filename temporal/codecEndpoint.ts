// The codec over HTTP: lets Temporal's Web UI show payloads, and encrypts what ops type there.
import { Router, json, type ErrorRequestHandler, type Request, type RequestHandler, type Response } from 'express';
import { defaultPayloadConverter, type Payload, type PayloadCodec } from '@temporalio/common';
import { z } from 'zod';
import { isEncrypted } from './codec';
import { isLoopbackOrigin, isOnThisMachine, sameOrigin } from './loopback';
import { fromJson, payloadsSchema, toJson, type JsonPayload } from './protobufJson';

export interface CodecEndpointOptions {
  readonly codec: PayloadCodec;
  /** Embedded stack only: the Web UI on this machine, answered without an identity. Must be on loopback. */
  readonly uiOrigin?: string | null;
  /** Anywhere else: the origin of the Web UI whose people sign in; its browser calls may reach `authorise`. */
  readonly signedInOrigin?: string | null;
  /** Whether this request comes from somebody of ops. */
  readonly authorise: (req: Request) => Promise<boolean>;
  /** Is told what was decoded, before it is given out. */
  readonly decoded?: (req: Request, payloads: readonly Payload[]) => Promise<void>;
}

const BODY_LIMIT = '8mb';

/**
 * A router with POST `/decode` and `/encode`. A payload that needs no change is given back as it came.
 * @throws Error when `uiOrigin` is not an origin on loopback
 */
export function codecEndpoint(options: CodecEndpointOptions): Router {
  if (options.uiOrigin && !isLoopbackOrigin(options.uiOrigin)) {
    throw new Error('CODEC_UI_ORIGIN must be an origin on this machine, such as http://127.0.0.1:8233: it needs no identity');
  }
  const { codec, decoded } = options;
  const router = Router();
  const post = (path: string, convert: (payloads: JsonPayload[], req: Request) => Promise<JsonPayload[]>) => {
    router
      .route(path)
      .all(onlyTheWebUi(options))
      .options(preflight)
      .post(onlyOps(options), json({ limit: BODY_LIMIT }), async (req, res) => {
        const body = payloadsSchema.safeParse(req.body);
        if (body.success) res.json({ payloads: await convert(body.data.payloads, req) });
        else problem(res, 400, `Send {"payloads": […]} as application/json, base64 inside. ${z.prettifyError(body.error)}`);
      })
      .all((_req, res) => {
        problem(res.set('Allow', 'OPTIONS, POST'), 405, 'Only POST is answered here');
      });
  };
  post('/decode', (payloads, req) =>
    convertSome(payloads, isEncrypted, async (some) => {
      const plain = await codec.decode(some);
      await decoded?.(req, plain);
      return plain;
    }),
  );
  post('/encode', (payloads) =>
    convertSome(
      payloads,
      (payload) => !isEncrypted(payload),
      (some) => codec.encode(some.map(readable)),
    ),
  );
  router.use(answerClientErrors);
  return router;
}

/** A browser names the page that asks, and the page cannot forge it: no page but the Web UI may go on. */
function onlyTheWebUi({ uiOrigin, signedInOrigin }: CodecEndpointOptions): RequestHandler {
  const known = [uiOrigin, signedInOrigin].filter((origin) => typeof origin === 'string');
  return (req, res, next) => {
    res.set({ 'Cache-Control': 'no-store', Vary: 'Origin' });
    const { origin } = req.headers;
    const site = req.headers['sec-fetch-site'];
    if (origin !== undefined && known.some((each) => sameOrigin(origin, each))) {
      res.set({ 'Access-Control-Allow-Origin': origin, 'Access-Control-Allow-Credentials': 'true' });
      next();
    } else if (origin !== undefined || (site !== undefined && site !== 'none')) {
      problem(res, 403, 'From a browser, only the Temporal Web UI of this service may ask');
    } else next();
  };
}

const preflight: RequestHandler = (_req, res) => {
  if (!res.hasHeader('Access-Control-Allow-Origin')) {
    problem(res, 403, 'Only the Temporal Web UI of this service may ask from a browser');
    return;
  }
  res.set({
    'Access-Control-Allow-Methods': 'POST',
    'Access-Control-Allow-Headers': 'Content-Type, X-Namespace, Authorization, Authorization-Extras',
    'Access-Control-Max-Age': '600',
  });
  res.status(204).end();
};

function onlyOps({ uiOrigin, authorise }: CodecEndpointOptions): RequestHandler {
  return async (req, res, next) => {
    const ours = typeof uiOrigin === 'string' && sameOrigin(req.headers.origin, uiOrigin) && isOnThisMachine(req);
    if (ours || (await authorise(req))) next();
    else if (req.headers.authorization === undefined && req.headers.cookie === undefined) {
      problem(res.set('WWW-Authenticate', 'Bearer'), 401, 'Sign in as somebody of ops');
    } else problem(res, 403, 'Only ops may read what Temporal keeps');
  };
}

async function convertSome(
  payloads: JsonPayload[],
  concerns: (payload: Payload) => boolean,
  convert: (some: Payload[]) => Promise<Payload[]>,
): Promise<JsonPayload[]> {
  const ours = payloads.map((payload) => concerns(fromJson(payload)));
  const converted = (await convert(payloads.filter((_, index) => ours[index]).map(fromJson))).values();
  return payloads.map((payload, index) => {
    const next = ours[index] === true ? converted.next() : undefined;
    return next?.done === false ? toJson(next.value) : payload;
  });
}

/** Encrypted, a text that is no JSON would stop the case that gets it: refuse it here, where a person can mend it. */
function readable(payload: Payload): Payload {
  try {
    defaultPayloadConverter.fromPayload(payload);
    return payload;
  } catch {
    throw Object.assign(new Error('A payload is not valid JSON, or of an encoding that cases cannot read'), { status: 400 });
  }
}

/** What the body parser or a payload makes the caller's fault becomes a problem; the rest is the application's to answer. */
const answerClientErrors: ErrorRequestHandler = (error: unknown, _req, res, next) => {
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  if (typeof status !== 'number' || status < 400 || status > 499 || res.headersSent) next(error);
  else problem(res, status, error instanceof Error ? error.message : '');
};

const titles: Readonly<Record<number, string>> = { 400: 'Bad request', 401: 'Not signed in', 403: 'Not allowed' };

function problem(res: Response, status: number, detail: string): void {
  const title = titles[status] ?? 'Request refused';
  res
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', title, status, detail }));
}
