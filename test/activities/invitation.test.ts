// An interview's e-mail brings an entry for the calendar of its reader (A18).
import { invitationOf } from '../../activities/invitation';
import type { Notice } from '../../domain/emails';

const links = { publicUrl: 'https://cap.example', domain: 'cap.example' };
const now = new Date('2024-12-18T10:00:00.000Z');

function entry(notice: Notice, { step = 5, place = null }: { readonly step?: number; readonly place?: string | null } = {}) {
  const id = `CAP-2024-7K3QX9.${String(step)}.${notice.template}.school-SCH-A`;
  const file = invitationOf({ id, reference: 'CAP-2024-7K3QX9', about: { notices: [notice], awaited: [] }, place }, links, now);
  // Long lines of an iCalendar file are folded: the rest begins with a blank on the next line.
  return file === null
    ? null
    : Object.fromEntries(
        file
          .replace(/\r\n /g, '')
          .split('\r\n')
          .map((line) => line.split(/:(.*)/s).slice(0, 2) as [string, string]),
      );
}

test('a booked interview comes with its time in UTC, its place, the reference and the link', () => {
  expect(entry({ template: 'interview-booked', on: '2025-01-08T10:00:00.000Z' }, { place: 'Room 4' })).toMatchObject({
    METHOD: 'PUBLISH',
    DTSTART: '20250108T100000Z',
    DTEND: '20250108T110000Z',
    DTSTAMP: '20241218T100000Z',
    SUMMARY: 'Interview\\, CAP-2024-7K3QX9',
    LOCATION: 'Room 4',
    DESCRIPTION: 'Where the case stands: https://cap.example/cases/CAP-2024-7K3QX9',
  });
});

test('one that is moved takes the place of the one before: the same identity, a higher sequence', () => {
  const booked = entry({ template: 'interview-booked', on: '2025-01-08T10:00:00.000Z' });
  const moved = entry(
    { template: 'interview-moved', on: '2025-01-09T10:00:00.000Z', from: '2025-01-08T10:00:00.000Z' },
    { step: 6 },
  );
  expect(moved?.['UID']).toBe(booked?.['UID']);
  expect([booked?.['SEQUENCE'], moved?.['SEQUENCE'], moved?.['DTSTART']]).toEqual(['5', '6', '20250109T100000Z']);
});

test('nobody is asked to reply, and a place that is not known is left out', () => {
  const booked = entry({ template: 'interview-booked', on: '2025-01-08T10:00:00.000Z' }) ?? {};
  for (const name of Object.keys(booked)) expect(name).not.toMatch(/^(ORGANIZER|ATTENDEE|LOCATION)/);
});

test('a panel meeting comes as a day of its own, and moved takes the place of the one before', () => {
  const entryOf = (template: 'meeting-planned' | 'meeting-moved', day: string) => entry({ template, panel: 'multi-agency', day });
  const planned = entryOf('meeting-planned', '2024-12-17');
  expect(planned).toMatchObject({ 'DTSTART;VALUE=DATE': '20241217', SUMMARY: expect.stringContaining('Multi-Agency Panel') });
  expect(entryOf('meeting-moved', '2025-01-14')).toMatchObject({ UID: planned?.['UID'], 'DTSTART;VALUE=DATE': '20250114' });
});

test('a meeting about a placement comes with its hour and says nothing of what it is about; moved, it takes the place of the one before', () => {
  const call = { entry: 'command-1' };
  const called = entry({ template: 'meeting-called', on: '2025-01-08T10:00:00.000Z', ...call });
  expect(called).toMatchObject({ METHOD: 'PUBLISH', SUMMARY: 'Meeting\\, CAP-2024-7K3QX9', DTSTART: '20250108T100000Z' });
  const times = { on: '2025-01-09T10:00:00.000Z', from: '2025-01-08T10:00:00.000Z' };
  expect(entry({ template: 'meeting-called-anew', ...times, ...call })).toMatchObject({
    UID: called?.['UID'],
    DTSTART: '20250109T100000Z',
  });
});

test('a panel meeting that is cancelled, and a meeting that is called off, are taken back from calendars', () => {
  const panel = { panel: 'multi-agency', day: '2024-12-17' } as const;
  expect(entry({ template: 'meeting-cancelled', ...panel }, { step: 7 })).toMatchObject({
    ...{ METHOD: 'CANCEL', STATUS: 'CANCELLED', SEQUENCE: '7' },
    UID: entry({ template: 'meeting-planned', ...panel })?.['UID'],
  });
  const calledOff = [{ entry: 'command-1', on: '2025-01-08T10:00:00.000Z' }];
  expect(entry({ template: 'meeting-called-off', calledOff })).toMatchObject({ METHOD: 'CANCEL', DTSTART: '20250108T100000Z' });
});

test('what is called off with a case is taken back from calendars', () => {
  const calledOff = [{ entry: 'interview', on: '2025-01-08T10:00:00.000Z' }];
  const booked = entry({ template: 'interview-booked', on: '2025-01-08T10:00:00.000Z' });
  for (const notice of [
    { template: 'withdrawn', calledOff },
    { template: 'start-given-up', start: '2025-01-13', calledOff },
  ] as const) {
    expect(entry(notice, { step: 7 })).toMatchObject({
      ...{ METHOD: 'CANCEL', STATUS: 'CANCELLED', UID: booked?.['UID'], SEQUENCE: '7' },
    });
  }
});

test('any other e-mail comes without one', () => {
  expect(entry({ template: 'interview-missed' })).toBeNull();
  expect(entry({ template: 'closed' })).toBeNull();
  expect(entry({ template: 'outcome', command: 'one' })).toBeNull();
});
