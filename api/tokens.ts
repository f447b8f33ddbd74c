// Bearer tokens: JWTs of the configured OpenID issuers, checked with their published keys. A token says who it is, never what they may do.
import { createHash } from 'node:crypto';
import type { JWTVerifyGetKey, JWTPayload } from 'jose' with { 'resolution-mode': 'import' };
import { HttpProblem } from './problems';

export interface Tokens {
  /** @returns the person that a token is for @throws HttpProblem not-signed-in, identity-away */
  personOf(token: string): Promise<string>;
  /** @throws Error when an issuer does not answer in time */
  ping(ms: number): Promise<void>;
}

interface Settings {
  readonly issuers: readonly string[];
  readonly audience: string;
}

/** Only signatures that need the issuer's private key: with a shared secret, or none, everybody could be anybody. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'];
const patience = 3_000;
const maxLength = 8_192;
const clockSkewSeconds = 5;
/** A token once verified is believed for so long without another look, so that a key withdrawn by its issuer counts within minutes. */
const believedFor = 5 * 60_000;
const believedAtOnce = 10_000;

/** Asks no issuer anything before the first token comes: the API starts while they are away. */
export function tokenChecker({ issuers, audience }: Settings): Tokens {
  const keys = new Map(issuers.map((issuer) => [issuer, issuerKeys(issuer)]));
  const believed = new Map<string, { readonly person: string; readonly until: number }>();

  async function verified(token: string): Promise<JWTPayload> {
    const { decodeJwt, errors, jwtVerify } = await import('jose');
    try {
      const issuer = decodeJwt(token).iss ?? '';
      const getKey = keys.get(issuer);
      if (!getKey) throw notSignedIn('It is not from an identity provider that this service trusts.');
      const { payload } = await jwtVerify(token, getKey, {
        issuer,
        audience,
        algorithms,
        requiredClaims: ['sub', 'exp'],
        clockTolerance: clockSkewSeconds,
      });
      return payload;
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw notSignedIn('It has expired: sign in again.');
      if (error instanceof errors.JOSEError) throw notSignedIn('It is not valid here: sign in again.');
      throw error;
    }
  }

  return {
    personOf: async (token) => {
      if (token.length > maxLength) throw notSignedIn('It is too long to be one of ours.');
      const hash = createHash('sha256').update(token).digest('base64');
      const known = believed.get(hash);
      if (known && known.until > Date.now()) return known.person;
      believed.delete(hash);
      const { sub = '', exp = 0 } = await verified(token);
      if (believed.size >= believedAtOnce) believed.clear();
      believed.set(hash, { person: sub, until: Math.min(exp * 1000, Date.now() + believedFor) });
      return sub;
    },
    ping: async (ms) => {
      await Promise.all(issuers.map((issuer) => discover(issuer, ms)));
    },
  };
}

function notSignedIn(why: string): HttpProblem {
  return new HttpProblem('not-signed-in', `Send a valid bearer token. ${why}`, {
    headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' },
  });
}

/** The keys of an issuer, found by its OpenID configuration at the first token, then kept and renewed by jose. */
function issuerKeys(issuer: string): JWTVerifyGetKey {
  let found: Promise<JWTVerifyGetKey> | null = null;
  const find = async () => {
    const { createRemoteJWKSet } = await import('jose');
    return createRemoteJWKSet(new URL(await discover(issuer, patience)), { timeoutDuration: patience });
  };
  return async (header, token) => {
    const { errors } = await import('jose');
    try {
      found ??= find();
      const keys = await found;
      return await keys(header, token);
    } catch (error) {
      const tokensFault =
        error instanceof errors.JWKSNoMatchingKey ||
        error instanceof errors.JWKSMultipleMatchingKeys ||
        error instanceof errors.JOSENotSupported;
      if (tokensFault) throw error;
      found = null;
      throw new HttpProblem('identity-away', undefined, { cause: error });
    }
  };
}

/** @returns the address of the issuer's keys @throws when it does not answer, or answers for another */
async function discover(issuer: string, ms: number): Promise<string> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(address, { signal: AbortSignal.timeout(ms), redirect: 'error' });
  if (!response.ok) throw new Error(`The OpenID configuration of an issuer was answered with ${response.status}`);
  const { issuer: named, jwks_uri: keys } = (await response.json()) as Readonly<Record<string, unknown>>;
  if (named !== issuer || typeof keys !== 'string') throw new Error('An OpenID configuration is not that of its issuer');
  return keys;
}
