// Refocus: quality assurance by the first panel, approval by the second, onboarding by the AP Academy (R73, R78-R83).
import { refocusApplication, refocusBeforeTheMultiAgencyPanel } from '../support/story';

test('a Refocus application passes both panels, is onboarded and runs ten school weeks', () => {
  const story = refocusApplication();
  story.at('2024-12-02T10:00Z').school.submits();
  expect(story.state.landing).toMatchObject({
    cycle: '2024-25-4',
    cohort: '2025-01-27',
    meetings: { 'review-and-authorisation': { day: '2024-12-16' }, 'multi-agency': { day: '2024-12-17' } },
  });
  story.at('2024-12-03T10:00Z').cap.findsThePackComplete();
  expect(story.viewers).toContain('panel:review-and-authorisation');
  expect(story.viewers).not.toContain('panel:multi-agency');

  story.at('2024-12-16T14:00Z').chair.approves();
  expect(story.state.position).toMatchObject({ stage: 'panel', panel: 'multi-agency', meeting: { day: '2024-12-17' } });
  expect(story.viewers).toContain('panel:multi-agency');

  story.at('2024-12-17T14:00Z').secondChair.approves();
  expect(story.state).toMatchObject({
    position: { stage: 'onboarding', host: 'provider:AP-ACADEMY' },
    place: { academicYear: '2024-25', term: 'spring' },
  });
  expect(story.told.slice(-2)).toEqual(['onboard to provider:AP-ACADEMY', 'outcome to school:SCH-A']);

  story.at('2025-01-08T10:00Z').academy.onboards();
  story.at('2025-01-09T10:00Z').school.confirmsTheStart('2025-01-27');
  expect(story.state.position).toMatchObject({ stage: 'placement', start: '2025-01-27', end: '2025-04-11' });

  expect(story.wait).toMatchObject({ what: 'review', due: '2025-02-14T23:59:59.999Z' });
  story.at('2025-02-10T10:00Z').academy.reviews('2025-02-10');
  expect(story.wait).toMatchObject({ what: 'review', due: '2025-04-11T22:59:59.999Z' });
  story.at('2025-04-10T10:00Z').academy.reviews('2025-04-10');
  story.at('2025-04-11T10:00Z').cap.recordsTheExit('home-school');
  expect(story.state).toMatchObject({ position: { stage: 'closed' }, place: { term: 'spring' } });
});

test.each([
  ['2024-10-07', '2024-12-20'],
  ['2024-11-04', '2025-01-24'],
  ['2025-01-27', '2025-04-11'],
  ['2025-05-06', '2025-07-18'],
])('Refocus of %s ends on %s', (start, end) => {
  const story = refocusApplication();
  story.at('2024-09-16T10:00Z').school.submits().cap.findsThePackComplete();
  story.at('2024-09-24T14:00Z').chair.approves().secondChair.approves();
  story.at('2024-09-25T14:00Z').academy.onboards().school.confirmsTheStart(start);
  expect(story.state.position).toMatchObject({ start, end });
});

test('the first panel sends no outcome document when it approves; the school is told by e-mail that the case goes on', () => {
  const story = refocusBeforeTheMultiAgencyPanel();
  expect(story.happened).toEqual(['submitted', 'packComplete', 'wentOn']);
  expect(story.told.slice(-2)).toEqual(['went-on to school:SCH-A', 'new-item to panel:multi-agency']);
  expect(story.told).not.toContain('outcome to school:SCH-A');
  expect(story.state.place).toBeNull();
});

test('the first panel that refuses or defers does send the outcome document', () => {
  for (const outcome of ['refuses', 'defers'] as const) {
    const story = refocusApplication();
    story.at('2024-12-02T10:00Z').school.submits().cap.findsThePackComplete();
    story.at('2024-12-16T14:00Z').chair[outcome]();
    expect(story.told).toContain('outcome to school:SCH-A');
  }
});

test('each panel decides its own stage only', () => {
  const story = refocusApplication();
  story.at('2024-12-02T10:00Z').school.submits().cap.findsThePackComplete();
  story.at('2024-12-17T14:00Z');
  expect(story.refusal(() => story.secondChair.approves())).toMatchObject({ refused: 'not-yours' });
  story.chair.approves();
  expect(story.refusal(() => story.chair.approves())).toMatchObject({ refused: 'not-yours' });
  story.secondChair.approves();
  expect(story.refusal(() => story.secondChair.refuses())).toMatchObject({ refused: 'not-now' });
});

test('an onboarding that the AP Academy refuses gives the place and the pack back, and CAP explores alternatives', () => {
  const story = refocusBeforeTheMultiAgencyPanel();
  story.at('2024-12-17T14:00Z').secondChair.approves().academy.refusesTheOnboarding();
  expect(story.state).toMatchObject({
    position: { stage: 'alternatives', because: 'onboarding-refused' },
    place: null,
  });
  expect(story.viewers).not.toContain('provider:AP-ACADEMY');
  expect(story.refusal(() => story.cap.sendsThePackTo('TP-ONE'))).toMatchObject({ refused: 'not-now' });
});
