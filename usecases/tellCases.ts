// After the calendar was edited: meetings and cases are told, so that they count their dates anew.
import type { MeetingRecord } from '../records/types';
import { editTold } from '../records/calendarEdits';
import type { Actor } from '../domain/facts';
import type { Services } from './services';

/** How many are told at a time. */
const atOnce = 8;

interface Edit {
  /** Names the edit: told twice, it counts once. null: nothing has changed, and nobody is told. */
  readonly change: string | null;
  readonly meetings?: readonly Pick<MeetingRecord, 'id'>[];
  readonly tell: readonly string[];
}

/**
 * @param person who made the edit
 * @returns whether all were told. The edit stands either way: should the engine be away, the sweep tells them later.
 */
export async function tellCases(
  { database, engine, log }: Services,
  person: Actor,
  { change, meetings = [], tell }: Edit,
): Promise<boolean> {
  if (change === null) return true;
  const calls = [
    ...meetings.map((meeting) => () => engine.meeting(meeting.id)),
    ...tell.map((reference) => () => engine.recalculate(reference, change)),
  ].values();
  const teller = async () => {
    for (const call of calls) await call();
  };
  try {
    await Promise.all(Array.from({ length: atOnce }, teller));
    await editTold(database, person, change);
    return true;
  } catch (error) {
    log.warn(
      { change, fault: error instanceof Error ? error.name : 'unknown' },
      'Not all cases were told of an edit of the calendar',
    );
    return false;
  }
}
