// Before any test: finds or builds the servers, so that a first build of minutes runs into no test's time-out, and starts Postgres.
import { findTemporalCli } from '../../dev/temporalCli';
import { findTimeSkippingServer } from '../../dev/timeSkippingServer';
import { startTestServer } from './postgres';

export default async function globalSetup(): Promise<void> {
  const log = (line: string) => process.stderr.write(`${line}\n`);
  await findTemporalCli(log);
  await findTimeSkippingServer(log);
  Object.assign(globalThis, { stopTestServer: await startTestServer() });
}
