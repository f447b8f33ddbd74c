// A list that somebody has open changes by itself: who is told that something has changed, and who is not.
import { changes } from '../../usecases/changes';
import { openDoors, type Doors } from '../api/doors';
import { submitted } from '../api/submitted';
import { pause } from '../support/system';

let doors: Doors;
beforeAll(async () => (doors = await openDoors('2024-11-20T10:00:00.000Z')));
afterAll(() => doors.stop());

async function until(met: () => boolean): Promise<boolean> {
  for (let waited = 0; waited < 5_000 && !met(); waited += 20) await pause(20);
  return met();
}

test('whoever may see a case is told once it is there, another school is not, and nobody who has stopped listening', async () => {
  const looking = changes({ database: doors.api, log: { warn: () => undefined } }, 50);
  const told = { cap: 0, alder: 0, birch: 0, gone: 0 };
  looking.listen(['cap'], () => (told.cap += 1));
  looking.listen(['school:SCH-A'], () => (told.alder += 1));
  looking.listen(['school:SCH-B'], () => (told.birch += 1));
  looking.listen(['cap'], () => (told.gone += 1))();
  await pause(300);
  expect(told).toEqual({ cap: 0, alder: 0, birch: 0, gone: 0 });
  await submitted(doors);
  expect(await until(() => told.cap > 0 && told.alder > 0)).toBe(true);
  await pause(200);
  expect(told).toEqual({ cap: 1, alder: 1, birch: 0, gone: 0 });
  looking.end();
});

test('when the process is about to stop, whoever listens is told that nothing more comes', async () => {
  const looking = changes({ database: doors.api, log: { warn: () => undefined } }, 50);
  const ended: string[] = [];
  looking.listen(
    ['cap'],
    () => undefined,
    () => ended.push('cap'),
  );
  looking.end();
  expect(ended).toEqual(['cap']);
  await pause(100);
});
