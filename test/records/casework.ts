// Casework on real Postgres without an engine: a person hands in a command as at a door, and the record step takes it at once.
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { sampleCourses } from '../../dev/pathways';
import type { Answers } from '../../domain/application';
import { londonDay, type Instant } from '../../domain/calendar';
import type { BodyOf, CommandKind } from '../../domain/commands';
import type { CaseState } from '../../domain/state';
import type { ProgrammeCode } from '../../domain/words';
import type { Role } from '../../dev/postgres';
import { commandId, receiveCommand } from '../../records/commands';
import { openDatabase } from '../../records/database';
import { createDraft, readDraft } from '../../records/drafts';
import { readPerson } from '../../records/people';
import { recordCaseStep, standing } from '../../records/caseStep';
import type { StudentGiven } from '../../records/students';
import type { Entered, Person, StepOutcome } from '../../records/types';
import { testDatabase } from '../support/postgres';
import { completeAnswers } from '../support/story';
import { freshStudent } from '../support/students';

export type Casework = Awaited<ReturnType<typeof openCasework>>;

/** Before the deadline of 4 December 2024, whose panels meet on 16 and 17 December. */
export const submission: Instant = '2024-11-28T10:00:00.000Z';
export const check: Instant = '2024-11-29T10:00:00.000Z';
export const firstPanel: Instant = '2024-12-16T10:00:00.000Z';
export const secondPanel: Instant = '2024-12-17T10:00:00.000Z';
export const later: Instant = '2024-12-18T10:00:00.000Z';
export const confirmedStart: Instant = '2024-12-19T10:00:00.000Z';

export async function openCasework() {
  const database = await testDatabase();
  /** When people ask: the time of what was recorded last. */
  let time = submission;
  const api = openDatabase(database.urlFor('cap_api'), { now: () => time });
  const worker = openDatabase(database.urlFor('cap_worker'));
  const clients: Client[] = [];

  async function person(id: string): Promise<Person> {
    const found = await readPerson(api, id);
    if (!found) throw new Error(`No sample person ${id}`);
    return found;
  }

  /** Adds a sample student to the school of a person. @returns the code */
  async function student(by = 'school.alder', changed: Partial<StudentGiven> = {}): Promise<string> {
    const who = await person(by);
    return freshStudent(api, who, (who.parties[0] ?? '').slice('school:'.length), submission, changed);
  }

  /** Begins a draft with every answer in it, for a student of its own unless one is given. @returns its reference */
  async function draft(
    programme: ProgrammeCode,
    by = 'school.alder',
    answers: Answers = {},
    at = submission,
    of?: string,
  ): Promise<string> {
    const who = await person(by);
    const course = sampleCourses[programme] ?? null;
    const school = (who.parties[0] ?? '').slice('school:'.length);
    const complete = { ...completeAnswers(programme, londonDay(at)), ...answers };
    const named = of ?? (await student(by));
    return (await createDraft(api, who, { programme, school, student: named, course, answers: complete }, at)).reference;
  }

  /** Hands a command in and does not tell anybody. @returns its id */
  async function handIn<K extends CommandKind>(
    by: string,
    reference: string,
    kind: K,
    body: BodyOf<K>,
    received: Instant,
    texts: Readonly<Record<string, string>> = {},
    key: string = randomUUID(),
  ): Promise<string> {
    const id = commandId(by, reference, key);
    time = received;
    await receiveCommand(api, await person(by), { id, reference, kind, body: body, texts, received, based: 0 });
    return id;
  }

  const record = (reference: string, asked: string | Entered, now: Instant): Promise<StepOutcome> => {
    time = now;
    return recordCaseStep(worker, { reference, asked, now });
  };

  async function give<K extends CommandKind>(
    by: string,
    reference: string,
    kind: K,
    body: BodyOf<K>,
    at: Instant,
    texts: Readonly<Record<string, string>> = {},
  ): Promise<StepOutcome> {
    return record(reference, await handIn(by, reference, kind, body, at, texts), at);
  }

  /** As `give`, and it must be recorded. */
  async function does<K extends CommandKind>(...given: Parameters<typeof give<K>>): Promise<CaseState> {
    const { refusal, state } = await give(...given);
    if (refusal || !state) throw new Error(refusal?.message ?? 'No state');
    return state;
  }

  async function flourishAtPanel(by = 'school.alder'): Promise<string> {
    const reference = await draft('flourish', by);
    await does(by, reference, 'submit', {}, submission);
    await does('cap.team', reference, 'checkPack', { result: 'complete' }, check);
    return reference;
  }

  async function refocusAtSecondPanel(): Promise<string> {
    const reference = await draft('refocus');
    await does('school.alder', reference, 'submit', {}, submission);
    await does('cap.team', reference, 'checkPack', { result: 'complete' }, check);
    await does('chair.review', reference, 'panelDecision', { outcome: 'approve' }, firstPanel, { reasons: 'Complete.' });
    return reference;
  }

  async function flourishAtInterview(): Promise<string> {
    const reference = await flourishAtPanel();
    await does('chair.review', reference, 'panelDecision', { outcome: 'approve' }, firstPanel, { reasons: 'It fits.' });
    await does('cap.team', reference, 'sendPack', { provider: 'TP-ONE' }, secondPanel);
    return reference;
  }

  async function connect(url: string): Promise<Client> {
    const client = new Client({ connectionString: url });
    client.on('error', () => undefined);
    clients.push(client);
    await client.connect();
    return client;
  }

  return {
    api,
    worker,
    database,
    person,
    student,
    draft,
    handIn,
    record,
    give,
    does,
    flourishAtPanel,
    flourishAtInterview,
    refocusAtSecondPanel,
    /** The student whom the draft of a school names. */
    studentOf: async (reference: string, by = 'school.alder') =>
      (await readDraft(api, await person(by), reference))?.student?.code ?? null,
    /** People ask at that time. */
    at: (now: Instant) => (time = now),
    state: async (reference: string) => (await standing(worker, reference)).state,
    /** A bare connection, to try what the records never do. */
    as: (role: Role) => connect(database.urlFor(role)),
    asSuperuser: () => connect(database.superuserUrl),
    stop: async () => {
      await Promise.all(clients.map((client) => client.end().catch(() => undefined)));
      await Promise.all([api.close(), worker.close()]);
      await database.stop();
    },
  };
}

/** Sets who a bare connection acts for, within its transaction. */
export async function actAs(client: Client, person: string, ...parties: string[]): Promise<void> {
  await client.query(`SELECT set_config('cap.person', $1, true), set_config('cap.parties', $2, true)`, [
    person,
    parties.join('\u001f'),
  ]);
}
