// docs/first-case.md as somebody who pastes it into a terminal, against the real service.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../config';
import { startSystem, type System } from '../support/system';

jest.setTimeout(120_000);

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());

/** @returns what the blocks of the page print, the last of them alone as JSON */
async function paste(): Promise<{ reference: string; stage: { code: string }; step: number; can: { href: string }[] }> {
  const page = await readFile(join(projectRoot, 'docs', 'first-case.md'), 'utf8');
  const blocks = [...page.matchAll(/^```bash\n(.*?)^```$/gms)].map(([, block = '']) => block);
  expect(blocks).toHaveLength(6);
  const quietly = blocks.slice(0, -1).map((block) => `{ ${block} } >&2`);
  const script = ['set -euo pipefail', ...quietly, blocks.at(-1)].join('\n');
  const env = {
    ...process.env,
    API: `http://127.0.0.1:${String(system.apiPort)}/api/v1`,
    SCHOOL: await system.tokenOf('school.alder'),
    CAP: await system.tokenOf('cap.team'),
  };
  const { stdout } = await promisify(execFile)('bash', ['-c', script], { env });
  return JSON.parse(stdout) as Awaited<ReturnType<typeof paste>>;
}

test('five calls lead to a case that waits for its interview, and the same calls again do nothing twice', async () => {
  const first = await paste();
  expect([first.stage.code, first.step]).toEqual(['interview', 2]);
  expect(first.can.map(({ href }) => href)).toContain(`/api/v1/cases/${first.reference}/book-interview`);
  const again = await paste();
  expect([again.reference, again.step]).toEqual([first.reference, 2]);
});
