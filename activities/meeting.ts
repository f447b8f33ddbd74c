// Reads a panel's meeting for its workflow: which moment of its calendar comes next, and how many cases are on its agenda.
import type { PanelCode } from '../domain/calendar';
import { meetingMoment, type MeetingMoment } from '../domain/meeting';
import type { Database } from '../records/database';
import { readMeetingRow } from '../records/calendar';

export interface MeetingReading {
  readonly panel: PanelCode;
  readonly day: string;
  readonly deadline: string;
  readonly version: number;
  readonly agenda: number;
  readonly moment: MeetingMoment['moment'] | null;
  readonly standing: string;
  /** When the workflow looks again; null once the day is over. */
  readonly next: string | null;
}

/** @returns the meeting as its workflow shows it; null when it is no longer in the calendar */
export async function readMeeting(
  database: Database,
  { meeting, now }: { readonly meeting: string; readonly now: string },
): Promise<MeetingReading | null> {
  const row = await readMeetingRow(database, meeting);
  if (row === null) return null;
  const { panel, day, deadline, version, agenda } = row;
  return { panel, day, deadline, version, agenda, ...meetingMoment(row, now) };
}
