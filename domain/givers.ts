// Who may ever give a command to a case, whatever its stage. Who may give it now is the stage's and the matter's to say.
import { applicantOf } from './applicant';
import type { CommandKind } from './commands';
import { hostOf } from './host';
import { allocatingPanelOf, decidingPanelsOf, routeOf } from './route';
import type { CaseState } from './state';
import { roleOf, type Party } from './words';

/** `receiving-school`: a host that is a school, `panel`: one that decides, `allocator`: the one that allocates a receiving school (R75). `arranger`: whoever arranges the interview on this route, the school (R55) or the host (R63). */
type Giver = 'home-school' | 'host' | 'receiving-school' | 'arranger' | 'panel' | 'allocator' | 'cap' | 'system';

const givers: { readonly [K in CommandKind]: readonly Giver[] } = {
  submit: ['home-school'],
  checkPack: ['cap'],
  resubmitPack: ['home-school'],
  panelDecision: ['panel'],
  takeBackCheck: ['cap'],
  takeBackDecision: ['panel'],
  giveReasons: ['panel', 'allocator', 'cap'],
  giveInformation: ['home-school'],
  allocateSchool: ['allocator', 'cap'],
  sendPack: ['cap'],
  bookInterview: ['arranger', 'cap'],
  recordInterview: ['host', 'cap'],
  providerResponse: ['host'],
  recordOnboarding: ['host'],
  confirmStart: ['home-school'],
  correctStart: ['home-school'],
  holdReview: ['host', 'cap'],
  recordAssessment: ['host', 'cap'],
  recordExit: ['cap'],
  recordTask: ['host', 'cap'],
  recordNotice: ['home-school'],
  callMeeting: ['home-school', 'host', 'cap'],
  recordMeeting: ['home-school', 'host', 'cap'],
  askReview: ['home-school', 'host', 'cap'],
  askReconsideration: ['home-school'],
  askWithdrawal: ['home-school', 'host'],
  processWithdrawal: ['cap'],
  askChangeOfDay: ['home-school'],
  confirmChangeOfDay: ['cap'],
  askExtension: ['home-school', 'host'],
  decideExtension: ['cap'],
  noteCpoms: ['home-school', 'host', 'cap'],
  nameCaseWorker: ['home-school'],
  nameMonitoringOfficer: ['cap'],
  recordAgreement: ['home-school', 'receiving-school', 'cap'],
  withdrawAgreement: ['home-school', 'receiving-school', 'cap'],
  settleAgreement: ['cap'],
  makeComplaint: ['home-school'],
  answerComplaint: ['cap'],
  settleEmail: ['cap'],
  withdraw: ['home-school'],
  closeCase: ['cap'],
  clock: ['system'],
  recalculate: ['system'],
  emailUndelivered: ['system'],
  erase: ['system'],
};

/** @returns the parties of the case that may give this command at some stage of it. */
export function everGivenBy(state: CaseState, kind: CommandKind): Party[] {
  return givers[kind].flatMap((giver) => partiesAs(giver, state));
}

function partiesAs(giver: Giver, state: CaseState): Party[] {
  switch (giver) {
    case 'home-school':
      return [applicantOf(state)];
    case 'host': {
      const host = hostOf(state);
      return host === null ? [] : [host];
    }
    case 'receiving-school':
      return partiesAs('host', state).filter((host) => roleOf(host) === 'school');
    case 'arranger': {
      const arrangedBySchool = routeOf(state).some((stage) => stage.stage === 'interview' && stage.arrangedBy === 'school');
      return partiesAs(arrangedBySchool ? 'home-school' : 'host', state);
    }
    case 'panel':
      return decidingPanelsOf(routeOf(state)).map((panel): Party => `panel:${panel}`);
    case 'allocator': {
      const panel = allocatingPanelOf(routeOf(state));
      return panel === null ? [] : [`panel:${panel}`];
    }
    case 'cap':
    case 'system':
      return [giver];
  }
}
