// People read and decide cases through the doors: each sees their own, does their own, and is told why not.
import { EngineAway, EngineTimeout } from '../../temporal/client';
import { toCursor } from '../../api/cursor';
import { completeAnswers } from '../support/story';
import { each, openDoors, type Doors } from './doors';

const november = '2024-11-20T10:00:00.000Z';
const december = '2024-12-20T10:00:00.000Z';
let doors: Doors;
let keys = 0;
beforeAll(async () => {
  doors = await openDoors(november);
});
afterAll(() => doors.stop());
beforeEach(() => {
  doors.at(november);
  doors.engine(null);
});

const freshKey = () => `key ${(keys += 1)}`;

/** A Flourish case as the school submitted it. */
async function submitted(words: object = {}): Promise<string> {
  const answers = completeAnswers('flourish', '2024-11-18');
  const student = await doors.student('school.alder', { name: 'Zebedee Quillfeather', ...words });
  const body = { programme: 'flourish', student, answers };
  const draft = await doors.ask('school.alder', 'POST', '/api/v1/applications', { body });
  await doors.ask('school.alder', 'POST', `/api/v1/applications/${draft.body.reference}/submit`, { key: freshKey() });
  return draft.body.reference as string;
}
const give = (person: string, reference: string, door: string, body: object, key = freshKey(), headers = {}) =>
  doors.ask(person, 'POST', `/api/v1/cases/${reference}/${door}`, { body, key, headers });
const read = (person: string, reference: string) => doors.ask(person, 'GET', `/api/v1/cases/${reference}`);

/** A Flourish case before its panel. */
async function beforeThePanel(words: object = {}): Promise<string> {
  const reference = await submitted(words);
  await give('cap.team', reference, 'check-pack', { result: 'complete' });
  return reference;
}
const approval = { outcome: 'approve', reasons: 'It fits.' };

describe('Looking for a case', () => {
  const search = (person: string, text: string, query = '') =>
    doors.ask(person, 'POST', `/api/v1/cases/search${query}`, { body: { text } });

  test('a case is found by a part of the name, sent in the body; no address takes it, and no other school finds it', async () => {
    const reference = await submitted();
    const { body } = await search('cap.team', 'QUILL zebe');
    expect(each(body.cases, 'reference')).toContain(reference);
    expect(each(body.cases, 'student')).toContain('Zebedee Quillfeather');
    expect((await search('school.birch', 'quillfeather')).body.cases).toEqual([]);
    expect((await search('cap.team', 'quillfeather', '?stage=closed')).body.cases).toEqual([]);
    const inAddress = await doors.ask('cap.team', 'GET', '/api/v1/cases?words=quillfeather');
    expect([inAddress.status, inAddress.body.errors[0].field]).toEqual([400, 'words']);
  });

  test('too little to look for is refused with what to write', async () => {
    const { status, body } = await search('cap.team', 'qu');
    expect([status, body.errors[0].field]).toEqual([422, 'text']);
    expect(body.errors[0].message).toContain('at least 3 characters');
  });

  test('a worklist shows what waits for its reader, with the student, and nothing of others', async () => {
    const reference = await submitted();
    const mine = await doors.ask('cap.team', 'GET', '/api/v1/worklist?limit=100');
    expect(mine.body.tasks).toContainEqual(
      expect.objectContaining({
        reference,
        student: 'Zebedee Quillfeather',
        overdue: false,
        wait: expect.objectContaining({ role: 'cap' }),
      }),
    );
    const schools = await doors.ask('school.alder', 'GET', '/api/v1/worklist?limit=100');
    expect(each(schools.body.tasks, 'reference')).not.toContain(reference);
    expect((await doors.ask('school.alder', 'GET', '/api/v1/worklist?of=others')).status).toBe(403);
  });

  test('a list of what changed since a time leaves out what did not', async () => {
    const reference = await submitted();
    const at = async (time: string) =>
      each((await doors.ask('cap.team', 'GET', `/api/v1/cases?limit=100&updatedSince=${time}`)).body.cases, 'reference');
    expect(await at('2024-11-20T10:00:00Z')).toContain(reference);
    expect(await at('2024-11-20T10:00:01Z')).not.toContain(reference);
  });
});

describe('Reading', () => {
  test('a case says where it stands, whom it waits for and what this reader may do next, and where', async () => {
    const reference = await submitted();
    const { body, headers } = await read('cap.team', reference);
    expect(headers['etag']).toBe('"1"');
    expect(body).toMatchObject({
      stage: { code: 'pack-check', title: "CAP's check of the pack" },
      waits: [{ role: 'cap', title: 'check of the pack' }],
      programme: { code: 'flourish', title: 'Flourish' },
    });
    expect(each(body.can, 'href')).toEqual(
      ['check-pack', 'close-case', 'note-cpoms', 'name-monitoring-officer', 'record-agreement', 'withdraw-agreement'].map(
        (command) => `/api/v1/cases/${reference}/${command}`,
      ),
    );
    expect(body.timeline[0]).toMatchObject({
      kind: 'submitted',
      title: 'Application submitted',
      personName: 'Sample Alder-Staff',
    });
    expect(body.pack).toContainEqual(expect.objectContaining({ code: 'student-name', answer: 'Zebedee Quillfeather' }));
  });

  test('a case says the academic year of its start, whichever values it goes by', async () => {
    doors.at('2027-11-20T10:00:00.000Z');
    const answers = completeAnswers('flourish', '2027-11-18');
    const body = { programme: 'flourish', student: await doors.student('school.alder'), answers };
    const draft = await doors.ask('school.alder', 'POST', '/api/v1/applications', { body });
    const reference = draft.body.reference as string;
    await doors.ask('school.alder', 'POST', `/api/v1/applications/${reference}/submit`, { key: freshKey() });
    const { programme } = (await read('school.alder', reference)).body;
    expect(programme).toEqual({ key: 'flourish@2026-27', code: 'flourish', year: '2027-28', title: 'Flourish' });
  });

  test('of whom an EHCP is known the agenda says so, to whoever sees the case there (A12)', async () => {
    const [without, withPlan] = [await beforeThePanel(), await beforeThePanel({ ehcp: true })];
    const { id } = (await read('cap.team', withPlan)).body.position.meeting as { id: string };
    const plans = async (person: string) => (await doors.ask(person, 'GET', `/api/v1/meetings/${id}`)).body.plans as string[];
    expect(await plans('chair.review')).toContain(withPlan);
    expect(await plans('chair.review')).not.toContain(without);
    expect(await plans('school.birch')).toEqual([]);
  });

  test('a case shows its e-mails in words: what about, to whom, when they were written and whether they went', async () => {
    const reference = await beforeThePanel();
    const { body } = await read('cap.team', reference);
    expect(body.emails).toHaveLength(3);
    expect(body.emails).toContainEqual({
      id: `${reference}.2.pack-complete.school-SCH-A`,
      title: 'Pack complete',
      to: { party: 'school:SCH-A', role: 'school' },
      status: 'due',
      written: november,
      settled: null,
    });
  });

  test('the school may withdraw, complain, and say what was agreed (A13); an auditor may do nothing', async () => {
    const reference = await submitted();
    const commands = async (person: string) => each((await read(person, reference)).body.can, 'command');
    expect(await commands('school.alder')).toEqual([
      'withdraw',
      'noteCpoms',
      'nameCaseWorker',
      'recordAgreement',
      'withdrawAgreement',
      'makeComplaint',
    ]);
    expect(await commands('auditor')).toEqual([]);
    const { body } = await read('school.alder', reference);
    expect(body.agreements).toMatchObject([{ agreement: 'early-help', withdrawn: null }]);
    const values = (command: string) =>
      (body.can as { command: string; fields: { values: string[] }[] }[]).find((each) => each.command === command)?.fields[0]
        ?.values;
    expect([values('recordAgreement'), values('withdrawAgreement')]).toEqual([['parental-consent'], ['early-help']]);
  });

  test('a school sees who acts for it, names its case-worker among them, and the case says who it is (R43)', async () => {
    const reference = await submitted();
    const { body } = await doors.ask('school.alder', 'GET', '/api/v1/colleagues');
    expect([...new Set(each(body.colleagues, 'party'))]).toEqual(['school:SCH-A']);
    expect(each(body.colleagues, 'person')).toContain('school.alder');
    const named = { caseWorker: 'school.alder' };
    await doors.ask('school.alder', 'POST', `/api/v1/cases/${reference}/name-case-worker`, { body: named, key: freshKey() });
    expect((await read('cap.team', reference)).body.people).toEqual([
      { as: 'case-worker', person: 'school.alder', name: 'Sample Alder-Staff' },
    ]);
  });

  test('a case-worker finds the cases that name them, and what waits in those, among all of their school (R43)', async () => {
    const [named, other] = [await submitted(), await submitted()];
    for (const reference of [named, other]) {
      await give('cap.team', reference, 'check-pack', { result: 'returned', reasons: 'Sample: a page is missing.' });
    }
    const body = { caseWorker: 'school.alder' };
    await doors.ask('school.alder', 'POST', `/api/v1/cases/${named}/name-case-worker`, { body, key: freshKey() });
    const references = async (person: string, path: string, of: string) =>
      each((await doors.ask(person, 'GET', `/api/v1/${path}`)).body[of], 'reference');
    const theirs = await references('school.alder', 'cases?named=me', 'cases');
    expect(theirs).toContain(named);
    expect(theirs).not.toContain(other);
    expect(await references('school.alder', 'worklist?limit=100', 'tasks')).toEqual(expect.arrayContaining([named, other]));
    const waiting = await references('school.alder', 'worklist?of=named', 'tasks');
    expect(waiting).toContain(named);
    expect(waiting).not.toContain(other);
    // The pages of both lists lead on from each other.
    await doors.ask('school.alder', 'POST', `/api/v1/cases/${other}/name-case-worker`, { body, key: freshKey() });
    for (const [path, of] of [
      ['cases?named=me', 'cases'],
      ['worklist?of=named', 'tasks'],
    ] as const) {
      const seen: unknown[] = [];
      let next: unknown = null;
      do {
        const cursor = typeof next === 'string' ? `&cursor=${encodeURIComponent(next)}` : '';
        const page = await doors.ask('school.alder', 'GET', `/api/v1/${path}&limit=1${cursor}`);
        expect(page.status).toBe(200);
        seen.push(...each(page.body[of], 'reference'));
        next = page.body.next;
      } while (next !== null);
      expect(new Set(seen)).toEqual(new Set(await references('school.alder', path, of)));
      expect(seen).toEqual(expect.arrayContaining([named, other]));
    }
    // Who is named nowhere has none, however much they may see.
    expect(await references('cap.team', 'cases?named=me', 'cases')).toEqual([]);
    expect(await references('cap.team', 'worklist?of=named', 'tasks')).toEqual([]);
  });

  test('what is not theirs is not there: another school, a provider, and the chair until the case comes to the panel', async () => {
    const reference = await submitted();
    for (const person of ['school.birch', 'provider.one', 'chair.review', 'ops']) {
      const found = await read(person, reference);
      const nowhere = await read(person, 'CAP-2024-ZZZZZZ');
      expect([found.status, found.body]).toEqual([404, nowhere.body]);
    }
    await give('cap.team', reference, 'check-pack', { result: 'complete' });
    expect((await read('chair.review', reference)).status).toBe(200);
    expect((await read('chair.multiagency', reference)).status).toBe(404);
  });

  test('lists come in pages, filtered, and show nobody what is not theirs', async () => {
    for (let count = 0; count < 3; count += 1) await submitted();
    const seen: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const page = await doors.ask('cap.team', 'GET', `/api/v1/cases?limit=2&stage=pack-check${next && `&cursor=${next}`}`);
      expect(page.status).toBe(200);
      seen.push(...(each(page.body.cases, 'reference') as string[]));
      next = page.body.next as string | null;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThanOrEqual(3);
    expect((await doors.ask('school.birch', 'GET', '/api/v1/cases')).body.cases).toEqual([]);
    expect((await doors.ask('cap.team', 'GET', '/api/v1/cases?open=false')).body.cases).toEqual([]);
    expect((await doors.ask('cap.team', 'GET', '/api/v1/cases?waitingFor=provider')).body.cases).toEqual([]);
  });

  test.each([
    'limit=0',
    'limit=101',
    'limit=x',
    'cursor=x',
    'cursor=e30',
    'stage=none',
    'dueBefore=tomorrow',
    'dueBefore=0000-01-01T00:00:00.000Z',
    'dueBefore=1999-12-31T23:59:59.999Z',
    'dueBefore=2100-01-01T00:00:00.000Z',
    'dueBefore=-000001-01-01T00:00:00.000Z',
    'dueBefore=%2B010000-01-01T00:00:00.000Z',
    ...['0000-01-01T00:00:00.000Z', '+010000-01-01T00:00:00.000Z', '-000001-01-01T00:00:00.000Z'].map(
      (updated) => `cursor=${toCursor({ updated, reference: 'CAP-2024-ABCDEF' })}`,
    ),
    'colour=blue',
    'open=1',
  ])('a list that is asked for wrongly says so: %s', async (query) => {
    const { status, body } = await doors.ask('cap.team', 'GET', `/api/v1/cases?${query}`);
    expect(status).toBe(400);
    expect(body.errors[0].field).toBe(query.split('=')[0]);
  });

  test('a time is taken in any form of RFC 3339, and means the same', async () => {
    const reference = await submitted();
    const due = (await read('cap.team', reference)).body.waits[0].due as string;
    const found = async (dueBefore: string) => {
      const { body } = await doors.ask('cap.team', 'GET', `/api/v1/cases?limit=100&dueBefore=${encodeURIComponent(dueBefore)}`);
      return each(body.cases, 'reference').includes(reference);
    };
    const moved = (ms: number) => new Date(Date.parse(due) + ms).toISOString();
    const inForms = (utc: string) => {
      const inIndia = new Date(Date.parse(utc) + 5.5 * 3_600_000).toISOString().replace('Z', '+05:30');
      return [utc, utc.toLowerCase(), utc.replace('Z', '-00:00'), utc.replace('.000Z', 'Z'), inIndia];
    };
    for (const form of inForms(moved(-1000))) expect([form, await found(form)]).toEqual([form, false]);
    for (const form of inForms(moved(1000))) expect([form, await found(form)]).toEqual([form, true]);
  });

  test('who read a case, and who came to a wrong door, stands in the access log', async () => {
    const reference = await submitted();
    await read('auditor', reference);
    await read('school.birch', reference);
    await give('school.alder', reference, 'check-pack', { result: 'complete' });
    await doors.access.settled();
    const rows = await doors.accessRows(reference);
    expect(rows).toContainEqual(expect.objectContaining({ person: 'auditor', action: 'GET /api/v1/cases/{reference}' }));
    expect(rows).toContainEqual(
      expect.objectContaining({ person: 'school.birch', detail: { status: 404, problem: 'not-found' } }),
    );
    expect(rows).toContainEqual(
      expect.objectContaining({ person: 'school.alder', detail: { status: 403, problem: 'not-yours' } }),
    );
  });
});

interface NextCommand {
  readonly command: string;
  readonly fields: readonly Part[];
  readonly texts: readonly Part[];
}
interface Part {
  readonly name: string;
  readonly when: { readonly field: string; readonly is: readonly string[] } | null;
}

describe('Deciding', () => {
  test('a command is recorded once, however often its key comes', async () => {
    const reference = await submitted();
    const first = await give('cap.team', reference, 'check-pack', { result: 'complete' }, 'same');
    expect([first.status, first.body]).toEqual([200, { result: 'recorded', reference, step: 2 }]);
    const asked = doors.asked.filter((line) => line.startsWith('tell')).length;
    const again = await give('cap.team', reference, 'check-pack', { result: 'complete' }, 'same');
    expect([again.status, again.body]).toEqual([200, first.body]);
    expect(doors.asked.filter((line) => line.startsWith('tell'))).toHaveLength(asked);
  });

  test('the same key with something else in it is refused', async () => {
    const reference = await submitted();
    await give('cap.team', reference, 'check-pack', { result: 'complete' }, 'reused');
    const other = await give(
      'cap.team',
      reference,
      'check-pack',
      { result: 'returned', reasons: 'A page is missing.' },
      'reused',
    );
    expect([other.status, other.body.type]).toEqual([422, '/problems/key-reused']);
  });

  test('whoever may see a case but not do this is told so', async () => {
    const reference = await submitted();
    const { status, body } = await give('school.alder', reference, 'check-pack', { result: 'complete' });
    expect([status, body.type, body.rule]).toEqual([403, '/problems/not-yours', 'role']);
    expect(body.detail).toMatch(/Record the check of the pack/);
  });

  test('what the stage does not take is refused with its rule, and nothing changes', async () => {
    const reference = await submitted();
    const { status, body } = await give('cap.team', reference, 'send-pack', { provider: 'TP-ONE' });
    expect([status, body.type, body.rule]).toEqual([409, '/problems/not-now', 'stage']);
    expect((await read('cap.team', reference)).body.step).toBe(1);
  });

  test('a chair decides on or after the day of the meeting (C18)', async () => {
    const reference = await beforeThePanel();
    const early = await give('chair.review', reference, 'panel-decision', approval);
    expect([early.status, early.body.type, early.body.errors[0].field]).toEqual([
      409,
      '/problems/before-the-meeting',
      'outsideMeeting',
    ]);
    doors.at(december);
    expect((await give('chair.review', reference, 'panel-decision', approval)).status).toBe(200);
    const latest = `/api/v1/cases/${reference}/outcome`;
    const document = await doors.ask('school.alder', 'GET', latest);
    expect(document.body).toMatchObject({ decision: 'approved', texts: { reasons: 'It fits.' } });
    expect((await doors.ask('school.birch', 'GET', latest)).status).toBe(404);
  });

  test('every outcome document of a case is read, not only the last: its list, each by itself, and as pages', async () => {
    const reference = await beforeThePanel();
    doors.at(december);
    const deferral = { outcome: 'defer', reasons: 'Not yet.', information: 'The plan of the last term.' };
    await give('chair.review', reference, 'panel-decision', deferral);
    doors.at('2025-01-28T10:00:00.000Z');
    const conditions = { conditions: 'Share the timetable.', conditionsBy: '2025-04-25' };
    await give('chair.review', reference, 'panel-decision', {
      outcome: 'approve-with-conditions',
      reasons: 'Now.',
      ...conditions,
    });

    const { body } = await read('school.alder', reference);
    expect(each(body.outcomes, 'decision')).toEqual(['deferred', 'approved-with-conditions']);
    const [first, last] = body.outcomes as { href: string; page: string; issued: string }[];
    expect(first).toMatchObject({ panel: 'review-and-authorisation', issued: december });
    const list = await doors.ask('school.alder', 'GET', `/api/v1/cases/${reference}/outcomes`);
    expect(each(list.body.outcomes, 'href')).toEqual([first?.href, last?.href]);
    expect((await doors.ask('school.alder', 'GET', first?.href ?? '')).body).toMatchObject({
      decision: 'deferred',
      texts: { information: 'The plan of the last term.' },
      expectedStart: '2025-04-28',
      conditionsBy: null,
    });
    expect((await doors.ask('school.alder', 'GET', last?.href ?? '')).body).toMatchObject({
      decision: 'approved-with-conditions',
      conditionsBy: '2025-04-25',
      year: '2024-25',
    });
    const page = await doors.ask('school.alder', 'GET', first?.page ?? '');
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('<h1>Deferred</h1>')]);
    const pdf = /<a href="([^"]*)" type="application\/pdf">/.exec(page.text)?.[1] ?? '';
    expect((await doors.ask('school.alder', 'GET', pdf)).headers['content-type']).toBe('application/pdf');
    for (const path of [first?.href, first?.page, pdf])
      expect((await doors.ask('school.birch', 'GET', path ?? '')).status).toBe(404);
    expect((await doors.ask('school.alder', 'GET', `/api/v1/cases/${reference}/outcomes/none`)).status).toBe(404);
  });

  test('two chairs at the same instant: one decides, the other is told', async () => {
    const reference = await beforeThePanel();
    doors.at(december);
    const answers = await Promise.all([
      give('chair.review', reference, 'panel-decision', approval),
      give('vicechair.review', reference, 'panel-decision', {
        outcome: 'refuse',
        reasons: 'It does not.',
        alternatives: 'A Tier 1 course.',
      }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test('a chair is told which words each outcome needs, and what is missing or does not belong is named (A23)', async () => {
    const reference = await beforeThePanel();
    doors.at(december);
    const { can } = (await read('chair.review', reference)).body as { can: NextCommand[] };
    const { fields, texts } = can.find(({ command }) => command === 'panelDecision') ?? { fields: [], texts: [] };
    const needs = (outcome: string) =>
      [...fields, ...texts].filter(({ when }) => when?.field === 'outcome' && when.is.includes(outcome)).map(({ name }) => name);
    expect(needs('approve')).toEqual([]);
    expect(needs('approve-with-conditions')).toEqual(['conditionsBy', 'conditions']);
    expect(needs('refuse')).toEqual(['alternatives']);
    expect(needs('defer')).toEqual(['information']);

    const wrong = async (body: object) => {
      const answer = await give('chair.review', reference, 'panel-decision', { reasons: 'The panel is of one mind.', ...body });
      return [answer.status, ...each(answer.body.errors, 'field')];
    };
    expect(await wrong({ outcome: 'approve-with-conditions' })).toEqual([422, 'conditionsBy', 'conditions']);
    expect(await wrong({ outcome: 'refuse', alternatives: '  ' })).toEqual([422, 'alternatives']);
    expect(await wrong({ outcome: 'defer', alternatives: 'A course.' })).toEqual([422, 'alternatives', 'information']);
    expect(await wrong({ outcome: 'approve', alternatives: 'A course.' })).toEqual([422, 'alternatives']);
    const conditions = { outcome: 'approve-with-conditions', conditions: 'A risk plan.', conditionsBy: '2025-01-20' };
    expect((await give('chair.review', reference, 'panel-decision', { reasons: 'It fits.', ...conditions })).status).toBe(200);
    const document = await doors.ask('school.alder', 'GET', `/api/v1/cases/${reference}/outcome`);
    expect(document.body).toMatchObject({ texts: { conditions: 'A risk plan.' }, conditionsBy: '2025-01-20' });
    const { timeline } = (await read('school.alder', reference)).body as { timeline: { kind: string }[] };
    expect(timeline.find(({ kind }) => kind === 'approved')).toMatchObject({
      ...{ title: 'Approved by the panel, with conditions', conditionsBy: '2025-01-20' },
    });
  });

  test('a decision without its reasons is not taken at this door', async () => {
    const reference = await beforeThePanel();
    const { status, body } = await give('chair.review', reference, 'panel-decision', { outcome: 'approve', reasons: '   ' });
    expect([status, body.errors]).toEqual([422, [expect.objectContaining({ field: 'reasons' })]]);
  });

  test('a decision on what has changed since it was read is not taken', async () => {
    const reference = await beforeThePanel();
    doors.at(december);
    const { status, body } = await give('chair.review', reference, 'panel-decision', approval, freshKey(), { 'If-Match': '"1"' });
    expect([status, body.type, body.step]).toEqual([412, '/problems/stale', 2]);
    for (const [tag, refused] of [
      ['"3"', 422],
      ['three', 400],
    ] as const) {
      const odd = await give('chair.review', reference, 'panel-decision', approval, freshKey(), { 'If-Match': tag });
      expect([odd.status, odd.body.errors[0].field]).toEqual([refused, 'if-match']);
    }
    const fresh = await give('chair.review', reference, 'panel-decision', approval, freshKey(), { 'If-Match': '"2"' });
    expect(fresh.status).toBe(200);
  });

  test('a command without its key is not taken, and one with a key of unprintable characters neither', async () => {
    const reference = await submitted();
    const none = await doors.ask('cap.team', 'POST', `/api/v1/cases/${reference}/check-pack`, { body: { result: 'complete' } });
    expect([none.status, none.body.errors[0].field]).toEqual([400, 'idempotency-key']);
    const odd = await give('cap.team', reference, 'check-pack', { result: 'complete' }, 'caf\u00e9');
    expect(odd.status).toBe(400);
  });

  test('a draft takes no commands of cases', async () => {
    const draft = await doors.ask('school.alder', 'POST', '/api/v1/applications', { body: { programme: 'flourish' } });
    const { status, body } = await give('school.alder', draft.body.reference, 'withdraw', { reason: 'Moved away' });
    expect([status, body.detail]).toEqual([404, 'The application is not submitted yet: submit it first.']);
    expect((await give('school.birch', draft.body.reference, 'withdraw', { reason: 'x' })).status).toBe(404);
  });

  test('a key that was refused begins afresh: with its own time, and another body where that was at fault', async () => {
    const draft = await doors.ask('school.alder', 'POST', '/api/v1/applications', {
      body: {
        programme: 'flourish',
        student: await doors.student('school.alder'),
        answers: completeAnswers('flourish', '2024-11-18'),
      },
    });
    const { reference } = draft.body as { readonly reference: string };
    const withdraw = (reason: string, headers = {}) =>
      give('school.alder', reference, 'withdraw', { reason }, 'once refused', headers);
    expect((await withdraw('Wobbledeegong')).status).toBe(404); // a draft takes no commands of cases
    doors.at('2024-11-20T10:05:00.000Z');
    await doors.ask('school.alder', 'POST', `/api/v1/applications/${reference}/submit`, { key: freshKey() });
    await give('cap.team', reference, 'check-pack', { result: 'complete' });
    expect((await withdraw('Wobbledeegong', { 'If-Match': '"1"' })).body.type).toBe('/problems/stale');
    expect(await doors.wordsOnTheirWay()).toEqual([]);
    doors.at('2024-11-20T10:10:00.000Z');
    expect((await withdraw('Moved away.')).status).toBe(200);
    const { timeline } = (await read('school.alder', reference)).body as { readonly timeline: readonly object[] };
    expect(timeline.at(-1)).toMatchObject({
      kind: 'withdrawn',
      at: '2024-11-20T10:10:00.000Z',
      texts: { reason: 'Moved away.' },
    });
    expect((await withdraw('Wobbledeegong')).body.type).toBe('/problems/key-reused');
  });

  test('a command whose row was lost on its way is not refused: it is to be tried again with the same key', async () => {
    const reference = await submitted();
    const check = () => give('cap.team', reference, 'check-pack', { result: 'complete' }, 'lost');
    doors.engine({
      tell: () =>
        Promise.resolve({ result: 'refused', refusal: { refused: 'not-received', rule: 'message', message: 'Again.' }, step: 1 }),
    });
    const lost = await check();
    expect([lost.status, lost.headers['retry-after']]).toEqual([503, '2']);
    doors.engine(null);
    expect((await check()).status).toBe(200);
  });

  test('while the engine is away nothing is lost: the same key later is taken', async () => {
    const reference = await submitted();
    doors.engine({ tell: () => Promise.reject(new EngineAway('away')) });
    const away = await give('cap.team', reference, 'check-pack', { result: 'complete' }, 'kept');
    expect([away.status, away.body.type, away.headers['retry-after']]).toEqual([503, '/problems/engine-away', '2']);
    doors.engine({ tell: () => Promise.reject(new EngineTimeout('late')) });
    expect((await give('cap.team', reference, 'check-pack', { result: 'complete' }, 'kept')).body.type).toBe(
      '/problems/engine-timeout',
    );
    doors.engine(null);
    expect((await give('cap.team', reference, 'check-pack', { result: 'complete' }, 'kept')).status).toBe(200);
  });

  test('a case that is behind its record is nudged when a recorded command comes again', async () => {
    const reference = await submitted();
    await give('cap.team', reference, 'check-pack', { result: 'complete' }, 'behind');
    doors.engine({ shown: () => Promise.resolve({ step: 1, running: true }) });
    await give('cap.team', reference, 'check-pack', { result: 'complete' }, 'behind');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(doors.asked).toContain(`refresh ${reference}`);
  });

  test('nothing that a child or a person wrote stands in the log', async () => {
    const reference = await beforeThePanel();
    await give('cap.team', reference, 'close-case', { offered: 'Wobbledeegong tutoring' });
    await doors.ask('cap.team', 'GET', '/api/v1/cases?school=Zebedee');
    await doors.ask('cap.team', 'GET', '/api/v1/cases/Zebedee%20Quillfeather');
    expect(doors.logged()).toContain('answered');
    expect(doors.logged()).not.toMatch(/Zebedee|Quillfeather|Wobbledeegong|Bearer|eyJ/);
  });
});

describe('The outcome document', () => {
  test('is a page and a PDF for those who may see the case, and nothing for anybody else', async () => {
    const reference = await beforeThePanel();
    doors.at(december);
    expect((await doors.ask('school.alder', 'GET', `/cases/${reference}/outcome`)).status).toBe(404);
    await give('chair.review', reference, 'panel-decision', approval);
    const page = await doors.ask('school.alder', 'GET', `/cases/${reference}/outcome`);
    expect([page.status, page.type]).toEqual([200, 'text/html']);
    expect(page.text).toContain('It fits.');
    expect(page.text).not.toMatch(/Zebedee|Quillfeather/);
    const pdf = await doors.ask('school.alder', 'GET', `/cases/${reference}/outcome.pdf`);
    expect([pdf.status, pdf.type]).toEqual([200, 'application/pdf']);
    expect((await doors.ask('school.birch', 'GET', `/cases/${reference}/outcome`)).status).toBe(404);
    expect((await doors.ask(null, 'GET', `/cases/${reference}/outcome`)).status).toBe(401);
  });
});

describe('What Temporal keeps', () => {
  test('is decoded for ops, and for nobody else', async () => {
    const decode = (person: string | null) => doors.ask(person, 'POST', '/codec/decode', { body: { payloads: [] } });
    expect((await decode('ops')).body).toEqual({ payloads: [] });
    expect((await decode('cap.team')).status).toBe(403);
    expect((await decode(null)).status).toBe(401);
  });
});
