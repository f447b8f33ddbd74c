// What codes are made of that say nothing: references of applications, codes of students.
import { randomInt } from 'node:crypto';

/** Letters and digits that are not mistaken for each other on paper or on the telephone. */
const characters = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** @returns six characters of chance: `7K3QX9` */
export function sixCharacters(): string {
  return Array.from({ length: 6 }, () => characters[randomInt(characters.length)]).join('');
}
