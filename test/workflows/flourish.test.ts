// The branches of Flourish on the real engine, with time skipped.
import { addDays, londonDay } from '../../domain/calendar';
import { byHand } from '../support/byHand';
import { keepHistory } from '../support/histories';
import { startService, testKeys, type Service } from '../support/service';
import { at, reasons, tellerOf } from '../support/teller';

let service: Service;
let tell: ReturnType<typeof tellerOf>;

beforeAll(async () => {
  service = await startService({ engine: 'time-skipping' });
  tell = tellerOf(service);
});
afterAll(() => service.stop());
beforeEach(() => service.cycle());

it('is refused by the panel: CAP explores alternatives, and the case closes with what was offered', async () => {
  const reference = await tell.checked('flourish');
  await tell.onMeetingDay(reference);
  await tell.does(
    'chair.review',
    reference,
    'panelDecision',
    { outcome: 'refuse' },
    { ...reasons, alternatives: 'A Tier 1 course.' },
  );
  expect(await service.wait(reference)).toMatchObject({ what: 'alternatives', party: 'cap' });
  await tell.does('cap.team', reference, 'closeCase', {}, { offered: 'A Tier 1 course.' });
  await service.ended(reference);
  expect(await tell.subjects(reference)).toEqual(expect.arrayContaining(['panel outcome', 'case closed']));
  await keepHistory(service.client, reference, 'flourish-refused');
});

it('is deferred to the next meeting of the panel, and approved there with conditions', async () => {
  await service.cycle({ deadline: 2, meeting: 6 });
  const reference = await tell.checked('flourish');
  await tell.onMeetingDay(reference);
  const first = await tell.meetingDay(reference);
  await tell.does('chair.review', reference, 'panelDecision', { outcome: 'defer' }, { ...reasons, information: 'The EHCP.' });
  expect((await tell.meetingDay(reference)) > first).toBe(true);
  await tell.onMeetingDay(reference);
  const conditionsBy = addDays(await tell.meetingDay(reference), 28);
  const conditions = { ...reasons, conditions: 'A risk plan.' };
  await tell.does('chair.review', reference, 'panelDecision', { outcome: 'approve-with-conditions', conditionsBy }, conditions);
  expect(await service.wait(reference)).toMatchObject({ what: 'pack-to-be-sent', party: 'cap' });
  expect((await tell.subjects(reference)).filter((subject) => subject === 'panel outcome')).toHaveLength(2);
  await keepHistory(service.client, reference, 'flourish-deferred');
});

it('is declined by the first provider and accepted by another, whom CAP finds', async () => {
  const reference = await tell.checked('flourish');
  await tell.onMeetingDay(reference);
  await tell.does('chair.review', reference, 'panelDecision', { outcome: 'approve' }, reasons);
  await tell.does('cap.team', reference, 'sendPack', { provider: 'TP-TWO' });
  await tell.interviewed(reference, 'provider.two');
  await tell.does('provider.two', reference, 'providerResponse', { result: 'decline', ground: 'capacity' });
  expect(await service.wait(reference)).toMatchObject({ what: 'alternatives', party: 'cap' });
  await tell.accepted(reference);
  expect(await service.wait(reference)).toMatchObject({ what: 'start-date', party: 'school:SCH-A' });
  await keepHistory(service.client, reference, 'flourish-declined');
});

it('has its pack returned and corrected, and keeps its cycle', async () => {
  const reference = await tell.submitted('flourish');
  const { landing } = (await service.record(reference)).state;
  await tell.does('cap.team', reference, 'checkPack', { result: 'returned' }, { reasons: 'The risk assessment is missing.' });
  expect(await service.wait(reference)).toMatchObject({ what: 'corrected-pack', party: 'school:SCH-A' });
  await tell.does('school.alder', reference, 'resubmitPack', {});
  await tell.does('cap.team', reference, 'checkPack', { result: 'complete' });
  expect((await service.record(reference)).state.landing).toEqual(landing);
  await keepHistory(service.client, reference, 'flourish-returned');
});

it.each(['pack-check', 'panel', 'interview', 'start-date'] as const)(
  'is withdrawn by the school at its %s, and ends',
  async (stage) => {
    const reference = await tell.submitted('flourish');
    if (stage !== 'pack-check') await tell.does('cap.team', reference, 'checkPack', { result: 'complete' });
    if (stage === 'interview' || stage === 'start-date') {
      await tell.onMeetingDay(reference);
      await tell.does('chair.review', reference, 'panelDecision', { outcome: 'approve' }, reasons);
      if (stage === 'interview') await tell.does('cap.team', reference, 'sendPack', { provider: 'TP-ONE' });
      else await tell.accepted(reference);
    }
    expect((await service.record(reference)).state.position.stage).toBe(stage);
    await tell.does('school.alder', reference, 'withdraw', {}, { reason: 'The family has moved.' });
    await service.ended(reference);
    expect(at((await service.record(reference)).state, 'closed').because).toBe('withdrawn');
    await keepHistory(service.client, reference, `flourish-withdrawn-at-${stage}`);
  },
);

it('reminds the chair before the promise of three working days is broken, then tells CAP, then rests, and decides nothing', async () => {
  const reference = await tell.checked('flourish');
  const day = await tell.meetingDay(reference);
  const wait = await service.wait(reference);
  expect(wait).toMatchObject({ what: 'panel-decision', party: 'panel:review-and-authorisation' });
  await service.until(addDays(londonDay(wait?.due ?? ''), 1));
  await service.until(addDays(day, 14));
  const told = await tell.subjects(reference);
  expect(told.filter((subject) => subject === 'reminder')).toHaveLength(1);
  expect(told.filter((subject) => subject === 'escalation')).toHaveLength(1);
  const { state, waits } = await service.record(reference);
  const [rests] = waits;
  expect(state.position.stage).toBe('panel');
  expect(rests).toMatchObject({ what: 'panel-decision', next: null });
  expect(await service.standing(reference)).toEqual({ state, waits });
  await keepHistory(service.client, reference, 'flourish-clock');
});

it("takes a chair's decision as a signal from the Web UI; its reasons are owed and the outcome waits for them", async () => {
  const reference = await tell.checked('flourish');
  await tell.onMeetingDay(reference);
  const handle = byHand(service.client, testKeys).workflow.getHandle(reference);
  await handle.signal('panelDecision', { person: 'chair.review', outcome: 'approve' });
  // A query is answered after the signal's own workflow task.
  await handle.query('standing');
  expect((await service.record(reference)).state.matters).toMatchObject([
    { kind: 'reasons', party: 'panel:review-and-authorisation' },
  ]);
  await tell.does('cap.team', reference, 'sendPack', { provider: 'TP-ONE' });
  expect(await tell.subjects(reference)).not.toContain('panel outcome');
  await tell.does('chair.review', reference, 'giveReasons', {}, reasons);
  expect(await tell.subjects(reference)).toContain('panel outcome');
  await keepHistory(service.client, reference, 'flourish-signal');
});

it('refuses a signal from somebody else, of junk and of an unknown name, and goes on', async () => {
  const reference = await tell.checked('flourish');
  await tell.onMeetingDay(reference);
  const handle = byHand(service.client, testKeys).workflow.getHandle(reference);
  await handle.signal('panelDecision', { person: 'school.alder', outcome: 'approve' });
  await handle.signal('panelDecision', 'approve!');
  await handle.signal('panelDecision');
  await handle.signal('makeItSo', { person: 'chair.review' });
  await handle.query('standing');
  expect((await service.record(reference)).state.position.stage).toBe('panel');
  await tell.does('chair.review', reference, 'panelDecision', { outcome: 'approve' }, reasons);
  await keepHistory(service.client, reference, 'flourish-junk');
});
