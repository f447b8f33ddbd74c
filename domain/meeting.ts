// The calendar of one panel meeting: its agenda is open until the referral deadline, then closed, then it is the day.
import { endOfLondonDay, startOfLondonDay, type Instant, type IsoDate } from './calendar';

export interface MeetingMoment {
  readonly moment: 'agenda-open' | 'agenda-closed' | 'meeting-day' | 'over';
  readonly standing: string;
  /** When the next moment begins; null when the day is over. */
  readonly next: Instant | null;
}

/** @returns where a meeting stands in its own calendar at that time (R93) */
export function meetingMoment(
  { day, deadline }: { readonly day: IsoDate; readonly deadline: IsoDate },
  now: Instant,
): MeetingMoment {
  const closes = endOfLondonDay(deadline);
  const begins = startOfLondonDay(day);
  const ends = endOfLondonDay(day);
  if (now > ends) return { moment: 'over', standing: 'The day is over', next: null };
  if (now >= begins) return { moment: 'meeting-day', standing: 'The panel meets today', next: later(ends) };
  if (now > closes) return { moment: 'agenda-closed', standing: 'The agenda is closed', next: begins };
  return { moment: 'agenda-open', standing: 'The agenda is open', next: later(closes) < begins ? later(closes) : begins };
}

/** The first moment after the last millisecond of a day. */
function later(instant: Instant): Instant {
  return new Date(Date.parse(instant) + 1).toISOString();
}
