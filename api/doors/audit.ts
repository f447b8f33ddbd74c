// What auditors look into: who read what, and whether the timeline of a case is as it was written.
import { z } from 'zod';
import { endOfLondonDay, startOfLondonDay } from '../../domain/calendar';
import { can } from '../../domain/permissions';
import { listAccess } from '../../records/accessLog';
import { breaks } from '../../records/timeline';
import { proveCase } from '../../usecases/nights';
import { fromCursor, toCursor } from '../cursor';
import { door, type Door } from '../door';
import { given } from '../problems';
import { code, day, instant, ofReference } from '../schemas';
import type { Services } from '../services';

const onAPage = 50;

const accessLine = z
  .strictObject({
    at: instant,
    person: z.string().meta({ description: "'' when nobody was signed in" }),
    name: z.string().nullable(),
    action: z.string().meta({ description: 'The door, or `refused`: a command that was not recorded' }),
    title: z.string().nullable().meta({ description: 'What the door is for; null for one that is no more' }),
    reference: z.string().nullable().meta({ description: 'Of a case, or the code of a student' }),
    detail: z.record(z.string(), z.union([z.string(), z.number()])),
  })
  .meta({ id: 'AccessLine' });

export const pageOfAccess = z.strictObject({
  lines: z.array(accessLine),
  next: z.string().nullable().meta({ description: 'The cursor of the next page; null on the last' }),
});

export const proof = z
  .strictObject({
    reference: z.string(),
    intact: z.boolean(),
    entries: z.int(),
    step: z.int().meta({ description: 'Of the last entry' }),
    head: z.string().meta({ description: 'The hash of the last entry, into which all before it went' }),
    erased: z.int().meta({ description: 'Entries whose words were erased since: they are part of the chain, and hold (A14)' }),
    broken: z
      .strictObject({ step: z.int(), seq: z.int(), why: z.string().meta({ description: 'In words' }) })
      .nullable()
      .meta({ description: 'Where it does not hold for the first time; null when it holds' }),
    signed: z.strictObject({ night: day, key: z.string(), step: z.int() }).nullable().meta({
      description: 'The night in which its head was signed last, with which key and at which step; null where none was yet',
    }),
  })
  .meta({ id: 'TimelineProof' });

const refusedTitle = 'A command was given, and refused';

/** @param summaryOf what a door is for, by its method and path as the access log names it; null where there is none */
export function auditDoors(services: Services, summaryOf: (action: string) => string | null): Door[] {
  const { database } = services;
  return [
    door({
      method: 'get',
      path: '/api/v1/access-log',
      name: 'accessLog',
      summary: 'Who read what, and what was refused to whom',
      about: 'For auditors. What happened to a case stands in its own timeline. Who reads this is written down as well.',
      tag: 'Audit',
      who: (person) => can(person, 'see-access'),
      query: z.strictObject({
        reference: z
          .string()
          .regex(/^(CAP|STU)-[A-Z0-9-]{4,40}$/, 'must be the reference of a case or the code of a student')
          .exactOptional(),
        person: code.exactOptional(),
        day: day.optional().meta({ description: 'A day in London' }),
        cursor: z.string().max(500).optional().meta({ description: '`next` of the page before' }),
      }),
      gives: { description: 'The latest first', body: pageOfAccess },
      noted: true,
      handle: async ({ person, query: { day: on, cursor, ...filter } }) => {
        const span = on === undefined ? {} : { from: startOfLondonDay(on), until: endOfLondonDay(on) };
        const before = cursor === undefined ? null : fromCursor(position, cursor);
        const found = await listAccess(database, person, { ...filter, ...span }, { before, limit: onAPage + 1 });
        const lines = found.slice(0, onAPage);
        return {
          body: {
            lines: lines.map(({ id: _, ...line }) => ({
              ...line,
              title: line.action === 'refused' ? refusedTitle : summaryOf(line.action),
            })),
            next: found.length > onAPage ? toCursor(lines.at(-1)?.id) : null,
          },
        };
      },
    }),
    door({
      method: 'get',
      path: '/api/v1/cases/{reference}/proof',
      name: 'timelineProof',
      summary: 'Whether the timeline of a case is as it was written',
      about:
        'Computed anew from what stands in the records: each entry holds the hash of the one before it, who gave its command, and a digest of its words. It is held against the head that was signed of it last (`/nights`), which whoever wrote the whole timeline anew could not meet.',
      tag: 'Audit',
      who: (person) => can(person, 'prove-timeline'),
      params: ofReference,
      gives: { description: 'The proof', body: proof },
      noted: true,
      handle: async ({ person, params: { reference } }) => {
        const { firstBroken, ...rest } = given(await proveCase(services, person, reference));
        return { body: { reference, ...rest, broken: firstBroken && { ...firstBroken, why: breaks[firstBroken.why] } } };
      },
    }),
  ];
}

/** The id of a line. */
const position = z.string().regex(/^\d{1,18}$/);
