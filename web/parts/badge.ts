// A short state, in a colour and in words: the colour alone says nothing.
import type { Html } from '../html';
import { component } from './component';

const colours = { plain: 'grey', good: 'green', waits: 'yellow', late: 'red', new: 'blue' } as const;
export type Tone = keyof typeof colours;

/** Letters of a badge that stand on one line wherever it is. A longer one takes as many lines as there is room for. */
const longestLine = 24;

export function badge(text: string, tone: Tone = 'plain'): Html {
  const long = text.length > longestLine ? ' cap-badge--long' : '';
  return component('tag', { text, classes: `govuk-tag--${colours[tone]}${long}` });
}
