// A safeguarding concern is recorded on CPOMS and never here (R102, A17).
import { personCommands } from '../../domain/commands';
import { flourishApplication } from '../support/story';

test('of a concern stands here only that it is on CPOMS, and since when: no word of it can be given', () => {
  expect(personCommands.noteCpoms.texts).toEqual({});
  const told = flourishApplication().at('2024-12-02T10:00Z');
  told.school.submits().school.does('noteCpoms', { on: '2024-12-01' });
  expect(told.eventsOf('cpomsNoted')).toEqual([{ kind: 'cpomsNoted', on: '2024-12-01', at: '2024-12-02T10:00:00.000Z' }]);
  expect(told.stage).toBe('pack-check');
  expect(told.refusal(() => told.cap.does('noteCpoms', { on: '2024-12-03' }))).toMatchObject({ rule: 'A17', field: 'on' });
});
