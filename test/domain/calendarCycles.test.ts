// On which cycle an application lands, and which meeting a deferred one goes to.
import fc from 'fast-check';
import {
  agendaCloses,
  lastDayOfAgenda,
  landsOn,
  nextCycleAfter,
  nextMeetingOf,
  type Cycle,
  type PanelCode,
} from '../../domain/calendar';

function cycle(number: number, deadline: string, programmes: readonly string[], multiAgency: string | null): Cycle {
  const panel: PanelCode = 'multi-agency';
  return {
    id: `2024-25-${String(number)}`,
    academicYear: '2024-25',
    number,
    deadline,
    items: programmes.map((programme) => ({ programme, cohortStart: null, panels: null })),
    meetings: {
      'review-and-authorisation': null,
      'multi-agency': multiAgency === null ? null : { id: `MAP-${multiAgency}`, panel, day: multiAgency },
      'headteacher-placement': null,
    },
  };
}

// Deliberately not in the order of their deadlines.
const cycles = [
  cycle(4, '2024-12-04', ['flourish', 'refocus'], '2024-12-17'),
  cycle(1, '2024-09-18', ['refocus'], '2024-09-24'),
  cycle(2, '2024-10-09', ['refocus'], '2024-10-22'),
  cycle(3, '2024-11-13', [], '2024-11-26'),
  cycle(11, '2025-07-02', ['flourish'], null),
];
const landing = (programme: string, received: string) => landsOn(programme, received, cycles)?.cycle.number ?? null;

describe('an application lands on the first cycle that lists its programme and whose deadline it meets (C16)', () => {
  test('until the last millisecond of the deadline in London, in summer time and in winter', () => {
    expect(landing('refocus', '2024-09-18T22:59:59.999Z')).toBe(1);
    expect(landing('refocus', '2024-09-18T23:00:00.000Z')).toBe(2);
    expect(landing('flourish', '2024-12-04T23:59:59.999Z')).toBe(4);
    expect(landing('flourish', '2024-12-05T00:00:00.000Z')).toBe(11);
  });

  test('passing over cycles that do not list it', () => {
    expect(landing('flourish', '2024-09-01T09:00:00.000Z')).toBe(4);
    expect(landing('refocus', '2024-11-01T09:00:00.000Z')).toBe(4);
    expect(landsOn('refocus', '2024-11-01T09:00:00.000Z', cycles)?.item.programme).toBe('refocus');
  });

  test('and on none when no later cycle exists yet: it waits for one', () => {
    expect(landing('refocus', '2025-01-10T09:00:00.000Z')).toBeNull();
    expect(landing('tier-1-course', '2024-09-01T09:00:00.000Z')).toBeNull();
  });

  test('whatever the order of the cycles: never one missed, never a later one than needed', () => {
    const instants = fc
      .date({ min: new Date('2024-09-01'), max: new Date('2025-08-01'), noInvalidDate: true })
      .map((date) => date.toISOString());
    fc.assert(
      fc.property(fc.shuffledSubarray(cycles), instants, (some, received) => {
        const inTime = some.filter(({ deadline, items }) => {
          const summer = deadline < '2024-10-27' || deadline > '2025-03-30';
          const end = Date.parse(`${deadline}T${summer ? '22' : '23'}:59:59.999Z`);
          return Date.parse(received) <= end && items.some(({ programme }) => programme === 'refocus');
        });
        const expected = inTime.map(({ deadline }) => deadline).sort()[0];
        expect(landsOn('refocus', received, some)?.cycle.deadline).toBe(expected);
      }),
    );
  });
});

describe('a deferred application', () => {
  test('goes to the next meeting of the panel, whatever that cycle lists (A8)', () => {
    expect(nextMeetingOf('multi-agency', '2024-10-22', cycles)?.meeting.id).toBe('MAP-2024-11-26');
    expect(nextMeetingOf('multi-agency', '2024-10-21', cycles)?.cycle.number).toBe(2);
    expect(nextMeetingOf('multi-agency', '2024-12-17', cycles)).toBeNull();
    expect(nextMeetingOf('headteacher-placement', '2024-09-01', cycles)).toBeNull();
  });

  test('finds its next cohort in the next cycle that lists the programme', () => {
    expect(nextCycleAfter('refocus', '2024-09-18', cycles)?.cycle.number).toBe(2);
    expect(nextCycleAfter('refocus', '2024-10-09', cycles)?.cycle.number).toBe(4);
    expect(nextCycleAfter('refocus', '2024-12-04', cycles)).toBeNull();
  });
});

test.each([
  ['before the meeting, to the end of that day', '2024-12-04', '2024-12-17', '2024-12-04', '2024-12-05T00:00:00.000Z'],
  ['on the day of the meeting, until that day begins', '2024-12-17', '2024-12-17', '2024-12-16', '2024-12-17T00:00:00.000Z'],
  ['after the meeting, until its day begins', '2025-06-20', '2025-06-17', '2025-06-16', '2025-06-16T23:00:00.000Z'],
])('an agenda whose deadline is %s is open (R93)', (_when, deadline, day, last, closes) => {
  expect([lastDayOfAgenda(deadline, day), agendaCloses(deadline, day)]).toEqual([last, closes]);
});
