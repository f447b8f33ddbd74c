// Signed nights: what was proved and signed each night, what does not hold, and a timeline that CAP takes as it stands.
import { formatLondon } from '../../domain/calendar';
import { nightReference } from '../../domain/nights';
import { can } from '../../domain/permissions';
import type { Answers } from '../answers';
import type { FormField } from '../forms/fields';
import { readOrRefuse } from '../forms/readOrRefuse';
import { showFields } from '../forms/show';
import { shortDay, shortTime } from '../dates';
import { html, type Html } from '../html';
import { page, type Asked, type Page } from '../page';
import { badge, banner, inset, link, list, paragraph, summaryList, table, warning } from '../parts';

type Alarm = Answers['nights']['alarms'][number];
type Nights = Answers['nights'];

const sees: Page['who'] = (person) => can(person, 'see-nights');
const toNights = { href: '/nights', text: 'Signed nights' };

/** @returns what whoever runs the service must see of the nights: alarms that are not over, or that no night was signed of late; '' where all is well */
export function nightsWarning({ nights, alarms }: Nights, now: string): Html | string {
  const open = alarms.filter(({ over }) => over === null);
  const [last] = nights;
  if (open.length > 0) return alarmsBanner(open.length);
  const since = last === undefined ? null : Date.parse(now) - Date.parse(last.at);
  if (since !== null && since < longestGap) return '';
  return inset(
    last === undefined ? 'No night was signed in the last month.' : `No night was signed since ${formatLondon(last.at)}.`,
  );
}

/** @returns that so many timelines and nights do not hold, with the way to them; '' where all do */
export function alarmsBanner(open: number): Html | string {
  return open === 0 ? '' : banner('Not as it was written', link('/nights', `What does not hold: ${String(open)}`));
}

/** A day and a half: one night was left out. */
const longestGap = 36 * 60 * 60 * 1000;

const nightsPage = page({
  path: '/nights',
  name: 'nights',
  who: sees,
  show: async (asked) => {
    const found = await asked.door('nights');
    const { nights, alarms } = found;
    return {
      title: toNights.text,
      back: can(asked.person, 'see-workings').allowed
        ? { href: '/ops', text: 'Operations' }
        : { href: '/access', text: 'Who read what' },
      wide: true,
      main: html`${paragraph('Each night every timeline is checked: whether its hashes hold, and whether it still leads on from the last hash that was signed of it, its head. Then all heads are signed anew, and kept apart from the records. So it is found out if somebody writes a timeline anew, even all of it.')}
      ${alarms.some(({ over }) => over === null) ? '' : nightsWarning(found, asked.now)}
      ${table(
        'What does not hold, and what did not in the last month',
        ['What', 'Why', 'Since', 'State', 'Actions'].map((title) => ({ title })),
        alarms.map((alarm) => [aboutOf(asked, alarm), whyOf(alarm), shortTime(alarm.since), stateOf(alarm), acceptOf(alarm)]),
        'Nothing was found that does not hold.',
      )}
      ${table(
        'The nights of the last month',
        [
          { title: 'Night' },
          { title: 'Timelines', numeric: true },
          { title: 'Entries', numeric: true },
          { title: 'Result' },
          { title: 'Signed with' },
          { title: 'Kept in' },
        ],
        nights.map(({ night, timelines, entries, alarms: found, key, place }) => [
          link(`/nights/${nightReference(night)}`, shortDay(night)),
          String(timelines),
          String(entries),
          found === 0 ? badge('All hold', 'good') : badge(`${String(found)} did not hold`, 'late'),
          key,
          html`<span class="cap-code">${place}</span>`,
        ]),
        'No night has been signed yet. It is done at 3am each night.',
      )}`,
    };
  },
});

function aboutOf({ may }: Asked, { about }: Alarm): Html | string {
  if (about.startsWith('NIGHT-')) return link(`/nights/${about}`, about);
  return about.startsWith('CAP-') && may('timelineProof') ? link(`/cases/${about}/proof`, about) : about;
}

function whyOf({ why, step }: Alarm): string {
  return step === null ? why : `Step ${String(step)}. ${why}`;
}

function stateOf({ over, accepted }: Alarm): Html {
  if (accepted !== null)
    return html`${badge('Accepted', 'waits')} by ${accepted.by}, ${shortTime(accepted.at)}: ${accepted.reason}`;
  return over === null ? badge('Does not hold', 'late') : html`${badge('Holds again', 'good')} since ${shortTime(over)}`;
}

function acceptOf({ about, mayAccept }: Alarm): Html | string {
  return mayAccept ? link(acceptPath(about), 'Accept', `${about} as it stands`) : '';
}

const acceptPath = (about: string) => `/nights/accept/${about}`;

const nightPage = page({
  path: '/nights/{night}',
  name: 'night',
  who: sees,
  show: async (asked) => {
    const { night, holds, why, signed } = await asked.door('night', { params: { night: asked.params['night'] ?? '' } });
    return {
      title: holds ? 'This night is as it was signed' : 'This night is not as it was signed',
      caption: nightReference(night),
      back: toNights,
      main: html`${paragraph('What is kept of it was read just now, its signature checked, and held against the records.')}
      ${why && inset(html`${badge('Broken', 'late')} ${why} Tell whoever runs the service, and change nothing.`)}
      ${
        signed === null
          ? ''
          : summaryList([
              { key: 'Signed', value: `${formatLondon(signed.at)}, with the key ${signed.key}` },
              { key: 'Timelines', value: `${String(signed.timelines)}, with ${String(signed.entries)} entries` },
              { key: 'Did not hold then', value: String(signed.alarms) },
              { key: 'Kept in', value: html`<span class="cap-code">${signed.place}</span>` },
              { key: 'Digest', value: html`<code class="cap-code">${signed.digest}</code>` },
            ])
      }`,
    };
  },
});

const acceptFields: readonly FormField[] = [
  { kind: 'words', name: 'reason', title: 'Why does it count as it stands?', hint: 'Auditors and ops read it. Name no child.' },
];

const acceptPage = page({
  path: '/nights/accept/{about}',
  name: 'acceptTimeline',
  who: (person) => can(person, 'accept-timeline'),
  show: async (asked) => {
    const about = asked.params['about'] ?? '';
    const { alarms } = await asked.door('nights');
    const alarm = alarms.find((each) => each.about === about && each.mayAccept);
    if (!alarm)
      return {
        title: 'There is nothing to accept',
        back: toNights,
        main: paragraph('The alarm is over, or was accepted already, or the timeline does not hold in itself.'),
      };
    return {
      title: 'Take it as it stands?',
      caption: about,
      back: toNights,
      main: html`${paragraph(whyOf(alarm))}
      ${list([
        'Do so only if the records were restored from a backup, and what is missing is known.',
        'If nobody restored them, somebody wrote the timeline anew: leave it, and find out who.',
      ])}
      ${warning('The next night signs the timeline as it stands. What was signed of it before is kept, and can be looked up.')}
      ${asked.form({ button: 'Take it as it stands', looks: 'warning' }, showFields(acceptFields, asked.again ?? undefined))}`,
    };
  },
  take: async (asked, { posted }) => {
    const body = readOrRefuse(acceptFields, posted);
    await asked.door('acceptTimeline', { params: { about: asked.params['about'] ?? '' }, body });
    return { to: '/nights', said: 'accepted' };
  },
});

export const nightPages: readonly Page[] = [nightsPage, nightPage, acceptPage];
