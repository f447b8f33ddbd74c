// Whether another user may walk to a folder: Postgres does not run as root, and its user needs the data and its own programs.
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface User {
  readonly uid: number;
  readonly gid: number;
}

/** The first folder on the way to a path, from the root, that this user may not walk; null when there is none. */
export async function firstUnwalkable(path: string, user: User): Promise<string | null> {
  const parent = dirname(path);
  const above = parent === path ? null : await firstUnwalkable(parent, user);
  if (above !== null) return above;
  const found = await stat(path).catch(() => null);
  if (!found?.isDirectory()) return null;
  const bit = found.uid === user.uid ? 0o100 : found.gid === user.gid ? 0o010 : 0o001;
  return (found.mode & bit) === 0 ? path : null;
}
