// Questions that more than one programme asks. Each programme's own are in its own file.
import type { Question, Strength } from '../programme';

/** Asked of every application: the risk (R41, R42). Who the student is stands in the student's row, and in the pack before the answers. */
export const everyApplication: readonly Question[] = [
  { code: 'risk-assessment-date', text: 'Date of the risk assessment', answer: 'day', strength: 'gate', rule: 'R42' },
];

/** What a school considers before it applies for a course of Tier 1 (R35) or of Year 11 Bespoke (R40). */
export const considerations = (rule: string, journey: string): readonly Question[] => [
  {
    code: 'bespoke-curriculum',
    text: 'Does the student need a bespoke curriculum to meet their learning needs?',
    answer: 'text',
    strength: 'required',
    rule,
  },
  {
    code: 'interests',
    text: "Does the offer meet the student's interests, passions and aspirations?",
    answer: 'text',
    strength: 'required',
    rule,
  },
  {
    code: 'educational-journey',
    text: journey,
    answer: 'text',
    strength: 'required',
    rule,
  },
  {
    code: 'right-support',
    text: 'Is this the right support, at the right time, in the right place?',
    answer: 'text',
    strength: 'required',
    rule,
  },
  {
    code: 'commissioning-agreement',
    text: 'Is a Commissioning Agreement finalised? (encouraged)',
    answer: 'yes-no',
    strength: 'advisory',
    rule: 'R34',
  },
];

/** @returns the question whether Early Help was offered and consent recorded on EHM, as strong as the programme takes it. */
export function earlyHelpOffer(rule: string, strength: Strength): Question {
  return {
    code: 'early-help-offer',
    text: 'Is an Early Help offer started, with the consent of parents recorded on EHM?',
    answer: 'yes-no',
    strength,
    rule,
  };
}

/** Whether the parents agree to what goes to the Multi-Agency Panel (R48): an answer is required, whatever it says (C28). */
export const parentalConsent: Question = {
  code: 'parental-consent',
  text: 'Have the parents agreed to the application to the Multi-Agency Panel?',
  answer: 'yes-no',
  strength: 'required',
  rule: 'R48',
};

/** @returns the question for the case-worker, as strong as the programme takes it (R43). */
export function caseWorker(strength: Strength): Question {
  return {
    code: 'case-worker',
    text: 'Who is the designated case-worker (significant adult) of the student?',
    answer: 'text',
    strength,
    rule: 'R43',
  };
}

/** @returns the question how the provision meets a plan, which may be left. */
export function ehcpProvision(rule: string): Question {
  return {
    code: 'ehcp-provision',
    text: 'How does the provision meet the EHCP, if there is one?',
    answer: 'text',
    strength: 'advisory',
    rule,
  };
}
