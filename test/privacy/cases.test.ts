// Cases of every route with names, answers and reasons that cannot be mistaken: none of it is anywhere but in Postgres. And each search
// finds what is planted for it.
import { Client } from '@temporalio/client';
import { smtpMailer } from '../../activities/mailer';
import { sampleBirth } from '../../dev/pathways';
import { misfits, personCommands } from '../../domain/commands';
import { programmeFor } from '../../domain/programmes';
import { programmeCodes } from '../../domain/programmes';
import type { ProgrammeCode } from '../../domain/words';
import { searchAttributes, workflowTypes } from '../../temporal/names';
import { rowsOf } from '../support/agreement';
import { findings, places, type Findings } from '../support/findings';
import { approval, caseBefore, draft, pathway, saysNow, take, walk, type Step } from '../support/pathways';
import { today } from '../support/schoolDays';
import { eventually, startSystem, type System } from '../support/system';

jest.setTimeout(180_000);

const name = 'Zzyzx-Quillon';
/** Of Year 11, which every programme takes. */
const birthday = `${sampleBirth('year-11-bespoke', today()).slice(0, 4)}-02-28`;
/** In every answer and every text. */
const mark = 'Zzyzx';

let system: System;
let found: Findings;
const references: string[] = [];

beforeAll(async () => {
  system = await startSystem({ logLevel: 'trace' });
  for (const programme of programmeCodes) {
    const reference = await markedDraft(programme);
    await walk(system, reference, pathway(programme).map(marked));
    references.push(reference);
  }
  await otherWays();
  await eventually(async () => {
    const due = await system.sql('worker', `SELECT id FROM emails WHERE status = 'due'`);
    expect(due).toEqual([]);
  });
  found = await findings(system);
});
afterAll(() => system.stop());

/** A draft whose every answer in words bears the mark. */
function markedDraft(programme: ProgrammeCode): Promise<string> {
  const { questions } = programmeFor(programme, '2025-26');
  const inWords = questions.filter(({ answer }) => answer === 'text').map(({ code }) => [code, `${mark} of ${code}`]);
  return draft(system, programme, Object.fromEntries(inWords), { name, dateOfBirth: birthday });
}

/** A step in which every text there is has been written, with the mark. */
function marked(step: Step): Step {
  const says = () => {
    const said = saysNow(step);
    const belongs = (text: string) => misfits(step.does, said, [text]).every(({ field }) => field !== text);
    const texts = Object.keys(personCommands[step.does].texts).filter(belongs);
    const written = Object.fromEntries(texts.map((text) => [text, `${mark} in ${text} of ${name}, born ${birthday}`]));
    return { ...said, ...written };
  };
  return { ...step, says };
}

/** What goes otherwise than it should: returned, deferred, decided by signal, refused, asked while a part is away, withdrawn. */
async function otherWays(): Promise<void> {
  const reference = await markedDraft('flourish');
  references.push(reference);
  const returned: Step = { by: 'cap.team', does: 'checkPack', says: { result: 'returned' } };
  const again: Step = { by: 'school.alder', does: 'resubmitPack' };
  const deferred: Step = { by: 'chair.review', does: 'panelDecision', says: { ...approval, outcome: 'defer' } };
  const [submitted, checked] = pathway('flourish');
  const steps = [submitted, returned, again, checked, deferred].flatMap((step) => step ?? []);
  await walk(system, reference, steps.map(marked));

  const refused = await system.give('school.alder', reference, 'panelDecision', saysNow(marked(deferred)));
  expect(refused.status).toBe(403);
  const wrong = [`{"reason": "${name}`, JSON.stringify({ [name]: mark }), JSON.stringify({ reason: { [name]: mark } })];
  for (const body of wrong) {
    const path = `/api/v1/cases/${reference}/withdraw`;
    const answer = await system.ask('school.alder', 'POST', path, { body, headers: { 'Idempotency-Key': `${name}-1` } });
    expect(answer.status).toBe(400);
  }
  for (const path of [`/api/v1/cases/${name}`, `/api/v1/cases?cursor=${name}`, `/${name}`, `/api/v1/cases?school=${name}`]) {
    await system.ask('cap.team', 'GET', path);
  }
  await system.postgres.kill();
  const withdrawn = { body: saysNow(marked({ by: '', does: 'withdraw' })), headers: { 'Idempotency-Key': 'in-the-dark' } };
  const away = await system.ask('school.alder', 'POST', `/api/v1/cases/${reference}/withdraw`, withdrawn);
  expect(away.status).toBe(503);
  await system.postgres.start();
  await take(system, reference, marked({ by: 'school.alder', does: 'withdraw' }));
}

test('the cases that were run are in the record, with every word', async () => {
  const packs = await system.sql<{ pack: string }>('worker', 'SELECT pack::text AS pack FROM applications');
  // Of one case of each programme and one that went another way, whose pack was returned and sent again.
  expect(packs.filter(({ pack }) => pack.includes(name) && pack.includes(birthday))).toHaveLength(programmeCodes.length + 2);
  const texts = await system.sql<{ texts: string }>('worker', 'SELECT texts::text AS texts FROM command_texts');
  expect(texts.filter((row) => row.texts.includes(mark)).length).toBeGreaterThan(15);
});

test('no state, no event and no command’s codes hold any of it', async () => {
  const kept = await Promise.all(references.map((reference) => rowsOf(system, reference)));
  const codes = await system.sql('worker', 'SELECT event, body FROM timeline JOIN commands ON commands.id = command');
  const looks = await system.sql('superuser', 'SELECT * FROM access_log');
  for (const text of [JSON.stringify(kept), JSON.stringify(codes), JSON.stringify(looks)]) {
    expect(text).not.toContain(mark);
    expect(text).not.toContain(birthday);
  }
});

test.each(places)('in %s there is none of it', (place) => {
  expect(found[place].length).toBeGreaterThan(0);
  expect(linesWith(found[place], [mark, birthday])).toEqual([]);
});

describe('a search finds what is planted', () => {
  let planted: Findings;
  beforeAll(async () => {
    const reference = await caseBefore(system, 'flourish', 'panelDecision');
    const { client } = system;
    await client.workflow.getHandle(reference).signal('nonsense', { planted: name });
    await new Client({ connection: client.connection }).workflow.getHandle(reference).signal('nonsense', `planted ${name}`);
    await client.workflow.start(workflowTypes.application, {
      workflowId: `planted-${name}-as-id`,
      taskQueue: 'nobody-listens',
      args: [],
      typedSearchAttributes: [{ key: searchAttributes.school, value: `planted-${name}-as-attribute` }],
      memo: { note: `planted-${name}-as-memo` },
      staticSummary: `planted-${name}-as-summary`,
      staticDetails: `planted-${name}-as-details`,
    });
    await system.ask('cap.team', 'GET', '/api/v1/me', { headers: { 'X-Request-Id': `planted-${name}` } });
    system.logs.worker.push(`planted ${name}`);
    await system.sql('superuser', `SELECT 'planted ${name}'::int`).catch(() => undefined);
    const mailer = smtpMailer(system.smtpUrl, 'test@cap.example');
    await mailer.send({
      messageId: 'planted@cap.example',
      to: ['test@cap.example'],
      subject: 'Planted',
      text: `planted ${name}`,
    });
    mailer.close();
    planted = await eventually(async () => {
      const now = await findings(system);
      const logged = [now['the log of the API'], now['the logs of Postgres and Temporal']];
      expect(logged.map((log) => log.includes(name))).toEqual([true, true]);
      return now;
    });
  });
  afterAll(() => system.client.workflow.getHandle(`planted-${name}-as-id`).terminate());

  test.each(places)('in %s', (place) => {
    expect(linesWith(planted[place], [name])).not.toEqual([]);
  });

  test('as an id, a search attribute, a memo, a summary and details of a workflow', () => {
    const seen = planted['what ops see of workflows: ids, search attributes, memos, summaries, details'];
    const kinds = ['id', 'attribute', 'memo', 'summary', 'details'];
    expect(kinds.filter((kind) => !seen.includes(`planted-${name}-as-${kind}`))).toEqual([]);
  });
});

/** The lines that hold one of some texts, whatever its case, and not too much of them. */
function linesWith(text: string, wanted: readonly string[]): string[] {
  const lines = text.split('\n').filter((line) => wanted.some((each) => line.toLowerCase().includes(each.toLowerCase())));
  return lines.slice(0, 5).map((line) => line.slice(0, 400));
}
