// Who may do what. Every door asks `can`; row-level security under it holds whatever a door forgot.
import type { Instant } from './calendar';
import { caseMachine, viewers } from './case';
import { refusedToThem, seesAt } from './machine';
import type { CommandKind } from './commands';
import type { Actor } from './facts';
import { hasLeads } from './safeguardingLeads';
import type { CaseState } from './state';
import { roleOf, type Party } from './words';

/** Actions beside the commands of a case. */
export type Action =
  | 'start-application'
  | 'open-for-the-authority'
  | 'keep-students'
  | 'match-students'
  | 'edit-calendar'
  | 'keep-panels'
  | 'keep-directory'
  | 'keep-people'
  | 'see-people'
  | 'ask-for-accounts'
  | 'see-leads'
  | 'keep-leads'
  | 'see-sites'
  | 'keep-sites'
  | 'see-calendar'
  | 'see-registers'
  | 'see-overdue'
  | 'see-numbers'
  | 'give-exports'
  | 'keep-retention'
  | 'give-subject-access'
  | 'decode-payloads'
  | 'see-access'
  | 'prove-timeline'
  | 'see-nights'
  | 'accept-timeline'
  | 'see-workings';

export type Permission = { readonly allowed: true } | { readonly allowed: false; readonly why: string };

/** Who oversees the model: CAP, and the Multi-Agency Panel over all tiers (R69, R91). */
const overseers: readonly Party[] = ['cap', 'panel:multi-agency', 'member:multi-agency'];

const allowedTo = (yes: boolean, why: string): Permission => (yes ? { allowed: true } : { allowed: false, why });

/** @returns whether the actor may see the case at all at that time: if not, it is 404 to them. */
export function maySee(actor: Actor, state: CaseState, now: Instant): boolean {
  return viewers(state).some((viewer) => seesAt(viewer, now) && actor.parties.includes(viewer.party));
}

/**
 * Whether the actor may give a command to a case that they may see; `decide` asks the same of the recorded row.
 * What the state permits is `allowed`'s to say.
 */
export function canCommand(actor: Actor, kind: CommandKind, state: CaseState): Permission {
  const refusal = refusedToThem(caseMachine, state, kind, actor);
  return refusal ? { allowed: false, why: refusal.message } : { allowed: true };
}

/** Whether the actor may do what belongs to no case. @param whose the code of the school it is for, where it is for one; of leads and sites, the party that has them */
export function can(actor: Actor, action: Action, whose?: string): Permission {
  switch (action) {
    case 'start-application':
      return allowedTo(actor.parties.includes(`school:${whose ?? ''}`), 'Applications are started by staff of the home school.');
    case 'open-for-the-authority':
      return allowedTo(actor.parties.includes('cap'), 'This programme is opened by the local authority alone.');
    case 'keep-students':
      return allowedTo(
        actor.parties.includes(`school:${whose ?? ''}`),
        'Students are added and edited by staff of their home school.',
      );
    case 'match-students':
      return allowedTo(actor.parties.includes('cap'), 'Students of several schools are compared by the CAP team alone.');
    case 'edit-calendar':
      return allowedTo(actor.parties.includes('cap'), 'The calendar is kept by the CAP team.');
    case 'keep-directory':
      return allowedTo(actor.parties.includes('cap'), 'The directory of providers and courses is kept by the CAP team.');
    case 'keep-people':
      return allowedTo(actor.parties.includes('cap'), 'People and their grants are kept by the CAP team.');
    case 'see-people':
      return allowedTo(
        actor.parties.includes('cap') || actor.parties.includes('audit'),
        'Who may sign in is for the CAP team and auditors to read.',
      );
    case 'ask-for-accounts':
      return allowedTo(
        actor.parties.some((party) => roleOf(party) === 'school' || roleOf(party) === 'provider'),
        'Accounts of colleagues are asked for by staff of schools and providers.',
      );
    case 'see-leads':
      return allowedTo(actor.parties.length > 0, 'Safeguarding leads are for people with a role in CAP to read.');
    case 'keep-leads':
      return allowedTo(
        actor.parties.some((party) => party === 'cap' || (hasLeads(party) && (whose === undefined || party === whose))),
        'Safeguarding leads are kept by each school and provider for itself, and by the CAP team.',
      );
    case 'see-sites':
      return allowedTo(actor.parties.length > 0, 'The sites of providers are for people with a role in CAP to read.');
    case 'keep-sites':
      return allowedTo(
        actor.parties.some(
          (party) => party === 'cap' || (roleOf(party) === 'provider' && (whose === undefined || party === whose)),
        ),
        'Its sites are kept by each provider for itself, and by the CAP team.',
      );
    case 'keep-panels':
      return allowedTo(actor.parties.includes('cap'), 'Who sits on a panel is kept by the CAP team.');
    case 'see-calendar':
      return allowedTo(actor.parties.length > 0, 'The calendar is for people with a role in CAP.');
    case 'see-registers':
      return allowedTo(
        actor.parties.some((party) => party === 'cap' || roleOf(party) === 'school' || roleOf(party) === 'provider'),
        'Registers are for schools, providers and the CAP team.',
      );
    case 'see-overdue':
      return allowedTo(actor.parties.includes('cap'), 'What is overdue with others is for the CAP team to look after.');
    case 'see-numbers':
      return allowedTo(
        overseers.some((party) => actor.parties.includes(party)),
        'The numbers of all schools are for the CAP team and the Multi-Agency Panel.',
      );
    case 'give-exports':
      return allowedTo(actor.parties.includes('cap'), 'Lists of all placements, for other systems, are taken by the CAP team.');
    case 'keep-retention':
      return allowedTo(actor.parties.includes('cap'), 'What falls due to be erased, and what is held, is for the CAP team.');
    case 'give-subject-access':
      return allowedTo(actor.parties.includes('cap'), 'All that is held of a student is put together by the CAP team.');
    case 'decode-payloads':
      return allowedTo(actor.parties.includes('ops'), 'Payloads are decoded for ops only.');
    case 'see-access':
      return allowedTo(actor.parties.includes('audit'), 'Who read what is for auditors to look into.');
    case 'prove-timeline':
      return allowedTo(
        actor.parties.includes('cap') || actor.parties.includes('audit'),
        'Whether a timeline holds is for the CAP team and auditors to check.',
      );
    case 'see-nights':
      return allowedTo(
        actor.parties.some((party) => party === 'cap' || party === 'audit' || party === 'ops'),
        'What was signed each night, and what did not hold, is for the CAP team, auditors and ops.',
      );
    case 'accept-timeline':
      return allowedTo(actor.parties.includes('cap'), 'That a timeline counts as it stands is said by the CAP team.');
    case 'see-workings':
      return allowedTo(
        actor.parties.includes('cap') || actor.parties.includes('ops'),
        'What runs behind the cases is for the CAP team and ops to look at.',
      );
  }
}
