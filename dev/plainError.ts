// Errors whose message is written for the person at the screen: shown as it is, without a stack.

/** Says in one sentence what is wrong and what to do about it. */
export class PlainError extends Error {
  override name = 'PlainError';
}

/** The text of anything thrown, for one line on the screen. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Takes a line of plain text for the screen. */
export type Log = (line: string) => void;
