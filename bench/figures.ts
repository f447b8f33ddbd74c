// Figures and how they are shown: medians with their spread, the table, and a line for each aim that is missed.

/** One line of the table. */
export interface Figure {
  readonly what: string;
  readonly ours: string;
  /** What stands beside it, with its name: "bare 120". */
  readonly beside?: string;
  readonly ratio?: number;
  /** The aim, and whether it is met. */
  readonly aim?: { readonly text: string; readonly met: boolean };
  /** Why, where the aim is missed. */
  readonly why?: string;
}

/** @returns the middle value; of an even number, the lower of the two */
export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(Math.ceil((percent / 100) * sorted.length) - 1, 0)] ?? NaN;
}

/** @returns "12.3 (11.9-13.0)": the median and the least and greatest */
export function spread(values: readonly number[], digits: number): string {
  return `${median(values).toFixed(digits)} (${Math.min(...values).toFixed(digits)}-${Math.max(...values).toFixed(digits)})`;
}

/** An aim for a ratio or a number. */
export function atMost(limit: number, value: number, unit = ''): { readonly text: string; readonly met: boolean } {
  return { text: `<= ${limit}${unit}`, met: value <= limit };
}

/** The table, then a line for each aim that is missed. */
export function table(figures: readonly Figure[]): string[] {
  const head = ['', 'application', 'beside', 'ratio', 'aim', ''];
  const rows = figures.map(({ what, ours, beside = '', ratio, aim }) => [
    what,
    ours,
    beside,
    ratio === undefined ? '' : ratio.toFixed(2),
    aim?.text ?? '',
    aim ? (aim.met ? 'met' : 'MISSED') : '',
  ]);
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const missed = figures.filter(({ aim }) => aim && !aim.met);
  return [
    line(head),
    ...rows.map(line),
    ...(missed.length > 0 ? [''] : []),
    ...missed.map(({ what, why }) => `MISSED  ${what.trim()}: ${why ?? 'see docs/speed.md'}`),
  ];
}
