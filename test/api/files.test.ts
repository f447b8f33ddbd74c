// Files of an application and of its case, at their doors, looked at by a real clamd (R41, R101, A22).
import { randomUUID } from 'node:crypto';
import { request as rawRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { lookAtFiles, removeContent } from '../../activities/files';
import { largestFile } from '../../domain/files';
import { harmful, startClamd, type Clamd } from '../support/clamd';
import { documents, others } from '../support/documents';
import { completeAnswers } from '../support/story';
import { readPerson } from '../../records/people';
import { takeFileIn } from '../../usecases/files';
import { each, givenByTwo, openDoors, type Doors } from './doors';

const now = '2024-11-20T10:00:00.000Z';
let clamd: Clamd;
let doors: Doors;
beforeAll(async () => {
  clamd = await startClamd();
  doors = await openDoors(now, clamd.address);
});
afterAll(async () => {
  await doors.stop();
  await clamd.stop();
});
beforeEach(() => doors.at(now));

const answers = completeAnswers('flourish', '2024-11-18');

async function draft(): Promise<string> {
  const student = await doors.student('school.alder');
  const body = { programme: 'flourish', student, answers };
  return (await doors.ask('school.alder', 'POST', '/api/v1/applications', { body })).body.reference as string;
}

interface Sent {
  readonly kind?: string;
  readonly name?: string;
  readonly content?: Buffer;
  readonly replaces?: string;
}

/** Each document has other words, unless they are given. */
const add = (
  person: string,
  reference: string,
  { kind = 'risk-assessment', name = 'assessment.pdf', content, replaces }: Sent = {},
) =>
  doors.ask(person, 'POST', `/api/v1/files/${reference}`, {
    form: { fields: { kind, ...(replaces ? { replaces } : {}) }, name, content: content ?? documents.pdf(randomUUID()) },
  });
const added = async (...given: Parameters<typeof add>) => {
  const { status, body } = await add(...given);
  expect([status, body.detail]).toEqual([201, undefined]);
  return body as { id: string; name: string; href: string; state: string; digest: string };
};
const list = async (person: string, reference: string) =>
  (await doors.ask(person, 'GET', `/api/v1/files/${reference}`)).body as {
    files: { id: string; state: string; name: string; step: number | null; replaced: number | null; href: string | null }[];
    mayAdd: string[];
  };
const names = async (person: string, reference: string) => each((await list(person, reference)).files, 'name');
const read = (person: string, reference: string, id: string) =>
  doors.ask(person, 'GET', `/api/v1/files/${reference}/${id}`).then((response) => response);
const remove = (person: string, reference: string, id: string) => doors.ask(person, 'DELETE', `/api/v1/files/${reference}/${id}`);
const submit = (reference: string) =>
  doors.ask('school.alder', 'POST', `/api/v1/applications/${reference}/submit`, { key: 'submit' });
const give = (person: string, reference: string, command: string, body: object = {}) =>
  doors.ask(person, 'POST', `/api/v1/cases/${reference}/${command}`, { body, key: randomUUID() });
const round = (files = doors.files.files) => lookAtFiles({ database: doors.worker, files }, now);

describe('A school adds to its draft', () => {
  test('its own risk assessment, reads it as it was, and nobody else sees it (R41)', async () => {
    const reference = await draft();
    const content = documents.pdf('Our own risk assessment.');
    const { id, state, href } = await added('school.alder', reference, { content });
    expect([state, href]).toEqual(['clean', `/api/v1/files/${reference}/${id}`]);
    const response = await read('school.alder', reference, id);
    expect(response.status).toBe(200);
    expect((response.body as Buffer).equals(content)).toBe(true);
    expect(response.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': 'attachment; filename=assessment.pdf',
      'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    for (const person of ['school.birch', 'cap.team', 'chair.review', 'provider.one']) {
      expect([person, (await doors.ask(person, 'GET', `/api/v1/files/${reference}`)).status]).toEqual([person, 404]);
      expect([person, (await read(person, reference, id)).status]).toEqual([person, 404]);
      expect([person, (await add(person, reference)).status]).toEqual([person, 404]);
      expect([person, (await remove(person, reference, id)).status]).toEqual([person, 404]);
    }
  });

  test('what stands in the store is not what was sent', async () => {
    const reference = await draft();
    const { id } = await added('school.alder', reference, { content: documents.pdf('Of a child of ours.') });
    const stored = (await doors.files.kept()).get(id);
    expect(stored?.length).toBeGreaterThan(0);
    expect(stored?.includes('Of a child')).toBe(false);
  });

  test.each(Object.entries(documents))('a file of the kind %s, told by its content', async (ending, make) => {
    const name = `letter.${ending === 'jpeg' ? 'jpg' : ending}`;
    const file = await added('school.alder', await draft(), { name, content: make(), kind: 'supporting-document' });
    expect(file.name).toBe(name);
  });

  test.each(Object.entries(others))('never %s, though its name ends with .pdf', async (_what, content) => {
    const reference = await draft();
    const { status, body } = await add('school.alder', reference, { name: 'assessment.pdf', content });
    expect([status, body.errors[0]]).toEqual([
      422,
      { field: 'file', rule: 'R101', message: expect.stringContaining('By its content') },
    ]);
    expect((await list('school.alder', reference)).files).toEqual([]);
  });

  test('none that is empty, and says so', async () => {
    const reference = await draft();
    const { status, body } = await add('school.alder', reference, { content: Buffer.alloc(0) });
    expect([status, body.errors]).toEqual([
      422,
      [
        {
          field: 'file',
          rule: 'R101',
          message: 'There is nothing in this file (0 bytes): choose it again, or save it anew first.',
        },
      ],
    ]);
    expect((await list('school.alder', reference)).files).toEqual([]);
  });

  test('a document that is named like a program is given out as the document that it is', async () => {
    const reference = await draft();
    expect((await added('school.alder', reference, { name: 'assessment.exe' })).name).toBe('assessment.exe.pdf');
  });

  test.each([
    ['Förderplan – 2. Entwurf „neu“.pdf', 'Förderplan – 2. Entwurf „neu“.pdf'],
    ['計画.pdf', '計画.pdf'],
    ['../../etc/passwd.pdf', 'passwd.pdf'],
    ['C:\\Users\\head\\plan.pdf', 'plan.pdf'],
    ['a "quoted"; name=\r\nX-Evil: 1.pdf', 'a quoted ; name= X-Evil 1.pdf'],
    ['\u202egnp.fdp.exe', 'gnp.fdp.exe.pdf'],
    ['...', 'file.pdf'],
  ])('the name %j is kept as %j, and given out so', async (given, kept) => {
    const reference = await draft();
    const { id, name } = await added('school.alder', reference, { name: given });
    expect(name).toBe(kept);
    const { headers } = await read('school.alder', reference, id);
    const disposition = headers['content-disposition'] as string;
    expect(disposition).toMatch(/^attachment; filename=[\x20-\x7e]+$/);
    const said = /filename\*=UTF-8''(\S+)$/.exec(disposition)?.[1];
    expect(said === undefined ? /filename="?([^"]+?)"?$/.exec(disposition)?.[1] : decodeURIComponent(said)).toBe(kept);
  });

  test('25 MB, and not a byte more', async () => {
    const reference = await draft();
    const largest = Buffer.alloc(largestFile, documents.pdf());
    expect((await add('school.alder', reference, { content: largest })).status).toBe(201);
    const { status, body } = await add('school.alder', reference, { content: Buffer.concat([largest, Buffer.from('x')]) });
    expect([status, body.type]).toEqual([413, '/problems/too-large']);
    const far = await add('school.alder', reference, { content: Buffer.concat([largest, largest.subarray(0, 100_000)]) }).catch(
      () => null, // the line may be cut before the answer is read
    );
    if (far) expect(far.status).toBe(413);
    expect(await names('school.alder', reference)).toHaveLength(1);
  });

  test('the same file twice is one file; as another kind it is another', async () => {
    const reference = await draft();
    const content = documents.pdf('Once.');
    const first = await added('school.alder', reference, { content });
    const again = await add('school.alder', reference, { content, name: 'copy.pdf' });
    expect([again.status, again.body.id]).toEqual([200, first.id]);
    await added('school.alder', reference, { content, kind: 'supporting-document' });
    expect(await names('school.alder', reference)).toHaveLength(2);
  });

  test('20 files, and then one may take the place of another', async () => {
    const reference = await draft();
    const first = await added('school.alder', reference);
    for (let count = 1; count < 20; count += 1) await added('school.alder', reference);
    expect((await add('school.alder', reference)).body).toMatchObject({ status: 409, rule: 'R101' });
    const better = await added('school.alder', reference, { name: 'better.pdf', replaces: first.id });
    const ids = each((await list('school.alder', reference)).files, 'id');
    // It was never sent: nothing of it stays.
    expect([ids.length, ids.includes(first.id), ids.includes(better.id)]).toEqual([20, false, true]);
  });

  test('and takes away what it added: its content is deleted with it', async () => {
    const reference = await draft();
    const { id } = await added('school.alder', reference);
    expect((await remove('school.alder', reference, id)).status).toBe(200);
    expect((await remove('school.alder', reference, id)).status).toBe(404);
    expect((await read('school.alder', reference, id)).status).toBe(404);
    await removeContent({ database: doors.worker, files: doors.files.files }, now);
    expect((await doors.files.kept()).has(id)).toBe(false);
  });

  test('a draft that is deleted takes its files with it', async () => {
    const reference = await draft();
    const { id } = await added('school.alder', reference);
    await doors.ask('school.alder', 'DELETE', `/api/v1/applications/${reference}`, { headers: { 'If-Match': '"1"' } });
    await removeContent({ database: doors.worker, files: doors.files.files }, now);
    expect((await doors.files.kept()).has(id)).toBe(false);
  });
});

describe('What is not a file in a form is refused', () => {
  const post = (reference: string, asking: object) => doors.ask('school.alder', 'POST', `/api/v1/files/${reference}`, asking);

  test('JSON, no file, no kind, an unknown kind, an unknown field', async () => {
    const reference = await draft();
    expect((await post(reference, { body: { kind: 'report' } })).body.type).toBe('/problems/wrong-type');
    const boundary = { 'Content-Type': 'multipart/form-data; boundary=x' };
    const field = '--x\r\nContent-Disposition: form-data; name="kind"\r\n\r\nrisk-assessment\r\n--x--\r\n';
    expect((await post(reference, { body: field, headers: boundary })).body.errors).toMatchObject([{ field: 'file' }]);
    const broken = await post(reference, { body: field.slice(0, 60), headers: boundary });
    expect([broken.status, broken.body.type]).toEqual([400, '/problems/malformed']);
    const form = { name: 'a.pdf', content: documents.pdf() };
    expect((await post(reference, { form: { ...form, fields: {} } })).body.errors).toMatchObject([{ field: 'kind' }]);
    expect((await post(reference, { form: { ...form, fields: { kind: 'photo' } } })).body.errors).toMatchObject([
      { field: 'kind' },
    ]);
    const more = { kind: 'risk-assessment', state: 'clean' };
    expect((await post(reference, { form: { ...form, fields: more } })).body.errors).toMatchObject([{ field: 'state' }]);
    expect((await list('school.alder', reference)).files).toEqual([]);
  });

  test('an upload that breaks off leaves nothing, and what it left in the store is on the list of what is deleted', async () => {
    const reference = await draft();
    const before = (await doors.files.kept()).size;
    const server = doors.app.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const token = await doors.issuer.token('school.alder');
    const headers = {
      Authorization: `Bearer ${token}`,
      'Content-Type': 'multipart/form-data; boundary=x',
      'Content-Length': 1_000_000,
    };
    const call = rawRequest({ port, method: 'POST', path: `/api/v1/files/${reference}`, headers });
    call.on('error', () => undefined);
    call.write('--x\r\nContent-Disposition: form-data; name="kind"\r\n\r\nrisk-assessment\r\n');
    call.write('--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n');
    call.write(Buffer.alloc(200_000, documents.pdf()));
    await new Promise((resolve) => setTimeout(resolve, 200));
    call.destroy();
    for (const until = Date.now() + 5_000; (await doors.files.kept()).size > before && Date.now() < until;)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await doors.files.kept()).size).toBe(before);
    expect((await list('school.alder', reference)).files).toEqual([]);
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('Whoever may not add a document any more once it has come in', () => {
  const sender = { name: 'Sample Sender', email: 'sender@example.test' };
  beforeAll(async () => {
    for (const id of ['first.sender', 'second.sender']) {
      await doors.ask('cap.team', 'PUT', `/api/v1/people/${id}`, { body: { ...sender, active: true } });
      await givenByTwo(doors, { kind: 'grant', person: id, party: 'school:SCH-B', why: 'A colleague.' });
    }
  });

  test.each([
    [
      'because their grant was taken back',
      'first.sender',
      () => doors.ask('cap.team', 'DELETE', '/api/v1/people/first.sender/grants/school:SCH-B'),
    ],
    [
      'because they left',
      'second.sender',
      () => doors.ask('cap.team', 'PUT', '/api/v1/people/second.sender', { body: { ...sender, active: false } }),
    ],
  ])('%s, adds none', async (_why, id, happens) => {
    const student = await doors.student('school.birch');
    const body = { programme: 'flourish', student, answers };
    const { reference } = (await doors.ask('school.birch', 'POST', '/api/v1/applications', { body })).body as {
      reference: string;
    };
    const person = await readPerson(doors.api, id);
    if (!person) throw new Error(`${id} is not there`);
    const before = (await doors.files.kept()).size;
    const content = async function* () {
      yield documents.pdf(randomUUID());
      expect((await happens()).status).toBe(200);
      yield Buffer.alloc(100, ' ');
    };
    const given = { kind: 'supporting-document', replaces: null } as const;
    const upload = { name: 'late.pdf', content: content() };
    expect(await takeFileIn(doors.services, person, reference, given, upload)).toMatchObject({ refused: 'not-found' });
    expect((await list('school.birch', reference)).files).toEqual([]);
    expect((await doors.files.kept()).size).toBe(before);
  });
});

describe('Nothing is read that was not found clean (R101)', () => {
  test('what is harmful is refused and not kept', async () => {
    const reference = await draft();
    const before = (await doors.files.kept()).size;
    const { status, body } = await add('school.alder', reference, { content: documents.pdf(harmful) });
    expect([status, body.errors[0].message]).toEqual([422, expect.stringContaining('Something harmful')]);
    expect((await list('school.alder', reference)).files).toEqual([]);
    expect((await doors.files.kept()).size).toBe(before);
  });

  test('while clamd is away a file stays in quarantine, also for who added it; CAP sees that; once clamd is back it is read, or never', async () => {
    const reference = await draft();
    const passing = await startClamd();
    doors.files.useClamd(passing.address);
    await added('school.alder', reference, { name: 'before.pdf' });
    await passing.stop();
    const good = await added('school.alder', reference, { name: 'good.pdf' });
    const bad = await added('school.alder', reference, { name: 'bad.pdf', content: documents.pdf(`${harmful} ${randomUUID()}`) });
    expect([good.state, bad.state, good.href]).toEqual(['quarantined', 'quarantined', null]);
    const refused = await read('school.alder', reference, good.id);
    expect([refused.status, refused.body.type]).toEqual([409, '/problems/in-quarantine']);
    expect((await doors.ask('cap.team', 'GET', '/api/v1/files')).body).toEqual({ quarantined: 2, since: now });
    expect((await doors.ask('school.alder', 'GET', '/api/v1/files')).status).toBe(403);
    expect(await round()).toEqual({ looked: 0, waiting: 2, scanner: false });
    expect((await read('school.alder', reference, good.id)).status).toBe(409);

    doors.files.useClamd(clamd.address);
    expect(await round()).toEqual({ looked: 2, waiting: 0, scanner: true });
    expect((await read('school.alder', reference, good.id)).status).toBe(200);
    expect((await read('school.alder', reference, bad.id)).body.detail).toMatch(/^Something harmful was found/);
    await removeContent({ database: doors.worker, files: doors.files.files }, now);
    expect([...(await doors.files.kept()).keys()].filter((id) => [good.id, bad.id].includes(id))).toEqual([good.id]);
    // It stands in the way until another takes its place, or it is taken away.
    const inTheWay = await submit(reference);
    expect([inTheWay.status, each(inTheWay.body.errors, 'field')]).toEqual([422, ['files']]);
    await remove('school.alder', reference, bad.id);
    expect((await submit(reference)).status).toBe(201);
  });

  test('content that is lost is not given out: the file becomes unreadable, or reading it is a fault', async () => {
    const reference = await draft();
    const { id } = await added('school.alder', reference);
    await doors.files.files.remove(id);
    expect((await read('school.alder', reference, id)).status).toBe(500);
    doors.files.useClamd(null);
    const waiting = await added('school.alder', reference);
    await doors.files.files.remove(waiting.id);
    doors.files.useClamd(clamd.address);
    await round();
    const found = (await list('school.alder', reference)).files.find((file) => file.id === waiting.id);
    expect(found?.state).toBe('unreadable');
  });

  test('while the store is away nothing is taken in, and the caller is told to try again', async () => {
    const reference = await draft();
    doors.files.breakStore(true);
    const { status, body, headers } = await add('school.alder', reference);
    expect([status, body.type, headers['retry-after']]).toEqual([503, '/problems/files-away', '2']);
    doors.files.breakStore(false);
    expect((await list('school.alder', reference)).files).toEqual([]);
  });
});

describe('A pack that is sent', () => {
  async function sent(): Promise<{ reference: string; id: string }> {
    const reference = await draft();
    const { id } = await added('school.alder', reference);
    expect((await submit(reference)).status).toBe(201);
    return { reference, id };
  }

  test('has its files: CAP and the panel read them with it, another school and a provider do not', async () => {
    const { reference, id } = await sent();
    expect(await names('cap.team', reference)).toEqual(['assessment.pdf']);
    expect((await read('cap.team', reference, id)).status).toBe(200);
    for (const person of ['school.birch', 'provider.one']) expect((await read(person, reference, id)).status).toBe(404);
    const { pack } = (await doors.ask('cap.team', 'GET', `/api/v1/cases/${reference}`)).body as {
      pack: { code: string; file?: object }[];
    };
    expect(pack.find(({ code }) => code === `file-${id}`)).toMatchObject({
      answer: 'assessment.pdf',
      file: { id, digest: (await list('cap.team', reference)).files[0]?.['digest' as 'id'] },
    });
    expect((await read('chair.review', reference, id)).status).toBe(404);
    await give('cap.team', reference, 'check-pack', { result: 'complete' });
    expect((await read('chair.review', reference, id)).status).toBe(200);
    expect((await read('member.attendance', reference, id)).status).toBe(404);
    doors.at('2024-12-05T10:00:00.000Z'); // its agenda has closed
    expect((await read('member.attendance', reference, id)).status).toBe(200);
  });

  test('keeps them as they are: nothing is added or taken away until it is returned (A22)', async () => {
    const { reference, id } = await sent();
    expect((await list('school.alder', reference)).mayAdd).toEqual([]);
    const late = await add('school.alder', reference);
    expect([late.status, late.body.rule]).toEqual([409, 'A22']);
    const gone = await remove('school.alder', reference, id);
    expect([gone.status, gone.body.rule]).toEqual([409, 'A22']);
    const byCap = await add('cap.team', reference);
    expect([byCap.status, byCap.body.rule]).toEqual([403, 'R41']);
    expect((await remove('cap.team', reference, id)).status).toBe(403);
  });

  test('is returned: a file of it stays, and another takes its place when it is sent again; the timeline says so (A22)', async () => {
    const { reference, id } = await sent();
    await give('cap.team', reference, 'check-pack', { result: 'returned', reasons: 'It is too old.' });
    doors.at('2024-11-21T10:00:00.000Z');
    expect((await list('school.alder', reference)).mayAdd).toEqual([
      'risk-assessment',
      'commissioning-agreement',
      'supporting-document',
    ]);
    expect((await remove('school.alder', reference, id)).body.rule).toBe('A22');
    const wrong = await add('school.alder', reference, { kind: 'supporting-document', replaces: id });
    expect(wrong.body.errors).toMatchObject([{ field: 'replaces', rule: 'A22' }]);
    const newer = await added('school.alder', reference, { name: 'newer.pdf', replaces: id });
    // Until it is sent, it is the school's alone, and the case has what was sent.
    expect(await names('cap.team', reference)).toEqual(['assessment.pdf']);
    expect((await read('cap.team', reference, newer.id)).status).toBe(404);
    expect((await give('school.alder', reference, 'resubmit-pack')).status).toBe(200);
    const { files } = await list('cap.team', reference);
    expect(files.map(({ name, step, replaced }) => [name, step, replaced])).toEqual([
      ['assessment.pdf', 1, 3],
      ['newer.pdf', 3, null],
    ]);
    const { timeline, pack } = (await doors.ask('cap.team', 'GET', `/api/v1/cases/${reference}`)).body as {
      timeline: { kind: string; codes: object }[];
      pack: { code: string }[];
    };
    expect(timeline.find(({ kind }) => kind === 'packResubmitted')?.codes).toMatchObject({ changed: [`file-${newer.id}`] });
    expect(each(pack, 'code').filter((code) => String(code).startsWith('file-'))).toEqual([`file-${newer.id}`]);
  });

  test('who read a file stands in the access log, by its id; who was refused too', async () => {
    const { reference, id } = await sent();
    await read('cap.team', reference, id);
    await read('school.birch', reference, id);
    await doors.access.settled();
    const rows = (await doors.accessRows(reference)) as { person: string; action: string; detail: object }[];
    const reads = rows.filter(({ action }) => action === 'GET /api/v1/files/{reference}/{file}');
    expect(reads.map(({ person, detail }) => [person, detail])).toEqual([
      ['cap.team', { status: 200, file: id }],
      ['school.birch', { status: 404, problem: 'not-found', file: id }],
    ]);
    expect(doors.logged()).not.toContain('assessment.pdf');
  });
});
