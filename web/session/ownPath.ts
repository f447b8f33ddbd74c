// Where somebody goes on after signing in: a path of our own pages, and never an address elsewhere.

const longest = 2_000;
const ofSignIn = /^\/sign-(in|out)(\/|$)/;

/**
 * @param asked what stands in an address, from anybody
 * @returns the path with its query, as a browser will read it; '/' for what is no path of ours, or leads back to signing in
 */
export function ownPath(asked: unknown): string {
  if (typeof asked !== 'string' || asked.length > longest || !/^\/(?![/\\])/.test(asked)) return '/';
  const base = 'http://own.invalid';
  if (!URL.canParse(asked, base)) return '/';
  const { origin, pathname, search } = new URL(asked, base);
  // Dots are taken out by now: `/.//elsewhere` has become `//elsewhere`.
  const path = pathname + search;
  return origin !== base || path.startsWith('//') || ofSignIn.test(pathname) || path.length > longest ? '/' : path;
}
