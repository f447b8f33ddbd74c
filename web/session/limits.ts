// How often somebody may try: by address where nobody is known yet, by person after that. Counted in this process alone: a count in Postgres would
// be a write at every request, and generous limits stay limits when several processes share the requests.
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { HttpProblem } from '../../api/problems';

export interface Rate {
  readonly times: number;
  readonly seconds: number;
}

export interface Limit {
  /**
   * Counts one more.
   * @param onFirst told of the first that is too many
   * @throws HttpProblem too-many, with when to try again
   */
  count(whose: string, onFirst?: () => void): Promise<void>;
}

export function limit({ times, seconds }: Rate): Limit {
  const limiter = new RateLimiterMemory({ points: times, duration: seconds });
  return {
    count: async (whose, onFirst) => {
      try {
        await limiter.consume(whose);
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error;
        if (error.consumedPoints === times + 1) onFirst?.();
        throw tooMany(Math.max(1, Math.ceil(error.msBeforeNext / 1000)));
      }
    },
  };
}

function tooMany(seconds: number): HttpProblem {
  const minutes = Math.ceil(seconds / 60);
  const wait = seconds < 60 ? `${seconds} seconds` : minutes === 1 ? 'a minute' : `${minutes} minutes`;
  return new HttpProblem('too-many', `Wait ${wait}, then try again.`, { headers: { 'Retry-After': String(seconds) } });
}

/** @returns the network of an address: an IPv6 one counts with the 64 bits that one household or office is given */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+(?:\.\d+){3})$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!address.includes(':')) return address;
  const [head = '', tail = ''] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const after = tail === '' ? [] : tail.split(':');
  const all = address.includes('::')
    ? [...groups, ...Array<string>(Math.max(0, 8 - groups.length - after.length)).fill('0'), ...after]
    : groups;
  return `${all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
