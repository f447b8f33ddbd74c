// London days as the driver has them: midnight in UTC of that date.
import type { IsoDate } from '../domain/calendar';

export function asDate(day: IsoDate): Date {
  return new Date(`${day}T00:00:00.000Z`);
}
