// Every stage by its name.
import type { CaseState, StageName } from '../state';
import { allocation } from './allocation';
import { alternatives } from './alternatives';
import { closed } from './closed';
import { interview } from './interview';
import { onboarding } from './onboarding';
import { correction, packCheck } from './packCheck';
import { panel } from './panel';
import { placement } from './placement';
import { sendPack } from './sendPack';
import type { Stage } from './stage';
import { startDate } from './startDate';

export const stages: { readonly [S in StageName]: Stage<S> } = {
  'pack-check': packCheck,
  correction,
  panel,
  allocation,
  'send-pack': sendPack,
  interview,
  onboarding,
  'start-date': startDate,
  placement,
  alternatives,
  closed,
};

/** As people read where a case stands. */
export const stageTitles: Record<StageName, string> = {
  'pack-check': "CAP's check of the pack",
  correction: 'Pack returned for correction',
  panel: 'Panel',
  allocation: 'Receiving school to be allocated',
  'send-pack': 'Approved, pack to be sent to a provider',
  interview: 'Provider interview',
  onboarding: 'Onboarding',
  'start-date': 'Start date to be confirmed',
  placement: 'Placement',
  alternatives: 'CAP explores alternatives',
  closed: 'Closed',
};

/** @returns the stage at which a case stands, as one of any name. */
export function stageOf({ position }: CaseState): Stage<StageName> {
  return stages[position.stage] as unknown as Stage<StageName>;
}
