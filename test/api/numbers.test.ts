// The numbers of a year, as CAP reads them: they agree with what was done (R4, A20).
import { completeAnswers } from '../support/story';
import { openDoors, type Doors } from './doors';

let keys = 0;
const freshKey = () => `key ${(keys += 1)}`;
let doors: Doors;
beforeAll(async () => {
  doors = await openDoors('2024-11-20T10:00:00.000Z');
});
afterAll(() => doors.stop());

async function submitted(person: string, programme: 'flourish' | 'refocus' | 'tier-1-course' = 'flourish'): Promise<string> {
  const answers = completeAnswers(programme, '2024-11-18');
  const course = programme === 'tier-1-course' ? 'T1-BICYCLES' : null;
  const body = { programme, course, student: await doors.student(person), answers };
  const { reference } = (await doors.ask(person, 'POST', '/api/v1/applications', { body })).body as { reference: string };
  await doors.ask(person, 'POST', `/api/v1/applications/${reference}/submit`, { key: freshKey() });
  return reference;
}
const give = async (person: string, reference: string, command: string, body: object) => {
  const answer = await doors.ask(person, 'POST', `/api/v1/cases/${reference}/${command}`, { body, key: freshKey() });
  expect([command, answer.status]).toEqual([command, 200]);
};
const numbers = async (academicYear = '2024-25') =>
  (await doors.ask('cap.team', 'GET', `/api/v1/numbers?academicYear=${academicYear}`)).body as Record<string, unknown>;
const numbersBySchool = async (person = 'cap.team') =>
  (await doors.ask(person, 'GET', `/api/v1/numbers/schools?academicYear=2024-25`)).body as {
    applications: { by: object[] };
  };

test('applications by programme and school, outcomes in time, how cases ended: each as it was done, with its definition', async () => {
  expect(await numbers()).toMatchObject({
    applications: { total: 0 },
    outcomes: { issued: 0 },
    starts: { confirmed: 0, medianDays: null },
  });
  const [first, second] = [await submitted('school.alder'), await submitted('school.alder'), await submitted('school.birch')];
  await submitted('school.alder', 'refocus');
  for (const reference of [first, second]) await give('cap.team', reference, 'check-pack', { result: 'complete' });
  const approve = { outcome: 'approve', outsideMeeting: true, reasons: 'Of one mind.' };
  await give('chair.review', first, 'panel-decision', approve);
  await give('school.alder', second, 'withdraw', { reason: 'Another way was found.' });

  const found = await numbers();
  expect(found).toMatchObject({
    from: '2024-08-31T23:00:00.000Z',
    applications: {
      total: 4,
      by: [
        { programme: 'flourish', count: 3 },
        { programme: 'refocus', count: 1 },
      ],
    },
    outcomes: { issued: 1, inTime: 1 },
    closed: { by: [{ because: 'withdrawn', count: 1 }] },
  });
  expect((await numbersBySchool()).applications).toEqual({
    definition: (found['applications'] as { definition: string }).definition,
    by: [
      { programme: 'flourish', school: 'SCH-A', count: 2 },
      { programme: 'flourish', school: 'SCH-B', count: 1 },
      { programme: 'refocus', school: 'SCH-A', count: 1 },
    ],
  });
  for (const part of ['applications', 'outcomes', 'starts', 'closed'] as const) {
    expect((found[part] as { definition: string }).definition.length).toBeGreaterThan(20);
  }
});

test('the numbers are taken as a file with what each counts, by whoever reads them, and that is written down (A15, A20)', async () => {
  await doors.ask('cap.team', 'PUT', '/api/v1/organisations/SCH-A', {
    body: {
      ...{ kind: 'school', sector: 'secondary', name: '=Alder, "formula"', email: 'sch-a@example.test' },
      ...{ urn: null, ukprn: null, address: null },
    },
  });
  const path = '/api/v1/exports/numbers/2024-25';
  const { status, text } = await doors.ask('chair.multiagency', 'GET', path, { headers: { Accept: 'text/csv' } });
  expect(status).toBe(200);
  const lines = text.split('\r\n');
  expect(lines[0]).toBe('\ufeffAcademic year,Figure,Of,Home school,Value,Definition');
  const { applications } = (await numbers()) as { applications: { total: number; definition: string } };
  expect(lines[1]).toBe(`2024-25,Applications,All,,${String(applications.total)},${applications.definition}`);
  expect(text).toContain(`2024-25,Applications,Flourish,"'=Alder, ""formula""",2,`);
  expect(text).toMatch(/2024-25,Cases that ended,Withdrawn by the home school,,1,/);
  expect((await doors.ask('school.alder', 'GET', path)).status).toBe(403);
  await doors.access.settled();
  const looked = await doors.ask('auditor', 'GET', '/api/v1/access-log');
  expect(JSON.stringify(looked.body)).toContain('GET /api/v1/exports/numbers/{academicYear}');
});

/** A Tier 1 course whose start on Monday 2 December is confirmed on 21 November. */
async function started(): Promise<string> {
  doors.at('2024-11-20T10:00:00.000Z');
  const reference = await submitted('school.alder', 'tier-1-course');
  await give('cap.team', reference, 'check-pack', { result: 'complete' });
  await give('school.alder', reference, 'book-interview', { at: '2024-11-21T10:00:00.000Z' });
  doors.at('2024-11-21T11:00:00.000Z');
  await give('provider.one', reference, 'record-interview', { result: 'held' });
  await give('provider.one', reference, 'provider-response', { result: 'accept' });
  await give('school.alder', reference, 'confirm-start', { start: '2024-12-02' });
  return reference;
}

test('a start is counted when it is confirmed, with the days since the submission', async () => {
  await started();
  // From Wednesday 20 November to Monday 2 December.
  expect((await numbers()).starts).toMatchObject({ confirmed: 1, medianDays: 12 });
});

test('a school with an SLA reads how many of the paid placements at Tier 1 it has used; CAP reads those of all (R9)', async () => {
  const read = async (person: string, year = '2024-25') =>
    (await doors.ask(person, 'GET', `/api/v1/allowances/${year}`)).body.allowances as unknown[];
  const used = (count: number) => [{ school: 'SCH-A', included: 15, used: count, warning: null }];
  expect(await read('school.alder')).toEqual(used(1));
  expect(await read('cap.team')).toEqual(used(1));
  expect(await read('school.birch')).toEqual([]); // it has no SLA
  expect(await read('provider.one')).toEqual([]);
});

test('an application that is withdrawn before its start was no placement: what the SLA pays for is not used by it (R9)', async () => {
  const used = async () => {
    const { body } = await doors.ask('school.alder', 'GET', '/api/v1/allowances/2024-25');
    return (body.allowances as { used: number }[]).map((each) => each.used);
  };
  const reference = await started();
  expect(await used()).toEqual([2]);
  await give('school.alder', reference, 'withdraw', { reason: 'Another way was found.' });
  expect(await used()).toEqual([1]);
});

test('another year has numbers of its own', async () => {
  expect(await numbers('2023-24')).toMatchObject({ applications: { total: 0, by: [] }, outcomes: { issued: 0, inTime: 0 } });
});

test('the Multi-Agency Panel, which oversees all tiers, reads the numbers of Tier 2 as CAP does, and no case by it (R69)', async () => {
  const reference = await submitted('school.birch');
  const asPanel = await doors.ask('chair.multiagency', 'GET', '/api/v1/numbers?academicYear=2024-25');
  expect(asPanel.body).toEqual(await numbers());
  const bySchool = await numbersBySchool('chair.multiagency');
  expect(bySchool).toEqual(await numbersBySchool());
  expect(bySchool.applications.by).toContainEqual({ programme: 'flourish', school: 'SCH-B', count: 2 });
  expect((await doors.ask('chair.multiagency', 'GET', `/api/v1/cases/${reference}`)).status).toBe(404);
});

test('nobody else reads them', async () => {
  for (const person of ['school.alder', 'chair.review', 'auditor', 'ops']) {
    for (const path of ['/api/v1/numbers', '/api/v1/numbers/schools'])
      expect((await doors.ask(person, 'GET', `${path}?academicYear=2024-25`)).status).toBe(403);
  }
});
