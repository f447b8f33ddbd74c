// What lets a workflow act in a new way without breaking the histories that hold: what it hears of the record says by which edition to go on.

/**
 * The edition of today. What histories from before it heard has none, so that a replay acts as it was acted then. `patched` would say the
 * same, at two events a run.
 * - 2: a new run that is owed begins at once, and starts the timer and sends the e-mails of the last step itself. A clock that is due at once
 *   needs no mark in the history.
 */
const edition = 2;

/** Carried by what a workflow hears of the record; absent in histories from before editions. */
export interface OfEdition {
  readonly edition?: number;
}

/** @returns what the record says, with the edition of today */
export async function ofToday<Said extends object>(said: Promise<Said>): Promise<Said & OfEdition> {
  return { ...(await said), edition };
}
