// Settings: what is missing or wrong is said in one sentence that names it, and a secret is never repeated.
import { publicKeyOf } from '../../files/openNights';
import { apiConfig, readApiConfig, readDevConfig, readMigrationConfig, readWorkerConfig, SettingsError } from '../../config';

const key = Buffer.alloc(32, 7).toString('base64');
const publicKey = publicKeyOf(Buffer.alloc(32, 7)).toString('base64');
const files = {
  ...{ FILES_KEYS: `f1:${key}`, FILES_DIR: '/var/lib/cap/files' },
  ...{ HEADS_DIR: '/var/lib/cap/heads', HEADS_PUBLIC_KEYS: `h1:${publicKey}` },
};
const api = {
  ...files,
  API_DATABASE_URL: 'postgresql://cap_api:pw@127.0.0.1:5433/cap',
  PAYLOAD_KEYS: `k1:${key}`,
  TOKEN_ISSUERS: 'http://127.0.0.1:3001, https://login.example/tenant',
  SIGN_IN_ISSUERS: 'http://127.0.0.1:3001|pages||The demonstration, https://login.example/tenant|casework|hunter2',
};
const worker = {
  ...files,
  WORKER_DATABASE_URL: 'postgresql://cap_worker:pw@127.0.0.1:5433/cap',
  PAYLOAD_KEYS: `new:${key},old:${key}`,
  HEADS_KEY: `h1:${key}`,
  SMTP_URL: 'smtp://127.0.0.1:1025',
};
const complaint = (reader: () => unknown): string => {
  try {
    reader();
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  return 'no complaint';
};

test('each process is content with what it uses itself', () => {
  expect(readApiConfig(api)).toMatchObject({
    host: '127.0.0.1',
    port: 3000,
    publicUrl: 'http://localhost:3000',
    temporal: { address: '127.0.0.1:7233', namespace: 'default', taskQueue: 'cap-casework', tls: false },
    tokens: { issuers: ['http://127.0.0.1:3001', 'https://login.example/tenant'], audience: 'cap-casework', maxAge: 24 * 3600 },
    codecUiOrigin: null,
    signIn: {
      issuers: [
        { issuer: 'http://127.0.0.1:3001', clientId: 'pages', clientSecret: null, title: 'The demonstration' },
        { issuer: 'https://login.example/tenant', clientId: 'casework', clientSecret: 'hunter2', title: 'login.example' },
      ],
      limits: { idleMinutes: 30, hours: 12 },
    },
    proxies: 0,
  });
  expect(readWorkerConfig(worker).payloadKeys.map(({ id }) => id)).toEqual(['new', 'old']);
  expect(readMigrationConfig({ OWNER_DATABASE_URL: api.API_DATABASE_URL }).ownerDatabaseUrl).toBe(api.API_DATABASE_URL);
  expect(readDevConfig({}).ports).toMatchObject({ temporal: 7233, temporalUi: 8233, mailbox: 8025 });
});

test('the address of the service follows the port of the API unless it is set', () => {
  expect(readDevConfig({ API_PORT: '3100' }).publicUrl).toBe('http://localhost:3100');
  expect(readDevConfig({ API_PORT: '3100', PUBLIC_URL: 'https://cap.example/' }).publicUrl).toBe('https://cap.example');
});

test('an API key of Temporal Cloud turns encryption on', () => {
  expect(readApiConfig({ ...api, TEMPORAL_API_KEY: 'secret' }).temporal.tls).toBe(true);
  expect(readApiConfig({ ...api, TEMPORAL_API_KEY: 'secret', TEMPORAL_TLS: 'false' }).temporal.tls).toBe(false);
});

test.each([
  [
    'a port that is not one',
    { ...api, API_PORT: '70000' },
    'The setting API_PORT should be a port number from 1 to 65535, but it is "70000".',
  ],
  [
    'a port that is a word',
    { ...api, API_PORT: 'x' },
    'The setting API_PORT should be a port number from 1 to 65535, but it is "x".',
  ],
  [
    'an address without a port',
    { ...api, TEMPORAL_ADDRESS: 'temporal' },
    /^The setting TEMPORAL_ADDRESS should be a host and port, .* but it is "temporal"\.$/,
  ],
  [
    'no database',
    { ...api, API_DATABASE_URL: undefined },
    /^The setting API_DATABASE_URL should be a Postgres address .*, but it is not set\.$/,
  ],
  [
    'an address that is none',
    { ...api, PUBLIC_URL: 'foo' },
    /^The setting PUBLIC_URL should be the http or https address at which people reach the service, but it is "foo"\.$/,
  ],
  ['an empty value', { ...api, TOKEN_ISSUERS: ' ' }, /^The setting TOKEN_ISSUERS should be .*, but it is not set\.$/],
  ['a log level', { ...api, LOG_LEVEL: 'loud' }, /^The setting LOG_LEVEL should be one of .*, but it is "loud"\.$/],
])('%s is said in one sentence', (_what, environment, sentence) => {
  expect(complaint(() => readApiConfig(environment))).toMatch(sentence);
});

test('two wrong settings are two sentences', () => {
  const said = complaint(() => readWorkerConfig({ ...worker, API_PORT: '0', SMTP_URL: undefined }));
  expect(said.split('\n').map((line) => line.split(' ')[2])).toEqual(['API_PORT', 'SMTP_URL']);
});

test.each([
  ['a short key', `k1:${Buffer.alloc(16, 7).toString('base64')}`],
  ['no id', key],
  ['the same id twice', `k1:${key},k1:${key}`],
])('payload keys with %s are refused without repeating them', (_what, keys) => {
  const said = complaint(() => readApiConfig({ ...api, PAYLOAD_KEYS: keys }));
  expect(said).toMatch(/^The setting PAYLOAD_KEYS should be .* but it is something else\.$/);
  expect(said).not.toContain(key.slice(0, 8));
});

test('the Web UI has a host of its own, for cookies know no ports', () => {
  const upstream = { ...api, TEMPORAL_UI_UPSTREAM: 'http://ui:8080', PUBLIC_URL: 'https://casework.example' };
  expect(readApiConfig(api).webUi).toBeNull();
  expect(readApiConfig({ ...upstream, TEMPORAL_UI_URL: 'https://temporal.example' }).webUi).toEqual({
    upstream: 'http://ui:8080',
    port: 8080,
  });
  for (const TEMPORAL_UI_URL of ['https://casework.example:8443', 'https://casework.example', 'http://temporal.example']) {
    expect(complaint(() => readApiConfig({ ...upstream, TEMPORAL_UI_URL }))).toMatch(
      /TEMPORAL_UI_URL should be an https address with another host/,
    );
  }
});

test('nights are signed with one key whose public key is known, and kept in another place than the files', () => {
  expect(readWorkerConfig(worker).signingKey.id).toBe('h1');
  const unknown = /^The setting HEADS_KEY should be one key, whose public key stands in HEADS_PUBLIC_KEYS/;
  for (const HEADS_KEY of [`h2:${key}`, `h1:${Buffer.alloc(32, 8).toString('base64')}`, `h1:${key},h2:${key}`]) {
    expect(complaint(() => readWorkerConfig({ ...worker, HEADS_KEY }))).toMatch(unknown);
  }
  expect(complaint(() => readWorkerConfig({ ...worker, HEADS_KEY: undefined }))).toMatch(
    /^The setting HEADS_KEY should be .*, but it is not set/,
  );
  expect(complaint(() => readApiConfig({ ...api, HEADS_DIR: undefined }))).toMatch(
    /HEADS_DIR and HEADS_S3_URL should say where signed heads/,
  );
  expect(complaint(() => readApiConfig({ ...api, HEADS_DIR: files.FILES_DIR }))).toContain('in another place than the files');
});

test('a wrong database address is refused without repeating its password', () => {
  const said = complaint(() => readApiConfig({ ...api, API_DATABASE_URL: 'mysql://u:hunter2@h/cap' }));
  expect(said).toContain('API_DATABASE_URL');
  expect(said).not.toContain('hunter2');
});

test.each([
  'https://login.example',
  'https://login.example|',
  'http://login.example|casework|hunter2',
  'https://login.example|casework|hunter2|Title|more',
])('people sign in at issuers that are named with a client, and by https: not %s', (issuers) => {
  const said = complaint(() => readApiConfig({ ...api, SIGN_IN_ISSUERS: issuers }));
  expect(said).toMatch(/^The setting SIGN_IN_ISSUERS should be a list of .* but it is something else\.$/);
  expect(said).not.toContain('hunter2');
});

test('people sign in by https, on this machine alone without', () => {
  expect(complaint(() => readApiConfig({ ...api, PUBLIC_URL: 'http://casework.example' }))).toMatch(
    /^The setting PUBLIC_URL should be an https address.* but it is "http:\/\/casework\.example"\.$/,
  );
  expect(readApiConfig({ ...api, PUBLIC_URL: 'https://casework.example' }).publicUrl).toBe('https://casework.example');
});

test('a process with a wrong setting ends with the sentence and no stack', () => {
  const before = process.env['API_PORT'];
  const exit = jest.spyOn(process, 'exit').mockImplementation(() => {
    throw new Error('ended');
  });
  const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  process.env['API_PORT'] = 'nonsense';
  try {
    expect(() => apiConfig()).toThrow('ended');
    expect(exit).toHaveBeenCalledWith(78);
    const said = stderr.mock.calls.map(([text]) => String(text)).join('');
    expect(said).toContain('The setting API_PORT should be a port number');
    expect(said).not.toMatch(/^\s+at /m);
  } finally {
    exit.mockRestore();
    stderr.mockRestore();
    if (before === undefined) delete process.env['API_PORT'];
    else process.env['API_PORT'] = before;
  }
});
