// A Temporal worker for CAP: every workflow and activity, with the settings that a case's quick answers depend on.
import { Worker, type NativeConnection, type WorkerOptions } from '@temporalio/worker';
import { createActivities, type ActivityDeps } from '../activities';
import { dataConverter } from '../temporal/dataConverter';
import type { PayloadKeys } from '../temporal/codec';
import { builtBundle } from './bundle';
import { memoryLimits, warmCases } from './warmCases';

export interface WorkerSettings {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly keys: PayloadKeys;
  readonly deps: ActivityDeps;
  /** How many cases are kept in memory; by default what fits. */
  readonly cachedCases?: number;
  /** For tests: activities in the place of ours. */
  readonly activities?: object;
}

/** @returns a worker that is not running yet */
export function createWorker({ connection, namespace, taskQueue, keys, deps, ...settings }: WorkerSettings): Promise<Worker> {
  const options: WorkerOptions = {
    connection,
    namespace,
    taskQueue,
    workflowBundle: builtBundle(),
    activities: settings.activities ?? createActivities(deps),
    dataConverter: dataConverter(keys),
    // A worker that dies keeps its cases for this long; the default is ten seconds of a chair's waiting.
    stickyQueueScheduleToStartTimeout: '1s',
    maxCachedWorkflows: settings.cachedCases ?? warmCases(memoryLimits()),
    shutdownGraceTime: '5s',
  };
  return Worker.create(options);
}
