// Every route, asked as every person, of a case in every state: what becomes of them is what `everyRoute.ts` says. What is refused changes nothing and
// tells nothing of a child, and what is read is noted.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client } from 'pg';
import { allDoors } from '../../api/allDoors';
import { routePath } from '../../api/route';
import { closeServer } from '../../api/server';
import { allPages } from '../../web/allPages';
import { createApp } from '../../web/app';
import { sessions } from '../../web/session/sessions';
import { toJson } from '../../temporal/protobufJson';
import { documents } from '../support/documents';
import { childrenAreCalled, openEveryCase, type SampleCase } from './everyCase';
import { addressOf, bodyOf, isOfCase, queryOf } from './everyRequest';
import { doors as doorRows, others, pages, people, sees, states, type Person, type Route, type State } from './everyRoute';

jest.setTimeout(120_000);

let stand: Awaited<ReturnType<typeof openEveryCase>>;
let server: Server;
let origin = '';
let superuser: Client;
let personRequest = '';
let accountRequest = '';
/** What stands in the records, as it was when it was looked at last. */
let records: Readonly<Record<string, string>> = {};
const tokens = new Map<Person, string>();

beforeAll(async () => {
  stand = await openEveryCase();
  const { doors, app } = stand;
  server = createServer(app);
  // Nobody waits here but this process: a connection that the server ends while the next question is on its way would be a failure of neither.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  superuser = new Client({ connectionString: doors.database.superuserUrl });
  await superuser.connect();
  for (const person of everybody) {
    const id = people[person];
    if (id !== null) tokens.set(person, await doors.issuer.token(id));
  }
  const asked = { kind: 'grant', person: people['no role'], party: 'school:SCH-B', why: 'Joins the school.' };
  personRequest = String((await doors.ask('cap.lead', 'POST', '/api/v1/person-requests', { body: asked })).body.id);
  const account = {
    kind: 'give',
    party: 'school:SCH-A',
    name: 'Sample Colleague',
    email: 'colleague@example.test',
    why: 'Joins.',
  };
  accountRequest = String(
    (await doors.ask('school.alder', 'POST', '/api/v1/account-requests', { body: account })).body.request.id,
  );
  records = await whatStands();
});
afterAll(async () => {
  await superuser.end();
  await closeServer(server, 1_000);
  await stand.stop();
});

const everybody = Object.keys(people) as Person[];

describe('The table is whole', () => {
  const written = (rows: object) => Object.keys(rows).sort();

  test('every door has its row, and every row its door', () => {
    const there = allDoors(stand.doors.services).map(({ method, path }) => `${method.toUpperCase()} ${path}`);
    expect(written(doorRows)).toEqual(there.sort());
  });

  test('every page has its row, and every row its page', () => {
    const there = allPages.flatMap(({ path, take }) => [`GET ${path}`, ...(take ? [`POST ${path}`] : [])]);
    expect(written(pages)).toEqual(there.sort());
  });

  test('what is sent to a door is what it takes', () => {
    for (const { method, path, body } of allDoors(stand.doors.services)) {
      const route = `${method.toUpperCase()} ${path}`;
      expect([route, body?.safeParse(bodyOf(route, stand.cases.interview)).error?.issues]).toEqual([route, undefined]);
    }
  });
});

/** Within a router of its own an address is known by its end. */
test('nothing else is mounted', () => {
  const { services, issuer } = stand.doors;
  const signIn = sessions({
    ...{
      services,
      publicUrl: origin,
      keys: [Buffer.alloc(32, 7)],
      limits: { idleMinutes: 30, hours: 12 },
      draw: () => undefined,
    },
    issuers: [{ issuer: issuer.url, clientId: 'sample', clientSecret: null, title: 'Sample' }],
  });
  const named = Object.keys({ ...doorRows, ...pages, ...others }).map(routePath);
  const there = routesIn(createApp(services, signIn).router as unknown as Stack);
  const isNamed = ([method, path]: (typeof there)[number]) =>
    named.some((row) => row.startsWith(`${method} `) && `${row}/`.endsWith(path.endsWith('/') ? path : `${path}/`));
  expect(there.length).toBeGreaterThan(Object.keys({ ...doorRows, ...pages }).length);
  expect(there.filter((route) => !isNamed(route))).toEqual([]);
});

interface Stack {
  readonly stack?: readonly {
    readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
    readonly handle?: Stack;
  }[];
}

/** The routes of a router and of those within it; answers to methods that are not there are none. */
function routesIn({ stack = [] }: Stack): (readonly [method: string, path: string])[] {
  return stack.flatMap(({ route, handle }) => {
    if (route === undefined) return handle === undefined ? [] : routesIn(handle);
    const methods = Object.keys(route.methods).filter((method) => ['get', 'post', 'put', 'delete'].includes(method));
    return methods.map((method) => [method.toUpperCase(), withoutFiles(route.path)] as const);
  });
}

/** What a browser loads has its row together: `/assets/…`, and what the page of the documentation needs. */
function withoutFiles(path: string): string {
  return path.replace(/^\/assets\/.*/, '/assets/:font').replace(/^\/[\w-]+\.(css|js|png)$/, '/:file');
}

/** What the rows cannot say: a list that is empty leaks nothing, and is of no use. */
describe('Each person finds the cases and students that they see, and no others', () => {
  const signedIn = everybody.filter((person) => person !== 'nobody');
  const listed = (person: Person, path: string) => stand.doors.ask(people[person], 'GET', `${path}?limit=100`);
  const searched = (person: Person, path: string) =>
    stand.doors.ask(people[person], 'POST', `${path}/search`, { body: { text: childrenAreCalled } });
  const statesIn = async (answer: ReturnType<typeof listed>, name: 'reference' | 'student') => {
    const text = JSON.stringify((await answer).body);
    return states.filter((state) => text.includes(stand.cases[state][name]));
  };
  const theirs = (person: Person, names: keyof typeof sees) => states.filter((state) => seenBy(names, state).includes(person));

  test.each(signedIn)('%s', async (person) => {
    for (const ask of [listed, searched]) {
      expect(await statesIn(ask(person, '/api/v1/cases'), 'reference')).toEqual(theirs(person, 'the case'));
      expect(await statesIn(ask(person, '/api/v1/students'), 'student')).toEqual(theirs(person, 'the student'));
    }
  });
});

describe('Doors', () => {
  test.each(Object.entries(doorRows))('%s', (route, row) => holds(route, row, 'a program'));
});

describe('Pages', () => {
  test.each(Object.entries(pages))('%s', (route, row) => holds(route, row, 'a browser'));
});

const seenBy = (names: keyof typeof sees, state: State): readonly Person[] => sees[names][state];

/** Signing in has tests of its own, a stream of changes does not end, and what a browser loads is the same for everybody. */
const askedElsewhere = /sign-|signed-out|changes|assets/;

describe('What is neither', () => {
  test.each(Object.entries(others).filter(([route]) => !askedElsewhere.test(route)))('%s', (route, row) =>
    holds(route, row, route.includes('/cases/') ? 'a browser' : 'a program'),
  );

  test('who decodes a payload of a case is noted, with its reference', async () => {
    const { doors, cases } = stand;
    const sealed = await doors.services.codec.codec.encode([
      { metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from(JSON.stringify([cases.interview.reference])) },
    ]);
    const before = await lastNoted();
    const { status, body } = await doors.ask('ops', 'POST', '/codec/decode', { body: { payloads: sealed.map(toJson) } });
    expect([status, JSON.stringify(body)]).toEqual([200, expect.not.stringContaining('binary/encrypted')]);
    expect(await lookedSince(before)).toEqual([
      { person: 'ops', action: 'POST /codec/decode', reference: cases.interview.reference },
    ]);
  });
});

type Asks = 'a program' | 'a browser';

/** What becomes of somebody: they are asked to sign in, turned away, told that there is nothing, told that it is not theirs, or answered. */
type Becomes = 'signs in' | 'not for them' | 'nothing there' | 'not theirs' | 'answered';

/** @param state of the case that the address names; null where it names none */
function becomes({ who, names, by }: Route, person: Person, state: State | null): Becomes {
  if (who === 'everybody') return 'answered';
  if (person === 'nobody') return 'signs in';
  if (!who.includes(person)) return 'not for them';
  if (names !== undefined && !seenBy(names, state ?? 'placement').includes(person)) return 'nothing there';
  return by === undefined || by.includes(person) ? 'answered' : 'not theirs';
}

/** The statuses with which each is said. What one never can is said first, before what is not for now. */
const saidBy: Readonly<Record<Asks, Readonly<Record<Becomes, readonly number[]>>>> = {
  'a program': { 'signs in': [401], 'not for them': [403], 'nothing there': [404], 'not theirs': [403], answered: [200, 503] },
  'a browser': {
    'signs in': [303, 401],
    'not for them': [403],
    'nothing there': [404],
    'not theirs': [403],
    answered: [200, 303, 409],
  },
};

interface Answer {
  readonly person: Person;
  readonly state: State | null;
  readonly becomes: Becomes;
  readonly status: number;
  readonly text: string;
}

/** Asks a route as everybody, in every state where it is of a case, and holds the answers against its row. */
async function holds(route: string, row: Route, asks: Asks): Promise<void> {
  const [method = '', path = ''] = route.split(' ');
  const changes = method !== 'GET' && row.asks !== true;
  const asked = (isOfCase(path) ? states : [null]).flatMap((state) => everybody.map((person) => ({ person, state })));
  const before = await lastNoted();
  const answers = await inBatches(
    asked
      .map((one) => ({ ...one, becomes: becomes(row, one.person, one.state) }))
      .filter((one) => !changes || one.becomes !== 'answered'),
    async (one): Promise<Answer> => ({
      ...one,
      ...(await ask(method, path, one.person, stand.cases[one.state ?? 'placement'], asks)),
    }),
  );
  const wrong = answers.filter((answer) => !saidBy[asks][answer.becomes].includes(answer.status));
  expect(wrong.map(({ person, state, becomes: expected, status }) => ({ person, state, expected, status }))).toEqual([]);
  expect(answers.flatMap((answer) => leaksIn(answer, row))).toEqual([]);
  if (changes) expect(await whatChanged()).toEqual([]);
  expect(await notNoted(answers, row, before, asks === 'a program' ? route : null)).toEqual([]);
}

async function ask(method: string, path: string, person: Person, sample: SampleCase, asks: Asks) {
  const url = `${origin}${addressOf(path, sample, requestIn(path))}${queryOf(path, person)}`;
  const said = method === 'GET' || method === 'DELETE' ? undefined : (bodyOf(`${method} ${path}`, sample) ?? {});
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    ...(asks === 'a program' ? asProgram : asBrowser)(person, path, said),
  });
  return { status: response.status, text: await response.text() };
}

/** What the address of a request names. */
function requestIn(path: string): Readonly<Record<string, string>> {
  if (path.includes('person-requests')) return { id: personRequest };
  return path.includes('account-requests') ? { id: accountRequest } : {};
}

let keys = 0;

/** To pack and unpack an answer twenty thousand times tells nothing of who may read it. */
const unpacked = { 'Accept-Encoding': 'identity' };

function asProgram(person: Person, path: string, said: object | undefined): RequestInit {
  const token = tokens.get(person);
  const headers = {
    ...unpacked,
    'Idempotency-Key': `key of every route ${String((keys += 1))}`,
    ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
  };
  if (said === undefined) return { headers };
  if (path.endsWith('/files/{reference}')) return { headers, body: withFile(said) };
  return { headers: { ...headers, 'Content-Type': 'application/json' }, body: JSON.stringify(said) };
}

function asBrowser(person: Person, path: string, said: object | undefined): RequestInit {
  const name = people[person];
  const headers = { ...unpacked, Accept: 'text/html', ...(name === null ? {} : { 'x-test-person': name }) };
  if (said === undefined) return { headers };
  const typed = { _csrf: 'token-of-the-test', _key: `key of every form ${String((keys += 1))}`, ...said };
  if (path === '/files/{reference}') return { headers, body: withFile({ ...typed, kind: 'risk-assessment' }) };
  const fields = Object.entries(typed).map(([field, value]): [string, string] => [field, value]);
  return { headers, body: new URLSearchParams(fields) };
}

function withFile(fields: object): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, String(value));
  form.set('file', new Blob([new Uint8Array(documents.pdf('Another assessment.'))]), 'another.pdf');
  return form;
}

/** What an answer tells of children whom its reader may not know of, and of cases that they do not see. */
function leaksIn({ person, state, status, text }: Answer, row: Route): object[] {
  return states.flatMap((of) => {
    const { child, reference } = stand.cases[of];
    const seesIt = seenBy('the files', of).includes(person);
    const told = [
      ...(seesIt || seenBy('the student', of).includes(person) ? [] : child),
      // The answer to an address may repeat what stands in it.
      ...(seesIt || row.references === true || of === state ? [] : [reference]),
    ];
    return told.filter((words) => text.includes(words)).map((words) => ({ person, state, status, of, tells: words }));
  });
}

async function lastNoted(): Promise<number> {
  await stand.doors.access.settled();
  const { rows } = await superuser.query<{ last: string | null }>('SELECT max(id) AS last FROM access_log');
  return Number(rows[0]?.last ?? 0);
}

interface Look {
  readonly person: string;
  readonly action: string;
  readonly reference: string | null;
}

async function lookedSince(last: number): Promise<Look[]> {
  await stand.doors.access.settled();
  const { rows } = await superuser.query<Look>('SELECT DISTINCT person, action, reference FROM access_log WHERE id > $1', [last]);
  return rows;
}

/**
 * @param action by which a door is known in the access log; null for a page, whose doors are noted
 * @returns who looked, or was refused, and stands in no line; with the case or student, where the address names one and they got so far
 */
async function notNoted(
  answers: readonly Answer[],
  { names, noted }: Route,
  since: number,
  action: string | null,
): Promise<object[]> {
  const lines = (await lookedSince(since)).filter((line) => action === null || line.action === action);
  const mustStand = answers.filter(({ becomes: became, status }) =>
    became === 'answered' ? noted === true && status === 200 : became !== 'signs in',
  );
  return mustStand.flatMap(({ person, state, becomes: became, status }) => {
    const sample = state === null || names === undefined || became === 'not for them' ? null : stand.cases[state];
    const of = names === 'the student' ? sample?.student : sample?.reference;
    const isThere = lines.some((line) => line.person === people[person] && (of === undefined || line.reference === of));
    return isThere ? [] : [{ person, state, status, of }];
  });
}

/** Every table but the access log, each as a digest of its rows. */
async function whatStands(): Promise<Record<string, string>> {
  const { rows: tables } = await superuser.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'access_log'`,
  );
  const digests = tables.map(
    ({ name }) =>
      `SELECT '${name}' AS name, coalesce(md5(string_agg(row::text, '' ORDER BY row::text)), '') AS digest FROM "${name}" row`,
  );
  const { rows } = await superuser.query<{ name: string; digest: string }>(digests.join(' UNION ALL '));
  return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]));
}

/** @returns the tables that are not as they were when they were looked at last */
async function whatChanged(): Promise<string[]> {
  const before = records;
  records = await whatStands();
  return Object.keys(records).filter((name) => records[name] !== before[name]);
}

/** A few at a time, as people come. */
async function inBatches<One, Result>(all: readonly One[], work: (one: One) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (let at = 0; at < all.length; at += 14) results.push(...(await Promise.all(all.slice(at, at + 14).map(work))));
  return results;
}
