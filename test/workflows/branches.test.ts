// Branches that cases go beside the usual way, on the real engine with time skipped; the history of each is kept.
import { academicYearOf, addDays } from '../../domain/calendar';
import { offer } from '../../dev/year/offer';
import { coursesOf } from '../../prisma/reference-data';
import { keepHistory } from '../support/histories';
import { schoolDayAfter, workingDayAfter } from '../support/schoolDays';
import { startService, type Service } from '../support/service';
import { eventually } from '../support/system';
import { at, reasons, tellerOf } from '../support/teller';

let service: Service;
let tell: ReturnType<typeof tellerOf>;

beforeAll(async () => {
  service = await startService({ engine: 'time-skipping' });
  tell = tellerOf(service);
});
afterAll(() => service.stop());
beforeEach(() => service.cycle({ also: ['tier-4'] }));

const approve = (reference: string, chair = 'chair.review') =>
  tell.does(chair, reference, 'panelDecision', { outcome: 'approve' }, reasons);
const refuse = (reference: string) =>
  tell.does('chair.review', reference, 'panelDecision', { outcome: 'refuse' }, { ...reasons, alternatives: 'A course.' });
const stateOf = async (reference: string) => (await service.record(reference)).state;
const matters = async (reference: string) => (await stateOf(reference)).matters.map(({ kind }) => kind);

/** A Flourish application before its panel, on the day on which that meets. */
async function flourishOnItsMeetingDay(): Promise<string> {
  await service.cycle({ deadline: 4, meeting: 9 });
  const reference = await tell.checked('flourish');
  await tell.onMeetingDay(reference);
  return reference;
}

/** A Tier 1 course on its first day. */
async function placed(): Promise<string> {
  const reference = await tell.checked('tier-1-course');
  await tell.accepted(reference, { send: false });
  await tell.started(reference);
  await service.until(at(await stateOf(reference), 'placement').start);
  return reference;
}

/** Workflow and record say the same, and the history is kept. */
async function agreed(reference: string, branch: string): Promise<void> {
  expect(await service.standing(reference)).toEqual(await service.record(reference));
  await keepHistory(service.client, reference, branch);
}

it('is Insight: the well-being is assessed before and after, then the placement ends', async () => {
  const reference = await tell.checked('insight');
  await tell.accepted(reference, { send: false });
  await tell.started(reference);
  const { start, end } = at(await stateOf(reference), 'placement');
  await service.until(start);
  const assess = (assessment: 'before' | 'after', on: string) =>
    tell.does('provider.one', reference, 'recordAssessment', { on, assessment }, { summary: 'In short.' });
  await assess('before', start);
  await service.until(end);
  await assess('after', end);
  await tell.tasksDone(reference);
  await tell.does('cap.team', reference, 'recordExit', { destination: 'home-school' }, { summary: 'It helped.' });
  await service.ended(reference);
  expect(at(await stateOf(reference), 'closed').because).toBe('home-school');
  await agreed(reference, 'insight-whole');
});

it('is Tier 4: opened by the local authority, which confirms the start of what the Multi-Agency Panel approved', async () => {
  const reference = await service.draft('tier-4', 'cap.team');
  await tell.does('cap.team', reference, 'submit', {});
  await tell.does('cap.team', reference, 'checkPack', { result: 'complete' });
  await tell.onMeetingDay(reference);
  await approve(reference, 'chair.multiagency');
  await tell.does('cap.team', reference, 'sendPack', { provider: 'TP-ONE' });
  const plan = { objectives: 'One.', measures: 'Two.', reintegration: 'Three.' };
  const start = schoolDayAfter(0, await service.today());
  await tell.does('cap.team', reference, 'confirmStart', { start, weekdays: 'mon,tue,wed', shortened: true }, plan);
  expect(await stateOf(reference)).toMatchObject({ position: { stage: 'placement', host: 'provider:TP-ONE' } });
  await agreed(reference, 'tier-4-to-placement');
});

it('is a Supported Transfer that no school is found for: the heads take it to their next meeting, and allocate one there', async () => {
  await service.cycle({ deadline: 4, meeting: 9 });
  const reference = await tell.checked('supported-transfer');
  await tell.onMeetingDay(reference);
  await approve(reference);
  const first = at(await stateOf(reference), 'allocation').meeting;
  await tell.does('chair.placement', reference, 'allocateSchool', { result: 'postponed' }, reasons);
  const next = at(await stateOf(reference), 'allocation').meeting;
  expect([first === null, (next?.day ?? '') > (first?.day ?? '')]).toEqual([false, true]);
  await service.until(next?.day ?? '');
  await tell.does('chair.placement', reference, 'allocateSchool', { result: 'allocated', school: 'SCH-B' }, reasons);
  expect(at(await stateOf(reference), 'start-date').host).toBe('school:SCH-B');
  await agreed(reference, 'supported-transfer-postponed');
});

it('is refused, and approved when the panel is asked once to reconsider it (A8)', async () => {
  const reference = await flourishOnItsMeetingDay();
  await refuse(reference);
  await tell.does('school.alder', reference, 'askReconsideration', {}, { evidence: 'A new report.' });
  await tell.onMeetingDay(reference);
  await approve(reference);
  expect((await stateOf(reference)).position.stage).toBe('send-pack');
  await agreed(reference, 'flourish-reconsidered');
});

it('is found complete by mistake, which CAP takes back; the school corrects the pack, and the case comes to its panel', async () => {
  const reference = await service.draft('flourish', 'school.alder');
  await tell.does('school.alder', reference, 'submit', {});
  await tell.does('cap.team', reference, 'checkPack', { result: 'complete' });
  await tell.does('cap.team', reference, 'takeBackCheck', {}, reasons);
  await tell.does('cap.team', reference, 'checkPack', { result: 'returned' }, reasons);
  await tell.does('school.alder', reference, 'resubmitPack', {});
  await tell.does('cap.team', reference, 'checkPack', { result: 'complete' });
  expect(at(await stateOf(reference), 'panel').panel).toBe('review-and-authorisation');
  await agreed(reference, 'flourish-checked-again');
});

it('is refused by mistake, which the panel takes back, and approved at the same meeting', async () => {
  const reference = await flourishOnItsMeetingDay();
  await refuse(reference);
  await tell.does('chair.review', reference, 'takeBackDecision', {}, reasons);
  await approve(reference);
  expect((await stateOf(reference)).position.stage).toBe('send-pack');
  await agreed(reference, 'flourish-taken-back');
});

it('is accepted by a provider that declines after all, before the start is confirmed', async () => {
  const reference = await flourishOnItsMeetingDay();
  await approve(reference);
  await tell.accepted(reference);
  expect((await stateOf(reference)).position.stage).toBe('start-date');
  await tell.does('provider.one', reference, 'providerResponse', { result: 'decline', ground: 'capacity' });
  expect((await stateOf(reference)).position).toMatchObject({ stage: 'alternatives', because: 'declined' });
  await agreed(reference, 'flourish-declined-after-all');
});

it('has its start confirmed with a provider that cannot take the student then: another start is confirmed, in the run that the first one began', async () => {
  const reference = await tell.checked('tier-1-course');
  await tell.accepted(reference, { send: false });
  await tell.started(reference, addDays(await service.today(), 20));
  expect(await matters(reference)).toContain('task');
  await tell.does('provider.one', reference, 'providerResponse', { result: 'decline', ground: 'capacity' });
  expect(await stateOf(reference)).toMatchObject({ position: { stage: 'alternatives', because: 'declined' }, matters: [] });
  const again = { provider: 'TP-ONE', course: 'T1-BICYCLES' };
  await tell.does('cap.team', reference, 'sendPack', again, { why: 'They have found somebody.' });
  await tell.accepted(reference, { send: false });
  await tell.started(reference);
  expect(at(await stateOf(reference), 'placement').host).toBe('provider:TP-ONE');
  await agreed(reference, 'tier-1-started-anew');
});

/** The course of the sample, from this year's directory on. */
async function hasPlaces(places: number | null): Promise<void> {
  const year = academicYearOf(await service.today());
  const courses = coursesOf(year).filter(({ code }) => code === 'T1-BICYCLES');
  await offer(
    service.api,
    year,
    courses.map((course) => ({ ...course, places })),
    await service.now(),
  );
}

/** Two cases at a course with one place: the first has it, the second is in line. */
async function inLine(): Promise<{ readonly first: string; readonly reference: string }> {
  const first = await tell.checked('tier-1-course');
  await hasPlaces(1);
  await tell.accepted(first, { send: false });
  const reference = await tell.checked('tier-1-course');
  await tell.accepted(reference, { send: false });
  expect(await matters(reference)).toEqual(['course-place']);
  return { first, reference };
}

it('waits in the line of a full course, and has its place once another is given back (A9)', async () => {
  const { first, reference } = await inLine();
  await tell.does('school.alder', first, 'withdraw', {}, { reason: 'The family has moved.' });
  await service.engine.recalculate(reference, 'a place was given back');
  await eventually(async () => expect(await matters(reference)).toEqual([]));
  await hasPlaces(null);
  await tell.started(reference);
  await agreed(reference, 'tier-1-waiting-line');
});

it('comes back to the interview from the line of a full course: with another provider, who is met at the second time that is booked (A9, A10)', async () => {
  const { reference } = await inLine();
  await tell.does('cap.team', reference, 'sendPack', { provider: 'TP-TWO', course: 'T1-CATERING' });
  await hasPlaces(null);
  expect(await stateOf(reference)).toMatchObject({ position: { stage: 'interview', host: 'provider:TP-TWO' }, matters: [] });
  const day = workingDayAfter(2, await service.today());
  await tell.does('school.alder', reference, 'bookInterview', { at: `${day}T10:00:00.000Z` });
  await service.until(day);
  await tell.does('provider.two', reference, 'recordInterview', { result: 'missed' });
  expect(at(await stateOf(reference), 'interview').booked).toBe(null);
  await tell.interviewed(reference, 'provider.two', 'school.alder');
  await tell.does('provider.two', reference, 'providerResponse', { result: 'accept' });
  await tell.started(reference);
  expect(at(await stateOf(reference), 'placement').host).toBe('provider:TP-TWO');
  await agreed(reference, 'tier-1-interviewed-again');
});

it('is complained about and has a concern noted, is extended and reviewed at the parents’ wish, beside its placement', async () => {
  const reference = await placed();
  const today = await service.today();
  await tell.does('school.alder', reference, 'makeComplaint', {}, { complaint: 'Nobody calls back.' });
  await tell.does('school.alder', reference, 'noteCpoms', { on: today });
  const end = schoolDayAfter(7, at(await stateOf(reference), 'placement').end);
  await tell.does('provider.one', reference, 'askExtension', { end, otherAgreed: today }, { reason: 'It goes well.' });
  await tell.does('school.alder', reference, 'askReview', { by: 'parents', receivedOn: today });
  expect(await matters(reference)).toEqual(expect.arrayContaining(['complaint', 'extension', 'asked-review']));
  await tell.does('cap.team', reference, 'decideExtension', { result: 'extended' }, reasons);
  await tell.does('cap.team', reference, 'answerComplaint', { outcome: 'upheld' }, { answer: 'It is put right.' });
  await tell.does('provider.one', reference, 'holdReview', { on: today, review: 'review' }, { summary: 'It goes on.' });
  expect(at(await stateOf(reference), 'placement').end).toBe(end);
  await agreed(reference, 'tier-1-extended');
});

it('is withdrawn from its running placement: not the first time, then for good (R109-R116)', async () => {
  const reference = await placed();
  const today = await service.today();
  const ask = () =>
    tell.does(
      'school.alder',
      reference,
      'askWithdrawal',
      { from: 'placement', last: today },
      { reason: 'It does not fit.', impact: 'Little.' },
    );
  await ask();
  await tell.does('cap.team', reference, 'processWithdrawal', { result: 'not-withdrawn' }, { why: 'They try once more.' });
  expect(at(await stateOf(reference), 'placement').start).toBe(today);
  await ask();
  await tell.does('cap.team', reference, 'processWithdrawal', { result: 'processed', enteredOn: today });
  await service.ended(reference);
  expect(at(await stateOf(reference), 'closed').because).toBe('ended-early');
  await agreed(reference, 'tier-1-withdrawn-from-placement');
});

it('has other days of the week than it wished for, and its start corrected to a later day', async () => {
  const reference = await tell.checked('tier-1-course');
  await tell.accepted(reference, { send: false });
  await tell.started(reference, addDays(await service.today(), 5));
  const { start } = at(await stateOf(reference), 'placement');
  const moved = schoolDayAfter(1, start);
  await tell.does('school.alder', reference, 'correctStart', { start: moved, shortened: true });
  const days = { from: schoolDayAfter(1, moved), weekdays: 'thu', hostAgreed: await service.today() };
  await tell.does('school.alder', reference, 'askChangeOfDay', days, { impact: 'Less travel.' });
  await tell.does('cap.team', reference, 'confirmChangeOfDay', { result: 'not-changed' }, { why: 'The workshop is full.' });
  expect(at(await stateOf(reference), 'placement').start).toBe(moved);
  await agreed(reference, 'tier-1-days-not-changed');
});

it('is not submitted with a risk assessment that is too old: its run ends, and nothing of it is recorded (R42)', async () => {
  const reference = await service.draft('flourish', 'school.alder', { 'risk-assessment-date': '2020-01-01' });
  const reply = await service.give('school.alder', reference, 'submit', {});
  expect(reply.refusal).toMatchObject({ refused: 'not-eligible', rule: 'R42' });
  await service.ended(reference);
  await keepHistory(service.client, reference, 'submission-refused');
});
