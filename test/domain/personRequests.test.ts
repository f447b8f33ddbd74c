// What one person of CAP asks for about a person, and another gives: a grant, or a way to sign in (A21).
import { isSecondPerson, whyNotAsk, whyNotGive, type KnownPerson } from '../../domain/personRequests';

const issuer = 'https://identity.example.test';
const person = (id: string, change: Partial<KnownPerson> = {}): KnownPerson => ({
  ...{ id, active: true, grants: [], signIns: [] },
  ...change,
});
const people = [
  person('cap.team', { grants: ['cap'], signIns: [{ issuer, subject: 'cap.team' }] }),
  person('has.both', { grants: ['school:SCH-A'], signIns: [{ issuer, subject: 'has.both' }] }),
  person('new.sample'),
  person('has.left', { active: false }),
];
const grant = (whose: string, party = 'school:SCH-A') => ({ kind: 'grant', person: whose, party }) as const;
const signIn = (whose: string, subject: string, at = issuer) =>
  ({ kind: 'sign-in', person: whose, issuer: at, subject }) as const;
const ask = (asked: Parameters<typeof whyNotAsk>[1], waiting: Parameters<typeof whyNotAsk>[3] = []) =>
  whyNotAsk({ person: 'cap.team' }, asked, people, waiting);

test('the second person is neither who asked nor whose it is', () => {
  const request = { askedBy: 'cap.team', person: 'new.sample' };
  expect(['cap.lead', 'cap.team', 'new.sample'].map((each) => isSecondPerson({ person: each }, request))).toEqual([
    ...[true, false, false],
  ]);
});

test('a grant and a way to sign in are asked for once, whoever asks; another one is another request', () => {
  for (const asked of [grant('new.sample'), signIn('new.sample', 'new')]) {
    expect(ask(asked)).toBeNull();
    expect(ask(asked, [asked])).toMatchObject({ rule: 'A21', message: expect.stringContaining('waits for a second person') });
  }
  expect(ask(grant('new.sample', 'school:SCH-B'), [grant('new.sample')])).toBeNull();
  expect(ask(grant('new.sample'), [grant('has.both'), signIn('new.sample', 'new')])).toBeNull();
  for (const other of [signIn('new.sample', 'other'), signIn('new.sample', 'new', 'https://other.example.test')]) {
    expect(ask(other, [signIn('new.sample', 'new')])).toBeNull();
  }
});

test('one way to sign in waits for one person alone', () => {
  expect(ask(signIn('has.both', 'new'), [signIn('new.sample', 'new')])).toMatchObject({ field: 'subject' });
});

test.each([
  ['for themself', grant('cap.team'), 'person', 'a colleague does'],
  ['a way to sign in for themself', signIn('cap.team', 'other'), 'person', 'a colleague does'],
  ['for nobody', signIn('no.such', 'new'), 'person', 'no such person'],
] as const)('nobody asks %s', (_, asked, field, message) => {
  expect(ask(asked)).toMatchObject({ field, message: expect.stringContaining(message) });
});

test.each([
  ['a grant to who has left', grant('has.left'), 'person', 'have left'],
  ['a way to sign in to who has left', signIn('has.left', 'left'), 'person', 'have left'],
  ['a grant that they have', grant('has.both'), 'party', 'have that grant already'],
  ['a way to sign in that they have', signIn('has.both', 'has.both'), 'subject', 'sign in so already'],
  ['the way in which somebody else signs in', signIn('new.sample', 'has.both'), 'subject', 'one sign-in is one person'],
] as const)('nobody asks for %s, and a second person does not give it', (_, asked, field, message) => {
  const problem = { field, rule: 'A21', message: expect.stringContaining(message) };
  expect([ask(asked), whyNotGive(asked, people)]).toMatchObject([problem, problem]);
});
