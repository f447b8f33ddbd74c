// What a person is offered of a case, with what may be chosen in it.
import { canNext } from '../../api/views/case';
import type { CaseState } from '../../domain/state';
import type { Party } from '../../domain/words';
import {
  applicationOf2026,
  flourishBeforeItsPanel,
  sampleStudent,
  transferBeforeItsAllocation,
  year11Application,
} from '../support/story';

test('the exit of a Supported Transfer leads back, or to a transfer for good; before its start none is offered (R77)', () => {
  const story = transferBeforeItsAllocation();
  story.at('2024-12-19T14:00Z').heads.allocates('SCH-B').school.confirmsTheStart('2025-01-13');
  const exit = (now: string) =>
    canNext({ person: 'cap.team', parties: ['cap'] }, story.state, now).find(({ command }) => command === 'recordExit');
  expect(exit('2025-01-10T10:00:00.000Z')).toBeUndefined();
  expect(exit('2025-02-03T10:00:00.000Z')?.fields.find(({ name }) => name === 'destination')?.values).toEqual([
    'home-school',
    'permanent-transfer',
    'ended-early',
  ]);
});

test('the exit of Year 11 Bespoke leads beyond Year 11 from its last day on, and not before (R40)', () => {
  const story = year11Application({ student: { ...sampleStudent, dateOfBirth: '2009-05-04' } });
  story.at('2024-12-02T10:00Z').school.submits();
  story.at('2024-12-03T10:00Z').cap.findsThePackComplete();
  story.at('2024-12-16T14:00Z').chair.approves().school.confirmsTheStart('2025-01-06');
  const last = story.state.position.stage === 'placement' ? story.state.position.end : '';
  const exits = (now: string) =>
    canNext({ person: 'cap.team', parties: ['cap'] }, story.state, now)
      .find(({ command }) => command === 'recordExit')
      ?.fields.find(({ name }) => name === 'destination')?.values;
  expect(exits('2025-02-03T10:00:00.000Z')).toEqual(['home-school', 'next-application', 'ended-early']);
  expect(exits(`${last}T10:00:00.000Z`)).toEqual(['post-16', 'home-school', 'next-application', 'ended-early']);
});

test('a start is asked with the days of the week where the plan must say them, and without where the programme has them (A2, R80)', () => {
  const days = (story: { readonly state: CaseState }) =>
    canNext({ person: 'school.alder', parties: ['school:SCH-A'] }, story.state, story.state.updated)
      .find(({ command }) => command === 'confirmStart')
      ?.fields.find(({ name }) => name === 'weekdays')?.required;
  const course = { code: 'T1-BICYCLES', provider: 'TP-ONE', schoolWeeks: 6 };
  const tier1 = applicationOf2026({ programme: 'tier-1-course', course });
  tier1.at('2026-09-07T10:00Z').school.submits();
  tier1.at('2026-09-08T10:00Z').cap.findsThePackComplete();
  tier1.at('2026-09-09T10:00Z').provider.holdsTheInterview().provider.accepts();
  expect(days(tier1)).toBe(true);
  const transfer = transferBeforeItsAllocation();
  transfer.at('2024-12-19T14:00Z').heads.allocates('SCH-B');
  expect(days(transfer)).toBe(false);
});

test('who has accepted is asked for no response again: what is offered is to say that the student cannot be taken after all (A10)', () => {
  const story = flourishBeforeItsPanel().at('2024-12-16T14:00Z');
  story.chair.approves().cap.sendsThePackTo('TP-ONE').provider.holdsTheInterview();
  const offered = () => {
    const actor = { person: 'provider.one', parties: ['provider:TP-ONE'] as const };
    const next = canNext(actor, story.state, story.state.updated).find(({ command }) => command === 'providerResponse');
    return { title: next?.title, results: next?.fields.find(({ name }) => name === 'result')?.values };
  };
  expect(offered()).toEqual({ title: "Record the provider's response", results: ['accept', 'decline'] });
  story.provider.accepts();
  const afterAll = { title: 'Say that the student cannot be taken after all', results: ['decline'] };
  expect(offered()).toEqual(afterAll);
  story.school.confirmsTheStart('2025-01-13');
  expect(offered()).toEqual(afterAll);
  story.at('2025-01-13T08:00Z').school.does('noteCpoms', { on: '2025-01-13' });
  expect(offered().title).toBeUndefined();
});

test('where a school is allocated, another is offered in its place, or that it is postponed: outside the meeting alone (C18)', () => {
  const story = transferBeforeItsAllocation().at('2024-12-19T14:00Z');
  const offered = (parties: readonly Party[]) => {
    const next = canNext({ person: 'somebody', parties }, story.state, story.state.updated).find(
      ({ command }) => command === 'allocateSchool',
    );
    return next && [next.title, next.fields.find(({ name }) => name === 'outsideMeeting')?.required];
  };
  expect(offered(['panel:headteacher-placement'])).toEqual(['Allocate a receiving school', false]);
  story.heads.allocates('SCH-B');
  for (const party of ['panel:headteacher-placement', 'cap'] as const)
    expect(offered([party])).toEqual(['Allocate another receiving school, or postpone it', true]);
  // Before the first session CAP says it for the heads.
  story.school.confirmsTheStart('2025-01-13');
  expect(offered(['panel:headteacher-placement'])).toBeUndefined();
  expect(offered(['cap'])).toEqual(['Allocate another receiving school, or postpone it', true]);
  expect(offered(['school:SCH-B'])).toBeUndefined();
});

test('each side is offered the agreements that it may record or withdraw, and not those of the other school (A6)', () => {
  const story = transferBeforeItsAllocation();
  story.at('2024-12-19T14:00Z').heads.allocates('SCH-B').school.confirmsTheStart('2025-01-13').at('2025-02-03T10:00Z');
  const offered = (command: 'recordAgreement' | 'withdrawAgreement', ...parties: Party[]) =>
    canNext({ person: 'somebody', parties }, story.state, story.now)
      .find((next) => next.command === command)
      ?.fields.find(({ name }) => name === 'agreement')?.values;
  const [parents, home, receiving] = ['transfer-parents', 'transfer-home-school', 'transfer-receiving-school'] as const;
  expect(offered('recordAgreement', 'school:SCH-A')).toEqual([parents, home]);
  expect(offered('recordAgreement', 'school:SCH-B')).toEqual([parents, receiving]);
  expect(offered('recordAgreement', 'cap')).toEqual([parents]);
  story.school.does('recordAgreement', { agreement: home, on: '2025-02-03' });
  story.otherSchool.does('recordAgreement', { agreement: receiving, on: '2025-02-03' });
  story.cap.does('recordAgreement', { agreement: parents, on: '2025-02-03' });
  expect(offered('withdrawAgreement', 'school:SCH-B')).toEqual([receiving, parents]);
  // Nothing is left for the receiving school to record, and nothing is offered.
  expect(offered('recordAgreement', 'school:SCH-B')).toBeUndefined();
});
