// The words of e-mails: days and times as London reads them, what is awaited and until when, and never a name (A16).
import { write } from '../../activities/letters';
import { emailTitles, type EmailToWrite, type Notice } from '../../domain/emails';

const reference = 'CAP-2024-7K3QX9';
const links = { publicUrl: 'https://cap.example', domain: 'cap.example' };

function letter(
  notice: Notice,
  { place = null, awaited = [] }: { place?: string | null; awaited?: EmailToWrite['awaited'] } = {},
) {
  return write({ reference, place, about: { notices: [notice], awaited } }, links);
}

const dates = {
  panel: 'review-and-authorisation',
  meeting: '2024-12-16',
  agendaCloses: '2024-12-04',
  outcomeBy: '2024-12-19T23:59:59.999Z',
} as const;

test('a booked interview is told with its day, its time in London and its place', () => {
  const { subject, text } = letter(
    { template: 'interview-booked', on: '2025-06-02T09:30:00.000Z' },
    { place: ' Room 4, Sample House ' },
  );
  expect(subject).toBe('CAP-2024-7K3QX9: interview booked');
  expect(text.split('\n\n')).toEqual([
    'An interview is booked for Monday 2 June 2025 at 10:30am.',
    'Place: Room 4, Sample House',
    'Reference: CAP-2024-7K3QX9',
    'https://cap.example/cases/CAP-2024-7K3QX9',
    'Coventry Alternative Provision',
  ]);
});

test('a moved interview reads otherwise than a booked one: it says from when to when', () => {
  const { subject, text } = letter({
    template: 'interview-moved',
    on: '2025-01-07T10:00:00.000Z',
    from: '2025-01-06T14:00:00.000Z',
  });
  expect(subject).toBe('CAP-2024-7K3QX9: interview moved');
  expect(text).toContain('moved to Tuesday 7 January 2025 at 10:00am. It was to be on Monday 6 January 2025 at 2:00pm.');
  expect(text).toContain('The place stands on the page of the case');
});

test('a complete pack is told with the panel, its meeting, and until when the outcome comes (R71)', () => {
  const { text } = letter({ template: 'pack-complete', ...dates });
  expect(text).toContain('The Review & Authorisation Panel considers it at its meeting on Monday 16 December 2024.');
  expect(text).toContain('You will be told the outcome by e-mail by Thursday 19 December 2024.');
  const none = letter({ template: 'pack-complete', ...dates, meeting: null, outcomeBy: null }).text;
  expect(none).toContain('No meeting is planned for it yet; you will be told when one is.');
  expect(none).not.toContain('outcome');
});

test('who is given a seat at a meeting reads which and on what day, and who sat there that they no longer do (A7, A19)', () => {
  const seat = { panel: 'multi-agency', day: '2024-12-17', seat: 'headteacher-1' } as const;
  const given = letter({ template: 'seat-given', ...seat });
  expect(given.subject).toBe('CAP-2024-7K3QX9: your seat at a panel meeting');
  expect(given.text).toContain(
    'You sit at the meeting of the Multi-Agency Panel on Tuesday 17 December 2024: Secondary headteacher (first, in rotation).',
  );
  expect(letter({ template: 'seat-ended', ...seat }).text).toContain(
    'You no longer sit at the meeting of the Multi-Agency Panel',
  );
});

test('that an account waits for the second person of CAP is told with where it is given, and names nobody (A21, A16)', () => {
  const about = { notices: [{ template: 'account-accepted' }], awaited: [] } as const;
  const { subject, text } = write({ reference: 'ACC-222222', place: null, about }, links);
  expect(subject).toBe('ACC-222222: account of a colleague: waits for a second person');
  expect(text).toContain('One of CAP has accepted it. The grant waits for a second person: somebody else than who asked for it.');
  expect(text).toContain('https://cap.example/account-requests/ACC-222222');
});

test('a school is not told that a colleague who is new here can sign in: a grant lets nobody in, and CAP sets up how they do (A21)', () => {
  const settled = (kind: 'give' | 'end') => letter({ template: 'account-settled', kind, came: 'done' }).text;
  expect(settled('give')).toContain('Your colleague may now act for you in this service, as you asked.');
  expect(settled('give')).toContain('If they have not signed in here before, CAP still sets up with them how they do.');
  expect(settled('end')).not.toContain('sets up');
});

test('who holds a seat of a panel from now on, or stands in for its holder, is led to who sits on the panels', () => {
  const held = (as: 'holder' | 'deputy') => letter({ template: 'seat-held', panel: 'multi-agency', seat: 'chair', as }).text;
  expect(held('holder')).toContain('You now hold a seat of the Multi-Agency Panel: Independent chair.');
  expect(held('deputy')).toContain('You now stand in for a seat of the Multi-Agency Panel: Independent chair.');
  expect(held('deputy').split('\n\n')).toContain('https://cap.example/panels');
});

test('a chair reads of a new item on which day the panel meets, when the agenda closes, and what is awaited', () => {
  const { subject, text } = letter(
    { template: 'new-item', ...dates },
    { awaited: [{ what: 'panel-decision', due: '2024-12-19T23:59:59.999Z' }] },
  );
  expect(subject).toBe('CAP-2024-7K3QX9: new item on your agenda');
  expect(text).toContain('at its meeting on Monday 16 December 2024.');
  expect(text).toContain('The agenda closes at the end of Wednesday 4 December 2024.');
  expect(text).toContain("The case waits for you: the panel's decision, by Thursday 19 December 2024.");
});

test('a confirmed start is told with the first and the last day', () => {
  const { text } = letter({ template: 'start-confirmed', start: '2025-01-13', end: '2025-04-11' });
  expect(text).toContain('begins on Monday 13 January 2025 and ends on Friday 11 April 2025.');
});

test('a start that the end of the term shortens is told with the weeks that are left (C8)', () => {
  const dates = { start: '2025-03-24', end: '2025-04-11', shortened: { weeks: 3, of: 12 } };
  for (const template of ['start-confirmed', 'start-corrected'] as const) {
    expect(letter({ template, ...dates }).text).toContain('it has 3 of its 12 school weeks.');
  }
});

test('a moved deadline is told with the day until which the corrected pack is awaited', () => {
  const { text } = letter({ template: 'deadline-moved', agendaCloses: '2024-12-06' });
  expect(text).toContain('Please send the corrected pack by the end of Friday 6 December 2024');
});

test('a school reads that the first panel set conditions, and where they stand; nothing of them where there are none (A8)', () => {
  const dates = { panel: 'multi-agency', meeting: '2024-12-17', agendaCloses: '2024-12-04', outcomeBy: null } as const;
  const said = 'It set conditions. Please read them, and by when they are to be met, on the page of the case.';
  expect(letter({ template: 'went-on', ...dates, conditions: true }).text).toContain(said);
  expect(letter({ template: 'went-on', ...dates }).text).not.toContain('conditions');
});

test('a provider whose student has got a place is not asked to confirm a start, which is for the school to do (A9)', () => {
  const { text } = letter({ template: 'place-free' });
  expect(text).toContain('the student of this application has it. The school confirms the start date.');
  expect(text).not.toContain('Please confirm');
});

test('whoever hears of a reconsideration reads that the panel refused it, and that there is new evidence (A8)', () => {
  expect(letter({ template: 'reconsideration-asked' }).text).toContain(
    'The school asks the panel to reconsider its refusal, with new evidence. The panel decides anew at its next meeting.',
  );
});

test('a receiving school reads that a student is allocated to it, the home school what comes next (R75)', () => {
  expect(letter({ template: 'student-allocated' }).text).toContain('agree the start with the home school');
  expect(letter({ template: 'allocated' }).text).toContain('A receiving school is allocated.');
});

test('a processed withdrawal is told with its last day, and whether it is from all of the placement (R115)', () => {
  const last = '2025-02-07';
  expect(letter({ template: 'withdrawal-processed', from: 'placement', last }).text).toContain(
    'the withdrawal from the placement. The last day is Friday 7 February 2025.',
  );
  expect(letter({ template: 'withdrawal-processed', from: 'days', last, weekdays: 'tue' }).text).toContain(
    'After it the student is there on Tuesday.',
  );
  expect(letter({ template: 'withdrawal-processed', from: 'days', last }).text).toContain('from some days of the week.');
});

test('a confirmed change of day is told with its days, from when and until when (R119)', () => {
  const days = { from: '2025-02-10', until: '2025-03-14', weekdays: 'mon,fri-am' };
  const { text } = letter({ template: 'change-of-day-confirmed', ...days });
  expect(text).toContain('From Monday 10 February 2025 the student is there on Monday, Friday morning.');
  expect(text).toContain('After Friday 14 March 2025 the days are as before.');
});

test('who confirms a start reads which one was planned and until when it is awaited', () => {
  const { text } = letter(
    { template: 'confirm-start', expected: '2025-01-13' },
    { awaited: [{ what: 'start-date', due: '2025-01-06T23:59:59.999Z' }] },
  );
  expect(text).toContain('The start that was planned is Monday 13 January 2025.');
  expect(text).toContain('The case waits for you: confirmation of the start date, by Monday 6 January 2025.');
});

test('a reminder says what is due and when; an escalation also of whom', () => {
  const due = '2024-12-19T23:59:59.999Z';
  expect(letter({ template: 'reminder', what: 'panel-decision', due }).text).toContain(
    "the panel's decision, due Thursday 19 December 2024.",
  );
  expect(letter({ template: 'escalation', what: 'panel-decision', due, of: 'panel:multi-agency' }).text).toContain(
    "The case still waits for the panel chair, who has been reminded: the panel's decision, due Thursday 19 December 2024.",
  );
});

test('CAP reads which e-mail could not be delivered, to whom it was, and what to do until when', () => {
  const { subject, text } = letter({
    template: 'email-undelivered',
    email: 'outcome',
    reader: 'school',
    due: '2024-12-18T23:59:59.999Z',
  });
  expect(subject).toBe('CAP-2024-7K3QX9: an e-mail could not be delivered');
  expect(text).toContain('“Panel outcome”, to the school.');
  expect(text).toContain('in another way by Wednesday 18 December 2024, then record in the service how they were told.');
});

test('an e-mail that says several things has the subject of the first, and says all of them', () => {
  const notices = (['reasons', 'panel-decision'] as const).map((what) => ({ template: 'reminder', what, due: null }) as const);
  const [first, second] = notices;
  if (!first || !second) throw new Error('two reminders');
  const { subject, text } = write({ reference, place: null, about: { notices: [first, second], awaited: [] } }, links);
  expect(subject).toBe('CAP-2024-7K3QX9: reminder');
  expect(text).toContain('the reasons of the decision');
  expect(text).toContain("the panel's decision");
});

test('an outcome leads to its own page, whatever is issued after it; every other e-mail leads to its case', () => {
  expect(letter({ template: 'outcome', command: 'c4f2' }).text).toContain('/cases/CAP-2024-7K3QX9/outcomes/c4f2\n');
  expect(letter({ template: 'withdrawn' }).text).toContain('/cases/CAP-2024-7K3QX9\n');
});

test('a receiving school reads whom it tells, should it have no room after all (R75)', () => {
  expect(letter({ template: 'student-allocated' }).text).toContain(
    'If your school cannot take the student after all, please tell CAP',
  );
});

test('a start that does not come is told with its day, and who has to hear it (A10)', () => {
  const { text } = letter({ template: 'start-given-up', start: '2025-01-13' });
  expect(text).toContain('The placement that was to begin on Monday 13 January 2025 does not begin');
  expect(text).toContain('the student and the parents');
});

test('no two e-mails have the same title', () => {
  const titles = Object.values(emailTitles);
  expect(new Set(titles).size).toBe(titles.length);
});

test('an agenda closes at the end of its deadline, or before the day of a meeting that comes no later', () => {
  const joined = (meeting: string | null) => letter({ template: 'new-item', ...dates, meeting }).text;
  expect(joined('2024-12-16')).toContain('The agenda closes at the end of Wednesday 4 December 2024.');
  expect(joined(null)).toContain('The agenda closes at the end of Wednesday 4 December 2024.');
  expect(joined('2024-12-04')).toContain('The agenda closes at the end of Tuesday 3 December 2024.');
});
