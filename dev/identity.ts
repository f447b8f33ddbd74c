// A local OpenID issuer, so that sign-in and tokens work as they do everywhere. Only the embedded stack has it: whoever comes says who they are.
import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Adapter, AdapterPayload, JWK, Provider } from 'oidc-provider' with { 'resolution-mode': 'import' };
import { listenOnLoopback } from './loopback';
import { messageOf, PlainError, type Log } from './plainError';
import type { DemoPerson } from './people';
import { demoPage, pickPage, signOutPage, style } from './pickPage';

export interface IdentityOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Where the signing keys are kept, so that a restart leaves tokens valid. */
  readonly folder: string;
  /** Whom the tokens are for. */
  readonly audience: string;
  readonly people: readonly DemoPerson[];
  /** Where people reach the service, whose pages they sign in to. */
  readonly publicUrl: string;
  /** Nobody proves here who they are, so that it never starts where real people are. */
  readonly production: boolean;
  readonly log: Log;
}

export interface Identity {
  readonly issuer: string;
  readonly stop: () => Promise<void>;
}

/** The grant that gives a demo person's token for the asking; nothing outside the embedded stack knows it. */
export const demoGrant = 'urn:cap-casework:demo-person';
export const demoClient = 'cap-casework-demo';
/** The pages of the service, at this issuer. */
export const pagesClient = 'cap-casework-pages';
const tokenSeconds = 8 * 60 * 60;

/** @returns the address of the issuer on a port of this machine, as its tokens have it */
export const issuerAt = (port: number): string => `http://127.0.0.1:${port}`;

/** Starts the issuer. Throws PlainError in production, when its port is taken or its keys are damaged. */
export async function startIdentity({
  port,
  folder,
  audience,
  people,
  publicUrl,
  production,
  log,
}: IdentityOptions): Promise<Identity> {
  if (production) {
    throw new PlainError(
      'The local identity provider lets everybody be anybody, so that it does not start in production (NODE_ENV=production): name your own issuers in SIGN_IN_ISSUERS.',
    );
  }
  const keys = await keysIn(folder);
  let handle: ((request: IncomingMessage, response: ServerResponse) => Promise<void>) | null = null;
  const server = await listenOnLoopback('The identity provider', port, (request, response) => {
    if (handle) void handle(request, response);
    else response.writeHead(503).end();
  });
  const issuer = issuerAt(server.port);
  try {
    const provider = await makeProvider(issuer, keys, people, publicUrl);
    allowDemoPeople(provider, people, audience);
    provider.on('server_error', (_context, error) => log(`Identity: ${messageOf(error)}`));
    const answer = provider.callback();
    const pick = picking(provider, people);
    handle = async (request, response) => {
      if (!(await pick(request, response))) await answer(request, response);
    };
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

async function makeProvider(issuer: string, keys: Keys, people: readonly DemoPerson[], publicUrl: string): Promise<Provider> {
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
          {
            client_id: pagesClient,
            token_endpoint_auth_method: 'none',
            grant_types: ['authorization_code'],
            response_types: ['code'],
            redirect_uris: [`${publicUrl}/sign-in/done`],
            post_logout_redirect_uris: [`${publicUrl}/signed-out`],
          },
        ],
        pkce: { required: () => true },
        features: {
          devInteractions: { enabled: false },
          userinfo: { enabled: false },
          rpInitiatedLogout: {
            enabled: true,
            logoutSource: (context, form) => {
              context.set(headersOf(publicUrl));
              context.body = signOutPage(form);
            },
          },
        },
        interactions: { url: (_context, { uid }) => `${pickPath}${uid}` },
        renderError: (context, { error, error_description: why }) => {
          context.set(headersOf(null));
          context.body = demoPage('That did not work', `${error}: ${why ?? ''}`);
        },
        // The service is our own: nobody is asked whether it may know who they are.
        loadExistingGrant: async ({ oidc }) => {
          const grant = new oidc.provider.Grant({
            ...(oidc.client && { clientId: oidc.client.clientId }),
            ...(oidc.session?.accountId !== undefined && { accountId: oidc.session.accountId }),
          });
          grant.addOIDCScope('openid');
          await grant.save();
          return grant;
        },
        findAccount: (_context, id) => {
          const person = people.find((one) => one.id === id);
          return person && { accountId: id, claims: () => ({ sub: id, name: person.name, email: person.email }) };
        },
        clientBasedCORS: () => false,
        ttl: { AccessToken: tokenSeconds, Grant: tokenSeconds, IdToken: 3_600, Interaction: 3_600, Session: tokenSeconds },
      }),
  );
}

const pickPath = '/pick/';
const stylePath = '/pick.css';

/** The page on which somebody picks whom to be. @returns what answers such requests, and says whether it did */
function picking(
  provider: Provider,
  people: readonly DemoPerson[],
): (request: IncomingMessage, response: ServerResponse) => Promise<boolean> {
  return async (request, response) => {
    const path = request.url ?? '';
    if (path === stylePath) {
      response.writeHead(200, { 'content-type': 'text/css; charset=utf-8' }).end(style);
      return true;
    }
    if (!path.startsWith(pickPath)) return false;
    try {
      // It belongs to the browser that came from the service: a cookie of its own says which.
      const interaction = await provider.interactionDetails(request, response);
      if (request.method !== 'POST') {
        response.writeHead(200, headersOf(String(interaction.params['redirect_uri']))).end(pickPage(people));
        return true;
      }
      const accountId = new URLSearchParams(await bodyOf(request)).get('person') ?? '';
      if (!people.some(({ id }) => id === accountId)) {
        response.writeHead(400, headersOf(null)).end(demoPage('There is no such person', 'Go back and pick one who is listed.'));
        return true;
      }
      await forgetSession(provider, interaction);
      await provider.interactionFinished(request, response, { login: { accountId } });
    } catch {
      const why = 'It took too long, or was begun in another window: go back to the service and sign in again.';
      response.writeHead(400, headersOf(null)).end(demoPage('This sign-in is over', why));
    }
    return true;
  };
}

/** Whoever picks somebody else is that person at once: the library would ask by a page with a script. */
async function forgetSession(provider: Provider, interaction: InstanceType<Provider['Interaction']>): Promise<void> {
  if (!interaction.session) return;
  const session = await provider.Session.findByUid(interaction.session.uid);
  await session?.destroy();
  delete interaction.session;
  await interaction.save(interaction.exp - Math.floor(Date.now() / 1000));
}

/** @param service where forms of the page lead on to; null for a page without one */
function headersOf(service: string | null): Record<string, string> {
  const forms = service === null ? "'none'" : `'self' ${new URL(service).origin}`;
  return {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': `default-src 'none'; style-src 'self'; form-action ${forms}; base-uri 'none'; frame-ancestors 'none'`,
    'referrer-policy': 'no-referrer',
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > 10_000) throw new Error('The form is too long');
  }
  return body;
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
