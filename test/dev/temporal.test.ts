// The dev server of Temporal: yesterday's data keeps 90 days of history and gains the attributes of a new release.
import { Connection } from '@temporalio/client';
import { join } from 'node:path';
import { freePort } from '../../dev/ports';
import { startTemporalServer } from '../../dev/temporal';
import { scratchFolder } from './scratch';

const dataFile = join(scratchFolder(), 'temporal.db');

async function start(searchAttributes: Record<string, string>) {
  const port = await freePort();
  return startTemporalServer({ dataFile, port, uiPort: null, searchAttributes, retentionDays: 90, log: () => undefined });
}

async function look(address: string) {
  const connection = await Connection.connect({ address });
  const { config } = await connection.workflowService.describeNamespace({ namespace: 'default' });
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace: 'default' });
  await connection.close();
  return { days: Number(config?.workflowExecutionRetentionTtl?.seconds) / 86_400, names: Object.keys(customAttributes) };
}

// The first run on a machine may have to build the server.
test('it keeps histories for 90 days, and a later start adds attributes to data that is there', async () => {
  const first = await start({ CapStage: 'Keyword' });
  expect((await look(first.address)).days).toBe(90);
  await first.stop();
  const second = await start({ CapStage: 'Keyword', CapDue: 'Datetime' });
  const seen = await look(second.address);
  await second.stop();
  expect(seen.days).toBe(90);
  expect(seen.names).toEqual(expect.arrayContaining(['CapStage', 'CapDue']));
}, 900_000);
