// `npm run demo`: an application of each programme through the public API of a running service, as the school, the chairs, the provider and CAP would
// give them, each to a placement with its first review held, where schools are open today; with `--panel` one that stops before its panel. It makes a cycle of
// its own, so that it runs on any day. With `--year` it tells a year that is over instead (`dev/year/`).
import { formatDay, londonDay, schoolDayFrom, type Calendar, type IsoDate, type NewCycle } from '../domain/calendar';
import { commandPath } from '../api/commandBody';
import { devConfig } from '../config';
import { panelTitles, type PanelCode, type ProgrammeCode } from '../domain/words';
import { caller, type Call, type CaseShown } from './demoCaller';
import { demoCycle } from './demoCycle';
import { readEnvironment, type RunningEnvironment } from './environment';
import {
  assessed,
  endedEarly,
  openerOf,
  pathwayOf,
  reviewed,
  sampleAnswers,
  sampleBirth,
  sampleCourses,
  toldProgrammes,
  withdrawn,
  type Step,
} from './pathways';
import { messageOf, PlainError } from './plainError';
import { fillWithAYear } from './year/demo';

const say = (line = ''): void => void process.stdout.write(`${line}\n`);

interface Demo {
  readonly environment: RunningEnvironment;
  readonly as: (person: string) => Call;
  readonly today: IsoDate;
}

/** `--year`, or `--year=60` for another number of applications. @returns how many; null where no year is asked for */
function yearAsked(): number | null {
  const found = process.argv.find((each) => each === '--year' || each.startsWith('--year='));
  if (found === undefined) return null;
  const count = Number(found.split('=')[1] ?? 220);
  if (Number.isInteger(count) && count >= 1 && count <= 1000) return count;
  throw new PlainError('Say how many applications the year has, from 1 to 1000: `npm run demo -- --year=60`.');
}

async function main(): Promise<void> {
  const config = devConfig();
  const applications = yearAsked();
  if (applications !== null) {
    if (config.production) throw new PlainError('A year is told into the embedded service alone, and never in production.');
    // It ends in order, whatever becomes of the terminal: what it has put aside it takes up again.
    const stopped = new AbortController();
    process.stdout.on('error', () => undefined);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopped.abort());
    return fillWithAYear(config.dataDir, applications, say, stopped.signal);
  }
  const environment = await readEnvironment(config.dataDir);
  const today = londonDay(new Date().toISOString());
  const demo: Demo = { environment, as: caller(environment), today };

  say(`The demo, on ${formatDay(today)}.`);
  say();
  await makeCycle(demo);
  await demo.as('cap.team').put('/api/v1/programmes/tier-4/offered', { offered: true });
  say('CAP offers Tier 4, which is off by default: the local authority opens its applications itself.');
  say();
  if (process.argv.includes('--panel')) {
    await begin(demo, 'flourish');
    say();
    say('The case awaits its panel: decide it through the API, or by a signal from the Web UI.');
    return;
  }
  const told: string[] = [];
  for (const programme of toldProgrammes) {
    const reference = await begin(demo, programme);
    await onward(demo, programme, reference);
    told.push(reference);
  }
  say('Done. The cases as ops see them, each with the run before its start and the run since:');
  for (const reference of told) say(`  ${runs(environment, reference)}`);
  say(`The e-mails: ${environment.mailboxUrl}`);
}

interface Cycle {
  readonly id: string;
  readonly deadline: IsoDate;
  readonly items: readonly { readonly programme: string }[];
  readonly meetings: Readonly<Record<PanelCode, { readonly id: string; readonly day: IsoDate } | null>>;
}

/** CAP enters the cycle of the demo, unless it was entered before; the panels record who is present. */
async function makeCycle(demo: Demo): Promise<void> {
  const { as, today } = demo;
  const { cycles } = await as('cap.team').get<{ cycles: Cycle[] }>('/api/v1/cycles');
  const found = cycles.find(({ deadline, meetings }) => deadline === today && meetings['multi-agency']?.day === today);
  const cycle = found ?? (await enterCycle(as('cap.team'), demoCycle(today, await nextSchoolDay(demo))));
  say(`${found ? 'CAP has entered' : 'CAP enters'} cycle ${cycle.id}: deadline and panels are today.`);
  for (const { panel, chair, present } of attendances) {
    const id = cycle.meetings[panel]?.id ?? '';
    const { seats } = await convened(as(chair), id);
    if (seats.every((seat) => seat.present === null))
      await as(chair).post(`/api/v1/meetings/${id}/record-attendance`, { present });
    say(`The ${panelTitles[panel]} meets (${id}); present: ${present.replaceAll(',', ', ')}.`);
  }
  say();
}

async function enterCycle(cap: Call, wanted: NewCycle): Promise<Cycle> {
  const { cycle } = await cap.post<{ cycle: Cycle }>('/api/v1/cycles', wanted);
  return cycle;
}

/** Who is present at the meetings of the demo (`demoPanels`). */
const attendances = [
  { panel: 'review-and-authorisation', chair: 'chair.review', present: 'chair,attendance' },
  { panel: 'multi-agency', chair: 'chair.multiagency', present: 'chair,attendance,headteacher-1' },
] as const;

interface Minutes {
  readonly seats: readonly { readonly present: boolean | null }[];
}

/** The workflow of a meeting that was just entered begins it in a moment. @returns its minutes */
async function convened(chair: Call, id: string): Promise<Minutes> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const minutes = await chair.find<Minutes>(`/api/v1/meetings/${id}/minutes`);
    if (minutes) return minutes;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new PlainError(`The meeting ${id} was not begun: is the worker running?`);
}

/** The school adds a student, writes an application and submits it; CAP checks the pack. @returns its reference */
async function begin(demo: Demo, programme: ProgrammeCode): Promise<string> {
  const { as, today } = demo;
  const school = as('school.alder');
  const { programmes } = await school.get<{
    programmes: { code: string; title: string; questions: { code: string; answer: string }[] }[];
  }>('/api/v1/programmes');
  const found = programmes.find(({ code }) => code === programme);
  if (!found) throw new Error(`The service does not offer ${programme}`);
  say(`── ${found.title} ${'─'.repeat(100 - found.title.length)}`);
  const student = await school.post<{ code: string }>('/api/v1/students', {
    name: 'Sample Student (fictitious)',
    dateOfBirth: sampleBirth(programme, today),
    ehcp: false,
    lookedAfter: false,
    another: true,
  });
  const draft = await as(openerOf(programme)).post<{ reference: string }>('/api/v1/applications', {
    programme,
    student: student.code,
    course: sampleCourses[programme] ?? null,
    answers: sampleAnswers(found.questions, today),
  });
  const { reference } = draft;
  for (const step of pathwayOf(programme).slice(0, 2)) await take(demo, reference, step, today);
  return reference;
}

/** From the check of the pack to a placement, and its first review where schools are open today. */
async function onward(demo: Demo, programme: ProgrammeCode, reference: string): Promise<void> {
  const start = await nextSchoolDay(demo);
  for (const step of pathwayOf(programme).slice(2)) await take(demo, reference, step, start);
  const isOpenToday = start === demo.today;
  if (isOpenToday && programme === 'insight') await take(demo, reference, assessed, start);
  if (isOpenToday) await take(demo, reference, reviewed(programme), start);
  else say(`Its first review can be recorded from ${formatDay(start)} on: no school is open today.`);
  // Places are few: the demo gives its own back.
  if (programme === 'refocus') await take(demo, reference, isOpenToday ? endedEarly : withdrawn, start);
  say();
}

/** Today, or the first school day after it, by the terms that CAP has entered. */
async function nextSchoolDay({ as, today }: Demo): Promise<IsoDate> {
  const { halfTerms } = await as('school.alder').get<{ halfTerms: Calendar['halfTerms'] }>('/api/v1/terms');
  const { closures } = await as('school.alder').get<{ closures: IsoDate[] }>('/api/v1/closures');
  const found = schoolDayFrom(today, { halfTerms, closures: new Set(closures) });
  if (found === null) throw new PlainError(`No school day is known from ${formatDay(today)} on: CAP enters the terms first.`);
  return found;
}

/** Milliseconds from the booking of an interview to its time: the demo does not wait for tomorrow. */
const untilInterview = 2_000;

/** Takes one step, then tells where the case stands and which e-mails it led to. @param start of the placement */
async function take({ as, environment }: Demo, reference: string, step: Step, start: IsoDate): Promise<void> {
  const before = await as('cap.team').find<CaseShown>(`/api/v1/cases/${reference}`);
  const { title, by, does, says, writes } = step;
  if (does === 'recordInterview') await new Promise((resolve) => setTimeout(resolve, untilInterview));
  const interview = new Date(Date.now() + untilInterview).toISOString();
  const path = does === 'submit' ? `/api/v1/applications/${reference}/submit` : commandPath(does, reference);
  // The panels of the demo meet today.
  const atItsMeeting = does === 'panelDecision' ? { outsideMeeting: false } : {};
  await as(by).post(path, { ...says({ interview, start }), ...atItsMeeting, ...writes });
  const after = await as('cap.team').get<CaseShown>(`/api/v1/cases/${reference}`);
  const known = new Set(before?.emails.map(({ id }) => id));
  const emails = after.emails.filter(({ id }) => !known.has(id)).map(({ title: about }) => about);
  const [wait] = after.waits;
  const waits = wait ? `waits for ${wait.party}: ${wait.title}` : 'waits for nobody';
  say(`${title}.`);
  say(`    ${reference} step ${String(after.step)}: ${after.stage.title}; ${waits}`);
  if (emails.length > 0) say(`    e-mails: ${emails.join(', ')}`);
  say(`    ${webUi(environment, reference)}`);
}

/** Every run of a case: once its start is confirmed it goes on in a new one. */
function runs({ temporalUiUrl, temporalNamespace }: RunningEnvironment, reference: string): string {
  return `${temporalUiUrl}/namespaces/${temporalNamespace}/workflows?query=${encodeURIComponent(`WorkflowId="${reference}"`)}`;
}

function webUi({ temporalUiUrl, temporalNamespace }: RunningEnvironment, reference: string): string {
  return `${temporalUiUrl}/namespaces/${temporalNamespace}/workflows/${reference}`;
}

main().catch((error: unknown) => {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
});
