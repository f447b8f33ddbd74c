// What a person is offered of a case, with what may be chosen in it.
import { canNext } from '../../api/views/case';
import { transferBeforeItsAllocation } from '../support/story';

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
