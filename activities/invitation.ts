// The entry for people's calendars that comes with the e-mail of an interview, a meeting or a panel meeting (A18): its time, its place, the reference and the link. No name and
// no detail of a child is in it, and nobody is asked to reply.
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { stepOf, type Appointment, type Notice } from '../domain/emails';
import { panelTitles } from '../domain/words';
import type { Email } from '../records/types';
import type { Links } from './letters';

/** Minutes that an interview or a meeting is entered for. Ours: the documents say nothing of their length. */
const minutes = 60;

/**
 * @param now when it is made
 * @returns the entries as an iCalendar file; null for an e-mail that announces none. What is moved has the identity of the one before, and a
 *   higher sequence, so that it takes its place; what is called off is taken back
 */
export function invitationOf(
  { id, reference, about: { notices }, place }: Pick<Email, 'id' | 'reference' | 'about' | 'place'>,
  { publicUrl, domain }: Links,
  now: Date,
): string | null {
  const entries = notices.map(entriesOf).find((found) => found.length > 0);
  const [first] = entries ?? [];
  if (!entries || !first) return null;
  const method = first.isCalledOff ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH;
  const calendar = ical({ name: 'Coventry Alternative Provision', method });
  for (const entry of entries) {
    const url = `${publicUrl}/${entry.of}/${reference}`;
    calendar.createEvent({
      id: `${reference}.${entry.what}@${domain}`,
      sequence: stepOf(id),
      stamp: now,
      ...entry.when,
      ...(entry.isCalledOff ? { status: ICalEventStatus.CANCELLED } : {}),
      summary: `${entry.title}, ${reference}`,
      description: `Where the ${entry.noun} stands: ${url}`,
      url,
      ...(place === null || place.trim() === '' ? {} : { location: place.trim() }),
    });
  }
  return calendar.toString();
}

interface Entry {
  readonly of: 'cases' | 'meetings';
  readonly noun: 'case' | 'meeting';
  /** Names it among the entries of its case or meeting. */
  readonly what: string;
  readonly title: string;
  readonly when: { readonly start: Date; readonly end?: Date; readonly allDay?: true };
  readonly isCalledOff?: true;
}

function entriesOf(notice: Notice): Entry[] {
  switch (notice.template) {
    case 'interview-booked':
    case 'interview-moved':
      return [atAnHour({ entry: 'interview', on: notice.on })];
    case 'meeting-called':
    case 'meeting-called-anew':
      return [atAnHour(notice)];
    case 'meeting-called-off':
    case 'start-given-up':
    case 'withdrawn':
    case 'closed':
    case 'exited':
      return (notice.calledOff ?? []).map((appointment) => ({ ...atAnHour(appointment), isCalledOff: true }));
    case 'meeting-planned':
    case 'meeting-moved':
    case 'meeting-cancelled':
    case 'seat-given':
    case 'agenda-closed': {
      // A meeting is known by its day alone: at what hour and where stands in the panel's own invitation.
      const when = { start: new Date(`${notice.day}T00:00:00.000Z`), allDay: true } as const;
      const calledOff = notice.template === 'meeting-cancelled' ? { isCalledOff: true as const } : {};
      return [{ of: 'meetings', noun: 'meeting', what: 'meeting', title: panelTitles[notice.panel], when, ...calledOff }];
    }
    default:
      return [];
  }
}

/** Of a case: what a meeting is about does not stand in a calendar (A16). */
function atAnHour({ entry, on }: Appointment): Entry {
  const start = new Date(on);
  const when = { start, end: new Date(start.getTime() + minutes * 60_000) };
  return { of: 'cases', noun: 'case', what: entry, title: entry === 'interview' ? 'Interview' : 'Meeting', when };
}
