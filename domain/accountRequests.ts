// What an organisation asks CAP for about its colleagues: an account for somebody, or the end of one. CAP accepts or declines; the grant itself is
// given by two people of CAP, and taken back by one (A21).
import type { EmailToWrite } from './emails';
import type { Actor } from './facts';
import type { Problem } from './problem';
import type { Host } from './words';

export const accountRequestKinds = ['give', 'end'] as const;
export type AccountRequestKind = (typeof accountRequestKinds)[number];

/**
 * `open`: it waits for CAP. `accepted`: one person of CAP has accepted an account, and a second one gives the grant. `done`: it is as it was asked for.
 */
export const accountRequestStates = ['open', 'accepted', 'done', 'declined', 'withdrawn'] as const;
export type AccountRequestState = (typeof accountRequestStates)[number];

/** A request as rules know it. */
export interface AccountRequest {
  /** `ACC-7K3QX9` */
  readonly id: string;
  /** The school or provider whose colleague it is about. */
  readonly party: Host;
  readonly kind: AccountRequestKind;
  /** Of the colleague. */
  readonly name: string;
  /** Null for the end of an account. */
  readonly email: string | null;
  /** Whose account it is; null until it is known. */
  readonly person: string | null;
  readonly why: string;
  readonly state: AccountRequestState;
}

/** What somebody asks for. */
export type AccountAsked =
  | { readonly kind: 'give'; readonly party: Host; readonly name: string; readonly email: string; readonly why: string }
  | { readonly kind: 'end'; readonly party: Host; readonly person: string; readonly why: string };

/** What is known of the organisation when one of it asks. */
export interface AccountFacts {
  /** Who acts for it, by id. */
  readonly colleagues: readonly { readonly person: string; readonly name: string }[];
  /** Whether somebody of it has the address that is given. */
  readonly hasAddress: boolean;
  /** Its requests that are not settled. */
  readonly waiting: readonly Pick<AccountRequest, 'id' | 'kind' | 'email' | 'person'>[];
}

/** @returns whether it is still to be settled, by CAP or by the second person of CAP */
export function isWaiting({ state }: Pick<AccountRequest, 'state'>): boolean {
  return state === 'open' || state === 'accepted';
}

/** @returns what stands against a request: one is asked for once, and nobody is asked for who is there, or for the end of who is not (A21) */
export function whyNotAskFor(asked: AccountAsked, { colleagues, hasAddress, waiting }: AccountFacts): Problem | null {
  const wrong = (field: string, message: string): Problem => ({ field, rule: 'A21', message });
  if (asked.kind === 'give') {
    if (hasAddress) return wrong('email', 'Somebody with this address acts for you already: see your colleagues.');
    const twice = waiting.find(({ kind, email }) => kind === 'give' && email?.toLowerCase() === asked.email.toLowerCase());
    return twice ? wrong('email', `An account for this address was asked for already, as ${twice.id}: CAP has it.`) : null;
  }
  if (!colleagues.some(({ person }) => person === asked.person)) {
    return wrong('person', 'They do not act for you: take one of your colleagues.');
  }
  const twice = waiting.find(({ kind, person }) => kind === 'end' && person === asked.person);
  return twice ? wrong('person', `The end of their account was asked for already, as ${twice.id}: CAP has it.`) : null;
}

/** @returns why an actor may not withdraw a request; null when they may: whoever acts for the organisation, while it waits for CAP */
export function whyNotWithdraw(actor: Actor, { party, state }: AccountRequest): string | null {
  if (!actor.parties.includes(party)) return 'It is withdrawn by the organisation that asked.';
  return state === 'open' ? null : settledAlready(state);
}

/** @returns why CAP cannot accept or decline a request; null when it can */
export function whyNotSettle({ state }: AccountRequest): string | null {
  return state === 'open' ? null : settledAlready(state);
}

function settledAlready(state: Exclude<AccountRequestState, 'open'>): string {
  const came: Record<typeof state, string> = {
    accepted: 'CAP has accepted it already: a second person of CAP gives the grant.',
    done: 'It is done already.',
    declined: 'CAP has declined it already.',
    withdrawn: 'It was withdrawn.',
  };
  return came[state];
}

/** An account as CAP knows it. */
export interface KnownAccount {
  readonly id: string;
  readonly active: boolean;
}

/**
 * Whose account is meant when CAP accepts that somebody be given one.
 * @param found who has the address already; null for nobody
 * @param named the short name that CAP gives a new person; null when none was given
 * @param taken whether somebody has that short name
 * @returns the id of the person, and whether they are added with it; or what is wrong
 */
export function accountMeant(
  found: KnownAccount | null,
  named: string | null,
  taken: boolean,
): { readonly id: string; readonly isNew: boolean } | Problem {
  const wrong = (message: string): Problem => ({ field: 'person', rule: 'A21', message });
  if (found) {
    if (!found.active) return wrong(`This address is that of ${found.id}, who has left: mark them as working with CAP first.`);
    const isOther = named !== null && named !== found.id;
    return isOther ? wrong(`This address has an account already: ${found.id}.`) : { id: found.id, isNew: false };
  }
  if (named === null) return wrong('They have no account yet: give them a short name, such as a.sample.');
  return taken ? wrong('Somebody has this short name, and another address: take another.') : { id: named, isNew: true };
}

/**
 * Who is told of a request as it stands now: CAP of a new one, and of one that waits for its second person; the organisation of what became of it.
 * @returns null where nobody is
 */
export function accountEmail({ party, kind, state }: Pick<AccountRequest, 'party' | 'kind' | 'state'>): EmailToWrite | null {
  if (state === 'open') return { to: 'cap', notices: [{ template: 'account-asked', kind }], awaited: [] };
  if (state === 'accepted') return { to: 'cap', notices: [{ template: 'account-accepted' }], awaited: [] };
  if (state === 'done' || state === 'declined') {
    return { to: party, notices: [{ template: 'account-settled', kind, came: state }], awaited: [] };
  }
  return null;
}
