// The case that is measured: a Flourish application from its submission to its exit, ten decisions by the people whose they are.
import { draftYear, type Answers } from '../domain/application';
import { londonDay, type Instant, type IsoDate } from '../domain/calendar';
import type { BodyOf, PersonCommandKind } from '../domain/commands';
import { programmeFor } from '../domain/programmes';

export interface Decision<K extends PersonCommandKind = PersonCommandKind> {
  readonly by: string;
  readonly kind: K;
  /** Its codes at the time at which it is given. */
  readonly body: (now: Instant) => BodyOf<K>;
  readonly texts: Readonly<Record<string, string>>;
}

export const programme = 'flourish';
export const school = { person: 'school.alder', code: 'SCH-A' } as const;

const words = 'As the meeting agreed, with what the school and the family told it.';

const decision = <K extends PersonCommandKind>(
  by: string,
  kind: K,
  body: BodyOf<K> | ((now: Instant) => BodyOf<K>),
  texts: Decision['texts'] = {},
): Decision => ({
  by,
  kind,
  body: (now) => (typeof body === 'function' ? body(now) : body),
  texts,
});

export const submission = decision(school.person, 'submit', {});

/** Milliseconds from the booking of an interview to its time: it is recorded then, not before. */
export const interviewIn = 300;

/** After this decision the case goes on in a new run. */
export const startsNewRun: PersonCommandKind = 'confirmStart';

/** The decisions after the submission, up to the confirmed start. */
export function untilPlacement(today: IsoDate): readonly Decision[] {
  return [
    decision('cap.team', 'checkPack', { result: 'complete' }),
    decision('chair.review', 'panelDecision', { outcome: 'approve', outsideMeeting: true }, { reasons: words }),
    decision('cap.team', 'sendPack', { provider: 'TP-ONE' }),
    decision('provider.one', 'bookInterview', (now) => ({ at: new Date(Date.parse(now) + interviewIn).toISOString() })),
    decision('provider.one', 'recordInterview', { result: 'held' }),
    decision('provider.one', 'providerResponse', { result: 'accept' }),
    decision(school.person, startsNewRun, { start: today }),
  ];
}

/** A decision that a placement takes any number of times. */
export const review = (today: IsoDate): Decision =>
  decision('provider.one', 'holdReview', { on: today, review: 'review' }, { summary: words });

/** All decisions after the submission. */
export function story(today: IsoDate): readonly Decision[] {
  const exit = decision('cap.team', 'recordExit', { destination: 'ended-early' }, { summary: words });
  return [...untilPlacement(today), review(today), exit];
}

/** Answers that meet every gate of the programme. */
export function answers(now: Instant): Answers {
  const { questions } = programmeFor(programme, draftYear(now));
  const byType = { text: words, 'yes-no': true, day: '2011-05-04' };
  return {
    ...Object.fromEntries(questions.map(({ code, answer }) => [code, byType[answer]])),
    'risk-assessment-date': londonDay(now),
  };
}
