// Where the next page begins, as a text that only this service reads.
import type { z } from 'zod';
import { HttpProblem } from './problems';
import { refuseUnkeepable } from './text';

/** @returns a position as a text for an address */
export function toCursor(position: unknown): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/**
 * @returns the position that a cursor stands for
 * @throws HttpProblem malformed, when it is not one of ours; too-large
 */
export function fromCursor<S extends z.ZodType>(schema: S, cursor: string): z.output<S> {
  const position = unpacked(cursor);
  refuseUnkeepable({ cursor: position });
  const result = schema.safeParse(position);
  if (result.success) return result.data;
  const message = 'cursor is not one that this service gave: take it from `next` of the page before, or begin without it.';
  throw new HttpProblem('malformed', message, { errors: [{ field: 'cursor', rule: 'query', message }] });
}

function unpacked(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
