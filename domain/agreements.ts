// What people agreed to, kept as who, when, how, with what evidence, for what, and when it was withdrawn (A13). The words stand in the pack and
// in the commands; the case keeps which agreements there are, and their days. None of them is the lawful basis on which data are processed.
import { applicantOf } from './applicant';
import { earliestToWrite, formatDay, londonDay, type IsoDate } from './calendar';
import type { BodyOf } from './commands';
import type { Facts } from './facts';
import { hostOf } from './host';
import { placementYear } from './landing';
import { exitsOf, type Programme, type Question } from './programme';
import { refuse } from './refusal';
import { placementOf } from './route';
import { agreementTitles, type Agreement, type AgreementCode, type CaseState, type EventOf } from './state';
import type { Decision } from './take';
import type { Party } from './words';

/** Each as people read it, with where it stands. */
export const agreements: Readonly<Record<AgreementCode, { readonly title: string; readonly rule: string }>> = {
  'parental-consent': { title: agreementTitles['parental-consent'], rule: 'R48' },
  'early-help': { title: agreementTitles['early-help'], rule: 'R45' },
  'transfer-parents': { title: agreementTitles['transfer-parents'], rule: 'A6' },
  'transfer-home-school': { title: agreementTitles['transfer-home-school'], rule: 'A6' },
  'transfer-receiving-school': { title: agreementTitles['transfer-receiving-school'], rule: 'A6' },
};

/** Without them no transfer is permanent (A6). */
const ofATransfer = ['transfer-parents', 'transfer-home-school', 'transfer-receiving-school'] as const;

/** Questions to which yes is said because somebody agreed. */
const agreementAsked: Readonly<Record<string, AgreementCode>> = {
  'parental-consent': 'parental-consent',
  'early-help-offer': 'early-help',
  'early-help-plan': 'early-help',
};

/** @returns whether a question speaks of an agreement, or of who gave it and how */
export function speaksOfAgreement(code: string): boolean {
  return Object.keys(agreementAsked).some((asked) => code === asked || code.startsWith(`${asked}-`));
}

const dayOf = (code: string) => `${code}-on`;

/** @returns the questions of a programme, and behind each that speaks of an agreement those which a yes opens: who, when, how, evidence (A13, R24). */
export function questionsAsked({ questions }: Pick<Programme, 'questions'>): Question[] {
  return questions.flatMap((question) => (agreementAsked[question.code] ? [question, ...opened(question.code)] : [question]));
}

function opened(code: string): Question[] {
  const asked = { strength: 'required', rule: 'A13', when: { question: code, is: true } } as const;
  return [
    { ...asked, code: `${code}-by`, text: 'Who agreed, and who are they to the student?', answer: 'text' },
    { ...asked, code: dayOf(code), text: 'On which day did they agree?', answer: 'day' },
    { ...asked, code: `${code}-how`, text: 'How did they agree: in person, in writing, by telephone?', answer: 'text' },
    { ...asked, code: `${code}-evidence`, text: 'Where is the evidence kept?', answer: 'text' },
    {
      ...asked,
      code: `${code}-scope`,
      text: 'Did they agree to a part alone, or for a time? To which?',
      answer: 'text',
      strength: 'advisory',
    },
  ];
}

/** @returns the agreements that the answers of a pack speak of, each once, with its day */
export function agreementsIn(answers: Readonly<Record<string, string | boolean>>): Agreement[] {
  const found = Object.entries(agreementAsked).flatMap(([code, agreement]): Agreement[] => {
    const on = answers[dayOf(code)];
    return answers[code] === true && typeof on === 'string' ? [{ agreement, on, withdrawn: null }] : [];
  });
  return found.filter(({ agreement }, index) => found.findIndex((each) => each.agreement === agreement) === index);
}

/** @returns those that stand, and are not withdrawn */
export function standingAgreements({ agreements: kept = [] }: CaseState): AgreementCode[] {
  return kept.flatMap(({ agreement, withdrawn }) => (withdrawn === null ? [agreement] : []));
}

/** @returns the first agreement that a permanent transfer still lacks; null when all are there (A6) */
export function lackingForTransfer(state: CaseState): AgreementCode | null {
  const stand = standingAgreements(state);
  return ofATransfer.find((agreement) => !stand.includes(agreement)) ?? null;
}

/** @returns the agreements that may be recorded in a case: those of a transfer where its placement may lead to one */
function agreementsOf(state: CaseState): AgreementCode[] {
  const transfers = state.position.stage === 'placement' && exitsOf(placementOf(state)).includes('permanent-transfer');
  return ['parental-consent', 'early-help', ...(transfers ? ofATransfer : [])];
}

/** @returns those of them that do not stand */
export function agreementsToGive(state: CaseState): AgreementCode[] {
  const stand = standingAgreements(state);
  return agreementsOf(state).filter((agreement) => !stand.includes(agreement));
}

/** @returns who may say that an agreement was given or withdrawn: each school its own, that of a family whoever works with it. */
function saidBy(agreement: AgreementCode, state: CaseState): Party[] {
  const home = applicantOf(state);
  const host = hostOf(state);
  switch (agreement) {
    case 'parental-consent':
    case 'early-help':
      return [home, 'cap'];
    case 'transfer-parents':
      return [home, ...(host === null ? [] : [host]), 'cap'];
    case 'transfer-home-school':
      return [home];
    case 'transfer-receiving-school':
      return host === null ? [] : [host];
  }
}

/** @returns those of some agreements that are for somebody with these parties to record, or to withdraw */
export function theirAgreements(some: readonly AgreementCode[], state: CaseState, held: readonly Party[]): AgreementCode[] {
  return some.filter((agreement) => saidBy(agreement, state).some((party) => held.includes(party)));
}

/** @returns whoever may record some agreement of the case */
export function agreementsSaidBy(state: CaseState): Party[] {
  return agreementsOf(state).flatMap((agreement) => saidBy(agreement, state));
}

/** An agreement that was given after the pack was sent, or anew (A13). */
export function recordAgreement(state: CaseState, { agreement, on }: BodyOf<'recordAgreement'>, facts: Facts): Decision {
  const wrong = notSaid(state, agreement, facts) ?? notThen(state, on, facts);
  if (wrong) return wrong;
  if (standingAgreements(state).includes(agreement)) {
    const message =
      'This agreement is recorded already. If what is recorded is wrong, withdraw it and say why; then record it anew.';
    return refuse('nothing-changed', 'A13', message, 'agreement');
  }
  return [{ kind: 'agreementRecorded', agreement, on }];
}

/** It holds no longer, or was recorded in error: CAP sees to what follows (A13). */
export function withdrawAgreement(state: CaseState, { agreement, on }: BodyOf<'withdrawAgreement'>, facts: Facts): Decision {
  const wrong = notSaid(state, agreement, facts) ?? notThen(state, on, facts);
  if (wrong) return wrong;
  const given = state.agreements?.find((each) => each.agreement === agreement && each.withdrawn === null);
  if (!given) return refuse('nothing-changed', 'A13', 'No such agreement stands in this case.', 'agreement');
  if (on < given.on) {
    return refuse('wrong-value', 'A13', `It was given on ${formatDay(given.on)}: it is withdrawn on that day or later.`, 'on');
  }
  return [{ kind: 'agreementWithdrawn', agreement, on }];
}

function notSaid(state: CaseState, agreement: AgreementCode, { actor }: Facts) {
  if (!agreementsOf(state).includes(agreement)) {
    const message = `Of this case, these agreements are recorded: ${agreementsOf(state).join(', ')}.`;
    return refuse('wrong-value', agreements[agreement].rule, message, 'agreement');
  }
  if (theirAgreements([agreement], state, actor.parties).length > 0) return null;
  return refuse('not-yours', 'A6', 'Each school records its own agreement, and nobody in its place.', 'agreement');
}

function notThen(state: CaseState, on: IsoDate, { now, calendar }: Facts) {
  const today = londonDay(now);
  const wrong = wrongDay(on, placementYear(state, today, calendar), today);
  return wrong === null ? null : refuse('wrong-value', 'A13', wrong, 'on');
}

/**
 * @param year the academic year of the placement
 * @returns why an agreement to it is not of that day; null where it can be
 */
export function wrongDay(on: IsoDate, year: string, today: IsoDate): string | null {
  if (on > today) return 'An agreement is recorded on its day or after it.';
  const earliest = earliestToWrite(year);
  return on < earliest ? `An agreement from before ${formatDay(earliest)} is too old for this placement: ask for it anew.` : null;
}

type Kept = Pick<CaseState, 'agreements'>;

/** @returns what a case keeps once an agreement was given, or withdrawn */
export function agreementsAfter(
  { agreements: kept = [] }: Kept,
  { kind, agreement, on }: EventOf<'agreementRecorded' | 'agreementWithdrawn'>,
): readonly Agreement[] {
  if (kind === 'agreementWithdrawn') {
    return kept.map((each) => (each.agreement === agreement ? { ...each, withdrawn: on } : each));
  }
  return [...kept.filter((each) => each.agreement !== agreement), { agreement, on, withdrawn: null }];
}

/**
 * @param said by the answers of the corrected pack: what they no longer say is not agreed; what was withdrawn since stays withdrawn
 * @returns what a case keeps once its pack was corrected (A22)
 */
export function agreementsCorrected({ agreements: kept = [] }: Kept, said: readonly Agreement[]): readonly Agreement[] {
  const ofPacks = Object.values(agreementAsked);
  const withdrawnSince = ({ agreement, on }: Agreement) =>
    kept.find((each) => each.agreement === agreement && each.withdrawn !== null && each.withdrawn >= on);
  return [...kept.filter(({ agreement }) => !ofPacks.includes(agreement)), ...said.map((each) => withdrawnSince(each) ?? each)];
}
