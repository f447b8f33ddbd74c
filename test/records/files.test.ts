// Files on real Postgres: who sees which of them under row-level security, which belong to a pack, and that they go with what they are of (A14, R101).
import { randomUUID } from 'node:crypto';
import { eraseCases } from '../../activities/retention';
import { write } from '../../activities/letters';
import { lookAtFiles, removeContent } from '../../activities/files';
import { ContentLost, type Bytes } from '../../files/files';
import type { FileKind } from '../../domain/files';
import { deleteForgottenDrafts, tellOfDrafts } from '../../records/forgottenDrafts';
import { readSubject } from '../../records/subjectAccess';
import { readEmail } from '../../records/emails';
import { addFile, announceContent, findFiles, takeFileAway, tellOfHarmfulFiles } from '../../records/files';
import { kindsToAdd } from '../../domain/files';
import { testFiles, type TestFiles } from '../support/files';
import {
  actAs,
  check,
  confirmedStart,
  firstPanel,
  later,
  openCasework,
  secondPanel,
  submission,
  type Casework,
} from './casework';

let casework: Casework;
let files: TestFiles;
beforeAll(async () => {
  [casework, files] = await Promise.all([openCasework(), testFiles()]);
});
afterAll(() => Promise.all([casework.stop(), files.stop()]));

interface Given {
  readonly kind?: FileKind;
  readonly step?: number | null;
  readonly replaces?: string | null;
  readonly name?: string;
}

/** Adds a file past the use-case, so that what stands under it is what is tried. @returns its id */
async function add(
  by: string,
  reference: string,
  { kind = 'risk-assessment', step = null, replaces = null, name = 'a.pdf' }: Given = {},
) {
  const person = await casework.person(by);
  const id = await announceContent(casework.api, person, later);
  const content = async function* (): Bytes {
    yield Buffer.from(id);
  };
  const kept = await files.files.keep(id, content(), 1_000);
  if (kept === 'too-large') throw new Error('Too large');
  const row = { id, reference, kind, name, type: 'application/pdf', ...kept, state: 'clean' as const, step, replaces };
  const added = await addFile(casework.api, person, row, submission);
  return typeof added === 'string' ? added : added.file.id;
}

const names = async (by: string, reference: string) =>
  (await findFiles(casework.api, await casework.person(by), reference))?.files.map(({ name }) => name).sort() ?? null;

/** A Flourish case whose pack has a file, in its placement at TP-ONE. */
async function inPlacement(): Promise<string> {
  const reference = await casework.draft('flourish');
  await add('school.alder', reference, { name: 'pack.pdf' });
  await casework.does('school.alder', reference, 'submit', {}, submission);
  await casework.does('cap.team', reference, 'checkPack', { result: 'complete' }, check);
  await casework.does('chair.review', reference, 'panelDecision', { outcome: 'approve' }, firstPanel, { reasons: 'It fits.' });
  await casework.does('cap.team', reference, 'sendPack', { provider: 'TP-ONE' }, secondPanel);
  await casework.does('provider.one', reference, 'bookInterview', { at: '2024-12-18T09:00:00.000Z' }, secondPanel);
  await casework.does('provider.one', reference, 'recordInterview', { result: 'held' }, later);
  await casework.does('provider.one', reference, 'providerResponse', { result: 'accept' }, later);
  await casework.does('school.alder', reference, 'confirmStart', { start: '2025-01-06' }, confirmedStart);
  return reference;
}

test('a provider reads the files of the pack once it is sent to it, and none that another has replaced (R101)', async () => {
  const reference = await casework.draft('flourish');
  const old = await add('school.alder', reference, { name: 'old.pdf' });
  await casework.does('school.alder', reference, 'submit', {}, submission);
  await casework.does('cap.team', reference, 'checkPack', { result: 'returned' }, check, { reasons: 'Too old.' });
  await add('school.alder', reference, { name: 'new.pdf', replaces: old });
  expect(await names('cap.team', reference)).toEqual(['old.pdf']);
  await casework.does('school.alder', reference, 'resubmitPack', {}, check);
  await casework.does('cap.team', reference, 'checkPack', { result: 'complete' }, check);
  expect(await names('provider.one', reference)).toBeNull();
  await casework.does('chair.review', reference, 'panelDecision', { outcome: 'approve' }, firstPanel, { reasons: 'It fits.' });
  await casework.does('cap.team', reference, 'sendPack', { provider: 'TP-ONE' }, secondPanel);
  expect(await names('provider.one', reference)).toEqual(['new.pdf']);
  expect(await names('cap.team', reference)).toEqual(['new.pdf', 'old.pdf']);
});

test('during a placement its host and CAP add reports, the school reads them; who added one takes it away', async () => {
  const reference = await inPlacement();
  const step = (await casework.state(reference))?.step ?? 0;
  const found = async (by: string) => {
    const person = await casework.person(by);
    const state = (await findFiles(casework.api, person, reference))?.state ?? null;
    return kindsToAdd(person, { opener: 'school:SCH-A', state });
  };
  expect(await Promise.all(['school.alder', 'provider.one', 'cap.team', 'chair.review'].map(found))).toEqual([
    [],
    ['report'],
    ['report'],
    [],
  ]);
  const report = await add('provider.one', reference, { kind: 'report', step, name: 'report.pdf' });
  expect(await names('school.alder', reference)).toEqual(['pack.pdf', 'report.pdf']);
  const away = async (by: string) =>
    takeFileAway(casework.api, await casework.person(by), reference, { id: report, kind: 'report' }, confirmedStart);
  expect([await away('school.alder'), await away('provider.two'), await away('provider.one')]).toEqual([false, false, true]);
  expect(await names('school.alder', reference)).toEqual(['pack.pdf']);
});

test('under every door: nobody adds to what is not theirs, nor to a pack that is sent, nor in the name of another', async () => {
  const draft = await casework.draft('flourish');
  await expect(add('school.birch', draft)).resolves.toBe('sent'); // of a draft that one does not see, nothing is said
  await expect(add('school.birch', draft, { step: 1 })).rejects.toThrow('row-level security');
  await expect(add('cap.team', draft, { kind: 'report', step: 1 })).rejects.toThrow('row-level security');
  const sent = await casework.flourishAtPanel();
  expect(await add('school.alder', sent)).toBe('sent');
  await expect(add('provider.one', sent, { kind: 'report', step: 2 })).rejects.toThrow('row-level security');
  const api = await casework.as('cap_api');
  const id = await add('school.alder', draft);
  const trying = async (sql: string, ...values: unknown[]) => {
    await api.query('BEGIN');
    try {
      await actAs(api, 'school.alder', 'school:SCH-A');
      return (await api.query(sql, values)).rowCount;
    } finally {
      await api.query('ROLLBACK');
    }
  };
  await expect(trying(`UPDATE files SET state = 'clean' WHERE id = $1`, id)).rejects.toThrow('permission denied');
  await expect(trying(`INSERT INTO files SELECT (jsonb_populate_record(files, '{"id": "x", "added_by": "cap.team"}')).* FROM files WHERE id = $1`, id)).rejects.toThrow('row-level security'); // prettier-ignore
  await expect(trying(`SELECT FROM unkept_contents`)).rejects.toThrow('permission denied');
  expect(await trying('DELETE FROM files WHERE reference = $1', sent)).toBe(0);
});

test('a file that is added while its pack is being sent is in the pack, or is not added', async () => {
  for (let count = 0; count < 8; count += 1) {
    const reference = await casework.draft('flourish');
    await add('school.alder', reference, { name: 'first.pdf' });
    const [second] = await Promise.all([
      add('school.alder', reference, { name: 'second.pdf', kind: 'supporting-document' }),
      casework.does('school.alder', reference, 'submit', {}, submission),
    ]);
    const rows = await casework.worker.directly(
      (connection) => connection.$queryRaw<{ id: string; step: number | null; inPack: boolean }[]>`
        SELECT id, step, EXISTS (SELECT FROM applications, jsonb_array_elements(pack) AS entry
          WHERE applications.reference = files.reference AND entry->'file'->>'id' = files.id) AS "inPack"
        FROM files WHERE reference = ${reference}`,
    );
    expect(rows.every(({ step, inPack }) => step === 1 && inPack)).toBe(true);
    expect(rows.map(({ id }) => id).includes(second)).toBe(second !== 'sent');
  }
});

test('the pack holds the digest of each file, and the chain that of the pack', async () => {
  const reference = await casework.draft('flourish');
  const id = await add('school.alder', reference);
  await casework.does('school.alder', reference, 'submit', {}, submission);
  const person = await casework.person('cap.team');
  const [file] = (await findFiles(casework.api, person, reference))?.files ?? [];
  const [row] = await casework.worker.directly(
    (connection) =>
      connection.$queryRaw<{ pack: { file?: object }[] }[]>`SELECT pack FROM applications WHERE reference = ${reference}`,
  );
  expect(row?.pack.flatMap((entry) => entry.file ?? [])).toEqual([{ id, digest: file?.digest }]);
});

const unkept = () => removeContent({ database: casework.worker, files: files.files }, later);

test('erased with the case, row and content; what is left says nothing of it (A14)', async () => {
  const student = await casework.student('school.alder', { name: 'Qwertz Fictitious' });
  const reference = await casework.draft('flourish', 'school.alder', {}, submission, student);
  const id = await add('school.alder', reference, { name: 'Qwertz.pdf' });
  const subject = await readSubject(casework.api, await casework.person('cap.team'), student);
  expect(subject?.drafts[0]?.files).toMatchObject([{ name: 'Qwertz.pdf', kind: 'risk-assessment' }]);
  await casework.does('school.alder', reference, 'submit', {}, submission);
  await casework.does('school.alder', reference, 'withdraw', {}, check, { reason: 'Moves away.' });
  expect((await files.kept()).has(id)).toBe(true);
  expect((await eraseCases(casework.worker, '2036-05-05T02:00:00.000Z', '')).erased).toBeGreaterThan(0);
  expect(await names('cap.team', reference)).toEqual([]);
  await unkept();
  expect((await files.kept()).has(id)).toBe(false);
});

test('deleted with a draft that nobody changes', async () => {
  const reference = await casework.draft('flourish', 'school.birch');
  const id = await add('school.birch', reference);
  await tellOfDrafts(casework.worker, '2025-02-20T02:00:00.000Z');
  await deleteForgottenDrafts(casework.worker, '2025-03-20T02:00:00.000Z');
  expect(await names('school.birch', reference)).toBeNull();
  await unkept();
  expect((await files.kept()).has(id)).toBe(false);
});

test('content that no file came to speak of is deleted after its time, and not before; where the store is away it stays on the list', async () => {
  const person = await casework.person('school.alder');
  const id = await announceContent(casework.api, person, later);
  const content = async function* (): Bytes {
    yield Buffer.from('An upload that broke off');
  };
  await files.files.keep(id, content(), 1_000);
  const remove = (now: string) => removeContent({ database: casework.worker, files: files.files }, now);
  await remove(secondPanel);
  expect((await files.kept()).has(id)).toBe(true);
  files.breakStore(true);
  await expect(remove(later)).rejects.toThrow('The folder of files cannot be used');
  files.breakStore(false);
  expect(await remove(later)).toBe(1);
  expect((await files.kept()).has(id)).toBe(false);
  expect(await remove(later)).toBe(0);
  // A file cannot come to speak of it any more.
  const row = {
    id,
    kind: 'risk-assessment',
    name: 'a.pdf',
    type: 'application/pdf',
    size: 1,
    digest: 'a'.repeat(64),
    state: 'clean',
  } as const;
  const reference = await casework.draft('flourish');
  await expect(addFile(casework.api, person, { ...row, reference, step: null, replaces: null }, later)).rejects.toThrow(
    'is deleted',
  );
});

test('without clamd nothing in quarantine is found clean, however often it is tried', async () => {
  const reference = await casework.draft('flourish');
  const person = await casework.person('school.alder');
  const id = await announceContent(casework.api, person, later);
  const row = {
    id,
    kind: 'risk-assessment',
    name: 'a.pdf',
    type: 'application/pdf',
    size: 1,
    digest: randomUUID().replaceAll('-', '').repeat(2),
  } as const;
  await addFile(casework.api, person, { ...row, state: 'quarantined', reference, step: null, replaces: null }, submission);
  const content = async function* (): Bytes {
    yield Buffer.from('x');
  };
  await files.files.keep(id, content(), 1_000);
  for (let count = 0; count < 3; count += 1)
    expect(await lookAtFiles({ database: casework.worker, files: files.files }, later)).toEqual({
      looked: 0,
      waiting: 1,
      scanner: false,
    });
  expect((await findFiles(casework.api, person, reference))?.files[0]?.state).toBe('quarantined');
  await files.files.remove(id);
  const lost = { ...files.files, look: () => Promise.reject(new ContentLost('gone')) };
  expect(await lookAtFiles({ database: casework.worker, files: lost }, later)).toEqual({ looked: 1, waiting: 0, scanner: true });
  expect((await findFiles(casework.api, person, reference))?.files[0]?.state).toBe('unreadable');
});

test('of a file that turns out harmful later whoever replaces it hears, and CAP of one that was sent: once, and without its name (R101, A16)', async () => {
  const [draft, placed] = [await casework.draft('flourish'), await inPlacement()];
  const step = (await casework.state(placed))?.step ?? 0;
  const late = [
    await add('school.alder', draft, { name: 'zebedee.pdf' }),
    await add('provider.one', placed, { kind: 'report', step, name: 'zebedee report.pdf' }),
    await add('cap.team', placed, { kind: 'report', step, name: 'another.pdf' }),
  ];
  const worker = await casework.as('cap_worker');
  await worker.query(`UPDATE files SET state = 'infected' WHERE id = ANY ($1)`, [late]);
  await tellOfHarmfulFiles(casework.worker, later);
  const due = await tellOfHarmfulFiles(casework.worker, later);
  const told = due.filter(({ id }) => id.startsWith(draft) || id.startsWith(placed)).map(({ id }) => id.replace(/\.\d+\./, '.'));
  expect(told.sort()).toEqual(
    [
      `${draft}.file-harmful.school-SCH-A`,
      ...['cap', 'cap', 'provider-TP-ONE'].map((reader) => `${placed}.file-harmful.${reader}`),
    ].sort(),
  );
  const email = await readEmail(casework.worker, due.find(({ id }) => id.startsWith(draft))?.id ?? '', '2024-12-17');
  const { subject, text } = write(email, { publicUrl: 'http://cap.example', domain: 'cap.example' });
  expect(subject).toBe(`${draft}: a document must be replaced`);
  expect(text).toContain(`http://cap.example/files/${draft}`);
  expect(`${subject} ${text}`).not.toMatch(/zebedee/i);
});
