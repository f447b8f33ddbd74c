// A case: where it stands, what comes next and who does it, what was agreed, what happened.
import type { CaseView } from '../../api/views/case';
import { formatDay, formatLondon, londonDay } from '../../domain/calendar';
import type { PersonCommandKind } from '../../domain/commands';
import { lastDay } from '../../domain/load';
import { can } from '../../domain/permissions';
import { closingTitles, isErased, meetingsAboutTitles, type MatterOf } from '../../domain/state';
import { panelTitles, partyInWords, type PanelCode } from '../../domain/words';
import { shortDay, shortTime } from '../dates';
import { html, type Html } from '../html';
import { decisionNames } from '../outcome/outcomeDocument';
import { page, type Asked } from '../page';
import {
  badge,
  details,
  heading,
  inset,
  leadOn,
  link,
  list,
  paragraph,
  sentence,
  summaryList,
  table,
  type SummaryRow,
} from '../parts';
import { beginPath } from './applications';
import { captionOf } from './caption';
import { commandPage } from './command';
import { answerInWords } from '../pack/pack';
import { filesPath } from './files';
import { progressOnCase } from './progress';
import { leadsOfCase } from './safeguardingLeads';
import { sitesOfCase } from './sites';
import { daysAgreed, timeline } from './timeline';

export const casePage = page({
  path: '/cases/{reference}',
  name: 'case',
  who: 'signed-in',
  show: async (asked) => {
    const { reference = '' } = asked.params;
    const found = await asked.door('case', { params: { reference } });
    const [sites, progress, leads] = await Promise.all([
      sitesOfCase(asked, found),
      progressOnCase(asked, found),
      leadsOfCase(asked, found),
    ]);
    const late = (due: string) => due < asked.now;
    return {
      title: found.stage.title,
      caption: captionOf(found),
      about: reference,
      back: { href: '/cases', text: 'Cases' },
      main: html`<div data-live="case">${waits(found, late)} ${next(asked, found)}</div>
        ${erased(found)} ${heading('The case')} ${summaryList(known(found))} ${outcomes(found)} ${placement(found)} ${sites}
        ${progress} ${agreements(found)} ${leads} ${application(asked, found)}
        <div data-live="timeline">${heading('What happened')} ${timeline(found)}</div>
        ${emails(found)} ${await behind(asked, reference)}`,
    };
  },
});

/** Of a case that was kept long enough it says so: whoever finds no answer in it would else look for what went wrong (A14). */
function erased({ timeline: all }: CaseView): Html {
  const at = all.find(({ kind }) => kind === 'erased')?.at;
  if (at === undefined) return html``;
  return inset(
    `What was written of this case was erased on ${formatDay(londonDay(at))}, for it was kept as long as it is to be kept. What happened, and when, stays.`,
  );
}

/** What the school said, and how it goes on from there; nothing once it is erased. */
function application(asked: Asked, found: CaseView): Html {
  if (isErased(found)) return html``;
  return html`${heading('The application')} ${pack(found)} ${nextApplication(asked, found)}`;
}

/** For those who look behind a case: the proof of its timeline, its workflow, and who read it. */
async function behind(asked: Asked, reference: string): Promise<Html> {
  const links = [
    ...(asked.may('timelineProof') ? [link(`/cases/${reference}/proof`, 'Check that nothing of it was changed')] : []),
    ...(asked.may('accessLog') ? [link(`/access?reference=${reference}`, 'Who read it')] : []),
    ...(asked.may('caseWorkflow')
      ? [link((await asked.door('caseWorkflow', { params: { reference } })).href, 'Its workflow in the Temporal Web UI')]
      : []),
  ];
  return links.length === 0 ? html`` : html`${heading('Behind the case')} ${list(links)}`;
}

function waits(found: CaseView, late: (due: string) => boolean): Html {
  return table(
    'What it waits for',
    [{ title: 'What' }, { title: 'From' }, { title: 'Due' }],
    found.waits.map(({ title, party, due }) => [
      sentence(title),
      sentence(partyInWords(party, found)),
      html`${shortDay(londonDay(due))} ${late(due) ? badge('Overdue', 'late') : ''}`,
    ]),
    'It waits for nothing: the case has ended.',
  );
}

/** What this person may do: as a button what the case waits for from them, everything else behind it. */
function next({ person }: Asked, { can, reference, waits: all }: CaseView): Html {
  if (can.length === 0) return paragraph('There is nothing for you to do here at the moment.');
  const held: readonly string[] = person.parties;
  const theirs = all.filter(({ party }) => held.includes(party));
  const [first] = theirs.flatMap(({ what }) => can.filter(({ command }) => command === ends[what]));
  if (first === undefined) return more('What you can do', can, reference);
  const others = can.filter((each) => each !== first);
  return html`${leadOn(commandPage(reference, first.command), first.title)}
  ${others.length === 0 ? '' : more('What else you can do', others, reference)}`;
}

/** By which command a wait ends. */
const ends: Partial<Readonly<Record<CaseView['waits'][number]['what'], PersonCommandKind>>> = {
  'pack-check': 'checkPack',
  'corrected-pack': 'resubmitPack',
  'panel-decision': 'panelDecision',
  reasons: 'giveReasons',
  information: 'giveInformation',
  allocation: 'allocateSchool',
  'pack-to-be-sent': 'sendPack',
  'interview-booking': 'bookInterview',
  'interview-record': 'recordInterview',
  'provider-response': 'providerResponse',
  onboarding: 'recordOnboarding',
  'start-date': 'confirmStart',
  review: 'holdReview',
  'pathway-review': 'holdReview',
  'asked-review': 'holdReview',
  assessment: 'recordAssessment',
  task: 'recordTask',
  notice: 'recordNotice',
  exit: 'recordExit',
  'called-meeting': 'recordMeeting',
  withdrawal: 'processWithdrawal',
  'change-of-day': 'confirmChangeOfDay',
  extension: 'decideExtension',
  'withdrawn-agreement': 'settleAgreement',
  complaint: 'answerComplaint',
  'undelivered-email': 'settleEmail',
};

function more(title: string, can: CaseView['can'], reference: string): Html {
  return details(title, list(can.map(({ command, title: text }) => link(commandPage(reference, command), text))));
}

const sendSaid = {
  invited: 'Invited to the review that is called',
  nobody:
    'To be invited to the review, but nobody acts for it here. CAP tells it in another way, and gives somebody that grant under People.',
} as const;

function known(found: CaseView): SummaryRow[] {
  const {
    student,
    programme,
    schoolName,
    hostName,
    submitted,
    since,
    position,
    landing,
    registration,
    people,
    linked,
    school,
    send,
  } = found;
  return [
    { key: 'Student', value: student },
    { key: 'Programme', value: `${programme.title}, ${programme.year}` },
    { key: 'Home school', value: schoolName },
    { key: 'With', value: hostName },
    { key: 'Course', value: found.course },
    { key: 'Submitted', value: formatLondon(submitted) },
    { key: 'At this stage since', value: formatLondon(since) },
    {
      key: 'Interview',
      value: position.stage === 'interview' && position.booked !== null ? formatLondon(position.booked) : null,
    },
    ...calledMeetings(found),
    { key: 'Panel meetings', value: landing && meetings(landing, found) },
    { key: 'Expected start', value: landing?.cohort && !hasNoStart(position) ? formatDay(landing.cohort) : null },
    {
      key: 'On the roll',
      value:
        registration.subsidiary === null ? null : `${schoolName} (main), ${hostName ?? registration.subsidiary} (subsidiary)`,
    },
    { key: 'SEND team', value: send && sendSaid[send] },
    ...people.map(({ as, name }) => ({ key: as === 'case-worker' ? 'Case-worker' : 'Monitoring officer', value: name })),
    { key: 'Documents', value: isErased(found) ? null : link(filesPath(found.reference), 'See the documents') },
    {
      key: 'Linked cases',
      value:
        linked.length === 0
          ? null
          : html`${linked.map((each) => html`${link(`/cases/${each.reference}`, each.reference)} ${each.isNext ? '(the next application)' : '(the one before)'} `)}`,
    },
  ].filter((row) => row.value !== null && !(row.key === 'Home school' && school === ''));
}

/** Whether nothing starts any more, as the case stands: it was refused, or it ended before a start. */
function hasNoStart(position: CaseView['position']): boolean {
  return position.stage === 'alternatives'
    ? position.because === 'refused'
    : position.stage === 'closed' && position.start === null;
}

/** The meetings to which a case has yet to come, and those of the panels that decided on it. */
function meetings({ meetings: all }: NonNullable<CaseView['landing']>, { timeline: happened }: CaseView): Html | null {
  const lines = all.flatMap(({ panel, meeting, day, ahead }) => {
    const outside = ahead ? false : decidedOutside(happened, panel);
    if (outside === null) return [];
    const when = meeting === null || day === null ? 'not planned yet' : html`${link(`/meetings/${meeting}`, formatDay(day))}`;
    return [html`${panelTitles[panel]}: ${outside ? 'decided outside the meeting' : when}`];
  });
  return lines.length === 0 ? null : list(lines);
}

/** @returns whether a panel decided last outside its meeting (C18); null where this reader knows of no decision of it */
function decidedOutside(happened: CaseView['timeline'], panel: PanelCode): boolean | null {
  const decision = happened.findLast(({ codes }) => codes['panel'] === panel && typeof codes['outsideMeeting'] === 'boolean');
  return decision === undefined ? null : decision.codes['outsideMeeting'] === true;
}

function outcomes({ outcomes: all }: CaseView): Html {
  if (all.length === 0) return html``;
  return html`${heading('Outcome documents')}
  ${list(
    all.map(
      ({ decision, issued, takenBack, page: href }) =>
        html`${link(href, decisionNames[decision])}, issued
        ${formatLondon(issued)}${takenBack === null ? '' : ` and taken back ${formatLondon(takenBack)}`}`,
    ),
  )}`;
}

/** A placement that has ended: what is left of it are its days, and where the student went. */
function endedPlacement(found: CaseView): Html {
  const { position, since, reference } = found;
  if (position.stage !== 'closed' || position.start === null || position.end === undefined) return html``;
  const { start, end, because } = position;
  const last = lastDay(end, londonDay(since));
  return html`${heading('The placement')}
  ${summaryList([
    { key: 'First day', value: formatDay(start) },
    { key: 'Last day', value: `${formatDay(last)}${last < end ? `, and it was planned to ${formatDay(end)}` : ''}` },
    { key: 'How it ended', value: closingTitles[because] },
    { key: 'Attendance', value: isErased(found) ? null : link(`/cases/${reference}/attendance`, 'See the attendance') },
  ])}`;
}

function placement(found: CaseView): Html {
  const { position, phases, reference } = found;
  if (position.stage !== 'placement') return endedPlacement(found);
  const { start, end, schoolWeeks, days = [] } = position;
  return html`${heading('The placement')}
  ${summaryList([
    { key: 'First day', value: formatDay(start) },
    { key: 'Last day', value: `${formatDay(end)}, after ${schoolWeeks} school ${schoolWeeks === 1 ? 'week' : 'weeks'}` },
    {
      key: 'Days of the week',
      value: days.length === 0 ? null : daysInWords(days),
    },
    { key: 'Attendance', value: link(`/cases/${reference}/attendance`, 'See the attendance') },
  ])}
  ${
    phases.length < 2
      ? ''
      : table(
          'Phases',
          [{ title: 'Phase' }, { title: 'From' }, { title: 'To' }],
          phases.map(({ title, first, last }) => [title, shortDay(first), shortDay(last)]),
          '',
        )
  }`;
}

type Days = NonNullable<(CaseView['position'] & { stage: 'placement' })['days']>;

/** The agreements on days of the week, each with the time for which it holds, where that is not the whole placement. */
function daysInWords(days: Days): Html | string {
  const lines = days.map(daysAgreed);
  return lines.length === 1 ? (lines[0] ?? '') : list(lines);
}

function agreements({ agreements: all }: CaseView): Html {
  if (all.length === 0) return html``;
  return table(
    'Agreements',
    [{ title: 'Agreement' }, { title: 'Agreed on' }, { title: 'Stands' }],
    all.map(({ title, on, withdrawn }) => [
      title,
      shortDay(on),
      withdrawn === null ? 'Yes' : `Withdrawn on ${shortDay(withdrawn)}`,
    ]),
    '',
  );
}

function pack({ pack: answers, reference }: CaseView): Html {
  if (answers.length === 0) return paragraph('There is nothing of the application for you to read here.');
  return html`${summaryList(answers.map((each) => ({ key: each.question, value: answerInWords(each) })))}
  ${paragraph(link(`/cases/${reference}/pack.pdf`, 'The application as a file (PDF)'))}`;
}

/** Its school begins another application with its student and its answers (R68), once it has a placement, or has ended. */
function nextApplication({ person }: Asked, { reference, school, position }: CaseView): Html {
  if (!can(person, 'start-application', school).allowed) return html``;
  if (!['placement', 'alternatives', 'closed'].includes(position.stage)) return html``;
  return paragraph(link(beginPath('', { student: null, follows: reference }), 'Begin the next application with these answers'));
}

/** The meetings that were called and are still to be recorded: what each is about, when and where it is, as it was called last. */
function calledMeetings({ matters, timeline: all }: CaseView): SummaryRow[] {
  const open = matters.filter(({ kind }) => kind === 'called-meeting').map(({ subject }) => subject);
  const calls = all.flatMap(({ kind, codes, texts }) =>
    kind === 'meetingCalled' ? [{ ...(codes['matter'] as MatterOf<'called-meeting'>), place: texts['place'] }] : [],
  );
  return open
    .flatMap((subject) => calls.findLast((call) => call.subject === subject) ?? [])
    .map(({ about, at, place }) => ({
      key: 'Meeting called',
      value: [meetingsAboutTitles[about], formatLondon(at), ...(place === undefined ? [] : [place])].join(', '),
    }));
}

/** How far an e-mail has come. */
export const emailStates = {
  sent: badge('Sent', 'good'),
  due: badge('To be sent', 'waits'),
  undelivered: badge('Not delivered', 'late'),
};

function emails(found: CaseView): Html {
  return details(
    'E-mails of this case',
    table(
      'E-mails',
      [{ title: 'About' }, { title: 'To' }, { title: 'Written' }, { title: 'State' }],
      found.emails.map(({ title, to, written, status }) => [
        title,
        sentence(partyInWords(to.party, found)),
        shortTime(written),
        emailStates[status],
      ]),
      'No e-mail was written yet.',
    ),
  );
}
