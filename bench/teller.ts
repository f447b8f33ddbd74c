// Gives decisions to the application as its API does, without HTTP: the command row first, then the engine.
import { randomUUID } from 'node:crypto';
import { openerOf, sampleCourses } from '../dev/pathways';
import { londonDay, type Instant } from '../domain/calendar';
import type { Actor } from '../domain/facts';
import type { ProgrammeCode } from '../domain/words';
import { commandId, receiveCommand } from '../records/commands';
import { openDatabase } from '../records/database';
import { createDraft } from '../records/drafts';
import { readPerson } from '../records/people';
import { addStudent } from '../records/students';
import { connectTemporal } from '../temporal/client';
import { parseKeys } from '../temporal/codec';
import { engine, type CaseReply, type ToldCommand } from '../temporal/engine';
import { pause } from './pause';
import { caseEnd, runEnd } from './runs';
import {
  answers,
  momentAt,
  programme,
  school,
  startsNewRun,
  story,
  student,
  untilInterview,
  untilPlacement,
  type Step,
} from './story';

/** What a client of the application needs to know. */
export interface Reach {
  readonly temporalAddress: string;
  readonly taskQueue: string;
  readonly payloadKeys: string;
  /** As the role of the API. */
  readonly databaseUrl: string;
}

export type Teller = ReturnType<typeof openTeller>;

/** Milliseconds that a command may take under load. */
const patience = 60_000;

export function openTeller({ temporalAddress: address, taskQueue, payloadKeys, databaseUrl }: Reach) {
  const temporal = connectTemporal({ address, namespace: 'default', keys: parseKeys(payloadKeys) });
  const database = openDatabase(databaseUrl);
  const cases = engine(temporal.client, { taskQueue, patience, publicUrl: 'http://localhost' });
  const people = new Map<string, Promise<Actor>>();

  const now = (): Instant => new Date().toISOString();
  const today = () => londonDay(now());

  function actor(id: string): Promise<Actor> {
    const known = people.get(id) ?? readPerson(database, id).then((person) => orThrow(person, `There is no person ${id}`));
    people.set(id, known);
    return known;
  }

  /** Writes the row of a command. @returns what a case is told of it */
  async function write(reference: string, decision: Step, step: number): Promise<ToldCommand> {
    const { by, does, says, writes } = decision;
    const id = commandId(by, reference, randomUUID());
    if (does === 'recordInterview') await pause(untilInterview);
    const received = now();
    const given = { id, reference, kind: does, body: says(momentAt(received)), texts: writes, received, based: step };
    const written = (await receiveCommand(database, await actor(by), given))?.written;
    if (typeof written !== 'object' || !('attempt' in written)) throw new Error(`${does} of ${by} was not received`);
    return { command: id, attempt: written.attempt };
  }

  /** @returns the step at which it was recorded */
  async function give(reference: string, decision: Step, step: number): Promise<number> {
    const told = await write(reference, decision, step);
    if (decision.does === 'submit') return recorded(await cases.submit(reference, told));
    const newRun = decision.does === startsNewRun ? runEnd(temporal.client, reference) : null;
    const next = recorded(await cases.tell(reference, decision.does, told, step));
    await newRun;
    return next;
  }

  async function giveAll(reference: string, decisions: readonly Step[]): Promise<number> {
    let step = 0;
    for (const decision of decisions) step = await give(reference, decision, step);
    return step;
  }

  return {
    client: temporal.client,
    now,
    today,
    write,
    give,
    /** A complete draft for a student of its own. @returns its reference */
    draft: async (code: ProgrammeCode = programme): Promise<string> => {
      const [at, who] = [now(), await actor(school.person)];
      const added = await addStudent(database, who, school.code, student(code, at), { isAnother: true }, at);
      if ('known' in added) throw new Error('The student of the benchmark is there already');
      const opening = await actor(openerOf(code));
      const [opener] = opening.parties;
      const course = sampleCourses[code] ?? null;
      const draft = { programme: code, school: school.code, student: added.code, course, answers: answers(code, at) };
      return (await createDraft(database, opening, opener ? { ...draft, opener } : draft, at)).reference;
    },
    /** The whole case, to the end of its workflow. */
    whole: async (reference: string): Promise<void> => {
      await giveAll(reference, story);
      await caseEnd(temporal.client, reference);
    },
    /** From the draft to the placement. @returns the step of the case */
    toPlacement: (reference: string): Promise<number> => giveAll(reference, untilPlacement),
    /** Starts the workflow of a case that stands in the record alone. */
    wake: (reference: string): Promise<void> => cases.refresh(reference),
    close: async (): Promise<void> => {
      await Promise.all([temporal.close(), database.close()]);
    },
  };
}

function recorded({ result, refusal, step }: CaseReply): number {
  if (result === 'refused') throw new Error(`A decision of the benchmark was refused: ${refusal?.message ?? 'without a reason'}`);
  return step;
}

function orThrow<T>(value: T | null, message: string): T {
  if (value === null) throw new Error(message);
  return value;
}
