// Who has accepted a student may find that they cannot take them after all: until the start is confirmed they say so, and CAP finds another way (A10, C30).
import { flourishBeforeItsPanel, refocusBeforeTheMultiAgencyPanel, tier1Application, type Story } from '../support/story';

const accepted = () => {
  const story = flourishBeforeItsPanel().at('2024-12-16T14:00Z');
  return story.chair.approves().cap.sendsThePackTo('TP-ONE').provider.holdsTheInterview().provider.accepts();
};
const onboarded = () => {
  const story = refocusBeforeTheMultiAgencyPanel();
  return story.at('2024-12-17T14:00Z').secondChair.approves().academy.onboards();
};

test('a provider that had accepted declines, with its ground: the school and CAP hear that it is no more, and CAP finds another', () => {
  const story = accepted();
  story.provider.declines('capacity');
  expect(story.state.position).toEqual({ stage: 'alternatives', because: 'declined', declinedBy: 'provider:TP-ONE' });
  expect(story.told.slice(-2)).toEqual(['no-longer-accepted to school:SCH-A', 'explore-alternatives to cap']);
  expect(story.viewers).not.toContain('provider:TP-ONE');
  story.cap.sendsThePackTo('TP-TWO');
  expect(story.state.position).toMatchObject({ stage: 'interview', host: 'provider:TP-TWO', booked: null });
  story.otherProvider.holdsTheInterview().otherProvider.accepts();
  expect(story.stage).toBe('start-date');
});

test('what it says again changes nothing: it has accepted', () => {
  const story = accepted();
  expect(story.refusal(() => story.provider.accepts())).toMatchObject({
    refused: 'nothing-changed',
    rule: 'A10',
    field: 'result',
  });
});

test('whoever onboards refuses after all in the same way (R78), and the place is free', () => {
  const story = onboarded();
  expect(story.refusal(() => story.academy.onboards())).toMatchObject({ refused: 'nothing-changed', field: 'result' });
  story.academy.refusesTheOnboarding();
  expect(story.state.position).toMatchObject({ stage: 'alternatives', because: 'onboarding-refused' });
  expect(story.state.place).toBeNull();
  expect(story.told).toContain('no-longer-accepted to school:SCH-A');
});

test('a place on the course, or in line for one, is left to the next (A9)', () => {
  const story = tier1Application();
  story.at('2024-12-02T10:00Z').school.submits().at('2024-12-03T10:00Z').cap.findsThePackComplete();
  story.coursePlaces({ course: 'T1-BICYCLES', left: 0, hasSla: false }).provider.holdsTheInterview().provider.accepts();
  expect(story.state.coursePlace).toMatchObject({ waiting: true });
  story.provider.declines('need');
  expect(story.state.coursePlace).toBeNull();
  expect(story.state.matters).toEqual([]);
});

describe('It is over', () => {
  test.each<[string, (story: Story) => Story]>([
    ['once the start is confirmed, when it is a withdrawal (R109)', (story) => story.school.confirmsTheStart('2025-01-13')],
    ['for another provider than the one who has the pack', (story) => story],
  ])('%s', (_when, follow) => {
    const story = follow(accepted());
    const who = story.stage === 'start-date' ? story.otherProvider : story.provider;
    expect(story.refusal(() => who.declines('risk')).refused).toMatch(/^not-/);
  });

  test('where nobody was asked: a host of a route without interview or onboarding has accepted nothing', () => {
    const story = accepted();
    expect(story.offered('provider:TP-ONE')).toContain('providerResponse');
    expect(story.offered('provider:TP-ONE')).not.toContain('recordOnboarding');
    expect(onboarded().offered('provider:AP-ACADEMY')).toContain('recordOnboarding');
    expect(onboarded().offered('provider:AP-ACADEMY')).not.toContain('providerResponse');
  });
});
