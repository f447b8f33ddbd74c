// Who may do what, and who may see: every command, party and stage, written out by hand.
import { allowed, caseMachine } from '../../domain/case';
import { commandTable, type BodyOf, type CommandKind } from '../../domain/commands';
import { hostOf } from '../../domain/host';
import { actingAs } from '../../domain/machine';
import { can, canCommand, maySee } from '../../domain/permissions';
import { panelsOf, routeOf } from '../../domain/route';
import { codeOf, type Party } from '../../domain/words';
import {
  courseOf2026,
  flourishApplication,
  flourishBeforeItsPanel,
  insightBeforeItsStart,
  refocusApplication,
  refocusBeforeTheMultiAgencyPanel,
  refocusOf2026,
  transferBeforeItsAllocation,
  year11Application,
  type Story,
} from '../support/story';

const school: Party = 'school:SCH-A';
const provider: Party = 'provider:TP-ONE';
const academy: Party = 'provider:AP-ACADEMY';
const firstPanel: Party = 'panel:review-and-authorisation';
const secondPanel: Party = 'panel:multi-agency';
const heads: Party = 'panel:headteacher-placement';

const everybody: readonly Party[] = [
  'cap',
  'audit',
  'ops',
  'system',
  school,
  'school:SCH-B',
  provider,
  'provider:TP-TWO',
  academy,
  firstPanel,
  secondPanel,
  'panel:headteacher-placement',
  'member:review-and-authorisation',
  'member:multi-agency',
  'member:headteacher-placement',
];

/** Who sits on a panel sees what those who lead it see, once the agenda is closed. */
const withMembers = (parties: readonly Party[]): Party[] =>
  parties.flatMap((party) => (party.startsWith('panel:') ? [party, `member:${codeOf(party)}` as const] : [party]));

const packSent = () => {
  const story = flourishBeforeItsPanel();
  story.at('2024-12-16T14:00Z').chair.approves().cap.sendsThePackTo('TP-ONE');
  return story;
};
const submitted = () => {
  const story = flourishApplication();
  story.at('2024-12-02T10:00Z').school.submits();
  return story;
};
const atOnboarding = () => {
  const story = refocusBeforeTheMultiAgencyPanel();
  story.at('2024-12-17T14:00Z').secondChair.approves();
  return story;
};

interface Row {
  readonly tell: () => Story;
  readonly who: Partial<Record<CommandKind, readonly Party[]>>;
  readonly sees: readonly Party[];
  /** Then those who sit on its panel do not see it yet. */
  readonly agendaIsOpen?: true;
}

/** What every open case takes beside what stands in its row. */
const ofEveryCase: Row['who'] = {
  withdraw: [school],
  closeCase: ['cap'],
  clock: ['system'],
  recalculate: ['system'],
  emailUndelivered: ['system'],
  noteCpoms: [school, 'cap'],
  recordAgreement: [school, 'cap'],
  nameCaseWorker: [school],
  nameMonitoringOfficer: ['cap'],
};
const withoutComplaint: Row['who'] = { ...ofEveryCase, withdrawAgreement: [school, 'cap'] };
const withoutAgreement: Row['who'] = { ...ofEveryCase, makeComplaint: [school] };

/** A course that runs, by the values of 2026-27. */
const onTheCourse: Row['who'] = {
  ...withoutAgreement,
  correctStart: [school],
  providerResponse: [provider],
  recordTask: [provider, 'cap'],
  askWithdrawal: [school, provider],
  askChangeOfDay: [school],
  askReview: [school, provider, 'cap'],
  noteCpoms: [school, provider, 'cap'],
  callMeeting: [school, provider, 'cap'],
  askExtension: [school, provider],
  holdReview: [provider, 'cap'],
  recordExit: ['cap'],
};

const always: Row['who'] = { ...withoutComplaint, makeComplaint: [school] };

const table: Record<string, Row> = {
  "CAP's check of the pack": {
    tell: submitted,
    who: { ...always, checkPack: ['cap'] },
    sees: ['cap', 'audit', school],
  },
  'a pack returned for correction': {
    tell: () => submitted().cap.returnsThePack(),
    who: { ...always, resubmitPack: [school] },
    sees: ['cap', 'audit', school],
  },
  'the only panel of Flourish': {
    tell: flourishBeforeItsPanel,
    who: { ...always, takeBackCheck: ['cap'], panelDecision: [firstPanel] },
    sees: ['cap', 'audit', school, firstPanel],
    agendaIsOpen: true,
  },
  'a panel that deferred the case': {
    tell: () => flourishBeforeItsPanel().at('2024-12-16T14:00Z').chair.defers(),
    who: { ...always, panelDecision: [firstPanel], giveInformation: [school] },
    sees: ['cap', 'audit', school, firstPanel],
  },
  'the second panel of Refocus': {
    tell: () => refocusBeforeTheMultiAgencyPanel().at('2024-12-17T14:00Z'),
    who: { ...always, takeBackDecision: [firstPanel], panelDecision: [secondPanel] },
    sees: ['cap', 'audit', school, firstPanel, secondPanel],
  },
  'an approved pack to be sent, its reasons owed': {
    tell: () => flourishBeforeItsPanel().at('2024-12-16T14:00Z').chair.approves({ withoutWords: true }),
    who: { ...always, takeBackDecision: [firstPanel], sendPack: ['cap'], giveReasons: [firstPanel] },
    sees: ['cap', 'audit', school, firstPanel],
  },
  'an interview to come, arranged by the provider': {
    tell: packSent,
    who: {
      ...always,
      noteCpoms: [school, provider, 'cap'],
      bookInterview: [provider, 'cap'],
      recordInterview: [provider, 'cap'],
      sendPack: ['cap'],
    },
    sees: ['cap', 'audit', school, firstPanel, provider],
  },
  'an interview that was held': {
    tell: () => packSent().provider.holdsTheInterview(),
    who: {
      ...always,
      noteCpoms: [school, provider, 'cap'],
      recordInterview: [provider, 'cap'],
      providerResponse: [provider],
    },
    sees: ['cap', 'audit', school, firstPanel, provider],
  },
  'an onboarding': {
    tell: atOnboarding,
    who: { takeBackDecision: [secondPanel], ...always, noteCpoms: [school, academy, 'cap'], recordOnboarding: [academy] },
    sees: ['cap', 'audit', school, firstPanel, secondPanel, academy],
  },
  'an onboarding that was refused through Temporal, its reasons owed by CAP': {
    tell: () => atOnboarding().academy.does('recordOnboarding', { result: 'refused' }, null),
    who: { ...always, giveReasons: ['cap'] },
    sees: ['cap', 'audit', school, firstPanel, secondPanel],
  },
  'a start date to be confirmed': {
    tell: () => packSent().provider.holdsTheInterview().provider.accepts(),
    who: { ...always, noteCpoms: [school, provider, 'cap'], confirmStart: [school], providerResponse: [provider] },
    sees: ['cap', 'audit', school, firstPanel, provider],
  },
  'a placement': {
    tell: () => packSent().provider.holdsTheInterview().provider.accepts().school.confirmsTheStart('2025-01-13'),
    who: {
      ...always,
      correctStart: [school],
      providerResponse: [provider],
      askWithdrawal: [school, provider],
      askChangeOfDay: [school],
      askReview: [school, provider, 'cap'],
      noteCpoms: [school, provider, 'cap'],
      callMeeting: [school, provider, 'cap'],
      askExtension: [school, provider],
      holdReview: [provider, 'cap'],
      recordExit: ['cap'],
    },
    sees: ['cap', 'audit', school, firstPanel, provider],
  },
  'a placement with a withdrawal and a change of day to be seen to': {
    tell: () => {
      const story = packSent().provider.holdsTheInterview().provider.accepts().school.confirmsTheStart('2025-01-13');
      story.provider.asksForWithdrawal({ last: '2025-01-24', discussedOn: '2024-12-16' });
      return story.school.asksForOtherDays({ from: '2025-01-20', weekdays: 'mon,tue' });
    },
    who: {
      ...always,
      correctStart: [school],
      providerResponse: [provider],
      processWithdrawal: ['cap'],
      confirmChangeOfDay: ['cap'],
      askReview: [school, provider, 'cap'],
      noteCpoms: [school, provider, 'cap'],
      callMeeting: [school, provider, 'cap'],
      askExtension: [school, provider],
      holdReview: [provider, 'cap'],
      recordExit: ['cap'],
    },
    sees: ['cap', 'audit', school, firstPanel, provider],
  },
  'an Insight placement, its first assessment to come': {
    tell: insightBeforeItsStart,
    who: {
      ...always,
      correctStart: [school],
      providerResponse: [provider],
      askWithdrawal: [school, provider],
      askChangeOfDay: [school],
      askReview: [school, provider, 'cap'],
      noteCpoms: [school, provider, 'cap'],
      callMeeting: [school, provider, 'cap'],
      askExtension: [school, provider],
      holdReview: [provider, 'cap'],
      recordAssessment: [provider, 'cap'],
      recordExit: ['cap'],
    },
    sees: ['cap', 'audit', school, provider],
  },
  'a placement whose extension is to be decided on': {
    tell: () => {
      const story = packSent().provider.holdsTheInterview().provider.accepts().school.confirmsTheStart('2025-01-13');
      return story.school.does('askExtension', { end: '2025-05-02', otherAgreed: '2024-12-16' });
    },
    who: {
      ...always,
      correctStart: [school],
      providerResponse: [provider],
      decideExtension: ['cap'],
      askWithdrawal: [school, provider],
      askChangeOfDay: [school],
      askReview: [school, provider, 'cap'],
      noteCpoms: [school, provider, 'cap'],
      callMeeting: [school, provider, 'cap'],
      holdReview: [provider, 'cap'],
      recordExit: ['cap'],
    },
    sees: ['cap', 'audit', school, firstPanel, provider],
  },
  'an e-mail that could not be delivered': {
    tell: () => submitted().person('system').does('emailUndelivered', { email: 'CAP-1.1.application-received.school-SCH-A' }),
    who: { ...always, checkPack: ['cap'], settleEmail: ['cap'] },
    sees: ['cap', 'audit', school],
  },
  'a Supported Transfer before the meeting that allocates': {
    tell: () => transferBeforeItsAllocation().at('2024-12-19T14:00Z'),
    who: { takeBackDecision: [secondPanel], ...always, allocateSchool: [heads] },
    sees: ['cap', 'audit', school, firstPanel, secondPanel, heads],
  },
  'a Supported Transfer with its receiving school': {
    tell: () => transferBeforeItsAllocation().at('2024-12-19T14:00Z').heads.allocates('SCH-B'),
    who: { ...always, noteCpoms: [school, 'school:SCH-B', 'cap'], allocateSchool: [heads, 'cap'], confirmStart: [school] },
    sees: ['cap', 'audit', school, 'school:SCH-B', firstPanel, secondPanel, heads],
  },
  'a Supported Transfer whose allocation owes its reasons': {
    tell: () => transferBeforeItsAllocation().at('2024-12-19T14:00Z').heads.allocates('SCH-B', { withoutWords: true }),
    who: {
      ...always,
      noteCpoms: [school, 'school:SCH-B', 'cap'],
      allocateSchool: [heads, 'cap'],
      confirmStart: [school],
      giveReasons: [heads],
    },
    sees: ['cap', 'audit', school, 'school:SCH-B', firstPanel, secondPanel, heads],
  },
  'a Supported Transfer at the receiving school': {
    tell: () =>
      transferBeforeItsAllocation().at('2024-12-19T14:00Z').heads.allocates('SCH-B').school.confirmsTheStart('2025-01-13'),
    who: {
      ...always,
      correctStart: [school],
      allocateSchool: ['cap'],
      askWithdrawal: [school, 'school:SCH-B'],
      askChangeOfDay: [school],
      askReview: [school, 'school:SCH-B', 'cap'],
      noteCpoms: [school, 'school:SCH-B', 'cap'],
      callMeeting: [school, 'school:SCH-B', 'cap'],
      askExtension: [school, 'school:SCH-B'],
      holdReview: ['school:SCH-B', 'cap'],
      recordExit: ['cap'],
      recordAgreement: [school, 'school:SCH-B', 'cap'],
      withdrawAgreement: [school, 'school:SCH-B', 'cap'],
    },
    sees: ['cap', 'audit', school, 'school:SCH-B', firstPanel, secondPanel, heads],
  },
  'a Year 11 course that the panel approved': {
    tell: () => {
      const story = year11Application();
      story.at('2024-12-02T10:00Z').school.submits();
      story.at('2024-12-03T10:00Z').cap.findsThePackComplete();
      return story.at('2024-12-16T14:00Z').chair.approves();
    },
    who: {
      ...always,
      takeBackDecision: [firstPanel],
      noteCpoms: [school, provider, 'cap'],
      sendPack: ['cap'],
      confirmStart: [school],
    },
    sees: ['cap', 'audit', school, firstPanel, provider],
  },
  'a case with a complaint to be answered': {
    tell: () => submitted().school.does('makeComplaint', {}),
    who: { ...withoutComplaint, checkPack: ['cap'], answerComplaint: ['cap'] },
    sees: ['cap', 'audit', school],
  },
  'a case of which an agreement was withdrawn': {
    tell: () => submitted().school.does('withdrawAgreement', { agreement: 'early-help', on: '2024-12-02' }),
    who: { ...withoutAgreement, settleAgreement: ['cap'], checkPack: ['cap'] },
    sees: ['cap', 'audit', school],
  },
  'alternatives after a refusal': {
    tell: () => flourishBeforeItsPanel().at('2024-12-16T14:00Z').chair.refuses(),
    who: { ...always, takeBackDecision: [firstPanel], askReconsideration: [school] },
    sees: ['cap', 'audit', school, firstPanel],
  },
  'alternatives after a provider declined': {
    tell: () => packSent().provider.holdsTheInterview().provider.declines('need'),
    who: { ...always, sendPack: ['cap'] },
    sees: ['cap', 'audit', school, firstPanel],
  },
  'alternatives after an onboarding was refused': {
    tell: () => atOnboarding().academy.refusesTheOnboarding(),
    who: always,
    sees: ['cap', 'audit', school, firstPanel, secondPanel],
  },
  'a Tier 1 placement of 2026-27, its tasks to come': {
    tell: () => courseOf2026(6),
    who: onTheCourse,
    sees: ['cap', 'audit', school, provider],
  },
  'a placement with a meeting that its provider called': {
    tell: () => courseOf2026(6).provider.does('callMeeting', { about: 'attendance', at: '2026-11-02T10:00:00.000Z' }),
    who: { ...onTheCourse, recordMeeting: [provider, 'cap'] },
    sees: ['cap', 'audit', school, provider],
  },
  'a placement with a meeting that the school called': {
    tell: () => courseOf2026(6).school.does('callMeeting', { about: 'attendance', at: '2026-11-02T10:00:00.000Z' }),
    who: { ...onTheCourse, recordMeeting: [school, 'cap'] },
    sees: ['cap', 'audit', school, provider],
  },
  'a Refocus placement of 2026-27, its notice to come': {
    tell: refocusOf2026,
    who: {
      ...always,
      correctStart: [school],
      recordOnboarding: [academy],
      recordNotice: [school],
      recordTask: [academy],
      askWithdrawal: [school, academy],
      askChangeOfDay: [school],
      askReview: [school, academy, 'cap'],
      noteCpoms: [school, academy, 'cap'],
      callMeeting: [school, academy, 'cap'],
      askExtension: [school, academy],
      holdReview: [academy, 'cap'],
      recordExit: ['cap'],
    },
    // The panels decided long before.
    sees: ['cap', 'audit', school, academy],
  },
  'a closed case': {
    tell: () => packSent().school.withdraws(),
    who: { emailUndelivered: ['system'], erase: ['system'] },
    sees: ['cap', 'audit', school, firstPanel, provider],
  },
};

const bodies: { readonly [K in CommandKind]: BodyOf<K> } = {
  submit: {},
  checkPack: { result: 'complete' },
  resubmitPack: {},
  panelDecision: { outcome: 'approve' },
  giveReasons: {},
  giveInformation: {},
  allocateSchool: { result: 'allocated', school: 'SCH-C', outsideMeeting: true },
  sendPack: { provider: 'TP-TWO' },
  bookInterview: { at: '2025-01-08T10:00:00.000Z' },
  recordInterview: { result: 'held' },
  providerResponse: { result: 'accept' },
  recordOnboarding: { result: 'completed' },
  confirmStart: { start: '2025-01-27' },
  correctStart: { start: '2025-01-27' },
  holdReview: { on: '2025-01-20', review: 'review' },
  recordAssessment: { on: '2025-01-13', assessment: 'before' },
  recordExit: { destination: 'ended-early' },
  recordTask: { task: 'staff-training', on: '2026-09-28' },
  recordNotice: { sentOn: '2025-01-09' },
  callMeeting: { about: 'attendance', at: '2026-12-01T10:00:00.000Z' },
  recordMeeting: { about: 'attendance', result: 'not-held' },
  askReview: { by: 'parents', receivedOn: '2025-01-20' },
  askReconsideration: {},
  takeBackCheck: {},
  takeBackDecision: {},
  askWithdrawal: { from: 'placement', last: '2025-01-24' },
  processWithdrawal: { result: 'processed', enteredOn: '2024-12-16' },
  askChangeOfDay: { from: '2025-01-20', weekdays: 'mon,tue', hostAgreed: '2024-12-16' },
  confirmChangeOfDay: { result: 'confirmed', enteredOn: '2024-12-16' },
  askExtension: { end: '2025-05-02', otherAgreed: '2024-12-16' },
  decideExtension: { result: 'extended' },
  makeComplaint: {},
  nameCaseWorker: { caseWorker: 'somebody' },
  nameMonitoringOfficer: { officer: 'somebody' },
  recordAgreement: { agreement: 'transfer-parents', on: '2024-11-04' },
  withdrawAgreement: { agreement: 'early-help', on: '2024-12-01' },
  settleAgreement: { agreement: 'early-help' },
  noteCpoms: { on: '2024-11-04' },
  answerComplaint: { outcome: 'upheld' },
  settleEmail: { email: 'one' },
  withdraw: {},
  closeCase: {},
  clock: {},
  recalculate: {},
  emailUndelivered: { email: 'one' },
  erase: {},
};
const kinds = Object.keys(commandTable) as CommandKind[];

/** Whether the table has that party give the command at some stage; somebody who is not the host now is not one of its hosts. */
function mayAtSomeStage(kind: CommandKind, party: Party, story: Story): boolean {
  const isStranger = roleIn(party) === 'host' && hostOf(story.state) !== party;
  const isOfNoPanel = party.startsWith('panel:') && !panelsOf(routeOf(story.state)).some((panel) => party === `panel:${panel}`);
  const interview = routeOf(story.state).find((stage) => stage.stage === 'interview');
  // The routes of the table have it arranged by the provider (R63); Insight by the school (R55, R59).
  const arranger = interview?.arrangedBy === 'school' ? 'home school' : 'host';
  // A host says what was agreed to where it is a school (A13).
  if (/Agreement$/.test(kind) && party.startsWith('provider:')) return false;
  if (kind === 'bookInterview' && interview) return !isStranger && ['cap', arranger].includes(roleIn(party));
  return (
    !isStranger &&
    !isOfNoPanel &&
    Object.values(table).some(({ who }) => who[kind]?.some((each) => roleIn(each) === roleIn(party)))
  );
}

/** What a party can be to a case, its own name left out. */
function roleIn(party: Party): string {
  if (party === school) return 'home school';
  if (party === heads) return 'the meeting that allocates';
  const [kind = ''] = party.split(':');
  return kind === 'school' || kind === 'provider' ? 'host' : kind;
}

describe.each(Object.entries(table))('%s', (_name, { tell, who, sees, agendaIsOpen }) => {
  const story = tell();

  test('takes just these commands', () => {
    expect([...allowed(story.state)].sort()).toEqual(Object.keys(who).sort());
  });

  test.each(kinds)('%s is for those who are named, and refused to everybody else', (kind) => {
    for (const party of everybody) {
      const may = who[kind]?.includes(party) ?? false;
      if (who[kind])
        expect([party, canCommand({ person: 'somebody', parties: [party] }, kind, story.state).allowed]).toEqual([party, may]);
      const decision = story.ask([party], kind, bodies[kind], ['reasons']);
      const refused = Array.isArray(decision) ? 'nothing' : decision.refused;
      const byRight =
        kind === 'submit' ? ['already-submitted'] : [who[kind] || !mayAtSomeStage(kind, party, story) ? 'not-yours' : 'not-now'];
      if (may) expect(['not-yours', 'not-now']).not.toContain(refused);
      else expect(byRight).toContain(refused);
    }
  });

  test('is seen by just these', () => {
    const readers = agendaIsOpen ? [...sees] : withMembers(sees);
    expect([...story.viewers].sort()).toEqual(readers.sort());
    for (const party of everybody)
      expect(maySee({ person: 'somebody', parties: [party] }, story.state, story.now)).toBe(readers.includes(party));
  });
});

test('who sits on a panel reads a case from when its agenda closes to the end of the outcome, and again from when the next one closes', () => {
  const member: Party = 'member:review-and-authorisation';
  const story = flourishBeforeItsPanel();
  const readers = (time: string) => [firstPanel, member].filter((party) => story.at(time).viewers.includes(party));
  expect(readers('2024-12-04T23:59Z')).toEqual([firstPanel]);
  expect(readers('2024-12-05T00:00Z')).toEqual([firstPanel, member]);
  story.at('2024-12-16T14:00Z').chair.defers();
  expect(story.state.landing).toMatchObject({ agendaCloses: '2025-01-15' });
  expect(readers('2024-12-19T23:59Z')).toEqual([firstPanel, member]);
  expect(readers('2024-12-20T00:00Z')).toEqual([firstPanel]);
  expect(readers('2025-01-15T23:59Z')).toEqual([firstPanel]);
  expect(readers('2025-01-16T00:00Z')).toEqual([firstPanel, member]);
  story.at('2025-01-27T14:00Z').chair.approves();
  expect(readers('2025-01-31T00:00Z')).toEqual([]);
});

test('a panel that owes its reasons reads the case until they are given, after the end of the outcome too, and no other panel does (R72)', () => {
  const story = refocusApplication();
  story.at('2024-12-02T10:00Z').school.submits().cap.findsThePackComplete();
  const panels: readonly Party[] = [firstPanel, 'member:review-and-authorisation', 'panel:multi-agency', 'member:multi-agency'];
  const readers = (time: string) => panels.filter((party) => story.at(time).viewers.includes(party));
  story.at('2024-12-16T14:00Z').chair.refuses({ withoutWords: true });
  expect(readers('2025-01-31T10:00Z')).toEqual([firstPanel, 'member:review-and-authorisation']);
  story.chair.givesReasons();
  expect(readers('2025-01-31T10:00Z')).toEqual([]);
});

test('of a case on no agenda a panel has its chair alone as a reader', () => {
  const story = flourishApplication();
  story.plan({ cycles: [] }).at('2024-12-02T10:00Z').school.submits().cap.findsThePackComplete();
  expect(story.viewers).toEqual(['cap', 'audit', school, firstPanel]);
});

test('who acts for the home school or the host decides nothing about its case as somebody else (A21)', () => {
  const chairOfTheHomeSchool = [school, firstPanel];
  const before = flourishBeforeItsPanel().at('2024-12-16T14:00Z');
  expect(canCommand({ person: 'both', parties: chairOfTheHomeSchool }, 'panelDecision', before.state).allowed).toBe(false);
  expect(before.ask(chairOfTheHomeSchool, 'panelDecision', bodies.panelDecision, ['reasons'])).toMatchObject({
    refused: 'not-yours',
    rule: 'A21',
  });
  expect(before.ask(['school:SCH-B', firstPanel], 'panelDecision', bodies.panelDecision, ['reasons'])).toBeInstanceOf(Array);
  expect(canCommand({ person: 'both', parties: chairOfTheHomeSchool }, 'withdraw', before.state).allowed).toBe(true);
  expect(submitted().ask([school, 'cap'], 'checkPack', bodies.checkPack)).toMatchObject({ refused: 'not-yours', rule: 'A21' });
  const held = packSent().provider.holdsTheInterview();
  expect(held.ask([provider, 'cap'], 'closeCase', {}, ['offered'])).toMatchObject({ refused: 'not-yours', rule: 'A21' });
  expect(held.ask([provider, 'cap'], 'providerResponse', { result: 'accept' })).toBeInstanceOf(Array);
});

test('who is of the home school and of the host is of the home school in its case, and does not answer it as the host (A21)', () => {
  const both = [school, provider];
  const held = packSent().provider.holdsTheInterview();
  expect(held.ask(both, 'providerResponse', { result: 'accept' })).toMatchObject({ refused: 'not-yours', rule: 'A21' });
  expect(canCommand({ person: 'both', parties: both }, 'withdraw', held.state)).toEqual({ allowed: true });
  const { state } = held.provider.accepts();
  const actor = { person: 'both', parties: both };
  expect(actingAs(caseMachine, state, state, 'confirmStart', actor)).toEqual([school]);
  const placed = held.school.confirmsTheStart('2025-01-13').at('2025-02-03T10:00Z').state;
  expect(actingAs(caseMachine, placed, placed, 'askWithdrawal', actor)).toEqual([school]);
});

test('somebody with several grants may do what any of them permits; somebody with none may do nothing', () => {
  const story = submitted();
  expect(canCommand({ person: 'both', parties: ['audit', 'cap'] }, 'checkPack', story.state)).toEqual({ allowed: true });
  expect(canCommand({ person: 'none', parties: [] }, 'checkPack', story.state)).toEqual({
    allowed: false,
    why: expect.any(String),
  });
  expect(maySee({ person: 'none', parties: [] }, story.state, story.now)).toBe(false);
});

test.each([
  ['start-application', ['school:SCH-A'], true],
  ['start-application', ['school:SCH-B'], false],
  ['start-application', ['cap'], false],
  ['start-application', [], false],
  ['edit-calendar', ['cap'], true],
  ['edit-calendar', ['audit', 'ops', 'school:SCH-A', 'panel:multi-agency', 'provider:TP-ONE'], false],
  ['keep-directory', ['cap'], true],
  ['keep-directory', ['audit', 'ops', 'school:SCH-A', 'provider:TP-ONE'], false],
  ['open-for-the-authority', ['cap'], true],
  ['open-for-the-authority', ['school:SCH-A', 'audit', 'panel:multi-agency'], false],
  ['keep-people', ['cap'], true],
  ['keep-people', ['audit', 'ops', 'school:SCH-A', 'panel:multi-agency'], false],
  ['see-people', ['audit'], true],
  ['see-people', ['ops', 'school:SCH-A', 'panel:multi-agency', 'provider:TP-ONE'], false],
  ['see-sites', ['school:SCH-A'], true],
  ['see-sites', [], false],
  ['see-leads', ['provider:TP-ONE'], true],
  ['see-leads', ['member:multi-agency'], true],
  ['see-leads', [], false],
  ['keep-panels', ['cap'], true],
  ['keep-panels', ['audit', 'ops', 'school:SCH-A', 'panel:multi-agency', 'member:multi-agency'], false],
  ['see-calendar', ['provider:TP-ONE'], true],
  ['see-calendar', [], false],
  ['see-registers', [provider], true],
  ['see-registers', [school], true],
  ['see-registers', ['cap'], true],
  ['see-registers', [firstPanel], false],
  ['see-registers', ['audit'], false],
  ['see-overdue', ['cap'], true],
  ['see-overdue', ['audit', 'ops', 'school:SCH-A', 'panel:multi-agency', 'provider:TP-ONE'], false],
  ['give-exports', ['cap'], true],
  ['give-exports', ['member:multi-agency', 'panel:multi-agency', 'audit', 'ops', 'school:SCH-A', 'provider:TP-ONE'], false],
  ['see-numbers', ['cap'], true],
  ['see-numbers', ['member:multi-agency'], true],
  ['see-numbers', ['audit', 'ops', 'school:SCH-A', 'panel:review-and-authorisation', 'provider:TP-ONE'], false],
  ['keep-retention', ['cap'], true],
  ['keep-retention', ['audit', 'ops', 'school:SCH-A', 'panel:multi-agency', 'provider:TP-ONE'], false],
  ['give-subject-access', ['cap'], true],
  ['give-subject-access', ['audit', 'ops', 'school:SCH-A', 'panel:multi-agency', 'provider:TP-ONE'], false],
  ['decode-payloads', ['ops'], true],
  ['decode-payloads', ['cap', 'audit'], false],
  ['see-access', ['audit'], true],
  ['see-access', ['cap', 'ops', 'school:SCH-A', 'panel:multi-agency', 'provider:TP-ONE'], false],
  ['prove-timeline', ['audit'], true],
  ['prove-timeline', ['cap'], true],
  ['prove-timeline', ['ops', 'school:SCH-A', 'panel:multi-agency', 'provider:TP-ONE'], false],
  ['see-workings', ['ops'], true],
  ['see-workings', ['cap'], true],
  ['see-workings', ['audit', 'school:SCH-A', 'panel:multi-agency', 'provider:TP-ONE'], false],
] as const)('%s by %j is allowed: %s', (action, parties, yes) => {
  expect(can({ person: 'somebody', parties }, action, 'SCH-A').allowed).toBe(yes);
});

test('nobody starts an application for no school', () => {
  expect(can({ person: 'somebody', parties: ['school:SCH-A'] }, 'start-application').allowed).toBe(false);
});

test.each([
  ['cap', ['cap'], true],
  [school, ['cap'], true],
  [school, [school], true],
  [provider, [provider], true],
  [academy, [academy], true],
  [school, ['school:SCH-B'], false],
  [school, [provider], false],
  ['cap', [school, provider, 'audit', 'ops', 'send'], false],
  [provider, ['provider:TP-TWO', academy, firstPanel, 'member:multi-agency'], false],
  [firstPanel, [firstPanel], false],
  [school, [], false],
] as const)('the safeguarding leads of %s are kept by %j: %s (R123, R124)', (party, parties, yes) => {
  expect(can({ person: 'somebody', parties }, 'keep-leads', party).allowed).toBe(yes);
});

test.each([
  [['cap'], true],
  [[provider], true],
  [['provider:TP-TWO', academy, school, 'audit', 'ops'], false],
] as const)('the sites of %s keeps: %s', (parties, yes) => {
  expect(can({ person: 'somebody', parties }, 'keep-sites', provider).allowed).toBe(yes);
});
