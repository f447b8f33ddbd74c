// The floor that the application is measured against: a workflow of the same shape whose steps do nothing.
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

/** What one step of the application does to Temporal, by the step's number: how many e-mails go out. */
export interface BareShape {
  readonly deliveries: readonly number[];
  /** After this step the case goes on in a new run. */
  readonly newRunAfter: number;
}

export interface BareInput {
  readonly shape: BareShape;
  readonly step: number;
}

export const next = defineUpdate<number, [string]>('next');

/** Takes as many updates as the shape has steps, each with a local activity, search attributes, a timer and its deliveries. */
export async function bare({ shape, step: from }: BareInput): Promise<void> {
  let step = from;
  let underway = 0;
  setHandler(next, async (command) => {
    await nothing(command);
    step += 1;
    for (let sent = 0; sent < (shape.deliveries[step - 1] ?? 0); sent++) {
      underway += 1;
      void sendNothing
        .executeWithOptions({ summary: 'E-mail: nothing to nobody' }, [command])
        .catch(() => undefined)
        .finally(() => (underway -= 1));
    }
    return step;
  });
  if (from > 0) await nothing('begin');
  else await condition(() => step > 0);
  while (step < shape.deliveries.length) {
    const seen = step;
    setCurrentDetails(`**Step ${String(step)}**`);
    upsertSearchAttributes([
      { key: searchAttributes.programme, value: 'bare' },
      { key: searchAttributes.stage, value: `step-${String(step)}` },
      { key: searchAttributes.panel, value: null },
      { key: searchAttributes.school, value: 'SCH-A' },
      { key: searchAttributes.waitingFor, value: 'nobody' },
      { key: searchAttributes.due, value: new Date(Date.now() + 86_400_000) },
      { key: searchAttributes.step, value: step },
    ]);
    const owed = step >= shape.newRunAfter && from < shape.newRunAfter;
    await condition(() => step > seen || (owed && underway === 0 && allHandlersFinished()), 86_400_000, { summary: 'nothing is due' });
    if (owed && step === seen) await continueAsNew<typeof bare>({ shape, step });
  }
  setCurrentDetails('**Over**');
  upsertSearchAttributes([{ key: searchAttributes.step, value: step }]);
  await condition(() => allHandlersFinished() && underway === 0);
}
