// Programs of the stack are on a leash: they stop when asked, and also when the process that started them is killed.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformFileSync } from '@swc/core';
import { projectRoot } from '../../config';
import { runProgram, startProgram } from '../../dev/process';
import { birthOf } from '../../dev/processes';
import { scratchFolder } from './scratch';

const scratch = scratchFolder();

const env = { PATH: '/usr/bin:/bin' };
const program = (script: string, more: object = {}) =>
  startProgram({ name: 'a program', command: '/bin/sh', args: ['-c', script], env, onLine: () => undefined, ...more });

test('a program is asked to stop and may do so in its own way', async () => {
  const lines: string[] = [];
  const said = new Promise<void>((resolve) => {
    void program(`trap 'echo bye; exit 3' TERM; echo up; while :; do sleep 0.05; done`, {
      onLine: (line: string) => {
        lines.push(line);
        resolve();
      },
    }).then(async (started) => {
      await said;
      await started.stop();
      expect(await started.ended).toEqual({ code: 3, signal: null });
    });
  });
  await said;
  for (const until = Date.now() + 5_000; lines.length < 2 && Date.now() < until;)
    await new Promise((resolve) => setTimeout(resolve, 20));
  expect(lines).toEqual(['up', 'bye']);
});

test('one that does not stop is killed when its grace is over', async () => {
  const stubborn = await program(`trap '' TERM; while :; do sleep 0.05; done`, { graceSeconds: 0.3 });
  await new Promise((resolve) => setTimeout(resolve, 200));
  await stubborn.stop();
  expect((await stubborn.ended).signal).toBe('SIGKILL');
});

test('a program ends when its starter is killed with -9', async () => {
  for (const file of ['process', 'plainError']) {
    writeFileSync(join(scratch, `${file}.js`), transformFileSync(join(projectRoot, 'dev', `${file}.ts`)).code);
  }
  const script = `require('${scratch}/process.js').startProgram({
    name: 'sleep', command: 'sleep', args: ['600'], env: process.env, onLine: () => undefined,
  }).then(({ pid }) => console.log(pid));`;
  const starter = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const pid = Number(await new Promise((resolve) => starter.stdout.once('data', resolve)));
  expect(birthOf(pid)).not.toBeNull();
  starter.kill('SIGKILL');
  for (const until = Date.now() + 5_000; birthOf(pid) !== null && Date.now() < until;)
    await new Promise((resolve) => setTimeout(resolve, 20));
  expect(birthOf(pid)).toBeNull();
});

test('a command that is not there is known by its status', async () => {
  expect((await runProgram({ name: 'nothing', command: 'no-such-command-here', args: [], env })).code).toBe(127);
});
