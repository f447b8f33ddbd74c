// Random walks: whatever anybody tries, in whatever order, at whatever time and with whatever rows, a case never comes to where it must
// not be. What is legal is written here from CAP's documents, not taken from the code.
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { addDays, addWorkingDays, endOfLondonDay, londonDay, type Calendar, type Instant } from '../../domain/calendar';
import { allowed, caseMachine, decide, evolve, isOver, parties, viewers } from '../../domain/case';
import { waits } from '../../domain/clock';
import type { Command } from '../../domain/commands';
import { everGivenBy } from '../../domain/givers';
import { emailsAfter } from '../../domain/emails';
import type { Facts } from '../../domain/facts';
import { hostOf } from '../../domain/host';
import { beforePanel } from '../../domain/landing';
import { afterStep } from '../../domain/machine';
import { matters } from '../../domain/matters';
import { canCommand, maySee } from '../../domain/permissions';
import type { CaseState, Event, MatterKind, Refusal } from '../../domain/state';
import { codeOf, type Party, type ProgrammeCode } from '../../domain/words';
import { referenceYear } from '../../prisma/reference-data';
import { calendar2024, cycles2024, ledger, schoolsOfTheDirectory } from '../support/story';
import { anyTry, commandOf, hour, kindOf, later, nextOf, wordsFor, type Try } from '../support/tries';

/** 2024-25, whose values have neither plan nor notice nor tasks, and 2026-27, whose values have them (A2, A3). */
const later2026 = referenceYear('2026-27');
const known: Calendar = {
  closures: new Set([...calendar2024.closures, ...later2026.closures]),
  halfTerms: [...calendar2024.halfTerms, ...later2026.halfTerms],
};
const planned = [...cycles2024, ...later2026.cycles];

const panels = ['review-and-authorisation', 'multi-agency'] as const;

/** The places of a route in their order, by hand from part 2 of the requirements; a panel by its code. */
const routes: Record<ProgrammeCode, readonly string[]> = {
  'tier-1-course': ['pack-check', 'interview', 'start-date', 'placement'],
  insight: ['pack-check', 'interview', 'start-date', 'placement'],
  flourish: ['pack-check', 'review-and-authorisation', 'send-pack', 'interview', 'start-date', 'placement'],
  'supported-transfer': [
    'pack-check',
    'review-and-authorisation',
    'multi-agency',
    'headteacher-placement',
    'start-date',
    'placement',
  ],
  'year-11-bespoke': ['pack-check', 'review-and-authorisation', 'start-date', 'placement'],
  refocus: ['pack-check', 'review-and-authorisation', 'multi-agency', 'onboarding', 'start-date', 'placement'],
  'tier-4': ['pack-check', 'multi-agency', 'send-pack', 'start-date', 'placement'],
};
/** From 2025-26 no Multi-Agency Panel decides about a Supported Transfer (C6); and a cycle may take out the panels that decide (C5). */
function routeFor({ programme, panels: kept }: CaseState): readonly string[] {
  const [code, year = ''] = programme.split('@') as [ProgrammeCode, string?];
  return (routes[code] ?? []).filter((stage) => {
    const decides = panels.some((panel) => panel === stage);
    if (code === 'supported-transfer' && stage === 'multi-agency' && year >= '2025-26') return false;
    return !decides || kept === null || kept.some((panel) => panel === stage);
  });
}

/** Where a placement may lead, beside an early end. */
const leads: Record<ProgrammeCode, readonly string[]> = {
  'tier-1-course': ['home-school', 'next-application'],
  insight: ['home-school', 'next-application'],
  flourish: ['home-school', 'next-application'],
  'supported-transfer': ['home-school', 'permanent-transfer'],
  'year-11-bespoke': ['post-16', 'home-school', 'next-application'],
  refocus: ['home-school', 'next-application'],
  'tier-4': ['home-school', 'next-application'],
};
const endsEarly = ['ended-early', 'withdrawn', 'closed-by-cap'];
/** Programmes of courses. */
const ofCourses = ['tier-1-course', 'insight', 'year-11-bespoke'];
const programmeOf = (state: CaseState) => state.programme.split('@')[0] as ProgrammeCode;

/** Why a state is not one that a case may be in; none when it is. */
function illegal(state: CaseState): string[] {
  const wrong: string[] = [];
  const must = (holds: boolean, what: string) => {
    if (!holds) wrong.push(what);
  };
  const { position } = state;
  const programme = programmeOf(state);
  const route = routeFor(state);
  const here = route[state.at];
  const off = { correction: ['pack-check'], alternatives: [...panels, 'interview', 'onboarding'], closed: route } as const;
  const before = beforePanel(position);
  const name = before ? before.panel : position.stage;
  const stands = name in off ? off[name as keyof typeof off] : [name];
  must(here !== undefined && stands.includes(here), `${name} at ${here ?? 'nowhere'} of ${programme}`);

  const host = hostOf(state);
  const withHost = ['interview', 'onboarding', 'start-date', 'placement'].includes(position.stage);
  if (position.stage !== 'closed') must((host !== null) === withHost, 'a case has a host exactly while somebody has its pack');
  if (programme === 'supported-transfer')
    must(host === null || ['school:SCH-B', 'school:SCH-C'].includes(host), 'with another school');
  if (programme === 'refocus') must(host === null || host === 'provider:AP-ACADEMY', 'Refocus is with the AP Academy');

  const hasPlace = ['onboarding', 'start-date', 'placement'].includes(position.stage) && programme === 'refocus';
  const exited = position.stage === 'closed' && !endsEarly.includes(position.because);
  must(
    (state.place !== null) === (hasPlace || (exited && programme === 'refocus')),
    `place ${JSON.stringify(state.place)} at ${name}`,
  );

  if (before) {
    must(
      JSON.stringify(before.meeting) === JSON.stringify(state.landing?.meetings[before.panel] ?? null),
      'the meeting is that of the landing',
    );
  }
  if (position.stage === 'closed')
    must(
      [...(leads[programme] ?? []), ...endsEarly].includes(position.because) &&
        state.matters.every(({ kind }) => kind === 'undelivered-email'),
      'closed for a known reason, with nothing open beside it but e-mails that were not delivered',
    );
  const keys = state.matters.map(({ kind, subject }) => `${kind} ${subject}`);
  must(new Set(keys).size === keys.length, 'one matter of a kind and subject is open at most');
  if (position.stage === 'placement') must(position.start <= position.end, `from ${position.start} to ${position.end}`);
  if (position.stage === 'interview' && position.held === null)
    must(position.booked === null || position.booked > state.since, 'booked ahead');
  must((state.course !== null) === ofCourses.includes(programme), 'a course exactly where a programme is of courses');
  const toAssess = state.matters.some(({ kind }) => kind === 'assessment');
  must(!toAssess || (programme === 'insight' && position.stage === 'placement'), 'assessments belong to placements of Insight');
  must(JSON.stringify(JSON.parse(JSON.stringify(state))) === JSON.stringify(state), 'it survives JSON');
  must(
    texts(state).every((text) => text.length <= 60 && /^[A-Za-z0-9@:.,_-]+$/.test(text)),
    `only codes and dates: ${texts(state).join(' ')}`,
  );
  return wrong;
}

/** Every string in a value, names of fields included. */
function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => [name, ...texts(each)]);
}

const rowsOf: Record<Try['rows'], Facts['cycles']> = {
  'all cycles': planned,
  'no cycle': [],
  'half the cycles': planned.filter(({ number }) => number % 2 === 0),
  'moved meetings': planned.map((cycle) => {
    const meeting = cycle.meetings['multi-agency'];
    return meeting
      ? { ...cycle, meetings: { ...cycle.meetings, 'multi-agency': { ...meeting, day: addDays(meeting.day, 2) } } }
      : cycle;
  }),
};
const unknownTerms: Facts['calendar'] = { closures: new Set(), halfTerms: [] };

interface Step {
  readonly before: CaseState | null;
  readonly command: Command;
  readonly facts: Facts;
  readonly decision: Refusal | Event[];
  readonly after: CaseState | null;
}

interface Beginning {
  readonly programme: ProgrammeCode;
  readonly begins: Instant;
}

/** Walks from before submission through every try, and shows each step to a judge. */
function walk({ programme, begins }: Beginning, tries: readonly Try[], judge: (step: Step) => void): CaseState | null {
  const opener: Party = programme === 'tier-4' ? 'cap' : 'school:SCH-A';
  let state: CaseState | null = null;
  let now = begins;
  tries.forEach((attempt, index) => {
    const calendar = attempt.terms === 'known' ? known : unknownTerms;
    const due = state && attempt.untilDue ? nextOf(state, calendar) : null;
    now = due && due > now ? due : later(now, attempt.hours * hour);
    const command = commandOf(kindOf(state, attempt), now, attempt, known);
    const actors = attempt.by === 'right' ? (state ? parties(state, command.kind) : [opener]) : attempt.by;
    const row = state && beforePanel(state.position);
    const meeting =
      row && rowsOf[attempt.rows].map((cycle) => cycle.meetings[row.panel]).find((each) => each?.id === row.meeting?.id);
    const facts: Facts = {
      now,
      commandId: `command-${index}`,
      actor: { person: 'somebody', parties: actors },
      calendar,
      cycles: rowsOf[attempt.rows],
      meeting: meeting ? { id: meeting.id, day: meeting.day } : (row?.meeting ?? null),
      sitting: null,
      coursePlaces: attempt.course,
      checks: [],
      places: attempt.places === 'free' ? ledger({ year: '2026-27' }).left() : [],
      directory: {
        providers: ['TP-ONE', 'TP-TWO', 'AP-ACADEMY'],
        schools: schoolsOfTheDirectory,
        course:
          programme === 'insight'
            ? { code: 'INS-SUBSTANCES', programme, provider: 'TP-TWO', schoolWeeks: 6 }
            : {
                code: 'T1-CATERING',
                programme: programme === 'year-11-bespoke' ? programme : 'tier-1-course',
                provider: 'TP-TWO',
                schoolWeeks: 12,
              },
      },
      student: null,
      slas: ['2024-25', '2025-26', '2026-27'],
      otherCases: [],
      named: { person: 'TP-ONE', parties: index % 2 === 0 ? ['cap'] : ['school:SCH-A'] },
      retention: null,
      texts: attempt.words === 'none travel' ? null : attempt.words === 'missing' ? [] : wordsFor(state, command),
      application: {
        reference: 'CAP-2024-7K3QX9',
        programme,
        school: 'SCH-A',
        student: 'STU-7K3QX9',
        // A draft that names a course where none is asked for, or none where one is, is a fault elsewhere that must not get in here.
        course: index % 2 === 0 ? { code: 'T1-BICYCLES', provider: 'TP-ONE', schoolWeeks: 6 } : null,
        problems: [],
        withoutPanels: programme === 'tier-4' && index % 3 === 0,
        changed: [],
        agreements: index % 4 === 0 ? [] : [{ agreement: 'early-help', on: '2026-09-01', withdrawn: null }],
      },
    };
    const decision = decide(state, command, facts);
    const after: CaseState | null = Array.isArray(decision) ? afterStep(caseMachine, state, decision) : state;
    judge({ before: state, command, facts, decision, after });
    state = after;
  });
  return state;
}

const anyBeginning: fc.Arbitrary<Beginning> = fc.record({
  programme: fc.constantFrom(...Object.keys(routes)),
  begins: fc.constantFrom('2024-09-02T09:00:00.000Z', '2026-09-02T09:00:00.000Z'),
});
const anyWalk = fc.array(anyTry, { minLength: 1, maxLength: 40, size: 'max' });
const longWalk = fc.array(anyTry, { minLength: 40, maxLength: 60, size: 'max' });

function judged(
  judge: (step: Step) => void,
  parameters: fc.Parameters<[Beginning, Try[]]> = { numRuns: 300 },
  walks = anyWalk,
): void {
  fc.assert(
    fc.property(anyBeginning, walks, (beginning, tries) => {
      walk(beginning, tries, judge);
    }),
    parameters,
  );
}

/** As `expect(found).toEqual(wanted)`, which is asked only where they differ: it costs more than the step that it looks at. */
function same(found: unknown, wanted: unknown): void {
  if (!isDeepStrictEqual(found, wanted)) expect(found).toEqual(wanted);
}

/** Those of some that are not among others. */
const lacking = (some: readonly string[], others: readonly string[]) => some.filter((one) => !others.includes(one));

/** How many commands are tried for an illegal state: `MODEL_COMMANDS=1000000` in the long run. A walk has twenty of them on average. */
const commands = Number(process.env['MODEL_COMMANDS'] ?? 20_000);
jest.setTimeout(60_000 + 5 * commands);

test('no walk leads to an illegal state, and each recorded command is one step', () => {
  judged(
    ({ before, decision, after }) => {
      if (after) same(illegal(after), []);
      if (Array.isArray(decision)) {
        same([decision.length > 0, after?.step], [true, (before?.step ?? 0) + 1]);
        same({ ...after, step: 0 }, { ...decision.reduce<CaseState | null>(evolve, before), step: 0 });
        same(new Set(decision.map(({ at }) => at)).size, 1);
      } else {
        same([after === before, /^([RAC]\d+|stage|role|ours)$/.test(decision.rule), decision.message.at(-1)], [true, true, '.']);
        // A day is said as people say it.
        same(/\d{4}-\d{2}-\d{2}/.exec(decision.message), null);
      }
    },
    { numRuns: commands / 20 },
  );
});

test('walks reach every stage of every route and every kind of matter, so that the other properties mean something', () => {
  const reached = new Set<string>();
  const opened = new Set<string>();
  judged(
    ({ after }) => {
      if (!after) return;
      reached.add(`${programmeOf(after)} ${beforePanel(after.position)?.panel ?? after.position.stage}`);
      for (const { kind } of after.matters) opened.add(kind);
    },
    { numRuns: 3000, seed: 8 },
    longWalk,
  );
  const wanted = Object.entries(routes).flatMap(([programme, route]) =>
    [...route, 'correction', 'alternatives', 'closed'].map((stage) => `${programme} ${stage}`),
  );
  expect([...reached].sort()).toEqual(wanted.sort());
  expect([...opened].sort()).toEqual(Object.keys(matters).sort());
});

test('a case goes forward on its route a stage at a time, and back from the line for a course, from who accepted and declines after all while the first session lies ahead, to the heads from a school that does not take the student after all, or to a panel that takes its decision back; it keeps what it was pinned to, and stays closed once it is', () => {
  judged(({ before, after, decision, facts }) => {
    if (!before || !after) return;
    // Whoever waits for a place after the interview can go to another course, whose provider interviews in its turn (A9); who had accepted may decline after all.
    const elsewhere =
      (before.coursePlace?.waiting === true && after.position.stage === 'interview') ||
      (before.position.stage === 'start-date' && ['alternatives', 'allocation'].includes(after.position.stage));
    // So may a host while the first session lies ahead, whose placement then never was (A24).
    const gaveUpItsStart = before.position.stage === 'placement' && !['placement', 'closed'].includes(after.position.stage);
    if (before.position.stage === 'placement' && gaveUpItsStart) {
      // Each day on which the student is with the host comes in a week of the start.
      same([londonDay(facts.now) < addDays(before.position.start, 7), after.startGivenUp], [true, true]);
      same(
        after.matters.filter(({ kind }) => !besideAnyStage.includes(kind)),
        [],
      );
    }
    const back = gaveUpItsStart ? [-2, -1] : elsewhere || isTakenBack(decision) ? [-1, 0, 1] : [0, 1];
    same(back.includes(after.at - before.at), true);
    const pinned = ({ reference, programme, school }: CaseState) => ({ reference, programme, school });
    same(pinned(after), pinned(before));
    const closed = (state: CaseState) => ({ ...state, step: 0, updated: '', matters: [], nudges: {} });
    if (isOver(before)) same(closed(after), closed(before));
  });
});

/** What may be open of a case that has no placement. */
const besideAnyStage: readonly MatterKind[] = [
  'reasons',
  'information',
  'complaint',
  'course-place',
  'withdrawn-agreement',
  'undelivered-email',
];

/** Then whoever came next, a panel or a host, loses a case that they should not have come to. */
const isTakenBack = (decision: ReturnType<typeof decide>) =>
  Array.isArray(decision) && decision.some(({ kind }) => kind === 'decisionTakenBack' || kind === 'checkTakenBack');

test('what the state does not allow, and what is not the actor’s to do, is refused before anything else', () => {
  judged(({ before, command, facts, decision }) => {
    const { actor } = facts;
    if (!allowed(before).includes(command.kind)) {
      const refusals = ['not-now', 'not-yours', 'already-submitted', 'unknown-case'];
      expect(refusals).toContain('refused' in decision ? decision.refused : 'recorded');
    } else if (before && !canCommand(actor, command.kind, before).allowed) {
      expect(decision).toMatchObject({ refused: 'not-yours' });
    }
  });
});

test('who may give a command to a case may also see it', () => {
  judged(({ before, command, facts, decision }) => {
    if (before && Array.isArray(decision) && !facts.actor.parties.includes('system')) {
      expect([command.kind, maySee(facts.actor, before, facts.now)]).toEqual([command.kind, true]);
    }
  });
});

test('whoever a case waits for sees it, so that what a worklist begins at is shown', () => {
  judged(({ after }) => {
    if (!after) return;
    const who = viewers(after).map(({ party }) => party);
    same(
      lacking(
        waits(after, known).map(({ party }) => party),
        who,
      ),
      [],
    );
  });
});

test('nobody but the parties of the case ever sees it: a panel from its stage on, a provider while it has the pack', () => {
  judged(({ before, after, decision }) => {
    if (!after) return;
    const route = routeFor(after);
    const seen = viewers(after).map(({ party }) => party);
    same(new Set(seen).size, seen.length);
    const always: readonly string[] = ['cap', 'audit', 'school:SCH-A', hostOf(after) ?? 'cap'];
    same(lacking(always, seen), []);
    const reached = route.slice(0, after.at + 1).flatMap((stage) => [`panel:${stage}`, `member:${stage}`]);
    same(lacking(lacking(seen, always), reached), []);
    const lost = before ? viewers(before).filter(({ party }) => !seen.includes(party)) : [];
    if (isTakenBack(decision)) return;
    // A receiving school that does not take the student after all leaves the case to the heads (R75).
    const gives = ['alternatives', 'interview', 'start-date', 'allocation'].includes(after.position.stage);
    for (const { party } of lost) expect(/^(provider|school):/.test(party) ? gives : isOver(after)).toBe(true);
  });
});

test('a panel sees a case while it is before it or owes it reasons, else for three working days from its decision (R71)', () => {
  judged(({ facts, decision, after }) => {
    if (!after) return;
    const owes = (party: Party) => after.matters.some((matter) => matter.kind === 'reasons' && matter.party === party);
    for (const { party, until, opens } of viewers(after)) {
      const panel = /^(panel|member):/.test(party) ? codeOf(party) : null;
      const before = beforePanel(after.position);
      const isBefore = panel !== null && before?.panel === panel;
      const sits = party.startsWith('member:') && isBefore && !owes(`panel:${panel}`);
      same([party, until === null], [party, panel === null || (isBefore && !sits) || owes(`panel:${panel}`)]);
      const agenda = sits && after.landing !== null && before.meeting !== null;
      same([party, opens !== null], [party, agenda]);
    }
    for (const event of Array.isArray(decision) ? decision : []) {
      if (!['approved', 'wentOn', 'refused', 'allocated'].includes(event.kind) || !('seenUntil' in event)) continue;
      expect(event.seenUntil >= endOfLondonDay(addWorkingDays(londonDay(facts.now), 3, facts.calendar))).toBe(true);
      const party: Party = `panel:${event.panel}`;
      for (const reader of [party, `member:${event.panel}`]) {
        expect(viewers(after)).toContainEqual({ party: reader, until: owes(party) ? null : event.seenUntil, opens: null });
      }
    }
  });
});

test('e-mails go to parties that may see the case, or saw it until this step, and name nothing but codes, days and times', () => {
  judged(({ before, facts, decision, after }) => {
    if (!after || !Array.isArray(decision)) return;
    const known = [...viewers(after), ...(before ? viewers(before) : [])].map(({ party }) => party);
    const by = facts.actor.parties;
    const emails = emailsAfter(before, decision, after, { by, waits: waits(after, facts.calendar) });
    for (const { to, ...about } of emails) {
      expect(known).toContain(to);
      expect(texts(about).every((text) => /^[A-Za-z0-9:.,-]+$/.test(text))).toBe(true);
    }
    expect(new Set(emails.map(({ to }) => to)).size).toBe(emails.length);
    const toThemselves = emails.filter(({ to }) => by.includes(to));
    for (const { notices } of toThemselves) expect(notices).toEqual([{ template: 'reasons-owed' }]);
  });
});

test('the clock acts at its time, strictly later each time, then rests; it never decides', () => {
  fc.assert(
    fc.property(anyBeginning, anyWalk, (beginning, tries) => {
      const reached = walk(beginning, tries, () => undefined);
      if (!reached) return;
      let state: CaseState = reached;
      const times: Instant[] = [];
      for (let next = nextOf(state, known); next; next = nextOf(state, known)) {
        times.push(next);
        expect(times.length).toBeLessThanOrEqual(2 * (1 + state.matters.length));
        const decision = decide(state, { kind: 'clock', body: {} }, systemAt(next));
        if (!Array.isArray(decision)) throw new Error(decision.message);
        expect(['reminded', 'escalated']).toEqual(expect.arrayContaining(decision.map(({ kind }) => kind)));
        const { position, at, place, landing, matters } = state;
        state = afterStep(caseMachine, state, decision);
        expect(state).toMatchObject({ position, at, place, landing, matters });
      }
      expect(times).toEqual([...new Set(times)].sort());
      expect(decide(state, { kind: 'clock', body: {} }, systemAt('2030-01-01T00:00:00.000Z'))).toHaveProperty('refused');
    }),
    { numRuns: 500 },
  );
});

function systemAt(now: Instant): Facts {
  const actor = { person: 'system', parties: ['system' as const] };
  return {
    now,
    commandId: 'clock',
    actor,
    calendar: known,
    cycles: [],
    meeting: null,
    sitting: null,
    places: [],
    coursePlaces: null,
    checks: [],
    directory: null,
    student: null,
    slas: [],
    otherCases: [],
    retention: null,
    texts: null,
    application: null,
    named: null,
  };
}

test('an open case waits for somebody who can move it, or whom CAP can ask; a closed one for nobody, but CAP for e-mails not delivered', () => {
  judged(({ after, facts }) => {
    if (!after) return;
    const all = waits(after, facts.calendar);
    if (isOver(after))
      same(
        [...new Set(all.map(({ what, next }) => `${what} ${String(next)}`))].filter((each) => each !== 'undelivered-email null'),
        [],
      );
    else same(all.length > 0, true);
    const seen = viewers(after).map(({ party }) => party);
    same(
      lacking(
        all.map(({ party }) => party),
        seen,
      ),
      [],
    );
  });
});

test('whoever may give a command at a stage is among those who ever may', () => {
  judged(({ after }) => {
    if (!after) return;
    for (const kind of allowed(after)) same([kind, lacking(parties(after, kind), everGivenBy(after, kind))], [kind, []]);
  });
});
