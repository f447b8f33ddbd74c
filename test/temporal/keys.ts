// Keys for the tests: plainly no secrets.
import { parseKeys } from '../../temporal/codec';

const base64 = (fill: string) => Buffer.alloc(32, fill).toString('base64');

export const oneKey = `a:${base64('a')}`;
export const otherKey = `b:${base64('b')}`;
/** The id of the first key, the bytes of the other. */
export const sameIdOtherKey = `a:${base64('b')}`;

export const keys = parseKeys(oneKey);
