// No password, key or token is kept in the repository.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { projectRoot } from '../../config';

/** Not ours, made by a build, or a person's own settings. */
const skipped = new Set(['node_modules', 'dist', 'coverage', 'generated', '.git', '.data', '.env']);

const secrets: Readonly<Record<string, RegExp>> = {
  'a private key': /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  'a token': /\beyJ[\w-]{10,}\.[\w-]{10,}|\b(AKIA|ASIA)[A-Z0-9]{16}\b|\bgh[pousr]_\w{30,}|\bxox[abp]-[\w-]{10,}/,
  // But for the checksums of Go's modules.
  'a payload key': /\b(?!h1:)[\w.-]+:[A-Za-z0-9+/]{43}=(?![A-Za-z0-9+/=])/,
  'a password in an address': /\b[a-z]+:\/\/[^\s:@/'"`]+:(?!\$|<|password@|secret@)[^\s@/'"`]{8,}@/i,
  'a password in a setting':
    /\b\w*(password|passwd|secret|api_?key)\w*["']?\s*[:=]\s*["']?(?!\$|<)[A-Za-z0-9+/_!#%-]*\d[A-Za-z0-9+/_!#%-]{7,}/i,
};

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (skipped.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(path) : entry.isFile() ? [path] : [];
  });
}

function secretsIn(text: string): string[] {
  return Object.entries(secrets).flatMap(([what, pattern]) => {
    const match = pattern.exec(text);
    return match ? [`${what}: ${match[0].slice(0, 60)}`] : [];
  });
}

test('no file holds a password, key or token', () => {
  const files = filesIn(projectRoot);
  expect(files.length).toBeGreaterThan(100);
  expect(
    files.flatMap((path) => secretsIn(readFileSync(path, 'utf8')).map((secret) => `${relative(projectRoot, path)}: ${secret}`)),
  ).toEqual([]);
});

/** Put together here, so that this file holds none itself. */
const planted: Readonly<Record<string, readonly string[]>> = {
  'a private key': ['-----BEGIN RSA ', 'PRIVATE KEY-----'],
  'a token': ['Authorization: Bearer ey', 'JhbGciOiJSUzI1NiIs.', 'x'.repeat(40)],
  'a payload key': ['PAYLOAD_KEYS=live-1:', Buffer.alloc(32, 'k').toString('base64')],
  'a password in an address': ['postgresql://cap_owner:', 'correct-horse@db.example/cap'],
  'a password in a setting': ['POSTGRES_PASS', 'WORD=s3cr3tPassw0rd'],
};

test.each(Object.entries(planted))('%s that is planted is found', (what, parts) => {
  expect(secretsIn(parts.join('')).join()).toContain(`${what}: `);
});
