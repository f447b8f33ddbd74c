// The types of coverage.cjs, which jest loads as it is.

/** What is said of each number of the requirements. */
export type Entries = Readonly<
  Record<string, { readonly tests?: readonly string[]; readonly toCome?: string; readonly notSoftware?: string }>
>;

export function numbers(): string[];
export function problemsOf(entries: Entries, passed: ReadonlyMap<string, readonly string[]>): string[];
export function summaryOf(entries: Entries): string;
