// Days and times where there is little room, and the day of a birth, whose weekday says nothing.
import { formatDay, formatLondon, type Instant, type IsoDate } from '../domain/calendar';

/** @returns a day for a column: `Wed 25 Nov 2026` */
export function shortDay(day: IsoDate): string {
  const [weekday = '', date = '', month = '', year = ''] = formatDay(day).split(' ');
  return `${weekday.slice(0, 3)} ${date} ${month.slice(0, 3)} ${year}`;
}

/** @returns an instant for a column, in London: `25 Nov 2026, 11:59pm` */
export function shortTime(instant: Instant): string {
  const [, date = '', month = '', year = '', , time = ''] = formatLondon(instant).split(' ');
  return `${date} ${month.slice(0, 3)} ${year}, ${time}`;
}

/** @returns the day of a birth: `20 February 2011` */
export function birthday(day: IsoDate): string {
  return formatDay(day).split(' ').slice(1).join(' ');
}
