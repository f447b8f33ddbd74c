// Every route by HTTP alone; what is refused on the way; the calendar and the mail server under it.
import { randomUUID } from 'node:crypto';
import { academicYearOf, addDays, addWorkingDays, bankHolidaysOf } from '../../domain/calendar';
import { programmeCodes } from '../../domain/programmes';
import { searchAttributes } from '../../temporal/names';
import { expectAgreement, rowsOf } from '../support/agreement';
import { approval, caseBefore, draft, draftFor, idsOf, pathway, take, walk } from '../support/pathways';
import { schoolDayAfter, today } from '../support/schoolDays';
import { eventually, startSystem, type System } from '../support/system';

jest.setTimeout(180_000);

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());

describe.each(programmeCodes)('%s', (programme) => {
  test('goes from a draft to a placement whose start is corrected once: each decision is taken once, each e-mail comes once', async () => {
    const reference = await draft(system, programme);
    const taken = await walk(system, reference, pathway(programme));
    // A clock may act between two of them: the notice of a start that is tomorrow is due at once (A3).
    const steps = taken.map(({ body }) => Number(body.step));
    expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));

    const rows = await expectAgreement(system, reference, idsOf(taken));
    expect(rows.state.position.stage).toBe('placement');
    // At a weekend the notice of a start two school days ahead is late at once, and the school is reminded of it.
    expect(rows.happened.filter((kind) => kind !== 'reminded').at(-1)).toBe('startCorrected');
  });
});

test('a Supported Transfer is on the roll of both schools (R50)', async () => {
  const reference = await draft(system, 'supported-transfer');
  await walk(system, reference, pathway('supported-transfer'));
  const ofReceivingSchool = (await system.ask('school.birch', 'GET', `/api/v1/cases/${reference}`)).body;
  expect(ofReceivingSchool).toMatchObject({ registration: { main: 'SCH-A', subsidiary: 'school:SCH-B' } });
});

test('two starts of one student that are confirmed at once do not take the same day: the second is told whose it is (A11)', async () => {
  const first = await draft(system, 'tier-1-course');
  const { student } = (await system.ask('school.alder', 'GET', `/api/v1/applications/${first}`)).body as unknown as {
    student: string;
  };
  const references = [first, await draftFor(system, 'insight', student)];
  for (const [index, reference] of references.entries())
    await walk(system, reference, pathway(index === 0 ? 'tier-1-course' : 'insight').slice(0, 5));
  const start = schoolDayAfter(1);
  const plan = { objectives: 'One.', measures: 'Two.', reintegration: 'Three.' };
  const confirm = (reference: string) =>
    system.give('school.alder', reference, 'confirmStart', { start, weekdays: 'mon', shortened: true, ...plan });
  const answers = await Promise.all(references.map(confirm));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
  expect(answers.find(({ status }) => status === 422)?.body).toMatchObject({ rule: 'A11' });
});

describe('a decision', () => {
  test('given twice with the same key is one decision with one answer', async () => {
    const reference = await caseBefore(system, 'flourish', 'panelDecision');
    const key = randomUUID();
    const decide = () => system.give('chair.review', reference, 'panelDecision', approval, key);

    const atOnce = await Promise.all([decide(), decide()]);
    await take(system, reference, { by: 'cap.team', does: 'sendPack', says: { provider: 'TP-ONE' } });
    const later = await decide();

    const answers = [...atOnce, later].map(({ status, body }) => ({ status, body }));
    expect(answers).toEqual(Array(3).fill({ status: 200, body: { result: 'recorded', reference, step: 3 } }));
    expect((await rowsOf(system, reference)).happened.filter((kind) => kind === 'approved')).toHaveLength(1);
  });

  test('is refused when its key came with something else before', async () => {
    const reference = await caseBefore(system, 'flourish', 'panelDecision');
    const { key } = await system.give('chair.review', reference, 'panelDecision', approval);
    const before = await rowsOf(system, reference);

    const other = await system.give(
      'chair.review',
      reference,
      'panelDecision',
      { ...approval, outcome: 'refuse', alternatives: 'None.' },
      key,
    );
    expect([other.status, other.body.type]).toEqual([422, '/problems/key-reused']);
    const otherWords = await system.give('chair.review', reference, 'panelDecision', { ...approval, reasons: 'Others.' }, key);
    expect(otherWords.status).toBe(422);
    expect((await rowsOf(system, reference)).state).toEqual(before.state);
  });

  test.each([
    ['at the wrong stage', 'school.alder', 'confirmStart', { start: today() }, 409, 'not-now', /stage/],
    ['of somebody else who sees the case', 'school.alder', 'panelDecision', approval, 403, 'not-yours', /somebody else/],
    ['of the other panel', 'chair.multiagency', 'panelDecision', approval, 404, 'not-found', /no such case/],
    ['of another school', 'school.birch', 'withdraw', { reason: 'Ours.' }, 404, 'not-found', /no such case/],
    ['of a provider that has no pack', 'provider.one', 'recordInterview', { result: 'held' }, 404, 'not-found', /no such case/],
    ['of an auditor', 'auditor', 'closeCase', { offered: 'Nothing.' }, 403, 'not-yours', /somebody else/],
    ['without its reasons', 'chair.review', 'panelDecision', { outcome: 'approve' }, 422, 'wrong-values', /fields/],
  ] as const)('%s is refused with the reason, and nothing changes', async (_of, person, kind, body, status, problem, detail) => {
    const reference = await caseBefore(system, 'flourish', 'panelDecision');
    const before = await rowsOf(system, reference);

    const answer = await system.give(person, reference, kind, body);
    expect([answer.status, answer.body.type]).toEqual([status, `/problems/${problem}`]);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.body.detail).toMatch(detail);
    const { emails, ...rest } = await rowsOf(system, reference);
    expect({ ...rest, emails: emails.length }).toEqual({ ...before, emails: before.emails.length });
  });

  test('of two chairs at the same instant: one wins, the other is told', async () => {
    const reference = await caseBefore(system, 'flourish', 'panelDecision');
    const answers = await Promise.all([
      system.give('chair.review', reference, 'panelDecision', approval),
      system.give('vicechair.review', reference, 'panelDecision', { ...approval, outcome: 'refuse', alternatives: 'None.' }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ type: '/problems/not-now', rule: 'stage' });
    const { happened } = await rowsOf(system, reference);
    expect(happened.filter((kind) => kind === 'approved' || kind === 'refused')).toHaveLength(1);
  });
});

test('the 26th Refocus approval of a term is told that there is no place, until one is given back', async () => {
  const beforeTheSecondPanel = () => caseBefore(system, 'refocus', 'panelDecision', 2);
  const approve = (reference: string) => system.give('chair.multiagency', reference, 'panelDecision', approval);
  const first = await beforeTheSecondPanel();
  await approve(first);
  const { place } = (await rowsOf(system, first)).state;
  await fillTo(24, place);

  const [one, other] = [await beforeTheSecondPanel(), await beforeTheSecondPanel()];
  const answers = await Promise.all([approve(one), approve(other)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ type: '/problems/no-place', rule: 'R13' });

  const [winner, loser] = answers[0].status === 200 ? [one, other] : [other, one];
  expect((await rowsOf(system, loser)).state).toMatchObject({ place: null, position: { stage: 'panel', panel: 'multi-agency' } });
  await take(system, winner, { by: 'school.alder', does: 'withdraw', says: { reason: 'A place elsewhere.' } });
  expect((await approve(loser)).status).toBe(200);
});

/** Fills a term with cases that there are not, by a hand that nobody has but this test. */
async function fillTo(places: number, term: { academicYear: string; term: string } | null): Promise<void> {
  const of = `programme = 'refocus' AND academic_year = '${term?.academicYear ?? ''}' AND term = '${term?.term ?? ''}'`;
  await system.sql(
    'superuser',
    `SET session_replication_role = replica;
     INSERT INTO places SELECT 'CAP-FULL-' || n, programme, academic_year, term
       FROM capacities, generate_series((SELECT count(*) FROM places WHERE ${of}) + 1, ${places}) n WHERE ${of}`,
  );
}

test('while the mail server is away the case goes on; when it is back each e-mail arrives once', async () => {
  await system.mail.stop();
  const reference = await draft(system, 'flourish');
  const taken = await walk(system, reference, pathway('flourish'));
  const { emails } = await rowsOf(system, reference);
  expect(new Set(emails.map(({ status }) => status))).toEqual(new Set(['due']));

  await system.mail.start();
  await expectAgreement(system, reference, idsOf(taken));
});

describe('the calendar', () => {
  const closures = new Set([today(), addDays(today(), 60)].flatMap((day) => [...bankHolidaysOf(academicYearOf(day))]));
  const inDays = (days: number) => addWorkingDays(today(), days, { closures, halfTerms: [] });
  const makeCycle = async (reviewDay: string) => {
    const made = await system.ask('cap.team', 'POST', '/api/v1/cycles', {
      body: {
        deadline: today(),
        items: [{ programme: 'flourish', cohortStart: inDays(30) }],
        meetings: { 'review-and-authorisation': reviewDay, 'multi-agency': inDays(20), 'headteacher-placement': null },
      },
    });
    expect([made.status, made.body.told]).toEqual([201, true]);
    return made.body.cycle?.meetings ?? {};
  };
  const shownBy = async (meeting: string) => {
    const { status, typedSearchAttributes } = await system.client.workflow.getHandle(`meeting-${meeting}`).describe();
    const { panel, step } = searchAttributes;
    return { status: status.name, panel: typedSearchAttributes.get(panel), version: typedSearchAttributes.get(step) };
  };

  beforeAll(async () => {
    await system.sql('superuser', 'DELETE FROM cycles');
  });

  test('lets a case without a cycle wait for CAP, and land when a cycle is made, whose meetings have workflows', async () => {
    const reference = await caseBefore(system, 'flourish', 'panelDecision');
    expect((await rowsOf(system, reference)).waits[0]).toMatchObject({ party: 'cap', what: 'panel-cycle' });

    const meetings = await makeCycle(inDays(14));
    const { id = '' } = meetings['review-and-authorisation'] ?? {};
    await eventually(async () => {
      const { state, waits, happened } = await rowsOf(system, reference);
      expect(happened.at(-1)).toBe('landed');
      expect(state.position).toMatchObject({ meeting: { id, day: inDays(14) } });
      expect(waits[0]).toMatchObject({ party: 'panel:review-and-authorisation', what: 'panel-decision' });
    });
    const { id: second = '' } = meetings['multi-agency'] ?? {};
    await eventually(async () => {
      expect(await shownBy(id)).toEqual({ status: 'RUNNING', panel: 'review-and-authorisation', version: 1 });
      expect(await shownBy(second)).toEqual({ status: 'RUNNING', panel: 'multi-agency', version: 1 });
    });
  });

  test('tells the cases of a meeting that is moved, once, and their schools', async () => {
    const reference = await caseBefore(system, 'flourish', 'panelDecision');
    const { position } = (await rowsOf(system, reference)).state;
    const meeting = 'meeting' in position ? (position.meeting?.id ?? '') : '';
    const move = () => system.ask('cap.team', 'POST', `/api/v1/meetings/${meeting}/move`, { body: { day: inDays(15) } });

    expect((await move()).body).toMatchObject({ told: true, meeting: { day: inDays(15), version: 2 } });
    expect((await move()).body).toMatchObject({ told: true, meeting: { version: 2 } });
    await eventually(async () => {
      const { state, happened, emails } = await rowsOf(system, reference);
      expect(happened.filter((kind) => kind === 'meetingMoved')).toHaveLength(1);
      expect(state.position).toMatchObject({ meeting: { id: meeting, day: inDays(15) } });
      expect(emails).toContainEqual({ id: expect.stringContaining('.panel-date.school-SCH-A') as string, status: 'sent' });
    });
    await eventually(async () => expect(await shownBy(meeting)).toMatchObject({ status: 'RUNNING', version: 2 }));
  });
});
