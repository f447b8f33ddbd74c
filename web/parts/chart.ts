// A bar for each value, drawn on the server. Lengths are parts of the width, so that text keeps its size on every screen; behind it stands the table
// with the same numbers, for whoever does not see it and whoever wants them exactly.
import { html, type Html } from '../html';
import { details, table } from './index';

export interface Bar {
  readonly label: string;
  readonly value: number;
  /** What stands at the end of the bar, where it is not the value alone. */
  readonly said?: string;
}

export interface Chart {
  /** Names the chart on its page: letters and hyphens. */
  readonly id: string;
  readonly title: string;
  /** What the bars are, in a sentence. */
  readonly about: string;
  /** The titles of the table: of what stands at the bar, of its value. */
  readonly columns: readonly [string, string];
  readonly bars: readonly Bar[];
  /** The value that fills the width; the largest unless said. */
  readonly whole?: number;
  readonly empty: string;
}

const lineHeight = 52;
/** Longer labels run out of a narrow screen; the table has them in full. */
const longestLabel = 34;

export function chart({ id, title, about, columns: [label, value], bars, whole, empty }: Chart): Html {
  if (bars.length === 0) return html`<p class="govuk-body cap-empty">${empty}</p>`;
  const most = Math.max(whole ?? 0, ...bars.map((bar) => bar.value), 1);
  return html`<svg class="cap-bars" role="img" aria-labelledby="${id}-title ${id}-about" height="${bars.length * lineHeight}">
      <title id="${id}-title">${title}</title>
      <desc id="${id}-about">${about} The table below has the numbers.</desc>
      ${bars.map((bar, index) => {
        const top = index * lineHeight;
        return html`<g>
          <text x="0" y="${top + 18}">${shortened(bar.label)}</text>
          <text x="100%" y="${top + 18}" text-anchor="end" class="cap-bars__value">${saidOf(bar)}</text>
          <rect x="0" y="${top + 26}" width="100%" height="16" class="cap-bars__ground"></rect>
          <rect x="0" y="${top + 26}" width="${percent(bar.value, most)}" height="16" class="cap-bars__bar"></rect>
        </g>`;
      })}
    </svg>
    ${details(
      'The numbers as a table',
      table(
        title,
        [{ title: label }, { title: value, numeric: true }],
        bars.map((bar) => [bar.label, saidOf(bar)]),
        empty,
      ),
    )}`;
}

function saidOf({ said, value }: Bar): string {
  return said ?? value.toLocaleString('en-GB');
}

function percent(value: number, most: number): string {
  return `${((100 * value) / most).toFixed(2)}%`;
}

function shortened(label: string): string {
  return label.length <= longestLabel ? label : `${label.slice(0, longestLabel - 1).trimEnd()}…`;
}
