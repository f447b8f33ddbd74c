// A lapsed check of a provider stops a new placement; what runs goes on (R103-R105).
import type { Check } from '../../domain/checks';
import { checkProblem, lapsedOn, reviewDue } from '../../domain/checks';
import { calendar2024, flourishBeforeItsPanel, insightApplication, tier1Application, year11Application } from '../support/story';

const training: Check = { kind: 'safeguarding-training', passed: '2024-09-02', expires: '2025-01-10' };
const review: Check = { kind: 'compliance-review', passed: '2024-11-04', expires: '2025-04-11' };

function approved(checks: readonly Check[]) {
  const told = flourishBeforeItsPanel({ checks });
  told.at('2024-12-16T14:00Z').chair.approves();
  return told;
}

test('a check holds to the end of its last day', () => {
  expect(lapsedOn([training, review], '2025-01-10')).toEqual([]);
  expect(lapsedOn([training, review], '2025-01-11')).toEqual([training]);
});

test('it holds from the day it was passed; the training of an academic year to its end, and from July on of the coming one (R105)', () => {
  const wrong = (kind: Check['kind'], passed: string, expires: string) =>
    checkProblem({ kind, passed, expires }, { calendar: calendar2024, today: '2025-07-01' })?.rule ?? null;
  expect([wrong('procurement', '2024-11-04', '2024-11-03'), wrong('procurement', '2024-11-04', '2024-11-04')]).toEqual([
    'R104',
    null,
  ]);
  expect(wrong('procurement', '2024-11-04', '2027-11-04')).toBeNull();
  const trained = 'safeguarding-training';
  expect([wrong(trained, '2024-09-02', '2025-08-31'), wrong(trained, '2024-09-02', '2025-09-01')]).toEqual([null, 'R105']);
  expect([wrong(trained, '2025-06-30', '2026-08-31'), wrong(trained, '2025-07-01', '2026-08-31')]).toEqual(['R105', null]);
});

test('a compliance review that is passed on the first day of a term is of that term: it holds to the end of the next one (R104)', () => {
  const passedOn = (passed: string, expires: string): Check => ({ kind: 'compliance-review', passed, expires });
  const recorded = (check: Check) => checkProblem(check, { calendar: calendar2024, today: '2025-07-01' });
  // The spring term is from 6 January to 11 April 2025, the summer term ends on 21 July.
  expect(recorded(passedOn('2025-01-06', '2025-07-21'))).toBeNull();
  expect(recorded(passedOn('2025-01-06', '2025-07-22'))).toMatchObject({ rule: 'R104', field: 'expires' });
  expect(recorded(passedOn('2025-01-03', '2025-04-12'))).toMatchObject({ rule: 'R104', field: 'expires' });
  expect(reviewDue([passedOn('2025-01-06', '2025-07-21')], '2025-01-07', calendar2024)).toBeNull();
  const due = (today: string) => reviewDue([passedOn('2025-01-03', '2025-04-11')], today, calendar2024);
  expect(['2025-01-07', '2025-04-11', '2025-04-12'].map(due)).toEqual(['2025-04-11', '2025-04-11', null]);
});

test('a check that is still to be passed is not recorded: nothing holds that did not happen (R104)', () => {
  const recorded = (passed: string) =>
    checkProblem({ kind: 'procurement', passed, expires: '2027-11-04' }, { calendar: calendar2024, today: '2024-11-27' });
  expect(recorded('2024-11-27')).toBeNull();
  expect(recorded('2024-11-28')).toMatchObject({ field: 'passed', rule: 'R104' });
});

test('no pack goes to a provider of which a check has lapsed, and CAP is told which', () => {
  const told = approved([{ ...training, expires: '2024-12-01' }]);
  expect(told.refusal(() => told.cap.sendsThePackTo('TP-ONE'))).toMatchObject({
    ...{ refused: 'wrong-value', rule: 'R104', field: 'provider' },
    message: expect.stringMatching(/^That provider: Safeguarding training of the staff(?!.*TP-ONE)/),
  });
});

test('a start is held against the checks of its own day, not of the day on which it is confirmed', () => {
  const told = approved([training, review]);
  told.cap.sendsThePackTo('TP-ONE').at('2024-12-18T10:00Z').provider.holdsTheInterview().provider.accepts();
  expect(told.refusal(() => told.school.confirmsTheStart('2025-01-13'))).toMatchObject({ rule: 'R104', field: 'start' });
});

test('a start that a lapsed check stops names the ways on that there are: once a provider has accepted, CAP finds another when that one declines (R104, A10)', () => {
  const told = approved([training, review]);
  told.cap.sendsThePackTo('TP-ONE').at('2024-12-18T10:00Z').provider.holdsTheInterview().provider.accepts();
  const { message } = told.refusal(() => told.school.confirmsTheStart('2025-01-13'));
  expect(message).toContain(
    'CAP records the new check first, or the host says that it cannot take the student, and CAP finds another.',
  );
  expect(told.offered('cap')).not.toContain('sendPack');
  told.provider.declines('capacity');
  expect(told.offered('cap')).toContain('sendPack');
});

test('a provider of which nothing is kept here has nothing that lapses', () => {
  const told = approved([]);
  told.cap.sendsThePackTo('TP-ONE').at('2024-12-18T10:00Z').provider.holdsTheInterview().provider.accepts();
  expect(told.school.confirmsTheStart('2025-01-13').stage).toBe('placement');
});

const lapsed = [{ ...review, expires: '2024-11-01' }];

test.each([
  ['a Tier 1 course', tier1Application],
  ['Insight', insightApplication],
  ['Year 11 Bespoke', year11Application],
])(
  '%s: no pack is found complete while a check of the provider of its course has lapsed: nobody is interviewed where nobody can start',
  (_of, application) => {
    const told = application({ checks: lapsed });
    told.at('2024-12-02T10:00Z').school.submits();
    expect(told.refusal(() => told.cap.findsThePackComplete())).toMatchObject({
      ...{ refused: 'wrong-value', rule: 'R104', field: 'result' },
      message: expect.stringMatching(
        /^That provider: Compliance review.*or the pack goes back to the school, which chooses another course/,
      ),
    });
    expect(told.cap.returnsThePack().stage).toBe('correction');
  },
);

test('a pack is found complete where the checks of the provider of its course hold that day, and where a panel has yet to find a provider', () => {
  const told = tier1Application({ checks: [{ ...review, expires: '2024-12-02' }] });
  expect(told.at('2024-12-02T10:00Z').school.submits().cap.findsThePackComplete().stage).toBe('interview');
  expect(flourishBeforeItsPanel({ checks: lapsed }).stage).toBe('panel');
});
