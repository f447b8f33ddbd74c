// An OpenID issuer of a few lines, that signs whatever a test asks for, good or bad.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CryptoKey, JWK } from 'jose' with { 'resolution-mode': 'import' };

export interface Issuer {
  readonly url: string;
  /** How often its keys were asked for. */
  readonly asked: () => number;
  token(person: string, change?: TokenChange): Promise<string>;
  /** Takes it away, so that nothing listens any more. */
  stop(): Promise<void>;
}

export interface TokenChange {
  readonly issuer?: string;
  readonly audience?: string;
  /** Seconds from now. */
  readonly expires?: number;
  /** Seconds since 1970; now unless said, and not at all when null. */
  readonly issued?: number | null;
  readonly key?: { readonly private: CryptoKey | Uint8Array; readonly alg: string; readonly kid?: string };
  readonly claims?: Readonly<Record<string, unknown>>;
}

export const audience = 'cap-casework-test';

export async function startIssuer(): Promise<Issuer> {
  const { exportJWK, generateKeyPair, SignJWT } = await import('jose');
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const jwk: JWK = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' };
  let asked = 0;
  const server: Server = createServer((req, res) => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    if (req.url === '/jwks') asked += 1;
    const body = req.url === '/jwks' ? { keys: [jwk] } : { issuer: url, jwks_uri: `${url}/jwks` };
    res.setHeader('Content-Type', 'application/json').end(JSON.stringify(body));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    asked: () => asked,
    token: (person, change = {}) => {
      const { private: key, alg, kid = 'one' } = change.key ?? { private: privateKey, alg: 'RS256' };
      const seconds = Math.floor(Date.now() / 1000);
      const { issued = seconds } = change;
      return new SignJWT({ sub: person, ...(issued === null ? {} : { iat: issued }), ...change.claims })
        .setProtectedHeader({ alg, kid })
        .setIssuer(change.issuer ?? url)
        .setAudience(change.audience ?? audience)
        .setExpirationTime(seconds + (change.expires ?? 3600))
        .sign(key);
    },
    stop: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
