// What lets a workflow act in a new way without breaking the histories that hold: the answers of a record step say by which edition to go on.

/**
 * The edition of today. Answers in histories from before it have none, so that a replay acts as it was acted then. `patched` would say the
 * same, at two events a run.
 * - 2: a new run that is owed begins at once, and starts the timer and sends the e-mails of the last step itself.
 */
export const edition = 2;

/** Carried by what a record step answers; absent in histories from before editions. What is read alone, and not recorded, has none. */
export interface OfEdition {
  readonly edition?: number;
}
