// Whatever is sent to whatever door or page, by whomever: the answer is never a fault of ours, is as the document of the API says, and where it is no it
// says what is wrong. What is sent is made from the document itself: a request that would be taken, with something odd in it.
//   INPUT_SEED=… draws other requests; INPUT_RUNS=… draws so many for each route.
import fc from 'fast-check';
import { allDoors } from '../../api/allDoors';
import { documentedPages } from '../../api/documentedPages';
import { openApiDocument } from '../../api/openapi';
import { problemKinds, type ProblemKind } from '../../api/problems';
import { allPages } from '../../web/allPages';
import { clientOf, type Client, type Heard, type Sent } from '../support/client';
import { documents } from '../support/documents';
import { oddHeaders, oddParts, oddTexts, oddValues } from '../support/odd';
import { childrenAreCalled, openEveryCase } from '../web/everyCase';
import { addressOf, bodyOf, queryOf } from '../web/everyRequest';
import { doors as doorRows, others, pages as pageRows, people, states, type Person, type State } from '../web/everyRoute';
import { checkAnswers, type OpenApi, type Operation, type Schema } from './document';

const seed = Number(process.env['INPUT_SEED'] ?? 2026);
const runs = Number(process.env['INPUT_RUNS'] ?? 2);

jest.setTimeout(120_000 + runs * 5_000);

const document = openApiDocument(allDoors({} as never), documentedPages) as OpenApi;
const check = checkAnswers(JSON.parse(JSON.stringify(document)) as OpenApi);
const everybody = Object.keys(people) as Person[];

let stand: Awaited<ReturnType<typeof openEveryCase>>;
let client: Client;
const tokens = new Map<Person, string>();
/** Ids of what was asked of CAP, which an address may name. */
let asked: Readonly<Record<'person-requests' | 'account-requests', string>>;

beforeAll(async () => {
  stand = await openEveryCase();
  const { doors, app } = stand;
  client = await clientOf(app);
  for (const person of everybody) {
    const id = people[person];
    if (id !== null) tokens.set(person, await doors.issuer.token(id));
  }
  for (const state of ['with CAP', 'returned', 'decided', 'interview', 'placement'] as const) {
    for (const [by, command, body] of [
      ['own school', 'name-case-worker', { caseWorker: people['own school'] }],
      ['CAP', 'name-monitoring-officer', { officer: people.CAP }],
    ] as const) {
      const path = `/api/v1/cases/${stand.cases[state].reference}/${command}`;
      const { status, text } = await doors.ask(people[by], 'POST', path, { body, key: `${state} ${command}` });
      expect([status, text]).toEqual([200, text]);
    }
  }
  const why = 'Joins the school.';
  const grant = { kind: 'grant', person: people['no role'], party: 'school:SCH-B', why };
  const account = { kind: 'give', party: 'school:SCH-A', name: 'Sample Colleague', email: 'colleague@example.test', why };
  asked = {
    'person-requests': String((await doors.ask('cap.lead', 'POST', '/api/v1/person-requests', { body: grant })).body.id),
    'account-requests': String(
      (await doors.ask('school.alder', 'POST', '/api/v1/account-requests', { body: account })).body.request.id,
    ),
  };
});
afterAll(async () => {
  await client.stop();
  await stand.stop();
});

interface Route {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

const routes: readonly Route[] = Object.entries(document.paths).flatMap(([path, operations]) =>
  Object.entries(operations).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
);

const queriesOf = ({ operation }: Route) => (operation.parameters ?? []).filter((each) => each.in === 'query');
const takes = (route: Route, name: string) => queriesOf(route).some((each) => each.name === name);
const isList = (route: Route) => takes(route, 'cursor') || takes(route, 'after');

// Lists are asked first, while the cases are as they were told.
describe('Pages of one row each lead through what one large page holds, and nothing comes twice', () => {
  test.each(routes.filter(isList).map((route) => [`${route.method} ${route.path}`, route] as const))(
    '%s, under every pair of its filters',
    async (name, route) => {
      const who = whoMay(name).filter((person) => person !== 'nobody');
      const keeper = who.includes('CAP') ? 'CAP' : who[0];
      const filters = keeper === undefined ? [] : await filtersOf(route, keeper);
      for (const person of who) {
        // Whoever keeps the list asks by every pair; the others by one filter at a time.
        for (const filter of pairsOf(filters).filter((each) => person === keeper || Object.keys(each).length < 2)) {
          const large = await pagesOf(route, person, { ...filter, limit: '100' });
          // What is not for them is not; and where no size of a page can be asked for, two lines may say the same.
          if (large === null || !takes(route, 'limit')) continue;
          const small = await pagesOf(route, person, { ...filter, limit: '1' });
          expect({ person, filter, rows: small }).toEqual({ person, filter, rows: large });
          expect({ person, filter, twice: large.filter((row, at) => large.indexOf(row) !== at) }).toEqual({
            ...{ person, filter, twice: [] },
          });
        }
      }
    },
  );
});

describe('Doors', () => {
  const known = routes.map((route) => [`${route.method} ${route.path}`, route] as const);
  test.each(known.toSorted(([, one], [, other]) => harm(one) - harm(other)))('%s', async (name, route) => {
    await fc.assert(
      fc.asyncProperty(requests(name, route), async (request) => {
        const all = copies(request, () => programSends(route, request));
        for (const heard of await Promise.all(all.map((sent) => client.send(sent)))) {
          expect(wrongIn(heard)).toEqual([]);
          check(all[0]?.method ?? '', all[0]?.path ?? '', heard);
        }
      }),
      { seed, numRuns: runs },
    );
  });
});

describe('Pages', () => {
  const known = allPages.flatMap(({ path, take }) => [`GET ${path}`, ...(take ? [`POST ${path}`] : [])]);
  test.each(known.toSorted((one, other) => Number(one.startsWith('POST')) - Number(other.startsWith('POST'))))(
    '%s',
    async (name) => {
      await fc.assert(
        fc.asyncProperty(visits(name), async (visit) => {
          const all = copies(visit, () => browserSends(name, visit));
          for (const { status, text } of await Promise.all(all.map((sent) => client.send(sent)))) {
            expect([status, status < 500 ? '' : text]).toEqual([status, '']);
          }
        }),
        { seed, numRuns: runs },
      );
    },
  );
});

/** What cannot be had back is asked last: what people may do stays, and with it how far what they send gets. */
function harm({ method, path }: Route): number {
  if (method === 'GET') return 0;
  return method === 'DELETE' || /people|grant|sessions|offered/.test(path) ? 2 : 1;
}

function whoMay(name: string): readonly Person[] {
  const row = doorRows[name] ?? pageRows[name] ?? others[name];
  if (row === undefined) throw new Error(`${name} has no row`);
  return row.by ?? (row.who === 'everybody' ? everybody : row.who);
}

/** @returns what is wrong with an answer, whatever was asked */
function wrongIn({ status, type, body, text }: Heard): string[] {
  if (status < 400) return [];
  if (type !== 'application/problem+json') return [`${String(status)} comes as ${type}: ${text}`];
  const { type: kind, title, detail, errors, status: said } = body as Readonly<Record<string, unknown>>;
  const known = problemKinds[String(kind).replace('/problems/', '') as ProblemKind] as
    { status: number; title: string } | undefined;
  return [
    ...(status >= 500 ? [`it is a fault of ours: ${text}`] : []),
    ...(known === undefined || known.status !== status || known.title !== title || said !== status
      ? [`it is no problem: ${text}`]
      : []),
    ...(typeof detail === 'string' && /[.?]$/.test(detail) ? [] : [`its detail is no sentence: ${text}`]),
    ...(kind === '/problems/wrong-values' && !areErrors(errors) ? [`it does not say which field is wrong: ${text}`] : []),
    ...(errors !== undefined && !areErrors(errors) ? [`its errors are none: ${text}`] : []),
  ];
}

function areErrors(errors: unknown): boolean {
  const list = errors as readonly Readonly<Record<string, unknown>>[] | undefined;
  return (
    Array.isArray(list) &&
    list.length > 0 &&
    list.every(({ field, rule, message }) => field !== undefined && rule !== '' && /[.?]$/.test(String(message)))
  );
}

// Schemas

function resolved(schema: Schema): Schema {
  const name = schema.$ref?.split('/').at(-1);
  return name === undefined ? schema : resolved(document.components.schemas[name] ?? {});
}

/** @returns some values that a schema takes, as far as it says */
function sound(given: Schema): unknown[] {
  const schema = resolved(given);
  const parts = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  if (parts.length > 0) return parts.flatMap(sound);
  if (schema.enum) return [...schema.enum];
  if (schema.const !== undefined) return [schema.const];
  if (schema.examples) return [...schema.examples];
  if (schema.format === 'date-time') return ['2025-03-17T10:00:00Z'];
  switch ([schema.type].flat()[0]) {
    case 'string':
      return ['Sample words'];
    case 'integer':
    case 'number':
      return [1, 0];
    case 'boolean':
      return [true, false];
    case 'array':
      return [[], ...(schema.items ? sound(schema.items).map((each) => [each]) : [])];
    case 'object':
      return [Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, each]) => [name, sound(each)[0]]))];
    default:
      return [null];
  }
}

// Lists

type Query = Readonly<Record<string, string>>;

const turns = ['limit', 'cursor', 'after'];

/** What may be asked of a list: values that occur in it, and one that does not. */
async function filtersOf(route: Route, person: Person): Promise<[string, string][]> {
  const all = (await pagesOf(route, person, {}))?.join('\n') ?? '';
  const { reference, student } = stand.cases.placement;
  const [at = stand.doors.services.now()] = /\d{4}-\d\d-\d\dT[\d:.]+Z/.exec(all) ?? [];
  const of: Record<string, string[]> = {
    ...{ reference: [reference], student: [student], person: ['cap.team'], school: ['SCH-A', 'SCH-B'], day: [at.slice(0, 10)] },
    ...{ host: ['provider:TP-ONE', 'provider:NOBODY'], dueBefore: [at, '2099-12-31T00:00:00Z'], updatedSince: [at] },
  };
  return queriesOf(route)
    .filter(({ name }) => !turns.includes(name))
    .flatMap(({ name, schema }) =>
      (of[name] ?? occurring(sound(schema).map(String), all)).map((value): [string, string] => [name, value]),
    );
}

/** Values of which rows have one, and one that no row has; all, where they are few. */
function occurring(values: readonly string[], rows: string): readonly string[] {
  const without = values.filter((value) => !rows.includes(`"${value}"`));
  return values.length <= 3 ? values : [...values.filter((value) => !without.includes(value)), ...without.slice(0, 1)];
}

function pairsOf(filters: readonly [string, string][]): Query[] {
  const pairs = filters.flatMap(([name, value], index) =>
    filters.slice(index + 1).flatMap(([other, its]) => (other === name ? [] : [{ [name]: value, [other]: its }])),
  );
  return [{}, ...filters.map(([name, value]) => ({ [name]: value })), ...pairs];
}

/** @returns every row of a list, page after page; null where the list is not for that person */
async function pagesOf(route: Route, person: Person, { limit, ...filter }: Query): Promise<string[] | null> {
  const on = takes(route, 'cursor') ? 'cursor' : 'after';
  const rows: string[] = [];
  for (let next: string | null = '', turn = 0; next !== null; turn += 1) {
    const query = {
      ...filter,
      ...(limit !== undefined && takes(route, 'limit') ? { limit } : {}),
      ...(next === '' ? {} : { [on]: next }),
    };
    const sent = {
      method: route.method,
      path: `${route.path}?${new URLSearchParams(query).toString()}`,
      headers: headersOf(person),
      body: route.method === 'POST' ? JSON.stringify({ text: childrenAreCalled }) : undefined,
    };
    const heard = await client.send(sent);
    check(sent.method, sent.path, heard);
    if (heard.status === 403) return null;
    expect([sent.path, heard.status, heard.text]).toEqual([sent.path, 200, heard.text]);
    const { next: then, ...body } = heard.body as { readonly next: string | null } & Readonly<Record<string, unknown>>;
    rows.push(...(Object.values(body).find(Array.isArray) ?? []).map((row) => JSON.stringify(row)));
    if (turn > 200) throw new Error(`${sent.path} has no end`);
    next = then;
  }
  return rows;
}

let keys = 0;

function headersOf(person: Person): Record<string, string> {
  const token = tokens.get(person);
  return {
    'Content-Type': 'application/json',
    'Idempotency-Key': `key of every input ${String((keys += 1))}`,
    ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
  };
}

// Requests

/** Something odd about a request: each number says which of the places or values that there are. */
type Oddity =
  | { readonly in: 'path'; readonly which: number; readonly part: string }
  | { readonly in: 'query'; readonly which: number; readonly text: string }
  | { readonly in: 'header'; readonly header: readonly [string, string] }
  | { readonly in: 'body'; readonly which: number; readonly value: unknown }
  | { readonly in: 'body'; readonly which: number; readonly taken: 'out' }
  | { readonly in: 'body'; readonly which: number; readonly sound: number }
  | { readonly in: 'body'; readonly text: string };

interface Request {
  readonly person: Person;
  readonly state: State;
  readonly odd: readonly Oddity[];
  /** How often it comes at the same time: by one key, as a client that tries again, or each by a key of its own. */
  readonly atOnce: 'once' | 'by one key' | 'by two keys';
}

const atOnce: fc.Arbitrary<Request['atOnce']> = fc.oneof(
  { weight: 4, arbitrary: fc.constant('once' as const) },
  { weight: 1, arbitrary: fc.constantFrom('by one key' as const, 'by two keys' as const) },
);

function copies({ atOnce: how }: Request, make: () => Sent): Sent[] {
  const first = make();
  return how === 'once' ? [first] : how === 'by one key' ? [first, first] : [first, make()];
}

const which = fc.nat({ max: 40 });
const oddPath = fc.record({ in: fc.constant('path' as const), which, part: fc.constantFrom(...oddParts) });
const oddQuery = fc.record({
  in: fc.constant('query' as const),
  which,
  text: fc.oneof(fc.constantFrom(...oddTexts), oddCursors()),
});
const oddHeader = fc.record({ in: fc.constant('header' as const), header: fc.constantFrom(...oddHeaders) });
const oddBody = fc.oneof(
  { weight: 6, arbitrary: fc.record({ in: fc.constant('body' as const), which, value: fc.constantFrom(...oddValues) }) },
  { weight: 3, arbitrary: fc.record({ in: fc.constant('body' as const), which, sound: fc.nat({ max: 20 }) }) },
  { weight: 2, arbitrary: fc.record({ in: fc.constant('body' as const), which, taken: fc.constant('out' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      in: fc.constant('body' as const),
      text: fc.constantFrom('', '{', 'null', '[]', '"x"', '{"a":1,"a":2}', '\u00ff', `${'['.repeat(5_000)}${']'.repeat(5_000)}`),
    }),
  },
);

/** Positions such as cursors hold, some of whose parts are none. */
function oddCursors(): fc.Arbitrary<string> {
  const part = (usual: string) => fc.oneof(fc.constant(usual), fc.constantFrom<unknown>(...oddValues));
  const positions = fc.oneof(
    fc.record({ updated: part('2025-03-17T10:00:00.000Z'), reference: part('CAP-2025-222222') }),
    fc.record({
      due: part('2025-03-17T10:00:00.000Z'),
      reference: part('CAP-2025-222222'),
      what: part('pack-check'),
      subject: part(''),
    }),
    fc.constantFrom<unknown>(...oddValues),
  );
  return positions.map((position) => Buffer.from(JSON.stringify(position)).toString('base64url').slice(0, 500));
}

function requests(name: string, { operation, path, method }: Route): fc.Arbitrary<Request> {
  const may = whoMay(name);
  const oddities = [
    { weight: 2, arbitrary: oddHeader as fc.Arbitrary<Oddity> },
    { weight: 1, arbitrary: oddQuery as fc.Arbitrary<Oddity> },
    ...(path.includes('{') ? [{ weight: 2, arbitrary: oddPath as fc.Arbitrary<Oddity> }] : []),
    ...((operation.parameters ?? []).some((each) => each.in === 'query')
      ? [{ weight: 6, arbitrary: oddQuery as fc.Arbitrary<Oddity> }]
      : []),
    ...(operation.requestBody && method !== 'GET' ? [{ weight: 8, arbitrary: oddBody as fc.Arbitrary<Oddity> }] : []),
  ];
  return fc.record({
    person: fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...may) }, { weight: 1, arbitrary: fc.constantFrom(...everybody) }),
    state: fc.constantFrom(...states),
    odd: fc.array(fc.oneof(...oddities), { maxLength: 2 }),
    atOnce,
  });
}

function programSends(route: Route, { person, state, odd }: Request): Sent {
  const { method, path, operation } = route;
  const sample = stand.cases[state];
  const types = Object.keys(operation.requestBody?.content ?? {});
  const base = operation.requestBody ? (bodyOf(`${method} ${path}`, sample) ?? {}) : undefined;
  const schema = types[0] === undefined ? {} : (operation.requestBody?.content[types[0]]?.schema ?? {});
  const headers: Record<string, string> = {
    ...headersOf(person),
    ...(operation.parameters?.some(isIfMatch) ? { 'If-Match': '*' } : {}),
  };
  const body = types[0] === 'multipart/form-data' ? formOf(base ?? {}, odd, headers) : jsonOf(base, schema, odd);
  for (const each of odd) if (each.in === 'header') set(headers, each.header);
  if (body === undefined) delete headers['Content-Type'];
  return { method, path: addressed(path, route, person, state, odd), headers, body };
}

const isIfMatch = ({ name }: { readonly name: string }) => name === 'If-Match';

/** A header that is there already is taken out, whatever its capitals. */
function set(headers: Record<string, string>, [name, value]: readonly [string, string]): void {
  for (const known of Object.keys(headers))
    if (known.toLowerCase() === name.toLowerCase()) Reflect.deleteProperty(headers, known);
  headers[name] = value;
}

function addressed(
  path: string,
  route: Route | null,
  person: Person,
  state: State,
  odd: readonly Oddity[],
  names: readonly string[] = [],
) {
  const kind = path.includes('person-requests')
    ? 'person-requests'
    : path.includes('account-requests')
      ? 'account-requests'
      : null;
  const parts = path.split('/');
  const sound = addressOf(path, stand.cases[state], kind === null ? {} : { id: asked[kind] }).split('/');
  const places = parts.flatMap((part, at) => (part.includes('{') ? [at] : []));
  const known = [...names, ...(route === null ? [] : queriesOf(route).map(({ name }) => name)), 'other'];
  const query = new URLSearchParams(queryOf(path, person));
  for (const each of odd) {
    const at = each.in === 'path' ? places[each.which % places.length] : undefined;
    if (each.in === 'path' && at !== undefined) sound[at] = (parts[at] ?? '').replace(/\{\w+\}/, each.part);
    if (each.in === 'query') query.append(known[each.which % known.length] ?? 'other', each.text);
  }
  return `${sound.join('/')}${query.size === 0 ? '' : `?${query.toString()}`}`;
}

function jsonOf(base: unknown, schema: Schema, odd: readonly Oddity[]): string | undefined {
  let body = base === undefined ? undefined : (JSON.parse(JSON.stringify(base)) as unknown);
  for (const each of odd) {
    if (each.in !== 'body') continue;
    if ('text' in each) return each.text;
    const places = placesIn(body, schema);
    const place = places[each.which % places.length];
    if (place === undefined) continue;
    if ('sound' in each) body = changed(body, place.path, soundAt(place.schema, each.sound));
    else body = changed(body, place.path, 'value' in each ? each.value : undefined);
  }
  return body === undefined ? undefined : JSON.stringify(body);
}

const soundAt = (schema: Schema, at: number) => {
  const values = sound(schema);
  return values[at % values.length];
};

interface Place {
  readonly path: readonly string[];
  readonly schema: Schema;
}

/** Every place of a body: what stands there, what its schema has beside, something that is not known, and the whole. */
function placesIn(value: unknown, given: Schema, path: readonly string[] = []): Place[] {
  const schema = resolved(given);
  const all = [schema, ...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])].map(resolved);
  if (Array.isArray(value)) {
    const items = all.find((each) => each.items)?.items ?? {};
    return [{ path, schema }, ...value.flatMap((each, at) => placesIn(each, items, [...path, String(at)]))];
  }
  if (typeof value !== 'object' || value === null) return [{ path, schema }];
  const properties: Readonly<Record<string, Schema>> = Object.assign({}, ...all.map((each) => each.properties ?? {}));
  const names = new Set([...Object.keys(properties), ...Object.keys(value)]);
  const inner = [...names].flatMap((name) =>
    placesIn((value as Readonly<Record<string, unknown>>)[name], properties[name] ?? {}, [...path, name]),
  );
  return [...inner, ...inner, { path: [...path, '__proto__'], schema: {} }, { path, schema }];
}

function changed(at: unknown, [name, ...rest]: readonly string[], value: unknown): unknown {
  if (name === undefined) return value;
  if (Array.isArray(at)) return at.map((each: unknown, index) => (String(index) === name ? changed(each, rest, value) : each));
  const entries = Object.entries(at ?? {}).filter(([each]) => each !== name);
  const inner = (at as Readonly<Record<string, unknown>> | null | undefined)?.[name];
  return Object.fromEntries([...entries, [name, changed(inner, rest, value)]]);
}

/** A form with a file; what is odd about its body is odd about the file or a field. */
function formOf(fields: object, odd: readonly Oddity[], headers: Record<string, string>): Buffer {
  const said: Record<string, string> = { ...fields };
  let name = 'sample.pdf';
  let [type, end] = ['application/pdf', '\r\n--xx--\r\n'];
  for (const each of odd) {
    if (each.in !== 'body') continue;
    if ('text' in each) end = each.text;
    else if ('sound' in each) type = ['text/html', 'image/png', ';', 'application/pdf; charset=\u00ff'][each.sound % 4] ?? '';
    else if ('taken' in each) Reflect.deleteProperty(said, Object.keys(said)[0] ?? '');
    else if (each.which % 2 === 0) name = typeof each.value === 'string' ? each.value : JSON.stringify(each.value);
    else said[Object.keys(said)[each.which % 2] ?? 'more'] = JSON.stringify(each.value);
  }
  headers['Content-Type'] = 'multipart/form-data; boundary=xx';
  const parts = Object.entries(said).map(
    ([field, value]) => `--xx\r\nContent-Disposition: form-data; name="${field}"\r\n\r\n${value}\r\n`,
  );
  const head = `--xx\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`;
  return Buffer.concat([Buffer.from(parts.join('') + head), documents.pdf('Another assessment.'), Buffer.from(end)]);
}

// Pages

interface AtPage extends Request {
  readonly also: readonly (readonly [name: string, text: string])[];
}

/** What addresses of pages ask for: what doors do, and what pages have of their own. */
const asksOfPages = [
  ...new Set(routes.flatMap((route) => queriesOf(route).map(({ name }) => name))),
  ...['done', 'past', 'all', 'known', 'week', 'follows', 'propose', 'seat', 'kept'],
];

const fields = ['_form', '_key', '_read', 'text', 'date', 'date-day', 'date-month', 'date-year', 'csv', 'table', 'answer'];

function visits(name: string): fc.Arbitrary<AtPage> {
  const may = whoMay(name);
  const oddities = [
    { weight: 4, arbitrary: oddQuery as fc.Arbitrary<Oddity> },
    { weight: 1, arbitrary: oddHeader as fc.Arbitrary<Oddity> },
    ...(name.includes('{') ? [{ weight: 2, arbitrary: oddPath as fc.Arbitrary<Oddity> }] : []),
  ];
  return fc.record({
    person: fc.constantFrom(...may),
    state: fc.constantFrom(...states),
    odd: fc.array(fc.oneof(...oddities), { maxLength: 3 }),
    atOnce,
    also: name.startsWith('GET')
      ? fc.constant([])
      : fc.array(fc.tuple(fc.nat({ max: 60 }).map(String), fc.constantFrom(...oddTexts)), { maxLength: 3 }),
  });
}

function browserSends(name: string, { person, state, odd, also }: AtPage): Sent {
  const [method = '', path = ''] = name.split(' ');
  const id = people[person];
  const headers: Record<string, string> = { Accept: 'text/html', ...(id === null ? {} : { 'x-test-person': id }) };
  for (const each of odd) if (each.in === 'header' && each.header[0] !== 'Authorization') set(headers, each.header);
  const address = addressed(path, null, person, state, odd, asksOfPages);
  if (method === 'GET') return { method, path: address, headers };
  const base = { _csrf: 'token-of-the-test', _key: `key of every form ${String((keys += 1))}`, ...soundForm(name, state) };
  if (path === '/files/{reference}') {
    const body = formOf(
      { ...base, kind: 'risk-assessment' },
      also.map(([at, value]) => ({ in: 'body', which: Number(at), value })),
      headers,
    );
    return { method, path: address, headers, body };
  }
  const sent = new URLSearchParams(Object.entries(base).map(([field, value]): [string, string] => [field, value]));
  const names = [...Object.keys(base).filter((each) => each !== '_csrf'), ...fields];
  for (const [at, text] of also) {
    const field = names[Number(at) % names.length] ?? 'text';
    if (Number(at) % 3 === 0) sent.append(field, text);
    else sent.set(field, text);
  }
  return {
    method,
    path: address,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
    body: sent.toString(),
  };
}

/** What a form of a page holds: what its door takes, where both have one address. */
function soundForm(name: string, state: State): Readonly<Record<string, string>> {
  const sample = stand.cases[state];
  const said = bodyOf(name, sample) ?? bodyOf(name.replace(' /', ' /api/v1/'), sample) ?? {};
  return Object.fromEntries(
    Object.entries(said).map(([field, value]) => [field, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}
