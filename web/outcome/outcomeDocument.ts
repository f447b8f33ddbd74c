// The panel's outcome document (R72) in words: the page and the PDF say the same because both are made from `outcomeView`.
//
// It names the application by its reference and never by the student, not even by initials. The school reads it signed in, but a
// sheet that was printed or forwarded travels, and then the reference tells nobody who it is about (the reason of A16).
import { formatDay, formatLondon, type Instant, type IsoDate } from '../../domain/calendar';
import type { Programme, RouteStage } from '../../domain/programme';
import type { Outcome } from '../../domain/state';
import { panelTitles } from '../../domain/words';
import { blocksOf, oneLine, type Block } from './texts';

/** Whom to ask: CAP's team and its mailbox, which are data and never written into the code (C22). */
export interface Contact {
  readonly name: string;
  readonly email: string;
}

/** What an outcome document is made of. Texts are as people wrote them; an empty one is left out. */
export interface OutcomeDocument {
  readonly reference: string;
  /** The value that the case is pinned to, as `programmeAt` gives it: what happens next is read from its route. */
  readonly programme: Pick<Programme, 'title' | 'route'>;
  /** The academic year of the start. */
  readonly year: string;
  /** Names as people know them, never codes. */
  readonly school: string;
  readonly panel: string;
  /** Who onboards the student where the route has no interview (R78); null where the route does not say. */
  readonly provider: string | null;
  readonly decision: Outcome['decision'];
  /** The start of the cohort; null where there is none. */
  readonly expectedStart: IsoDate | null;
  /** The day of the meeting, or null for a decision outside the meeting (C18). */
  readonly meeting: IsoDate | null;
  readonly decidedAt: Instant;
  /** When the panel took its decision back, so that it holds no more; null where it stands. */
  readonly takenBack: Instant | null;
  readonly issuedAt: Instant;
  readonly reasons: string;
  readonly conditions: string;
  /** By when they are to be met; null where no day was said. */
  readonly conditionsBy: IsoDate | null;
  /** With what the panel before supported the application, where it set conditions (R73); null where it set none. Its text is empty while it is owed. */
  readonly conditionsBefore: { readonly panel: string; readonly text: string; readonly by: IsoDate | null } | null;
  readonly alternatives: string;
  /** What the panel asks for before it decides (A8). */
  readonly information: string;
  /** For a deferral: the day of the panel's next meeting, or null while none is planned. */
  readonly nextMeeting: IsoDate | null;
  /** For a deferral: the last day on which the school gives what is asked for (A22); null where there is none. */
  readonly informationBy: IsoDate | null;
  /** For a deferral: whether it is for no place alone (R13), and asks for nothing. */
  readonly forPlace: boolean;
  /** The panel that the school had asked before to reconsider its refusal, which it may once (A8); null where it had not. */
  readonly reconsidered: string | null;
  /** Whether the course had no place left when it was approved: the application stands in line for one (A9). */
  readonly inLine: boolean;
  readonly contact: Contact;
}

export interface Fact {
  readonly term: string;
  readonly value: string;
}

export interface Section {
  /** Its place in the page's address, `#reasons`. */
  readonly id: string;
  readonly heading: string;
  readonly blocks: readonly Block[];
}

/** Everything that the page and the PDF show, in reading order, in words. */
export interface OutcomeView {
  /** Of the window and of the PDF: says enough in a list of open windows. */
  readonly title: string;
  readonly reference: string;
  readonly caption: string;
  readonly decision: Outcome['decision'] | 'taken-back';
  readonly heading: string;
  readonly lead: string;
  readonly facts: readonly Fact[];
  readonly sections: readonly Section[];
  readonly note: string;
}

/** Who issues the document; it stands at its head. */
export const organisation = 'Coventry Alternative Provision (CAP)';

/** The decision as its document says it. */
export const decisionNames: Record<Outcome['decision'], string> = {
  approved: 'Approved',
  'approved-with-conditions': 'Approved with conditions',
  refused: 'Not approved',
  deferred: 'Deferred',
};

/**
 * The document in words, with days and times as London reads them.
 * @throws RangeError when a day or an instant is not one
 */
export function outcomeView(document: OutcomeDocument): OutcomeView {
  const { decision, programme } = document;
  const reference = oneLine(document.reference);
  const heading = document.takenBack === null ? decisionNames[decision] : 'Taken back';
  return {
    title: `Panel outcome for ${reference}: ${heading.toLowerCase()}`,
    reference,
    caption: `Panel outcome for application ${reference}`,
    decision: document.takenBack === null ? decision : 'taken-back',
    heading,
    lead: oneLine(document.takenBack === null ? leadOf(document) : takenBackLead(document, document.takenBack)),
    facts: [
      { term: 'Application', value: reference },
      { term: 'Programme', value: oneLine(`${programme.title}, ${document.year}`) },
      { term: 'School', value: oneLine(document.school) },
      // The office, not a person's name: whoever holds it decided for the panel.
      { term: 'Decided by', value: oneLine(`Chair of the ${document.panel}`) },
      { term: 'Meeting', value: document.meeting === null ? 'Decided outside the meeting' : formatDay(document.meeting) },
      { term: 'Decision recorded', value: formatLondon(document.decidedAt) },
      { term: 'Outcome issued', value: formatLondon(document.issuedAt) },
      ...startFacts(document),
    ],
    sections: [
      ...said('conditions', conditionsHeading('Conditions', document.conditionsBy), document.conditions),
      ...conditionsBeforeIn(document),
      ...said('information', informationHeading(document), document.information),
      ...said('reasons', 'Reasons', document.reasons),
      ...said('alternatives', 'Alternatives the panel suggests', document.alternatives),
      { id: 'next', heading: 'What happens next', blocks: stepBlocks(nextSteps(document).map(oneLine)) },
      { id: 'contact', heading: 'Who to contact', blocks: contactBlocks(document.contact, reference) },
    ],
    note: 'This document gives the reference of the application in place of the student’s name.',
  };
}

function startFacts({ decision, expectedStart, takenBack }: OutcomeDocument): Fact[] {
  if (expectedStart === null || takenBack !== null || decision === 'refused') return [];
  return [{ term: decision === 'deferred' ? 'Expected start, if approved' : 'Expected start', value: formatDay(expectedStart) }];
}

function conditionsHeading(conditions: string, by: IsoDate | null): string {
  return by === null ? conditions : `${conditions}, to be met${byDay(by)}`;
}

/** The conditions of the panel before, where an approval stands: else there is nothing to meet. */
function stillToMeet({ decision, takenBack, conditionsBefore }: OutcomeDocument): OutcomeDocument['conditionsBefore'] {
  const isApproval = decision === 'approved' || decision === 'approved-with-conditions';
  return isApproval && takenBack === null ? conditionsBefore : null;
}

function conditionsBeforeIn(document: OutcomeDocument): Section[] {
  const before = stillToMeet(document);
  if (before === null) return [];
  return said('conditions-before', conditionsHeading(`Conditions of the ${oneLine(before.panel)}`, before.by), before.text);
}

function byDay(day: IsoDate | null): string {
  return day === null ? '' : ` by ${formatDay(day)}`;
}

function informationHeading({ informationBy }: OutcomeDocument): string {
  return informationBy === null ? 'Information the panel asks for' : `Information the panel asks for,${byDay(informationBy)}`;
}

function takenBackLead({ panel, decision }: OutcomeDocument, at: Instant): string {
  return `The ${panel} took this decision back on ${formatLondon(at)}: it was recorded wrongly, and holds no more. It said: ${decisionNames[decision].toLowerCase()}.`;
}

function leadOf(document: OutcomeDocument): string {
  const asked = document.reconsidered === null ? '' : `The school asked the ${document.reconsidered} to reconsider its refusal. `;
  const before = stillToMeet(document);
  const supported = before === null ? '' : ` The ${before.panel} had supported it with conditions.`;
  return `${asked}${decidedBy(document)}${supported}`;
}

function decidedBy({ decision, panel, programme, information, forPlace }: OutcomeDocument): string {
  const application = `this application for ${programme.title}`;
  switch (decision) {
    case 'approved':
      return `The ${panel} approved ${application}.`;
    case 'approved-with-conditions':
      return `The ${panel} approved ${application}, with conditions.`;
    case 'refused':
      return `The ${panel} did not approve ${application}.`;
    case 'deferred':
      return information.trim() === ''
        ? `${forPlace ? 'No place is left for now. ' : ''}The ${panel} will decide on ${application} at its next meeting.`
        : `The ${panel} needs more information before it decides on ${application}.`;
  }
}

/** What happens next as CAP's documents say it: R63-R65 and R78 of an approval, R64 of a refusal, A8 of a deferral. */
function nextSteps(document: OutcomeDocument): string[] {
  if (document.takenBack !== null) {
    return ['Please do nothing on this document.', 'The panel decides anew, and you will be told the new outcome by e-mail.'];
  }
  switch (document.decision) {
    case 'approved':
      return [...meetThoseBefore(document), ...afterApproval(document)];
    case 'approved-with-conditions':
      return [
        `Make sure that the conditions are met${byDay(document.conditionsBy)}: the approval depends on them.`,
        ...meetThoseBefore(document),
        ...afterApproval(document),
      ];
    case 'refused':
      return [
        'CAP will contact you and support your school by exploring alternatives.',
        ...(document.reconsidered !== null
          ? []
          : ['You may ask the panel once to reconsider this, with new evidence, on the page of the case.']),
      ];
    case 'deferred':
      return [
        ...(document.forPlace ? ['There is nothing for you to do: the application keeps its turn.'] : []),
        ...(document.information.trim() === ''
          ? []
          : [
              `Give the information the panel asks for${byDay(document.informationBy)}${document.informationBy === null ? '' : ','} on the page of the case: the panel reads it before it meets again.`,
            ]),
        document.nextMeeting === null
          ? 'CAP will tell you by e-mail when the panel’s next meeting is planned.'
          : `The panel considers the application again at its next meeting, on ${formatDay(document.nextMeeting)}.`,
        'You will be told that outcome by e-mail within 3 working days of the meeting.',
      ];
  }
}

function meetThoseBefore(document: OutcomeDocument): string[] {
  const before = stillToMeet(document);
  if (before === null) return [];
  const where = before.text.trim() === '' ? ', once you read them on the page of the case' : '';
  return [
    `Make sure that the conditions of the ${before.panel} are met${byDay(before.by)}${where}: it supported the application with them.`,
  ];
}

/** One sentence for each stage that the route still has before the placement. */
function afterApproval({ programme: { route }, provider, inLine }: OutcomeDocument): string[] {
  const lastPanel = route.findLastIndex((stage) => stage.stage === 'panel');
  const steps = route.slice(lastPanel + 1).flatMap((stage) => sentences(stage, provider));
  return inLine
    ? [
        'The course has no place left just now: the application stands in line for one, and you are told when it has it.',
        ...steps,
      ]
    : steps;
}

function sentences(stage: RouteStage, provider: string | null): string[] {
  switch (stage.stage) {
    case 'send-pack':
      return ['CAP sends the application to a training provider.'];
    case 'interview':
      return [
        stage.arrangedBy === 'provider'
          ? 'The training provider arranges an interview with the student.'
          : 'You arrange an interview with the training provider.',
        'After the interview the training provider responds to the application, and CAP sends you its response.',
      ];
    case 'allocation':
      return [`A receiving school is allocated at the ${panelTitles[stage.panel]}, and you are told which.`];
    case 'onboarding':
      return [`${provider ?? 'The provider'} starts the onboarding of the student with you. There is no interview.`];
    case 'start-date':
      return ['You confirm the start date.'];
    case 'pack-check':
    case 'panel':
    case 'placement':
      return [];
  }
}

function stepBlocks(items: string[]): Block[] {
  return items.length === 1 ? [{ kind: 'paragraph', lines: items }] : [{ kind: 'steps', items }];
}

function said(id: string, heading: string, text: string): Section[] {
  const blocks = blocksOf(text);
  return blocks.length === 0 ? [] : [{ id, heading, blocks }];
}

function contactBlocks({ name, email }: Contact, reference: string): Block[] {
  return [
    { kind: 'paragraph', lines: [`${oneLine(name)} can answer questions about this outcome. Quote ${reference}.`] },
    { kind: 'email', address: oneLine(email), subject: reference },
  ];
}
