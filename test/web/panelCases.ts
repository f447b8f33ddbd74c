// Cases before the first panel of December 2024, through the doors, and that panel in its seats.
import type { ProgrammeCode } from '../../domain/words';
import { openDoors, type Doors } from '../api/doors';
import { submitted } from '../api/submitted';
import { appWithPages } from './pages';

export const beforeTheDeadline = '2024-11-20T10:00:00.000Z';
export const onTheDay = '2024-12-16T10:00:00.000Z';
export const firstMeeting = 'RAP-2024-12-16';
const secondMeeting = 'MAP-2024-12-17';

let keys = 0;
const freshKey = () => `key of the pages ${(keys += 1)}`;

/** The doors with a panel of two seats, chair and Attendance, of which both must be there; and the pages over them. */
export async function openPanel() {
  const doors = await openDoors(beforeTheDeadline);
  const app = appWithPages(doors.services);
  for (const panel of ['review-and-authorisation', 'multi-agency']) {
    const chair = panel === 'multi-agency' ? 'chair.multiagency' : 'chair.review';
    const holders = { chair, attendance: 'member.attendance' };
    for (const [seat, holder] of Object.entries(holders)) {
      await doors.ask('cap.team', 'PUT', `/api/v1/panels/${panel}/seats/${seat}`, { body: { holder, deputy: null } });
    }
    await doors.ask('cap.team', 'PUT', `/api/v1/panels/${panel}/quorum`, { body: { quorum: 2 } });
  }
  await doors.meetingGives(firstMeeting, 'convene');
  await doors.meetingGives(secondMeeting, 'convene');
  return { doors, app };
}

/** A case whose pack is complete, before its first panel. @returns its reference */
export async function caseBefore(doors: Doors, programme: ProgrammeCode, name: string): Promise<string> {
  const reference = await submitted(doors, programme, { name });
  const complete = { body: { result: 'complete' }, key: freshKey() };
  const checked = await doors.ask('cap.team', 'POST', `/api/v1/cases/${reference}/check-pack`, complete);
  expect(checked.body).toMatchObject({ result: 'recorded' });
  return reference;
}

/** Records that both seats of the first meeting are present. */
export async function attend(doors: Doors): Promise<void> {
  const body = { present: 'chair,attendance' };
  await doors.ask('chair.review', 'POST', `/api/v1/meetings/${firstMeeting}/record-attendance`, { body, key: freshKey() });
}
