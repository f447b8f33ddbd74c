// History events of the application's case, and of one of each other programme, beside the floor: the fewest that its decisions, timers, deliveries
// and runs can do with.
import { toldProgrammes } from '../dev/pathways';
import type { Log } from '../dev/plainError';
import type { PersonCommandKind } from '../domain/commands';
import type { ProgrammeCode } from '../domain/words';
import { openDatabase } from '../records/database';
import { openBare } from './bareCase';
import type { BareShape } from './bareWorkflow';
import { atMost, type Figure } from './figures';
import { historyOf, quiescent, type CaseHistory, type Tally } from './histories';
import type { Stand } from './stand';
import { programme as measured, startsNewRun, storyOf } from './story';
import type { Teller } from './teller';

/** What a case did, counted from its record and not from its history. */
interface Counts {
  readonly runs: number;
  readonly decisions: number;
  /** Times that its clock ran out. */
  readonly fired: number;
  /** Times that its clock was due as soon as a step was recorded: no timer is needed for it. */
  readonly atOnce: number;
  readonly deliveries: number;
}

interface QuietCase {
  readonly shape: BareShape;
  readonly reference: string;
  readonly counts: Omit<Counts, 'runs'>;
}

/** A case whose decisions come one by one, each when nothing is under way any more: as in life, where days lie between them. */
export async function quietCase(stand: Stand, teller: Teller, programme: ProgrammeCode = measured): Promise<QuietCase> {
  const reference = await teller.draft(programme);
  const story = storyOf(programme);
  let step = 0;
  for (const decision of story) {
    step = await teller.give(reference, decision, step);
    await quiescent(teller.client, reference);
  }
  const deliveries = await deliveriesOf(stand.recordsUrl, reference, step);
  const atOnce = await clocksAtOnce(stand.recordsUrl, reference);
  return {
    reference,
    shape: { deliveries, newRunAfter: story.findIndex(({ does }) => does === startsNewRun) + 1 },
    counts: { decisions: story.length, fired: step - story.length - atOnce, atOnce, deliveries: sum(deliveries) },
  };
}

/** @returns whether e-mails went out, step by step: 1 for the delivery of a step that has some, else 0 */
async function deliveriesOf(url: string, reference: string, steps: number): Promise<number[]> {
  const database = openDatabase(url, { connections: 1 });
  const emails = await database.withModels(null, (models) =>
    models.email.findMany({ where: { reference }, select: { step: true } }),
  );
  await database.close();
  return Array.from({ length: steps }, (_, index) => (emails.some(({ step }) => step === index + 1) ? 1 : 0));
}

/** @returns how many steps of the clock came within a second of the step before them */
async function clocksAtOnce(url: string, reference: string): Promise<number> {
  const database = openDatabase(url, { connections: 1 });
  const steps = await database.directly(
    (connection) => connection.$queryRaw<{ kind: string; at: Date }[]>`
      SELECT commands.kind, min(at) AS at FROM timeline JOIN commands ON commands.id = command
      WHERE timeline.reference = ${reference} GROUP BY timeline.step, commands.kind ORDER BY timeline.step`,
  );
  await database.close();
  return steps.filter(({ kind, at }, index) => {
    const before = steps[index - 1];
    return kind === 'clock' && before !== undefined && at.getTime() - before.at.getTime() < 1_000;
  }).length;
}

export async function measureEvents(stand: Stand, teller: Teller, log: Log): Promise<Figure[]> {
  const { reference, shape, counts } = await quietCase(stand, teller);
  const ours = await historyOf(teller.client, reference);
  const bare = await bareHistory(stand, shape, teller);
  const all = { ...counts, runs: ours.runs };
  const floor = sum(Object.values(floorOf(all)));
  const events = eventsIn(ours);
  const withoutBooking = events - (ours.byUpdate[bookedSince] ?? 0);
  log(`  floor: ${formula(all)} = ${floor}`);
  const above = differences(ours.tally, floorOf(all));
  log(`  the case has ${events}; beside the floor: ${above || 'nothing else'}`);
  log(
    `  the bare case has ${sum(Object.values(bare.tally))}; beside the floor: ${differences(bare.tally, floorOf(all)) || 'nothing else'}`,
  );
  return [
    {
      what: `history events a case, ${all.decisions} decisions`,
      ours: String(events),
      beside: `floor ${floor}, bare ${eventsIn(bare)}`,
      ratio: events / floor,
      aim: atMost(1.25, events / floor),
      why: above,
    },
    {
      what: `  without the booking, ${all.decisions - 1} decisions`,
      ours: String(withoutBooking),
      beside: `aim ${mostEvents}`,
      ratio: withoutBooking / mostEvents,
      aim: atMost(1, withoutBooking / mostEvents),
      why: `of ${events}, ${events - withoutBooking} are those of the booking`,
    },
    ...(await eventsOfTheOthers(stand, teller, log)),
  ];
}

/** One case of each other programme, from its submission to its exit. */
async function eventsOfTheOthers(stand: Stand, teller: Teller, log: Log): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const programme of toldProgrammes.filter((code) => code !== measured)) {
    const { reference, counts } = await quietCase(stand, teller, programme);
    const history = await historyOf(teller.client, reference);
    const least = floorOf({ ...counts, runs: history.runs });
    const [events, floor] = [eventsIn(history), sum(Object.values(least))];
    const above = differences(history.tally, least);
    log(`  ${programme}: ${events}; beside the floor of ${floor}: ${above || 'nothing else'}`);
    figures.push({
      what: `  of ${programme}, ${counts.decisions} decisions`,
      ours: String(events),
      beside: `floor ${floor}`,
      ratio: events / floor,
      aim: atMost(1.25, events / floor),
      why: above,
    });
  }
  return figures;
}

/** Since an interview is booked before it is held, the story has one decision more than the one that the aim was set for. */
const bookedSince: PersonCommandKind = 'bookInterview';
const mostEvents = 130;

const eventsIn = ({ tally }: CaseHistory) => sum(Object.values(tally));

async function bareHistory({ bareReach, startBareWorker }: Stand, shape: BareShape, { client }: Teller): Promise<CaseHistory> {
  await startBareWorker();
  const bare = openBare({ ...bareReach, shape });
  const id = `bare-quiet-${process.pid}`;
  await bare.whole(id, (workflowId) => quiescent(client, workflowId));
  await bare.close();
  return historyOf(client, id);
}

/** The floor, type by type (docs/speed.md says why each is needed). */
function floorOf({ runs, decisions, fired, atOnce, deliveries }: Counts): Tally {
  const tasks = decisions + fired + deliveries;
  return {
    workflowExecutionStarted: runs,
    workflowExecutionContinuedAsNew: runs - 1,
    workflowExecutionCompleted: 1,
    ...{ workflowTaskScheduled: tasks, workflowTaskStarted: tasks, workflowTaskCompleted: tasks },
    ...{ workflowExecutionUpdateAccepted: decisions, workflowExecutionUpdateCompleted: decisions },
    markerRecorded: decisions + fired + atOnce,
    upsertWorkflowSearchAttributes: decisions + fired + atOnce,
    timerStarted: decisions - 1 + fired,
    timerCanceled: decisions - 1,
    timerFired: fired,
    ...{ activityTaskScheduled: deliveries, activityTaskStarted: deliveries, activityTaskCompleted: deliveries },
  };
}

function formula({ runs, decisions, fired, atOnce, deliveries }: Counts): string {
  return [
    `2 x ${runs} runs`,
    `6 x ${decisions} decisions`,
    `1 x ${decisions + fired + atOnce} changes of search attributes`,
    `6 x ${fired} timers that fire`,
    `1 x ${atOnce} clocks that are due at once`,
    `2 x ${decisions - 1} timers re-armed`,
    `6 x ${deliveries} deliveries`,
  ].join(' + ');
}

/** "+3 workflowTaskStarted, -1 timerStarted": by how much a history differs from the floor. */
function differences(tally: Tally, floor: Tally): string {
  return [...new Set([...Object.keys(tally), ...Object.keys(floor)])]
    .map((type) => ({ type, more: (tally[type] ?? 0) - (floor[type] ?? 0) }))
    .filter(({ more }) => more !== 0)
    .map(({ type, more }) => `${more > 0 ? '+' : ''}${more} ${type}`)
    .join(', ');
}

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
