// Who sits on the panels as a rule, how many make a quorum, and who is out of office.
import { HttpProblem } from '../../api/problems';
import { formatDay } from '../../domain/calendar';
import { leads } from '../../domain/meetings/seats';
import { can } from '../../domain/permissions';
import type { Answers } from '../answers';
import { asTyped, type FormField, type Option } from '../forms/fields';
import { showFields } from '../forms/show';
import { formOver } from '../forms/meanwhile';
import { readOrRefuse } from '../forms/readOrRefuse';
import { shortDay } from '../dates';
import { html, type Html } from '../html';
import { page, type Asked, type Page } from '../page';
import { badge, heading, link, paragraph, table } from '../parts';

type Panel = Answers['panels']['panels'][number];

const panels = page({
  path: '/panels',
  name: 'panels',
  who: (person) => can(person, 'see-calendar'),
  show: async (asked) => {
    const { panels: all } = await asked.door('panels');
    const keeps = asked.may('changeSeat');
    return {
      title: 'Who sits on the panels',
      back: { href: '/meetings', text: 'Panel meetings' },
      wide: true,
      main: html`${paragraph('A meeting takes over who holds each seat until its agenda closes. For one meeting alone, seats are changed at the meeting.')}
      ${all.map((panel) => html`${seatsOf(panel, keeps)} ${quorumOf(panel, keeps)}`)}`,
    };
  },
});

function quorumOf({ panel, quorum, title }: Panel, keeps: boolean): Html {
  const said = quorum === 0 ? 'No quorum is set.' : `${quorum} seats must be present, a chair or vice chair among them.`;
  return paragraph(html`${said} ${keeps ? link(`/panels/${panel}/quorum`, 'Change', `the quorum of the ${title}`) : ''}`);
}

function seatsOf({ panel, title, seats }: Panel, keeps: boolean): Html {
  return table(
    title,
    [{ title: 'Seat' }, { title: 'Who holds it' }, { title: 'Who stands in' }, ...(keeps ? [{ title: 'Actions' }] : [])],
    seats.map(({ seat, title: of, holder, deputy }) => [
      of,
      holder?.name ?? 'Nobody',
      deputy?.name ?? 'Nobody',
      ...(keeps ? [link(`/panels/${panel}/seats/${seat}`, 'Change', `who sits as ${of}`)] : []),
    ]),
    'This panel has no seats.',
  );
}

async function panelOf(asked: Asked): Promise<Panel> {
  const found = (await asked.door('panels')).panels.find(({ panel }) => panel === asked.params['panel']);
  if (!found) throw new HttpProblem('not-found', 'There is no such panel: look it up in the list of panels.');
  return found;
}

const optionsOf = (people: readonly { readonly person: string; readonly name: string }[]): Option[] =>
  people.map(({ person, name }) => ({ value: person, title: name }));

/** A leading seat is for those who may lead the panel. */
const seatFields = ({ people }: Panel, seat: string): FormField[] => {
  const options = optionsOf(people.filter((each) => each.leads || !leads(seat)));
  return [
    { kind: 'pick', name: 'holder', title: 'Who holds the seat', optional: true, options },
    { kind: 'pick', name: 'deputy', title: 'Who stands in', optional: true, options },
  ];
};

const seatPage = page({
  path: '/panels/{panel}/seats/{seat}',
  name: 'seat',
  who: (person) => can(person, 'keep-panels'),
  show: async (asked) => {
    const panel = await panelOf(asked);
    const seat = panel.seats.find((each) => each.seat === asked.params['seat']);
    if (!seat) throw new HttpProblem('not-found', 'This panel has no such seat: look it up in the list of seats.');
    const fields = seatFields(panel, seat.seat);
    const there = asTyped(fields, { holder: seat.holder?.person, deputy: seat.deputy?.person });
    return {
      title: seat.title,
      caption: panel.title,
      back: { href: '/panels', text: 'Who sits on the panels' },
      main: html`${paragraph('Offered is whoever has a role in this panel.')} ${formOver(asked, seat.version, fields, there)}`,
    };
  },
  take: async (asked, { posted, headers }) => {
    const { panel = '', seat = '' } = asked.params;
    const { holder = null, deputy = null } = readOrRefuse(seatFields(await panelOf(asked), seat), posted);
    await asked.door('changeSeat', { params: { panel, seat }, headers, body: { holder, deputy } });
    return { to: '/panels', said: 'saved' };
  },
});

const quorumFields: readonly FormField[] = [
  { kind: 'number', name: 'quorum', title: 'How many seats must be present', hint: '0 where none is set' },
];

const quorumPage = page({
  path: '/panels/{panel}/quorum',
  name: 'quorum',
  who: (person) => can(person, 'keep-panels'),
  show: async (asked) => {
    const { title, quorum, quorumVersion: version } = await panelOf(asked);
    const there = asTyped(quorumFields, { quorum });
    return {
      title: 'Quorum',
      caption: title,
      back: { href: '/panels', text: 'Who sits on the panels' },
      main: html`${paragraph('Those who have an interest in a case are not counted for it, and a chair or vice chair must be there.')}
      ${formOver(asked, version, quorumFields, there)}`,
    };
  },
  take: async (asked, { posted, headers }) => {
    await asked.door('changeQuorum', {
      params: { panel: asked.params['panel'] ?? '' },
      headers,
      body: readOrRefuse(quorumFields, posted),
    });
    return { to: '/panels', said: 'saved' };
  },
});

const absencesPage = page({
  path: '/absences',
  name: 'absences',
  who: (person) => can(person, 'see-calendar'),
  show: async (asked) => {
    const [{ absences }, { panels: all }] = await Promise.all([asked.door('absences'), asked.door('panels')]);
    const fields = await absenceFields(asked);
    return {
      title: 'Out of office',
      back: { href: '/meetings', text: 'Panel meetings' },
      main: html`${paragraph('On the day of a meeting the deputy of whoever is out of office sits in their seat, where the absence is entered before the agenda of that meeting closes. Later, the seat is changed at the meeting.')}
      ${table(
        'Who is out of office from today on',
        [{ title: 'Who' }, { title: 'From' }, { title: 'To' }, { title: 'Who stands in' }, { title: 'Actions' }],
        absences.map(({ person, name, first, last }) => [
          name,
          shortDay(first),
          shortDay(last),
          standingIn(person, all),
          asked.form(
            { name: `${person}/${first}`, button: 'Take out', about: `${name}, ${formatDay(first)}`, looks: 'secondary' },
            [],
          ),
        ]),
        'Nobody that you may see is out of office.',
      )}
      ${heading('Enter an absence')}
      ${asked.form({ name: 'enter', button: 'Enter the absence' }, showFields(fields, asked.again?.form === 'enter' ? asked.again : undefined))}`,
    };
  },
  take: async (asked, { form, posted }) => {
    if (form !== 'enter') {
      const [person = '', first = ''] = form.split('/');
      await asked.door('takeOutAbsence', { params: { person, first } });
      return { to: '/absences', said: 'deleted' };
    }
    const { person = asked.person.person, first, last } = readOrRefuse(await absenceFields(asked), posted);
    await asked.door('enterAbsence', { params: { person: String(person), first: String(first) }, body: { last } });
    return { to: '/absences', said: 'saved' };
  },
});

/** Who sits in the seats of somebody who is out of office, or that nobody does: without one who leads, a panel decides nothing at its meeting (A7). */
function standingIn(person: string, all: readonly Panel[]): Html {
  const held = all.flatMap(({ title: of, seats }) =>
    seats.flatMap(({ holder, deputy, title }) =>
      holder?.person === person ? [html`${of}, ${title}: ${deputy?.name ?? badge('Nobody', 'late')}<br />`] : [],
    ),
  );
  return held.length === 0 ? html`Holds no seat` : html`${held}`;
}

/** CAP enters the absences of others, everybody else their own (A19). */
async function absenceFields(asked: Asked): Promise<FormField[]> {
  const days: FormField[] = [
    { kind: 'day', name: 'first', title: 'First day' },
    { kind: 'day', name: 'last', title: 'Last day' },
  ];
  if (!asked.person.parties.includes('cap')) return days;
  const { panels: all } = await asked.door('panels');
  const people = new Map(all.flatMap((panel) => panel.people.map((each) => [each.person, each])));
  return [
    {
      kind: 'pick',
      name: 'person',
      title: 'Who',
      hint: 'Yourself where nobody is chosen',
      optional: true,
      options: optionsOf([...people.values()]),
    },
    ...days,
  ];
}

export const panelPages: readonly Page[] = [panels, seatPage, quorumPage, absencesPage];
