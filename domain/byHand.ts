// What somebody types by hand and sends to a case through Temporal: read totally, for it may be anything. It counts only when the codec
// endpoint of this service encrypted it, and only once: the codec hands it over with the number of that encryption.
import { refuse } from './refusal';
import type { Refusal } from './state';

/** Why a payload could not be read; found as `{ "unreadable": code }` in place of the value. */
export type Unreadable = 'nothing' | 'not-encrypted' | 'unknown-key' | 'altered' | 'unknown-encoding' | 'of-another-workflow';

/** A payload that was encrypted for no workflow in particular, as the codec gives it to the workflow that it came to. */
export interface ByHand {
  /** The number of this encryption: a copy of it has the same. */
  readonly once: string;
  readonly typed: unknown;
}

/** What makes a message by hand count, once; or why it counts for nothing. */
export type Seal = { readonly once: string } | Refusal;

export interface MessageByHand {
  readonly person: unknown;
  readonly body: Readonly<Record<string, unknown>>;
  readonly seal: Seal;
}

const how = 'send it from the Web UI with the codec endpoint, or with `temporal workflow signal --codec-endpoint …`';

const sentences: Readonly<Record<Unreadable, string>> = {
  nothing: `This signal came without a value: ${how}.`,
  'not-encrypted': `This signal was not encrypted by this service: ${how}.`,
  'unknown-key': `This signal was encrypted with a key that this service does not have: ${how}.`,
  altered: `This signal was altered on its way: ${how}.`,
  'unknown-encoding': `This signal is not JSON: ${how}.`,
  'of-another-workflow': `This signal was encrypted for another workflow: ${how}.`,
};

const withoutNumber = `This signal did not come by the codec endpoint, so that a copy of it would count again: ${how}.`;

/** Reads whatever was sent as a signal; never throws. */
export function readByHand(message: unknown): MessageByHand {
  const { once, typed, unreadable } = Object(message) as { once?: unknown; typed?: unknown; unreadable?: unknown };
  if (typeof once === 'string') {
    const { person, ...body } = Object(typed) as Record<string, unknown>;
    return { person, body, seal: { once } };
  }
  const why = isUnreadable(unreadable) ? sentences[unreadable] : message === undefined ? sentences.nothing : withoutNumber;
  return { person: '', body: {}, seal: refuse('unreadable', 'message', why) };
}

/** What is said of a message whose number was used before, wherever that was. */
export const sentBefore = refuse(
  'unreadable',
  'message',
  'This very signal was sent before, to this case or to another, and counts once: type it anew.',
);

function isUnreadable(why: unknown): why is Unreadable {
  return typeof why === 'string' && Object.hasOwn(sentences, why);
}
