// Retention on real Postgres (A14): what is erased, what stays, and that a hold keeps all of it.
import { eraseCases } from '../../activities/retention';
import type { Instant } from '../../domain/calendar';
import { caseMachine } from '../../domain/case';
import { afterStep } from '../../domain/machine';
import type { CaseState, Event } from '../../domain/state';
import { readCase } from '../../records/cases';
import { createDraft, readDraft, saveDraft } from '../../records/drafts';
import { deleteForgottenDrafts, tellOfDrafts } from '../../records/forgottenDrafts';
import { liftHold, placeHold } from '../../records/legalHolds';
import { readNumbers } from '../../records/numbers';
import { saveProgress } from '../../records/progress';
import { saveMarks } from '../../records/registers';
import { eraseStudents, fallingDue } from '../../records/retention';
import { readSubject } from '../../records/subjectAccess';
import { verifyTimeline } from '../../records/timeline';
import { actAs, confirmedStart, firstPanel, later, openCasework, secondPanel, type Casework } from './casework';

let casework: Casework;
beforeAll(async () => (casework = await openCasework()));
afterAll(() => casework.stop());

/** Students of the tests are born on 4 May 2011. */
const lastDay = '2036-05-04';
const nightAfter: Instant = '2036-05-05T02:00:00.000Z';

/** A case with words in every place where words stand, withdrawn before its start. @returns its reference and its student */
async function closedCase(name: string): Promise<{ reference: string; student: string }> {
  const student = await casework.student('school.alder', { name });
  const reference = await casework.draft('flourish', 'school.alder', { 'case-worker': 'Quillon the Worker' }, undefined, student);
  await casework.does('school.alder', reference, 'submit', {}, '2024-11-28T10:00:00.000Z');
  await casework.does('cap.team', reference, 'checkPack', { result: 'complete' }, '2024-11-29T10:00:00.000Z');
  await casework.does('chair.review', reference, 'panelDecision', { outcome: 'approve' }, firstPanel, {
    reasons: 'Quillon fits.',
  });
  await casework.does('cap.team', reference, 'sendPack', { provider: 'TP-ONE' }, secondPanel);
  const marks = async (mark: 'absent' | 'present') =>
    saveMarks(
      casework.api,
      await casework.person('provider.one'),
      { day: '2024-12-18', at: later, given: [{ case: reference, half: 'am', mark }] },
      () => null,
    );
  await marks('absent');
  await marks('present');
  const notes = async (version: number, progressWords: string) =>
    saveProgress(
      casework.api,
      await casework.person('provider.one'),
      {
        ...{ reference, week: '2024-12-16', at: later, version, progressWords },
        ...{ progress: 'on-plan', behaviour: 'settled', behaviourWords: '' },
      },
      () => null,
    );
  await notes(0, 'Quillon began.');
  await notes(1, 'Quillon began well.');
  await casework.does('school.alder', reference, 'withdraw', {}, confirmedStart, { reason: 'Quillon moves away.' });
  return { reference, student };
}

const erase = async (now: Instant) => {
  const { erased, held } = await eraseCases(casework.worker, now, '');
  return { erased, held };
};
const numbers = async () => readNumbers(casework.api, await casework.person('cap.team'), '2024-25', '2036-05-04');

/** The tables in which some word stands anywhere. */
async function tablesWith(word: string): Promise<string[]> {
  const superuser = await casework.asSuperuser();
  const { rows } = await superuser.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1`,
  );
  const found: string[] = [];
  for (const { name } of rows) {
    const { rowCount } = await superuser.query(`SELECT FROM "${name}" AS one WHERE one::text ILIKE $1 LIMIT 1`, [`%${word}%`]);
    if (rowCount) found.push(name);
  }
  return found;
}

test('what was written of a case is erased everywhere on the day after its last; chain, state and numbers stay what they were (A14, A20)', async () => {
  const { reference, student } = await closedCase('Zzyzx Fictitious');
  const cap = await casework.person('cap.team');
  const before = await numbers();
  expect(await tablesWith('zzyzx')).toEqual([
    ...['applications', 'case_viewers', 'case_words', 'cases', 'student_edits', 'students'],
  ]);
  expect(await tablesWith('quillon')).toEqual(['applications', 'command_texts', 'drafts', 'edits', 'progress_notes']);

  // What somebody of the panel wrote about the case at its meeting.
  const superuser = await casework.asSuperuser();
  await superuser.query(
    `INSERT INTO meeting_states (reference, step, state, waits, closed) VALUES ('RA-2024-12-16', 1, '{"interests": []}', '[]', true)
       ON CONFLICT DO NOTHING`,
  );
  await superuser.query(
    `INSERT INTO commands VALUES ('interest', 'RA-2024-12-16', 'declareInterest', 'chair.review', jsonb_build_object('case', $1::text), '', $2, 0, 'system', 1)`,
    [reference, later],
  );
  await superuser.query(`INSERT INTO command_texts VALUES ('interest', '', '{"interest": "A cousin of Quillon"}')`);

  expect(await erase(`${lastDay}T02:00:00.000Z`)).toEqual({ erased: 0, held: 0 });
  expect(await erase(nightAfter)).toEqual({ erased: 1, held: 0 });
  expect(await eraseStudents(casework.worker, '2036-05-05')).toBe(1);
  expect(await tablesWith('zzyzx')).toEqual([]);
  expect(await tablesWith('quillon')).toEqual([]);
  expect(await tablesWith(`mark ${reference}`)).toEqual([]);

  const record = await readCase(casework.api, cap, reference);
  expect(record).toMatchObject({ student: null, pack: [], state: { position: { because: 'withdrawn', erased: true } } });
  expect(record?.timeline.at(-1)).toMatchObject({ kind: 'erased', source: 'system', texts: {} });
  expect(record?.timeline.flatMap(({ texts }) => Object.keys(texts))).toEqual([]);
  expect(await verifyTimeline(casework.api, cap, reference)).toMatchObject({ intact: true, firstBroken: null });
  const retold = record?.timeline.reduce<{ state: CaseState | null; step: number }>(
    ({ state, step }, entry) => {
      const event = { ...entry.event, kind: entry.kind, at: entry.at } as unknown as Event;
      return {
        state: step === entry.step ? caseMachine.evolve(state, event) : afterStep(caseMachine, state, [event]),
        step: entry.step,
      };
    },
    { state: null, step: 0 },
  );
  expect(retold?.state).toEqual(record?.state);
  expect(await numbers()).toEqual(before);
  expect(before.attendance).toMatchObject({ marked: 1, attended: 1 });
  expect(await readSubject(casework.api, cap, student)).toBeNull();

  // The next night finds nothing more to do.
  expect(await erase(nightAfter)).toEqual({ erased: 0, held: 0 });
  expect(await numbers()).toEqual(before);
});

test('a hold keeps a case, and one on the student all of it; who placed it does not lift it, and then it has sixty days', async () => {
  const { reference, student } = await closedCase('Held Fictitious');
  const [cap, colleague] = [await casework.person('cap.team'), { person: 'cap.colleague', parties: ['cap'] as const }];
  const placed = await placeHold(casework.api, cap, { reference }, 'A claim is expected.', '2036-05-01T09:00:00.000Z');
  const onStudent = await placeHold(casework.api, cap, { student }, 'The police asked.', '2036-05-01T09:00:00.000Z');
  if (!placed || placed === 'erased' || !onStudent || onStudent === 'erased') throw new Error('Not placed');
  expect(await erase(nightAfter)).toEqual({ erased: 0, held: 1 });

  const lift = (who: Parameters<typeof liftHold>[1], id: string) =>
    liftHold(casework.api, who, id, '2036-06-01T09:00:00.000Z', () => null);
  await expect(lift(cap, placed.id)).rejects.toThrow();
  expect(await lift(colleague, placed.id)).toBeNull();
  expect(await erase('2036-09-01T02:00:00.000Z')).toEqual({ erased: 0, held: 1 }); // by the hold on the student
  expect(await lift(colleague, onStudent.id)).toBeNull();
  expect(await erase('2036-07-31T02:00:00.000Z')).toEqual({ erased: 0, held: 0 });
  expect(await erase('2036-08-01T02:00:00.000Z')).toEqual({ erased: 1, held: 0 });
  expect(await placeHold(casework.api, cap, { reference }, 'Too late.', '2036-08-02T09:00:00.000Z')).toBe('erased');
  expect(await eraseStudents(casework.worker, '2036-08-01')).toBe(1);
  expect(await tablesWith('A claim is expected')).toEqual([]);
});

test('a case that is open is never erased, nor is its student, whatever the day', async () => {
  const student = await casework.student();
  const reference = await casework.draft('flourish', 'school.alder', {}, undefined, student);
  await casework.does('school.alder', reference, 'submit', {}, '2024-11-28T10:00:00.000Z');
  expect(await erase('2060-01-01T02:00:00.000Z')).toEqual({ erased: 0, held: 0 });
  const asked = { id: `${reference}.erase`, kind: 'erase', body: {}, person: 'system', source: 'system' } as const;
  expect(await casework.record(reference, asked, '2060-01-01T02:00:00.000Z')).toMatchObject({ result: 'refused' });
  expect(await casework.state(reference)).toMatchObject({ student });
  await eraseStudents(casework.worker, '2060-01-01');
  expect(await casework.studentOf(reference)).toBe(student);
  await casework.does('school.alder', reference, 'withdraw', {}, later, { reason: 'Another way.' });
});

test('who was looked after at any time is kept longer, though the row says so no more', async () => {
  const { student } = await closedCase('Longer Fictitious');
  const superuser = await casework.asSuperuser();
  await superuser.query(
    `INSERT INTO student_edits SELECT student, 2, at, person, after, after || '{"lookedAfter": true}' FROM student_edits WHERE student = $1`,
    [student],
  );
  const due = async (day: string) =>
    (await casework.worker.directly((connection) => fallingDue(connection, day, { after: '', atOnce: 100 }))).cases.filter(
      (each) => each.student === student,
    );
  expect(await due('2042-07-01')).toEqual([]);
  expect(await due('2042-07-02')).toMatchObject([{ facts: { lookedAfter: true, held: false } }]);
});

test('of every table that names a case or a student it is decided whether it is erased or stays: a new one is decided too', async () => {
  const erased = [
    'applications',
    'attendance_marks',
    'case_words',
    'drafts',
    'exclusions',
    'files',
    'legal_holds',
    'placement_spans',
    'progress_notes',
    'received_commands',
    'student_edits',
  ];
  /** Codes, days and digests; of `cases` the name and the student go. */
  const stays = [
    ...['access_log', 'case_viewers', 'case_waits', 'cases', 'commands', 'course_places', 'emails', 'interests'],
    ...['meeting_decisions', 'meeting_states', 'places', 'timeline'],
  ];
  const { rows } = await (
    await casework.asSuperuser()
  ).query<{ name: string }>(
    `SELECT DISTINCT table_name AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name IN ('reference', 'student') AND table_name <> 'places_left'`,
  );
  expect(rows.map(({ name }) => name).sort()).toEqual([...erased, ...stays].sort());
});

test('marks and edits are deleted in no other way than with what they are of', async () => {
  const { reference, student } = await closedCase('Kept Fictitious');
  const superuser = await casework.asSuperuser();
  for (const sql of [
    `DELETE FROM edits WHERE what LIKE 'mark ${reference} %'`,
    `DELETE FROM edits WHERE what LIKE 'progress ${reference} %'`,
    `DELETE FROM student_edits WHERE student = '${student}'`,
  ])
    await expect(superuser.query(sql)).rejects.toThrow('never changed');
});

test('nobody but CAP and auditors sees a hold, and a school does not see who read what', async () => {
  const { reference } = await closedCase('Unseen Fictitious');
  await placeHold(casework.api, await casework.person('cap.team'), { reference }, 'Unseen', later);
  const api = await casework.as('cap_api');
  const seen = async (person: string, ...parties: string[]) => {
    await api.query('BEGIN');
    await actAs(api, person, ...parties);
    const { rows } = await api.query(
      `SELECT (SELECT count(*)::int FROM legal_holds WHERE reason = 'Unseen') AS holds,
      (SELECT count(*)::int FROM reads_of(ARRAY[$1])) AS reads, ((SELECT count(*) FROM attendance_counts) +
        (SELECT count(*) FROM counts) + (SELECT count(*) FROM school_counts))::int AS counts`,
      [reference],
    );
    await api.query('ROLLBACK');
    return rows[0] as { holds: number; reads: number; counts: number };
  };
  expect(await seen('auditor', 'audit')).toMatchObject({ holds: 1, counts: 0 });
  expect((await seen('somebody', 'member:multi-agency')).counts).toBeGreaterThan(2);
  for (const parties of ['school:SCH-A', 'provider:TP-ONE', 'panel:review-and-authorisation'])
    expect(await seen('somebody', parties)).toEqual({ holds: 0, reads: 0, counts: 0 });
});

describe('a draft', () => {
  const begin = async (saved: Instant, student: string | null = null) => {
    const school = await casework.person('school.alder');
    const draft = { programme: 'flourish', school: 'SCH-A', student, course: null, answers: {} } as const;
    return createDraft(casework.api, school, draft, saved);
  };
  const found = async (reference: string) => readDraft(casework.api, await casework.person('school.alder'), reference);
  /** The e-mails about one draft that are written on a day. */
  const told = async (reference: string, day: string) =>
    (await tellOfDrafts(casework.worker, `${day}T02:00:00.000Z`)).emails.filter(({ id }) => id.startsWith(reference));
  const night = (day: string) => deleteForgottenDrafts(casework.worker, `${day}T02:00:00.000Z`);

  test('is told of fourteen days before, once, and deleted when it stayed as it was for ninety', async () => {
    const { reference } = await begin('2025-01-10T12:00:00.000Z');
    expect(await told(reference, '2025-03-26')).toEqual([]);
    expect(await told(reference, '2025-03-27')).toMatchObject([{ id: `${reference}.1.draft-to-be-deleted.school-SCH-A` }]);
    expect(await told(reference, '2025-03-28')).toHaveLength(1); // still to be sent, not written anew
    await night('2025-04-09');
    expect(await found(reference)).not.toBeNull();
    await night('2025-04-10');
    expect(await found(reference)).toBeNull();
    expect(await night('2025-04-10')).toBe(0);
  });

  test('that is saved again has its days anew, and is told of again', async () => {
    const { reference, student } = await begin('2025-05-01T12:00:00.000Z');
    expect(await told(reference, '2025-07-20')).toHaveLength(1);
    const school = await casework.person('school.alder');
    const saved = { student: student?.code ?? null, course: null, answers: {}, version: 1 };
    await saveDraft(casework.api, school, reference, saved, '2025-07-25T12:00:00.000Z');
    await night('2025-10-01');
    expect(await found(reference)).not.toBeNull();
    expect(await told(reference, '2025-10-09')).toMatchObject([{ id: `${reference}.2.draft-to-be-deleted.school-SCH-A` }]);
    await night('2025-10-23');
    expect(await found(reference)).toBeNull();
  });

  test('of a student on whom a hold is placed in this moment waits until it stands, and is kept', async () => {
    const student = await casework.student();
    const { reference } = await begin('2021-01-10T12:00:00.000Z', student);
    await told(reference, '2031-01-01');
    const superuser = await casework.asSuperuser();
    await superuser.query('BEGIN; SELECT lock_holds()');
    await superuser.query(
      `INSERT INTO legal_holds (id, student, reason, placed_by, placed) VALUES ('this moment', $1, 'A claim.', 'cap.team', $2)`,
      [student, later],
    );
    const deleting = night('2031-01-15');
    await new Promise((resolve) => setTimeout(resolve, 500));
    await superuser.query('COMMIT');
    await deleting;
    expect(await found(reference)).not.toBeNull();
  });

  test('that nobody was told of is not deleted, however old; nor is one of a student on whom a hold stands, nor one that is submitted', async () => {
    const student = await casework.student();
    const [old, held] = [await begin('2020-01-10T12:00:00.000Z'), await begin('2020-01-10T12:00:00.000Z', student)];
    await placeHold(casework.api, await casework.person('cap.team'), { student }, 'A claim.', later);
    const submitted = await casework.draft('flourish');
    await casework.does('school.alder', submitted, 'submit', {}, '2024-11-28T10:00:00.000Z');
    await night('2030-01-01');
    expect(await found(old.reference)).not.toBeNull();
    expect(await told(held.reference, '2030-01-01')).toEqual([]);
    await told(old.reference, '2030-01-01');
    await night('2030-01-15');
    expect(await found(old.reference)).toBeNull();
    expect(await found(held.reference)).not.toBeNull();
    expect(await found(submitted)).not.toBeNull();
  });
});
