// What the application is measured against: a workflow of the same shape whose steps do nothing.
import {
  allHandlersFinished,
  condition,
  continueAsNew,
  defineUpdate,
  proxyActivities,
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import { searchAttributes } from '../temporal/names';
import type { BareActivities } from './bareActivities';

const { nothing } = proxyLocalActivities<BareActivities>({ startToCloseTimeout: '15s' });
const { sendNothing } = proxyActivities<BareActivities>({ startToCloseTimeout: '1m' });

/** What the application's case does to Temporal. */
export interface BareShape {
  /** Step by step: 1 where e-mails go out, which one delivery takes; else 0. */
  readonly deliveries: readonly number[];
  /** After this step the case goes on in a new run. */
  readonly newRunAfter: number;
}

export interface BareInput {
  readonly shape: BareShape;
  readonly step: number;
}

const aDay = 86_400_000;

/** Takes as many updates as the shape has steps, each with a local activity, search attributes, a timer and its deliveries. */
export async function bare({ shape, step: from }: BareInput): Promise<void> {
  let step = from;
  let underway = 0;
  setHandler(defineUpdate<number, [{ readonly command: string; readonly step: number }]>('next'), async ({ command }) => {
    await nothing(command);
    step += 1;
    if (shape.deliveries[step - 1] === 1) deliver(command);
    return step;
  });

  function deliver(step: string): void {
    underway += 1;
    void sendNothing
      .executeWithOptions({ summary: 'E-mails: nothing to nobody' }, [step])
      .catch(() => undefined)
      .finally(() => (underway -= 1));
  }

  if (from > 0) await nothing('begin');
  else await condition(() => step > 0);
  while (step < shape.deliveries.length) {
    const seen = step;
    show(step);
    const owed = step >= shape.newRunAfter && from < shape.newRunAfter;
    const stirred = () => step > seen || (owed && underway === 0 && allHandlersFinished());
    await condition(stirred, aDay, { summary: 'nothing is due' });
    if (owed && step === seen) await continueAsNew<typeof bare>({ shape, step });
  }
  show(step);
  await condition(() => allHandlersFinished() && underway === 0);
}

function show(step: number): void {
  setCurrentDetails(`**Step ${String(step)}**\n\nNothing is waited for, and nobody`);
  upsertSearchAttributes([
    { key: searchAttributes.programme, value: 'bare' },
    { key: searchAttributes.stage, value: `step-${String(step)}` },
    { key: searchAttributes.panel, value: null },
    { key: searchAttributes.school, value: 'SCH-A' },
    { key: searchAttributes.waitingFor, value: 'nobody' },
    { key: searchAttributes.due, value: new Date(Date.now() + aDay) },
    { key: searchAttributes.step, value: step },
  ]);
}
