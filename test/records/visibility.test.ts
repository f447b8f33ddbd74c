// The second wall: what row-level security lets through is what `viewers` says, whoever asks and whatever query was forgotten to be scoped.
import fc from 'fast-check';
import type { Client } from 'pg';
import { allowed, isOver, parties, viewers } from '../../domain/case';
import { seesAt } from '../../domain/machine';
import { neededTexts, personCommands, type Command, type PersonCommandKind } from '../../domain/commands';
import { addDays, londonDay, type Instant } from '../../domain/calendar';
import type { CaseState } from '../../domain/state';
import type { Party, ProgrammeCode } from '../../domain/words';
import { readCase, readOutcome } from '../../records/cases';
import { listCases, listTasks } from '../../records/lists';
import { removePastViewers } from '../../records/sweep';
import { actAs, check, firstPanel, later, openCasework, secondPanel, submission, type Casework } from './casework';

let casework: Casework;
let api: Client;
beforeAll(async () => {
  casework = await openCasework();
  api = await casework.as('cap_api');
});
afterAll(() => casework.stop());

const ofCases = [
  'cases',
  'timeline',
  'case_viewers',
  'applications',
  'emails',
  'places',
  'received_commands',
  'commands',
  'command_texts',
  'drafts',
  'students',
  'student_edits',
  'access_log',
  'legal_holds',
  'attendance_counts',
];
const ofCalendar = [
  'half_terms',
  'closures',
  'cycles',
  'cycle_items',
  'cohorts',
  'meetings',
  'calendar_version',
  'courses',
  'capacities',
  'slas',
];

/** Runs statements as somebody in one transaction that leaves nothing behind. */
async function acting<T>(client: Client, who: readonly [string, ...string[]] | null, work: () => Promise<T>): Promise<T> {
  await client.query('BEGIN');
  try {
    if (who) await actAs(client, ...who);
    return await work();
  } finally {
    await client.query('ROLLBACK');
  }
}

async function count(client: Client, table: string): Promise<number> {
  const { rows } = await client.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${table}`);
  return rows[0]?.count ?? -1;
}

const sees = async (person: string, reference: string) => readCase(casework.api, await casework.person(person), reference);

test('every table has row-level security, forced, and no column or function reads a clock', async () => {
  const superuser = await casework.asSuperuser();
  const { rows: open } = await superuser.query(
    `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
       AND relname <> '_prisma_migrations' AND NOT (relrowsecurity AND relforcerowsecurity)`,
  );
  expect(open).toEqual([]);
  const { rows: ledger } = await superuser.query(
    `SELECT has_table_privilege(role, '_prisma_migrations', 'SELECT') AS reads FROM unnest(ARRAY['cap_api', 'cap_worker']) AS role`,
  );
  expect(ledger).toEqual([{ reads: false }, { reads: false }]);
  const clock = /\b(now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday)\s*\(|current_(date|time)|localtime/i;
  const { rows: defaults } = await superuser.query<{ sql: string }>(
    `SELECT pg_get_expr(adbin, adrelid) AS sql FROM pg_attrdef WHERE adrelid::regclass::text <> '_prisma_migrations'
     UNION ALL SELECT prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace`,
  );
  expect(defaults.length).toBeGreaterThan(5);
  expect(defaults.filter(({ sql }) => clock.test(sql))).toEqual([]);
});

test('a query that forgot to say for whom returns nothing, of anything but what is for everybody', async () => {
  await casework.flourishAtInterview();
  for (const table of [...ofCases, ...ofCalendar, 'people', 'organisations']) {
    const seen = await acting(api, null, () => api.query(`SELECT 1 FROM ${table}`));
    expect([table, seen.rowCount]).toEqual([table, 0]);
  }
  // Where CAP reads its e-mails stands on pages that are for everybody; where any other team does, nowhere.
  const mailboxes = await acting(api, null, () => api.query('SELECT party FROM team_mailboxes'));
  expect(mailboxes.rows).toEqual([{ party: 'cap' }]);
  // Nor does a person without a role, nor what a transaction before had set.
  await acting(api, ['cap.team', 'cap'], async () => expect(await count(api, 'cases')).toBeGreaterThan(0));
  expect(await count(api, 'cases')).toBe(0);
  await acting(api, ['nobody'], async () => expect(await count(api, 'cycles')).toBe(0));
});

test('the owner of the tables sees no case, and seeds nothing but reference data', async () => {
  await casework.flourishAtPanel();
  const owner = await casework.as('cap_owner');
  for (const table of ofCases) expect([table, await count(owner, table)]).toEqual([table, 0]);
  for (const table of ofCalendar) expect(await count(owner, table)).toBeGreaterThan(0);
  await expect(
    owner.query(`INSERT INTO access_log (at, person, action, detail) VALUES ('2025-01-01', 'x', 'x', '{}')`),
  ).rejects.toThrow('row-level security');
});

test('the API writes no case, whoever asks', async () => {
  const reference = await casework.flourishAtPanel();
  const changes = [
    `UPDATE cases SET stage = 'closed'`,
    `INSERT INTO case_viewers VALUES ('${reference}', 'school:SCH-B', 0)`,
    `DELETE FROM case_viewers`,
    `UPDATE emails SET status = 'sent'`,
    `INSERT INTO places VALUES ('${reference}', 'refocus', '2024-25', 'spring')`,
    `UPDATE applications SET pack = '[]'`,
    `DELETE FROM command_texts`,
    `UPDATE received_commands SET received = '2024-11-01'`,
    `INSERT INTO commands SELECT * FROM commands`,
    `INSERT INTO command_texts SELECT * FROM command_texts`,
    `UPDATE drafts SET submitted = true`,
    `INSERT INTO grants VALUES ('ops', 'panel:multi-agency')`,
    `UPDATE grants SET party = 'cap'`,
    `INSERT INTO sign_ins VALUES ('https://identity.example.test', 'by hand', 'ops')`,
    `UPDATE person_requests SET given = true`,
    `INSERT INTO interests VALUES ('ops', '${reference}', 'RAP-2024-12-16')`,
    `UPDATE meeting_states SET state = '{}'`,
    `INSERT INTO meeting_decisions VALUES ('x', 'RAP-2024-12-16', '${reference}')`,
    `SELECT email FROM people`,
    `SELECT email FROM organisations`,
    `UPDATE capacities SET places = 99`,
    `SELECT keep_case('{"case":{"step":1}}')`,
    `SELECT record_step('{"entries":[]}')`,
  ];
  for (const sql of changes) {
    await expect(acting(api, ['cap.team', 'cap', 'audit', 'school:SCH-A', 'ops'], () => api.query(sql))).rejects.toThrow(
      /permission denied|violates/,
    );
  }
  // People are CAP's to keep, and their grants nobody else's to read.
  const rename = `UPDATE people SET name = name`;
  expect((await acting(api, ['cap.team', 'cap'], () => api.query(rename))).rowCount).toBeGreaterThan(0);
  const others = ['ops', 'ops', 'school:SCH-A', 'panel:multi-agency'] as const;
  for (const sql of [rename, `SELECT FROM grants`, `SELECT FROM edits`, `SELECT FROM person_requests`]) {
    expect([sql, (await acting(api, [...others], () => api.query(sql))).rowCount]).toEqual([sql, 0]);
  }
  // So are the courses of the directory.
  const course = `INSERT INTO courses SELECT 'T1-NEW', title, provider, school_weeks, programme, places, academic_year FROM courses LIMIT 1`;
  expect((await acting(api, ['cap.team', 'cap'], () => api.query(course))).rowCount).toBe(1);
  await expect(acting(api, [...others], () => api.query(course))).rejects.toThrow(/row-level security/);
  for (const sql of [`UPDATE courses SET title = 'x'`, `DELETE FROM courses`]) {
    expect([sql, (await acting(api, [...others], () => api.query(sql))).rowCount]).toEqual([sql, 0]);
  }
  // So are the places of a year.
  const places = `INSERT INTO capacities VALUES ('refocus', '2040-41', 'autumn', 99)`;
  expect((await acting(api, ['cap.team', 'cap'], () => api.query(places))).rowCount).toBe(1);
  await expect(acting(api, [...others], () => api.query(places))).rejects.toThrow(/row-level security/);
  // The calendar is CAP's to edit, and nobody else's.
  const close = `UPDATE cycles SET deadline = deadline WHERE number = 1`;
  expect((await acting(api, ['cap.team', 'cap'], () => api.query(close))).rowCount).toBeGreaterThan(0);
  expect((await acting(api, ['ops', 'ops', 'school:SCH-A', 'panel:multi-agency'], () => api.query(close))).rowCount).toBe(0);
});

/** Rows that whoever has a role reads, and that CAP and whose they are write: nobody else, and no others than theirs. */
async function keptByEach(
  table: string,
  { insert, remove, moreThan }: { insert: (whose: string) => string; remove: (whose: string) => string; moreThan: number },
  people: readonly (readonly [person: string, party: string, own: readonly string[], others: readonly string[]])[],
): Promise<void> {
  const read = `SELECT FROM ${table}`;
  expect((await acting(api, null, () => api.query(read))).rowCount).toBe(0);
  expect((await acting(api, ['nobody'], () => api.query(read))).rowCount).toBe(0);
  for (const [person, party, own, others] of people) {
    expect((await acting(api, [person, party], () => api.query(read))).rowCount).toBeGreaterThan(moreThan);
    for (const each of own) {
      expect((await acting(api, [person, party], () => api.query(insert(each)))).rowCount).toBe(1);
      expect((await acting(api, [person, party], () => api.query(remove(each)))).rowCount).toBeGreaterThan(0);
    }
    for (const each of others) {
      await expect(acting(api, [person, party], () => api.query(insert(each)))).rejects.toThrow(/row-level security|violates/);
      expect((await acting(api, [person, party], () => api.query(remove(each)))).rowCount).toBe(0);
    }
  }
}

test('safeguarding leads are read by whoever has a role, and written by CAP and by the organisation itself alone (R123, R124)', async () => {
  const rows = {
    insert: (party: string) =>
      `INSERT INTO safeguarding_leads VALUES ('${party}', 9, 'Sample Lead', '01632 960001', 'lead@example.test')`,
    remove: (party: string) => `DELETE FROM safeguarding_leads WHERE party = '${party}'`,
    moreThan: 5,
  };
  await keptByEach('safeguarding_leads', rows, [
    ['cap.team', 'cap', ['cap', 'school:SCH-A', 'provider:TP-ONE'], []],
    ['school.alder', 'school:SCH-A', ['school:SCH-A'], ['school:SCH-B', 'cap']],
    ['provider.one', 'provider:TP-ONE', ['provider:TP-ONE'], ['provider:TP-TWO', 'school:SCH-A', 'cap']],
    ['chair.review', 'panel:review-and-authorisation', [], ['school:SCH-A', 'cap', 'panel:review-and-authorisation']],
    ['auditor', 'audit', [], ['cap', 'audit']],
  ]);
});

test('the sites of providers are read by whoever has a role, and written by CAP and by the provider itself alone', async () => {
  const rows = {
    insert: (provider: string) => `INSERT INTO provider_sites VALUES ('${provider}', 9, 'Sample site', '1 Sample Street', NULL)`,
    remove: (provider: string) => `DELETE FROM provider_sites WHERE provider = '${provider}'`,
    moreThan: 3,
  };
  await keptByEach('provider_sites', rows, [
    ['cap.team', 'cap', ['TP-ONE', 'TP-TWO'], []],
    ['provider.one', 'provider:TP-ONE', ['TP-ONE'], ['TP-TWO']],
    ['school.alder', 'school:SCH-A', [], ['TP-ONE', 'SCH-A']],
    ['auditor', 'audit', [], ['TP-ONE']],
  ]);
});

test('a provider gives the courses of its own sites their new names, and CAP those of all: nobody else, and nothing else of them', async () => {
  const renamed = async (person: string, party: string, provider: string) =>
    acting(api, [person, party], async () => {
      const courses = `SELECT to_jsonb(courses) - 'site' AS said, site FROM courses ORDER BY code, academic_year`;
      const before = (await api.query<{ said: unknown; site: string | null }>(courses)).rows;
      await api.query(`SELECT rename_sites('${provider}', '{"Main site": "Old mill", "Workshop": null}')`);
      const after = (await api.query<{ said: unknown; site: string | null }>(courses)).rows;
      expect(after.map(({ said }) => said)).toEqual(before.map(({ said }) => said));
      expect(after.filter(({ site }) => site === 'Workshop')).toEqual(before.filter(({ site }) => site === 'Workshop'));
      return after.some(({ site }) => site === 'Old mill');
    });
  expect([await renamed('provider.one', 'provider:TP-ONE', 'TP-ONE'), await renamed('cap.team', 'cap', 'TP-ONE')]).toEqual([
    true,
    true,
  ]);
  for (const [person, party] of [
    ['provider.two', 'provider:TP-TWO'],
    ['school.alder', 'school:SCH-A'],
    ['auditor', 'audit'],
    ['ops', 'ops'],
  ] as const) {
    expect([person, await renamed(person, party, 'TP-ONE')]).toEqual([person, false]);
  }
  const worker = await casework.as('cap_worker');
  await expect(worker.query(`SELECT rename_sites('TP-ONE', '{}')`)).rejects.toThrow(/permission denied/);
});

test('of the edits a provider reads those of its own sites, and no other', async () => {
  const note = (what: string) => `INSERT INTO edits (at, person, what) VALUES ('2025-01-01', 'provider.one', '${what}')`;
  const read = (party: string) =>
    acting(api, ['provider.one', 'provider:TP-ONE'], async () => {
      for (const what of ['sites of TP-ONE', 'sites of TP-TWO', 'organisation TP-ONE']) await api.query(note(what));
      await actAs(api, 'provider.one', party);
      return (await api.query<{ what: string }>('SELECT what FROM edits')).rows.map(({ what }) => what);
    });
  expect([await read('provider:TP-ONE'), await read('school:TP-ONE')]).toEqual([['sites of TP-ONE'], []]);
});

test('of the edits an organisation reads those of its own safeguarding leads, and no other', async () => {
  const note = (what: string) => `INSERT INTO edits (at, person, what) VALUES ('2025-01-01', 'school.alder', '${what}')`;
  const read = (parties: readonly string[]) =>
    acting(api, ['school.alder', 'school:SCH-A'], async () => {
      await api.query(note('safeguarding leads school:SCH-A'));
      await api.query(note('safeguarding leads school:SCH-B'));
      await api.query(note('organisation SCH-A'));
      await actAs(api, 'school.alder', ...parties);
      return (await api.query<{ what: string }>('SELECT what FROM edits')).rows.map(({ what }) => what);
    });
  expect(await read(['school:SCH-A'])).toEqual(['safeguarding leads school:SCH-A']);
  expect(await read(['provider:TP-ONE', 'ops', 'panel:multi-agency'])).toEqual([]);
});

test('the worker adds to commands and timeline and changes neither; it may lock a meeting, and not move it', async () => {
  const reference = await casework.flourishAtPanel();
  const worker = await casework.as('cap_worker');
  const tried = (sql: string) => acting(worker, null, () => worker.query(sql));
  for (const sql of [
    `UPDATE timeline SET kind = 'x'`,
    `DELETE FROM timeline`,
    `UPDATE commands SET person = 'x'`,
    `DELETE FROM commands`,
    `UPDATE meetings SET day = '2025-01-01'`,
    `UPDATE meetings SET version = 9`,
    `UPDATE capacities SET places = 9`,
    `UPDATE people SET active = false`,
    `UPDATE drafts SET answers = '{}'`,
    `DELETE FROM cases`,
    `INSERT INTO commands VALUES ('forged', '${reference}', 'panelDecision', 'chair.review', '{}', '', '${firstPanel}', 0, 'api', 3)`,
  ]) {
    await expect(tried(sql)).rejects.toThrow(/permission denied|row-level security/);
  }
  expect((await tried(`SELECT FROM meetings FOR UPDATE`)).rowCount).toBeGreaterThan(0);
});

test("a school never sees another's case, however it asks", async () => {
  const [ours, theirs] = [await casework.flourishAtPanel(), await casework.flourishAtPanel('school.birch')];
  expect(await sees('school.alder', ours)).not.toBeNull();
  expect(await sees('school.alder', theirs)).toBeNull();
  const alder = await casework.person('school.alder');
  const { rows } = await listCases(casework.api, alder, {}, { after: null, limit: 100 });
  expect(rows.map(({ school }) => school)).not.toContain('SCH-B');
  expect((await listCases(casework.api, alder, { school: 'SCH-B' }, { after: null, limit: 100 })).rows).toEqual([]);
});

test('a panel sees a case once it has come to it, with what went before', async () => {
  const reference = await casework.draft('refocus');
  await casework.does('school.alder', reference, 'submit', {}, submission);
  expect(await sees('chair.review', reference)).toBeNull();
  await casework.does('cap.team', reference, 'checkPack', { result: 'complete' }, check);
  expect((await sees('chair.review', reference))?.timeline[0]?.kind).toBe('submitted');
  expect(await sees('chair.multiagency', reference)).toBeNull();
  await casework.does('chair.review', reference, 'panelDecision', { outcome: 'approve' }, firstPanel, { reasons: 'Complete.' });
  expect((await sees('chair.multiagency', reference))?.timeline.at(-1)?.texts).toEqual({ reasons: 'Complete.' });
  expect(await sees('chair.review', reference)).not.toBeNull();
});

test('a panel reads a case to the end of the clock of its outcome, then no longer (R71)', async () => {
  const reference = await casework.flourishAtPanel();
  await casework.does('chair.review', reference, 'panelDecision', { outcome: 'approve' }, firstPanel, { reasons: 'It fits.' });
  const chair = await casework.person('chair.review');
  const listed = async () => {
    const { rows } = await listCases(casework.api, chair, {}, { after: null, limit: 100 });
    return rows.some((row) => row.reference === reference);
  };
  casework.at('2024-12-19T23:59:59.000Z');
  expect((await sees('chair.review', reference))?.timeline.map(({ kind }) => kind)).toContain('approved');
  expect(await listed()).toBe(true);
  casework.at('2024-12-20T00:00:00.000Z');
  expect(await sees('chair.review', reference)).toBeNull();
  expect(await listed()).toBe(false);
  expect(await readOutcome(casework.api, chair, reference)).toBeNull();
  expect(await sees('school.alder', reference)).not.toBeNull();
});

test('what waits is read by whom it waits for and by those who look over all cases; an interest takes the case out of the worklist (A7)', async () => {
  const reference = await casework.flourishAtPanel();
  const waits = (person: string, party: string) =>
    acting(api, [person, party], async () =>
      (await api.query<{ party: string }>('SELECT party FROM case_waits WHERE reference = $1', [reference])).rows.map(
        (row) => row.party,
      ),
    );
  const panel = 'panel:review-and-authorisation';
  expect(await waits('chair.review', panel)).toEqual([panel]);
  for (const party of ['cap', 'audit']) expect([party, await waits('somebody', party)]).toEqual([party, [panel]]);
  for (const party of ['school:SCH-A', 'school:SCH-B', 'provider:TP-ONE', 'panel:multi-agency', 'ops'])
    expect([party, await waits('somebody', party)]).toEqual([party, []]);

  const chair = await casework.person('chair.review');
  const isToDo = async () =>
    (await listTasks(casework.api, chair, { after: null, limit: 100 })).rows.some((task) => task.reference === reference);
  expect(await isToDo()).toBe(true);
  const superuser = await casework.asSuperuser();
  await superuser.query(`INSERT INTO interests VALUES ('chair.review', $1, 'RAP-2024-12-16')`, [reference]);
  expect(await isToDo()).toBe(false);
});

test('a viewer whose time has passed is taken out by the sweep, and one whose time lies ahead is not', async () => {
  const reference = await casework.flourishAtPanel();
  await casework.does('chair.review', reference, 'panelDecision', { outcome: 'approve' }, firstPanel, { reasons: 'It fits.' });
  const worker = await casework.as('cap_worker');
  const panels = async () =>
    (await worker.query(`SELECT FROM case_viewers WHERE reference = $1 AND party LIKE 'panel:%'`, [reference])).rowCount;
  await removePastViewers(casework.worker, '2024-12-19T23:59:59.000Z');
  expect(await panels()).toBe(1);
  await removePastViewers(casework.worker, '2024-12-20T00:00:00.000Z');
  expect(await panels()).toBe(0);
  expect(await sees('school.alder', reference)).not.toBeNull();
});

test('a panel that owes its reasons reads the case until they are given, however late', async () => {
  const reference = await casework.flourishAtPanel();
  const owing = { id: `${reference}.typed`, kind: 'panelDecision', body: { outcome: 'refuse' }, person: 'chair.review' } as const;
  await casework.record(reference, { ...owing, source: 'temporal', seal: { once: owing.id } }, firstPanel);
  casework.at('2025-01-20T10:00:00.000Z');
  expect(await sees('chair.review', reference)).not.toBeNull();
  await casework.does('chair.review', reference, 'giveReasons', {}, '2025-01-20T10:00:00.000Z', {
    reasons: 'Too early.',
    alternatives: 'A mentor.',
  });
  expect(await sees('chair.review', reference)).toBeNull();
  const superuser = await casework.asSuperuser();
  const rows = await superuser.query('SELECT party FROM case_viewers WHERE reference = $1 ORDER BY party', [reference]);
  expect(rows.rows.map(({ party }: { party: string }) => party)).toEqual(['audit', 'cap', 'school:SCH-A']);
});

test('a provider sees a case since the pack was sent to it: what came before is not there, nor anything once it has declined', async () => {
  const reference = await casework.flourishAtPanel();
  await casework.does('chair.review', reference, 'panelDecision', { outcome: 'approve' }, firstPanel, {
    reasons: 'Not for providers',
  });
  expect(await sees('provider.one', reference)).toBeNull();
  await casework.does('cap.team', reference, 'sendPack', { provider: 'TP-ONE' }, secondPanel);

  const seen = await sees('provider.one', reference);
  expect(seen?.timeline.map(({ kind }) => kind)).toEqual(['packSent']);
  expect(seen?.emails.map(({ id }) => id)).toEqual([`${reference}.4.pack-for-provider.provider-TP-ONE`]);
  expect(seen?.pack.length).toBeGreaterThan(5);
  expect(JSON.stringify(seen)).not.toContain('Not for providers');
  expect(await readOutcome(casework.api, await casework.person('provider.one'), reference)).toBeNull();
  expect(await sees('provider.two', reference)).toBeNull();

  await casework.does('provider.one', reference, 'bookInterview', { at: later }, secondPanel);
  await casework.does('provider.one', reference, 'recordInterview', { result: 'held' }, later);
  await casework.does('provider.one', reference, 'providerResponse', { result: 'decline', ground: 'capacity' }, later);
  expect(await sees('provider.one', reference)).toBeNull();
  await casework.does('cap.team', reference, 'sendPack', { provider: 'TP-TWO' }, later);
  expect(await sees('provider.one', reference)).toBeNull();
  expect((await sees('provider.two', reference))?.timeline.map(({ step }) => step)).toEqual([8]);
});

test('a provider reads the pack that was sent to it and none that it replaced; the school reads all', async () => {
  const reference = await casework.draft('flourish');
  await casework.does('school.alder', reference, 'submit', {}, submission);
  await casework.does('cap.team', reference, 'checkPack', { result: 'returned' }, check, {
    reasons: 'The risk assessment is missing.',
  });
  await casework.does('school.alder', reference, 'resubmitPack', {}, check);
  await casework.does('cap.team', reference, 'checkPack', { result: 'complete' }, check);
  await casework.does('chair.review', reference, 'panelDecision', { outcome: 'approve' }, firstPanel, { reasons: 'It fits.' });
  await casework.does('cap.team', reference, 'sendPack', { provider: 'TP-ONE' }, secondPanel);
  const packsFor = async (person: string) =>
    casework.api.asActor(
      await casework.person(person),
      (connection) =>
        connection.$queryRaw<{ step: number }[]>`SELECT step FROM applications WHERE reference = ${reference} ORDER BY step`,
    );
  expect(await packsFor('provider.one')).toEqual([{ step: 3 }]);
  expect(await packsFor('school.alder')).toEqual([{ step: 1 }, { step: 3 }]);
});

test('a complaint and its answer are rows of the school, CAP and auditors: a host and a panel that see the case have none of them (R121)', async () => {
  const reference = await casework.flourishAtPanel();
  await casework.does('chair.review', reference, 'panelDecision', { outcome: 'approve' }, firstPanel, { reasons: 'It fits.' });
  await casework.does('cap.team', reference, 'sendPack', { provider: 'TP-ONE' }, secondPanel);
  await casework.does('school.alder', reference, 'makeComplaint', {}, secondPanel, { complaint: 'Nobody calls back.' });
  await casework.does('cap.team', reference, 'answerComplaint', { outcome: 'upheld' }, secondPanel, { answer: 'We do now.' });
  const shown = async (party: Party) =>
    acting(api, ['somebody', party], async () => {
      await api.query(`SELECT set_config('cap.now', $1, true)`, [secondPanel]);
      const { rows } = await api.query<{ kinds: string[]; steps: number; commands: number; words: string[] }>(
        `SELECT (SELECT array_agg(kind ORDER BY step, seq) FROM timeline WHERE reference = $1) AS kinds,
           (SELECT count(DISTINCT step)::int FROM timeline WHERE reference = $1) AS steps,
           (SELECT count(*)::int FROM commands WHERE reference = $1) AS commands,
           ARRAY(SELECT texts::text FROM command_texts WHERE texts ?| '{complaint,answer}' ORDER BY texts) AS words`,
        [reference],
      );
      return rows[0];
    });
  for (const party of ['school:SCH-A', 'cap', 'audit'] as const) {
    const { kinds, words } = (await shown(party)) ?? {};
    expect(kinds?.slice(-2)).toEqual(['complaintMade', 'complaintAnswered']);
    expect(words).toEqual(['{"answer": "We do now."}', '{"complaint": "Nobody calls back."}']);
  }
  expect(await shown('provider:TP-ONE')).toEqual({ kinds: ['packSent'], steps: 1, commands: 1, words: [] });
  const panel = await shown('panel:review-and-authorisation');
  expect(panel).toMatchObject({ steps: 4, commands: 4, words: [] });
  expect(panel?.kinds.at(-1)).toBe('packSent');
});

// Random walks: at every step what Postgres shows to each party is what `viewers` says.

const asking: readonly Party[] = [
  ...([
    'cap',
    'audit',
    'ops',
    'school:SCH-A',
    'school:SCH-B',
    'provider:TP-ONE',
    'provider:TP-TWO',
    'provider:AP-ACADEMY',
  ] as const),
  ...(['panel:review-and-authorisation', 'panel:multi-agency', 'panel:headteacher-placement'] as const),
  ...(['member:review-and-authorisation', 'member:multi-agency', 'member:headteacher-placement'] as const),
];
const people: Partial<Record<Party, string>> = {
  cap: 'cap.team',
  'school:SCH-A': 'school.alder',
  'provider:TP-ONE': 'provider.one',
  'provider:TP-TWO': 'provider.two',
  'provider:AP-ACADEMY': 'academy',
  'panel:review-and-authorisation': 'chair.review',
  'panel:multi-agency': 'chair.multiagency',
};

/** What one party is shown of a case: the steps of its timeline, and how many rows of each other kind. */
async function shownTo(party: Party, reference: string, now: Instant) {
  return acting(api, ['somebody', party], async () => {
    await api.query(`SELECT set_config('cap.now', $1, true)`, [now]);
    const { rows } = await api.query<{ steps: number[]; mails: number[]; rest: number[] }>(
      `SELECT (SELECT coalesce(array_agg(DISTINCT step ORDER BY step), '{}') FROM timeline WHERE reference = $1) AS steps,
         (SELECT coalesce(array_agg(DISTINCT step ORDER BY step), '{}') FROM emails WHERE reference = $1) AS mails,
         ARRAY[(SELECT count(*) FROM cases WHERE reference = $1), (SELECT count(*) FROM applications WHERE reference = $1),
           (SELECT count(*) FROM case_viewers WHERE reference = $1)]::int[] AS rest`,
      [reference],
    );
    const commands = await api.query<{ words: number; commands: number }>(
      `SELECT count(*)::int AS commands, count(DISTINCT command_texts.command)::int AS words
       FROM commands LEFT JOIN command_texts ON command_texts.command = commands.id WHERE reference = $1`,
      [reference],
    );
    return { ...rows[0], ...commands.rows[0] };
  });
}

/** A body for a command that leads on or back, as `choice` has it. */
function bodyOf(kind: PersonCommandKind, choice: number, now: Instant): Command['body'] {
  const pick = <T>(...of: readonly T[]) => of[choice % of.length];
  switch (kind) {
    case 'checkPack':
      return { result: pick('complete', 'complete', 'returned') };
    case 'panelDecision':
      return choice % 5 === 1
        ? { outcome: 'approve-with-conditions', outsideMeeting: true, conditionsBy: addDays(londonDay(now), 28) }
        : { outcome: pick('approve', 'approve', 'defer', 'refuse'), outsideMeeting: true };
    case 'sendPack':
      return { provider: pick('TP-ONE', 'TP-TWO') };
    case 'bookInterview':
      return { at: `${addDays(londonDay(now), 1)}T09:00:00.000Z` };
    case 'recordInterview':
      return { result: pick('held', 'missed') };
    case 'providerResponse':
      return choice % 2 === 0 ? { result: 'accept' } : { result: 'decline', ground: 'need' };
    case 'recordOnboarding':
      return { result: pick('completed', 'completed', 'refused') };
    case 'confirmStart':
      return { start: londonDay(now) };
    case 'holdReview':
      return { on: londonDay(now), review: pick('review', 'pathway-review') };
    case 'recordExit':
      return { destination: 'ended-early' };
    default:
      return {};
  }
}

/** Withdrawing and closing are always allowed: mostly something else is tried, so that walks get anywhere. */
function choose(state: CaseState, choice: number): PersonCommandKind | null {
  const kinds = allowed(state).filter((kind): kind is PersonCommandKind => kind in personCommands);
  const onward = kinds.filter((kind) => kind !== 'withdraw' && kind !== 'closeCase');
  const from = onward.length > 0 && choice % 11 !== 0 ? onward : kinds;
  return from[choice % from.length] ?? null;
}

test('what each party is shown is what `viewers` says, on any way that a case may take', async () => {
  const programme = fc.constantFrom<ProgrammeCode>('flourish', 'refocus', 'tier-1-course');
  const choices = fc.array(fc.nat(1000), { minLength: 4, maxLength: 14 });
  await fc.assert(
    fc.asyncProperty(programme, choices, async (code, walk) => {
      const reference = await casework.draft(code);
      let state = await casework.does('school.alder', reference, 'submit', {}, submission);
      /** How often its pack was sent: each time leaves a row (A22). */
      let packs = 1;
      /** The steps of a complaint, which its school, CAP and auditors read alone (R121). */
      const ofComplaint = new Set<number>();
      /** Since which step each party has seen the case without a break. */
      const since = new Map<Party, number>();
      const shownRightly = async (now: Instant) => {
        const see = viewers(state).flatMap((viewer) => (seesAt(viewer, now) ? viewer.party : []));
        for (const party of asking) {
          if (see.includes(party)) since.set(party, since.get(party) ?? state.step);
          else since.delete(party);
          const from = !see.includes(party) ? Infinity : party.startsWith('provider:') ? (since.get(party) ?? 0) : 1;
          const readsAll = party === 'school:SCH-A' || party === 'cap' || party === 'audit';
          const steps = Array.from({ length: state.step }, (_, index) => index + 1).filter(
            (step) => step >= from && (readsAll || !ofComplaint.has(step)),
          );
          const shown = await shownTo(party, reference, now);
          const row = see.includes(party) ? 1 : 0;
          const packsRead = party.startsWith('provider:') ? row : row * packs;
          expect([party, shown.steps, shown.rest]).toEqual([party, steps, [row, packsRead, row]]);
          expect([...steps, ...ofComplaint]).toEqual(expect.arrayContaining(shown.mails ?? []));
          expect([party, shown.commands]).toEqual([party, steps.length]);
        }
      };
      await shownRightly(submission);
      for (const [index, choice] of walk.entries()) {
        const now = new Date(Date.parse(submission) + (index + 1) * 86_400_000).toISOString();
        const kind = choose(state, choice);
        if (kind === null || isOver(state)) break;
        const by = parties(state, kind)
          .map((party) => people[party])
          .find((person) => person !== undefined);
        if (by === undefined) continue;
        const body = bodyOf(kind, choice, now);
        const owed = state.matters.find((matter) => matter.kind === 'reasons')?.owes;
        const needed = kind === 'giveReasons' && owed ? owed : neededTexts(kind, body);
        const words = Object.fromEntries(needed.map((name) => [name, 'words']));
        const answer = await casework.give(by, reference, kind, body, now, words);
        if (answer.state) state = answer.state;
        if (kind.endsWith('Complaint') && answer.result === 'recorded') ofComplaint.add(state.step);
        if (kind === 'resubmitPack' && answer.result === 'recorded') packs += 1;
        await shownRightly(now);
        await shownRightly(`${addDays(londonDay(now), 10)}T00:00:00.000Z`);
      }
    }),
    { numRuns: 20 },
  );
}, 180_000);
