// A short state, in a colour and in words: the colour alone says nothing.
import type { Html } from '../html';
import { component } from './component';

const colours = { plain: 'grey', good: 'green', waits: 'yellow', late: 'red', new: 'blue' } as const;
export type Tone = keyof typeof colours;

export function badge(text: string, tone: Tone = 'plain'): Html {
  return component('tag', { text, classes: `govuk-tag--${colours[tone]}` });
}
