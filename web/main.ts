// The process of pages and doors: up at once, whatever else is away; stops in order.
import pino from 'pino';
import { apiConfig } from '../config';
import { openFiles } from '../files/open';
import { openNights } from '../files/openNights';
import { openDatabase } from '../records/database';
import { noteAccess } from '../records/accessLog';
import { personSignedIn } from '../records/people';
import { connectTemporal } from '../temporal/client';
import { payloadCodec } from '../temporal/codec';
import { engine } from '../temporal/engine';
import { accessLog } from '../api/accessLog';
import { changes } from '../usecases/changes';
import { createApp, drawSignIn } from './app';
import { sessions } from './session/sessions';
import { ticketOffice, ticketPath, webUiApp } from './webUi/webUiApp';
import type { Services } from '../api/services';
import { remembering } from '../api/people';
import { closeServer, httpServer, listen } from '../api/server';
import { tokenChecker } from '../api/tokens';

/** Milliseconds that a command may take before its caller is told to try again. */
const enginePatience = 10_000;
/** Milliseconds that requests under way are given when the process is asked to stop. */
const stopPatience = 15_000;

async function main(): Promise<void> {
  const config = apiConfig();
  const log = pino({ name: 'api', level: config.logLevel });
  const { address, namespace, taskQueue, tls, apiKey } = config.temporal;
  const temporal = connectTemporal({ address, namespace, keys: config.payloadKeys, tls, apiKey });
  const database = openDatabase(config.databaseUrl);
  const access = accessLog((line) => noteAccess(database, line), log);
  const services: Services = {
    database,
    engine: engine(temporal.client, { taskQueue, patience: enginePatience, publicUrl: config.publicUrl }),
    tokens: tokenChecker(config.tokens),
    people: remembering((signIn) => personSignedIn(database, signIn)),
    accessLog: access,
    codec: {
      codec: payloadCodec(config.payloadKeys),
      uiOrigin: config.codecUiOrigin,
      signedInOrigin: new URL(config.temporal.uiUrl).origin,
    },
    files: openFiles(config.files),
    nights: openNights(config.nights),
    webUi: { url: config.temporal.uiUrl, namespace },
    now: () => new Date().toISOString(),
    log,
  };
  const pages = sessions({
    services,
    publicUrl: config.publicUrl,
    issuers: config.signIn.issuers,
    keys: config.payloadKeys.map(({ key }) => key),
    limits: config.signIn.limits,
    draw: drawSignIn,
  });
  const looking = changes(services);
  /** The Web UI at its own origin; whoever comes there without a session is sent to our pages for a ticket. */
  const webUiServer = (upstream: string) => {
    const {
      publicUrl,
      temporal: { uiUrl: url },
    } = config;
    const { handOver, router } = pages;
    router.get(ticketPath, ticketOffice({ services, handOver, url }, drawSignIn));
    return httpServer(webUiApp({ services, handOver, publicUrl, url, upstream }));
  };
  const app = createApp(services, pages, looking);
  app.set('trust proxy', config.proxies);
  const server = httpServer(app);
  await listen(server, config.host, config.port);
  const webUi = config.webUi && webUiServer(config.webUi.upstream);
  if (config.webUi && webUi) await listen(webUi, config.host, config.webUi.port);
  log.info(`The API listens on ${config.host}:${config.port}`);
  process.send?.('ready');

  const stop = async () => {
    looking.end();
    await Promise.all([closeServer(server, stopPatience), webUi && closeServer(webUi, stopPatience)]);
    await access.settled();
    await database.close();
    // Not by closing what Temporal's client holds: a call that it tries again after that would end the process with a stack.
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
