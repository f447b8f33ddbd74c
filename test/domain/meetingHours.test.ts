// People meet a student in the daytime of a working day: an interview at 5am or on a Sunday is a slip of the hand (A10, R98).
import { londonTime } from '../../domain/calendar';
import { courseOf2026, flourishBeforeItsPanel } from '../support/story';

/** An interview and a meeting about a placement, each planned on a Wednesday at 10am for a day and an hour of London. */
const planned = {
  interview: (day: string, hour: string) => {
    const story = flourishBeforeItsPanel();
    story.at('2024-12-16T14:00Z').chair.approves().cap.sendsThePackTo('TP-ONE').at('2024-12-18T10:00Z');
    return { story, plan: () => story.provider.does('bookInterview', { at: londonTime(day, hour) }) };
  },
  meeting: (day: string, hour: string) => {
    const story = courseOf2026(6).at('2026-09-16T09:00Z');
    return { story, plan: () => story.school.does('callMeeting', { about: 'attendance', at: londonTime(day, hour) }) };
  },
};

test.each([
  ['interview', '2024-12-22', '10:00', 'Sunday 22 December 2024 is no working day: the next is Monday 23 December 2024.'],
  ['interview', '2024-12-25', '10:00', 'Wednesday 25 December 2024 is no working day: the next is Friday 27 December 2024.'],
  ['interview', '2024-12-19', '05:06', 'Thursday 19 December 2024 at 5:06am is not in the daytime: give a time from 7am to 8pm.'],
  ['interview', '2024-12-19', '20:01', 'Thursday 19 December 2024 at 8:01pm is not in the daytime: give a time from 7am to 8pm.'],
  ['meeting', '2026-09-19', '10:00', 'Saturday 19 September 2026 is no working day: the next is Monday 21 September 2026.'],
  ['meeting', '2026-09-17', '06:59', 'Thursday 17 September 2026 at 6:59am is not in the daytime: give a time from 7am to 8pm.'],
] as const)('%s on %s at %s is refused, and the sentence says why', (what, day, hour, sentence) => {
  const { story, plan } = planned[what](day, hour);
  expect(story.refusal(plan)).toMatchObject({ refused: 'wrong-value', field: 'at', message: sentence });
});

test.each([
  ['interview', '2024-12-19', '07:00'],
  ['interview', '2024-12-19', '20:00'],
  ['meeting', '2026-09-17', '07:00'],
  ['meeting', '2026-09-17', '20:00'],
] as const)('%s on %s at %s can take place', (what, day, hour) => {
  const { story, plan } = planned[what](day, hour);
  expect(plan).not.toThrow();
  expect(story.told.length).toBeGreaterThan(0);
});

test('what is planned for the next hour is taken on any day and at any hour, and not for later', () => {
  const saturday = planned.interview('2024-12-21', '11:00');
  saturday.story.at('2024-12-21T09:59Z');
  expect(saturday.story.refusal(saturday.plan)).toMatchObject({ field: 'at' });
  saturday.story.at('2024-12-21T10:00Z');
  saturday.plan();
  expect(saturday.story.state.position).toMatchObject({ stage: 'interview', booked: '2024-12-21T11:00:00.000Z' });
});
