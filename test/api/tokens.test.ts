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

const checker = (issuers = [issuer.url]) => tokenChecker({ issuers, audience, maxAge: 24 * 3600 });
const kindOf = async (asked: Promise<unknown>) =>
  asked.then(
    () => 'believed',
    (error: unknown) => (error instanceof HttpProblem ? error.kind : error),
  );

test('a token of a trusted issuer names its issuer and subject, and nothing else of it counts', async () => {
  const token = await issuer.token('school.alder', { claims: { role: 'cap', parties: ['cap'] } });
  expect(await checker().signInOf(token)).toEqual({ issuer: issuer.url, subject: 'school.alder' });
});

test('the keys of an issuer are asked for once', async () => {
  const tokens = checker();
  const before = issuer.asked();
  for (const person of ['a', 'b', 'c']) await tokens.signInOf(await issuer.token(person));
  expect(issuer.asked() - before).toBe(1);
});

test.each([
  ['expired', { expires: -60 }],
  ['for another service', { audience: 'something-else' }],
  ['of an issuer that is not trusted', { issuer: 'http://127.0.0.1:1' }],
])('a token that is %s is not believed', async (_what, change) => {
  expect(await kindOf(checker().signInOf(await issuer.token('ops', change)))).toBe('not-signed-in');
});

test('a token signed by somebody else in the name of the issuer is not believed', async () => {
  const { generateKeyPair } = await import('jose');
  const { privateKey } = await generateKeyPair('RS256');
  const token = await issuer.token('ops', { key: { private: privateKey, alg: 'RS256' } });
  expect(await kindOf(checker().signInOf(token))).toBe('not-signed-in');
});

test('a token signed with a shared secret is not believed, nor one without a signature', async () => {
  const shared = await issuer.token('ops', { key: { private: new Uint8Array(32).fill(1), alg: 'HS256' } });
  expect(await kindOf(checker().signInOf(shared))).toBe('not-signed-in');
  const [, claims = ''] = (await issuer.token('ops')).split('.');
  const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${claims}.`;
  expect(await kindOf(checker().signInOf(none))).toBe('not-signed-in');
});

test('a token of a key that the issuer does not have is not believed', async () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { importPKCS8 } = await import('jose');
  const key = await importPKCS8(privateKey.export({ type: 'pkcs8', format: 'pem' }) as string, 'RS256');
  const token = await issuer.token('ops', { key: { private: key, alg: 'RS256', kid: 'unheard-of' } });
  expect(await kindOf(checker().signInOf(token))).toBe('not-signed-in');
});

test.each(['', 'x', 'a.b.c', 'x'.repeat(9_000), '..', '{}.{}.{}'])('junk is not believed: %#', async (junk) => {
  expect(await kindOf(checker().signInOf(junk))).toBe('not-signed-in');
});

test('while the issuer is away nobody is called a stranger: the service says that it cannot tell', async () => {
  const away = await startIssuer();
  const token = await away.token('school.alder');
  const tokens = checker([away.url]);
  await away.stop();
  expect(await kindOf(tokens.signInOf(token))).toBe('identity-away');
  await expect(tokens.ping(500)).rejects.toThrow();
});

test('who was believed a moment ago is believed while the issuer is away', async () => {
  const away = await startIssuer();
  const tokens = checker([away.url]);
  const token = await away.token('school.alder');
  await tokens.signInOf(token);
  await away.stop();
  expect(await tokens.signInOf(token)).toEqual({ issuer: away.url, subject: 'school.alder' });
});

describe('While the issuer is away', () => {
  afterEach(() => jest.restoreAllMocks());

  test.each([
    ['a minute', 60_000],
    ['an hour', 3_600_000],
  ])(
    'for %s, a forged token of an unknown key is its own affair: everybody else is believed by the keys that are known',
    async (_, ms) => {
      const away = await startIssuer();
      const tokens = checker([away.url]);
      await tokens.signInOf(await away.token('school.alder'));
      const other = await away.token('cap.team', { expires: 8 * 3600 });
      const forged = await away.token('ops', {
        expires: 8 * 3600,
        key: { private: await anotherKey(), alg: 'RS256', kid: 'unheard-of' },
      });
      await away.stop();
      const now = Date.now.bind(Date);
      jest.spyOn(Date, 'now').mockImplementation(() => now() + ms);
      expect(await kindOf(tokens.signInOf(forged))).toBe('identity-away');
      expect(await kindOf(tokens.signInOf(other))).toBe('believed');
      expect(await kindOf(tokens.signInOf(forged))).toBe('identity-away');
    },
  );
});

test('a hundred forged tokens with unknown keys make the service ask the issuer for its keys once more at most', async () => {
  const tokens = checker();
  await tokens.signInOf(await issuer.token('school.alder'));
  const before = issuer.asked();
  const key = await anotherKey();
  for (let one = 0; one < 100; one += 1) {
    const forged = await issuer.token('ops', { key: { private: key, alg: 'RS256', kid: `unheard-of-${one}` } });
    expect(await kindOf(tokens.signInOf(forged))).toBe('not-signed-in');
  }
  expect(issuer.asked() - before).toBeLessThanOrEqual(1);
});

test.each([
  ['with a NUL', 'school\u0000alder'],
  ['with half of a character', 'school\ud800'],
  ['that is not ASCII', 'schóol'],
  ['that is empty', ''],
  ['of more than 255 characters', 'x'.repeat(256)],
])('a subject %s is nobody', async (_what, subject) => {
  expect(await kindOf(checker().signInOf(await issuer.token(subject)))).toBe('not-signed-in');
});

test('a token is believed for a day after it was issued, whatever it says of its own end', async () => {
  const century = { expires: 100 * 365 * 86_400 };
  const seconds = Math.floor(Date.now() / 1000);
  const of = (age: number) => issuer.token('ops', { ...century, issued: seconds - age });
  expect(await kindOf(checker().signInOf(await of(23 * 3600)))).toBe('believed');
  expect(await kindOf(checker().signInOf(await of(25 * 3600)))).toBe('not-signed-in');
  expect(await kindOf(checker().signInOf(await issuer.token('ops', { issued: null })))).toBe('not-signed-in');
});

async function anotherKey() {
  const { generateKeyPair } = await import('jose');
  return (await generateKeyPair('RS256')).privateKey;
}
