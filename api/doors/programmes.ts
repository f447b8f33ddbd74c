// What there is to apply for, and with whom: programmes with the questions of their forms and the places left, schools, providers.
import { z } from 'zod';
import { intendedStart, type Intended } from '../../domain/application';
import { academicYearOf, londonDay } from '../../domain/calendar';
import { numberDefinitions } from '../../domain/numbers';
import { can } from '../../domain/permissions';
import { signposts, type Signpost } from '../../domain/signposts';
import { stageTitles } from '../../domain/stages';
import { placementIn } from '../../domain/route';
import { exitsOf, isOffered } from '../../domain/programme';
import { programmeCodes, programmeFor } from '../../domain/programmes';
import { supportsOf } from '../../domain/supports';
import { destinations } from '../../domain/state';
import { sectors, yearGroups } from '../../domain/words';
import { readCalendar } from '../../records/calendar';
import { readOffered, readOffering, readOrganisations, readPlaces, readSchools } from '../../records/directory';
import { offerProgramme } from '../../usecases/directory';
import { door, type Door } from '../door';
import { overRead, placesOfTerm, programmeCode, readIn, version } from '../schemas';
import { given } from '../problems';
import type { Services } from '../services';
import { question, showQuestions } from '../views/application';

const range = z.strictObject({ from: z.int(), to: z.int() });

const programme = z
  .strictObject({
    code: programmeCode,
    year: z.string().meta({ description: 'The academic year of the start that an application would lead to now' }),
    valuesOf: z
      .string()
      .meta({ description: 'The academic year whose values hold: those of a year go on until the next has its own' }),
    note: z.string().nullable().meta({ description: 'In words, when they are of another year than the one of the start' }),
    tier: z.int(),
    title: z.string(),
    access: z.enum(['open', 'sla-first', 'sla-only']),
    ages: range.nullable().meta({ description: 'In whole years; null: any age at school' }),
    choosesCourse: z.boolean(),
    courseWeeks: range
      .nullable()
      .meta({ description: 'How many school weeks its courses may have; null: as each course has them' }),
    yearGroups: z.array(z.enum(yearGroups)).nullable().meta({ description: 'In the academic year of the start; null: any' }),
    limitedPlaces: z.boolean(),
    supports: z
      .array(z.strictObject({ code: z.string(), title: z.string(), by: z.string() }))
      .meta({ description: 'What a school may have beside a placement; people say whether it fits' }),
    exits: z.array(z.enum(destinations)).meta({ description: 'Where its placement may lead, beside an early end' }),
    route: z.array(z.strictObject({ stage: z.string(), title: z.string() })),
    questions: z.array(question),
  })
  .meta({ id: 'Programme' });

const signpost = z
  .strictObject({
    code: z.string(),
    when: z.string().meta({ description: 'When it is needed' }),
    steps: z.array(z.string()),
    links: z.array(z.strictObject({ title: z.string(), url: z.string() })),
    rule: z.string(),
  })
  .meta({ id: 'Signpost' });

const organisation = z.strictObject({ code: z.string(), name: z.string() }).meta({ id: 'Organisation' });

const school = organisation
  .extend({
    sector: z.enum(sectors).nullable().meta({ description: 'Its partnership, or that it is outside Coventry' }),
    slas: z.array(z.string()).meta({ description: 'The academic years for which it has the SLA' }),
  })
  .meta({ id: 'School' });

export const listOfProgrammes = z.strictObject({ programmes: z.array(programme) });
export const listOfSchools = z.strictObject({ schools: z.array(school) });
export const listOfProviders = z.strictObject({ providers: z.array(organisation) });
export const listOfSignposts = z.strictObject({ signposts: z.array(signpost) });
export const listOfOffByDefault = z.strictObject({
  programmes: z.array(z.strictObject({ code: programmeCode, title: z.string(), offered: z.boolean(), version })),
});
export const offeredOrNot = z.strictObject({ programme: programmeCode, offered: z.boolean(), version });
export const listOfPlaces = z.strictObject({ places: z.array(placesOfTerm) });

export function programmeDoors(services: Services): Door[] {
  const { database, now } = services;
  return [
    door({
      method: 'get',
      path: '/api/v1/programmes',
      name: 'programmes',
      summary: 'The programmes with the questions that an application answers, as they stand for who applies now',
      tag: 'Programmes',
      who: (person) => can(person, 'see-calendar'),
      gives: { description: 'All of them', body: listOfProgrammes },
      handle: async ({ person }) => {
        const planned = await readCalendar(database, person);
        const offered = await readOffered(database, person);
        const all = programmeCodes.map((code) => intendedStart(code, now(), planned));
        return {
          body: {
            programmes: all.filter(({ programme: one }) => isOffered(one, offered)).map(show),
          },
        };
      },
    }),
    door({
      method: 'get',
      path: '/api/v1/programmes/off-by-default',
      name: 'programmesOffByDefault',
      summary: 'The programmes that are offered only while CAP says so',
      tag: 'Programmes',
      who: (person) => can(person, 'keep-directory'),
      gives: { description: 'All of them', body: listOfOffByDefault },
      handle: async ({ person }) => {
        const year = academicYearOf(londonDay(now()));
        const off = programmeCodes.map((code) => programmeFor(code, year)).filter(({ offByDefault }) => offByDefault);
        const offering = await readOffering(
          database,
          person,
          off.map(({ code }) => code),
        );
        return { body: { programmes: offering.map((each) => ({ ...each, title: programmeFor(each.code, year).title })) } };
      },
    }),
    door({
      method: 'put',
      path: '/api/v1/programmes/{code}/offered',
      name: 'offerProgramme',
      summary: 'Offer a programme that is off by default, or no longer',
      about: 'Tier 4 is one: the local authority opens its applications itself. Cases that run go on.',
      tag: 'Programmes',
      who: (person) => can(person, 'keep-directory'),
      params: z.strictObject({ code: programmeCode }),
      headers: overRead,
      body: z.strictObject({ offered: z.boolean() }),
      gives: { description: 'It is so now', body: offeredOrNot, etag: true },
      problems: ['not-editable', 'stale'],
      noted: true,
      handle: async ({ person, params, headers, body }) => {
        const { code, ...saved } = given(await offerProgramme(services, person, params.code, body.offered, readIn(headers)));
        return { body: { programme: code, ...saved }, etag: saved.version };
      },
    }),
    door({
      method: 'get',
      path: '/api/v1/schools',
      name: 'schools',
      summary: 'The schools that work with CAP',
      tag: 'Programmes',
      who: (person) => can(person, 'see-calendar'),
      gives: { description: 'All of them, by name', body: listOfSchools },
      handle: async ({ person }) => ({ body: { schools: await readSchools(database, person) } }),
    }),
    door({
      method: 'get',
      path: '/api/v1/providers',
      name: 'providers',
      summary: 'The training providers',
      tag: 'Programmes',
      who: (person) => can(person, 'see-calendar'),
      gives: { description: 'All of them, by name', body: listOfProviders },
      handle: async ({ person }) => ({ body: { providers: await readOrganisations(database, person, 'provider') } }),
    }),
    door({
      method: 'get',
      path: '/api/v1/signposts',
      name: 'signposts',
      summary: 'Where to turn with a concern about a child',
      about: 'Nothing of a concern is kept in this service: it is recorded on CPOMS.',
      tag: 'Programmes',
      who: 'signed-in',
      gives: { description: 'All of them, the most urgent first', body: listOfSignposts },
      handle: () => ({ body: { signposts: signposts.map(showSignpost) } }),
    }),
    door({
      method: 'get',
      path: '/api/v1/places',
      name: 'places',
      summary: 'The places left in the programmes that have a limit, term by term',
      tag: 'Programmes',
      who: (person) => can(person, 'see-calendar'),
      gives: {
        description: numberDefinitions.places,
        body: listOfPlaces,
      },
      handle: async ({ person }) => ({ body: { places: await readPlaces(database, person) } }),
    }),
  ];
}

function show({ year, programme }: Intended) {
  const { year: valuesOf, code, tier, title, access, ages, choosesCourse, limitedPlaces, route } = programme;
  const { courseWeeks = null, yearGroups: groups = null } = programme;
  const note = valuesOf === year ? null : `Values of ${valuesOf}, which go on until ${year} has its own`;
  const stages = route.map(({ stage }) => ({ stage, title: stageTitles[stage] }));
  return {
    ...{ code, year, valuesOf, note, tier, title, access, ages, choosesCourse, courseWeeks, limitedPlaces },
    supports: supportsOf(programme).map(({ code: support, title: what, by }) => ({ code: support, title: what, by })),
    ...{
      yearGroups: groups && [...groups],
      exits: [...exitsOf(placementIn(route))],
      route: stages,
      questions: showQuestions(programme),
    },
  };
}

function showSignpost({ steps, links, ...signpost }: Signpost) {
  return { ...signpost, steps: [...steps], links: [...links] };
}
