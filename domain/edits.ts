// What people keep right has a version, which rises with every edit. Nobody writes over what they have not read.

/** The last edit of something that is kept. */
export interface LastEdit {
  /** 0 for what nobody has edited yet. */
  readonly version: number;
  /** The name of who made it; null where there is none. */
  readonly by: string | null;
}

/** Somebody else has edited it since it was read. */
export interface Overtaken {
  readonly overtaken: LastEdit;
}

/**
 * What comes of an edit: the same again changes nothing, so that a form may be sent twice; another than what was read is not written over.
 * @param now what is there; null where nothing is
 * @param said what it is to say; null to take it out
 * @param read the version that was read; null for who does not say it, and means to write over whatever is there
 */
export function comesOf(
  now: object | null,
  said: object | null,
  { read, last }: { readonly read: number | null; readonly last: LastEdit },
): 'nothing' | 'edited' | Overtaken {
  if (now !== null && said !== null && says(now, said)) return 'nothing';
  // What is not there has no version, also where it was taken out.
  const version = now === null ? 0 : last.version;
  return read === null || read === version ? 'edited' : { overtaken: { ...last, version } };
}

/** Whether what is there has all that is said, in whatever order. */
function says(now: unknown, said: unknown): boolean {
  if (!hasParts(now) || !hasParts(said)) return now === said;
  if (Array.isArray(said) && said.length !== now['length']) return false;
  return Object.entries(said).every(([name, value]) => says(now[name], value));
}

function hasParts(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
