// What is kept no longer, as CAP looks after it (A14): what falls due, legal holds, and all that is held of one student.
import { londonDay, type Instant } from '../domain/calendar';
import { retentionOf } from '../domain/retention';
import { liftHold, placeHold, readHold, type Holdable, type LegalHold } from '../records/legalHolds';
import { fallingDue, studentsFallingDue, type KeptCase, type KeptStudent } from '../records/retention';
import { matchesOf } from '../records/students';
import { readSubject, type Subject } from '../records/subjectAccess';
import type { Person } from '../records/types';
import { mayNot } from './onBehalf';
import { once } from './once';
import { wrongValues, type Refused } from './refused';
import type { Services } from './services';

/** How many closed cases are looked at for one page. */
const atOnce = 500;

/**
 * The closed cases that are erased within 60 days, or are held though their day has come, and with the first of them the students of whom there is no
 * case and no draft.
 * @param after the reference at which the page before ended; '' for the first
 * @returns some of them, by their reference, and where the next page begins: one page may be empty before the last
 * @throws DatabaseAway
 */
export async function casesFallingDue(
  { database, now }: Services,
  person: Person,
  after: string,
): Promise<
  { readonly cases: readonly KeptCase[]; readonly students: readonly KeptStudent[]; readonly next: string | null } | Refused
> {
  const refused = mayNot(person, 'keep-retention');
  if (refused) return refused;
  const today = londonDay(now());
  return database.asActor(person, async (connection) => ({
    ...(await fallingDue(connection, today, { after, atOnce })),
    students: after === '' ? await studentsFallingDue(connection, today, atOnce) : [],
  }));
}

/**
 * Places a legal hold on a case, open or closed, or on a student with all their cases and drafts.
 * @param key the caller's Idempotency-Key; null when there is none
 * @throws DatabaseAway
 */
export async function holdLegally(
  services: Services,
  person: Person,
  { on, reason }: { readonly on: Holdable; readonly reason: string },
  key: string | null,
): Promise<LegalHold | Refused> {
  const refused = mayNot(person, 'keep-retention');
  if (refused) return refused;
  const { database, now } = services;
  const read = async (id: string) => (await readHold(database, person, id)) ?? noHold;
  return once(
    services,
    person,
    key === null ? null : { what: 'hold', key, body: { on, reason } },
    async (keep): Promise<LegalHold | Refused> => {
      const placed = await placeHold(database, person, on, reason, now(), keep);
      if (placed === 'erased') return erasedAlready;
      return placed ? read(placed.id) : nothingToHold(on);
    },
    read,
  );
}

const noHold: Refused = { refused: 'not-found', message: 'There is no such hold: look it up in the list of holds.' };
const erasedAlready: Refused = {
  refused: 'not-editable',
  rule: 'A14',
  message: 'What was written of this case is erased already: there is nothing left to hold.',
};

function nothingToHold(on: Holdable): Refused {
  return 'student' in on
    ? wrongValues({ field: 'student', rule: 'A14', message: 'There is no such student: look them up in the list of students.' })
    : wrongValues({ field: 'reference', rule: 'A14', message: 'There is no such case: look it up in the list of cases.' });
}

/** Lifts a hold that a colleague placed: what falls due then is erased, and that cannot be undone. @throws DatabaseAway */
export async function endHold({ database, now }: Services, person: Person, id: string): Promise<LegalHold | Refused> {
  const refused = mayNot(person, 'keep-retention');
  if (refused) return refused;
  const wrong = await liftHold(database, person, id, now(), (hold, liftedBy): Refused | null => {
    if (!hold) return noHold;
    if (hold.lifted !== null) {
      const message = `${liftedBy ?? 'Somebody'} has lifted this hold already.`;
      return { refused: 'nothing-changed', rule: 'A14', message };
    }
    return hold.placedBy === person.person
      ? {
          refused: 'not-allowed',
          rule: 'A14',
          message: 'A hold is lifted by somebody else than who placed it, because what is erased then cannot be had back.',
        }
      : null;
  });
  return wrong ?? (await readHold(database, person, id)) ?? noHold;
}

/** All that is held of a student, and the codes of students of other schools who are likely the same child. */
export interface SubjectAccess extends Subject {
  readonly made: Instant;
  readonly alsoLikely: readonly string[];
}

/** Puts together all that is held of one student (A14): a person looks at it before it is released. @throws DatabaseAway */
export async function subjectAccess({ database, now }: Services, person: Person, code: string): Promise<SubjectAccess | Refused> {
  const refused = mayNot(person, 'give-subject-access');
  if (refused) return refused;
  const subject = await readSubject(database, person, code);
  if (!subject) return { refused: 'not-found', message: 'There is no such student: look them up in the list of students.' };
  const alsoLikely = (await matchesOf(database, person, subject.student)).map((student) => student.code);
  return { ...subject, made: now(), alsoLikely };
}

/** @returns how long a case is kept, as people read it */
export function keptUntil({ facts }: Pick<KeptCase, 'facts'>) {
  return { ...retentionOf(facts), held: facts.held };
}
