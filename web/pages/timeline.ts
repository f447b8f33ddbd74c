// What happened to a case, the newest first: each entry with its day, who did it, what was fixed by it, and what they wrote.
import type { CaseView } from '../../api/views/case';
import { formatDay, formatLondon, type IsoDate } from '../../domain/calendar';
import { personCommands } from '../../domain/commands';
import { agreementTitles, closingTitles, meetingsAboutTitles, type Event } from '../../domain/state';
import { weekdaysInWords, type AgreedDays } from '../../domain/timetable';
import { html, type Html } from '../html';
import { paragraph } from '../parts';

const { ground } = personCommands.providerResponse.fields;

type Entry = CaseView['timeline'][number];

export function timeline({ timeline: all }: CaseView): Html {
  return html`<ol class="cap-timeline" reversed>
    ${all.toReversed().map(
      (entry) =>
        html`<li>
          <strong class="govuk-!-font-weight-bold">${entry.title}</strong>
          <span class="govuk-body-s cap-timeline__time">${whenAndWho(entry)}</span>
          ${fixedBy(entry).map((line) => paragraph(`${line}.`))} ${wordsOfEntry(entry.texts)}
          ${entry.conditionsBy === null ? '' : paragraph(`Conditions to be met by ${formatDay(entry.conditionsBy)}.`)}
        </li> `,
    )}
  </ol>`;
}

function whenAndWho({ at, personName, source }: Entry): string {
  return `${formatLondon(at)}${source === 'system' ? '' : `, ${personName}`}${source === 'temporal' ? ', through Temporal' : ''}`;
}

/** @returns what an entry fixes beside its title: the days, the hour, the course, where the student goes */
export function fixedBy({
  kind,
  codes,
  hostName,
  courseTitle,
}: Pick<Entry, 'kind' | 'codes' | 'hostName' | 'courseTitle'>): string[] {
  const event = { ...codes, kind } as unknown as Event;
  switch (event.kind) {
    case 'withdrawalAsked':
    case 'withdrawalProcessed':
      return [
        `${event.matter.from === 'days' ? 'From some days of the week alone' : 'From the whole placement'}, last day ${formatDay(event.matter.last)}`,
        ...(event.matter.weekdays === undefined ? [] : [`Then on ${weekdaysInWords(event.matter.weekdays)}`]),
      ];
    case 'extensionAsked':
      return [`To ${formatDay(event.matter.end)}`];
    case 'extensionDecided':
      return [event.end === null ? 'Not extended' : `To ${formatDay(event.end)}`];
    case 'changeOfDayAsked':
    case 'changeOfDayProcessed':
      return [`To ${daysAgreed(event.matter.days)}`];
    case 'startConfirmed':
    case 'startCorrected':
      return [`From ${formatDay(event.start)} to ${formatDay(event.end)}`];
    case 'packSent':
      return [[hostName, courseTitle].filter((part) => part !== null).join(', ')].filter((line) => line !== '');
    case 'allocated':
      return hostName === null ? [] : [hostName];
    case 'providerDeclined':
      return [`${ground.title}: ${ground.titles[event.ground]}`];
    case 'interviewBooked':
      return [`For ${formatLondon(event.on)}`];
    case 'meetingCalled':
      return [`${meetingsAboutTitles[event.matter.about]}, for ${formatLondon(event.matter.at)}`];
    case 'reviewHeld':
      return [`Held on ${formatDay(event.on)}`];
    case 'assessed':
    case 'taskDone':
    case 'noticeSent':
    case 'cpomsNoted':
      return [onDay(event.on)];
    case 'agreementRecorded':
    case 'agreementWithdrawn':
      return [agreementTitles[event.agreement], onDay(event.on)];
    case 'exited':
      return [closingTitles[event.destination]];
    default:
      return [];
  }
}

const onDay = (day: IsoDate): string => `On ${formatDay(day)}`;

/** @returns days of the week in words, with the time for which they are agreed, where that is not the whole placement */
export function daysAgreed({ from, until, weekdays }: AgreedDays): string {
  const time = [from && `from ${formatDay(from)}`, until && `until ${formatDay(until)}`].filter((part) => part !== null);
  return [weekdaysInWords(weekdays), ...time].join(' ');
}

/** What somebody wrote. Where it is several texts, each has the title under which the table of commands asks for it, and they stand in its order. */
export function wordsOfEntry(written: Entry['texts']): Html[] {
  const names = Object.keys(written);
  const asked: readonly Readonly<Record<string, { readonly title: string }>>[] = Object.values(personCommands).map(
    ({ texts }) => texts,
  );
  const titles = names.length > 1 ? asked.find((texts) => names.every((name) => texts[name])) : undefined;
  const inOrder = titles === undefined ? names : Object.keys(titles).filter((name) => names.includes(name));
  return inOrder.map((name) => {
    const text = written[name] ?? '';
    const title = titles?.[name]?.title;
    return html`${title === undefined ? '' : html`<p class="govuk-body govuk-!-font-weight-bold govuk-!-margin-bottom-0">${title}</p>`}
      <p class="govuk-body" dir="auto">${text}</p>`;
  });
}
