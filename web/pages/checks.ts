// Quality checks of providers: what was passed, until when it holds, what has lapsed; CAP records the new ones.
import { HttpProblem } from '../../api/problems';
import { checkKinds, checkTitles, type CheckKind } from '../../domain/checks';
import { can } from '../../domain/permissions';
import type { Answers } from '../answers';
import { asTyped, type FormField } from '../forms/fields';
import { formOver } from '../forms/meanwhile';
import { readOrRefuse } from '../forms/readOrRefuse';
import { shortDay } from '../dates';
import { html, type Html } from '../html';
import { page, type Asked, type Page } from '../page';
import { badge, link, paragraph, table } from '../parts';

type Checked = Answers['checks']['providers'][number];

const checks = page({
  path: '/checks',
  name: 'checks',
  who: 'signed-in',
  show: async (asked) => {
    const { providers } = await asked.door('checks');
    return {
      title: 'Quality checks of providers',
      back: { href: '/courses', text: 'Courses' },
      wide: true,
      main: html`${paragraph('Once a check has lapsed, no new placement goes to the provider. Those that run go on, and CAP is told each week.')}
      ${table(
        'What was checked, and until when it holds',
        [{ title: 'Provider' }, ...checkKinds.map((kind) => ({ title: titleOf(kind) }))],
        providers.map((provider) => [provider.name, ...checkKinds.map((kind) => stateOf(asked, provider, kind))]),
        'There is no provider whose checks are for you to read.',
      )}`,
    };
  },
});

/** A check as people know it, without the number of its rule. */
const titleOf = (kind: CheckKind) => checkTitles[kind].replace(/ \(R\d+\)$/, '');

function stateOf(asked: Asked, { provider, name, checks: all, reviewDue }: Checked, kind: CheckKind): Html {
  const check = all.find((each) => each.kind === kind);
  const held = check
    ? html`${badge(check.lapsed ? 'Lapsed' : 'Holds', check.lapsed ? 'late' : 'good')}<br />until ${shortDay(check.expires)}`
    : html`Not recorded`;
  const due = kind === 'compliance-review' && reviewDue !== null ? html`<br />Due this term, by ${shortDay(reviewDue)}` : '';
  const state = html`${held}${due}`;
  if (!asked.may('recordCheck')) return state;
  return html`${state}<br />${link(`/checks/${provider}/${kind}`, 'Record', `${titleOf(kind)} of ${name}`)}`;
}

const fields: readonly FormField[] = [
  { kind: 'day', name: 'passed', title: 'Passed on' },
  { kind: 'day', name: 'expires', title: 'Holds until', hint: 'The last day on which it holds' },
];

/** How long a check of this kind may hold. */
const longest: Readonly<Partial<Record<CheckKind, string>>> = {
  'compliance-review': 'It is passed each term, and holds to the end of the next one at most.',
  'safeguarding-training': 'It is confirmed for one academic year.',
};

const recordCheck = page({
  path: '/checks/{provider}/{kind}',
  name: 'recordCheck',
  who: (person) => can(person, 'keep-directory'),
  show: async (asked) => {
    const { found, kind } = await checkIn(asked);
    const known = found.checks.find((each) => each.kind === kind);
    const there = asTyped(fields, { ...known });
    const version = known?.version ?? 0;
    return {
      title: titleOf(kind),
      caption: found.name,
      back: { href: '/checks', text: 'Quality checks of providers' },
      main: html`${longest[kind] === undefined ? '' : paragraph(longest[kind])} ${formOver(asked, version, fields, there)}`,
    };
  },
  take: async (asked, { posted, headers }) => {
    const { found, kind } = await checkIn(asked);
    const body = readOrRefuse(fields, posted);
    await asked.door('recordCheck', { params: { provider: found.provider, kind }, headers, body });
    return { to: '/checks', said: 'saved' };
  },
});

/** @throws HttpProblem when there is no such provider, or no such check */
async function checkIn(asked: Asked): Promise<{ readonly found: Checked; readonly kind: CheckKind }> {
  const { providers } = await asked.door('checks');
  const found = providers.find(({ provider }) => provider === asked.params['provider']);
  const kind = checkKinds.find((each) => each === asked.params['kind']);
  if (!found || !kind) throw new HttpProblem('not-found', 'There is no such check: look it up in the list.');
  return { found, kind };
}

export const checkPages: readonly Page[] = [checks, recordCheck];
