// Tier 4: opened and placed by the local authority, off until it is offered; the Multi-Agency Panel approves, but for a permanent exclusion (R20, R47, C29).
import { suggestedCode } from '../../domain/attendance';
import { forEachPanel, type Cycle } from '../../domain/calendar';
import { programmeFor } from '../../domain/programmes';
import { story } from '../support/story';

const tier4 = (withoutPanels = false) => story({ programme: 'tier-4', withoutPanels });

test('it is off by default, and the local authority alone opens it', () => {
  expect(programmeFor('tier-4', '2024-25')).toMatchObject({ tier: 4, offByDefault: true, openedBy: 'local-authority' });
  const told = tier4().at('2024-11-28T10:00Z');
  expect(told.refusal(() => told.school.submits())).toMatchObject({ refused: 'not-yours' });
  told.cap.submits();
  expect(told.stage).toBe('pack-check');
});

test('the Multi-Agency Panel approves, CAP finds the provider, and the authority confirms the start as a school would', () => {
  const told = tier4().at('2024-11-28T10:00Z');
  told.cap.submits().cap.findsThePackComplete();
  expect(told.state.position).toMatchObject({ stage: 'panel', panel: 'multi-agency' });
  told.at('2030-01-07T10:00Z').secondChair.approves({ outsideMeeting: true }).cap.sendsThePackTo('TP-ONE');
  expect(told.wait).toMatchObject({ party: 'cap', what: 'start-date' });
  expect(told.offered('school:SCH-A')).not.toContain('confirmStart');
  expect(told.offered('cap')).toContain('confirmStart');
});

test('a permanent exclusion is placed without a panel', () => {
  const told = tier4(true).at('2024-11-28T10:00Z');
  told.cap.submits().cap.findsThePackComplete();
  expect(told.stage).toBe('send-pack');
  expect(told.viewers).not.toContain('panel:multi-agency');
});

/** The Multi-Agency Panel meets on 17 December 2024, of a cycle that lists Tier 4. */
const cycles: readonly Cycle[] = [
  {
    ...{ id: '2024-25-4', academicYear: '2024-25', number: 4, deadline: '2024-12-04' },
    items: [{ programme: 'tier-4', cohortStart: null, panels: null }],
    meetings: {
      ...forEachPanel(() => null),
      'multi-agency': { id: 'MAP-2024-12-17', panel: 'multi-agency', day: '2024-12-17' },
    },
  },
];

test('a permanent exclusion comes before no panel, though a cycle lists Tier 4 (R20, R91)', () => {
  const told = story({ programme: 'tier-4', withoutPanels: true, cycles }).at('2024-11-28T10:00Z');
  told.cap.submits().cap.findsThePackComplete();
  expect(told.stage).toBe('send-pack');
  const other = story({ programme: 'tier-4', cycles }).at('2024-11-28T10:00Z');
  other.cap.submits().cap.findsThePackComplete();
  expect(other.state.position).toMatchObject({ stage: 'panel', meeting: { day: '2024-12-17' } });
});

test('a pack that is corrected says anew whether it is a permanent exclusion: only of one does no panel approve (R20, A22)', () => {
  const setting = { programme: 'tier-4' as const, withoutPanels: true, cycles };
  const told = story(setting).at('2024-11-28T10:00Z');
  told.cap.submits().cap.returnsThePack();
  setting.withoutPanels = false;
  told.cap.sendsTheCorrectedPack().cap.findsThePackComplete();
  expect(told.state.position).toMatchObject({ stage: 'panel', panel: 'multi-agency', meeting: { day: '2024-12-17' } });

  const excluded = { ...setting };
  const since = story(excluded).at('2024-11-28T10:00Z');
  since.cap.submits().cap.returnsThePack();
  excluded.withoutPanels = true;
  since.cap.sendsTheCorrectedPack().cap.findsThePackComplete();
  expect(since.stage).toBe('send-pack');
  expect(since.state.landing).toBeNull();
});

test('the home school sees the case, and hears of its outcome and its start', () => {
  const told = tier4(true).at('2024-11-28T10:00Z');
  told.cap.submits().cap.findsThePackComplete().cap.sendsThePackTo('TP-ONE');
  told.at('2024-12-02T10:00Z').cap.does('confirmStart', { start: '2025-01-06', weekdays: 'mon,tue', shortened: true });
  expect(told.viewers).toContain('school:SCH-A');
  expect(suggestedCode(told.state)).toBe('K');
  expect(told.told).toContain('start-confirmed to school:SCH-A');
  const decided = story({ programme: 'tier-4', cycles }).at('2024-11-28T10:00Z');
  decided.cap.submits().cap.findsThePackComplete().at('2024-12-17T14:00Z').secondChair.refuses();
  expect(decided.told.filter((told) => told.startsWith('outcome'))).toEqual(['outcome to cap', 'outcome to school:SCH-A']);
});

test('its question asks what a family without a plan is offered (R47)', () => {
  const { questions } = programmeFor('tier-4', '2026-27');
  expect(questions.find(({ rule }) => rule === 'R47')).toMatchObject({ strength: 'required' });
});

test('what the home school heard it hears again when it changes: another start, another end, and the end of the case', () => {
  const placed = () => {
    const told = tier4(true).at('2024-11-28T10:00Z');
    told.cap.submits().cap.findsThePackComplete().cap.sendsThePackTo('TP-ONE');
    return told.at('2024-12-02T10:00Z').cap.does('confirmStart', { start: '2025-01-06', weekdays: 'mon,tue', shortened: true });
  };
  const told = placed().cap.does('correctStart', { start: '2025-01-13', shortened: true });
  expect(told.told.slice(-2)).toEqual(['start-corrected to school:SCH-A', 'start-corrected to provider:TP-ONE']);
  told.at('2025-01-14T10:00Z').provider.does('askExtension', { end: '2025-05-23', otherAgreed: '2025-01-14' });
  told.cap.does('decideExtension', { result: 'extended' });
  expect(told.told.slice(-2)).toEqual(['extended to school:SCH-A', 'extended to provider:TP-ONE']);
  for (const ends of ['withdraw', 'closeCase'] as const) {
    const ended = placed().cap.does(ends, {});
    expect(ended.told.at(-2)).toMatch(/^(withdrawn|closed) to school:SCH-A$/);
  }
});
