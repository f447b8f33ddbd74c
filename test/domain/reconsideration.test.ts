// A school may ask once for a reconsideration, with new evidence (A8).
import { flourishBeforeItsPanel, refocusBeforeTheMultiAgencyPanel } from '../support/story';

const refused = () => flourishBeforeItsPanel().at('2024-12-16T14:00Z').chair.refuses();
const asked = () => refused().school.does('askReconsideration', {});

test('a refused application comes before the same panel again, at its next meeting (A8)', () => {
  const story = asked();
  expect(story.state.position).toMatchObject({
    stage: 'panel',
    panel: 'review-and-authorisation',
    meeting: { day: '2025-01-27' },
  });
  // The school, which has just asked, reads the day on the page of the case.
  expect(story.told.at(-1)).toBe('reconsideration-asked to cap');
  // To the panel, which has refused it, it is no new item as any other.
  const toPanel = story.emails.findLast(({ to }) => to === 'panel:review-and-authorisation');
  expect(toPanel?.notices.map(({ template }) => template)).toEqual(['reconsideration-asked', 'new-item']);
  expect(story.wait).toMatchObject({ what: 'panel-decision', due: '2025-01-30T23:59:59.999Z' });
});

test('it needs its new evidence in words', () => {
  const story = refused();
  expect(story.refusal(() => story.school.does('askReconsideration', {}, null))).toMatchObject({
    refused: 'reason-needed',
    rule: 'A8',
    field: 'evidence',
  });
  expect(story.refusal(() => story.school.does('askReconsideration', {}, []))).toMatchObject({ field: 'evidence' });
});

test('it may be approved then, and goes on as any other', () => {
  const story = asked();
  story.at('2025-01-27T14:00Z').chair.approves();
  expect(story.stage).toBe('send-pack');
});

test('once is all: refused again, the school is offered no more than alternatives', () => {
  const story = asked();
  story.at('2025-01-27T14:00Z').chair.refuses();
  expect(story.stage).toBe('alternatives');
  expect(story.offered('school:SCH-A')).not.toContain('askReconsideration');
  expect(story.refusal(() => story.school.does('askReconsideration', {}))).toMatchObject({
    ...{ refused: 'not-now', rule: 'A8' },
    message: 'The panel reconsiders once, and has: CAP explores alternatives with the school.',
  });
});

test('the second panel is asked where the second panel refused; a declined or not onboarded case has no panel to ask', () => {
  const story = refocusBeforeTheMultiAgencyPanel();
  story.at('2024-12-17T14:00Z').secondChair.refuses().school.does('askReconsideration', {});
  expect(story.state.position).toMatchObject({ stage: 'panel', panel: 'multi-agency', meeting: { day: '2025-01-28' } });

  const declined = flourishBeforeItsPanel();
  declined.at('2024-12-16T14:00Z').chair.approves().cap.sendsThePackTo('TP-ONE');
  declined.provider.holdsTheInterview().provider.declines('need');
  expect(declined.offered('school:SCH-A')).not.toContain('askReconsideration');
});
