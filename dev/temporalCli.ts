// Finds the Temporal CLI, whose dev server is ours: on the PATH, kept from before, the official download, or built with Go.
import { rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cacheDir, childEnvironment, projectRoot } from '../config';
import { downloadProgram } from './download';
import { isProgram, makeOnce } from './keep';
import { PlainError, messageOf, type Log } from './plainError';
import { runProgram } from './process';

/** Pinned together with dev/temporal-cli/go.mod; Server 1.31.2, UI 2.50.1. */
const temporalCliVersion = '1.8.2';

/** The path of a Temporal CLI. Says on `log` which way it went. Throws PlainError that says what to install when there is no way. */
export async function findTemporalCli(log: Log, signal?: AbortSignal): Promise<string> {
  const onPath = await usable('temporal');
  if (onPath === 'yes') {
    log('Temporal: using the `temporal` on the PATH.');
    return 'temporal';
  }
  if (onPath === 'too old') log('Temporal: the `temporal` on the PATH is too old for us; looking further.');
  const kept = join(cacheDir(), `temporal-${temporalCliVersion}`, 'temporal');
  if (await isProgram(kept)) {
    log(`Temporal: using CLI ${temporalCliVersion} kept in ${dirname(kept)}.`);
    return kept;
  }
  const make = async (work: string) => {
    log(`Temporal: fetching CLI ${temporalCliVersion} from temporal.download (about 50 MB).`);
    try {
      await downloadProgram('cli', `v${temporalCliVersion}`, kept, work, signal);
      if ((await usable(kept)) === 'yes') return;
      await rm(kept, { force: true });
      log('Temporal: the download does not run on this machine.');
    } catch (error) {
      signal?.throwIfAborted();
      log(`Temporal: no download (${messageOf(error)}).`);
    }
    await build(kept, work, log, signal);
  };
  await makeOnce(kept, 'Temporal CLI', make, log, signal);
  return kept;
}

const ourFlags = [
  '--db-filename',
  '--search-attribute',
  '--ui-codec-endpoint',
  '--ui-disable-news-fetch',
  '--disable-config-env',
];

async function usable(command: string): Promise<'yes' | 'no' | 'too old'> {
  try {
    const args = ['server', 'start-dev', '--help'];
    const { code, output } = await runProgram({ name: command, command, args, env: childEnvironment({}) });
    if (code !== 0) return 'no';
    return ourFlags.every((flag) => output.includes(flag)) ? 'yes' : 'too old';
  } catch {
    return 'no';
  }
}

async function build(target: string, work: string, log: Log, signal: AbortSignal | undefined): Promise<void> {
  const go = await runProgram({ name: 'go', command: 'go', args: ['version'], env: childEnvironment({}) });
  if (go.code !== 0) {
    throw new PlainError(
      'The Temporal CLI is not on the PATH, cannot be downloaded and there is no Go to build it with: put `temporal` (https://docs.temporal.io/cli) ' +
        'on the PATH, install Go 1.26 or newer, or set TEMPORAL_ADDRESS to a Temporal service that runs.',
    );
  }
  log(
    `Temporal: building CLI ${temporalCliVersion} from its Go module, once for this machine. It is a large program: about 5 minutes on 2 cores.`,
  );
  const unfinished = join(work, 'temporal');
  const began = Date.now();
  let packages = 0;
  let last = '';
  const elapsed = () => {
    const seconds = Math.round((Date.now() - began) / 1000);
    return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  };
  const ticker = setInterval(() => log(`Temporal: building, ${elapsed()} so far, ${packages} packages done${last}.`), 10_000);
  try {
    const flags = `-s -w -X github.com/temporalio/cli/internal/temporalcli.Version=${temporalCliVersion}`;
    const built = await runProgram({
      name: 'go build',
      command: 'go',
      args: ['build', '-v', '-ldflags', flags, '-o', unfinished, 'github.com/temporalio/cli/cmd/temporal'],
      cwd: join(projectRoot, 'dev', 'temporal-cli'),
      env: childEnvironment({ GOTMPDIR: work }),
      wholeGroup: true,
      graceSeconds: 2,
      ...(signal && { signal }),
      onLine: (line) => {
        if (line.startsWith('go: downloading')) last = ', downloading sources';
        else {
          packages += 1;
          last = '';
        }
      },
    });
    if (built.code !== 0) {
      const said = built.output.split('\n').slice(-3).join(' ');
      throw new PlainError(
        `The Temporal CLI could not be built with Go: ${said}. Put \`temporal\` on the PATH or set TEMPORAL_ADDRESS instead.`,
      );
    }
    await rename(unfinished, target);
    log(`Temporal: built in ${elapsed()} and kept in ${dirname(target)}.`);
  } finally {
    clearInterval(ticker);
  }
}
