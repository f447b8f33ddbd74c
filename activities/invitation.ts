// The entry for people's calendars that comes with the e-mail of an interview or a panel meeting (A18): its time, its place, the reference and the link. No name and
// no detail of a child is in it, and nobody is asked to reply.
import ical, { ICalCalendarMethod } from 'ical-generator';
import { stepOf, type Notice } from '../domain/emails';
import { panelTitles } from '../domain/words';
import type { Email } from '../records/types';
import type { Links } from './letters';

/** Minutes that an interview is entered for. Ours: the documents say nothing of its length. */
const minutes = 60;

/**
 * @param now when it is made
 * @returns the entry as an iCalendar file; null for an e-mail that announces no interview and no meeting. What is moved has the identity of the
 *   one before, and a higher sequence, so that it takes its place
 */
export function invitationOf(
  { id, reference, about: { notices }, place }: Pick<Email, 'id' | 'reference' | 'about' | 'place'>,
  { publicUrl, domain }: Links,
  now: Date,
): string | null {
  const entry = entryOf(notices);
  if (entry === null) return null;
  const calendar = ical({ name: 'Coventry Alternative Provision', method: ICalCalendarMethod.PUBLISH });
  const url = `${publicUrl}/${entry.of}/${reference}`;
  calendar.createEvent({
    id: `${reference}.${entry.what}@${domain}`,
    sequence: stepOf(id),
    stamp: now,
    ...entry.when,
    summary: `${entry.title}, ${reference}`,
    description: `Where the ${entry.noun} stands: ${url}`,
    url,
    ...(place === null || place.trim() === '' ? {} : { location: place.trim() }),
  });
  return calendar.toString();
}

function entryOf(notices: readonly Notice[]) {
  for (const notice of notices) {
    if (notice.template === 'interview-booked' || notice.template === 'interview-moved') {
      const start = new Date(notice.on);
      const when = { start, end: new Date(start.getTime() + minutes * 60_000) };
      return { of: 'cases', noun: 'case', what: 'interview', title: 'Interview', when };
    }
    if (notice.template === 'meeting-planned' || notice.template === 'meeting-moved' || notice.template === 'agenda-closed') {
      // A meeting is known by its day alone: at what hour and where stands in the panel's own invitation.
      const when = { start: new Date(`${notice.day}T00:00:00.000Z`), allDay: true };
      return { of: 'meetings', noun: 'meeting', what: 'meeting', title: panelTitles[notice.panel], when };
    }
  }
  return null;
}
