// The model against the live stack: the random tries that walk the rules alone are given to real Postgres and Temporal as well. `MODEL_SEQUENCES=2000`
// for the long run; some forty in every other.
import fc from 'fast-check';
import { programmeCodes } from '../../domain/programmes';
import { anyMeetingTry } from '../support/meetingTries';
import { compare, type Sum } from '../support/model';
import { startService } from '../support/service';
import { anyTry } from '../support/tries';

const sequences = Number(process.env['MODEL_SEQUENCES'] ?? 40);
const seed = Number(process.env['MODEL_SEED'] ?? 2026);
/** Cases that go beside each other in one service, before another one with a fresh database begins today again. */
const beside = 40;

jest.setTimeout(120_000 + sequences * 10_000);

const anySequence = fc.record({
  programme: fc.constantFrom(...programmeCodes),
  placed: fc.boolean(),
  tries: fc.array(anyTry, { minLength: 10, maxLength: 32, size: 'max' }),
});
const anyMeeting = fc.array(anyMeetingTry, { minLength: 4, maxLength: 12, size: 'max' });

async function batch(index: number, count: number): Promise<Sum> {
  const service = await startService({ engine: 'time-skipping' });
  try {
    const cases = fc.sample(anySequence, { seed: seed + index, numRuns: count });
    return await compare(service, cases, fc.sample(anyMeeting, { seed: seed + index, numRuns: 6 }));
  } catch (error) {
    throw new Error(`With MODEL_SEED=${String(seed + index)}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  } finally {
    await service.stop();
  }
}

/** A long run says how far it has come. */
function say(done: number, { kinds, ...sum }: Sum): void {
  process.stdout.write(`${String(done)} sequences: ${JSON.stringify(sum)} ${[...kinds].sort().join(' ')}\n`);
}

test('record, timeline and workflow of every case and meeting are what the rules alone make of the same tries, and refusals are theirs', async () => {
  const sums: Sum[] = [];
  for (let from = 0; from < sequences; from += beside) {
    const sum = await batch(from / beside, Math.min(beside, sequences - from));
    sums.push(sum);
    if (sequences > beside) say(from + beside, sum);
  }
  const of = (count: (sum: Sum) => number) => sums.reduce((all, sum) => all + count(sum), 0);
  // That much happens, so that it means something.
  expect(of(({ recorded }) => recorded)).toBeGreaterThan(3 * sequences);
  expect(of(({ refused }) => refused)).toBeGreaterThan(2 * sequences);
  expect(of(({ ofItself }) => ofItself)).toBeGreaterThan(sequences);
  expect(of(({ byHand }) => byHand)).toBeGreaterThan(0);
});
