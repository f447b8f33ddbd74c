// The published keys of an OpenID issuer: fetched when a token needs them, kept while the issuer is away, and asked for again now and then.
import type { JSONWebKeySet, JWTVerifyGetKey } from 'jose' with { 'resolution-mode': 'import' };

/** Milliseconds that an issuer is given to answer. */
const patience = 3_000;
/** So old, keys are asked for again before they are used, so that a key withdrawn by its issuer counts within minutes. */
const freshFor = 10 * 60_000;
/** The least between two questions to an issuer: no stream of forged tokens becomes a stream of questions. */
const restFor = 5_000;

/** The issuer cannot be asked just now, and the keys that are known do not tell. */
export class IssuerAway extends Error {
  override name = 'IssuerAway';
}

/**
 * Asks nothing before the first token comes.
 * @returns the finder of a token's key; it throws IssuerAway, or jose's error when the issuer has no such key
 */
export function issuerKeys(issuer: string): JWTVerifyGetKey {
  let known: { readonly find: JWTVerifyGetKey; readonly at: number } | null = null;
  let asking: Promise<void> | null = null;
  let askedAt = -Infinity;
  let fault: unknown = null;

  const ask = async () => {
    try {
      const { createLocalJWKSet } = await import('jose');
      known = { find: createLocalJWKSet(await fetchKeys(issuer)), at: Date.now() };
      fault = null;
    } catch (error) {
      fault = error; // what was known stays known
    }
    asking = null;
  };
  const askUnlessJustAsked = async () => {
    if (!asking && Date.now() - askedAt >= restFor) {
      askedAt = Date.now();
      asking = ask();
    }
    await asking;
  };

  const away = () => new IssuerAway('The keys of an issuer cannot be fetched just now.', { cause: fault });

  return async (header, token) => {
    const { errors } = await import('jose');
    if (!known || Date.now() - known.at > freshFor) await askUnlessJustAsked();
    const find = async () => {
      if (!known) throw away();
      return known.find(header, token);
    };
    try {
      return await find();
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await askUnlessJustAsked(); // the issuer may have a new key
      if (fault !== null) throw away();
      return find();
    }
  };
}

async function fetchKeys(issuer: string): Promise<JSONWebKeySet> {
  return (await fetchJson(await discover(issuer, patience), patience)) as JSONWebKeySet;
}

/** @returns the address of the issuer's keys @throws Error when it does not answer in `ms`, or answers for another */
export async function discover(issuer: string, ms: number): Promise<string> {
  const configuration = await fetchJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, ms);
  const { issuer: named, jwks_uri: keys } = configuration as Readonly<Record<string, unknown>>;
  if (named !== issuer || typeof keys !== 'string') throw new Error('An OpenID configuration is not that of its issuer');
  return keys;
}

async function fetchJson(address: string, ms: number): Promise<unknown> {
  const response = await fetch(address, { signal: AbortSignal.timeout(ms), redirect: 'error' });
  if (!response.ok) throw new Error(`An issuer answered with ${response.status}`);
  return response.json();
}
