// A formal complaint of the school about the service, beside whatever its case waits for (R121).
import { flourishApplication, flourishBeforeItsPanel } from '../support/story';

test('a school complains at any time of its case, and CAP answers (R121)', () => {
  const story = flourishApplication();
  story.at('2024-12-02T10:00Z').school.submits().school.does('makeComplaint', {});
  expect(story.told.at(-1)).toBe('complaint-made to cap');
  // Ten working days from Monday 2 December.
  expect(story.waits.find(({ what }) => what === 'complaint')).toMatchObject({ party: 'cap', due: '2024-12-16T23:59:59.999Z' });
  expect(story.stage).toBe('pack-check');
  story.cap.does('answerComplaint', { outcome: 'upheld-in-part' });
  expect(story.told.at(-1)).toBe('complaint-answered to school:SCH-A');
  expect(story.eventsOf('complaintAnswered')).toMatchObject([{ outcome: 'upheld-in-part' }]);
  expect(story.state.matters).toEqual([]);
});

test('the case goes on while a complaint is open; a second waits for the answer to the first', () => {
  const story = flourishBeforeItsPanel();
  story.school.does('makeComplaint', {});
  expect(story.refusal(() => story.school.does('makeComplaint', {}))).toMatchObject({
    ...{ refused: 'not-now', rule: 'R121' },
    message: 'The complaint before is still to be answered: then another can be made.',
  });
  story.at('2024-12-16T14:00Z').chair.approves();
  expect(story.stage).toBe('send-pack');
  story.cap.does('answerComplaint', { outcome: 'not-upheld' });
  expect(story.offered('school:SCH-A')).toContain('makeComplaint');
});

test('whoever would complain of a case that is closed is told where', () => {
  const story = flourishBeforeItsPanel();
  story.school.withdraws();
  const closed = story.refusal(() => story.school.does('makeComplaint', {}));
  expect(closed).toMatchObject({ refused: 'not-now', message: 'The case is closed: complain to CAP, by its complaints policy.' });
});

test('complaint and answer are words of people: none comes without them', () => {
  const story = flourishBeforeItsPanel();
  expect(story.refusal(() => story.school.does('makeComplaint', {}, null))).toMatchObject({ rule: 'R121', field: 'complaint' });
  story.school.does('makeComplaint', {});
  expect(story.refusal(() => story.cap.does('answerComplaint', { outcome: 'upheld' }, null))).toMatchObject({
    rule: 'R121',
    field: 'answer',
  });
});

test('CAP does not end a case over an unanswered complaint, which would end with it: it answers first (R121)', () => {
  const open = flourishBeforeItsPanel().school.does('makeComplaint', {});
  expect(open.refusal(() => open.cap.closesTheCase())).toMatchObject({ refused: 'not-now', rule: 'R121' });
  expect(open.offered('cap')).not.toContain('closeCase');
  open.cap.does('answerComplaint', { outcome: 'upheld' }).cap.closesTheCase();
  expect(open.stage).toBe('closed');

  const running = flourishBeforeItsPanel();
  running.at('2024-12-16T14:00Z').chair.approves().cap.sendsThePackTo('TP-ONE');
  running.at('2024-12-18T10:00Z').provider.holdsTheInterview().provider.accepts().school.confirmsTheStart('2025-01-13');
  running.at('2025-02-03T10:00Z').school.does('makeComplaint', {}).school.asksForWithdrawal({ last: '2025-02-03' });
  expect(running.refusal(() => running.cap.recordsTheExit('ended-early'))).toMatchObject({ refused: 'not-now', rule: 'R121' });
  expect(running.refusal(() => running.cap.processesTheWithdrawal())).toMatchObject({ refused: 'not-now', rule: 'R121' });
  expect(running.offered('cap')).not.toContain('recordExit');
  running.cap.does('answerComplaint', { outcome: 'not-upheld' }).cap.processesTheWithdrawal();
  expect(running.stage).toBe('closed');
});
