// A lapsed check of a provider stops a new placement; what runs goes on (R103-R105).
import type { Check } from '../../domain/checks';
import { lapsedOn } from '../../domain/checks';
import { flourishBeforeItsPanel } from '../support/story';

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

test('no pack goes to a provider of which a check has lapsed, and CAP is told which', () => {
  const told = approved([{ ...training, expires: '2024-12-01' }]);
  expect(told.refusal(() => told.cap.sendsThePackTo('TP-ONE'))).toMatchObject({
    ...{ refused: 'wrong-value', rule: 'R104', field: 'provider' },
    message: expect.stringContaining('Safeguarding training of the staff'),
  });
});

test('a start is held against the checks of its own day, not of the day on which it is confirmed', () => {
  const told = approved([training, review]);
  told.cap.sendsThePackTo('TP-ONE').at('2024-12-18T10:00Z').provider.holdsTheInterview().provider.accepts();
  expect(told.refusal(() => told.school.confirmsTheStart('2025-01-13'))).toMatchObject({ rule: 'R104', field: 'start' });
});

test('a provider of which nothing is kept here has nothing that lapses', () => {
  const told = approved([]);
  told.cap.sendsThePackTo('TP-ONE').at('2024-12-18T10:00Z').provider.holdsTheInterview().provider.accepts();
  expect(told.school.confirmsTheStart('2025-01-13').stage).toBe('placement');
});
