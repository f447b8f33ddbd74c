// Bearer tokens: whom the service believes, and what it says when it cannot tell.
import { generateKeyPairSync } from 'node:crypto';
import { HttpProblem } from '../../api/problems';
import { tokenChecker } from '../../api/tokens';
import { audience, startIssuer, type Issuer } from './issuer';

let issuer: Issuer;
beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(() => issuer.stop());

const checker = (issuers = [issuer.url]) => tokenChecker({ issuers, audience });
const kindOf = async (asked: Promise<string>) =>
  asked.then(
    () => 'believed',
    (error: unknown) => (error instanceof HttpProblem ? error.kind : error),
  );

test('a token of a trusted issuer names the person, and nothing else of it counts', async () => {
  const token = await issuer.token('school.alder', { claims: { role: 'cap', parties: ['cap'] } });
  expect(await checker().personOf(token)).toBe('school.alder');
});

test('the keys of an issuer are asked for once', async () => {
  const tokens = checker();
  const before = issuer.asked();
  for (const person of ['a', 'b', 'c']) await tokens.personOf(await issuer.token(person));
  expect(issuer.asked() - before).toBe(1);
});

test.each([
  ['expired', { expires: -60 }],
  ['for another service', { audience: 'something-else' }],
  ['of an issuer that is not trusted', { issuer: 'http://127.0.0.1:1' }],
])('a token that is %s is not believed', async (_what, change) => {
  expect(await kindOf(checker().personOf(await issuer.token('ops', change)))).toBe('not-signed-in');
});

test('a token signed by somebody else in the name of the issuer is not believed', async () => {
  const { generateKeyPair } = await import('jose');
  const { privateKey } = await generateKeyPair('RS256');
  const token = await issuer.token('ops', { key: { private: privateKey, alg: 'RS256' } });
  expect(await kindOf(checker().personOf(token))).toBe('not-signed-in');
});

test('a token signed with a shared secret is not believed, nor one without a signature', async () => {
  const shared = await issuer.token('ops', { key: { private: new Uint8Array(32).fill(1), alg: 'HS256' } });
  expect(await kindOf(checker().personOf(shared))).toBe('not-signed-in');
  const [, claims = ''] = (await issuer.token('ops')).split('.');
  const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${claims}.`;
  expect(await kindOf(checker().personOf(none))).toBe('not-signed-in');
});

test('a token of a key that the issuer does not have is not believed', async () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { importPKCS8 } = await import('jose');
  const key = await importPKCS8(privateKey.export({ type: 'pkcs8', format: 'pem' }) as string, 'RS256');
  const token = await issuer.token('ops', { key: { private: key, alg: 'RS256', kid: 'unheard-of' } });
  expect(await kindOf(checker().personOf(token))).toBe('not-signed-in');
});

test.each(['', 'x', 'a.b.c', 'x'.repeat(9_000), '..', '{}.{}.{}'])('junk is not believed: %#', async (junk) => {
  expect(await kindOf(checker().personOf(junk))).toBe('not-signed-in');
});

test('while the issuer is away nobody is called a stranger: the service says that it cannot tell', async () => {
  const away = await startIssuer();
  const token = await away.token('school.alder');
  const tokens = checker([away.url]);
  await away.stop();
  expect(await kindOf(tokens.personOf(token))).toBe('identity-away');
  await expect(tokens.ping(500)).rejects.toThrow();
});

test('who was believed a moment ago is believed while the issuer is away', async () => {
  const away = await startIssuer();
  const tokens = checker([away.url]);
  const token = await away.token('school.alder');
  await tokens.personOf(token);
  await away.stop();
  expect(await tokens.personOf(token)).toBe('school.alder');
});
