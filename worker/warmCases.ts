// How many cases a worker keeps in memory, so that their next decision replays no history: from the memory that it has.
import { totalmem } from 'node:os';
import { getHeapStatistics } from 'node:v8';

const MB = 2 ** 20;

/** What a case takes, with room to spare: about 260 KB were measured, 115 of them in V8's heaps, the rest in the core of the SDK. */
export const bytesACase = 0.3 * MB;
/** What everything else in the process takes. */
const bytesBeside = 250 * MB;

/** The limits that hold for this process, in bytes: V8's heap, the container, the machine. Where there is no container, its limit is huge. */
export function memoryLimits(): number[] {
  return [getHeapStatistics().heap_size_limit, process.constrainedMemory() || Infinity, totalmem()];
}

/** @returns how many cases fit into half of what the tightest of the limits leaves, and never fewer than the ten that the SDK wants */
export function warmCases(limits: readonly number[]): number {
  return Math.max(Math.floor((Math.min(...limits) - bytesBeside) / 2 / bytesACase), 10);
}
