import type { Asked } from '../page';

/** @returns the programmes by their codes, as people know them */
export async function programmeTitles(asked: Asked): Promise<ReadonlyMap<string, string>> {
  const { programmes } = await asked.door('programmes');
  return new Map(programmes.map(({ code, title }) => [code, title]));
}
