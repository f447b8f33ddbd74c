// CAP's calendar as its rows have it, read whole: it is small, and kept until its version rises.
import { forEachPanel, type HalfTerm, type IsoDate } from '../domain/calendar';
import type { Connection } from './database';
import type { CalendarRows, CycleRecord } from './types';

interface Rows {
  readonly closures: readonly IsoDate[];
  readonly halfTerms: readonly HalfTerm[];
  readonly cycles: readonly CycleRecord[];
}

const noMeetings = forEachPanel(() => null);

/** @returns the calendar and every cycle, in the order of their deadlines, as the connection may read them. */
export async function readCalendarRows(connection: Connection): Promise<CalendarRows> {
  const [row] = await connection.$queryRaw<{ rows: Rows }[]>`
    SELECT jsonb_build_object(
      'closures', (SELECT coalesce(jsonb_agg(day ORDER BY day), '[]') FROM closures),
      'halfTerms', (SELECT coalesce(jsonb_agg(jsonb_build_object('academicYear', academic_year, 'term', term, 'half', half,
          'firstDay', first_day, 'lastDay', last_day) ORDER BY first_day), '[]') FROM half_terms),
      'cycles', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'academicYear', academic_year, 'number', number, 'deadline', deadline, 'version', version,
          'items', (SELECT coalesce(jsonb_agg(jsonb_build_object('programme', programme, 'cohortStart', cohort_start, 'panels', panels)
            ORDER BY position), '[]') FROM cycle_items WHERE cycle = cycles.id),
          'meetings', (SELECT coalesce(jsonb_object_agg(panel, jsonb_build_object('id', id, 'panel', panel, 'day', day)), '{}')
            FROM meetings WHERE cycle = cycles.id)) ORDER BY deadline, id), '[]') FROM cycles)) AS rows`;
  if (!row) throw new Error('Postgres answered without a row');
  const { closures, halfTerms, cycles } = row.rows;
  return {
    calendar: { closures: new Set(closures), halfTerms },
    cycles: cycles.map((cycle) => ({ ...cycle, meetings: { ...noMeetings, ...cycle.meetings } })),
  };
}

const kept = new WeakMap<object, { readonly version: number; readonly rows: CalendarRows }>();

/** @param whose what the rows are kept for: one database. @returns the rows of this version, read again only when it has risen. */
export async function calendarOfVersion(whose: object, connection: Connection, version: number): Promise<CalendarRows> {
  const known = kept.get(whose);
  if (known?.version === version) return known.rows;
  const rows = await readCalendarRows(connection);
  kept.set(whose, { version, rows });
  return rows;
}

/** @param whose as for `calendarOfVersion`. @returns the rows as they are now; of those with a role the version is known, and with it what is kept */
export async function calendarNow(whose: object, connection: Connection): Promise<CalendarRows> {
  const [row] = await connection.$queryRaw<{ version: number }[]>`SELECT version FROM calendar_version`;
  return row ? calendarOfVersion(whose, connection, row.version) : readCalendarRows(connection);
}
