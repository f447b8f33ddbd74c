// How every door is answered, in one place and one order: who asks, may they, is it well-formed, do it, note it, answer.
import { pipeline } from 'node:stream/promises';
import type { Request, RequestHandler, Response, Router } from 'express';
import { z } from 'zod';
import type { Person } from '../records/types';
import { readBody } from './body';
import type { Asked, Door, FileToSend, Sendable } from './door';
import { asProblem } from './errors';
import { HttpProblem } from './problems';
import { fileId } from './schemas';
import type { Services } from './services';
import { nobody, signedIn } from './signIn';
import { refuseUnkeepable } from './text';
import { readUpload } from './upload';
import { valid } from './valid';

/** Mounts doors, and behind them at each of their addresses an answer to every method that is not there. */
export function mount(router: Router, doors: readonly Door[], services: Services): void {
  for (const door of doors) router[door.method](routePath(door.path), answering(door, services));
  for (const path of new Set(doors.map((door) => door.path))) {
    const methods = doors.filter((door) => door.path === path).map(({ method }) => method.toUpperCase());
    const allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
    router.route(routePath(path)).all(otherMethods(allow));
  }
}

/** @returns an address as Express writes it */
export function routePath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}

function answering(door: Door, services: Services): RequestHandler {
  return async (req, res) => {
    res.locals['door'] = `${req.method} ${door.path}`;
    let person = nobody;
    try {
      if (door.who !== 'everybody') {
        person = await signedIn(req, services);
        if (door.gives.as !== 'file' && !req.accepts(door.gives.as ?? 'application/json'))
          throw new HttpProblem('not-acceptable');
        requireMay(door, person);
      }
      const answer = await handled(door, asked(door, person, req), req, res);
      if (door.noted) note(services, door, person, req, answer.status ?? door.gives.status ?? 200);
      await send(res, door, answer);
    } catch (error) {
      const problem = asProblem(error);
      if (problem && person !== nobody && isRefusal(problem)) note(services, door, person, req, problem.status, problem.kind);
      throw error;
    }
  };
}

function requireMay({ who }: Door, person: Person): void {
  if (typeof who !== 'function') return;
  const permission = who(person);
  if (!permission.allowed) throw new HttpProblem('not-allowed', permission.why);
}

/** Everything that is asked but its body. */
function asked(door: Door, person: Person, req: Request): Asked {
  const params = door.params?.safeParse(req.params);
  // An address that no row can have is an address where nothing is.
  if (params?.success === false) throw new HttpProblem('not-found');
  refuseUnkeepable(req.query);
  return {
    person,
    params: params?.data ?? {},
    query: door.who === 'everybody' ? {} : valid(door.query ?? nothing, req.query, 'query'),
    headers: door.headers ? valid(door.headers, pick(req, door.headers), 'header') : {},
    body: undefined,
    upload: null,
  };
}

async function handled(door: Door, given: Asked, req: Request, res: Response): Promise<Sendable> {
  const { body: schema } = door;
  if (!schema) return door.handle(given);
  if (door.takes === undefined) return door.handle({ ...given, body: valid(schema, await readBody(req, res), 'body') });
  return readUpload(req, res, async (fields, upload) => door.handle({ ...given, body: valid(schema, fields, 'body'), upload }));
}

/** A door that takes no query says so, for a filter that is not looked at would mislead. */
const nothing = z.strictObject({});

/** A request bears many headers; a door looks at its own. */
function pick(req: Request, schema: z.ZodObject): Record<string, unknown> {
  return Object.fromEntries(Object.keys(schema.shape).map((name) => [name, req.headers[name]]));
}

function isRefusal({ status }: HttpProblem): boolean {
  return status === 403 || status === 404 || status === 409 || status === 412 || status === 422;
}

function note({ accessLog, now }: Services, door: Door, person: Person, req: Request, status: number, problem?: string): void {
  const { reference = req.params['code'], file } = req.params;
  accessLog.note({
    at: now(),
    person: person.person,
    action: `${door.method.toUpperCase()} ${door.path}`,
    reference: typeof reference === 'string' && /^(CAP|STU)-[A-Z0-9-]{4,40}$/.test(reference) ? reference : null,
    detail: { status, ...(problem === undefined ? {} : { problem }), ...(isId(file) ? { file } : {}) },
  });
}

/** Of what the address says, codes alone are noted. */
function isId(text: unknown): text is string {
  return typeof text === 'string' && fileId.safeParse(text).success;
}

async function send(
  res: Response,
  { name, gives }: Door,
  { status = gives.status ?? 200, etag, location, body }: Sendable,
): Promise<void> {
  res.status(status).set('Cache-Control', 'no-store');
  if (etag !== undefined) res.set('ETag', `"${etag}"`);
  if (location !== undefined) res.set('Location', location);
  if (gives.as === 'file') await sendFile(res, body as FileToSend);
  else if (gives.as === undefined) res.json(body);
  else res.type(gives.as).attachment(`${name}.csv`).send(body);
}

/** A file is saved, never shown: whatever is in it runs nowhere near this service. Its first part is there before anything is answered. */
async function sendFile(res: Response, { name, type, size, content }: FileToSend): Promise<void> {
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

function otherMethods(allow: string): RequestHandler {
  return (req, res) => {
    if (req.method !== 'OPTIONS') throw new HttpProblem('method-not-allowed', `Use ${allow}.`, { headers: { Allow: allow } });
    res.set('Allow', allow).status(204).end();
  };
}
