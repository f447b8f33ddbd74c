// The document of the API is made from its doors: nothing is mounted that is not in it.
import Ajv2020 from 'ajv/dist/2020';
import type { Express } from 'express';
import pino from 'pino';
import request from 'supertest';
import { createApp } from '../../web/app';
import { routePath } from '../../api/route';
import { personCommandKinds } from '../../domain/commands';
import type { Services } from '../../api/services';
import { payloadCodec } from '../../temporal/codec';
import type { OpenApi } from './document';

const never = () => Promise.reject(new Error('not asked here'));
const services = {
  tokens: { signInOf: never, ping: never },
  database: { ping: never },
  engine: { ping: () => new Promise<void>(() => undefined) },
  codec: { codec: payloadCodec([{ id: 'test', key: Buffer.alloc(32, 7) }]), uiOrigin: null },
  log: pino({ level: 'silent' }),
  now: () => '2024-11-20T10:00:00.000Z',
} as unknown as Services;
const app: Express = createApp(services);

interface Layer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
  readonly handle?: { readonly stack?: readonly Layer[] };
}

/** Every route of a router and of those inside it: `get /api/v1/me`. */
function routesOf({ stack }: { readonly stack?: readonly Layer[] }): string[] {
  return (stack ?? []).flatMap(({ route, handle }) => {
    if (!route) return routesOf(handle ?? {});
    return route.methods['_all'] ? [] : Object.keys(route.methods).map((method) => `${method} ${route.path}`);
  });
}

/** What pages are made of: the page of the document itself and its files, the style sheet and the fonts of the others. */
const partOfAPage = /^get (\/|\/[\w.-]+\.(js|css|png)|\/assets\/.+)$/;

test('every route of the service is in the document, and the document has nothing else', async () => {
  const document = (await request(app).get('/api/v1/openapi.json').expect(200)).body as OpenApi;
  const mounted = routesOf(app.router as unknown as { stack?: readonly Layer[] }).filter((route) => !partOfAPage.test(route));
  const documented = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method} ${routePath(path)}`),
  );
  expect(mounted.sort()).toEqual(documented.sort());
  expect(documented).toContain('get /cases/:reference/outcome.pdf');
});

test('the document is OpenAPI 3.1 whose every schema is one', async () => {
  const document = (await request(app).get('/api/v1/openapi.json')).body as OpenApi & {
    components: { schemas: Record<string, object> };
  };
  expect(document.openapi).toBe('3.1.0');
  const ajv = new Ajv2020({ strict: false });
  for (const [name, schema] of Object.entries(document.components.schemas)) {
    expect([name, ajv.validateSchema(schema)]).toEqual([name, true]);
  }
});

test('every command says that its key is needed', async () => {
  const document = (await request(app).get('/api/v1/openapi.json')).body as {
    paths: Record<string, { post?: { tags: string[]; parameters?: { name: string; in: string; required?: boolean }[] } }>;
  };
  const commands = Object.values(document.paths).flatMap(({ post }) => (post?.tags.includes('Commands') ? [post] : []));
  expect(commands.length).toBe(personCommandKinds.filter((kind) => kind !== 'submit').length);
  for (const { parameters } of commands) {
    expect(parameters).toContainEqual(expect.objectContaining({ name: 'Idempotency-Key', in: 'header', required: true }));
  }
});

test('every field of a command says what it is, and a code where such codes are read', async () => {
  const document = (await request(app).get('/api/v1/openapi.json')).body as {
    paths: Record<
      string,
      {
        post?: {
          requestBody?: { content: Record<string, { schema: { properties?: Record<string, { description?: string }> } }> };
        };
      }
    >;
  };
  const described = (path: string) =>
    Object.entries(document.paths[path]?.post?.requestBody?.content['application/json']?.schema.properties ?? {});
  const commands = Object.keys(document.paths).filter((path) => /^\/api\/v1\/(cases|meetings)\/\{\w+\}\/[a-z-]+$/.test(path));
  const silent = commands.flatMap((path) =>
    described(path).flatMap(([name, { description }]) => (description ? [] : [`${path} ${name}`])),
  );
  expect(silent).toEqual(['/api/v1/meetings/{id}/move day']);
  const of = (path: string) => Object.fromEntries(described(path).map(([name, { description }]) => [name, description]));
  expect(of('/api/v1/cases/{reference}/record-task')).toMatchObject({
    task: 'Task: the subject of a matter of the kind `task` of the case',
    on: 'Done on',
  });
  expect(of('/api/v1/cases/{reference}/send-pack')['provider']).toBe('Training provider: its code at `/api/v1/providers`');
  expect(of('/api/v1/meetings/{id}/fill-seat')['seat']).toBe('Seat: its code in the minutes of the meeting');
});

test('what cannot be had in the form that was asked for says in which it is had', async () => {
  const document = (await request(app).get('/api/v1/openapi.json')).body as {
    paths: Record<string, { get: { responses: Record<string, { description: string }> } }>;
  };
  const says = (path: string) => document.paths[path]?.get.responses['406']?.description;
  expect(says('/api/v1/cases')).toContain('Ask for application/json.');
  expect(says('/api/v1/exports/ap-census/{academicYear}')).toContain('Ask for text/csv.');
  // A file comes as what it is, whatever is asked for.
  expect(says('/api/v1/files/{reference}/{file}')).toBeUndefined();
});

test('the document says how days of the week and several codes are written', async () => {
  const document = (await request(app).get('/api/v1/openapi.json')).body as OpenApi;
  const accepts = (path: string, field: string) => {
    const schema = document.paths[path]?.['post']?.requestBody?.content['application/json']?.schema.properties?.[field];
    return new Ajv2020({ strict: false }).compile(schema ?? false);
  };
  const days = accepts('/api/v1/cases/{reference}/ask-change-of-day', 'weekdays');
  expect(['tue', 'tue,thu', 'mon,fri-am'].filter((text) => !days(text))).toEqual([]);
  expect(['', 'Tue', 'sat', 'tue, thu', 'tuesday', 'tue;thu'].filter((text) => days(text))).toEqual([]);
  const seats = accepts('/api/v1/meetings/{id}/record-attendance', 'present');
  expect(['chair', 'chair,cap'].filter((text) => !seats(text))).toEqual([]);
  expect(['', 'chair, cap', 'chair,'].filter((text) => seats(text))).toEqual([]);
});

test('what is read in several forms shows how it is written: a time with an offset, an ETag in its quotes', async () => {
  const document = (await request(app).get('/api/v1/openapi.json')).body as OpenApi;
  const book = document.paths['/api/v1/cases/{reference}/book-interview']?.['post'];
  const at = book?.requestBody?.content['application/json']?.schema.properties?.['at'];
  expect(at?.examples).toContain('2025-06-13T10:30:00+01:00');
  expect(book?.parameters?.find(({ name }) => name === 'If-Match')?.schema.examples).toEqual(['"3"']);
});

test('where the version that was read must be said, the document says so', async () => {
  const document = (await request(app).get('/api/v1/openapi.json')).body as {
    paths: Record<string, Record<string, { description?: string }>>;
  };
  const says = (method: string, path: string) => document.paths[path]?.[method]?.description;
  for (const path of ['/api/v1/students/{code}', '/api/v1/applications/{reference}']) {
    expect(says('put', path)).toMatch(/If-Match.* or .*version/);
  }
  expect(says('delete', '/api/v1/applications/{reference}')).toContain('If-Match');
});

test.each(['/api/v1/docs', '/api/v1/docs/'])(
  'the page of the document at %s finds all that it needs, and loads nothing from elsewhere',
  async (address) => {
    const page = await request(app).get(address).expect(200);
    expect(page.headers['content-security-policy']).toMatch(/script-src 'self';style-src 'self'/);
    expect(page.text).not.toMatch(/https?:\/\//);
    const files = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file = '']) => file);
    expect(files).toHaveLength(5);
    for (const file of files)
      await request(app)
        .get(new URL(file, `http://a${address}`).pathname)
        .expect(200);
  },
);

test('alive without anything else; not ready, and it says within a second or so what it waits for', async () => {
  await request(app).get('/health/live').expect(200, { live: true });
  const began = Date.now();
  const { body } = await request(app).get('/health/ready').expect(503);
  expect(body).toEqual({ ready: false, parts: { postgres: { up: false }, temporal: { up: false }, identity: { up: false } } });
  expect(Date.now() - began).toBeLessThan(2_000);
});

test('what a problem means can be looked up at its type', async () => {
  const { body } = await request(app).get('/problems/no-place').expect(200);
  expect(body).toMatchObject({ type: '/problems/no-place', status: 409 });
  await request(app).get('/problems/nonsense').expect(404);
});
