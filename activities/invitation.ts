// The entry for people's calendars that comes with an interview's e-mail (A18): its time, its place, the reference and the link. No name and
// no detail of a child is in it, and nobody is asked to reply.
import ical, { ICalCalendarMethod } from 'ical-generator';
import { stepOf } from '../domain/emails';
import type { Email } from '../records/types';
import type { Links } from './letters';

/** Minutes that an interview is entered for. Ours: the documents say nothing of its length. */
const minutes = 60;

/**
 * @param now when it is made
 * @returns the entry as an iCalendar file; null for an e-mail that announces no interview. A moved interview has the identity of the one before, and
 *   a higher sequence, so that it takes its place
 */
export function invitationOf(
  { id, reference, about: { notices }, place }: Pick<Email, 'id' | 'reference' | 'about' | 'place'>,
  { publicUrl, domain }: Links,
  now: Date,
): string | null {
  const interview = notices.find((notice) => notice.template === 'interview-booked' || notice.template === 'interview-moved');
  if (!interview || !('on' in interview)) return null;
  const start = new Date(interview.on);
  const calendar = ical({ name: 'Coventry Alternative Provision', method: ICalCalendarMethod.PUBLISH });
  const url = `${publicUrl}/cases/${reference}`;
  calendar.createEvent({
    id: `${reference}.interview@${domain}`,
    sequence: stepOf(id),
    stamp: now,
    start,
    end: new Date(start.getTime() + minutes * 60_000),
    summary: `Interview, ${reference}`,
    description: `Where the case stands: ${url}`,
    url,
    ...(place === null || place.trim() === '' ? {} : { location: place.trim() }),
  });
  return calendar.toString();
}
