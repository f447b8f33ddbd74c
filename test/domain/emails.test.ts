// Who is told what when something happens: codes and parties only, never a child (A16). One list, told as the cases tell it.
import {
  flourishBeforeItsPanel,
  refocusBeforeTheMultiAgencyPanel,
  tier1Application,
  flourishApplication,
  type Story,
} from '../support/story';

/** The e-mails that this one thing leads to. */
function toldOf(story: Story, happens: () => unknown): string[] {
  const before = story.told.length;
  happens();
  return story.told.slice(before);
}

const school = 'school:SCH-A';

test('a Flourish case tells each party what it must know, and no more', () => {
  const story = flourishApplication();
  const steps: readonly [string, () => unknown, readonly string[]][] = [
    [
      'submitted',
      () => story.at('2024-12-02T10:00Z').school.submits(),
      [`application-received to ${school}`, 'application-to-check to cap'],
    ],
    ['returned', () => story.cap.returnsThePack(), [`pack-returned to ${school}`]],
    ['sent again', () => story.school.sendsTheCorrectedPack(), ['pack-resubmitted to cap']],
    ['complete', () => story.cap.findsThePackComplete(), []],
    ['deferred', () => story.at('2024-12-16T10:00Z').chair.defers(), [`outcome to ${school}`]],
    ['approved', () => story.at('2025-01-27T10:00Z').chair.approves(), ['send-the-pack to cap', `outcome to ${school}`]],
    ['pack sent', () => story.cap.sendsThePackTo('TP-ONE'), ['pack-for-provider to provider:TP-ONE', `pack-sent to ${school}`]],
    [
      'interview booked',
      () => story.provider.booksTheInterview('2025-02-03T10:00Z'),
      [`interview-booked to ${school}`, 'interview-booked to provider:TP-ONE'],
    ],
    [
      'interview missed',
      () => story.provider.recordsThatNobodyCame(),
      [`interview-missed to ${school}`, 'interview-missed to cap'],
    ],
    ['interview held', () => story.provider.holdsTheInterview(), []],
    ['declined', () => story.provider.declines('need'), [`provider-declined to ${school}`, 'explore-alternatives to cap']],
    [
      'sent to another',
      () => story.cap.sendsThePackTo('TP-TWO'),
      ['pack-for-provider to provider:TP-TWO', `pack-sent to ${school}`],
    ],
    ['accepted', () => story.otherProvider.holdsTheInterview().otherProvider.accepts(), [`confirm-start to ${school}`]],
    [
      'start confirmed',
      () => story.school.confirmsTheStart('2025-04-28'),
      [`start-confirmed to ${school}`, 'start-confirmed to provider:TP-TWO', 'start-confirmed to cap'],
    ],
    ['review', () => story.at('2025-05-19T10:00Z').otherProvider.reviews('2025-05-19'), [`review-held to ${school}`]],
    ['exit', () => story.cap.recordsTheExit('ended-early'), [`exited to ${school}`, 'exited to provider:TP-TWO']],
    ['undelivered', () => story.person('system').does('emailUndelivered', { email: 'one' }), []],
  ];
  for (const [what, happens, told] of steps) expect([what, toldOf(story, happens)]).toEqual([what, told]);
});

test('an approval by the second panel tells the AP Academy to onboard, and not CAP to send a pack', () => {
  const story = refocusBeforeTheMultiAgencyPanel();
  story.at('2024-12-17T10:00Z');
  expect(toldOf(story, () => story.secondChair.approves())).toEqual(['onboard to provider:AP-ACADEMY', `outcome to ${school}`]);
  expect(toldOf(story, () => story.academy.onboards())).toEqual([`confirm-start to ${school}`]);
  expect(toldOf(story, () => story.school.withdraws())).toEqual(['withdrawn to cap', 'withdrawn to provider:AP-ACADEMY']);
});

test('a withdrawal before any provider has the pack tells CAP alone; a case that CAP closes tells the school', () => {
  const withdrawn = flourishBeforeItsPanel();
  expect(toldOf(withdrawn, () => withdrawn.school.withdraws())).toEqual(['withdrawn to cap']);
  const closed = tier1Application();
  closed.at('2024-10-01T10:00Z').school.submits();
  expect(toldOf(closed, () => closed.cap.closesTheCase())).toEqual([`closed to ${school}`]);
});

test('an escalation says to CAP what is late and whom the case waits for', () => {
  const story = flourishBeforeItsPanel();
  story.letTheClockRun();
  expect(story.eventsOf('escalated')).toMatchObject([{ party: 'panel:review-and-authorisation', what: 'panel-decision' }]);
  expect(story.told.at(-1)).toBe('escalation of panel-decision to cap');
});
