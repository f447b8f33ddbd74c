// When things happened: a key that was refused dates nothing into the past, and no timeline ever runs backwards.
import fc from 'fast-check';
import type { BodyOf, CommandKind, PersonCommandKind } from '../../domain/commands';
import { saveDraft } from '../../records/drafts';
import { completeAnswers } from '../support/story';
import { check, openCasework, submission, type Casework } from './casework';

let casework: Casework;
beforeAll(async () => (casework = await openCasework()));
afterAll(() => casework.stop());

/** The times of a case's events, in the order in which they were recorded. */
async function timesOf(reference: string): Promise<{ readonly kind: string; readonly at: string }[]> {
  const client = await casework.asSuperuser();
  const { rows } = await client.query<{ kind: string; at: string }>(
    'SELECT kind, instant(at) AS at FROM timeline WHERE reference = $1 ORDER BY step, seq',
    [reference],
  );
  await client.end();
  return rows;
}

const timeOf = async (reference: string, kind: string) => (await timesOf(reference)).find((event) => event.kind === kind)?.at;

/** Hands the same in under the same key, to be recorded at some time. */
function withKey<K extends CommandKind>(key: string, by: string, reference: string, kind: K, body: BodyOf<K>) {
  return async (at: string, texts: Readonly<Record<string, string>> = {}) =>
    casework.record(reference, await casework.handIn(by, reference, kind, body, at, texts, key), at);
}

test('an interview that was booked too early and again with the same key is not booked for a time that is past by then', async () => {
  const reference = await casework.draft('tier-1-course');
  await casework.does('school.alder', reference, 'submit', {}, submission);
  const book = withKey('book', 'school.alder', reference, 'bookInterview', { at: '2024-11-28T12:00:00.000Z' });
  expect(await book('2024-11-28T11:00:00.000Z')).toMatchObject({ refusal: { refused: 'not-now' } });
  await casework.does('cap.team', reference, 'checkPack', { result: 'complete' }, '2024-11-28T11:30:00.000Z');
  expect(await book('2024-11-28T12:15:00.000Z')).toMatchObject({ refusal: { refused: 'wrong-value', field: 'at' } });
  const put = withKey('book', 'school.alder', reference, 'bookInterview', { at: '2024-11-28T13:00:00.000Z' });
  expect((await put('2024-11-28T12:20:00.000Z')).result).toBe('recorded');
  expect(await timeOf(reference, 'interviewBooked')).toBe('2024-11-28T12:20:00.000Z');
});

test('an acceptance that came before the interview and again with the same key counts from when it was right', async () => {
  const reference = await casework.flourishAtInterview();
  const accept = withKey('accept', 'provider.one', reference, 'providerResponse', { result: 'accept' });
  expect((await accept('2024-12-17T11:00:00.000Z')).result).toBe('refused');
  await casework.does('provider.one', reference, 'bookInterview', { at: '2024-12-17T12:30:00.000Z' }, '2024-12-17T11:10:00.000Z');
  await casework.does('provider.one', reference, 'recordInterview', { result: 'held' }, '2024-12-17T13:00:00.000Z');
  expect((await accept('2024-12-17T13:05:00.000Z')).result).toBe('recorded');
  expect(await timeOf(reference, 'providerAccepted')).toBe('2024-12-17T13:05:00.000Z');
});

test('a submission that was refused because it lacked an answer counts from when it was whole', async () => {
  const reference = await casework.draft('flourish', 'school.alder', { 'case-worker': '' });
  const submit = withKey('submit', 'school.alder', reference, 'submit', {});
  expect(await submit(submission)).toMatchObject({ refusal: { refused: 'not-eligible' } });
  const whole = completeAnswers('flourish', '2024-11-28');
  await saveDraft(
    casework.api,
    await casework.person('school.alder'),
    reference,
    { student: await casework.studentOf(reference), course: null, answers: whole, version: 1 },
    '2024-11-28T10:20:00.000Z',
  );
  expect((await submit('2024-11-28T10:30:00.000Z')).result).toBe('recorded');
  expect(await timeOf(reference, 'submitted')).toBe('2024-11-28T10:30:00.000Z');
});

test('a submission on its way does not count from before its draft was last saved', async () => {
  const reference = await casework.draft('flourish');
  const command = await casework.handIn('school.alder', reference, 'submit', {}, '2024-11-28T10:10:00.000Z');
  const answers = completeAnswers('flourish', '2024-11-28');
  const change = { student: await casework.studentOf(reference), course: null, answers, version: 1 };
  await saveDraft(casework.api, await casework.person('school.alder'), reference, change, '2024-11-28T10:20:00.000Z');
  await casework.record(reference, command, '2024-11-28T10:30:00.000Z');
  expect(await timeOf(reference, 'submitted')).toBe('2024-11-28T10:30:00.000Z');
});

test('while the engine was away a deadline is judged by when the command was received; after an hour, by when it is taken', async () => {
  const late = '2024-12-16T00:30:00.000Z';
  const decide = async (received: string, now: string) => {
    const reference = await casework.flourishAtPanel();
    const texts = { reasons: 'Early.' };
    const given = await casework.handIn('chair.review', reference, 'panelDecision', { outcome: 'approve' }, received, texts);
    return casework.record(reference, given, now);
  };
  expect(await decide('2024-12-15T23:45:00.000Z', late)).toMatchObject({ refusal: { refused: 'before-the-meeting' } });
  expect((await decide(check, late)).result).toBe('recorded');
});

/** What anybody might send to a case on the way to its placement, right or wrong, early or late. */
const sendable: readonly (readonly [string, PersonCommandKind, object, Readonly<Record<string, string>>])[] = [
  ['school.alder', 'submit', {}, {}],
  ['cap.team', 'checkPack', { result: 'complete' }, {}],
  ['cap.team', 'checkPack', { result: 'returned' }, { missing: 'A page.', reasons: 'A page.' }],
  ['school.alder', 'resubmitPack', {}, {}],
  ['chair.review', 'panelDecision', { outcome: 'approve' }, { reasons: 'It fits.' }],
  ['chair.review', 'panelDecision', { outcome: 'defer' }, { reasons: 'Not yet.', information: 'More.' }],
  ['cap.team', 'sendPack', { provider: 'TP-ONE' }, {}],
  ['provider.one', 'bookInterview', { at: '2024-12-18T12:00:00.000Z' }, {}],
  ['provider.one', 'recordInterview', { result: 'held' }, {}],
  ['provider.one', 'providerResponse', { result: 'accept' }, {}],
  ['school.alder', 'confirmStart', { start: '2025-01-13' }, {}],
  ['school.alder', 'withdraw', {}, { reason: 'Moved away.', reasons: 'Moved away.' }],
];

test('no timeline ever runs backwards, whatever is sent, refused and sent again with the same key, and however long it lies', async () => {
  const minutes = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 0, max: 90 }) }, fc.integer({ min: 0, max: 3 * 24 * 60 }));
  const action = fc.record({
    what: fc.oneof(
      fc.nat(sendable.length - 1),
      fc.nat(sendable.length - 1).map((n) => Math.floor(n / 2)),
    ),
    key: fc.constantFrom('one', 'two'),
    /** A door writes its row; the workflow takes it, then or later; or both at once. */
    does: fc.constantFrom('receives', 'takes', 'both'),
    passes: minutes,
    /** By how much the clock of the door differs from the workflow's, in milliseconds. */
    skew: fc.integer({ min: -2000, max: 2000 }),
  });
  let recorded = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 20, maxLength: 40 }), async (actions) => {
      const reference = await casework.draft('flourish');
      let time = Date.parse(submission);
      const ids = new Map<string, string>();
      for (const { what, key, does, passes, skew } of actions) {
        time += passes * 60_000;
        const [by, kind, body, texts] = sendable[what] ?? sendable[0] ?? [];
        if (by === undefined || kind === undefined || body === undefined) throw new Error('Nothing to send');
        const name = `${what} ${key}`;
        if (does !== 'takes') {
          const received = new Date(time + skew).toISOString();
          ids.set(name, await casework.handIn(by, reference, kind, body, received, texts, name));
        }
        const id = ids.get(name);
        if (does === 'receives' || id === undefined) continue;
        if ((await casework.record(reference, id, new Date(time).toISOString())).result === 'recorded') recorded += 1;
      }
      const times = (await timesOf(reference)).map(({ at }) => at);
      expect(times).toEqual([...times].sort());
      for (const at of times) expect(at <= new Date(time + 2000).toISOString()).toBe(true);
    }),
    { numRuns: 25 },
  );
  expect(recorded).toBeGreaterThan(25);
});
