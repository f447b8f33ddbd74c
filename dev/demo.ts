// `npm run demo`: three applications through the public API of a running service, as the school, the chairs, the provider and CAP would
// give them, each to a placement with its first review held, where schools are open today; with `--panel` one that stops before its panel. It makes a cycle of
// its own, so that it runs on any day.
import { addDays, formatDay, londonDay, schoolDayFrom, type Calendar, type IsoDate } from '../domain/calendar';
import { devConfig } from '../config';
import { caller, type Call, type CaseShown } from './demoCaller';
import { readEnvironment, type RunningEnvironment } from './environment';
import { messageOf, PlainError } from './plainError';

const say = (line = ''): void => void process.stdout.write(`${line}\n`);

interface Demo {
  readonly environment: RunningEnvironment;
  readonly as: (person: string) => Call;
  readonly today: IsoDate;
}

/** Answers that are plainly made up. */
function answersOf(questions: readonly { code: string; answer: string }[], today: IsoDate): Record<string, string | boolean> {
  const made: Record<string, string> = {
    'student-name': 'Sample Student (fictitious)',
    'date-of-birth': '2012-05-04',
    'year-group': '9',
    'risk-assessment-date': addDays(today, -14),
  };
  return Object.fromEntries(
    questions.map(({ code, answer }) => [
      code,
      answer === 'yes-no' ? code !== 'ehcp' : answer === 'day' ? (made[code] ?? today) : (made[code] ?? 'A sample answer.'),
    ]),
  );
}

async function main(): Promise<void> {
  const config = devConfig();
  const environment = await readEnvironment(config.dataDir);
  const today = londonDay(new Date().toISOString());
  const demo: Demo = { environment, as: caller(environment), today };

  say(`The demo, on ${formatDay(today)}.`);
  say();
  await makeCycle(demo);
  if (process.argv.includes('--panel')) {
    await begin(demo, 'flourish');
    say();
    say('The case awaits its panel: decide it through the API, or by a signal from the Web UI.');
    return;
  }
  const told = [
    await tier1(demo, await begin(demo, 'tier-1-course')),
    await flourish(demo, await begin(demo, 'flourish')),
    await refocus(demo, await begin(demo, 'refocus')),
  ];
  say('Done. The three cases as ops see them, each with the run before its start and the run since:');
  for (const reference of told) say(`  ${runs(environment, reference)}`);
  say(`The e-mails: ${environment.mailboxUrl}`);
}

/** CAP enters a cycle whose deadline, meetings and cohort start are today. */
async function makeCycle({ as, today }: Demo): Promise<void> {
  const { cycle } = await as('cap.team').post<{ cycle: { id: string } }>('/api/v1/cycles', {
    deadline: today,
    items: [
      { programme: 'flourish', cohortStart: today },
      { programme: 'refocus', cohortStart: today },
    ],
    meetings: { 'review-and-authorisation': today, 'multi-agency': today, 'headteacher-placement': null },
  });
  say(`CAP enters cycle ${cycle.id}: deadline, panels and cohorts are today.`);
  say();
}

/** The school writes an application and submits it; CAP checks the pack. @returns its reference */
async function begin(demo: Demo, programme: string): Promise<string> {
  const { as, today } = demo;
  const school = as('school.alder');
  const { programmes } = await school.get<{
    programmes: { code: string; title: string; questions: { code: string; answer: string }[] }[];
  }>('/api/v1/programmes');
  const found = programmes.find(({ code }) => code === programme);
  if (!found) throw new Error(`The service does not offer ${programme}`);
  say(`── ${found.title} ${'─'.repeat(100 - found.title.length)}`);
  const draft = await school.post<{ reference: string }>('/api/v1/applications', {
    programme,
    course: programme === 'tier-1-course' ? 'T1-BICYCLES' : null,
    answers: answersOf(found.questions, today),
  });
  const { reference } = draft;
  await step(demo, reference, 'The school submits', () => school.post(`/api/v1/applications/${reference}/submit`, {}));
  await step(demo, reference, 'CAP finds the pack complete', () =>
    as('cap.team').post(`/api/v1/cases/${reference}/check-pack`, { result: 'complete' }),
  );
  return reference;
}

async function tier1(demo: Demo, reference: string): Promise<string> {
  await interview(demo, reference, 'school.alder');
  await startAndReview(demo, reference, 'provider.one');
  return reference;
}

async function flourish(demo: Demo, reference: string): Promise<string> {
  await decide(demo, reference, 'chair.review', 'The Review & Authorisation Panel approves');
  await step(demo, reference, 'CAP sends the pack to a training provider', () =>
    demo.as('cap.team').post(`/api/v1/cases/${reference}/send-pack`, { provider: 'TP-ONE' }),
  );
  await interview(demo, reference, 'provider.one');
  await startAndReview(demo, reference, 'provider.one');
  return reference;
}

async function refocus(demo: Demo, reference: string): Promise<string> {
  await decide(demo, reference, 'chair.review', 'The Review & Authorisation Panel assures the quality');
  await decide(demo, reference, 'chair.multiagency', 'The Multi-Agency Panel approves, a place is taken');
  await step(demo, reference, 'The AP Academy records the onboarding', () =>
    demo.as('academy').post(`/api/v1/cases/${reference}/record-onboarding`, { result: 'completed' }),
  );
  await startAndReview(demo, reference, 'academy');
  if ((await nextSchoolDay(demo)) > demo.today) {
    await step(demo, reference, 'The school withdraws before the start: the place is given back', () =>
      demo.as('school.alder').post(`/api/v1/cases/${reference}/withdraw`, { reason: 'The demo gives its place back.' }),
    );
    return reference;
  }
  await step(demo, reference, 'CAP ends the placement early: the place is given back', () =>
    demo.as('cap.team').post(`/api/v1/cases/${reference}/record-exit`, {
      destination: 'ended-early',
      summary: 'The demo gives its place back.',
    }),
  );
  return reference;
}

function decide(demo: Demo, reference: string, chair: string, title: string): Promise<void> {
  return step(demo, reference, title, () =>
    demo
      .as(chair)
      .post(`/api/v1/cases/${reference}/panel-decision`, { outcome: 'approve', reasons: 'The panel is of one mind.' }),
  );
}

async function interview({ as, ...demo }: Demo, reference: string, arranger: string): Promise<void> {
  // It takes place as soon as it is booked: the demo does not wait for tomorrow.
  const soon = 2_000;
  const at = new Date(Date.now() + soon).toISOString();
  const by = arranger.startsWith('school') ? 'The school' : 'The provider';
  const whole = { as, ...demo };
  await step(whole, reference, `${by} books the interview`, () =>
    as(arranger).post(`/api/v1/cases/${reference}/book-interview`, { at }),
  );
  await new Promise((resolve) => setTimeout(resolve, soon));
  await step(whole, reference, 'The provider has held the interview', () =>
    as('provider.one').post(`/api/v1/cases/${reference}/record-interview`, { result: 'held' }),
  );
  await step(whole, reference, 'The provider accepts', () =>
    as('provider.one').post(`/api/v1/cases/${reference}/provider-response`, { result: 'accept' }),
  );
}

async function startAndReview(demo: Demo, reference: string, reviewer: string): Promise<void> {
  const { as, today } = demo;
  const start = await nextSchoolDay(demo);
  await step(demo, reference, `The school confirms the start, ${formatDay(start)}`, () =>
    as('school.alder').post(`/api/v1/cases/${reference}/confirm-start`, { start, shortened: true }),
  );
  if (start > today) {
    say(`Its first review can be recorded from ${formatDay(start)} on: no school is open today.`);
    say();
    return;
  }
  await step(demo, reference, 'The first review is held', () =>
    as(reviewer).post(`/api/v1/cases/${reference}/hold-review`, { on: today, review: 'review', summary: 'A sample review.' }),
  );
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

/** Does one step, then tells where the case stands and which e-mails it led to. */
async function step({ as, environment }: Demo, reference: string, title: string, act: () => Promise<unknown>): Promise<void> {
  const before = await as('cap.team').find<CaseShown>(`/api/v1/cases/${reference}`);
  await act();
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
