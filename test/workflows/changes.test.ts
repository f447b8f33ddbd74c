// A receiving school, other days of the week and withdrawals from a running placement, on the real engine with time skipped.
import { keepHistory } from '../support/histories';
import { schoolDayAfter } from '../support/schoolDays';
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

const impact = { reason: 'Agreed with the family.', impact: 'Weighed with them.' };

it('is a Supported Transfer: the heads allocate a school, which holds the review; it ends with a transfer for good', async () => {
  const reference = await tell.checked('supported-transfer');
  await tell.onMeetingDay(reference);
  await tell.does('chair.review', reference, 'panelDecision', { outcome: 'approve' }, reasons);
  expect(await service.wait(reference)).toMatchObject({ what: 'allocation', party: 'panel:headteacher-placement' });
  await tell.does('chair.placement', reference, 'allocateSchool', { result: 'allocated', school: 'SCH-B' }, reasons);
  await tell.started(reference);
  const notices = async () => (await service.record(reference)).waits.filter(({ what }) => what === 'notice');
  expect(await notices()).toMatchObject([{ party: 'school:SCH-A' }]);
  await tell.does('school.alder', reference, 'recordNotice', { sentOn: await service.today() }, { notice: 'As it was sent.' });
  expect(await notices()).toEqual([]);
  await tell.reviewed(reference, 'school.birch');
  const today = await service.today();
  const words = { who: 'Whoever may say so.', how: 'In writing.', evidence: 'In the file.' };
  for (const [person, agreement] of [
    ['school.alder', 'transfer-parents'],
    ['school.alder', 'transfer-home-school'],
    ['school.birch', 'transfer-receiving-school'],
  ] as const) {
    await tell.does(person, reference, 'recordAgreement', { agreement, on: today }, words);
  }
  await tell.does('cap.team', reference, 'recordExit', { destination: 'permanent-transfer' }, { summary: 'At home there.' });
  await service.ended(reference);
  expect(await tell.subjects(reference)).toEqual(
    expect.arrayContaining(['panel outcome', 'new item on your agenda', 'receiving school allocated', 'placement ended']),
  );
  await keepHistory(service.client, reference, 'supported-transfer-whole');
});

it('is a Year 11 course: approved, the school confirms its start; its days change, then the provider withdraws the student', async () => {
  const reference = await tell.checked('year-11-bespoke');
  await tell.onMeetingDay(reference);
  await tell.does('chair.review', reference, 'panelDecision', { outcome: 'approve' }, reasons);
  await tell.started(reference);
  const { start } = at((await service.record(reference)).state, 'placement');
  await service.until(start);
  const today = await service.today();
  const next = schoolDayAfter(1, today);
  const days = { from: next, weekdays: 'thu,fri', hostAgreed: today };
  await tell.does('school.alder', reference, 'askChangeOfDay', days, { impact: impact.impact });
  await tell.does('cap.team', reference, 'confirmChangeOfDay', { result: 'confirmed', enteredOn: today });
  expect(at((await service.record(reference)).state, 'placement').days).toEqual([
    { from: null, until: null, weekdays: 'mon,tue' },
    { from: next, until: null, weekdays: 'thu,fri' },
  ]);

  const asked = { from: 'placement', last: today, discussedOn: today } as const;
  await tell.does('provider.one', reference, 'askWithdrawal', asked, impact);
  const { waits } = await service.record(reference);
  expect(waits.map(({ what, party }) => [what, party])).toContainEqual(['withdrawal', 'cap']);
  expect(await service.standing(reference)).toEqual(await service.record(reference));
  await tell.does('cap.team', reference, 'processWithdrawal', { result: 'processed', enteredOn: today });
  await service.ended(reference);
  expect((await service.record(reference)).state.position).toMatchObject({ stage: 'closed', because: 'ended-early' });
  expect(await tell.subjects(reference)).toEqual(
    expect.arrayContaining(['change of day confirmed', 'withdrawal asked for', 'withdrawal processed']),
  );
  await keepHistory(service.client, reference, 'year-11-withdrawn');
});

it('reminds CAP of a withdrawal that is not processed in five working days, and stays where it is (R116)', async () => {
  const reference = await tell.checked('tier-1-course');
  await tell.accepted(reference, { send: false });
  await tell.started(reference);
  const { start } = at((await service.record(reference)).state, 'placement');
  await service.until(start);
  await tell.does('school.alder', reference, 'askWithdrawal', { from: 'days', last: start, weekdays: 'tue-am' }, impact);
  const wait = (await service.record(reference)).waits.find(({ what }) => what === 'withdrawal');
  await service.until(schoolDayAfter(1, wait?.due.slice(0, 10)));
  expect(await tell.subjects(reference)).toContain('reminder');
  const { state } = await service.record(reference);
  const reminded = Object.keys(state.nudges).filter((key) => key.startsWith('withdrawal'));
  expect([reminded.length, state.position.stage]).toEqual([1, 'placement']);
  await keepHistory(service.client, reference, 'tier-1-withdrawal-reminded');
});
