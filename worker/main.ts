// The worker process: hosts workflows and activities, keeps the sweep's schedule, stops in order.
import { NativeConnection, Runtime } from '@temporalio/worker';
import pino from 'pino';
import { smtpMailer } from '../activities/mailer';
import { workerConfig } from '../config';
import { openFiles } from '../files/open';
import { openNightsToSign } from '../files/openNights';
import { openDatabase } from '../records/database';
import { connectTemporal } from '../temporal/client';
import { engine } from '../temporal/engine';
import { keepSchedules } from './schedule';
import { memoryLimits, warmCases } from './warmCases';
import { createWorker } from './worker';

const enginePatience = 10_000;
const retryAfter = 1_000;

async function main(): Promise<void> {
  const config = workerConfig();
  const log = pino({ name: 'worker', level: config.logLevel });
  Runtime.install({
    logger: {
      log: (level, message) => {
        log.info({ level }, message);
      },
      trace: (message) => {
        log.trace(message);
      },
      debug: (message) => {
        log.debug(message);
      },
      info: (message) => {
        log.info(message);
      },
      // Only the message: the SDK's metadata names workflows.
      warn: (message) => {
        log.warn(message);
      },
      error: (message) => {
        log.error(message);
      },
    },
    shutdownSignals: [],
  });
  const { address, namespace, taskQueue, tls, apiKey } = config.temporal;
  const keys = config.payloadKeys;
  const temporal = connectTemporal({ address, namespace, keys, tls, apiKey });
  const database = openDatabase(config.databaseUrl);
  const mailer = smtpMailer(config.mail.smtpUrl, config.mail.from);
  const cachedCases = config.cachedCases ?? warmCases(memoryLimits());
  const connection = await connected(() => NativeConnection.connect({ address, tls, ...(apiKey ? { apiKey } : {}) }), log);
  const worker = await createWorker({
    connection,
    namespace,
    taskQueue,
    keys,
    cachedCases,
    deps: {
      database,
      mailer,
      files: openFiles(config.files),
      nights: openNightsToSign(config.nights, config.signingKey),
      engine: engine(temporal.client, { taskQueue, patience: enginePatience, publicUrl: config.publicUrl }),
      links: { publicUrl: config.publicUrl, domain: new URL(config.publicUrl).hostname },
    },
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      worker.shutdown();
    });
  }
  void keepSchedules(temporal.client, taskQueue).catch((error: unknown) => {
    log.warn({ error: String(error) }, 'A schedule could not be made; it is tried at the next start');
  });
  log.info({ cachedCases }, 'The worker is ready');
  process.send?.('ready');
  await worker.run();
  await Promise.allSettled([temporal.close(), connection.close(), database.close()]);
  mailer.close();
}

/** Waits for Temporal to be there: a worker may well be started first. */
async function connected<T>(connect: () => Promise<T>, log: pino.Logger): Promise<T> {
  for (;;) {
    try {
      return await connect();
    } catch (error) {
      log.warn({ error: error instanceof Error ? error.message : 'unknown' }, 'Temporal cannot be reached yet; trying again');
      await new Promise((resolve) => setTimeout(resolve, retryAfter));
    }
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`The worker stopped: ${error instanceof Error ? error.message : String(error)}\n`);
  // At once: open connections would keep a process that does no work, and nobody would start another.
  process.exit(1);
});
