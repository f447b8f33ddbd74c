// Panels and their meetings: who sits on them, who is out of office, what stands on an agenda and in which order.
import type { IsoDate, PanelCode } from '../domain/calendar';
import { inAgendaOrder } from '../domain/meetings/sitting';
import { leads, leadsNot, seatTitle, seatsOfPanels } from '../domain/meetings/seats';
import { programmeAt } from '../domain/programmes';
import { readMeeting } from '../records/calendar';
import { readPlans, readPrepared, type Prepared } from '../records/minutes';
import {
  readPanels,
  removeAbsence,
  saveAbsence,
  saveQuorum,
  saveSeat,
  type Absence,
  type SeatGiven,
  type StandingPanel,
} from '../records/panels';
import { readPerson } from '../records/people';
import type { MeetingPage, Person } from '../records/types';
import { mayNot } from './onBehalf';
import { unlessOvertaken, wrongValues, type Refused } from './refused';
import type { Services } from './services';

export interface Agenda extends MeetingPage {
  /** What the panel before said of a case, for the panel that decides (R73). */
  readonly prepared: readonly Prepared[];
  /** The cases whose student has an EHCP, by reference: they are for the SEND seat to read with care (A12). */
  readonly plans: readonly string[];
}

/** @returns a meeting with its agenda, in the order in which it is taken; null when it is not in the calendar. @throws DatabaseAway */
export async function readAgenda({ database }: Services, person: Person, id: string): Promise<Agenda | null> {
  const page = await readMeeting(database, person, id);
  if (!page) return null;
  const placed = page.agenda.map((line) => ({ ...line, limitedPlaces: programmeAt(line.programme).limitedPlaces }));
  const agenda = inAgendaOrder(placed).map(({ limitedPlaces: _, ...line }) => line);
  const references = [...agenda, ...page.decided].map(({ reference }) => reference);
  if (references.length === 0) return { ...page, agenda, prepared: [], plans: [] };
  const said = await readPrepared(database, person, references);
  // What this panel itself passed on is prepared for the next one.
  const prepared = said.filter(({ panel }) => panel !== page.meeting.panel);
  return { ...page, agenda, prepared, plans: await readPlans(database, person, references) };
}

/**
 * Says who usually sits in a seat of a panel, and who stands in.
 * @param read the version that was read, over which nobody else's change is written; null when that is not said
 * @throws DatabaseAway
 */
export async function changeSeat(
  { database, now }: Services,
  person: Person,
  panel: PanelCode,
  given: SeatGiven,
  read: number | null,
): Promise<StandingPanel | Refused> {
  const refused = mayNot(person, 'keep-panels');
  if (refused) return refused;
  const { seat, holder, deputy } = given;
  if (seatTitle(panel, seat) === null)
    return { refused: 'not-found', message: 'This panel has no such seat: take one of its list.' };
  const before = await panelOf(database, person, panel);
  const outside = fieldNotAmong(before.people, given);
  if (outside) return wrongValues({ field: outside, rule: 'A21', message: 'Name somebody who has a role in this panel.' });
  const leaders = before.people.filter((each) => each.leads);
  const leadless = leads(seat) ? fieldNotAmong(leaders, given) : null;
  if (leadless) return wrongValues({ field: leadless, rule: 'A7', message: leadsNot });
  if (holder !== null && holder === deputy) {
    return wrongValues({ field: 'deputy', rule: 'A7', message: 'A deputy is somebody else than the holder.' });
  }
  const saved = await saveSeat(database, person, panel, given, { read, at: now() });
  return unlessOvertaken(saved) ?? panelOf(database, person, panel);
}

/** Which field of a seat names somebody who is none of these people; null where neither does. */
function fieldNotAmong(
  people: readonly { readonly person: string }[],
  { holder, deputy }: SeatGiven,
): 'holder' | 'deputy' | null {
  const known = (one: string | null) => one === null || people.some((each) => each.person === one);
  return known(holder) ? (known(deputy) ? null : 'deputy') : 'holder';
}

/** Says how many seats of a panel must be present. @param read as for `changeSeat` @throws DatabaseAway */
export async function changeQuorum(
  { database, now }: Services,
  person: Person,
  panel: PanelCode,
  quorum: number,
  read: number | null,
): Promise<StandingPanel | Refused> {
  const refused = mayNot(person, 'keep-panels');
  if (refused) return refused;
  const most = seatsOfPanels[panel].length;
  if (quorum > most) {
    return wrongValues({ field: 'quorum', rule: 'A7', message: `This panel has ${String(most)} seats: more cannot be present.` });
  }
  const saved = await saveQuorum(database, person, panel, quorum, { read, at: now() });
  return unlessOvertaken(saved) ?? panelOf(database, person, panel);
}

async function panelOf(database: Services['database'], person: Person, panel: PanelCode): Promise<StandingPanel> {
  const found = (await readPanels(database, person)).find((each) => each.panel === panel);
  if (!found) throw new Error(`There is no panel ${panel}`);
  return found;
}

/** Enters when somebody is out of office (A19): their own absence, or for CAP anybody's. @throws DatabaseAway */
export async function enterAbsence({ database }: Services, person: Person, absence: Absence): Promise<Absence | Refused> {
  if (absence.person !== person.person && !person.parties.includes('cap')) return notTheirs;
  if (absence.last < absence.first) {
    return wrongValues({ field: 'last', rule: 'A19', message: 'An absence does not end before it begins.' });
  }
  const whose = absence.person === person.person ? person : await readPerson(database, absence.person);
  if (whose === null) return { refused: 'not-found', message: 'There is no such person: look them up in the list of people.' };
  await saveAbsence(database, person, absence);
  return absence;
}

/** Takes an absence out. @throws DatabaseAway */
export async function takeOutAbsence(
  { database }: Services,
  person: Person,
  absence: { readonly person: string; readonly first: IsoDate },
): Promise<typeof absence | Refused> {
  const found = await removeAbsence(database, person, absence);
  return found ? absence : { refused: 'not-found', message: 'There is no such absence for you: look it up in the list.' };
}

const notTheirs: Refused = { refused: 'not-allowed', message: 'You enter your own absence: CAP enters those of others.' };
