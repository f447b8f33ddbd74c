// What may be tried of a meeting of the Multi-Agency Panel, in whatever order: one generator, for the rules alone and for the live service.
import fc from 'fast-check';
import { neededTexts, type MeetingCommand } from '../../domain/commands';
import type { Party } from '../../domain/words';

const lead = 'panel:multi-agency';
const person = fc.constantFrom('chair.one', 'vice.one', 'head.one', 'head.two', 'attendance.one', 'stranger');
const seat = fc.constantFrom('chair', 'vice-chair', 'headteacher-1', 'attendance', 'cap', 'throne');
const reference = fc.constantFrom('CAP-ONE', 'CAP-TWO', 'CAP-NINE');
const command = fc.oneof(
  fc.record({ kind: fc.constant('fillSeat' as const), body: fc.record({ seat, person }, { requiredKeys: ['seat'] }) }),
  fc.record({
    kind: fc.constant('declareInterest' as const),
    body: fc.record({ case: reference, person }, { requiredKeys: ['case'] }),
  }),
  fc.record({ kind: fc.constant('takeBackInterest' as const), body: fc.record({ case: reference, person }) }),
  fc.record({
    kind: fc.constant('recordAttendance' as const),
    body: fc
      .constantFrom('chair', 'chair,attendance', 'chair,headteacher-1', 'throne', 'vice-chair')
      .map((seats) => ({ present: seats })),
  }),
  fc.constantFrom<MeetingCommand>(
    { kind: 'signMinutes', body: {} },
    { kind: 'clock', body: {} },
    { kind: 'recalculate', body: {} },
    { kind: 'convene', body: {} },
  ),
);
const parties = fc.constantFrom<readonly Party[]>(
  ...([[lead], [lead, 'system'], [lead, 'system'], ['member:multi-agency'], ['cap'], ['school:SCH-A'], []] satisfies Party[][]),
);

export const anyMeetingTry = fc.record({
  command,
  parties,
  person,
  hours: fc.oneof(fc.nat(48), fc.nat(500)),
  planned: fc.constantFrom('as it was', 'as it was', 'as it was', 'moved', 'taken out'),
  undecided: fc.constantFrom(0, 0, 3),
  texts: fc.constantFrom<readonly string[] | null>(['interest', 'reason'], null),
});

export type MeetingTry = typeof anyMeetingTry extends fc.Arbitrary<infer T> ? T : never;

/** @returns the names of the texts that a command needs */
export const meetingWordsFor = ({ kind, body }: MeetingCommand): readonly string[] => neededTexts(kind, body);
