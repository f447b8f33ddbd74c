// The OpenID issuers at which people sign in: code flow with PKCE, state and nonce, and signing out there where an issuer offers it.
import type { ClientAuth, Configuration } from 'openid-client' with { 'resolution-mode': 'import' };
import type { SignIn } from '../../domain/facts';

/** An issuer as the settings name it. */
export interface IssuerSettings {
  /** Its address, exactly as its tokens have it. */
  readonly issuer: string;
  readonly clientId: string;
  /** Null for a client without one, which PKCE alone protects. */
  readonly clientSecret: string | null;
  /** What people know it by. */
  readonly title: string;
}

/** What is remembered from the way to the issuer until the way back. */
export interface Started {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export interface Issuer extends IssuerSettings {
  /** @param another asks the issuer to let somebody sign in again, whoever is signed in there. @throws IssuerAway */
  start(redirect: string, another: boolean): Promise<{ readonly url: string; readonly started: Started }>;
  /** @param url the address at which the person came back. @throws IssuerAway, IssuerRefused */
  finish(url: URL, started: Started): Promise<{ readonly signIn: SignIn; readonly idToken: string }>;
  /** @returns where to sign out at the issuer; null where it offers none, or is away */
  end(idToken: string, back: string): Promise<string | null>;
}

/** The issuer does not answer, or not as an OpenID issuer does. */
export class IssuerAway extends Error {
  override name = 'IssuerAway';
}

/** The issuer let nobody in, or what came back proves nothing. */
export class IssuerRefused extends Error {
  override name = 'IssuerRefused';
}

const patienceSeconds = 5;
/** What an issuer says of itself is asked for again after so long, so that a move is noticed. */
const believedFor = 60 * 60_000;

/** Asks the issuer nothing before somebody signs in. */
export function issuerOf(settings: IssuerSettings): Issuer {
  const library = () => import('openid-client');
  let known: { readonly configuration: Configuration; readonly until: number } | null = null;

  async function configuration(): Promise<Configuration> {
    if (known && known.until > Date.now()) return known.configuration;
    const found = await discovered(settings).catch((error: unknown) => {
      throw new IssuerAway(`${settings.issuer} does not answer`, { cause: error });
    });
    known = { configuration: found, until: Date.now() + believedFor };
    return found;
  }

  return {
    ...settings,
    start: async (redirect, another) => {
      const client = await library();
      const found = await configuration();
      const started = { state: client.randomState(), nonce: client.randomNonce(), verifier: client.randomPKCECodeVerifier() };
      const url = client.buildAuthorizationUrl(found, {
        ...{ redirect_uri: redirect, scope: 'openid', state: started.state, nonce: started.nonce },
        ...{ code_challenge: await client.calculatePKCECodeChallenge(started.verifier), code_challenge_method: 'S256' },
        ...(another ? { prompt: 'login' } : {}),
      });
      return { url: url.href, started };
    },
    finish: async (url, { state, nonce, verifier }) => {
      const client = await library();
      const found = await configuration();
      const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true };
      const tokens = await client.authorizationCodeGrant(found, url, checks).catch((error: unknown) => {
        throw isAway(error)
          ? new IssuerAway('No token came', { cause: error })
          : new IssuerRefused('Not signed in', { cause: error });
      });
      const claims = tokens.claims();
      if (!claims || tokens.id_token === undefined) throw new IssuerRefused('It does not say who it is');
      return { signIn: { issuer: claims.iss, subject: claims.sub }, idToken: tokens.id_token };
    },
    end: async (idToken, back) => {
      const client = await library();
      const found = await configuration().catch(() => null);
      if (found?.serverMetadata().end_session_endpoint === undefined) return null;
      return client.buildEndSessionUrl(found, { id_token_hint: idToken, post_logout_redirect_uri: back }).href;
    },
  };
}

async function discovered({ issuer, clientId, clientSecret }: IssuerSettings): Promise<Configuration> {
  const client = await import('openid-client');
  // The signature counts, and not the connection alone.
  const execute = [client.enableNonRepudiationChecks];
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- on this machine: the settings let no other address be without https
  if (issuer.startsWith('http:')) execute.push(client.allowInsecureRequests);
  const proof: ClientAuth = (server, ...of) => {
    if (clientSecret === null) return client.None()(server, ...of);
    const inBody = server.token_endpoint_auth_methods_supported?.includes('client_secret_post');
    return (inBody ? client.ClientSecretPost : client.ClientSecretBasic)(clientSecret)(server, ...of);
  };
  return client.discovery(new URL(issuer), clientId, undefined, proof, { execute, timeout: patienceSeconds });
}

/** The network, its patience, or a server that fails; what an issuer says with a reason is a refusal. */
function isAway(error: unknown): boolean {
  if (error instanceof TypeError) return true;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'OAUTH_TIMEOUT' || code === 'OAUTH_RESPONSE_IS_NOT_CONFORM' || code === 'OAUTH_RESPONSE_IS_NOT_JSON';
}
