// What people are told on the page where they arrive after they did something. The address carries a code, never a sentence of its own.
import { meetingCommands, personCommands } from '../domain/commands';

const sentences = {
  saved: 'Saved',
  added: 'Added',
  'there-already': 'This document was there already: nothing is added twice',
  deleted: 'Deleted',
  removed: 'Removed',
  submitted: 'The application is submitted',
  sent: 'Sent',
  imported: 'Imported',
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

/** @returns the sentence of a code, the name of a command included; null for any other text */
export function doneSentence(code: string): string | null {
  if (Object.hasOwn(sentences, code)) return sentences[code as DoneCode];
  return Object.hasOwn(commands, code) ? (commands[code]?.done ?? null) : null;
}
