// One start per data folder, and what a start that was killed leaves behind.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { known } from '../../dev/processes';
import { claim } from '../../dev/running';
import { scratchFolder } from './scratch';

const scratch = scratchFolder();
const folder = (name: string): string => {
  const path = join(scratch, name);
  mkdirSync(path);
  return path;
};
const silent = () => undefined;

test('a second start beside the first is one sentence with the addresses of the first', async () => {
  const dataDir = folder('second');
  const first = await claim(dataDir, ['API http://localhost:3000', 'mailbox http://localhost:8025'], silent);
  const second = claim(dataDir, ['API http://localhost:3000'], silent);
  await expect(second).rejects.toThrow(
    /^The service already runs on the data in .*second \(API http:\/\/localhost:3000, mailbox http:\/\/localhost:8025\): use that one, stop it with Ctrl-C/,
  );
  await first.release();
  await (await claim(dataDir, [], silent)).release();
  expect(existsSync(join(dataDir, 'start.lock'))).toBe(false);
});

test('a start that was killed does not bar the next, which ends what the first left', async () => {
  const dataDir = folder('killed');
  const dead = spawnSync(process.execPath, ['-e', '']).pid;
  const left = spawn('/bin/sh', ['-c', 'sleep 1'], { detached: true, stdio: 'ignore' });
  const gone = new Promise((resolve) => left.once('exit', resolve));
  const about = { addresses: [], programs: [known(left.pid ?? 0)] };
  writeFileSync(join(dataDir, 'start.lock'), JSON.stringify({ holder: { pid: dead, birth: '1' }, about }));
  const said: string[] = [];
  const running = await claim(dataDir, [], (line) => said.push(line));
  await gone;
  expect(said).toEqual(['An earlier start was killed; waiting until what it left has stopped.']);
  await running.release();
});

test('a process that merely has the number of the one that was killed is left alone', async () => {
  const dataDir = folder('number');
  const about = { addresses: [], programs: [{ pid: process.pid, birth: 'another time' }] };
  writeFileSync(join(dataDir, 'start.lock'), JSON.stringify({ holder: { pid: process.ppid, birth: 'another time' }, about }));
  const said: string[] = [];
  await (await claim(dataDir, [], (line) => said.push(line))).release();
  expect(said).toEqual([]);
});
