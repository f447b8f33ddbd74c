// What people may try of a case: any command, with a body that can be read, by anybody, after some time, with words or without. One generator,
// for the rules alone and for the live service.
import fc from 'fast-check';
import { addDays, schoolDayFrom, type Calendar, type Instant } from '../../domain/calendar';
import { allowed } from '../../domain/case';
import { waits } from '../../domain/clock';
import { commandTable, neededTexts, parseCommand, type Command, type CommandKind } from '../../domain/commands';
import type { CoursePlaces } from '../../domain/facts';
import { planTexts } from '../../domain/stages/startDate';
import type { CaseState } from '../../domain/state';
import type { Party } from '../../domain/words';

const kinds = Object.keys(commandTable) as CommandKind[];

/** Whoever may try something. */
export const everybody: readonly Party[] = [
  'cap',
  'audit',
  'ops',
  'system',
  'school:SCH-A',
  'school:SCH-B',
  'provider:TP-ONE',
  'provider:TP-TWO',
  'provider:AP-ACADEMY',
  'panel:review-and-authorisation',
  'panel:multi-agency',
  'panel:headteacher-placement',
];
/** Milliseconds. */
export const hour = 3_600_000;

/** @returns when the clock of a case acts next; null when it rests */
export function nextOf(state: CaseState, calendar: Calendar): Instant | null {
  return (
    waits(state, calendar)
      .flatMap(({ next }) => next ?? [])
      .sort()[0] ?? null
  );
}

/** @param ms milliseconds */
export function later(time: Instant, ms: number): Instant {
  return new Date(Date.parse(time) + ms).toISOString();
}

/** One thing that somebody tries: numbers, of which `commandOf` makes a command that reads, so that a failing walk is short to read. */
export interface Try {
  readonly what: CommandKind | 'an ending' | 'a way on' | 'a way back';
  readonly choice: number;
  /** Days from the moment of the command to the day that it names. */
  readonly day: number;
  readonly strange: boolean;
  readonly by: 'right' | readonly Party[];
  readonly hours: number;
  /** Waits until the clock is due instead. */
  readonly untilDue: boolean;
  /** All that it needs; none of them; or none because it came through Temporal. */
  readonly words: 'needed' | 'missing' | 'none travel';
  readonly rows: 'all cycles' | 'no cycle' | 'half the cycles' | 'moved meetings';
  readonly terms: 'known' | 'unknown';
  readonly places: 'free' | 'full';
  readonly course: CoursePlaces | null;
}

const mostly = <T>(usual: fc.Arbitrary<T>, sometimes: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 8, arbitrary: usual }, { weight: 1, arbitrary: sometimes });

export const anyTry: fc.Arbitrary<Try> = fc.record({
  what: fc.oneof(
    { weight: 8, arbitrary: fc.constant('a way on' as const) },
    { weight: 1, arbitrary: fc.constant('an ending' as const) },
    { weight: 1, arbitrary: fc.constant('a way back' as const) },
    { weight: 2, arbitrary: fc.constantFrom(...kinds) },
  ),
  choice: fc.nat(999),
  day: mostly(fc.integer({ min: -14, max: 60 }), fc.integer({ min: -60, max: 400 })),
  strange: mostly(fc.constant(false), fc.constant(true)),
  by: mostly<'right' | readonly Party[]>(fc.constant('right'), fc.uniqueArray(fc.constantFrom(...everybody), { maxLength: 3 })),
  hours: fc.oneof(fc.nat(48), fc.nat(24 * 40)),
  untilDue: mostly(fc.constant(false), fc.constant(true)),
  words: fc.constantFrom<Try['words']>(...Array<Try['words']>(30).fill('needed'), 'missing', 'none travel'),
  rows: fc.constantFrom('all cycles', 'all cycles', 'no cycle', 'half the cycles', 'moved meetings'),
  terms: mostly<Try['terms']>(fc.constant('known'), fc.constant('unknown')),
  places: mostly<Try['places']>(fc.constant('free'), fc.constant('full')),
  course: mostly<Try['course']>(
    fc.constant(null),
    fc.record({ course: fc.constant('T1-BICYCLES'), left: fc.constantFrom(0, 1), hasSla: fc.boolean() }),
  ),
});

interface FieldRow {
  readonly type: string;
  readonly values?: readonly string[];
  readonly optional?: boolean;
  readonly when?: { readonly field: string; readonly is: readonly string[] };
}

/** @returns the names of the texts that a command needs as the case stands */
export function wordsFor(state: CaseState | null, { kind, body }: Command): readonly string[] {
  const owed = state?.matters.find((matter) => matter.kind === 'reasons');
  if (kind === 'giveReasons' && owed) return owed.owes;
  return kind === 'confirmStart' ? [...neededTexts(kind, body), ...planTexts] : neededTexts(kind, body);
}

const courses = ['T1-CATERING', 'INS-SUBSTANCES', 'T1-BICYCLES'];
const tasks = ['monitoring-officer', 'termly-report', 'bespoke-plan', 'staff-training', 'final-report', 'my-support-plan'];
function codesOf(kind: CommandKind): readonly string[] {
  if (kind === 'recordTask') return tasks;
  return kind === 'allocateSchool' ? ['SCH-B', 'SCH-C'] : ['TP-ONE', 'TP-TWO'];
}

/**
 * The command that is tried.
 * @param known the terms by which days are mostly school days
 * @throws Error when it cannot be read: the generator is wrong then
 */
export function commandOf(kind: CommandKind, now: Instant, { choice, day, strange }: Try, known: Calendar): Command {
  const fields: Readonly<Record<string, FieldRow>> = commandTable[kind].fields;
  const wanted = addDays(now.slice(0, 10), day);
  // Mostly a school day: on any other no placement starts.
  const named = choice % 7 === 0 ? wanted : (schoolDayFrom(wanted, known) ?? wanted);
  const values: Record<string, unknown> = {
    code: codesOf(kind)[choice % codesOf(kind).length],
    flag: choice % 3 === 0,
    weekdays: ['mon,tue', 'thu,fri-am', 'tue,wed', 'mon,wed,fri'][choice % 4],
    day: strange ? ['2000-01-01', '2099-12-31'][choice % 2] : named,
    instant: strange ? ['2099-12-31T23:59:59.999Z', '2000-01-01T00:00:00.000Z'][choice % 2] : `${named}T12:00:00.000Z`,
  };
  const body = Object.entries(fields).flatMap(([name, { type, values: all, optional }], index) =>
    // Days of the week mostly do not fit: a start without them is tried more often.
    optional && (type === 'weekdays' ? choice % 10 > 4 : choice % 5 < 2)
      ? []
      : [
          [
            name,
            all
              ? all[Math.floor(choice / (7 * 4 ** index)) % all.length]
              : name === 'course'
                ? courses[choice % courses.length]
                : values[type],
          ],
        ],
  );
  const said = Object.fromEntries(body) as Record<string, unknown>;
  const belonging = Object.entries(said).filter(([name]) => {
    const only = fields[name]?.when;
    return !only || only.is.includes(String(said[only.field]));
  });
  const read = parseCommand(kind, Object.fromEntries(belonging));
  if ('problems' in read) throw new Error(`${kind}: ${JSON.stringify(read.problems)}`);
  return read;
}

const endings = ['withdraw', 'closeCase'];
const everywhere = [
  ...endings,
  'takeBackCheck',
  'takeBackDecision',
  'noteCpoms',
  'makeComplaint',
  'answerComplaint',
  'callMeeting',
  'recordMeeting',
  'nameCaseWorker',
  'nameMonitoringOfficer',
  'recordAgreement',
  'withdrawAgreement',
  'settleAgreement',
  'clock',
  'recalculate',
  'emailUndelivered',
  'settleEmail',
];

/** Who had accepted may decline after all, and CAP may find another host: that is no way on. */
const isBack = (kind: CommandKind, state: CaseState | null) =>
  state?.position.stage === 'start-date'
    ? kind === 'providerResponse' || kind === 'recordOnboarding'
    : state?.position.stage === 'placement' && afterAll.includes(kind);

const afterAll: readonly CommandKind[] = ['providerResponse', 'recordOnboarding', 'allocateSchool', 'sendPack'];

/** @returns what is tried as the case stands */
export function kindOf(state: CaseState | null, { what, choice }: Try): CommandKind {
  if (what !== 'a way on' && what !== 'a way back' && what !== 'an ending') return what;
  const takes = allowed(state);
  const isWanted = {
    'a way on': (kind: CommandKind) => !everywhere.includes(kind) && !isBack(kind, state),
    'a way back': (kind: CommandKind) => isBack(kind, state),
    'an ending': (kind: CommandKind) => endings.includes(kind),
  };
  const wanted = takes.filter(isWanted[what]);
  const from = wanted.length > 0 ? wanted : takes;
  return from[choice % from.length] ?? 'clock';
}
