// The official download of Temporal's command-line and test servers, asked for in the way the SDK asks.
import { createWriteStream, readFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { PlainError, messageOf } from './plainError';
import { runProgram } from './process';

const sdkVersion = (JSON.parse(readFileSync(require.resolve('@temporalio/common/package.json'), 'utf8')) as { version: string })
  .version;

/**
 * Fetches one program into the folder `work` and moves it to `target`; version `default` is the one that the SDK recommends.
 * Throws PlainError that says why not; gives up within seconds when nobody answers.
 */
export async function downloadProgram(
  artifact: 'cli' | 'temporal-test-server',
  version: string,
  target: string,
  work: string,
  signal?: AbortSignal,
): Promise<void> {
  const platform = { linux: 'linux', darwin: 'darwin' }[process.platform as string];
  const arch = { x64: 'amd64', arm64: 'arm64' }[process.arch as string];
  if (!platform || !arch) throw new PlainError(`there is none for ${process.platform} on ${process.arch}`);
  const within = (ms: number) => AbortSignal.any([AbortSignal.timeout(ms), ...(signal ? [signal] : [])]);
  try {
    const query = new URLSearchParams({
      arch,
      platform,
      format: 'tar.gz',
      'sdk-name': 'sdk-typescript',
      'sdk-version': sdkVersion,
    });
    const answer = await fetch(`https://temporal.download/${artifact}/${version}?${query.toString()}`, { signal: within(5_000) });
    if (!answer.ok) throw new PlainError(`the server answered ${answer.status}`);
    const info = (await answer.json()) as { archiveUrl?: string; fileToExtract?: string };
    if (!info.archiveUrl?.startsWith('https://') || !info.fileToExtract)
      throw new PlainError('the server answered something else');
    const archive = await fetch(info.archiveUrl, { signal: within(180_000) });
    if (!archive.ok || !archive.body) throw new PlainError(`the archive's server answered ${archive.status}`);
    const file = join(work, 'archive.tar.gz');
    await pipeline(Readable.fromWeb(archive.body), createWriteStream(file));
    const args = ['-xzf', file, '-C', work, '--', info.fileToExtract];
    const unpacked = await runProgram({
      name: 'tar',
      command: 'tar',
      args,
      env: { PATH: '/usr/bin:/bin' },
      ...(signal && { signal }),
    });
    if (unpacked.code !== 0) throw new PlainError(`the archive could not be unpacked: ${unpacked.output}`);
    await rename(join(work, info.fileToExtract), target);
  } catch (error) {
    signal?.throwIfAborted();
    throw new PlainError(reasonOf(error));
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'no answer in time';
  const cause = error instanceof Error ? (error.cause as { code?: string } | undefined) : undefined;
  return cause?.code ?? messageOf(error);
}
