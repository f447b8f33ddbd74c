// Finds the SDK's test server, in which months pass in seconds: kept from before, the official download, or Maven Central.
import { rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cacheDir, childEnvironment, projectRoot } from '../config';
import { downloadProgram } from './download';
import { isProgram, makeOnce } from './keep';
import { PlainError, messageOf, type Log } from './plainError';
import { runProgram } from './process';

/** Pinned together with dev/temporal-test-server/pom.xml. */
const version = '1.38.0';

/**
 * The path of a test server, for `TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path } } })`.
 * Throws PlainError that says what to install when there is no way; never returns without one.
 */
export async function findTimeSkippingServer(log: Log, signal?: AbortSignal): Promise<string> {
  const kept = join(cacheDir(), `temporal-test-server-${version}`, 'temporal-test-server');
  if (await isProgram(kept)) return kept;
  const make = async (work: string) => {
    log('Time-skipping test server: fetching it from temporal.download.');
    try {
      await downloadProgram('temporal-test-server', 'default', kept, work, signal);
    } catch (error) {
      signal?.throwIfAborted();
      log(`Time-skipping test server: no download (${messageOf(error)}).`);
      await makeFromMaven(kept, work, log, signal);
    }
  };
  await makeOnce(kept, 'Time-skipping test server', make, log, signal);
  return kept;
}

async function makeFromMaven(target: string, work: string, log: Log, signal: AbortSignal | undefined): Promise<void> {
  const tool = (command: string, ...args: string[]) =>
    runProgram({
      name: command,
      command,
      args,
      env: childEnvironment({}),
      wholeGroup: true,
      graceSeconds: 2,
      ...(signal && { signal }),
    });
  const present = await Promise.all([tool('java', '-version'), tool('mvn', '--version')]);
  if (present.some(({ code }) => code !== 0)) {
    throw new PlainError(
      'The time-skipping test server cannot be downloaded from temporal.download, and fetching it from Maven Central needs Java 11 or newer and Maven: ' +
        'install both (on Debian `apt-get install default-jre-headless maven`) or run the tests where temporal.download can be reached.',
    );
  }
  log('Time-skipping test server: fetching it from Maven Central, once for this machine (38 MB, half a minute).');
  const jars = join(work, 'lib');
  const pom = join(projectRoot, 'dev', 'temporal-test-server', 'pom.xml');
  const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${jars}`];
  const copied = await tool('mvn', '-B', '-q', '-f', pom, ...goal);
  if (copied.code !== 0) {
    const said = copied.output.split('\n').find((line) => line.includes('ERROR')) ?? 'Maven gave no reason';
    throw new PlainError(`The time-skipping test server could not be fetched from Maven Central: ${said}`);
  }
  const kept = join(dirname(target), 'lib');
  await rm(kept, { recursive: true, force: true });
  await rename(jars, kept);
  // The SDK waits 5 seconds for the server: these two options have it up in less than 2.
  const options = '-XX:+UseSerialGC -XX:TieredStopAtLevel=1';
  const script = `#!/bin/sh\nexec java ${options} -cp "$(dirname "$0")/lib/*" io.temporal.testserver.TestServer "$@"\n`;
  await writeFile(join(work, 'script'), script, { mode: 0o755 });
  await rename(join(work, 'script'), target);
}
