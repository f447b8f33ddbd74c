// Tests that tell cases on the real engine with time skipped. The test server loses a task now and then: it does so where a timer is cancelled that
// fires while the task runs (github.com/temporalio/sdk-java, issue 3088). Its run never gets another, and no time passes any more. What happened to
// CAP's case cannot be judged then: the test is told once more on a server of its own, and says so. Any other failure stands at the first time.
import { startService, type Service } from './service';

interface Tests {
  /** What is told of uses this service from now on. */
  readonly use: (service: Service) => unknown;
  /** What each test finds. */
  readonly before?: () => Promise<void>;
}

/** Milliseconds; a test that is told twice has both. */
const patience = 90_000;

/** @returns `it` for the tests of a file, which share one service. */
export function engineTests({ use, before }: Tests): (name: string, tells: () => Promise<void>) => void {
  let service: Service;
  const begin = async () => {
    service = await startService({ engine: 'time-skipping' });
    await use(service);
  };
  beforeAll(begin);
  afterAll(() => service.stop());

  const once = async (tells: () => Promise<void>) => {
    await before?.();
    await tells();
  };
  return (name, tells) => {
    it(
      name,
      async () => {
        try {
          await within(patience, once(tells));
        } catch (error) {
          const lost = await service.lostTasks();
          if (lost.length === 0) throw error;
          process.stderr.write(`The test server lost a task of ${lost.join(', ')}: "${name}" is told once more.\n`);
          await service.stop();
          await begin();
          await within(patience, once(tells));
        }
      },
      3 * patience,
    );
  };
}

async function within(milliseconds: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`It did not end in ${String(milliseconds / 1000)} seconds`)), milliseconds);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
