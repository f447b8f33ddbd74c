// Accounts of colleagues: who may be asked for, once, and whose account is meant when CAP accepts (A21).
import {
  accountEmail,
  accountMeant,
  whyNotAskFor,
  whyNotSettle,
  whyNotWithdraw,
  type AccountFacts,
  type AccountRequest,
} from '../../domain/accountRequests';

const give = { kind: 'give', party: 'school:SCH-A', name: 'New Sample', email: 'new@example.test', why: 'Joins.' } as const;
const end = { kind: 'end', party: 'school:SCH-A', person: 'old.sample', why: 'Has left.' } as const;
const facts: AccountFacts = { colleagues: [{ person: 'old.sample', name: 'Old Sample' }], hasAddress: false, waiting: [] };
const request: AccountRequest = { ...give, id: 'ACC-222222', person: null, state: 'open' };

test('an account is asked for once for an address, however it is written, and not for who acts for the organisation already', () => {
  expect(whyNotAskFor(give, facts)).toBeNull();
  expect(whyNotAskFor(give, { ...facts, hasAddress: true })).toMatchObject({ field: 'email', rule: 'A21' });
  const waiting = [{ id: 'ACC-222222', kind: 'give', email: 'NEW@example.test', person: null } as const];
  expect(whyNotAskFor(give, { ...facts, waiting })?.message).toContain('asked for already, as ACC-222222');
  expect(whyNotAskFor({ ...give, email: 'other@example.test' }, { ...facts, waiting })).toBeNull();
});

test('the end of an account is asked for once, of a colleague', () => {
  expect(whyNotAskFor(end, facts)).toBeNull();
  expect(whyNotAskFor({ ...end, person: 'somebody.else' }, facts)).toMatchObject({ field: 'person' });
  const waiting = [{ id: 'ACC-222222', kind: 'end', email: null, person: 'old.sample' } as const];
  expect(whyNotAskFor(end, { ...facts, waiting })?.message).toContain('ACC-222222');
});

test('CAP settles what is open, and the organisation alone withdraws it, while it is', () => {
  const own = { person: 'school.alder', parties: ['school:SCH-A'] } as const;
  expect([whyNotSettle(request), whyNotWithdraw(own, request)]).toEqual([null, null]);
  expect(whyNotWithdraw({ person: 'school.birch', parties: ['school:SCH-B'] }, request)).toContain('organisation that asked');
  for (const state of ['accepted', 'done', 'declined', 'withdrawn'] as const) {
    expect(whyNotSettle({ ...request, state })).not.toBeNull();
    expect(whyNotWithdraw(own, { ...request, state })).not.toBeNull();
  }
});

test('an address that has an account is that account; who is new is given a short name that nobody has', () => {
  const known = { id: 'known.one', active: true };
  expect(accountMeant(known, null, false)).toEqual({ id: 'known.one', isNew: false });
  expect(accountMeant(known, 'other.name', false)).toMatchObject({ field: 'person' });
  expect(accountMeant({ ...known, active: false }, null, false)).toMatchObject({ message: expect.stringContaining('has left') });
  expect(accountMeant(null, 'new.one', false)).toEqual({ id: 'new.one', isNew: true });
  expect(accountMeant(null, null, false)).toMatchObject({ field: 'person' });
  expect(accountMeant(null, 'known.one', true)).toMatchObject({ field: 'person' });
});

test('CAP is told of what is asked, and of what waits for its second person; the organisation of what became of it; nobody of what is withdrawn', () => {
  const told = (state: AccountRequest['state']) => {
    const email = accountEmail({ ...request, state });
    return email && [email.to, email.notices[0].template];
  };
  expect((['open', 'accepted', 'done', 'declined', 'withdrawn'] as const).map(told)).toEqual([
    ['cap', 'account-asked'],
    ['cap', 'account-accepted'],
    ['school:SCH-A', 'account-settled'],
    ['school:SCH-A', 'account-settled'],
    null,
  ]);
});
