// CAP keeps its calendar through the doors: cycles, meetings, closures and terms; the cases concerned are told.
import { EngineAway } from '../../temporal/client';
import { completeAnswers } from '../support/story';
import { each, openDoors, type Doors } from './doors';

const november = '2024-11-20T10:00:00.000Z';
const now = '2025-07-10T10:00:00.000Z';
let doors: Doors;
beforeAll(async () => {
  doors = await openDoors(november);
});
afterAll(() => doors.stop());
beforeEach(() => {
  doors.at(now);
  doors.engine(null);
});
// No test finds the cycle of another there: a copy of it would be refused.
afterEach(async () => {
  doors.at(now);
  doors.engine(null);
  const { cycles } = (await doors.ask('cap.team', 'GET', '/api/v1/cycles')).body as {
    cycles: { id: string; deadline: string }[];
  };
  const entered = cycles.filter(({ deadline }) => deadline >= '2025-07-10' && deadline <= '2025-07-14');
  for (const { id } of entered) expect((await doors.ask('cap.team', 'DELETE', `/api/v1/cycles/${id}`)).status).toBe(200);
});

const cycle = (change: object = {}) => ({
  deadline: '2025-07-11',
  items: [{ programme: 'flourish', cohortStart: '2025-09-15' }],
  meetings: { 'review-and-authorisation': '2025-07-15', 'multi-agency': '2025-07-17', 'headteacher-placement': null },
  ...change,
});
const enter = (body: object, person = 'cap.team') => doors.ask(person, 'POST', '/api/v1/cycles', { body });

async function submitted(at: string): Promise<string> {
  doors.at(at);
  const answers = completeAnswers('flourish', at.slice(0, 10));
  const body = { programme: 'flourish', student: await doors.student('school.alder'), answers };
  const draft = await doors.ask('school.alder', 'POST', '/api/v1/applications', { body });
  const reference = draft.body.reference as string;
  await doors.ask('school.alder', 'POST', `/api/v1/applications/${reference}/submit`, { key: 'k' });
  await doors.ask('cap.team', 'POST', `/api/v1/cases/${reference}/check-pack`, { key: 'k', body: { result: 'complete' } });
  return reference;
}

test('everybody with a role reads the calendar; only CAP edits it', async () => {
  for (const path of ['cycles', 'meetings', 'closures', 'terms', 'programmes', 'courses']) {
    expect((await doors.ask('school.birch', 'GET', `/api/v1/${path}`)).status).toBe(200);
  }
  const { body } = await doors.ask('school.birch', 'GET', '/api/v1/cycles');
  expect(each(body.cycles, 'id')).toContain('2024-25-4');
  for (const person of ['school.alder', 'chair.review', 'auditor']) {
    const refused = await enter(cycle(), person);
    expect([refused.status, refused.body.detail]).toEqual([403, 'The calendar is kept by the CAP team.']);
  }
});

test('a cycle that is entered starts its meetings, and the cases that waited for one are told', async () => {
  const waiting = await submitted('2034-10-02T10:00:00.000Z'); // no cycle of that time is known
  const before = doors.asked.length;
  const made = await enter(
    cycle({
      deadline: '2034-10-09',
      items: [{ programme: 'flourish', cohortStart: '2034-11-13' }],
      meetings: { 'review-and-authorisation': '2034-10-17', 'multi-agency': null, 'headteacher-placement': null },
    }),
  );
  expect([made.status, made.body.told]).toEqual([201, true]);
  const { id } = made.body.cycle.meetings['review-and-authorisation'] as { id: string };
  expect(doors.asked.slice(before)).toEqual([`meeting ${id}`, `recalculate ${waiting}`]);
});

test('a day of the year 9999 is refused: no meeting could keep its calendar', async () => {
  const { status, body } = await enter(cycle({ deadline: '9999-12-31' }));
  expect(status).toBe(422);
  expect(body.errors).toContainEqual(
    expect.objectContaining({ field: 'deadline', message: expect.stringContaining('2000 to 2099') as string }),
  );
});

test('a cycle that cannot be is refused, field by field', async () => {
  const { status, body } = await enter(
    cycle({
      items: [{ programme: 'flourish', cohortStart: '2025-07-01' }],
      meetings: { 'review-and-authorisation': '2025-07-01', 'multi-agency': '2025-06-30', 'headteacher-placement': null },
    }),
  );
  expect(status).toBe(422);
  expect(each(body.errors, 'field')).toEqual(
    expect.arrayContaining(['items.0.cohortStart', 'meetings.review-and-authorisation', 'meetings.multi-agency']),
  );
  expect((await enter(cycle({ deadline: '2025-07-09' }))).body.errors[0].field).toBe('deadline');
  expect((await enter(cycle({ deadline: '2025-02-30' }))).body.errors[0].field).toBe('deadline');
  expect((await enter(cycle({ meetings: {} }))).body.errors[0].field).toBe('meetings.review-and-authorisation');
});

test('a cycle is entered once, and one that would be a copy of it names it (R93)', async () => {
  const both = await Promise.all([enter(cycle()), enter(cycle())]);
  expect(each(both, 'status').sort()).toEqual([201, 422]);
  const [made, refused] = both[0].status === 201 ? both : [both[1], both[0]];
  const { number } = made.body.cycle as { number: number };
  expect(refused.body.errors).toEqual([
    {
      ...{ field: 'deadline', rule: 'R93' },
      message: `Cycle ${String(number)} of 2024-25 has this deadline, Friday 11 July 2025, and the same panels already: change that cycle instead.`,
    },
  ]);
  const path = `/api/v1/cycles/${String(made.body.cycle.id)}`;
  const { items } = cycle();
  expect((await enter(cycle({ deadline: '2025-07-12' }))).body.errors[0].message).toContain('the next is Monday 14 July 2025');
  const sunday = await doors.ask('cap.team', 'PUT', path, { body: { deadline: '2025-07-13', items } });
  expect([sunday.status, sunday.body.errors[0].field]).toEqual([422, 'deadline']);
});

test('a cycle is read, changed over the version that was read, and taken out', async () => {
  const { id } = (await enter(cycle())).body.cycle as { id: string };
  const path = `/api/v1/cycles/${id}`;
  const read = await doors.ask('cap.team', 'GET', path);
  expect([read.status, read.headers['etag']]).toEqual([200, '"1"']);
  const terms = {
    deadline: '2025-07-14',
    items: [
      { programme: 'flourish', cohortStart: '2025-09-22' },
      { programme: 'supported-transfer', cohortStart: null },
    ],
  };
  const change = (body: object, tag: string, person = 'cap.team') =>
    doors.ask(person, 'PUT', path, { body, headers: { 'If-Match': tag } });
  const changed = await change(terms, '"1"');
  expect([changed.status, changed.headers['etag'], changed.body.told]).toEqual([200, '"2"', true]);
  expect(changed.body.cycle).toMatchObject({ deadline: '2025-07-14', items: terms.items });
  expect((await change({ ...terms, deadline: '2025-07-11' }, '"1"')).body.type).toBe('/problems/stale');
  expect((await change({ ...terms, deadline: '2025-07-16' }, '"2"')).body.errors).toEqual([
    expect.objectContaining({ field: 'deadline', message: expect.stringContaining('move that meeting first') as string }),
  ]);
  expect((await change(terms, '"2"', 'chair.review')).status).toBe(403);
  expect((await doors.ask('school.alder', 'DELETE', path)).status).toBe(403);
  expect((await doors.ask('cap.team', 'DELETE', path, { headers: { 'If-Match': '"1"' } })).body.type).toBe('/problems/stale');
  expect((await doors.ask('cap.team', 'DELETE', path, { headers: { 'If-Match': '"2"' } })).body).toEqual({ id, told: true });
  for (const method of ['GET', 'DELETE'] as const) expect((await doors.ask('cap.team', method, path)).status).toBe(404);
  expect((await change(terms, '"2"')).status).toBe(404);
});

test('a cycle takes panels out of a route, as CAP says for each of its items (C5), and nothing else', async () => {
  const withPanels = (programme: string, panels: readonly string[]) =>
    enter(cycle({ items: [{ programme, cohortStart: null, panels }] }));
  const made = await withPanels('refocus', ['multi-agency']);
  expect([made.status, made.body.cycle.items[0].panels]).toEqual([201, ['multi-agency']]);
  const refused = await withPanels('flourish', ['multi-agency']);
  expect([refused.status, refused.body.errors]).toEqual([
    422,
    expect.arrayContaining([expect.objectContaining({ field: 'items.0.panels', rule: 'C5' })]),
  ]);
  expect((await withPanels('refocus', ['school-council'])).status).toBe(422);
  expect(each((await withPanels('astronomy', [])).body.errors, 'field')).toContain('items.0.programme');
});

test('what an open case has landed on stays, and the case is named; another deadline reaches it', async () => {
  const reference = await submitted(november);
  const { body } = await doors.ask('cap.team', 'GET', `/api/v1/cases/${reference}`);
  const meeting = `/api/v1/meetings/${String(body.position.meeting.id)}`;
  const path = `/api/v1/cycles/${String((await doors.ask('cap.team', 'GET', meeting)).body.meeting.cycle)}`;
  const { items } = (await doors.ask('cap.team', 'GET', path)).body.cycle as { items: { programme: string }[] };
  for (const address of [path, meeting]) {
    const refused = await doors.ask('cap.team', 'DELETE', address);
    expect([refused.status, refused.body.type, refused.body.rule]).toEqual([409, '/problems/not-editable', 'R93']);
    expect(refused.body.detail).toContain('landed on it');
  }
  const without = items.filter(({ programme }) => programme !== 'flourish');
  expect((await doors.ask('cap.team', 'PUT', path, { body: { deadline: '2024-12-05', items: without } })).body.errors).toEqual([
    expect.objectContaining({ field: 'items', message: expect.stringContaining('stays as it is') as string }),
  ]);
  const before = doors.asked.length;
  expect((await doors.ask('cap.team', 'PUT', path, { body: { deadline: '2024-12-05', items } })).status).toBe(200);
  expect(doors.asked.slice(before)).toEqual(expect.arrayContaining([`recalculate ${reference}`]));
  expect((await doors.ask('cap.team', 'GET', meeting)).body.meeting).toMatchObject({ deadline: '2024-12-05' });
});

test('a meeting without cases is taken out, and its workflow is told', async () => {
  const made = await enter(cycle());
  const { id } = made.body.cycle.meetings['multi-agency'] as { id: string };
  const before = doors.asked.length;
  expect((await doors.ask('cap.team', 'DELETE', `/api/v1/meetings/${id}`, { headers: { 'If-Match': '"7"' } })).body.type).toBe(
    '/problems/stale',
  );
  expect((await doors.ask('cap.team', 'DELETE', `/api/v1/meetings/${id}`)).body).toEqual({ id, told: true });
  expect(doors.asked.slice(before)).toEqual([`meeting ${id}`]);
  expect((await doors.ask('cap.team', 'DELETE', `/api/v1/meetings/${id}`)).status).toBe(404);
});

test('what is past stays as it was: cycles, meetings, closures and terms', async () => {
  const path = '/api/v1/cycles/2024-25-3';
  const { cycle: past } = (await doors.ask('cap.team', 'GET', path)).body as { cycle: { items: object[]; meetings: object } };
  const [meeting] = Object.values(past.meetings).flatMap((each: { id: string } | null) => each ?? []);
  const asked = async (method: 'POST' | 'PUT' | 'DELETE', address: string, body?: object): Promise<[number, unknown]> => {
    const answer = await doors.ask('cap.team', method, address, body ? { body } : {});
    return [answer.status, answer.body.errors?.[0]?.message ?? answer.body.detail];
  };
  const stays = (status: number) => [status, expect.stringMatching(/past|It began/) as string];
  expect(await asked('PUT', path, { deadline: '2025-07-14', items: past.items })).toEqual(stays(422));
  expect(await asked('DELETE', path)).toEqual(stays(409));
  expect(await asked('POST', `/api/v1/meetings/${meeting?.id ?? ''}/move`, { day: '2025-07-15' })).toEqual(stays(422));
  expect(await asked('DELETE', `/api/v1/meetings/${meeting?.id ?? ''}`)).toEqual(stays(409));
  expect(await asked('POST', '/api/v1/closures', { day: '2025-07-09' })).toEqual(stays(422));
  expect(await asked('DELETE', '/api/v1/closures/2024-12-25')).toEqual(stays(409));
  expect(await asked('PUT', '/api/v1/terms/2024-25/spring/1', { firstDay: '2025-01-06', lastDay: '2025-02-13' })).toEqual(
    stays(422),
  );
  expect(await asked('DELETE', '/api/v1/terms/2024-25/summer/2')).toEqual(stays(409));
});

test('a meeting shows its agenda to each as far as they may see, and the places to CAP and its panel alone', async () => {
  const reference = await submitted(november);
  const { body } = await doors.ask('cap.team', 'GET', `/api/v1/cases/${reference}`);
  const { id } = body.position.meeting as { id: string };
  const see = async (person: string) =>
    (await doors.ask(person, 'GET', `/api/v1/meetings/${id}`)).body as Record<string, unknown>;
  expect(each((await see('chair.review'))['agenda'], 'reference')).toContain(reference);
  expect(await see('chair.review')).toMatchObject({ places: [] });
  expect(await see('school.birch')).toMatchObject({ agenda: [], places: null });
  expect((await doors.ask('cap.team', 'GET', '/api/v1/meetings/RAP-1999-01-01')).status).toBe(404);
});

test('a meeting that moves takes its cases along; it does not move to before its agenda closes', async () => {
  const reference = await submitted(november);
  const { body } = await doors.ask('cap.team', 'GET', `/api/v1/cases/${reference}`);
  const { id } = body.position.meeting as { id: string };
  const move = (day: string, headers = {}) =>
    doors.ask('cap.team', 'POST', `/api/v1/meetings/${id}/move`, { body: { day }, headers });
  const moved = await move('2024-12-13');
  expect([moved.status, moved.body.meeting.day, moved.body.told]).toEqual([200, '2024-12-13', true]);
  expect(doors.asked).toEqual(expect.arrayContaining([`meeting ${id}`, `recalculate ${reference}`]));
  expect((await move('2024-11-01')).body.errors[0].field).toBe('day');
  expect((await move('2024-12-17', { 'If-Match': '"0"' })).body.type).toBe('/problems/stale');
  expect((await doors.ask('chair.review', 'POST', `/api/v1/meetings/${id}/move`, { body: { day: '2024-12-17' } })).status).toBe(
    403,
  );
});

test('what CAP enters is saved even while the engine is away, and the answer says that the cases are told later', async () => {
  doors.engine({
    meeting: () => Promise.reject(new EngineAway('away')),
    recalculate: () => Promise.reject(new EngineAway('away')),
  });
  const made = await enter(cycle({ deadline: '2025-07-15' }));
  expect([made.status, made.body.told]).toEqual([201, false]);
  const { body } = await doors.ask('cap.team', 'GET', '/api/v1/cycles');
  expect(each(body.cycles, 'id')).toContain(made.body.cycle.id);
});

test('what is saved as it is changes nothing, so that nobody is told to count anew', async () => {
  await submitted(november);
  const { id, deadline, items, meetings } = (await enter(cycle())).body.cycle as {
    id: string;
    deadline: string;
    items: readonly object[];
    meetings: Record<string, { id: string; day: string } | null>;
  };
  const meeting = meetings['multi-agency'];
  const half = { firstDay: '2024-11-04', lastDay: '2024-12-20' };
  const told = async (method: 'PUT' | 'POST', path: string, body: object): Promise<unknown> =>
    (await doors.ask('cap.team', method, `/api/v1/${path}`, { body })).body.told;
  const save = async () => [
    await told('PUT', `cycles/${id}`, { deadline, items }),
    await told('POST', `meetings/${meeting?.id ?? ''}/move`, { day: meeting?.day }),
    await told('POST', 'closures', { day: '2025-08-25' }),
    await told('PUT', 'terms/2024-25/autumn/2', half),
  ];
  const before = doors.asked.length;
  expect(await save()).toEqual([true, true, true, true]);
  expect(doors.asked.slice(before)).toEqual([]);
});

test('an edit that could not be told is told by who saves it once more', async () => {
  await submitted(november);
  const { id, items } = (await enter(cycle())).body.cycle as { id: string; items: readonly object[] };
  const save = () => doors.ask('cap.team', 'PUT', `/api/v1/cycles/${id}`, { body: { deadline: '2025-07-10', items } });
  const away = () => Promise.reject(new EngineAway('away'));
  doors.engine({ meeting: away, recalculate: away });
  expect((await save()).body.told).toBe(false);
  doors.engine(null);
  const before = doors.asked.length;
  expect((await save()).body.told).toBe(true);
  expect(doors.asked.slice(before)).not.toEqual([]);
  const after = doors.asked.length;
  expect((await save()).body.told).toBe(true);
  expect(doors.asked.slice(after)).toEqual([]);
});

test('a closure is entered and taken out; open cases count their dates anew', async () => {
  const reference = await submitted(november);
  const before = doors.asked.length;
  expect((await doors.ask('cap.team', 'POST', '/api/v1/closures', { body: { day: '2024-12-23' } })).status).toBe(201);
  expect((await doors.ask('school.alder', 'GET', '/api/v1/closures')).body.closures).toContain('2024-12-23');
  expect(doors.asked.slice(before)).toContain(`recalculate ${reference}`);
  expect((await doors.ask('cap.team', 'DELETE', '/api/v1/closures/2024-12-23')).status).toBe(200);
  expect((await doors.ask('school.alder', 'GET', '/api/v1/closures')).body.closures).not.toContain('2024-12-23');
  expect((await doors.ask('cap.team', 'DELETE', '/api/v1/closures/yesterday')).status).toBe(404);
});

test('a year whose terms CAP enters has the places of its programmes: 25 a term and 75 a year for Refocus (R13, C12)', async () => {
  const placesOf = async (year: string) =>
    ((await doors.ask('cap.team', 'GET', '/api/v1/places')).body.places as { academicYear: string }[]).filter(
      ({ academicYear }) => academicYear === year,
    );
  expect(await placesOf('2030-31')).toEqual([]);
  const half = { body: { firstDay: '2030-09-02', lastDay: '2030-10-25' } };
  expect((await doors.ask('cap.team', 'PUT', '/api/v1/terms/2030-31/autumn/1', half)).status).toBe(200);
  const left = (term: string) => ({ academicYear: '2030-31', programme: 'refocus', term, inTerm: 25, inYear: 75 });
  expect(await placesOf('2030-31')).toEqual(expect.arrayContaining(['autumn', 'spring', 'summer'].map(left)));
  expect(await placesOf('2030-31')).toHaveLength(3);
  await doors.ask('cap.team', 'DELETE', '/api/v1/terms/2030-31/autumn/1');
});

test('half of a term is entered and taken out; one that overlaps another is not', async () => {
  const put = (path: string, body: object) => doors.ask('cap.team', 'PUT', `/api/v1/terms/${path}`, { body });
  const entered = await put('2031-32/autumn/1', { firstDay: '2031-09-01', lastDay: '2031-10-24' });
  expect([entered.status, entered.body.halfTerm.half]).toEqual([200, 1]);
  const remove = () => doors.ask('cap.team', 'DELETE', '/api/v1/terms/2031-32/autumn/1');
  expect((await put('2031-32/autumn/2', { firstDay: '2031-10-20', lastDay: '2031-12-19' })).status).toBe(422);
  expect((await put('2031-32/autumn/3', { firstDay: '2031-11-03', lastDay: '2031-12-19' })).status).toBe(404);
  expect((await remove()).body).toEqual({ told: true });
  expect((await remove()).status).toBe(404);
});

test('a retry under the same key enters one cycle and plans one meeting', async () => {
  const body = cycle({
    deadline: '2035-10-08',
    items: [{ programme: 'flourish', cohortStart: '2035-11-12' }],
    meetings: { 'review-and-authorisation': null, 'multi-agency': null, 'headteacher-placement': null },
  });
  const enterAgain = () => doors.ask('cap.team', 'POST', '/api/v1/cycles', { body, key: 'one cycle' });
  const [first, again] = [await enterAgain(), await enterAgain()];
  expect([first.status, again.status]).toEqual([201, 201]);
  expect(again.body).toEqual(first.body);
  const { id } = first.body.cycle as { id: string };

  const plan = () =>
    doors.ask('cap.team', 'POST', `/api/v1/cycles/${id}/meetings`, {
      body: { panel: 'review-and-authorisation', day: '2035-10-16' },
      key: 'one meeting',
    });
  const both = await Promise.all([plan(), plan()]);
  expect(each(both, 'status')).toEqual([201, 201]);
  expect(both[0].body.meeting.id).toBe(both[1].body.meeting.id);
  const other = await doors.ask('cap.team', 'POST', '/api/v1/cycles', {
    body: { ...body, deadline: '2035-10-09' },
    key: 'one cycle',
  });
  expect([other.status, other.body.type]).toEqual([422, '/problems/key-reused']);
});
