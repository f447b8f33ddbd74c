// What is done to a meeting, each on a page of its own: a seat, an interest, attendance, the signature. From the table of commands, as for a case.
import { meetingCommandKinds, type MeetingPersonCommandKind } from '../../domain/commands';
import { can } from '../../domain/permissions';
import type { MeetingCommandDoor } from '../answers';
import { commandFields } from '../forms/commandForm';
import { asTyped, type FormField, type Option } from '../forms/fields';
import { html, type Html } from '../html';
import type { Asked } from '../page';
import { inset, warning } from '../parts';
import { givingPage } from './giving';
import { interestsOfOthers, meetingCommandPath, presentIn, titleOf, type Meeting, type Minutes } from './meeting';

export const meetingCommandPages = meetingCommandKinds.map((kind) =>
  givingPage({
    kind,
    to: 'the meeting',
    path: meetingCommandPath('{id}', kind),
    name: `${kind}-of-meeting`,
    who: (person) => can(person, 'see-calendar'),
    read: readMeeting,
    of: ({ minutes }) => minutes,
    around: ({ found, minutes }) => ({
      caption: titleOf(found),
      about: titleOf(found),
      back: { href: `/meetings/${minutes.meeting}`, text: 'The meeting' },
    }),
    consequence: (_asked, { found }) => consequence(kind, found),
    form: ({ minutes }) => ({
      button: buttons[kind] ?? 'Save',
      ...(kind === 'signMinutes' ? { looks: 'warning' } : {}),
      ...(anew.has(kind) ? { read: minutes.step } : {}),
    }),
    fields: (asked, read, form) => fieldsOf(asked, read, kind, form),
    filled: (asked, { minutes }, fields) => {
      const there = kind === 'recordAttendance' ? { present: presentIn(minutes), note: noteIn(minutes) } : asked.query;
      return { posted: asTyped(fields, there), problems: [] };
    },
    give: (asked, call) => asked.door(doorOf(kind), { params: ofMeeting(asked), ...call }),
  }),
);

const ofMeeting = ({ params: { id = '' } }: Asked) => ({ id });

interface MeetingRead {
  readonly found: Meeting;
  readonly minutes: Minutes;
}

async function readMeeting(asked: Asked): Promise<MeetingRead> {
  const params = ofMeeting(asked);
  return { found: await asked.door('meeting', { params }), minutes: await asked.door('minutes', { params }) };
}

const doorOf = (kind: MeetingPersonCommandKind): MeetingCommandDoor => (kind === 'settleEmail' ? 'settleEmailOfMeeting' : kind);

/** These say anew what somebody else may have said meanwhile; an interest is added to what is there. */
const anew: ReadonlySet<MeetingPersonCommandKind> = new Set(['fillSeat', 'recordAttendance', 'signMinutes']);

const buttons: Partial<Readonly<Record<MeetingPersonCommandKind, string>>> = {
  declareInterest: 'Declare the interest',
  takeBackInterest: 'Take the interest back',
  signMinutes: 'Sign the minutes',
};

function consequence(kind: MeetingPersonCommandKind, { agenda }: Meeting): Html {
  if (kind === 'declareInterest') {
    return inset(
      'Whoever has an interest in a case takes no part in it, and no longer sees it. Only somebody else can take it back.',
    );
  }
  if (kind !== 'signMinutes') return html``;
  if (agenda.length > 0) {
    const cases = agenda.length === 1 ? '1 case still waits' : `${agenda.length} cases still wait`;
    return warning(`${cases} for a decision: decide or defer each first.`);
  }
  return warning('Nothing more is decided at this meeting, and its minutes stay as they are. This cannot be undone.');
}

/** What was written of others who attend: whoever records anew who is present does not take it out. */
function noteIn({ timeline }: Minutes): string {
  return timeline.findLast(({ kind }) => kind === 'attendanceRecorded')?.texts['note'] ?? '';
}

async function fieldsOf(
  asked: Asked,
  { found, minutes }: MeetingRead,
  kind: MeetingPersonCommandKind,
  form: Parameters<typeof commandFields>[0],
): Promise<FormField[]> {
  const theirs = interestsOfOthers(minutes, asked.person.person);
  const people = kind === 'fillSeat' || kind === 'declareInterest' ? await peopleOf(asked, minutes) : [];
  const names = new Map([...minutes.interests, ...minutes.seats].map(({ person, name }) => [person, name ?? person]));
  const choices: Readonly<Record<string, readonly Option[]>> = {
    seat: minutes.seats.map(({ seat, title }) => ({ value: seat, title })),
    present: minutes.seats
      .filter(({ person }) => person !== null)
      .map(({ seat, title, name }) => ({ value: seat, title: `${name ?? ''}, ${title}` })),
    person:
      kind === 'takeBackInterest'
        ? once(theirs.map(({ person }) => ({ value: person, title: names.get(person) ?? person })))
        : people,
    case:
      kind === 'takeBackInterest'
        ? once(theirs.map(({ case: of }) => ({ value: of, title: of })))
        : [...found.agenda, ...found.unopened].map(asOption),
    email: minutes.waits.flatMap(({ what, subject, title }) =>
      what === 'undelivered-email' && subject !== null ? [{ value: subject, title }] : [],
    ),
  };
  const fields = commandFields(form, (named) => choices[named] ?? []);
  // Members declare their own: nobody else is offered.
  const ownOnly = kind === 'declareInterest' && !leads(asked, minutes);
  return ownOnly ? fields.filter(({ name }) => name !== 'person') : fields;
}

const asOption = (of: Meeting['agenda'][number] | Meeting['unopened'][number]): Option => ({
  value: of.reference,
  title: [of.reference, ...('student' in of && of.student !== null ? [of.student] : []), of.schoolName].join(', '),
});

const once = (options: readonly Option[]): Option[] => [...new Map(options.map((each) => [each.value, each])).values()];

function leads({ person }: Asked, { panel }: Minutes): boolean {
  return person.parties.includes('cap') || person.parties.includes(`panel:${panel}`);
}

async function peopleOf(asked: Asked, { panel }: Minutes): Promise<Option[]> {
  const { panels } = await asked.door('panels');
  const people = panels.find((each) => each.panel === panel)?.people ?? [];
  return people.map(({ person, name, leads: may }) => ({ value: person, title: may ? `${name}, who may lead the panel` : name }));
}
