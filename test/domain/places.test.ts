// Refocus has 25 places a term and 75 a year (R13): who takes one, who gives it back, who keeps it (C11, C12).
import type { HalfTerm } from '../../domain/calendar';
import { limits, placesOfYear, programmes } from '../../domain/programmes';
import { calendar2024, ledger, refocusBeforeTheMultiAgencyPanel, flourishBeforeItsPanel, type Story } from '../support/story';

const approved = (places = ledger()): Story => {
  const story = refocusBeforeTheMultiAgencyPanel({ places });
  story.at('2024-12-17T14:00Z').secondChair.approves();
  return story;
};
const springLeft = (places = ledger()) =>
  places.left().find((each) => each.academicYear === '2024-25' && each.term === 'spring')?.inTerm;

test('the 26th approval of a term is told that there is no place, and the case still awaits the panel', () => {
  const places = ledger();
  for (let count = 1; count <= 25; count++) approved(places);
  expect(springLeft(places)).toBe(0);

  const last = refocusBeforeTheMultiAgencyPanel({ places });
  last.at('2024-12-17T14:00Z');
  const refused = last.refusal(() => last.secondChair.approves());
  expect(refused).toMatchObject({
    refused: 'no-place',
    rule: 'R13',
    message: expect.stringMatching(/spring.*defer it until one is free/),
  });
  expect(last.state.position).toMatchObject({ stage: 'panel', panel: 'multi-agency' });
  last.secondChair.defers();
  expect(last.state.position).toMatchObject({ stage: 'panel', panel: 'multi-agency', meeting: { day: '2025-01-28' } });
});

test('a case for which no place is left is deferred for that alone: nothing is asked of the school, and the document says why (R13, A23)', () => {
  const places = ledger({ perTerm: 1 });
  approved(places);
  const last = refocusBeforeTheMultiAgencyPanel({ places });
  last.at('2024-12-17T14:00Z').secondChair.does('panelDecision', { outcome: 'wait-for-place' }, ['reasons']);
  expect(last.state.position).toMatchObject({ stage: 'panel', panel: 'multi-agency', meeting: { day: '2025-01-28' } });
  expect(last.waits.map(({ party, what }) => [party, what])).toEqual([['panel:multi-agency', 'panel-decision']]);
  expect(last.eventsOf('outcomeIssued').at(-1)).toMatchObject({ outcome: { decision: 'deferred', forPlace: true } });
  expect(last.offered('school:SCH-A')).not.toContain('giveInformation');
});

test('no case is deferred for want of a place while one is left, nor where places have no limit', () => {
  const waits = (story: Story, chair: 'chair' | 'secondChair') =>
    story.refusal(() => story[chair].does('panelDecision', { outcome: 'wait-for-place' }, ['reasons']));
  const refocus = refocusBeforeTheMultiAgencyPanel({ places: ledger() }).at('2024-12-17T14:00Z');
  expect(waits(refocus, 'secondChair')).toMatchObject({ refused: 'wrong-value', rule: 'R13', field: 'outcome' });
  const flourish = flourishBeforeItsPanel().at('2024-12-16T14:00Z');
  expect(waits(flourish, 'chair')).toMatchObject({ refused: 'wrong-value', rule: 'R13', field: 'outcome' });
});

test('a full year refuses although the term has places, and a full term although the year has', () => {
  const year = ledger({ perTerm: 25, perYear: 1 });
  approved(year);
  expect(springLeft(year)).toBe(24);
  expect(() => approved(year)).toThrow('no-place');

  const term = ledger({ perTerm: 1, perYear: 75 });
  approved(term);
  expect(() => approved(term)).toThrow('no-place');
});

test('quality assurance and refusal take no place', () => {
  const places = ledger();
  const story = refocusBeforeTheMultiAgencyPanel({ places });
  story.at('2024-12-17T14:00Z').secondChair.refuses();
  expect(places.taken.size).toBe(0);
});

test('a programme that is not limited takes no place', () => {
  const places = ledger({ perTerm: 0 });
  flourishBeforeItsPanel({ places }).at('2024-12-16T14:00Z').chair.approves();
  expect(places.taken.size).toBe(0);
});

test.each([
  ['the school withdraws', (story: Story) => story.school.withdraws()],
  ['the AP Academy refuses the onboarding', (story: Story) => story.academy.refusesTheOnboarding()],
  ['CAP closes the case', (story: Story) => story.cap.closesTheCase()],
  [
    'the school withdraws after confirming a start to come',
    (story: Story) => story.academy.onboards().school.confirmsTheStart('2025-01-27').school.withdraws(),
  ],
])('a place is given back when %s', (_what, happens) => {
  const places = ledger({ perTerm: 1 });
  const story = approved(places);
  expect(springLeft(places)).toBe(0);
  happens(story);
  expect(story.state.place).toBeNull();
  expect(springLeft(places)).toBe(1);
});

test.each([
  ['stays taken when the placement was had to its end', 'home-school', 24],
  ['is given back when the placement ended early', 'ended-early', 25],
] as const)('a place %s', (_what, destination, left) => {
  const places = ledger();
  const story = approved(places);
  story.academy.onboards().school.confirmsTheStart('2025-01-27');
  story.at('2025-02-03T10:00Z').cap.recordsTheExit(destination);
  expect(springLeft(places)).toBe(left);
});

test('a start in another term moves the place there', () => {
  const places = ledger();
  const story = approved(places);
  story.academy.onboards().school.confirmsTheStart('2025-05-06');
  expect(story.state.place).toEqual({ academicYear: '2024-25', term: 'summer' });
  expect(springLeft(places)).toBe(25);
});

test('a start in the same term of another year is one in another term: the place is one of that year', () => {
  const places = ledger();
  const halfTerms: readonly HalfTerm[] = [
    ...calendar2024.halfTerms,
    { academicYear: '2025-26', term: 'autumn', half: 1, firstDay: '2025-09-03', lastDay: '2025-10-24' },
    { academicYear: '2025-26', term: 'autumn', half: 2, firstDay: '2025-11-03', lastDay: '2025-12-19' },
    { academicYear: '2025-26', term: 'spring', half: 1, firstDay: '2026-01-05', lastDay: '2026-02-13' },
    { academicYear: '2025-26', term: 'spring', half: 2, firstDay: '2026-02-23', lastDay: '2026-03-27' },
  ];
  const story = refocusBeforeTheMultiAgencyPanel({ places, calendar: { ...calendar2024, halfTerms } });
  story.at('2024-12-17T14:00Z').secondChair.approves().academy.onboards();
  expect(story.state.place).toEqual({ academicYear: '2024-25', term: 'spring' });
  story.at('2025-10-01T10:00Z').school.confirmsTheStart('2026-01-12');
  expect(story.state.place).toEqual({ academicYear: '2025-26', term: 'spring' });
  expect(springLeft(places)).toBe(25);
});

test('a start in another term that is full is refused, and the place stays where it was', () => {
  const places = ledger();
  for (let count = 1; count <= 25; count++) approved(places).academy.onboards().school.confirmsTheStart('2025-05-06');
  const story = approved(places);
  story.academy.onboards();
  // To a school it is not said what a panel can do.
  expect(story.refusal(() => story.school.confirmsTheStart('2025-05-06'))).toMatchObject({
    refused: 'no-place',
    field: 'start',
    message: 'No place is left in the summer term of 2024-25: choose a start in another term, or ask CAP.',
  });
  expect(story.state).toMatchObject({ place: { term: 'spring' }, position: { stage: 'start-date' } });
});

test('a place that moves within a full year needs no second one', () => {
  const places = ledger({ perTerm: 25, perYear: 1 });
  const story = approved(places);
  story.academy.onboards().school.confirmsTheStart('2025-05-06');
  expect(story.state.place).toMatchObject({ term: 'summer' });
});

test('a start in the term of the place takes no other', () => {
  const story = approved(ledger({ perTerm: 1, perYear: 1 }));
  story.academy.onboards().school.confirmsTheStart('2025-02-03');
  expect(story.happened).toContain('startConfirmed');
  expect(story.eventsOf('placeTaken')).toHaveLength(1);
});

test('an approval for a term whose dates are not entered is refused with what to do', () => {
  const story = refocusBeforeTheMultiAgencyPanel();
  story.plan({ calendar: { closures: new Set(), halfTerms: [] } }).at('2024-12-17T14:00Z');
  expect(story.refusal(() => story.secondChair.approves())).toMatchObject({
    refused: 'no-place',
    message: expect.stringContaining('term dates'),
  });
});

test('Refocus has 25 places a term and 75 a year, in every year, and no other programme has a limit (R13, C12)', () => {
  const ofTerm = (academicYear: string) => (term: string) => ({ programme: 'refocus', academicYear, term, places: 25 });
  for (const year of ['2024-25', '2031-32'])
    expect(placesOfYear(year)).toEqual([
      ...['autumn', 'spring', 'summer'].map(ofTerm(year)),
      { programme: 'refocus', academicYear: year, term: 'year', places: 75 },
    ]);
  // Whoever says that its places are limited has a limit, or each approval would be refused.
  const limited = programmes.filter(({ limitedPlaces }) => limitedPlaces).map(({ code }) => code);
  expect([...new Set(limited)]).toEqual(Object.keys(limits));
});
