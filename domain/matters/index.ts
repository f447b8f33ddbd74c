// Every matter by its kind.
import type { Matter, MatterKind } from '../state';
import type { MatterRules } from './matter';
import { askedReview } from './askedReview';
import { assessment } from './assessment';
import { calledMeeting } from './calledMeeting';
import { changeOfDay } from './changeOfDay';
import { coursePlace } from './coursePlace';
import { complaint } from './complaint';
import { extension } from './extension';
import { information } from './information';
import { notice } from './notice';
import { reasons } from './reasons';
import { task } from './task';
import { undeliveredEmail } from './undeliveredEmail';
import { withdrawal } from './withdrawal';
import { withdrawnAgreement } from './withdrawnAgreement';

export const matters: { readonly [K in MatterKind]: MatterRules<K> } = {
  reasons,
  information,
  assessment,
  task,
  notice,
  'asked-review': askedReview,
  complaint,
  'called-meeting': calledMeeting,
  withdrawal,
  'change-of-day': changeOfDay,
  extension,
  'course-place': coursePlace,
  'withdrawn-agreement': withdrawnAgreement,
  'undelivered-email': undeliveredEmail,
};

/** @returns the rules of a matter, as one of any kind. */
export function rulesOf({ kind }: Matter): MatterRules<MatterKind> {
  return matters[kind] as unknown as MatterRules<MatterKind>;
}
