// The compose file keeps its promises: no default secrets, nothing published but on loopback, everything watched and restarted.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { searchAttributeTypes } from '../../temporal/names';

const read = (path: string) => readFileSync(join(__dirname, '../..', path), 'utf8');
const file = read('docker-compose.yml');
const example = read('.env.example');

/** The text of each block two spaces deep under a top-level key. */
function blocks(key: string): ReadonlyMap<string, string> {
  const body = new RegExp(`^${key}:\\n((?: .*\\n|\\n)+)`, 'm').exec(file)?.[1] ?? '';
  const parts = body.split(/^ {2}(?=[a-z])/m).slice(1);
  return new Map(parts.map((part) => [part.slice(0, part.indexOf(':')), part]));
}

/** A block with what it takes over from its anchor. */
function whole(block: string): string {
  const taken = [...block.matchAll(/<<: \*([a-z-]+)/g)].map(([, name]) => {
    const anchored = new RegExp(`^x-[a-z-]+: &${name ?? ''}\\n((?: .*\\n)+)`, 'm').exec(file)?.[1] ?? '';
    return whole(anchored);
  });
  return [block, ...taken].join('\n');
}

const services = blocks('services');
const variables = [...file.matchAll(/\$\{([A-Z_]+)(:[?-])?([^}]*)\}/g)].map(([, name = '', mark = '']) => ({ name, mark }));
const mandatory = [...new Set(variables.filter(({ mark }) => mark === ':?').map(({ name }) => name))];

test('the services of the production shape', () => {
  const expected = [
    'postgres',
    'temporal-schema',
    'temporal',
    'temporal-namespace',
    'ui',
    'migrate',
    'api',
    'worker',
    'clamav',
    'mailpit',
  ];
  expect([...services.keys()]).toEqual(expected);
});

describe.each([...services])('%s', (name, block) => {
  test('has a health check, or ends at once; and starts again when it fails', () => {
    const restart = /^ {2,4}restart: (.+)$/m.exec(whole(block))?.[1];
    expect(restart).toBe(block.includes('healthcheck:') ? 'unless-stopped' : 'on-failure');
  });

  test('is published on loopback only, if at all', () => {
    const ports = [...block.matchAll(/^ {4}ports: (.+)$/gm)].map(([, value]) => value ?? '');
    expect(ports).toHaveLength(name === 'api' ? 1 : 0);
    for (const port of ports) expect(port).toMatch(/^\[('127\.0\.0\.1:\$\{[A-Z_]+:-\d+\}:\d+'(, )?)+\]$/);
    expect(block).not.toContain('network_mode');
  });

  test('is of one version, not of whatever is newest', () => {
    expect(/^ {2,4}image: (.+)$/m.exec(whole(block))?.[1]).toMatch(/^(cap-casework|[a-z/-]+:v?\d+\.\d+(\.\d+)?)$/);
  });

  test('waits for what it needs to be ready, not only started', () => {
    for (const [line] of block.matchAll(/^ {6}[a-z-]+: \{ condition:.*$/gm)) {
      expect(line).toMatch(/service_(healthy|completed_successfully)/);
    }
  });
});

test('the Web UI is reached through the API alone, which asks who is signed in', () => {
  const [ui = '', api = ''] = [services.get('ui'), services.get('api')];
  expect(ui).toMatch(/^ {4}networks: \[data\]$/m);
  expect(ui).not.toContain('ports:');
  expect(ui).not.toContain('TEMPORAL_AUTH');
  expect(/TEMPORAL_UI_PORT: (\d+)/.exec(ui)?.[1]).toBe(/TEMPORAL_UI_UPSTREAM: http:\/\/ui:(\d+)/.exec(api)?.[1]);
  expect(ui).toMatch(/TEMPORAL_CODEC_ENDPOINT: \$\{TEMPORAL_UI_URL:\?[^}]*\}\/codec/);
  expect(file).toMatch(/^ {2}data: \{ internal: true \}$/m);
});

describe('secrets', () => {
  const isSecret = (name: string) => /PASSWORD|PWD|SECRET|KEYS?$/.test(name);

  test('none has a default', () => {
    const secrets = variables.filter(({ name }) => isSecret(name));
    expect(new Set(secrets.map(({ name }) => name)).size).toBe(9);
    expect(secrets.filter(({ mark }) => mark !== ':?')).toEqual([]);
  });

  test('none stands in the file', () => {
    const literal = [...file.matchAll(/^ +([A-Z_]+): (?!\$\{)(.+)$/gm)].filter(([, name = '']) => isSecret(name));
    expect(literal).toEqual([]);
    expect(file).not.toMatch(/:\/\/[^\s:/]+:(?!\$\{)[^\s@/]+@/);
  });

  test('the example names every variable and gives no value', () => {
    const named = [...example.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name = '', value = '']) => ({ name, value }));
    expect(named.map(({ name }) => name).sort()).toEqual([...new Set(variables.map(({ name }) => name))].sort());
    expect(named.filter(({ value }) => value !== '')).toEqual([]);
    expect(mandatory).toHaveLength(14);
  });
});

test('the namespace gets the search attributes that cases show', () => {
  const made = Object.fromEntries(
    [...read('deploy/temporal-namespace.sh').matchAll(/\b(Cap\w+)=(\w+)/g)].map(([, k = '', v]) => [k, v]),
  );
  expect(made).toEqual(searchAttributeTypes);
});
