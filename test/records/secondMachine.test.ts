// The record step is written once: a machine that is made up here, a visit of CAP to a provider, is recorded by it as a case is.
import type { Instant, IsoDate } from '../../domain/calendar';
import type { CommonFacts } from '../../domain/facts';
import { refusedOutright, type Machine, type MachineState } from '../../domain/machine';
import { refuse } from '../../domain/refusal';
import type { Wait } from '../../domain/state';
import type { Party } from '../../domain/words';
import { calendarOfVersion } from '../../records/calendarRows';
import { recordStep, type Found, type KeptMachine } from '../../records/recordStep';
import { calendar2024 } from '../support/story';
import { openCasework, type Casework } from './casework';

interface Visit extends MachineState {
  readonly provider: Party;
  readonly day: IsoDate;
  readonly held: boolean;
}

type Command = { readonly kind: 'planVisit'; readonly day: IsoDate } | { readonly kind: 'recordVisit' };
type Event = { readonly at: Instant } & (
  { readonly kind: 'visitPlanned'; readonly day: IsoDate } | { readonly kind: 'visitHeld' }
);

const reference = 'VISIT-1';

const visitMachine: Machine<Visit, Command, Event, CommonFacts> = {
  titles: { planVisit: 'Plan the visit', recordVisit: 'Record the visit' },
  read: (kind, body) => {
    const { day } = Object(body) as { day?: unknown };
    if (kind === 'planVisit' && typeof day === 'string') return { kind, day };
    return kind === 'recordVisit' ? { kind } : refuse('unreadable', 'message', `There is no command ${kind}.`);
  },
  decide: (state, command, facts) => {
    if (state === null) {
      return command.kind === 'planVisit'
        ? [{ kind: 'visitPlanned', day: command.day, at: facts.now }]
        : refuse('unknown-case', 'stage', 'Plan the visit first.');
    }
    return refusedOutright(visitMachine, state, command.kind, facts.actor) ?? [{ kind: 'visitHeld', at: facts.now }];
  },
  evolve: (state, event) => {
    if (event.kind === 'visitHeld' && state) return { ...state, held: true, updated: event.at };
    const day = event.kind === 'visitPlanned' ? event.day : '';
    return { reference, step: 0, updated: event.at, provider: 'provider:TP-ONE', day, held: false };
  },
  allowed: (state) => (state === null ? ['planVisit'] : state.held ? [] : ['recordVisit']),
  parties: () => ['cap'],
  everGivenBy: () => ['cap'],
  sides: () => [],
  waits: ({ held, day }): Wait[] =>
    held ? [] : [{ what: 'review', subject: null, party: 'cap', role: 'cap', due: `${day}T22:59:59.999Z`, next: null }],
  viewers: ({ provider }) => [
    { party: 'cap', until: null },
    { party: provider, until: null },
  ],
  isOver: ({ held }) => held,
  emails: (_before, events, { provider }) =>
    events.flatMap(({ kind }) =>
      kind === 'visitPlanned' ? [{ to: provider, notices: [{ template: 'closed' }], awaited: [] }] : [],
    ),
};

const keptVisit: KeptMachine<Visit, Command, Event, CommonFacts> = {
  machine: visitMachine,
  begin: async (db, connection, { reference: which, commandId, enteredBy }) => {
    const locked = await connection.$queryRaw<{ state: Visit }[]>`SELECT state FROM visits WHERE reference = ${which} FOR UPDATE`;
    const [asked] = await connection.$queryRaw<{ found: Omit<Found<Visit>, 'state' | 'waits'> & { calendar: number } }[]>`
      SELECT begin_step(${which}, ${commandId}, ${enteredBy}) AS found`;
    if (!asked) throw new Error('Postgres answered without a row');
    const state = locked[0]?.state ?? null;
    return {
      found: { ...asked.found, state, waits: state && visitMachine.waits(state, calendar2024) },
      notBefore: state?.updated ?? null,
      gather: async ({ command: _command, ...read }) => ({
        facts: { ...read, calendar: (await calendarOfVersion(db, connection, asked.found.calendar)).calendar },
        meetingDay: null,
        undelivered: () => [],
        keep: (within, _before, after) =>
          within.$executeRaw`INSERT INTO visits VALUES (${after.reference}, ${JSON.stringify(after)}::jsonb)
            ON CONFLICT (reference) DO UPDATE SET state = excluded.state`,
      }),
    };
  },
};

let casework: Casework;
beforeAll(async () => {
  casework = await openCasework();
  const superuser = await casework.asSuperuser();
  await superuser.query('CREATE TABLE visits (reference text PRIMARY KEY, state jsonb NOT NULL)');
  await superuser.query('GRANT SELECT, INSERT, UPDATE ON visits TO cap_worker');
});
afterAll(() => casework.stop());

const give = (id: string, person: string, kind: string, body: object, now: Instant) =>
  recordStep(keptVisit, casework.worker, {
    ...{ reference, now },
    asked: { id, kind, body, person, source: 'temporal', seal: { once: `number-${id}` } },
  });

test('commands, timeline, waits, viewers and e-mails of another machine are kept as those of a case are', async () => {
  const worker = await casework.as('cap_worker');
  const rowsOf = async (sql: string) => (await worker.query<Record<string, unknown>>(sql)).rows;
  const waits = () => rowsOf(`SELECT what, party FROM case_waits WHERE reference = 'VISIT-1'`);

  const planned = await give('plan', 'cap.team', 'planVisit', { day: '2024-12-19' }, '2024-12-02T10:00:00.000Z');
  expect(planned).toMatchObject({ result: 'recorded', state: { step: 1, day: '2024-12-19' } });
  expect(planned.emails.map(({ id }) => id)).toEqual(['VISIT-1.1.closed.provider-TP-ONE']);

  expect(await waits()).toEqual([{ what: 'review', party: 'cap' }]);

  // The same command again decides nothing, and a stranger nothing either.
  expect(await give('plan', 'cap.team', 'planVisit', { day: '2024-12-19' }, '2024-12-03T10:00:00.000Z')).toEqual(planned);
  const refused = await give('no', 'school.alder', 'recordVisit', {}, '2024-12-19T09:00:00.000Z');
  expect(refused).toMatchObject({ result: 'refused', refusal: { refused: 'not-yours', rule: 'role' }, state: { step: 1 } });

  const held = await give('hold', 'cap.team', 'recordVisit', {}, '2024-12-19T10:00:00.000Z');
  expect(held).toMatchObject({ result: 'recorded', state: { step: 2, held: true }, waits: [] });

  expect(
    await rowsOf(`SELECT step, kind, command, previous = '' AS first FROM timeline WHERE reference = 'VISIT-1' ORDER BY step`),
  ).toEqual([
    { step: 1, kind: 'visitPlanned', command: 'plan', first: true },
    { step: 2, kind: 'visitHeld', command: 'hold', first: false },
  ]);
  expect(await rowsOf(`SELECT party, from_step FROM case_viewers WHERE reference = 'VISIT-1' ORDER BY party`)).toEqual([
    { party: 'cap', from_step: 0 },
    { party: 'provider:TP-ONE', from_step: 1 },
  ]);
  expect(await waits()).toEqual([]);
});
