// A panel meeting on the real engine, while time is skipped: its agenda closes, it meets, and its minutes are signed.
import { addDays } from '../../domain/calendar';
import { moveMeeting, removeMeeting } from '../../records/calendarEdits';
import { saveQuorum, saveSeat } from '../../records/panels';
import { workflowIdOf } from '../../temporal/names';
import { byHand } from '../support/byHand';
import { keepHistory } from '../support/histories';
import { startService, testKeys, type Service } from '../support/service';
import { eventually } from '../support/system';
import { at, tellerOf } from '../support/teller';

const panel = 'review-and-authorisation';
const cap = { person: 'cap.team', parties: ['cap'] } as const;
let service: Service;
let tell: ReturnType<typeof tellerOf>;

beforeAll(async () => {
  service = await startService({ engine: 'time-skipping' });
  tell = tellerOf(service);
  const over = { read: null, at: await service.now() };
  for (const [seat, holder] of [
    ['chair', 'chair.review'],
    ['attendance', 'member.attendance'],
  ] as const) {
    await saveSeat(service.api, cap, panel, { seat, holder, deputy: null }, over);
  }
  await saveQuorum(service.api, cap, panel, 2, over);
});
afterAll(() => service.stop());

/** A Flourish case before a meeting whose workflow runs. */
async function before(): Promise<{ reference: string; meeting: string; day: string }> {
  await service.cycle({ deadline: 2, meeting: 5, start: 20 });
  const reference = await tell.checked('flourish');
  const { meeting } = at((await service.record(reference)).state, 'panel');
  if (!meeting) throw new Error('No meeting');
  await service.engine.meeting(meeting.id);
  await eventually(async () => expect((await service.meeting(meeting.id)).state).not.toBeNull());
  return { reference, meeting: meeting.id, day: meeting.day };
}

const stateOf = async (id: string) => (await service.meeting(id)).state;
const decide = (reference: string) =>
  service.give('chair.review', reference, 'panelDecision', { outcome: 'approve' }, { reasons: 'It fits.' });

it('closes its agenda and tells the panel, decides with a quorum alone, and ends when its minutes are signed', async () => {
  const { reference, meeting, day } = await before();
  await service.until(addDays(day, -2));
  await eventually(async () => expect((await stateOf(meeting))?.stage).toBe('agenda-closed'));
  await service.delivered(meeting);
  const sent = (await service.messages()).filter(({ subject }) => subject.startsWith(meeting));
  expect(sent.map(({ subject }) => subject)).toContain(`${meeting}: agenda closed: the packs of your meeting`);
  for (const { text } of sent) expect(text).toContain(`http://cap.example/meetings/${meeting}`);

  await service.until(day);
  expect((await decide(reference)).refusal).toMatchObject({ refused: 'no-quorum', rule: 'A7' });
  expect(await service.give('chair.review', meeting, 'recordAttendance', { present: 'chair,attendance' })).toMatchObject({
    result: 'recorded',
  });
  expect((await decide(reference)).result).toBe('recorded');
  expect((await service.give('chair.review', meeting, 'signMinutes', {})).result).toBe('recorded');
  await service.ended(meeting);
  const shown = await service.client.workflow.getHandle(workflowIdOf(meeting)).describe();
  expect([shown.type, shown.status.name]).toEqual(['meeting', 'COMPLETED']);
  await keepHistory(service.client, workflowIdOf(meeting), 'meeting-signed');
});

it('a message that its workflow never heard of is recorded once when it is told again', async () => {
  const { meeting } = await before();
  const fill = () =>
    service.give('cap.team', meeting, 'fillSeat', { seat: 'vice-chair', person: 'vicechair.review' }, {}, 'one key');
  const [once, again] = [await fill(), await fill()];
  expect(again).toEqual(once);
  expect((await stateOf(meeting))?.seats.filter(({ byHand }) => byHand)).toEqual([
    { seat: 'vice-chair', person: 'vicechair.review', byHand: true },
  ]);
  const byMember = await service.give('member.attendance', meeting, 'fillSeat', { seat: 'cap' });
  expect(byMember.refusal).toMatchObject({ refused: 'not-yours' });
});

it('takes attendance that ops type by hand, in the name of the chair, and says why it refuses a wrong one', async () => {
  const { meeting, day } = await before();
  await service.until(day);
  const handle = byHand(service.client, testKeys).workflow.getHandle(workflowIdOf(meeting));
  await handle.signal('recordAttendance', { person: 'chair.review', present: 'chair,headteacher-1' });
  const details = async () => {
    const asked = service.client.workflow.getHandle(workflowIdOf(meeting));
    return (await asked.query<{ currentDetails: string }>('__temporal_workflow_metadata')).currentDetails;
  };
  await eventually(async () => expect(await details()).toMatch(/recordAttendance was refused.*no seat headteacher-1/));
  await handle.signal('recordAttendance', { person: 'chair.review', present: 'chair,attendance' });
  await eventually(async () => expect((await stateOf(meeting))?.present).toEqual(['chair', 'attendance']));
  expect(await details()).toContain('2 present, quorum 2');
  expect(await details()).toContain(`[The page of the meeting](http://cap.example/meetings/${meeting})`);
});

it('follows the calendar when it is moved, and is over when it is taken out', async () => {
  await service.cycle({ deadline: 3, meeting: 6, start: 30 });
  const day = addDays(await service.today(), 6);
  const id = `MAP-${day}`;
  await service.engine.meeting(id);
  await eventually(async () => expect((await stateOf(id))?.day).toBe(day));
  const later = addDays(day, 1);
  await moveMeeting(service.api, cap, id, { day: later, version: null }, () => []);
  await service.engine.meeting(id);
  await eventually(async () => expect((await stateOf(id))?.day).toBe(later));
  await removeMeeting(service.api, cap, id, null, () => []);
  await service.engine.meeting(id);
  await eventually(async () => expect((await stateOf(id))?.stage).toBe('cancelled'));
  await service.ended(id);
  await keepHistory(service.client, workflowIdOf(id), 'meeting-cancelled');
});

it('one of which no seat is held passes when its day is over', async () => {
  await service.cycle({ deadline: 1, meeting: 2, start: 30 });
  const day = addDays(await service.today(), 2);
  await service.engine.meeting(`HPM-${day}`);
  await service.until(addDays(day, 1));
  await eventually(async () => expect((await stateOf(`HPM-${day}`))?.stage).toBe('passed'));
  await service.ended(`HPM-${day}`);
  await keepHistory(service.client, workflowIdOf(`HPM-${day}`), 'meeting-passed');
});

it('one with nothing on its agenda is over with the working day after it, without minutes', async () => {
  await service.cycle({ deadline: 1, meeting: 2, start: 30 });
  const day = addDays(await service.today(), 2);
  const id = `RAP-${day}`;
  await service.engine.meeting(id);
  await service.until(day);
  expect((await stateOf(id))?.seats.some(({ person }) => person !== null)).toBe(true);
  await service.until(addDays(day, 6));
  await eventually(async () => expect((await stateOf(id))?.stage).toBe('passed'));
  await service.ended(id);
});
