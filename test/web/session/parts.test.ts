// Small parts of the sign-in, each for itself.
import { browserOf } from '../../../web/session/browserOf';
import { formToken, isFormToken, newFormSecret } from '../../../web/session/formTokens';
import { cookiesAt } from '../../../web/session/held';
import { networkOf } from '../../../web/session/limits';
import { ownPath } from '../../../web/session/ownPath';
import { sealedBy } from '../../../web/session/sealed';

const [key, older] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];

test('what is sealed opens with its key, as what it was sealed as, and whole', () => {
  const seal = sealedBy([key]);
  const sealed = seal.seal({ words: 'Sample text' }, 'form a');
  expect(sealed).not.toContain('Sample');
  expect(seal.open(sealed, 'form a')).toEqual({ words: 'Sample text' });
  expect(seal.open(sealed, 'form b')).toBeNull();
  expect(sealedBy([older]).open(sealed, 'form a')).toBeNull();
  for (const broken of ['', 'x', sealed.slice(0, -2), `A${sealed.slice(1)}`]) expect(seal.open(broken, 'form a')).toBeNull();
});

test('a new key of the service seals, and what an older one has sealed still opens', () => {
  const before = sealedBy([older]).seal('x', 'a');
  const after = sealedBy([key, older]);
  expect(after.open(before, 'a')).toBe('x');
  expect(sealedBy([key]).open(after.seal('x', 'a'), 'a')).toBe('x');
  expect(after.signing).toEqual([...sealedBy([key]).signing, ...sealedBy([older]).signing]);
});

test('a token belongs to its secret, whatever it looks like', () => {
  const [secret, other] = [newFormSecret(), newFormSecret()];
  const [one, two] = [formToken(secret), formToken(secret)];
  expect(one).not.toBe(two);
  expect([isFormToken(one, secret), isFormToken(two, secret), isFormToken(one, other)]).toEqual([true, true, false]);
  for (const wrong of [undefined, null, '', [one], { one }, one.slice(2), secret]) expect(isFormToken(wrong, secret)).toBe(false);
  expect(isFormToken('', '')).toBe(false);
});

test('a path of ours stays as it is; what a browser would read as an address elsewhere is none', () => {
  for (const path of ['/', '/cases/CAP-2026-7K3QX9?tab=plan&x=%2F', '/search?q=a//b', '/signed', '/sign-ins']) {
    expect(ownPath(path)).toBe(path);
  }
  for (const path of [
    undefined,
    '',
    ['/a'],
    '//a',
    '/\\a',
    '\\/a',
    '/\n/a',
    'http:/a',
    '/./\\a',
    '/a/..//b',
    '/sign-in/done?code=x',
  ]) {
    expect(ownPath(path)).toBe('/');
  }
});

test('addresses count by network: an IPv4 one for itself, an IPv6 one with the others of its household', () => {
  expect(networkOf('192.0.2.7')).toBe('192.0.2.7');
  expect(networkOf('::ffff:192.0.2.7')).toBe('192.0.2.7');
  expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe(networkOf('2001:0db8:0001:0002::9'));
  expect(networkOf('2001:db8::1')).toBe(networkOf('2001:db8:0:0:ffff::1'));
  expect(networkOf('2001:db8:1:2::1')).not.toBe(networkOf('2001:db8:1:3::1'));
  expect(networkOf('::1')).toBe('0:0:0:0::/64');
});

test('a browser is known again in a few words, and no more of it is kept', () => {
  const chrome =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36';
  expect(browserOf(chrome)).toBe('Chrome on Windows');
  expect(browserOf(`${chrome} Edg/131.0.0.0`)).toBe('Edge on Windows');
  expect(browserOf('Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Safari/604.1')).toBe(
    'Safari on iPhone',
  );
  expect(browserOf('Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0')).toBe('Firefox on Linux');
  expect([browserOf(undefined), browserOf('<script>')]).toEqual(['A browser', 'A browser']);
});

test('where people come by https, cookies are for that host alone and by https alone', () => {
  expect(cookiesAt('https://casework.example')).toEqual({
    ...{ session: '__Host-cap-session', signIn: '__Host-cap-sign-in' },
    options: { httpOnly: true, secure: true, sameSite: 'lax', path: '/' },
  });
  expect(cookiesAt('http://localhost:3000').options.secure).toBe(false);
  expect(cookiesAt('http://localhost:3000').session).not.toBe(cookiesAt('http://localhost:3100').session);
});
