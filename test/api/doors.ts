// The doors on real Postgres, with an engine of a few lines behind them: it takes the record step itself, as a case's workflow would.
import type { Express } from 'express';
import pino from 'pino';
import request, { type Response } from 'supertest';
import { proveNight, type ProvedNight } from '../../activities/proof';
import { accessLog, type AccessLog } from '../../api/accessLog';
import { createApp } from '../../web/app';
import { remembering } from '../../api/people';
import type { Services } from '../../api/services';
import { tokenChecker } from '../../api/tokens';
import { signingInAt } from '../../dev/people';
import { isMeetingId, type Instant } from '../../domain/calendar';
import { seedPeople } from '../../prisma/seed';
import type { PersonToAskFor } from '../../records/peopleKept';
import { noteAccess } from '../../records/accessLog';
import { openDatabase, type Database } from '../../records/database';
import { personSignedIn } from '../../records/people';
import { recordCaseStep } from '../../records/caseStep';
import { recordMeetingStep } from '../../records/meetingStep';
import { payloadCodec } from '../../temporal/codec';
import type { CaseReply, Engine } from '../../temporal/engine';
import { testFiles, type TestFiles } from '../support/files';
import { testNights, type TestNights } from '../support/nights';
import { testDatabase, type TestDatabase } from '../support/postgres';
import { studentBody } from '../support/students';
import { checkAnswers, type OpenApi } from './document';
import { audience, startIssuer, type Issuer } from './issuer';

/** One member of each thing in a list of an answer. */
export function each(list: unknown, name: string): unknown[] {
  return (list as Readonly<Record<string, unknown>>[]).map((one) => one[name]);
}

export interface Asking {
  readonly body?: unknown;
  /** A form with a file in it, after its fields. */
  readonly form?: {
    readonly fields: Readonly<Record<string, string>>;
    readonly name: string;
    readonly content: Buffer;
    readonly type?: string;
  };
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Doors {
  readonly app: Express;
  /** The same doors, given something else of what touches the world. */
  appWith(change: Partial<Services>): Express;
  readonly services: Services;
  readonly issuer: Issuer;
  readonly database: TestDatabase;
  readonly files: TestFiles;
  readonly nights: TestNights;
  readonly api: Database;
  /** As the worker has it. */
  readonly worker: Database;
  readonly access: AccessLog;
  /** What the engine was asked, in order: `tell CAP-… panelDecision`. */
  readonly asked: string[];
  /** Replaces what the engine does; `null` puts it back. */
  engine(change: Partial<Engine> | null): void;
  at(now: Instant): void;
  /** The workflow of a meeting begins it, and its clock acts. */
  meetingGives(id: string, kind: 'convene' | 'clock' | 'recalculate'): Promise<unknown>;
  /** The worker proves the timelines, and signs their heads. */
  night(): Promise<ProvedNight>;
  /** What was logged, as text. */
  logged(): string;
  /** Asks a door as a person, or as nobody, and holds the answer against the document. */
  ask(person: string | null, method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, asking?: Asking): Promise<Response>;
  /** The words of commands whose outcome is not known. */
  wordsOnTheirWay(): Promise<unknown[]>;
  /** Adds a student to the school of a person, of thirteen years unless said otherwise. @returns the code */
  student(person: string, words?: object): Promise<string>;
  /** The access log's lines about a case. */
  accessRows(reference: string): Promise<unknown[]>;
  stop(): Promise<void>;
}

/** One of CAP asks for a grant or a way to sign in, and another gives it (A21). */
export async function givenByTwo({ ask }: Doors, asked: PersonToAskFor): Promise<void> {
  const { status, body } = await ask('cap.team', 'POST', '/api/v1/person-requests', { body: asked });
  expect([status, body]).toEqual([201, { id: expect.any(String) as string }]);
  const { id } = body as { id: string };
  const given = await ask('cap.lead', 'POST', `/api/v1/person-requests/${id}/settle`, { body: { given: true } });
  expect([given.status, given.body]).toEqual([200, { id }]);
}

/** @param clamd where files are looked at; by nobody unless said */
export async function openDoors(now: Instant, clamd: string | null = null): Promise<Doors> {
  const [database, issuer, files, nights] = await Promise.all([testDatabase(), startIssuer(), testFiles(clamd), testNights()]);
  await seedPeople(database.urlFor('cap_owner'), signingInAt(issuer.url));
  const worker = openDatabase(database.urlFor('cap_worker'));
  const asked: string[] = [];
  let time = now;
  const api = openDatabase(database.urlFor('cap_api'), { now: () => time });
  let changed: Partial<Engine> = {};
  const real = recordingEngine(worker, asked, () => time);
  const engine = new Proxy(real, {
    get: (target, name: keyof Engine) => (Reflect.get(changed, name) ?? Reflect.get(target, name)) as unknown,
  });
  const lines: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line) => void lines.push(line) });
  const access = accessLog((line) => noteAccess(api, line), log);
  const services: Services = {
    database: api,
    engine,
    files: files.files,
    nights: nights.nights,
    tokens: tokenChecker({ issuers: [issuer.url], audience, maxAge: 24 * 3600 }),
    people: remembering((signIn) => personSignedIn(api, signIn)),
    accessLog: access,
    codec: { codec: payloadCodec([{ id: 'test', key: Buffer.alloc(32, 7) }]), uiOrigin: null },
    webUi: { url: 'http://temporal.test:8233', namespace: 'default' },
    now: () => time,
    log,
  };
  const app = createApp(services);
  const document = (await request(app).get('/api/v1/openapi.json')).body as OpenApi;
  const check = checkAnswers(document);
  const tokens = new Map<string, string>();
  const doors: Doors = {
    app,
    services,
    appWith: (change) => createApp({ ...services, ...change }),
    issuer,
    database,
    files,
    nights,
    api,
    worker,
    access,
    asked,
    engine: (change) => (changed = change ?? {}),
    at: (instant) => (time = instant),
    meetingGives: (id, kind) =>
      recordMeetingStep(worker, {
        ...{ reference: id, now: time },
        asked: { id: `${id}.${kind}.${time}`, kind, body: {}, person: 'system', source: 'system' },
      }),
    night: () => proveNight({ database: worker, nights: nights.nights }, time, () => undefined),
    logged: () => lines.join(''),
    ask: async (person, method, path, { body, form, key, headers = {} } = {}) => {
      const call = request(app)[method.toLowerCase() as 'get'](path).set(headers);
      if (person !== null) {
        const token = tokens.get(person) ?? (await issuer.token(person));
        tokens.set(person, token);
        void call.set('Authorization', `Bearer ${token}`);
      }
      if (key !== undefined) void call.set('Idempotency-Key', key);
      if (typeof body === 'string') void call.set('Content-Type', headers['Content-Type'] ?? 'application/json').send(body);
      else if (body !== undefined) void call.send(body as object);
      if (form !== undefined) {
        const { fields, name, content, type = 'application/octet-stream' } = form;
        void call.field(fields).attach('file', content, { filename: name, contentType: type });
      }
      const response = await call;
      check(method, path, response);
      return response;
    },
    wordsOnTheirWay: () => worker.directly((connection) => connection.$queryRaw<unknown[]>`SELECT texts FROM received_commands`),
    student: async (person, words = {}) => {
      const dateOfBirth = `${Number(time.slice(0, 4)) - 13}-05-04`;
      const { body } = await doors.ask(person, 'POST', '/api/v1/students', { body: { ...studentBody, dateOfBirth, ...words } });
      return body.code as string;
    },
    accessRows: (reference) =>
      api.withModels({ person: 'auditor', parties: ['audit'] }, (models) =>
        models.accessLog.findMany({ where: { reference }, omit: { id: true } }),
      ),
    stop: async () => {
      await access.settled();
      await Promise.all([api.close(), worker.close(), issuer.stop()]);
      await Promise.all([database.stop(), files.stop(), nights.stop()]);
    },
  };
  return doors;
}

function recordingEngine(worker: Database, asked: string[], now: () => Instant): Engine {
  const take = async (reference: string, command: string): Promise<CaseReply> => {
    const record = isMeetingId(reference) ? recordMeetingStep : recordCaseStep;
    const { result, refusal, state } = await record(worker, { reference, asked: command, now: now() });
    return { result, refusal, step: state?.step ?? 0 };
  };
  const hear = (what: string) => {
    asked.push(what);
    return Promise.resolve();
  };
  return {
    submit: async (reference, { command }) => {
      await hear(`submit ${reference}`);
      return take(reference, command);
    },
    tell: async (reference, kind, { command }) => {
      await hear(`tell ${reference} ${kind}`);
      return take(reference, command);
    },
    refresh: (reference) => hear(`refresh ${reference}`),
    recalculate: (reference) => hear(`recalculate ${reference}`),
    meeting: (id) => hear(`meeting ${id}`),
    shown: () => Promise.resolve(null),
    stuck: () => Promise.resolve([]),
    ping: () => Promise.resolve(),
  };
}
