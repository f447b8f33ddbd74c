// Agreements: who, when, how, with what evidence, for what, and until when they held (A13).
import { agreementsIn, agreementsToGive, questionsAsked } from '../../domain/agreements';
import { checkApplication, packOf, type Answers } from '../../domain/application';
import { programmeFor } from '../../domain/programmes';
import { calendar2024, completeAnswers, flourishApplication, refocusApplication, sampleStudent } from '../support/story';
import { twoYears } from './calendarOf2024';

const refocus = programmeFor('refocus', '2024-25');
const now = '2024-12-02T10:00:00.000Z';
const complete = completeAnswers('refocus', '2024-12-01');
const problems = (answers: Answers) =>
  checkApplication('refocus', { student: sampleStudent, course: null, answers, slas: ['2024-25'], saved: now }, now, {
    calendar: calendar2024,
    cycles: [],
  });

test('a yes to consent opens the questions who, when, how and where the evidence is, and without them nothing is submitted', () => {
  expect(problems(complete)).toEqual([]);
  const bare = { ...complete, 'parental-consent-by': '', 'parental-consent-on': '', 'parental-consent-evidence': ' ' };
  expect(problems(bare)).toMatchObject([
    { field: 'answers.parental-consent-by', rule: 'A13' },
    { field: 'answers.parental-consent-on', rule: 'A13' },
    { field: 'answers.parental-consent-evidence', rule: 'A13' },
  ]);
});

test('of the same question about two agreements each says which it is about', () => {
  const said = problems({ ...complete, 'parental-consent-by': '', 'early-help-plan-by': '' }).map(({ message }) => message);
  const who = 'Answer "Who agreed, and who are they to the student?", about ';
  const asks = (code: string) => questionsAsked(refocus).find((question) => question.code === code)?.text ?? '';
  expect(said.toSorted()).toEqual(['parental-consent', 'early-help-plan'].map((code) => `${who}"${asks(code)}"`).toSorted());
});

test('a no opens none of them, and what was written behind it before does not come into the pack (R24)', () => {
  const refused = { ...complete, 'parental-consent': false };
  expect(problems({ ...refused, 'parental-consent-by': '' })).toEqual([]);
  const pack = packOf(sampleStudent, null, refused, { year: '2024-25', programme: refocus });
  const codes = pack.map(({ code }) => code);
  expect(codes).toContain('parental-consent');
  expect(codes).not.toContain('parental-consent-by');
  expect(codes).toContain('early-help-plan-by');
});

test('to a part alone, or for a time, is asked and may be left: the scope', () => {
  const scope = questionsAsked(refocus).find(({ code }) => code === 'parental-consent-scope');
  expect(scope).toMatchObject({ strength: 'advisory', when: { question: 'parental-consent', is: true } });
  expect(problems({ ...complete, 'parental-consent-scope': '' })).toEqual([]);
});

test('nobody has agreed on a day to come', () => {
  expect(problems({ ...complete, 'parental-consent-on': '2024-12-03' })).toMatchObject([
    { field: 'answers.parental-consent-on', rule: 'A13' },
  ]);
});

test('nobody has agreed to it longer ago than two academic years before that of the start: an older agreement is asked for anew', () => {
  const on = (day: string) => problems({ ...complete, 'parental-consent-on': day });
  expect(on('2022-09-01')).toEqual([]);
  expect(on('2022-08-31')).toMatchObject([{ field: 'answers.parental-consent-on', rule: 'A13' }]);
  const story = flourishApplication();
  story.at('2024-12-02T10:00Z').school.submits();
  story.school.does('withdrawAgreement', { agreement: 'early-help', on: '2024-12-02' });
  const record = (day: string) => () => story.school.does('recordAgreement', { agreement: 'early-help', on: day });
  expect(story.refusal(record('2022-08-31'))).toMatchObject({ field: 'on', rule: 'A13' });
  record('2022-09-01')();
});

test('the two academic years are those before its start, for what is recorded later as for the pack: not those of the values that it goes by (C6)', () => {
  // By the values of 2026-27, which go on until others are published.
  const late = flourishApplication();
  late.at('2029-12-03T10:00Z').school.submits();
  late.school.does('withdrawAgreement', { agreement: 'early-help', on: '2029-12-03' });
  const record = (story: typeof late, on: string) => () => story.school.does('recordAgreement', { agreement: 'early-help', on });
  expect(late.refusal(record(late, '2027-08-31'))).toMatchObject({ field: 'on', rule: 'A13' });
  record(late, '2027-09-01')();
  // Of a cohort of the year after the values that the case is pinned to, and of a start in it.
  const story = flourishApplication({ calendar: twoYears });
  story.at('2024-12-02T10:00Z').school.submits().cap.findsThePackComplete();
  story.at('2024-12-16T14:00Z').chair.approves().cap.sendsThePackTo('TP-ONE');
  story.at('2024-12-18T10:00Z').provider.holdsTheInterview().provider.accepts();
  story.school.does('confirmStart', { start: '2025-09-08' });
  story.school.does('withdrawAgreement', { agreement: 'early-help', on: '2024-12-18' });
  expect(story.refusal(record(story, '2023-08-31'))).toMatchObject({ field: 'on', rule: 'A13' });
  record(story, '2023-09-01')();
});

test('a case knows which agreements its pack speaks of, and of what day', () => {
  const story = refocusApplication();
  story.at('2024-12-02T10:00Z').school.submits();
  expect(story.state.agreements).toEqual(
    [
      { agreement: 'early-help', on: '2024-12-02', withdrawn: null },
      { agreement: 'parental-consent', on: '2024-12-02', withdrawn: null },
    ].sort(
      (a, b) => ['parental-consent', 'early-help'].indexOf(a.agreement) - ['parental-consent', 'early-help'].indexOf(b.agreement),
    ),
  );
});

test('what is withdrawn is told to CAP and to the panel before which the case is, and waits for CAP until it says what was done', () => {
  const story = refocusApplication();
  story.at('2024-12-02T10:00Z').school.submits();
  story.at('2024-12-03T10:00Z').cap.findsThePackComplete();
  const told = story.told.length;
  story.at('2024-12-04T10:00Z').school.does('withdrawAgreement', { agreement: 'parental-consent', on: '2024-12-04' });
  expect(story.told.slice(told).sort()).toEqual([
    'agreement-withdrawn to cap',
    'agreement-withdrawn to panel:review-and-authorisation',
  ]);
  expect(story.waits.find(({ what }) => what === 'withdrawn-agreement')).toMatchObject({
    party: 'cap',
    subject: 'parental-consent',
  });
  expect(story.state.agreements).toContainEqual({
    agreement: 'parental-consent',
    on: '2024-12-04'.replace('04', '02'),
    withdrawn: '2024-12-04',
  });
  expect(story.refusal(() => story.cap.does('settleAgreement', { agreement: 'early-help' }))).toMatchObject({ rule: 'A13' });
  story.cap.does('settleAgreement', { agreement: 'parental-consent' });
  expect(story.waits.map(({ what }) => what)).not.toContain('withdrawn-agreement');
});

test('given anew it stands again, and CAP has nothing left to see to', () => {
  const story = refocusApplication();
  story.at('2024-12-02T10:00Z').school.submits();
  const consent = { agreement: 'parental-consent' as const };
  expect(story.refusal(() => story.school.does('recordAgreement', { ...consent, on: '2024-12-02' }))).toMatchObject({
    refused: 'nothing-changed',
  });
  story.school.does('withdrawAgreement', { ...consent, on: '2024-12-02' });
  expect(story.refusal(() => story.school.does('withdrawAgreement', { ...consent, on: '2024-12-02' }))).toMatchObject({
    refused: 'nothing-changed',
  });
  story.at('2024-12-05T10:00Z').school.does('recordAgreement', { ...consent, on: '2024-12-05' });
  const early = { agreement: 'early-help', on: '2024-12-02', withdrawn: null };
  expect(story.state.agreements).toEqual([early, { ...consent, on: '2024-12-05', withdrawn: null }]);
  expect(story.state.matters).toEqual([]);
});

test('of two agreements that were withdrawn each waits for CAP by itself, and what may be given is what does not stand', () => {
  const story = refocusApplication();
  story.at('2024-12-02T10:00Z').school.submits();
  expect(agreementsToGive(story.state)).toEqual([]);
  expect(story.offered('school:SCH-A')).not.toContain('recordAgreement');
  for (const agreement of ['parental-consent', 'early-help'] as const)
    story.school.does('withdrawAgreement', { agreement, on: '2024-12-02' });
  expect(agreementsToGive(story.state)).toEqual(['parental-consent', 'early-help']);
  expect(story.offered('school:SCH-A')).toContain('recordAgreement');
  story.cap.does('settleAgreement', { agreement: 'early-help' });
  expect(story.state.matters).toMatchObject([{ kind: 'withdrawn-agreement', subject: 'parental-consent' }]);
  // One working day from Monday 2 December.
  expect(story.waits.find(({ what }) => what === 'withdrawn-agreement')).toMatchObject({ due: '2024-12-03T23:59:59.999Z' });
});

test('it is withdrawn on the day it was given or later, and neither on a day to come', () => {
  const story = refocusApplication();
  story.at('2024-12-02T10:00Z').school.submits();
  const on = (day: string) => story.refusal(() => story.cap.does('withdrawAgreement', { agreement: 'early-help', on: day }));
  expect(on('2024-12-01')).toMatchObject({ field: 'on', rule: 'A13' });
  expect(on('2024-12-03')).toMatchObject({ field: 'on', rule: 'A13' });
});

test('of a programme that leads to no transfer, no agreement to one is recorded', () => {
  const story = flourishApplication();
  story.at('2024-12-02T10:00Z').school.submits();
  const transfer = { agreement: 'transfer-parents' as const, on: '2024-12-02' };
  expect(story.refusal(() => story.school.does('recordAgreement', transfer))).toMatchObject({ field: 'agreement', rule: 'A6' });
});

test('a corrected pack says anew what was agreed, and does not bring back what was withdrawn since (A22)', () => {
  const answers: Record<string, string | boolean> = { ...complete };
  const story = refocusApplication({ answers });
  story.at('2024-12-02T10:00Z').school.submits();
  story.cap.returnsThePack();
  story.school.does('withdrawAgreement', { agreement: 'early-help', on: '2024-12-02' });
  answers['parental-consent'] = false;
  story.school.sendsTheCorrectedPack();
  expect(story.state.agreements).toEqual([{ agreement: 'early-help', on: '2024-12-01', withdrawn: '2024-12-02' }]);
});

test('a corrected pack is held against its questions as the first was: one that lacks an answer is not sent again (A22)', () => {
  const answers: Record<string, string | boolean> = { ...complete };
  const story = refocusApplication({ answers });
  story.at('2024-12-02T10:00Z').school.submits().cap.returnsThePack();
  answers['parental-consent-evidence'] = '';
  expect(story.refusal(() => story.school.sendsTheCorrectedPack())).toMatchObject({
    ...{ refused: 'not-eligible', rule: 'A13', field: 'answers.parental-consent-evidence' },
  });
  answers['parental-consent-evidence'] = 'In the file of the school';
  story.school.sendsTheCorrectedPack();
  expect(story.stage).toBe('pack-check');
});

test('of two questions about one agreement it is kept once', () => {
  const both = {
    'early-help-offer': true,
    'early-help-offer-on': '2024-12-01',
    'early-help-plan': true,
    'early-help-plan-on': '2024-11-01',
  };
  expect(agreementsIn(both)).toEqual([{ agreement: 'early-help', on: '2024-12-01', withdrawn: null }]);
});
