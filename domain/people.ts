// The people of a case: the case-worker of the home school (R43), and the monitoring officer of CAP (R96). The party acts, whoever of it is named;
// who is named hears of the case as well, unless they are out of office (A19).
import { applicantOf } from './applicant';
import type { BodyOf } from './commands';
import type { Facts } from './facts';
import { refuse } from './refusal';
import type { CaseState } from './state';
import type { Decision } from './take';

/** The task that is done once the officer is named, where the programme asks for it (R96). */
const officerTask = 'monitoring-officer';

/** The home school says who of it is the student's significant adult. */
export function nameCaseWorker(state: CaseState, { caseWorker: person }: BodyOf<'nameCaseWorker'>, { named }: Facts): Decision {
  if (!named?.parties.includes(applicantOf(state))) {
    const message = 'A case-worker is somebody of the home school who may sign in here: CAP can enter them.';
    return refuse('wrong-value', 'R43', message, 'caseWorker');
  }
  if (state.caseWorker === person) return refuse('nothing-changed', 'R43', 'They are the case-worker already.', 'caseWorker');
  return [{ kind: 'caseWorkerNamed', person }];
}

/** CAP says who of its team looks after the placement. */
export function nameMonitoringOfficer(
  state: CaseState,
  { officer: person }: BodyOf<'nameMonitoringOfficer'>,
  facts: Facts,
): Decision {
  if (!facts.named?.parties.includes('cap')) {
    return refuse('wrong-value', 'R96', 'A monitoring officer is somebody of the CAP team who may sign in here.', 'officer');
  }
  if (state.monitoringOfficer === person) {
    return refuse('nothing-changed', 'R96', 'They are the monitoring officer already.', 'officer');
  }
  return [{ kind: 'monitoringOfficerNamed', person }];
}

/** @returns whether a task of a placement is to name its monitoring officer, and not to be recorded in another way */
export function namesOfficer(task: string): boolean {
  return task === officerTask;
}
