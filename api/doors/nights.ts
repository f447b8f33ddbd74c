// Signed nights: what was signed of all timelines, and what does not hold.
import { z } from 'zod';
import { isDayOfCentury } from '../../domain/calendar';
import { nightFaults } from '../../domain/nights';
import { can } from '../../domain/permissions';
import { breaks } from '../../records/timeline';
import type { Person } from '../../records/types';
import { acceptTimeline, countAlarms, listNights, lookAtNight } from '../../usecases/nights';
import type { Alarm } from '../../records/nights';
import { door, type Door } from '../door';
import { given } from '../problems';
import { day, instant, requiredText } from '../schemas';
import type { Services } from '../services';

const night = z
  .strictObject({
    night: day,
    at: instant,
    timelines: z.int(),
    entries: z.int(),
    alarms: z.int().meta({ description: 'How many timelines and nights did not hold then' }),
    digest: z.string().meta({ description: 'SHA-256 in hex of the text that was signed' }),
    key: z.string().meta({ description: 'The id of the key that signed it' }),
    place: z.string().meta({ description: 'Where it is kept' }),
  })
  .meta({ id: 'SignedNight' });

const alarm = z
  .strictObject({
    about: z.string().meta({ description: 'A reference, or the name of a night' }),
    why: z.string().meta({ description: 'In words' }),
    step: z.int().nullable().meta({ description: 'Of a timeline, where it does not hold' }),
    since: instant,
    over: instant.nullable().meta({ description: 'Since when it holds again' }),
    accepted: z
      .strictObject({ at: instant, by: z.string(), reason: z.string() })
      .nullable()
      .meta({ description: 'Who takes the timeline as it stands: the next night signs it' }),
    mayAccept: z.boolean().meta({ description: 'Whether you may take it as it stands' }),
  })
  .meta({ id: 'Alarm' });

export const listOfNights = z.strictObject({ nights: z.array(night), alarms: z.array(alarm) });

export const openAlarms = z.strictObject({
  open: z.int().meta({ description: 'How many timelines and nights do not hold now' }),
});

export const oneNight = z.strictObject({
  night: day,
  holds: z.boolean().meta({ description: 'What is kept of it is what was signed, and what the records say' }),
  why: z.string().nullable().meta({ description: 'Why it does not hold, in words' }),
  signed: night.nullable().meta({ description: 'As the records have it; null where they have no row' }),
});

export const timelineAccepted = z.strictObject({ accepted: z.string() });

const ofNight = z.strictObject({
  night: z
    .string()
    .regex(/^NIGHT-/, 'must be the name of a night such as NIGHT-2026-11-29')
    .transform((name) => name.slice('NIGHT-'.length))
    .refine(isDayOfCentury, 'must be the name of a night such as NIGHT-2026-11-29')
    .meta({ examples: ['NIGHT-2026-11-29'] }),
});

const ofAlarm = z.strictObject({ about: z.string().regex(/^[A-Za-z0-9-]{4,60}$/) });

const sees = (person: Person) => can(person, 'see-nights');
const accepts = (person: Person) => can(person, 'accept-timeline');

const wordsOf: Readonly<Record<Alarm['why'], string>> = { ...breaks, ...nightFaults };

export function nightDoors(services: Services): Door[] {
  return [
    door({
      method: 'get',
      path: '/api/v1/nights',
      name: 'nights',
      summary: 'The signed nights of a month, and what does not hold',
      about:
        'Each night every timeline is proved, and held against the head that was signed of it before; then the heads are signed and kept apart from the records. What does not hold is an alarm until it holds again.',
      tag: 'Audit',
      who: sees,
      gives: { description: 'The newest first', body: listOfNights },
      noted: true,
      handle: async ({ person }) => {
        const { nights, alarms } = given(await listNights(services, person));
        return { body: { nights: [...nights], alarms: alarms.map((each) => shown(person, each)) } };
      },
    }),
    door({
      method: 'get',
      path: '/api/v1/alarms',
      name: 'alarms',
      summary: 'How much does not hold now',
      about:
        'The number alone, for whoever begins their day here. What it is stands with the nights, and who reads that is noted.',
      tag: 'Audit',
      who: sees,
      gives: { description: 'The number', body: openAlarms },
      handle: async ({ person }) => ({ body: given(await countAlarms(services, person)) }),
    }),
    door({
      method: 'get',
      path: '/api/v1/nights/{night}',
      name: 'night',
      summary: 'Whether what was signed in a night is as it was kept',
      about: 'Read and checked anew. The e-mails of that night, `NIGHT-` and its day, lead here.',
      tag: 'Audit',
      who: sees,
      params: ofNight,
      gives: { description: 'The night', body: oneNight },
      noted: true,
      handle: async ({ person, params }) => {
        const { row, kept } = given(await lookAtNight(services, person, params.night));
        const fault = 'fault' in kept ? kept.fault : row?.digest === kept.digest ? null : 'row';
        return {
          body: { night: params.night, holds: fault === null, why: fault && nightFaults[fault], signed: row },
        };
      },
    }),
    door({
      method: 'post',
      path: '/api/v1/alarms/{about}/accept',
      name: 'acceptTimeline',
      summary: 'Take a timeline as it stands, though it is not the one that was signed',
      about: 'After the records were restored from a backup. The next night signs it as it stands, and tells auditors and ops.',
      tag: 'Audit',
      who: accepts,
      params: ofAlarm,
      body: z.strictObject({ reason: requiredText }),
      gives: { description: 'What was accepted', body: timelineAccepted },
      problems: ['not-editable'],
      noted: true,
      handle: async ({ person, params: { about }, body: { reason } }) => ({
        body: given(await acceptTimeline(services, person, about, reason)),
      }),
    }),
  ];
}

function shown(person: Person, { why, over, accepted, ...rest }: Alarm) {
  const isOpen = over === null && accepted === null && (why === 'signed' || why === 'gone');
  return { ...rest, why: wordsOf[why], over, accepted, mayAccept: isOpen && accepts(person).allowed };
}
