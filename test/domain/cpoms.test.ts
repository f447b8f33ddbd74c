// A safeguarding concern is recorded on CPOMS and never here (R102, A17).
import { personCommands } from '../../domain/commands';
import { flourishApplication, flourishBeforeItsPanel } from '../support/story';

test('of a concern stands here only that it is on CPOMS, and since when: no word of it can be given', () => {
  expect(personCommands.noteCpoms.texts).toEqual({});
  const told = flourishApplication().at('2024-12-02T10:00Z');
  told.school.submits().school.does('noteCpoms', { on: '2024-12-01' });
  expect(told.eventsOf('cpomsNoted')).toEqual([{ kind: 'cpomsNoted', on: '2024-12-01', at: '2024-12-02T10:00:00.000Z' }]);
  expect(told.stage).toBe('pack-check');
  expect(told.refusal(() => told.cap.does('noteCpoms', { on: '2024-12-03' }))).toMatchObject({ rule: 'A17', field: 'on' });
});

test('who has the student notes that a concern is on CPOMS, from the start that is confirmed on, and not before (R102, R124)', () => {
  const told = flourishBeforeItsPanel();
  told.at('2024-12-16T14:00Z').chair.approves().cap.sendsThePackTo('TP-ONE');
  const notes = () => told.provider.does('noteCpoms', { on: '2024-12-16' });
  expect(told.refusal(notes)).toMatchObject({ refused: 'not-yours' });
  told.provider.holdsTheInterview().provider.accepts().school.confirmsTheStart('2025-01-13');
  notes();
  expect(told.eventsOf('cpomsNoted')).toHaveLength(1);
  expect(told.refusal(() => told.otherProvider.does('noteCpoms', { on: '2024-12-16' }))).toMatchObject({ refused: 'not-yours' });
});
