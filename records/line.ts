// The line of a case: what lists show of it beside names, as the record step keeps it. A page of a list sends and reads this text once for
// each of its rows, so what can be worked out from the rest is not in it.
import { roleOf, type Party } from '../domain/words';
import type { Instant } from '../domain/calendar';
import type { Wait, WaitCode } from '../domain/state';
import type { CaseLine } from './types';

/** As it stands in the row. */
export interface KeptLine extends Omit<CaseLine, 'waits'> {
  readonly waits: readonly KeptWait[];
}

/** What is waited for, its subject, from whom, until when, and when the clock acts next: `=` where it is the time that it is due. */
type KeptWait = readonly [what: WaitCode, subject: string | null, party: Party, due: Instant, next: string | null];

/** @returns a line as it is kept */
export function keptLine({ waits, ...line }: CaseLine): KeptLine {
  return {
    ...line,
    waits: waits.map(({ what, subject, party, due, next }) => [what, subject, party, due, next === due ? '=' : next]),
  };
}

/** @returns what was kept, as a line */
export function readLine({
  reference,
  programme,
  school,
  host,
  stage,
  step,
  start,
  submitted,
  updated,
  waits,
}: KeptLine): CaseLine {
  return { reference, programme, school, host, stage, step, start, submitted, updated, waits: waits.map(readWait) };
}

function readWait([what, subject, party, due, next]: KeptWait): Wait {
  return { party, role: roleOf(party), what, subject, due, next: next === '=' ? due : next };
}
