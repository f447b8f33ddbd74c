// Where many tests begin: a case that Alderbrook School has submitted, and one that has come to its placement, both through the doors.
import { sampleCourses } from '../../dev/pathways';
import type { ProgrammeCode } from '../../domain/words';
import { completeAnswers } from '../support/story';
import type { Doors } from './doors';

/**
 * An application for a student of its own, its answers complete on 18 November 2024.
 * @param words of the student
 * @param known the code of a student that there is already, in place of one of its own
 * @returns its reference
 */
export async function submitted(
  doors: Doors,
  programme: ProgrammeCode = 'flourish',
  words: object = {},
  known: string | null = null,
): Promise<string> {
  const course = sampleCourses[programme];
  const student = known ?? (await doors.student('school.alder', words));
  const body = {
    programme,
    ...(course === undefined ? {} : { course }),
    student,
    answers: completeAnswers(programme, '2024-11-18'),
  };
  const { reference } = (await doors.ask('school.alder', 'POST', '/api/v1/applications', { body })).body as { reference: string };
  const sent = await doors.ask('school.alder', 'POST', `/api/v1/applications/${reference}/submit`, { key: reference });
  expect([sent.status, sent.body]).toEqual([201, expect.anything()]);
  return reference;
}

/**
 * A course of Tier 1 with First Steps Training, on Tuesdays from 3 December 2024.
 * @param doors which stand at a time before 21 November 2024
 * @param name of the student
 * @returns its reference
 */
export async function placedOnTuesdays(doors: Doors, name = 'Wilhelmina Featherstone'): Promise<string> {
  doors.at('2024-11-20T10:00:00.000Z');
  const reference = await submitted(doors, 'tier-1-course', { name });
  const give = async (person: string, command: string, body: object) => {
    const key = `${reference} ${command}`;
    const answer = await doors.ask(person, 'POST', `/api/v1/cases/${reference}/${command}`, { body, key });
    expect([command, answer.status, answer.body]).toEqual([command, 200, expect.anything()]);
  };
  await give('cap.team', 'check-pack', { result: 'complete' });
  await give('school.alder', 'book-interview', { at: '2024-11-21T10:00:00.000Z' });
  doors.at('2024-11-21T12:00:00.000Z');
  await give('provider.one', 'record-interview', { result: 'held' });
  await give('provider.one', 'provider-response', { result: 'accept' });
  await give('school.alder', 'confirm-start', { start: '2024-12-03', weekdays: 'tue', shortened: true });
  return reference;
}
