// The only reader of the environment: every setting, what it should be, and which process needs it.
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { publicKeyOf } from './files/openNights';
import { parseKeys, type PayloadKeys } from './temporal/codec';

type Environment = Record<string, string | undefined>;

/** A setting is missing or wrong. The message is one sentence for each such setting and is fit to be shown as it is. */
export class SettingsError extends Error {
  override name = 'SettingsError';
}

/** The folder that holds package.json, also when the code runs from dist/. */
export const projectRoot = findRoot(__dirname);

function findRoot(from: string): string {
  if (existsSync(join(from, 'package.json'))) return from;
  const parent = dirname(from);
  if (parent === from) throw new SettingsError('The project folder was not found: no folder above the code holds package.json.');
  return findRoot(parent);
}

// One line a setting. What is said in describe() completes the sentence "NAME should be …".
const port = (standard: number) =>
  z.coerce.number().int().min(1).max(65535).default(standard).describe('a port number from 1 to 65535');
const text = (should: string) => z.string().describe(should);
const address = (protocols: string[], should: string) =>
  z
    .string()
    .refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol))
    .describe(should);
const web = (should: string) =>
  address(['http:', 'https:'], should)
    .transform((value) => value.replace(/\/+$/, ''))
    .describe(should);
const database = (who: string) =>
  address(['postgres:', 'postgresql:'], `a Postgres address for ${who}, such as postgresql://user:password@host:5432/cap`);

const api = {
  API_HOST: z.string().default('127.0.0.1').describe('an address to listen on, such as 127.0.0.1'),
  API_PORT: port(3000),
};
const links = { PUBLIC_URL: web('the http or https address at which people reach the service').optional() };
const logs = {
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('one of fatal, error, warn, info, debug, trace and silent'),
};
const hostAndPort = 'a host and port, such as 127.0.0.1:7233';
const temporal = {
  TEMPORAL_ADDRESS: z
    .string()
    .regex(/^[^\s/]+:\d{1,5}$/)
    .default('127.0.0.1:7233')
    .describe(hostAndPort),
  TEMPORAL_NAMESPACE: z.string().default('default').describe('the name of a Temporal namespace'),
  TEMPORAL_TASK_QUEUE: z.string().default('cap-casework').describe('the name of a Temporal task queue'),
  TEMPORAL_UI_URL: web('the http or https address of the Temporal Web UI').default('http://localhost:8233'),
  TEMPORAL_TLS: z.stringbool().optional().describe('true or false'),
  TEMPORAL_API_KEY: text('an API key of Temporal Cloud').optional(),
};
const keysShould = 'a list of <id>:<base64 of 32 bytes> with commas between them';
const keys = (should = `${keysShould}, of which the first encrypts`) =>
  z
    .string()
    .transform((value, context) => {
      try {
        return parseKeys(value);
      } catch {
        context.addIssue('not a list of keys');
        return z.NEVER;
      }
    })
    .describe(should);
const payloads = { PAYLOAD_KEYS: keys() };
const files = {
  FILES_DIR: z.string().describe('a folder for the files of applications and cases').optional(),
  FILES_S3_URL: web('the http or https address of a bucket, such as https://s3.eu-west-2.amazonaws.com/cap-files').optional(),
  FILES_S3_REGION: z.string().default('eu-west-2').describe('the region of the bucket, such as eu-west-2'),
  FILES_S3_KEY_ID: text('the id of a key that may put, get and delete objects of the bucket').optional(),
  FILES_S3_SECRET: text('the secret of that key').optional(),
  FILES_KEYS: keys(),
  CLAMD_ADDRESS: z
    .string()
    .regex(/^(\/.+|\[?[^\s/]+:\d{1,5})$/)
    .describe('where clamd is: a host and port, such as 127.0.0.1:3310, or the path of its socket')
    .optional(),
};
const heads = {
  HEADS_DIR: z.string().describe('a folder for the signed heads of timelines').optional(),
  HEADS_S3_URL: web('the http or https address of a bucket, such as https://s3.eu-west-2.amazonaws.com/cap-heads').optional(),
  HEADS_S3_REGION: files.FILES_S3_REGION,
  HEADS_S3_KEY_ID: text('the id of a key that may get objects of the bucket, and list them').optional(),
  HEADS_S3_SECRET: files.FILES_S3_SECRET,
  HEADS_PUBLIC_KEYS: keys(`${keysShould}: the public Ed25519 keys of all signed nights`),
};
const signing = {
  HEADS_KEY: keys('one <id>:<base64 of 32 bytes>: the Ed25519 key that signs, whose public key is one of HEADS_PUBLIC_KEYS'),
};
const cachedCases = {
  WORKER_CACHED_CASES: z.coerce
    .number()
    .int()
    .min(10)
    .max(1_000_000)
    .optional()
    .describe('a number of cases, 10 or more, that the worker keeps in memory'),
};
const mail = {
  SMTP_URL: address(['smtp:', 'smtps:'], 'the address of an SMTP server, such as smtp://127.0.0.1:1025'),
  MAIL_FROM: z
    .string()
    .refine((value) => value.includes('@') && !/[\r\n]/.test(value))
    .default('CAP Casework <no-reply@cap.example>')
    .describe('the sender of the e-mails, such as CAP Casework <no-reply@cap.example>'),
};
const audience = {
  TOKEN_AUDIENCE: z.string().default('cap-casework').describe('the audience that bearer tokens are issued for'),
};
const issuersShould = 'a list of http or https addresses of OpenID issuers with commas between them';
const tokens = {
  ...audience,
  TOKEN_ISSUERS: z
    .string()
    .transform((value) => value.split(',').map((issuer) => issuer.trim()))
    .refine((issuers) => issuers.every((issuer) => URL.canParse(issuer) && /^https?:$/.test(new URL(issuer).protocol)))
    .describe(issuersShould),
  TOKEN_MAX_HOURS: z.coerce
    .number()
    .int()
    .min(1)
    .max(720)
    .default(24)
    .describe('how many hours after it was issued a bearer token counts at most, from 1 to 720'),
};
const onThisMachine = (url: string): boolean => /^(localhost|127\.0\.0\.1|\[::1\])$/.test(new URL(url).hostname);
/** A sign-in goes over the network encrypted; on this machine it need not. */
const isSafe = (url: string): boolean =>
  URL.canParse(url) && (new URL(url).protocol === 'https:' || (new URL(url).protocol === 'http:' && onThisMachine(url)));
const signIn = {
  SIGN_IN_ISSUERS: z
    .string()
    .transform((value, context) =>
      value.split(',').map((each) => {
        const [issuer = '', clientId = '', clientSecret = '', title = '', ...more] = each.split('|').map((part) => part.trim());
        if (!isSafe(issuer) || clientId === '' || more.length > 0) {
          context.addIssue('not an issuer');
          return z.NEVER;
        }
        return { issuer, clientId, clientSecret: clientSecret || null, title: title || new URL(issuer).host };
      }),
    )
    .describe('a list of <https address of an OpenID issuer>|<client id>|<client secret>|<title> with commas between them'),
  SESSION_IDLE_MINUTES: z.coerce
    .number()
    .int()
    .min(5)
    .max(720)
    .default(30)
    .describe('after how many minutes without use somebody is signed out, from 5 to 720'),
  SESSION_HOURS: z.coerce
    .number()
    .int()
    .min(1)
    .max(24)
    .default(12)
    .describe('after how many hours somebody is signed out however busy, from 1 to 24'),
  PROXIES: z.coerce
    .number()
    .int()
    .min(0)
    .max(5)
    .default(0)
    .describe('how many proxies stand before the service, each of which adds to X-Forwarded-For, from 0 to 5'),
};
const codec = { CODEC_UI_ORIGIN: web('the origin of a Temporal Web UI, such as http://localhost:8233').optional() };
const webUi = {
  TEMPORAL_UI_UPSTREAM: web('the http address at which this process reaches the server of the Temporal Web UI').optional(),
  TEMPORAL_UI_PROXY_PORT: port(8080),
};
const cache = {
  CACHE_DIR: z
    .string()
    .default(join(homedir(), '.cache', 'cap-casework'))
    .describe('a folder for the servers that were downloaded or built'),
};
const embedded = {
  NODE_ENV: text('production, or something else').optional(),
  DATA_DIR: z.string().default('.data').describe('a folder for the data of the embedded stack'),
  POSTGRES_PORT: port(5433),
  TEMPORAL_ADDRESS: temporal.TEMPORAL_ADDRESS.unwrap().optional().describe(hostAndPort),
  TEMPORAL_PORT: port(7233),
  TEMPORAL_UI_PORT: port(8233),
  CLAMD_ADDRESS: files.CLAMD_ADDRESS,
  MAILBOX_PORT: port(8025),
  SMTP_PORT: port(1025),
  IDENTITY_PORT: port(3001),
};

const secret = new Set([
  'PAYLOAD_KEYS',
  'FILES_KEYS',
  'FILES_S3_SECRET',
  'HEADS_KEY',
  'HEADS_S3_SECRET',
  'TEMPORAL_API_KEY',
  'API_DATABASE_URL',
  'WORKER_DATABASE_URL',
  'OWNER_DATABASE_URL',
  'SMTP_URL',
  'SIGN_IN_ISSUERS',
]);

/** What a setting should be: said on the setting itself, or on what it makes optional or gives a standard. */
function shouldBe(setting: z.ZodType | undefined): string {
  for (let each = setting; each; each = (each.def as { innerType?: z.ZodType; in?: z.ZodType }).innerType) {
    if (each.description !== undefined) return each.description;
  }
  return 'something else';
}

/** Reads the settings of a shape. An empty value counts as none. Throws SettingsError; never repeats a secret. */
function read<Shape extends z.ZodRawShape>(shape: Shape, environment: Environment): z.output<z.ZodObject<Shape>> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const result = z.object(shape).safeParse(given);
  if (result.success) return result.data;
  const names = new Set(result.error.issues.map((issue) => String(issue.path[0])));
  const sentences = [...names].map((name) => {
    const setting = shape[name] as z.ZodType | undefined;
    const now =
      given[name] === undefined ? 'it is not set' : secret.has(name) ? 'it is something else' : `it is "${given[name]}"`;
    return `The setting ${name} should be ${shouldBe(setting)}, but ${now}.`;
  });
  throw new SettingsError(sentences.join('\n'));
}

/** Runs a reader of settings; on a wrong or missing setting says which and ends the process with status 78. */
function orStop<Config>(reader: () => Config): Config {
  try {
    return reader();
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(78);
  }
}

function temporalPart(found: z.output<z.ZodObject<typeof temporal>>) {
  return {
    address: found.TEMPORAL_ADDRESS,
    namespace: found.TEMPORAL_NAMESPACE,
    taskQueue: found.TEMPORAL_TASK_QUEUE,
    uiUrl: found.TEMPORAL_UI_URL,
    apiKey: found.TEMPORAL_API_KEY ?? null,
    /** An API key is never sent in the clear unless TEMPORAL_TLS=false says so. */
    tls: found.TEMPORAL_TLS ?? found.TEMPORAL_API_KEY !== undefined,
  };
}

function filesPart(found: z.output<z.ZodObject<typeof files>>) {
  const { FILES_DIR: folder, FILES_S3_URL: url, FILES_S3_REGION: region } = found;
  const store = storeOf('FILES', { folder, url, region, keyId: found.FILES_S3_KEY_ID, secret: found.FILES_S3_SECRET });
  return { store, keys: found.FILES_KEYS, clamd: found.CLAMD_ADDRESS ?? null };
}

function headsPart(found: z.output<z.ZodObject<typeof heads & typeof files>>) {
  const { HEADS_DIR: folder, HEADS_S3_URL: url, HEADS_S3_REGION: region } = found;
  const store = storeOf('HEADS', { folder, url, region, keyId: found.HEADS_S3_KEY_ID, secret: found.HEADS_S3_SECRET });
  if (folder === undefined ? url === found.FILES_S3_URL : folder === found.FILES_DIR) {
    throw new SettingsError(
      'The signed heads of timelines should be kept in another place than the files: HEADS_DIR or HEADS_S3_URL should name it.',
    );
  }
  return { store, publicKeys: found.HEADS_PUBLIC_KEYS };
}

interface PlaceGiven {
  readonly folder: string | undefined;
  readonly url: string | undefined;
  readonly region: string;
  readonly keyId: string | undefined;
  readonly secret: string | undefined;
}

/** @param name what the settings of the place begin with */
function storeOf(name: 'FILES' | 'HEADS', { folder, url, region, keyId, secret }: PlaceGiven) {
  const what = { FILES: 'files', HEADS: 'signed heads' }[name];
  if ((folder === undefined) === (url === undefined)) {
    throw new SettingsError(
      `One of the settings ${name}_DIR and ${name}_S3_URL should say where ${what} are kept, and not both.`,
    );
  }
  if (folder !== undefined) return { folder: resolve(projectRoot, folder) };
  if (url === undefined || keyId === undefined || secret === undefined) {
    throw new SettingsError(`With ${name}_S3_URL the settings ${name}_S3_KEY_ID and ${name}_S3_SECRET should be set too.`);
  }
  return { bucket: { url, region, keyId, secret } };
}

function webUiPart(found: z.output<z.ZodObject<typeof webUi & typeof temporal>>, publicUrl: string) {
  const { TEMPORAL_UI_UPSTREAM: upstream, TEMPORAL_UI_PROXY_PORT: port, TEMPORAL_UI_URL: url } = found;
  if (upstream === undefined) return null;
  const [ui, pages] = [new URL(url), new URL(publicUrl)];
  // Cookies know no ports: by https each of the two has a host of its own.
  if (!isSafe(url) || ui.origin === pages.origin || (ui.protocol === 'https:' && ui.hostname === pages.hostname)) {
    throw new SettingsError(
      `With TEMPORAL_UI_UPSTREAM the setting TEMPORAL_UI_URL should be an https address with another host than PUBLIC_URL, but it is "${url}".`,
    );
  }
  return { upstream, port };
}

/** The key that signs. Throws SettingsError when its signatures could not be checked. */
function signingKey([key, ...others]: PayloadKeys, publicKeys: PayloadKeys): PayloadKeys[0] {
  const known = publicKeys.find(({ id }) => id === key.id);
  if (others.length > 0 || !known || !publicKeyOf(key.key).equals(known.key)) {
    throw new SettingsError(
      'The setting HEADS_KEY should be one key, whose public key stands in HEADS_PUBLIC_KEYS under the same id.',
    );
  }
  return key;
}

/** Settings of the API process, from an environment. Throws SettingsError. */
export function readApiConfig(environment: Environment) {
  const shape = {
    ...api,
    ...links,
    ...logs,
    ...temporal,
    ...payloads,
    ...tokens,
    ...signIn,
    ...codec,
    ...webUi,
    ...files,
    ...heads,
    API_DATABASE_URL: database('the role cap_api'),
  };
  const found = read(shape, environment);
  const publicUrl = found.PUBLIC_URL ?? `http://localhost:${found.API_PORT}`;
  if (!isSafe(publicUrl)) {
    throw new SettingsError(
      `The setting PUBLIC_URL should be an https address, for people sign in there, but it is "${publicUrl}".`,
    );
  }
  return {
    host: found.API_HOST,
    port: found.API_PORT,
    publicUrl,
    logLevel: found.LOG_LEVEL,
    temporal: temporalPart(found),
    payloadKeys: found.PAYLOAD_KEYS,
    databaseUrl: found.API_DATABASE_URL,
    files: filesPart(found),
    nights: headsPart(found),
    tokens: { issuers: found.TOKEN_ISSUERS, audience: found.TOKEN_AUDIENCE, maxAge: found.TOKEN_MAX_HOURS * 3600 },
    signIn: {
      issuers: found.SIGN_IN_ISSUERS,
      limits: { idleMinutes: found.SESSION_IDLE_MINUTES, hours: found.SESSION_HOURS },
    },
    /** The Web UI for those who are signed in here; null where they reach it in another way. */
    webUi: webUiPart(found, publicUrl),
    /** How many of the addresses in X-Forwarded-For are believed, from its end. */
    proxies: found.PROXIES,
    /** The one web origin that may decode without an ops identity; null everywhere but in the embedded stack. */
    codecUiOrigin: found.CODEC_UI_ORIGIN ?? null,
  };
}

/** Settings of the worker process, from an environment. Throws SettingsError. */
export function readWorkerConfig(environment: Environment) {
  const shape = {
    API_PORT: api.API_PORT,
    ...links,
    ...logs,
    ...temporal,
    ...payloads,
    ...mail,
    ...cachedCases,
    ...files,
    ...heads,
    ...signing,
    WORKER_DATABASE_URL: database('the role cap_worker'),
  };
  const found = read(shape, environment);
  return {
    /** Where links in e-mails lead. */
    publicUrl: found.PUBLIC_URL ?? `http://localhost:${found.API_PORT}`,
    logLevel: found.LOG_LEVEL,
    temporal: temporalPart(found),
    payloadKeys: found.PAYLOAD_KEYS,
    databaseUrl: found.WORKER_DATABASE_URL,
    files: filesPart(found),
    nights: headsPart(found),
    signingKey: signingKey(found.HEADS_KEY, found.HEADS_PUBLIC_KEYS),
    mail: { smtpUrl: found.SMTP_URL, from: found.MAIL_FROM },
    /** How many cases are kept in memory; null for as many as fit. */
    cachedCases: found.WORKER_CACHED_CASES ?? null,
  };
}

/** Settings of `npm run migrate`, from an environment. Throws SettingsError. */
export function readMigrationConfig(environment: Environment) {
  const found = read({ OWNER_DATABASE_URL: database('the owner of the database') }, environment);
  return { ownerDatabaseUrl: found.OWNER_DATABASE_URL };
}

/** Settings of the embedded stack and its tools (`npm start`, `npm run token`, `npm run demo`). Throws SettingsError. */
export function readDevConfig(environment: Environment) {
  const { TEMPORAL_NAMESPACE, TEMPORAL_TASK_QUEUE, TEMPORAL_UI_URL, TEMPORAL_TLS, TEMPORAL_API_KEY } = temporal;
  const theirs = {
    TEMPORAL_NAMESPACE,
    TEMPORAL_TASK_QUEUE,
    TEMPORAL_UI_URL: TEMPORAL_UI_URL.unwrap().optional(),
    TEMPORAL_TLS,
    TEMPORAL_API_KEY,
  };
  const found = read({ ...api, ...links, ...logs, ...audience, ...theirs, ...embedded, MAIL_FROM: mail.MAIL_FROM }, environment);
  return {
    /** Said by whoever runs a service for people: what makes sample data must not touch it. */
    production: found.NODE_ENV === 'production',
    dataDir: resolve(projectRoot, found.DATA_DIR),
    api: { host: found.API_HOST, port: found.API_PORT },
    publicUrl: found.PUBLIC_URL ?? `http://localhost:${found.API_PORT}`,
    logLevel: found.LOG_LEVEL,
    audience: found.TOKEN_AUDIENCE,
    mailFrom: found.MAIL_FROM,
    /** Where clamd is; null where it is looked for. */
    clamd: found.CLAMD_ADDRESS ?? null,
    temporal: {
      /** A Temporal service to use instead of starting one; null to start one. */
      givenAddress: found.TEMPORAL_ADDRESS ?? null,
      givenUiUrl: found.TEMPORAL_UI_URL ?? null,
      namespace: found.TEMPORAL_NAMESPACE,
      taskQueue: found.TEMPORAL_TASK_QUEUE,
      apiKey: found.TEMPORAL_API_KEY ?? null,
      tls: found.TEMPORAL_TLS ?? found.TEMPORAL_API_KEY !== undefined,
    },
    ports: {
      postgres: found.POSTGRES_PORT,
      temporal: found.TEMPORAL_PORT,
      temporalUi: found.TEMPORAL_UI_PORT,
      mailbox: found.MAILBOX_PORT,
      smtp: found.SMTP_PORT,
      identity: found.IDENTITY_PORT,
    },
  };
}

export type ApiConfig = ReturnType<typeof readApiConfig>;
export type WorkerConfig = ReturnType<typeof readWorkerConfig>;
export type MigrationConfig = ReturnType<typeof readMigrationConfig>;
export type DevConfig = ReturnType<typeof readDevConfig>;

/** Settings of this process as an API; a wrong or missing one ends it with a sentence. */
export const apiConfig = (): ApiConfig => orStop(() => readApiConfig(process.env));
/** Settings of this process as a worker; a wrong or missing one ends it with a sentence. */
export const workerConfig = (): WorkerConfig => orStop(() => readWorkerConfig(process.env));
/** Settings of this process as the migration tool; a wrong or missing one ends it with a sentence. */
export const migrationConfig = (): MigrationConfig => orStop(() => readMigrationConfig(process.env));
/** Settings of this process as the embedded stack or one of its tools; a wrong or missing one ends it with a sentence. */
export const devConfig = (): DevConfig => orStop(() => readDevConfig(process.env));

/** Where servers that were downloaded or built are kept, outside the checkout. */
export const cacheDir = (): string => resolve(projectRoot, orStop(() => read(cache, process.env)).CACHE_DIR);

/** The environment that child processes of the embedded stack are given: this process's own, with what they need set. */
export const childEnvironment = (settings: Record<string, string>): Record<string, string> => ({
  ...(process.env as Record<string, string>),
  ...settings,
});
