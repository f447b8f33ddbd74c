// A safeguarding concern is recorded on CPOMS and never here (R102, A17).
import { personCommands } from '../../domain/commands';
import { flourishApplication, flourishBeforeItsPanel } from '../support/story';

test('of a concern stands here only that it is on CPOMS, and since when: no word of it can be given', () => {
  expect(personCommands.noteCpoms.texts).toEqual({});
  const told = flourishApplication().at('2024-12-02T10:00Z');
  told.school.submits().school.does('noteCpoms', { on: '2024-12-01' });
  expect(told.eventsOf('cpomsNoted')).toEqual([{ kind: 'cpomsNoted', on: '2024-12-01', at: '2024-12-02T10:00:00.000Z' }]);
  expect(told.stage).toBe('pack-check');
  // On a day to come, or more than two academic years before its own: a mistyped year.
  for (const on of ['2024-12-03', '2022-08-31'])
    expect(told.refusal(() => told.cap.does('noteCpoms', { on }))).toMatchObject({ rule: 'A17', field: 'on' });
  told.cap.does('noteCpoms', { on: '2022-09-01' });
});

test('the two academic years are counted from that of the start, also where no values are published for it yet (C6)', () => {
  // The values of 2026-27 go on, and the start is confirmed for 2029-30 at the earliest.
  const told = flourishApplication().at('2029-12-03T10:00Z');
  told.school.submits();
  expect(told.state.programme).toBe('flourish@2026-27');
  const on = (day: string) => () => told.cap.does('noteCpoms', { on: day });
  expect(told.refusal(on('2027-08-31'))).toMatchObject({ rule: 'A17', field: 'on' });
  on('2027-09-01')();
});

test('a host notes that a concern is on CPOMS from when it has the pack, for one may arise in the interview; no other does (R102, R124)', () => {
  const told = flourishBeforeItsPanel();
  const notes = () => told.provider.does('noteCpoms', { on: '2024-12-16' });
  told.at('2024-12-16T14:00Z').chair.approves();
  expect(told.refusal(notes)).toMatchObject({ refused: 'not-yours' });
  told.cap.sendsThePackTo('TP-ONE');
  notes();
  told.provider.holdsTheInterview().provider.accepts().school.confirmsTheStart('2025-01-13');
  notes();
  expect(told.eventsOf('cpomsNoted')).toHaveLength(2);
  expect(told.refusal(() => told.otherProvider.does('noteCpoms', { on: '2024-12-16' }))).toMatchObject({ refused: 'not-yours' });
});
