// `npm run demo -- --year` against the embedded service, started as `npm start` does it, with ports and a data folder of its own.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot, readDevConfig } from '../../config';
import { payloadKeysIn, temporalFileIn } from '../../dev/payloadKeys';
import { postgresIn, runningPostgresAt } from '../../dev/postgres';
import { startStack, type Stack } from '../../dev/stack';
import { addDays, londonDay } from '../../domain/calendar';
import type { CaseState } from '../../domain/state';
import { programmeCodes } from '../../domain/programmes';
import { openDatabase, type Database } from '../../records/database';
import { connectTemporal, type Temporal } from '../../temporal/client';
import { parseKeys } from '../../temporal/codec';
import { workflowIdOf } from '../../temporal/names';
import type { StoredMessage } from '../../dev/mailbox';
import { scratchFolder } from '../dev/scratch';
import { eventually, steadyPort } from '../support/system';

jest.setTimeout(180_000);

const applications = 21;
const scratch = scratchFolder();
let stack: Stack;
let settings: Record<string, string>;
let records: Database;
let temporal: Temporal;

beforeAll(async () => {
  const names = ['API', 'POSTGRES', 'TEMPORAL', 'TEMPORAL_UI', 'MAILBOX', 'SMTP', 'IDENTITY'];
  const ports = await Promise.all(names.map(async (name) => [`${name}_PORT`, String(await steadyPort())] as const));
  settings = { ...Object.fromEntries(ports), DATA_DIR: join(scratch, 'data') };
  const config = readDevConfig(settings);
  stack = await startStack(config, () => undefined, new AbortController().signal);
  const urlFor = await runningPostgresAt(postgresIn(config.dataDir), config.ports.postgres);
  records = openDatabase(urlFor('cap_worker'));
  temporal = connectTemporal({
    ...{ address: stack.environment.temporalAddress, namespace: 'default', tls: false },
    keys: parseKeys(await payloadKeysIn(config.dataDir, temporalFileIn(config.dataDir))),
  });
}, 180_000);
afterAll(async () => {
  await temporal.close();
  await records.close();
  await stack.stop();
}, 60_000);

/** Runs the demo in a process of its own. @returns how it ended, and all that it said */
async function demo(
  more: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: number | null; readonly said: string }> {
  const env = { PATH: process.env['PATH'] ?? '', TZ: 'UTC', ...settings, ...more };
  const run = spawn(process.execPath, [join(projectRoot, 'dist/dev/demo.js'), `--year=${String(applications)}`], { env });
  let said = '';
  for (const stream of [run.stdout, run.stderr]) stream.on('data', (some: Buffer) => (said += some.toString()));
  return new Promise((resolve) => run.once('close', (code) => resolve({ code, said })));
}

const ask = <Row>(sql: TemplateStringsArray, ...values: unknown[]) =>
  records.directly((connection) => connection.$queryRaw<Row[]>(sql, ...values));
const count = async () => (await ask<{ count: number }>`SELECT count(*)::int AS count FROM cases`)[0]?.count;

test('is told into the embedded service alone, and into one that runs', async () => {
  expect(await demo({ NODE_ENV: 'production' })).toMatchObject({ code: 1, said: expect.stringContaining('never in production') });
  const elsewhere = await demo({ DATA_DIR: join(scratch, 'nothing') });
  expect(elsewhere).toMatchObject({ code: 1, said: expect.stringContaining('start it with `npm start`') });
  expect(await count()).toBe(0);
});

test('tells a year that is over, with cases of every programme, registers and minutes; its e-mails are past', async () => {
  const { code, said } = await demo();
  expect([code, said]).toEqual([0, expect.stringContaining('/api/v1/worklist')]);
  expect(await count()).toBe(applications);
  const today = londonDay(new Date().toISOString());
  const [found] = await ask<
    Record<'first' | 'last' | 'programmes' | 'schools' | 'closed' | 'marks' | 'signed' | 'due', number | string>
  >`
    SELECT min(submitted)::date::text AS first, max(updated)::date::text AS last, count(DISTINCT programme)::int AS programmes,
      count(DISTINCT school)::int AS schools, (count(*) FILTER (WHERE closed))::int AS closed,
      (SELECT count(*)::int FROM attendance_marks WHERE mark = 'absent') AS marks,
      (SELECT count(*)::int FROM meeting_states WHERE state->>'stage' = 'signed') AS signed,
      (SELECT count(*)::int FROM emails WHERE reference LIKE 'CAP-%' AND status <> 'sent') AS due FROM cases`;
  expect(found).toMatchObject({ programmes: programmeCodes.length, due: 0 });
  expect((found?.first ?? '') < addDays(today, -300)).toBe(true);
  expect((found?.last ?? '') <= today).toBe(true);
  for (const some of ['schools', 'closed', 'marks', 'signed'] as const) expect(found?.[some]).toBeGreaterThan(1);
  const messages = (await (await fetch(`${stack.environment.mailboxUrl}/api/messages`)).json()) as StoredMessage[];
  expect(messages.filter(({ subject }) => subject.startsWith('CAP-'))).toEqual([]);
});

test('the workflow of each open case stands where its record does, and what is closed has none', async () => {
  const cases = await ask<{ reference: string; state: CaseState; closed: boolean }>`SELECT reference, state, closed FROM cases`;
  expect(cases.some(({ closed }) => closed) && cases.some(({ closed }) => !closed)).toBe(true);
  for (const { reference, state, closed } of cases) {
    const handle = temporal.client.workflow.getHandle(workflowIdOf(reference));
    if (closed) await expect(handle.describe()).rejects.toThrow(/not found/i);
    else {
      await eventually(async () => {
        expect(await handle.query('standing')).toMatchObject({ state });
        expect((await handle.describe()).status.name).toBe('RUNNING');
      });
    }
  }
  for (const schedule of ['sweep', 'morning']) {
    expect((await temporal.client.schedule.getHandle(schedule).describe()).state.paused).toBe(false);
  }
});

test('a second time adds none, and says so', async () => {
  const { code, said } = await demo();
  expect([code, said]).toEqual([0, expect.stringContaining('A year is there already')]);
  expect(await count()).toBe(applications);
});
