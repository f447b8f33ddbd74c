// Refocus and Tier 1 on the real engine, with time skipped: two panels, onboarding, places; no panel at all.
import { londonDay } from '../../domain/calendar';
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
beforeEach(() => service.cycle());

async function approvedByBoth(reference: string): Promise<void> {
  await tell.onMeetingDay(reference);
  await tell.does('chair.review', reference, 'panelDecision', { outcome: 'approve' }, reasons);
  await tell.does('chair.multiagency', reference, 'panelDecision', { outcome: 'approve' }, reasons);
}

it('goes through both panels: the first sends no outcome document, the school is told that the case goes on', async () => {
  const reference = await tell.checked('refocus');
  await tell.onMeetingDay(reference);
  await tell.does('chair.review', reference, 'panelDecision', { outcome: 'approve' }, reasons);
  expect(await service.wait(reference)).toMatchObject({ what: 'panel-decision', party: 'panel:multi-agency' });
  await tell.does('chair.multiagency', reference, 'panelDecision', { outcome: 'approve' }, reasons);
  const told = await tell.subjects(reference);
  expect(told).toContain('first panel: goes on to the next panel');
  expect(await service.wait(reference)).toMatchObject({ what: 'onboarding', party: 'provider:AP-ACADEMY' });
  expect((await service.record(reference)).state.place).not.toBeNull();

  await tell.does('academy', reference, 'recordOnboarding', { result: 'completed' });
  await tell.started(reference);
  await tell.reviewed(reference, 'academy');
  expect(at((await service.record(reference)).state, 'placement').lastReview).not.toBeNull();
  expect((await tell.subjects(reference)).filter((subject) => subject === 'panel outcome')).toHaveLength(1);
  expect(await service.standing(reference)).toEqual(await service.record(reference));
  await keepHistory(service.client, reference, 'refocus-to-review');
});

it('starts on the day on which that is confirmed, after the notice to the parents was due: it is reminded of at once, without a timer or a mark', async () => {
  const reference = await tell.checked('refocus');
  await tell.onMeetingDay(reference);
  await approvedByBoth(reference);
  await tell.does('academy', reference, 'recordOnboarding', { result: 'completed' });
  await tell.started(reference, await service.today());
  await service.sleep(60 * 60 * 1000);
  const { nudges } = (await service.record(reference)).state;
  expect(Object.keys(nudges).filter((key) => key.startsWith('notice'))).toHaveLength(1);
  const { events } = await service.client.workflow.getHandle(reference).fetchHistory();
  const marks = new Set(events?.flatMap((event) => event.markerRecordedEventAttributes?.markerName ?? []));
  const timers = events?.filter((event) => event.timerStartedEventAttributes) ?? [];
  expect([[...marks], timers.length]).toEqual([['core_local_activity'], 1]);
  await keepHistory(service.client, reference, 'refocus-reminded-at-once');
});

it('is not taken on by the AP Academy: the place is given back, and CAP explores alternatives', async () => {
  const reference = await tell.checked('refocus');
  await approvedByBoth(reference);
  await tell.does('academy', reference, 'recordOnboarding', { result: 'refused' }, { reasons: 'Not now.' });
  const { state } = await service.record(reference);
  const wait = await service.wait(reference);
  expect(state.place).toBeNull();
  expect(wait).toMatchObject({ what: 'alternatives', party: 'cap' });
  await keepHistory(service.client, reference, 'refocus-onboarding-refused');
});

it('is a Tier 1 course: the pack goes at once to the provider, the school arranges the interview, no panel sees it', async () => {
  const reference = await tell.checked('tier-1-course');
  expect(await service.wait(reference)).toMatchObject({ what: 'interview-booking', party: 'school:SCH-A' });
  await tell.accepted(reference, { send: false });
  // What is booked comes with an entry for the provider's calendar, which names nobody (A18, A16).
  await service.delivered(reference);
  const entries = (await service.messages()).flatMap(({ subject, calendar }) =>
    subject === `${reference}: interview booked` ? [calendar] : [],
  );
  expect(entries).toEqual([expect.stringMatching(/SUMMARY:Interview\\, CAP-/)]);
  await tell.started(reference);
  await tell.reviewed(reference);
  const wait = await service.wait(reference);
  await service.until(londonDay(wait?.due ?? ''));
  await tell.tasksDone(reference);
  await tell.does('cap.team', reference, 'recordExit', { destination: 'home-school' }, { summary: 'A good course.' });
  await service.ended(reference);
  expect(await tell.subjects(reference)).not.toContain('panel outcome');
  await keepHistory(service.client, reference, 'tier-1-whole');
});
