// A new release goes on with the cases of the release before: kept histories replay, and a change that would break them is caught.
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger, Worker } from '@temporalio/worker';
import { dataConverter, failureConverterPath } from '../../temporal/dataConverter';
import { builtBundle } from '../../worker/bundle';
import { keptHistories } from '../support/histories';
import { quietRuntime, testKeys } from '../support/service';

quietRuntime();

const branches = [
  'flourish-whole',
  'flourish-refused',
  'flourish-deferred',
  'flourish-declined',
  'flourish-declined-after-all',
  'tier-1-started-anew',
  'flourish-checked-again',
  'flourish-taken-back',
  'flourish-returned',
  'flourish-withdrawn-at-pack-check',
  'flourish-withdrawn-at-panel',
  'flourish-withdrawn-at-interview',
  'flourish-withdrawn-at-start-date',
  'flourish-clock',
  'flourish-signal',
  'flourish-junk',
  'flourish-reconsidered',
  'flourish-undelivered',
  'refocus-to-review',
  'refocus-onboarding-refused',
  'refocus-due-at-once',
  'refocus-reminded-at-once',
  'tier-1-whole',
  'tier-1-waiting-line',
  'tier-1-extended',
  'tier-1-days-not-changed',
  'tier-1-withdrawal-reminded',
  'tier-1-withdrawn-from-placement',
  'tier-1-started-again',
  'tier-1-started-without-mail',
  'insight-whole',
  'year-11-withdrawn',
  'supported-transfer-whole',
  'supported-transfer-postponed',
  'tier-4-to-placement',
  'submission-refused',
  'meeting-signed',
  'meeting-cancelled',
  'meeting-passed',
  'morning-told',
];

/** Replays every kept history. @returns what each failed with, by the name of its file */
async function replay(workflowBundle: { codePath: string } | { code: string }): Promise<Map<string, Error | undefined>> {
  const options = { workflowBundle, dataConverter: dataConverter(testKeys) };
  const kept = keptHistories();
  const found = new Map<string, Error | undefined>();
  for await (const { runId, error } of Worker.runReplayHistories(options, kept as never)) {
    found.set(kept.find((each) => each.runId === runId)?.name ?? runId, error);
  }
  return found;
}

it('keeps a history of every branch', () => {
  const kept = keptHistories().map(({ name }) => name);
  for (const branch of branches) expect(kept).toContain(`${branch}.run-1.json`);
  expect(kept).toContain('flourish-whole.run-2.json');
});

it('replays them all with the workflows of today', async () => {
  const found = await replay(builtBundle());
  expect([...found].filter(([, error]) => error !== undefined)).toEqual([]);
  expect([...found.keys()].sort()).toEqual(keptHistories().map(({ name }) => name));
});

it('catches an edit that running cases would not survive: a wait before the first command', async () => {
  const broken = await bundleWorkflowCode({
    workflowsPath: join(__dirname, '..', 'support', 'brokenWorkflows.ts'),
    failureConverterPath,
    logger: new DefaultLogger('ERROR', () => undefined),
  });
  const found = await replay(broken);
  expect([...found.values()].some((error) => error?.name === 'DeterminismViolationError')).toBe(true);
});
