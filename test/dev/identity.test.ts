// The local issuer: its tokens verify as any issuer's do, say who and nothing else, and outlive a restart.
import { join } from 'node:path';
import { demoToken } from '../../dev/demoToken';
import { startIdentity } from '../../dev/identity';
import { demoPeople } from '../../dev/people';
import { scratchFolder } from './scratch';

const folder = join(scratchFolder(), 'identity');
const start = (port = 0, production = false) =>
  startIdentity({
    ...{ port, folder, audience: 'cap-casework', people: demoPeople, log: () => undefined },
    ...{ publicUrl: 'http://localhost:3000', production },
  });

async function verify(issuer: string, token: string) {
  const { createRemoteJWKSet, jwtVerify } = await import('jose');
  const found = (await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()) as {
    issuer: string;
    jwks_uri: string;
  };
  expect(found.issuer).toBe(issuer);
  return jwtVerify(token, createRemoteJWKSet(new URL(found.jwks_uri)), { issuer, audience: 'cap-casework' });
}

test("a demo person's token verifies against the published keys, also after a restart", async () => {
  const first = await start();
  const token = await demoToken(first.issuer, 'chair.review');
  const { payload, protectedHeader } = await verify(first.issuer, token);
  expect(protectedHeader.alg).toBe('RS256');
  expect(payload.sub).toBe('chair.review');
  expect(Object.keys(payload).sort()).toEqual(['aud', 'client_id', 'exp', 'iat', 'iss', 'jti', 'sub']);
  await first.stop();

  const second = await start(Number(new URL(first.issuer).port));
  expect((await verify(second.issuer, token)).payload.sub).toBe('chair.review');
  await second.stop();
});

test('an unknown person is told who there is, and the issuer itself gives nothing', async () => {
  const identity = await start();
  await expect(demoToken(identity.issuer, 'nobody')).rejects.toThrow(/no demo person "nobody".*\n\s+school\.alder/);
  const body = new URLSearchParams({
    grant_type: 'urn:cap-casework:demo-person',
    client_id: 'cap-casework-demo',
    person: 'nobody',
  });
  const response = await fetch(`${identity.issuer}/token`, { method: 'POST', body });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: 'invalid_grant' });
  await identity.stop();
  await expect(demoToken(identity.issuer, 'ops')).rejects.toThrow('does not answer: start the service with `npm start`');
});

test('nobody can be anybody in production: it refuses to start', async () => {
  await expect(start(0, true)).rejects.toThrow(/does not start in production .* SIGN_IN_ISSUERS/);
});

test('there is a demo person for every role, each once', () => {
  expect(new Set(demoPeople.flatMap(({ grants }) => grants.map(({ role }) => role)))).toEqual(
    new Set(['school', 'chair', 'member', 'provider', 'cap', 'ops', 'auditor', 'send']),
  );
  expect(new Set(demoPeople.map(({ id }) => id)).size).toBe(demoPeople.length);
  expect(demoPeople.every(({ name, email }) => name.startsWith('Sample ') && email.endsWith('@example.test'))).toBe(true);
});
