// What one person of CAP asks for about a person, and another gives or turns down (A21): a grant, or a way to sign in.
import type { Actor, SignIn } from './facts';
import type { Problem } from './problem';

/** What a person is to have. */
export type ToGive = { readonly person: string } & (
  { readonly kind: 'grant'; readonly party: string } | ({ readonly kind: 'sign-in' } & SignIn)
);

/** A person as rules know them. */
export interface KnownPerson {
  readonly id: string;
  readonly active: boolean;
  readonly grants: readonly string[];
  readonly signIns: readonly SignIn[];
}

/** @returns whether somebody is the second person of a request: neither who asked, nor whose it is */
export function isSecondPerson(
  { person }: Pick<Actor, 'person'>,
  request: { readonly askedBy: string; readonly person: string },
): boolean {
  return request.askedBy !== person && request.person !== person;
}

/**
 * @param waiting what waits for a second person already
 * @returns what stands against asking for something; null when nothing does
 */
export function whyNotAsk(
  { person }: Pick<Actor, 'person'>,
  asked: ToGive,
  people: readonly KnownPerson[],
  waiting: readonly ToGive[],
): Problem | null {
  if (asked.person === person) return wrong('person', 'Nobody asks for themself: a colleague does.');
  const twice = waiting.some((each) => isSame(each, asked));
  const waits = () => wrong(fieldOf(asked), 'It waits for a second person already: it is given or turned down under People.');
  return whyNotGive(asked, people) ?? (twice ? waits() : null);
}

/** @returns what stands against giving something as people are now, whoever gives it; null when nothing does */
export function whyNotGive(asked: ToGive, people: readonly KnownPerson[]): Problem | null {
  const whose = people.find(({ id }) => id === asked.person);
  if (!whose) return wrong('person', 'There is no such person: look them up in the list of people.');
  if (!whose.active) return wrong('person', 'They have left: say first that they work with CAP again.');
  if (asked.kind === 'grant') {
    return whose.grants.includes(asked.party) ? wrong(fieldOf(asked), 'They have that grant already.') : null;
  }
  const holder = people.find(({ signIns }) => signIns.some((each) => isSameWay(each, asked)));
  if (!holder) return null;
  const message = holder === whose ? 'They sign in so already.' : 'Somebody signs in so already: one sign-in is one person.';
  return wrong(fieldOf(asked), message);
}

/**
 * @param found who they are now; absent: nobody yet
 * @returns what stands against saying that somebody works with CAP; null when nothing does. Whoever has left comes back without what they had, which is
 *   given by two people
 */
export function whyNotBack(found: KnownPerson | undefined): Problem | null {
  if (!found || found.active || found.grants.length + found.signIns.length === 0) return null;
  const message =
    'They left with grants or ways to sign in: take these back first. What they need now is asked for and given as for anybody new.';
  return wrong('active', message);
}

/** @returns whether two requests are for the same: one grant of one person, or one way to sign in, which is nobody else's */
export function isSame(one: ToGive, other: ToGive): boolean {
  if (one.kind === 'sign-in') return other.kind === 'sign-in' && isSameWay(one, other);
  return other.kind === 'grant' && one.party === other.party && one.person === other.person;
}

function isSameWay(one: SignIn, other: SignIn): boolean {
  return one.issuer === other.issuer && one.subject === other.subject;
}

const fieldOf = ({ kind }: ToGive) => (kind === 'grant' ? 'party' : 'subject');
const wrong = (field: string, message: string): Problem => ({ field, rule: 'A21', message });
