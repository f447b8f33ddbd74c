// A local OpenID issuer, so that the API checks tokens in the same way everywhere. Only the embedded stack has it.
import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Adapter, AdapterPayload, JWK, Provider } from 'oidc-provider' with { 'resolution-mode': 'import' };
import { listenOnLoopback } from './loopback';
import { messageOf, PlainError, type Log } from './plainError';
import type { DemoPerson } from './people';

export interface IdentityOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Where the signing keys are kept, so that a restart leaves tokens valid. */
  readonly folder: string;
  /** Whom the tokens are for. */
  readonly audience: string;
  readonly people: readonly DemoPerson[];
  readonly log: Log;
}

export interface Identity {
  readonly issuer: string;
  readonly stop: () => Promise<void>;
}

/** The grant that gives a demo person's token for the asking; nothing outside the embedded stack knows it. */
export const demoGrant = 'urn:cap-casework:demo-person';
export const demoClient = 'cap-casework-demo';
const tokenSeconds = 8 * 60 * 60;

/** @returns the address of the issuer on a port of this machine, as its tokens have it */
export const issuerAt = (port: number): string => `http://127.0.0.1:${port}`;

/** Starts the issuer. Throws PlainError when its port is taken or its keys are damaged. */
export async function startIdentity({ port, folder, audience, people, log }: IdentityOptions): Promise<Identity> {
  const keys = await keysIn(folder);
  let handle: ReturnType<Provider['callback']> | null = null;
  const server = await listenOnLoopback('The identity provider', port, (request, response) => {
    if (handle) void handle(request, response);
    else response.writeHead(503).end();
  });
  const issuer = issuerAt(server.port);
  try {
    const provider = await makeProvider(issuer, keys, people);
    allowDemoPeople(provider, people, audience);
    provider.on('server_error', (_context, error) => log(`Identity: ${messageOf(error)}`));
    handle = provider.callback();
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { issuer, stop: server.stop };
}

interface Keys {
  readonly signing: JWK;
  readonly cookies: readonly string[];
}

async function keysIn(folder: string): Promise<Keys> {
  const path = join(folder, 'keys.json');
  const before = await readFile(path, 'utf8').catch(() => null);
  if (before !== null) {
    try {
      return JSON.parse(before) as Keys;
    } catch {
      throw new PlainError(
        `The keys of the identity provider in ${path} are damaged: delete that file and start again; tokens given before become invalid.`,
      );
    }
  }
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const signing = { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), alg: 'RS256', use: 'sig' } as JWK;
  const made: Keys = { signing, cookies: [randomBytes(32).toString('base64url')] };
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(`${path}.new`, JSON.stringify(made), { mode: 0o600 });
  await rename(`${path}.new`, path);
  return made;
}

async function makeProvider(issuer: string, keys: Keys, people: readonly DemoPerson[]): Promise<Provider> {
  const { default: OidcProvider } = await quietly(() => import('oidc-provider'));
  return quietly(
    () =>
      new OidcProvider(issuer, {
        adapter: memoryAdapter(),
        jwks: { keys: [keys.signing] },
        cookies: { keys: [...keys.cookies] },
        clients: [
          {
            client_id: demoClient,
            token_endpoint_auth_method: 'none',
            grant_types: [demoGrant],
            response_types: [],
            redirect_uris: [],
          },
        ],
        // The sign-in page (authorisation-code flow) comes with the pages; until then there is nothing to sign in to.
        features: { devInteractions: { enabled: false }, userinfo: { enabled: false }, rpInitiatedLogout: { enabled: false } },
        findAccount: (_context, id) => {
          const person = people.find((one) => one.id === id);
          return person && { accountId: id, claims: () => ({ sub: id, name: person.name, email: person.email }) };
        },
        clientBasedCORS: () => false,
        ttl: { AccessToken: tokenSeconds },
      }),
  );
}

function allowDemoPeople(provider: Provider, people: readonly DemoPerson[], audience: string): void {
  provider.registerGrantType(
    demoGrant,
    async (context) => {
      const { client, params } = context.oidc;
      const person = people.find(({ id }) => id === params['person']);
      if (!person) {
        context.status = 400;
        context.body = { error: 'invalid_grant', error_description: 'There is no such demo person.' };
        return;
      }
      const token = new provider.AccessToken({
        client,
        accountId: person.id,
        grantId: randomUUID(),
        gty: 'demo-person',
        scope: '',
      });
      token.resourceServer = new provider.ResourceServer(`urn:${audience}`, {
        audience,
        scope: '',
        accessTokenFormat: 'jwt',
        accessTokenTTL: tokenSeconds,
        jwt: { sign: { alg: 'RS256' } },
      });
      context.body = { access_token: await token.save(), token_type: 'Bearer', expires_in: tokenSeconds };
    },
    ['person'],
  );
}

/** The library remarks on the console that Node 20 is not the newest; that is no news for the person who starts the stack. */
async function quietly<T>(work: () => T | Promise<T>): Promise<T> {
  const { warn, info } = console;
  console.warn = console.info = () => undefined;
  try {
    return await work();
  } finally {
    console.warn = warn;
    console.info = info;
  }
}

/** Sessions and codes in memory: they may end with the process, and tokens are JWTs that nobody needs to look up. */
function memoryAdapter(): (name: string) => Adapter {
  const kept = new Map<string, { payload: AdapterPayload; until: number }>();
  const live = (key: string) => {
    const found = kept.get(key);
    if (found && found.until < Date.now()) kept.delete(key);
    return found && found.until >= Date.now() ? found.payload : undefined;
  };
  const search = (name: string, wanted: (payload: AdapterPayload) => boolean) => {
    const keys = [...kept.keys()].filter((key) => key.startsWith(`${name}:`));
    return keys.map(live).find((payload) => payload && wanted(payload));
  };
  const done = Promise.resolve();
  return (name) => ({
    upsert: (id, payload, seconds) => {
      kept.set(`${name}:${id}`, { payload, until: seconds ? Date.now() + seconds * 1000 : Infinity });
      return done;
    },
    find: (id) => Promise.resolve(live(`${name}:${id}`)),
    findByUid: (uid) => Promise.resolve(search(name, (payload) => payload.uid === uid)),
    findByUserCode: (code) => Promise.resolve(search(name, (payload) => payload.userCode === code)),
    destroy: (id) => {
      kept.delete(`${name}:${id}`);
      return done;
    },
    consume: (id) => {
      const payload = live(`${name}:${id}`);
      if (payload) payload.consumed = Math.floor(Date.now() / 1000);
      return done;
    },
    revokeByGrantId: (grantId) => {
      for (const [key, { payload }] of kept) if (payload.grantId === grantId) kept.delete(key);
      return done;
    },
  });
}
