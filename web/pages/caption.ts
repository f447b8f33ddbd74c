// Which case a page is about, in a line above its heading.
import type { CaseView } from '../../api/views/case';

/** A line that says which case it is, to those who may know. */
export function captionOf({ reference, student, programme }: Pick<CaseView, 'reference' | 'student' | 'programme'>): string {
  return [reference, student, programme.title].filter((part) => part !== null).join(' · ');
}
