// The OpenAPI 3.1 document, made from the doors themselves: what is mounted is documented, and nothing else.
import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiResponsesObject } from 'zod-openapi';
import { fileTypes } from '../domain/files';
import { tags, typeOf, type Door } from './door';
import { problemKinds, type ProblemKind } from './problems';
import { ofReference, problem } from './schemas';

const about = `Casework for Coventry Alternative Provision: a school applies for a place for a student, CAP and its panels decide, a provider takes the
student on. **Commands** are what people do to a case; each bears an \`Idempotency-Key\` of your own, and the same key again is the same command
again: after any answer of 503, or none at all, try again with the same key. Each case says in \`can\` what you may do next, and where.
Days are days in London; times are sent in any form of RFC 3339 and answered in UTC. What cannot be done is answered with problem details (RFC 9457) that say what to do.`;

/** A page about a case, which people open in a browser. */
export interface Page {
  readonly path: string;
  readonly name: string;
  readonly summary: string;
  readonly about: string;
  /** What is answered to who may see it; null where there is nothing but how to sign in. */
  readonly gives: 'text/html' | 'application/pdf' | null;
}

/** @returns the document, as it is served */
export function openApiDocument(doors: readonly Door[], pages: readonly Page[]): object {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const door of doors) (paths[door.path] ??= {})[door.method] = operation(door);
  for (const page of pages) paths[page.path] = { get: pageOperation(page) };
  return createDocument({
    openapi: '3.1.0',
    info: { title: 'CAP Casework', version: '1', description: about.replace(/\n/g, ' ') },
    servers: [{ url: '/' }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'A token of an OpenID issuer that the service trusts',
        },
      },
    },
    security: [{ bearer: [] }],
    paths,
  });
}

function operation(door: Door): ZodOpenApiOperationObject {
  const { params, query, headers, body, takes } = door;
  return {
    operationId: door.name,
    summary: door.summary,
    ...(door.about === undefined ? {} : { description: door.about }),
    tags: [door.tag],
    ...(door.who === 'everybody' ? { security: [] } : {}),
    ...(params || query || headers
      ? {
          requestParams: {
            ...(params && { path: params }),
            ...(query && { query }),
            ...(headers && { header: inTheirCase(headers) }),
          },
        }
      : {}),
    ...(body ? { requestBody: { content: takes === 'file' ? form(body) : { 'application/json': { schema: body } } } } : {}),
    responses: { ...problems(door), ...successes(door) },
  };
}

/** The fields, then the file. */
function form(fields: z.ZodType) {
  const file = { type: 'string' as const, format: 'binary', description: 'The file, after every other field' };
  const schema = { type: 'object' as const, properties: { file }, required: ['file'] };
  return { 'multipart/form-data': { schema: z.intersection(fields, z.unknown().meta({ override: schema })) } };
}

/** A file comes as one of the types that there may be. */
function anyFile(schema: z.ZodType) {
  return Object.fromEntries(fileTypes.map((type) => [type, { schema }]));
}

function pageOperation({ name, summary, about: description, gives }: Page): ZodOpenApiOperationObject {
  const page = { 'text/html': { schema: z.string() } };
  const either = { ...page, 'application/problem+json': { schema: problem } };
  return {
    operationId: name,
    summary,
    description,
    tags: ['Cases' satisfies keyof typeof tags],
    requestParams: { path: ofReference },
    responses: {
      401: { description: 'How to sign in and read the case', content: gives === null ? page : either },
      ...(gives === null
        ? {}
        : {
            200: { description: 'The document, as it was issued last', content: { [gives]: { schema: z.string() } } },
            ...problemsOf(['malformed', 'person-unknown', 'not-found', 'records-away', 'identity-away', 'fault']),
          }),
    },
  };
}

/** Headers are read in lower case and written as people know them. */
function inTheirCase({ shape }: z.ZodObject): z.ZodObject {
  const known = shape as Readonly<Record<string, z.ZodType>>;
  const names = Object.entries(known).map(
    ([name, schema]) => [name.replace(/(^|-)[a-z]/g, (at) => at.toUpperCase()), schema] as const,
  );
  return z.strictObject(Object.fromEntries(names));
}

function successes(door: Door): ZodOpenApiResponsesObject {
  const { status = 200, description, body, etag, also } = door.gives;
  const type = typeOf(door);
  const headers = etag
    ? { headers: { ETag: { description: 'The step or version that was read', schema: { type: 'string' as const } } } }
    : {};
  return Object.fromEntries(
    Object.entries({ [status]: description, ...also }).map(([each, says]) => [
      each as `${1 | 2 | 3 | 4 | 5}${string}`,
      {
        description: says,
        content: type === null ? anyFile(body) : { [type]: { schema: body } },
        ...headers,
      },
    ]),
  );
}

/** What every door may answer, and this one beside it, by status. */
function problems(door: Door): ZodOpenApiResponsesObject {
  const type = typeOf(door);
  const kinds: ProblemKind[] = [
    ...(['fault', 'malformed'] as const),
    ...(door.who === 'everybody' ? [] : (['not-signed-in', 'person-unknown', 'records-away', 'identity-away'] as const)),
    ...(door.who === 'everybody' || type === null ? [] : (['not-acceptable'] as const)),
    ...(typeof door.who === 'function' ? (['not-allowed'] as const) : []),
    ...(door.params ? (['not-found'] as const) : []),
    ...(door.body ? (['too-large', 'wrong-type', 'wrong-values'] as const) : []),
    ...(door.problems ?? []),
  ];
  return problemsOf(kinds, type === null ? {} : { 'not-acceptable': `Ask for ${type}.` });
}

/** @param todos what to do, where a door says it better than its kind */
function problemsOf(kinds: readonly ProblemKind[], todos: Partial<Record<ProblemKind, string>> = {}): ZodOpenApiResponsesObject {
  const byStatus = new Map<number, ProblemKind[]>();
  for (const kind of new Set(kinds)) {
    const { status } = problemKinds[kind];
    byStatus.set(status, [...(byStatus.get(status) ?? []), kind]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, all]) => [
      String(status) as `${1 | 2 | 3 | 4 | 5}${string}`,
      {
        description: all
          .map((kind) => `\`${kind}\`: ${problemKinds[kind].title}. ${todos[kind] ?? problemKinds[kind].todo}`)
          .join('\n\n'),
        content: { 'application/problem+json': { schema: problem } },
      },
    ]),
  );
}
