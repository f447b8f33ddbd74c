// `npm start`: the whole service on this machine, for as long as this process runs.
import { devConfig } from '../config';
import { searches, searchLink } from '../temporal/searches';
import { listPeople } from './people';
import { messageOf } from './plainError';
import { killAllPrograms } from './process';
import { startStack, type Stack } from './stack';

const say = (line = ''): void => void process.stdout.write(`${line}\n`);
const asked = new AbortController();

function listenForStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (asked.signal.aborted) {
          if (signal === 'SIGHUP') return;
          setTimeout(() => process.exit(130), 2_000);
          void killAllPrograms().then(() => {
            say('Stopped at once.');
            process.exit(130);
          });
          return;
        }
        say();
        say('Stopping; Ctrl-C again stops at once.');
        asked.abort();
        resolve();
      });
    }
  });
}

const noClamd =
  'stay in quarantine, and nobody can read them: no clamd was found running (Debian: clamav-daemon; or say where it is by CLAMD_ADDRESS)';

function welcome({ environment }: Stack, seconds: string): void {
  const { apiUrl, temporalUiUrl, temporalNamespace, mailboxUrl, clamd } = environment;
  say();
  say(`CAP Casework is ready (${seconds} s).`);
  say();
  say(`  Service          ${apiUrl}/  (pick a person to be)`);
  say(`  API              ${apiUrl}/api/v1`);
  say(`  API docs         ${apiUrl}/api/v1/docs`);
  say(`  Temporal Web UI  ${temporalUiUrl}`);
  for (const [title, query] of searches(new Date().toISOString())) {
    say(`    ${title.padEnd(14)} ${searchLink(temporalUiUrl, temporalNamespace, query)}`);
  }
  say(`  Mailbox          ${mailboxUrl}`);
  say(`  Files            ${clamd === null ? noClamd : `looked at by clamd at ${clamd}`}`);
  say();
  say('Who can sign in (all fictitious); `npm run --silent token -- <person>` prints a bearer token:');
  say();
  for (const line of listPeople()) say(line);
  say();
  say('Try next, in another terminal:  npm run demo');
  say('Ctrl-C stops everything; the next start finds what is here now.');
}

async function main(): Promise<void> {
  const began = Date.now();
  const config = devConfig();
  const stopAsked = listenForStop();
  process.stdout.on('error', () => undefined); // the terminal may go before we do
  try {
    const stack = await startStack(config, say, asked.signal);
    welcome(stack, ((Date.now() - began) / 1000).toFixed(1));
    try {
      await Promise.race([stopAsked, stack.failed]);
    } finally {
      await stack.stop();
    }
    say('Stopped.');
  } catch (error) {
    if (asked.signal.aborted) return say('Stopped.');
    process.stderr.write(`${messageOf(error)}\n`);
    process.exitCode = 1;
  }
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exit(1);
  },
);
