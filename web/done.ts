// What people are told on the page where they arrive after they did something. The address carries a code, never a sentence of its own.
import type { ImportCounts } from '../domain/table';
import { meetingCommands, personCommands } from '../domain/commands';

const sentences = {
  saved: 'Saved',
  added: 'Added',
  'there-already': 'This document was there already: nothing is added twice',
  deleted: 'Deleted',
  removed: 'Removed',
  submitted: 'The application is submitted',
  sent: 'Sent',
  asked: 'Asked for: a colleague has to agree',
  given: 'Given: it counts from now on',
  'turned-down': 'Turned down',
  'request-withdrawn': 'Your request is withdrawn',
  lifted: 'The hold is lifted',
  held: 'The hold is placed',
  'taken-back': 'The grant is taken back',
  'sign-in-taken-back': 'They can no longer sign in so',
  marked: 'The register is saved',
  'signed-out': 'You are signed out',
  'next-case': 'Recorded. This is the next case',
  'yours-decided': 'Recorded. Every case on the agenda in which you take part is decided',
  'all-decided': 'Recorded. Every case on the agenda is decided',
  'signed-out-there': 'Signed out there',
  accepted: 'Accepted: the next night signs it as it stands',
  'person-signed-out': 'They are signed out everywhere',
} as const;

export type DoneCode = keyof typeof sentences;

const commands: Readonly<Record<string, { readonly done: string }>> = { ...personCommands, ...meetingCommands };

const importedThings = { cycles: 'cycle', courses: 'course', students: 'student' } as const;

/** @returns the code that says what an import did */
export function importedCode(
  things: keyof typeof importedThings,
  { added, changed, removed, left, notPossible }: ImportCounts,
): string {
  return ['imported', things, added, changed, removed, left, notPossible].join('-');
}

/** @returns `Imported: 2 cycles added, 0 changed, 1 left as it was`; null for any other code */
function importedSentence(code: string): string | null {
  const [, things = '', ...counts] = /^imported-([a-z]+)-(\d{1,5})-(\d{1,5})-(\d{1,5})-(\d{1,5})-(\d{1,5})$/.exec(code) ?? [];
  if (!Object.hasOwn(importedThings, things)) return null;
  const [added = 0, changed = 0, removed = 0, left = 0, notPossible = 0] = counts.map(Number);
  const of = added === 1 ? importedThings[things as keyof typeof importedThings] : things;
  return [
    `Imported: ${String(added)} ${of} added`,
    `${String(changed)} changed`,
    ...(removed === 0 ? [] : [`${String(removed)} taken out`]),
    `${String(left)} left as ${left === 1 ? 'it was' : 'they were'}`,
    ...(notPossible === 0 ? [] : [`${String(notPossible)} not possible`]),
  ].join(', ');
}

/** @returns the sentence of a code, the name of a command included; null for any other text */
export function doneSentence(code: string): string | null {
  if (Object.hasOwn(sentences, code)) return sentences[code as DoneCode];
  return Object.hasOwn(commands, code) ? (commands[code]?.done ?? null) : importedSentence(code);
}
