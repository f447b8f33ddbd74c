// Thousands of running placements with their registers, copied from one: for what a morning takes, and what it takes to keep them open.
import { addDays, londonDay } from '../domain/calendar';
import { morningDays } from '../domain/morning';
import { PlainError } from '../dev/plainError';
import { openDatabase } from '../records/database';
import { calendarNow } from '../records/morning';
import { copyOf, multiply } from './copies';
import type { Stand } from './stand';
import type { Teller } from './teller';

/** Days for which the copied placements have run. */
const running = 21;

/** One placement in ten is not marked of the last two school days; of all one in ten was absent, which nobody has been told. */
const differences = `
  SELECT $2 || lpad(each::text, 8, '0') AS reference, each % 10 <> 0 AS marked,
    CASE WHEN each % 20 IN (1, 2) THEN 'absent' ELSE 'present' END AS mark, CASE WHEN each % 2 = 0 THEN 'SCH-A' ELSE 'SCH-B' END AS school
  FROM generate_series(1, $1::int) AS each`;

/**
 * Makes them in the record alone: no workflow runs for them yet.
 * @param beginning what their references begin with
 * @throws PlainError on a day on which nobody works
 */
export async function copyPlacements(stand: Stand, teller: Teller, beginning: string, count: number): Promise<void> {
  const pattern = await teller.draft();
  await teller.toPlacement(pattern);
  const today = londonDay(teller.now());
  const database = openDatabase(stand.recordsUrl, { connections: 1 });
  const days = morningDays(today, (await calendarNow(database)).calendar);
  await database.close();
  if (!days) throw new PlainError('Nobody works today, so that there is no morning: measure it on a working day.');
  const values = [count, beginning];
  await multiply(stand.superuserUrl, pattern, { differences, values, copying: copying(addDays(today, -running), days) });
}

/** Cases that began `start` and are with the host all week, with the marks of two days. What changed a year ago no sweep looks at. */
function copying(start: string, { yesterday, before }: { readonly yesterday: string; readonly before: string }): string[] {
  const days = [{ from: null, until: null, weekdays: 'mon,tue,wed,thu,fri' }];
  const position = `pattern.state->'position' || '${JSON.stringify({ start, days })}'`;
  const state = `pattern.state || jsonb_build_object('reference', copies.reference, 'position', ${position})`;
  return [
    copyOf(
      'cases',
      `'reference', copies.reference, 'school', copies.school, 'updated', now() - interval '1 year', 'next', NULL, 'state', ${state}`,
    ),
    `INSERT INTO attendance_marks (reference, day, half, mark, marked, marked_by)
      SELECT reference, day::date, half, mark, now(), 'bench'
      FROM copies, unnest(ARRAY['${yesterday}', '${before}']) AS day, unnest(ARRAY['am', 'pm']) AS half WHERE marked`,
  ];
}
