// Checks of training providers, kept by CAP.
import { londonDay } from '../domain/calendar';
import { checkProblem, type Check } from '../domain/checks';
import { readCalendar } from '../records/calendar';
import { readChecks, saveCheck, type ProviderChecks } from '../records/checks';
import type { Person } from '../records/types';
import { mayNot } from './onBehalf';
import { unlessOvertaken, wrongValues, type Refused } from './refused';
import type { Services } from './services';

/**
 * Records a check that a provider has passed, and until when it holds.
 * @param read the version that was read, over which nobody else's change is written; null when that is not said
 * @throws DatabaseAway
 */
export async function recordCheck(
  { database, now }: Services,
  person: Person,
  provider: string,
  check: Check,
  read: number | null,
): Promise<ProviderChecks | Refused> {
  const refused = mayNot(person, 'keep-directory');
  if (refused) return refused;
  const problem = checkProblem(check, { calendar: (await readCalendar(database, person)).calendar, today: londonDay(now()) });
  if (problem) return wrongValues(problem);
  const find = async () => (await readChecks(database, person)).find((each) => each.provider === provider);
  const unknown: Refused = { refused: 'not-found', message: 'There is no such provider: look it up in the list of providers.' };
  if (!(await find())) return unknown;
  const saved = await saveCheck(database, person, provider, check, { read, at: now() });
  return unlessOvertaken(saved) ?? (await find()) ?? unknown;
}
