// What auditors look into: who read what, and whether the timeline of a case is as it was written.
import { z } from 'zod';
import { endOfLondonDay, startOfLondonDay } from '../../domain/calendar';
import { can } from '../../domain/permissions';
import { listAccess } from '../../records/accessLog';
import { breaks, proveTimeline } from '../../records/timeline';
import { fromCursor, toCursor } from '../cursor';
import { door, type Door } from '../door';
import { HttpProblem } from '../problems';
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
  })
  .meta({ id: 'TimelineProof' });

const refusedTitle = 'A command was given, and refused';

/** @param summaryOf what a door is for, by its method and path as the access log names it; null where there is none */
export function auditDoors({ database }: Services, summaryOf: (action: string) => string | null): Door[] {
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
        'Computed anew from what stands in the records: each entry holds the hash of the one before it, who gave its command, and a digest of its words. Note the head elsewhere: while it stays part of the chain, nothing before it has changed.',
      tag: 'Audit',
      who: (person) => can(person, 'prove-timeline'),
      params: ofReference,
      gives: { description: 'The proof', body: proof },
      noted: true,
      handle: async ({ person, params: { reference } }) => {
        const found = await proveTimeline(database, person, reference);
        if (!found) throw new HttpProblem('not-found');
        const { firstBroken, ...rest } = found;
        return { body: { reference, ...rest, broken: firstBroken && { ...firstBroken, why: breaks[firstBroken.why] } } };
      },
    }),
  ];
}

/** The id of a line. */
const position = z.string().regex(/^\d{1,18}$/);
