// How every door is answered, in one place and one order: who asks, may they, is it well-formed, do it, note it, answer.
import type { RequestHandler, Response, Router } from 'express';
import { z } from 'zod';
import type { Person } from '../records/types';
import type { Upload } from '../usecases/files';
import { readBody } from './body';
import { typeOf, type Asked, type Door, type FileToSend, type Sendable } from './door';
import { asProblem } from './errors';
import { HttpProblem } from './problems';
import { fileId } from './schemas';
import { sendFile } from './sendFile';
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
    if (door.who !== 'everybody') {
      person = await signedIn(req, services);
      const type = typeOf(door);
      if (type !== null && !req.accepts(type)) throw new HttpProblem('not-acceptable', `Ask for ${type}.`);
    }
    const { params, query, headers } = req;
    const ask = (body: Given['body'], upload: Upload | null) =>
      answerOf(door, services, person, { params, query, headers, body, upload });
    const answer =
      door.takes === 'file'
        ? await readUpload(req, res, (fields, upload) => ask(() => Promise.resolve(fields), upload))
        : await ask(() => readBody(req, res), null);
    await send(res, door, answer);
  };
}

/** What a door is asked, before anything of it was looked at. */
export interface Given {
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  /** Names in lower case; those that the door does not know are left alone. */
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: () => Promise<unknown>;
  /** Where the door takes one. */
  readonly upload?: Upload | null;
}

/**
 * Asks a door on behalf of a person: may they, is it well-formed, do it, note it. Whoever comes over HTTP and whoever sits at a page pass here.
 * @throws HttpProblem whatever stands against it
 */
export async function answerOf(door: Door, services: Services, person: Person, given: Given): Promise<Sendable> {
  requireMay(door, services, person, given.params);
  try {
    const answer = await door.handle(await asked(door, person, given));
    if (door.noted) note(services, door, person, given.params, answer.status ?? door.gives.status ?? 200);
    return answer;
  } catch (error) {
    const problem = asProblem(error);
    if (problem && person !== nobody && isRefusal(problem))
      note(services, door, person, given.params, problem.status, problem.kind);
    throw error;
  }
}

/** A door or a page, as far as who may open it and how that is noted. */
type Opened = Pick<Door, 'who' | 'path'> & { readonly method: string };

/** Whoever may not open a door or a page is turned away, and that they came is noted. @throws HttpProblem not-allowed */
export function requireMay(opened: Opened, services: Services, person: Person, params: Given['params']): void {
  if (typeof opened.who !== 'function') return;
  const permission = opened.who(person);
  if (permission.allowed) return;
  const problem = new HttpProblem('not-allowed', permission.why);
  if (person !== nobody) note(services, opened, person, params, problem.status, problem.kind);
  throw problem;
}

async function asked(door: Door, person: Person, { params: named, query, headers, body, upload = null }: Given): Promise<Asked> {
  const params = door.params?.safeParse(named);
  // An address that no row can have is an address where nothing is.
  if (params?.success === false) throw new HttpProblem('not-found');
  return {
    person,
    params: params?.data ?? {},
    query: door.who === 'everybody' ? {} : queried(door, query),
    headers: door.headers ? valid(door.headers, pick(headers, door.headers), 'header') : {},
    body: door.body ? valid(door.body, await body(), 'body') : undefined,
    upload,
  };
}

function queried({ query: schema = nothing }: Door, query: Given['query']): Record<string, unknown> {
  refuseUnkeepable(query);
  return valid(schema, query, 'query');
}

/** A door that takes no query says so, for a filter that is not looked at would mislead. */
const nothing = z.strictObject({});

/** A request bears many headers; a door looks at its own. */
function pick(headers: Given['headers'], schema: z.ZodObject): Record<string, unknown> {
  return Object.fromEntries(Object.keys(schema.shape).map((name) => [name, headers[name]]));
}

function isRefusal({ status }: HttpProblem): boolean {
  return status === 403 || status === 404 || status === 409 || status === 412 || status === 422;
}

function note(
  { accessLog, now }: Services,
  { method, path }: Opened,
  person: Person,
  params: Given['params'],
  status: number,
  problem?: string,
): void {
  const { reference = params['code'], file } = params;
  accessLog.note({
    at: now(),
    person: person.person,
    action: `${method.toUpperCase()} ${path}`,
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

function otherMethods(allow: string): RequestHandler {
  return (req, res) => {
    if (req.method !== 'OPTIONS') throw new HttpProblem('method-not-allowed', `Use ${allow}.`, { headers: { Allow: allow } });
    res.set('Allow', allow).status(204).end();
  };
}
