// The whole year of Flourish on the real engine, with time skipped: from submission to exit.
import { keepHistory } from '../support/histories';
import { startService, type Service } from '../support/service';
import { at, reasons, tellerOf } from '../support/teller';

let service: Service;
let tell: ReturnType<typeof tellerOf>;

beforeAll(async () => {
  service = await startService({ engine: 'time-skipping' });
  tell = tellerOf(service);
});
afterAll(() => service.stop());

it('goes from submission to its exit through panel, interview, start, reviews and pathway review, in two runs of one workflow', async () => {
  const reference = await tell.checked('flourish');
  const { state: before } = await service.record(reference);
  expect(before.landing?.cohort).not.toBeNull();
  await tell.onMeetingDay(reference);
  await tell.does('chair.review', reference, 'panelDecision', { outcome: 'approve' }, reasons);
  await tell.accepted(reference);
  await tell.started(reference);
  expect(await service.standing(reference)).toEqual(await service.record(reference));

  const { start, end } = at((await service.record(reference)).state, 'placement');
  expect(start).toBe(before.landing?.cohort);
  /** What the stage waits for, beside the tasks of the placement. */
  const ofStage = async () => (await service.record(reference)).waits.find(({ subject }) => subject === null);
  let reviews = 0;
  while ((await ofStage())?.what === 'review') {
    await tell.reviewed(reference);
    reviews += 1;
  }
  // A term has two halves: a review in the first, the pathway review at the end of the second (A1, R68).
  expect(reviews).toBeGreaterThanOrEqual(1);
  expect(await ofStage()).toMatchObject({ what: 'pathway-review', party: 'cap' });

  await service.until(end);
  await tell.does(
    'cap.team',
    reference,
    'holdReview',
    { on: await service.today(), review: 'pathway-review' },
    { summary: 'Done.' },
  );
  await tell.tasksDone(reference);
  await tell.does('cap.team', reference, 'recordExit', { destination: 'home-school' }, { summary: 'Back at school.' });
  await service.ended(reference);

  expect(at((await service.record(reference)).state, 'closed').because).toBe('home-school');
  const told = await tell.subjects(reference);
  expect(told).toEqual(expect.arrayContaining(['panel outcome', 'accepted: confirm the start date', 'placement ended']));
  expect(told.filter((subject) => subject === 'panel outcome')).toHaveLength(1);
  await keepHistory(service.client, reference, 'flourish-whole');
});
