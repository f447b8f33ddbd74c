// Bearer tokens: JWTs of the configured OpenID issuers, checked with their published keys. A token says who it is, never what they may do.
import { createHash } from 'node:crypto';
import type { JWTPayload } from 'jose' with { 'resolution-mode': 'import' };
import type { SignIn } from '../domain/facts';
import { discover, issuerKeys, IssuerAway } from './issuerKeys';
import { HttpProblem } from './problems';

export interface Tokens {
  /** @returns who a token is for @throws HttpProblem not-signed-in, identity-away */
  signInOf(token: string): Promise<SignIn>;
  /** @throws Error when an issuer does not answer in time */
  ping(ms: number): Promise<void>;
}

interface Settings {
  readonly issuers: readonly string[];
  readonly audience: string;
  /** Seconds after which a token counts no more, whatever it says of its own end. */
  readonly maxAge: number;
}

/** Only signatures that need the issuer's private key: with a shared secret, or none, everybody could be anybody. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'];
/** A subject as OpenID writes it. */
const subject = /^[\x20-\x7e]{1,255}$/;
const maxLength = 8_192;
const clockSkewSeconds = 5;
/** A token once verified is believed for so long without another look, so that a key withdrawn by its issuer counts within minutes. */
const believedFor = 5 * 60_000;
const believedAtOnce = 10_000;

/** Asks no issuer anything before the first token comes: the API starts while they are away. */
export function tokenChecker({ issuers, audience, maxAge }: Settings): Tokens {
  const keys = new Map(issuers.map((issuer) => [issuer, issuerKeys(issuer)]));
  const believed = new Map<string, { readonly signIn: SignIn; readonly until: number }>();

  async function verified(token: string): Promise<Required<Pick<JWTPayload, 'iss' | 'sub' | 'iat' | 'exp'>>> {
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
        maxTokenAge: maxAge,
        clockTolerance: clockSkewSeconds,
      });
      const { sub = '', iat = 0, exp = 0 } = payload;
      if (!subject.test(sub)) throw notSignedIn('It does not say whom it is for: sign in again.');
      return { iss: issuer, sub, iat, exp };
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw notSignedIn('It has expired: sign in again.');
      if (error instanceof errors.JOSEError) throw notSignedIn('It is not valid here: sign in again.');
      if (error instanceof IssuerAway) throw new HttpProblem('identity-away', undefined, { cause: error });
      throw error;
    }
  }

  return {
    signInOf: async (token) => {
      if (token.length > maxLength) throw notSignedIn('It is too long to be one of ours.');
      const hash = createHash('sha256').update(token).digest('base64');
      const known = believed.get(hash);
      if (known && known.until > Date.now()) return known.signIn;
      believed.delete(hash);
      const { iss, sub, iat, exp } = await verified(token);
      const signIn = { issuer: iss, subject: sub };
      if (believed.size >= believedAtOnce) believed.clear();
      believed.set(hash, { signIn, until: Math.min(exp * 1000, (iat + maxAge) * 1000, Date.now() + believedFor) });
      return signIn;
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
