// The bare worker process, with the settings of the application's own.
import { NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { bareActivities } from './bareActivities';
import { quiet } from './quiet';

/** From the benchmark, in its order: where Temporal is, the task queue, the bundle. */
const [address = '', taskQueue = '', codePath = ''] = process.argv.slice(2);

async function main(): Promise<void> {
  Runtime.install({ logger: quiet, shutdownSignals: [] });
  const connection = await NativeConnection.connect({ address });
  const worker = await Worker.create({
    connection,
    taskQueue,
    workflowBundle: { codePath },
    activities: bareActivities,
    stickyQueueScheduleToStartTimeout: '1s',
    maxCachedWorkflows: 1000,
    shutdownGraceTime: '5s',
  });
  process.once('SIGTERM', () => {
    worker.shutdown();
  });
  console.log('The bare worker is ready');
  await worker.run();
  await connection.close();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
