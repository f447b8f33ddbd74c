// Who looks after the student of a case, as people: the case-worker of the school (R43), the monitoring officer of CAP (R96).
import { courseOf2026, flourishApplication } from '../support/story';

const people = [
  { person: 'school.alder', parties: ['school:SCH-A'] },
  { person: 'school.birch', parties: ['school:SCH-B'] },
  { person: 'cap.team', parties: ['cap'] },
] as const;
const submitted = () => {
  const story = flourishApplication({ people });
  story.at('2024-12-02T10:00Z').school.submits();
  return story;
};

test('the school names its case-worker, who is one of its own people; CAP hears who it is (R43)', () => {
  const story = submitted();
  const names = (caseWorker: string) => () => story.school.does('nameCaseWorker', { caseWorker });
  for (const stranger of ['school.birch', 'cap.team', 'nobody']) {
    expect(story.refusal(names(stranger))).toMatchObject({ refused: 'wrong-value', rule: 'R43', field: 'caseWorker' });
  }
  names('school.alder')();
  expect(story.state.caseWorker).toBe('school.alder');
  expect(story.told.slice(-1)).toEqual(['people-named to cap']);
  expect(story.refusal(names('school.alder'))).toMatchObject({ refused: 'nothing-changed' });
});

test('CAP names the monitoring officer, who is one of its team; the school hears who it is (R96)', () => {
  const story = submitted();
  const names = (officer: string) => () => story.cap.does('nameMonitoringOfficer', { officer });
  expect(story.refusal(names('school.alder'))).toMatchObject({ rule: 'R96', field: 'officer' });
  names('cap.team')();
  expect(story.state.monitoringOfficer).toBe('cap.team');
  expect(story.told.slice(-1)).toEqual(['people-named to school:SCH-A']);
});

test('to name the officer is the task of the placement, which nobody records in another way', () => {
  const story = courseOf2026(6).at('2026-09-10T10:00Z');
  const tasks = () => story.waits.flatMap(({ what, subject }) => (what === 'task' ? [subject] : []));
  expect(tasks()).toContain('monitoring-officer');
  expect(story.refusal(() => story.cap.does('recordTask', { task: 'monitoring-officer', on: '2026-09-10' }))).toMatchObject({
    ...{ rule: 'R96', field: 'task' },
  });
  story.cap.does('nameMonitoringOfficer', { officer: 'cap.team' });
  expect(tasks()).toEqual(['termly-report']);
});
