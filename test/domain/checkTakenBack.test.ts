// CAP found a pack complete by mistake, and takes that back: until the agenda closes, or the interview is booked.
import { flourishBeforeItsPanel, refocusBeforeTheMultiAgencyPanel, tier1Application, type Story } from '../support/story';

const offered = (story: Story) => story.offered('cap').includes('takeBackCheck');
const checked = () => flourishBeforeItsPanel();
const sentToTheProvider = () =>
  tier1Application().at('2024-12-02T10:00Z').school.submits().at('2024-12-03T10:00Z').cap.findsThePackComplete();

test('the case is with CAP again, which has its days anew, and keeps its meeting (R53)', () => {
  const story = checked();
  const { landing } = story.state;
  expect(landing).not.toBeNull();
  story.cap.takesTheCheckBack();
  expect(story.state).toMatchObject({ position: { stage: 'pack-check' }, at: 0, landing });
  expect(story.wait).toMatchObject({ what: 'pack-check', party: 'cap' });
  story.cap.findsThePackComplete();
  expect(story.state).toMatchObject({ position: { stage: 'panel', meeting: { day: '2024-12-16' } }, at: 1 });
});

test('a pack that is returned after all is corrected by the school as any other (A22)', () => {
  const story = checked().cap.takesTheCheckBack().cap.returnsThePack();
  expect(story.wait).toMatchObject({ what: 'corrected-pack', party: 'school:SCH-A' });
  story.school.sendsTheCorrectedPack();
  expect(story.stage).toBe('pack-check');
});

test('the panel whose agenda it was on sees it no more, and is told as the school is', () => {
  const story = checked();
  const panel = 'panel:review-and-authorisation';
  expect(story.viewers).toContain(panel);
  story.cap.takesTheCheckBack();
  expect(story.viewers).not.toContain(panel);
  expect(story.told.slice(-2)).toEqual(['check-taken-back to school:SCH-A', `check-taken-back to ${panel}`]);
});

test('where no panel stands between, the provider that was sent the pack has it no more, and is told', () => {
  const story = sentToTheProvider();
  expect(story.viewers).toContain('provider:TP-ONE');
  story.cap.takesTheCheckBack();
  expect(story.stage).toBe('pack-check');
  expect(story.viewers).not.toContain('provider:TP-ONE');
  expect(story.told).toContain('check-taken-back to provider:TP-ONE');
  story.cap.findsThePackComplete();
  expect(story.state.position).toMatchObject({ stage: 'interview', host: 'provider:TP-ONE', booked: null });
});

describe('It can be taken back', () => {
  test('until the agenda closes: after that the panel has the case in hand, and can defer it', () => {
    const story = checked();
    expect(story.state.landing?.agendaCloses).toBe('2024-12-04');
    expect(offered(story.at('2024-12-04T23:59:59.999Z'))).toBe(true);
    story.at('2024-12-05T00:00Z');
    expect(offered(story)).toBe(false);
    expect(story.refusal(() => story.cap.takesTheCheckBack())).toMatchObject({ refused: 'not-now', rule: 'A22' });
  });

  test('until an interview is booked', () => {
    const story = sentToTheProvider();
    story.school.booksTheInterview('2024-12-12T10:00Z');
    expect(story.refusal(() => story.cap.takesTheCheckBack())).toMatchObject({ refused: 'not-now' });
  });

  test('until a panel has decided, and not by a second panel', () => {
    const story = flourishBeforeItsPanel().at('2024-12-16T14:00Z').chair.defers();
    expect(story.refusal(() => story.cap.takesTheCheckBack())).toMatchObject({ refused: 'not-now' });
    const second = refocusBeforeTheMultiAgencyPanel();
    expect(second.refusal(() => second.cap.takesTheCheckBack())).toMatchObject({ refused: 'not-now' });
  });

  test('by CAP alone, which says why', () => {
    const story = checked();
    for (const who of [story.school, story.chair])
      expect(story.refusal(() => who.takesTheCheckBack())).toMatchObject({ refused: 'not-yours' });
    const without = (texts: readonly string[] | null) => story.refusal(() => story.cap.does('takeBackCheck', {}, texts));
    expect(without(null)).toMatchObject({ refused: 'reason-needed', field: 'reasons' });
  });
});
