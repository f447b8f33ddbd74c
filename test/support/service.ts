// The service without its doors, for tests of workflows: real Postgres, real SMTP, a real worker, and either Temporal's dev server or the
// time-skipping one. People give commands as a door would: a command row first, then the engine.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { makeTelemetryFilterString, NativeConnection, Runtime } from '@temporalio/worker';
import type { ConnectionOptions } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { sampleBirth, sampleCourses } from '../../dev/pathways';
import { createActivities, type Activities } from '../../activities';
import { smtpMailer } from '../../activities/mailer';
import type { BodyOf, MeetingPersonCommandKind, PersonCommandKind } from '../../domain/commands';
import type { Answers } from '../../domain/application';
import { addDays, isMeetingId, londonDay, type Instant, type IsoDate } from '../../domain/calendar';
import type { Actor } from '../../domain/facts';
import type { CaseState, Wait } from '../../domain/state';
import { codeOf, type ProgrammeCode } from '../../domain/words';
import { startMailbox, type Mailbox, type StoredMessage } from '../../dev/mailbox';
import { freePort } from '../../dev/ports';
import { startTemporalServer, type RunningTemporal } from '../../dev/temporal';
import { findTimeSkippingServer } from '../../dev/timeSkippingServer';
import { createCycle } from '../../records/calendarEdits';
import { commandId, receiveCommand } from '../../records/commands';
import { openDatabase } from '../../records/database';
import { createDraft } from '../../records/drafts';
import { readPerson } from '../../records/people';
import { standing } from '../../records/caseStep';
import { meetingStanding } from '../../records/meetingStep';
import { connectTemporal, EngineTimeout } from '../../temporal/client';
import { dataConverter } from '../../temporal/dataConverter';
import { engine, type CaseReply } from '../../temporal/engine';
import { searchAttributeTypes, workflowIdOf } from '../../temporal/names';
import { createWorker } from '../../worker/worker';
import { completeAnswers } from './story';
import { freshStudent } from './students';
import { testFiles } from './files';
import { testNights } from './nights';
import { testDatabase, type TestDatabase } from './postgres';

export const testKeys = [{ id: 'test', key: Buffer.alloc(32, 7) }] as const;

type EngineKind = 'dev-server' | 'time-skipping';

export interface ServiceOptions {
  readonly engine: EngineKind;
  /** Milliseconds that a call to the engine may take; twenty seconds unless said. */
  readonly patience?: number;
  /** Wraps the worker's activities, to fail or stop where a test wants it. */
  readonly activities?: (real: Activities) => Activities;
}

export type Service = Awaited<ReturnType<typeof startService>>;

const quiet = () => undefined;
let installed = false;

/** What the engine's client library logs of a worker that a test breaks on purpose is noise. Once a process. */
export function quietRuntime(): void {
  if (installed) return;
  installed = true;
  Runtime.install({
    logger: { log: quiet, trace: quiet, debug: quiet, info: quiet, warn: quiet, error: quiet },
    telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }) } },
  });
}

/** Starts everything. Ask `stop` in the end. */
export async function startService(options: ServiceOptions) {
  quietRuntime();
  const folder = await mkdtemp(join(tmpdir(), 'cap-test-'));
  const taskQueue = `cap-${randomUUID()}`;
  const database: TestDatabase = await testDatabase();
  const files = await testFiles();
  const nights = await testNights();
  const mailbox: Mailbox = await startMailbox({ smtpPort: 0, httpPort: 0, folder: join(folder, 'mail'), log: quiet });
  const temporal = await startEngine(options.engine);
  const api = openDatabase(database.urlFor('cap_api'));
  const workerDatabase = openDatabase(database.urlFor('cap_worker'));
  const caseEngine = engine(temporal.client, {
    taskQueue,
    patience: options.patience ?? 20_000,
    publicUrl: 'http://cap.example',
  });
  const mailer = smtpMailer(mailbox.smtpUrl, 'CAP Casework <no-reply@cap.example>');
  const deps = {
    database: workerDatabase,
    mailer,
    files: files.files,
    nights: nights.nights,
    engine: caseEngine,
    links: { publicUrl: 'http://cap.example', domain: 'cap.example' },
  };
  const real = createActivities(deps);
  const worker = await createWorker({
    connection: temporal.native,
    namespace: 'default',
    taskQueue,
    keys: testKeys,
    deps,
    activities: options.activities?.(real) ?? real,
  });
  const running = worker.run();

  const now = async (): Promise<Instant> => new Date(await temporal.now()).toISOString();
  const recorded = (reference: string) => (isMeetingId(reference) ? meetingStanding : standing)(workerDatabase, reference);
  const owesEmails = async (reference: string) => (await recorded(reference)).emails.length > 0;

  /**
   * The case, or the meeting, as its workflow sees it at once. A question that comes while the case goes on in a new run is never answered by the
   * time-skipping server, which lets no time pass as long as somebody asks: it is given up after five seconds, to be asked again.
   */
  const shown = (reference: string) =>
    temporal.client.withDeadline(Date.now() + 5_000, () =>
      temporal.client.workflow
        .getHandle(workflowIdOf(reference))
        .query<{ state: CaseState; waits: readonly Wait[] } | null>('standing'),
    );

  async function actor(person: string): Promise<Actor> {
    const found = await readPerson(api, person);
    if (!found) throw new Error(`No sample person ${person}`);
    return found;
  }

  async function give<K extends PersonCommandKind | MeetingPersonCommandKind>(
    person: string,
    reference: string,
    kind: K,
    body: BodyOf<K>,
    texts: Readonly<Record<string, string>> = {},
    key: string = randomUUID(),
  ): Promise<CaseReply> {
    const who = await actor(person);
    const id = commandId(person, reference, key);
    const step = (await recorded(reference)).state?.step ?? 0;
    const received = await receiveCommand(api, who, { id, reference, kind, body, texts, received: await now(), based: step });
    const written = received?.written ?? 'other-body';
    // Told again though it is recorded: what holds then is the record step.
    const attempt = typeof written === 'object' && 'attempt' in written ? written.attempt : randomUUID();
    const told = { command: id, attempt };
    const tellIt = () => (kind === 'submit' ? caseEngine.submit(reference, told) : caseEngine.tell(reference, kind, told, step));
    // As a client does where no answer came in time: the same again.
    return tellIt()
      .catch((error: unknown) => {
        if (error instanceof EngineTimeout) return tellIt();
        throw error;
      })
      .catch(async (error: unknown) => {
        throw error instanceof EngineTimeout ? new Error(`No answer from ${await lately(reference)}`, { cause: error }) : error;
      });
  }

  /** @returns a case, or a meeting, with the last events of its run, for whoever reads why a test hung */
  async function lately(reference: string): Promise<string> {
    const { events } = await temporal.client.workflow.getHandle(workflowIdOf(reference)).fetchHistory();
    const last = events?.slice(-5).map((event) => Object.keys(event).find((key) => key.endsWith('EventAttributes')) ?? '');
    return `${reference} (${last?.join(', ') ?? 'no event'})`;
  }

  /**
   * Lets time pass: on the time-skipping server months in moments.
   * @throws Error that names the open cases where the test server does not let it pass: an activity holds it, or a task that the server lost. It
   * loses one where a timer is cancelled that fires while the task runs (github.com/temporalio/sdk-java, issue 3088).
   */
  async function sleep(milliseconds: number): Promise<void> {
    const passed = temporal.sleep(milliseconds);
    if (options.engine !== 'time-skipping') return passed;
    for (let before = await temporal.now(); ;) {
      let timer: NodeJS.Timeout | undefined;
      const waited = new Promise<'waited'>((resolve) => (timer = setTimeout(resolve, 30_000, 'waited')));
      const how = await Promise.race([passed, waited]);
      clearTimeout(timer);
      if (how !== 'waited') return;
      const after = await temporal.now();
      if (after - before < 60_000) break;
      before = after;
    }
    const open = await workerDatabase.directly(
      (connection) => connection.$queryRaw<{ reference: string }[]>`SELECT reference FROM cases WHERE NOT closed`,
    );
    throw new Error(`Time does not pass: ${(await Promise.all(open.map(({ reference }) => lately(reference)))).join('; ')}`);
  }

  /**
   * Waits until every clock that is due has acted. Whoever gives a command while one acts may wait for ever: the time-skipping server can lose the task
   * of a workflow in which a timer fires while an update comes in.
   * @returns cases and meetings with the step at which they are
   * @throws Error that names those whose clock did not act in half a minute
   */
  async function settled(): Promise<readonly { readonly reference: string; readonly step: number }[]> {
    const at = await now();
    for (const patienceEnds = Date.now() + 30_000; ;) {
      const all = await workerDatabase.directly(
        (connection) => connection.$queryRaw<{ reference: string; step: number; due: boolean | null }[]>`
          SELECT reference, step, NOT closed AND next <= ${at}::timestamptz AS due FROM cases UNION ALL
          SELECT reference, step, NOT closed AND EXISTS (SELECT FROM jsonb_array_elements(waits) AS wait WHERE wait->>'next' <= ${at})
          FROM meeting_states`,
      );
      const owed = all.filter(({ due }) => due === true).map(({ reference }) => reference);
      if (owed.length === 0) return all;
      if (Date.now() > patienceEnds) throw new Error(`At ${at} the clocks did not act of ${owed.join(', ')}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  return {
    engine: caseEngine,
    files,
    nights,
    settled,
    client: temporal.client,
    taskQueue,
    api,
    records: workerDatabase,
    database,
    worker,
    now,
    today: async (): Promise<IsoDate> => londonDay(await now()),
    sleep,
    /** Lets time pass until ten in the morning, UTC, of a day, and clocks act. A day that has come already changes nothing. */
    until: async (day: IsoDate) => {
      const milliseconds = Date.parse(`${day}T10:00:00.000Z`) - (await temporal.now());
      if (milliseconds > 0) await sleep(milliseconds);
      await settled();
    },
    /**
     * A complete draft for a student who is fourteen, however far time was let pass: of the person's school, or, where the local authority opens
     * it, for one of Alderbrook School.
     * @returns its reference
     */
    draft: async (programme: ProgrammeCode, person = 'school.alder', answers: Answers = {}): Promise<string> => {
      const who = await actor(person);
      const today = await now();
      const opener = who.parties[0] ?? 'cap';
      const school = opener === 'cap' ? 'SCH-A' : codeOf(opener);
      const course = sampleCourses[programme] ?? null;
      const complete = { ...completeAnswers(programme, londonDay(today)), ...answers };
      const student = await freshStudent(api, { ...who, parties: [`school:${school}`] }, school, today, {
        dateOfBirth: sampleBirth(programme, londonDay(today)),
      });
      const draft = await createDraft(api, who, { programme, school, opener, student, course, answers: complete }, today);
      return draft.reference;
    },
    give,
    /**
     * CAP makes a cycle: days from today to its deadline, its meetings and the start of its cohorts.
     * @param also programmes that it lists beside the usual ones
     */
    cycle: async ({ deadline = 1, meeting = 3, start = 10, also = [] as readonly ProgrammeCode[] } = {}): Promise<void> => {
      const day = londonDay(await now());
      const panelDay = addDays(day, meeting);
      const cohortStart = addDays(day, start);
      const made = await createCycle(
        api,
        await actor('cap.team'),
        {
          deadline: addDays(day, deadline),
          items: [
            { programme: 'flourish', cohortStart, panels: null },
            { programme: 'refocus', cohortStart, panels: null },
            { programme: 'supported-transfer', cohortStart: null, panels: null },
            { programme: 'year-11-bespoke', cohortStart: null, panels: null },
            ...also.map((programme) => ({ programme, cohortStart: null, panels: null })),
          ],
          meetings: { 'review-and-authorisation': panelDay, 'multi-agency': panelDay, 'headteacher-placement': panelDay },
        },
        () => [],
      );
      if ('problems' in made) throw new Error(JSON.stringify(made.problems));
    },
    /** The case by its record. */
    record: async (reference: string): Promise<{ state: CaseState; waits: readonly Wait[] }> => {
      const { state, waits } = await standing(workerDatabase, reference);
      if (!state) throw new Error(`There is no case ${reference}`);
      return { state, waits };
    },
    /** A meeting by its record; no state before it is convened. */
    meeting: (id: string) => meetingStanding(workerDatabase, id),
    /** What the case waits for that is due first, by its record. */
    wait: async (reference: string): Promise<Wait | undefined> => (await standing(workerDatabase, reference)).waits[0],
    /** Waits until every e-mail that the record owes has gone out. */
    delivered: async (reference: string): Promise<void> => {
      while (await owesEmails(reference)) await new Promise((resolve) => setTimeout(resolve, 50));
    },
    /** Waits until the workflow of a case has ended. By looking: whoever awaits its result lets the test server skip to the timers of other cases. */
    ended: async (reference: string): Promise<void> => {
      const handle = temporal.client.workflow.getHandle(workflowIdOf(reference));
      while ((await handle.describe()).status.name === 'RUNNING') await new Promise((resolve) => setTimeout(resolve, 50));
    },
    /**
     * The case as its workflow sees it, once its e-mails have gone out, or have not in three seconds: a new run that is owed begins then, and is
     * not to be met by the question.
     */
    standing: async (reference: string) => {
      for (const patienceEnds = Date.now() + 3_000; Date.now() < patienceEnds && (await owesEmails(reference));) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      await new Promise((resolve) => setTimeout(resolve, 150));
      return shown(reference).catch(() => shown(reference));
    },
    shown,
    messages: async (): Promise<StoredMessage[]> =>
      (await (await fetch(`${mailbox.url}/api/messages`)).json()) as StoredMessage[],
    stop: async () => {
      worker.shutdown();
      await running;
      mailer.close();
      await Promise.all([api.close(), workerDatabase.close()]);
      await temporal.stop();
      await Promise.all([mailbox.stop(), database.stop(), files.stop(), nights.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Temporal's numbers of the types of search attributes. */
const indexedAs = { Keyword: 2, Int: 3, Datetime: 6 } as const;

/**
 * The test server takes a ping in five minutes and cuts off a client that sends more, as the SDK does: a call that waits, as the one by which time
 * passes, is lost with its connection.
 */
const withoutPings = {
  name: 'without-pings',
  configureConnection: (options: ConnectionOptions): ConnectionOptions => ({
    ...options,
    channelArgs: { ...options.channelArgs, 'grpc.keepalive_time_ms': 24 * 60 * 60 * 1000 },
  }),
};

/** The SDK gives the test server five seconds to come up, which a busy machine may not keep: it is asked again. */
async function timeSkipping(path: string, tries = 12): Promise<TestWorkflowEnvironment> {
  try {
    return await TestWorkflowEnvironment.createTimeSkipping({
      server: { executable: { type: 'existing-path', path } },
      client: { dataConverter: dataConverter(testKeys) },
      plugins: [withoutPings],
    });
  } catch (error) {
    if (tries <= 1) throw error;
    return timeSkipping(path, tries - 1);
  }
}

async function startEngine(kind: EngineKind) {
  if (kind === 'time-skipping') {
    const path = await findTimeSkippingServer(quiet);
    const env = await timeSkipping(path);
    await env.connection.operatorService.addSearchAttributes({
      namespace: 'default',
      searchAttributes: Object.fromEntries(
        Object.entries(searchAttributeTypes).map(([name, type]) => [name, indexedAs[type as keyof typeof indexedAs]]),
      ),
    });
    return {
      client: env.client,
      native: env.nativeConnection,
      now: () => env.currentTimeMs(),
      sleep: (milliseconds: number) => env.sleep(milliseconds),
      stop: () => env.teardown(),
    };
  }
  const server: RunningTemporal = await startTemporalServer({
    dataFile: null,
    port: await freePort(),
    uiPort: null,
    searchAttributes: searchAttributeTypes,
    log: quiet,
  });
  const native = await NativeConnection.connect({ address: server.address });
  const temporal = connectTemporal({ address: server.address, namespace: 'default', keys: testKeys, tls: false, apiKey: null });
  return {
    client: temporal.client,
    native,
    now: () => Promise.resolve(Date.now()),
    sleep: (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds)),
    stop: async () => {
      await temporal.close();
      await native.close();
      await server.stop();
    },
  };
}
