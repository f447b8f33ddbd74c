// Progress and behaviour in a placement, week by week (R97): its host writes, the home school and CAP read.
import { z } from 'zod';
import { behaviourLevels, progressLevels } from '../../domain/progress';
import { noteProgress, progressOf } from '../../usecases/progress';
import type { ProgressNote } from '../../records/progress';
import { door, type Door } from '../door';
import { given } from '../problems';
import { day, instant, ofReference, optionalText, overRead, readIn } from '../schemas';
import type { Services } from '../services';

const progress = z.enum(progressLevels).meta({ description: 'Attainment, against the plan of the placement' });
const behaviour = z.enum(behaviourLevels);

export const progressNote = z
  .strictObject({
    ...{ progress, progressWords: z.string(), behaviour, behaviourWords: z.string() },
    ...{ version: z.int(), written: instant, writtenBy: z.string(), writtenByName: z.string() },
  })
  .meta({ id: 'ProgressNote' });

export const progressOfCase = z
  .strictObject({
    weeks: z
      .array(
        z.strictObject({
          week: day.meta({ description: 'Its Monday' }),
          note: progressNote.nullable().meta({ description: 'null while nothing is noted' }),
          writes: z.boolean().meta({ description: 'Whether you may write or correct it now' }),
        }),
      )
      .meta({ description: 'The school weeks of the placement so far, the newest first' }),
    writes: z.boolean().meta({ description: 'Whether you are one who writes or corrects notes of this placement' }),
  })
  .meta({ id: 'Progress' });

export function progressDoors(services: Services): Door[] {
  return [
    door({
      method: 'get',
      path: '/api/v1/cases/{reference}/progress',
      name: 'progress',
      summary: 'What the host noted of progress and behaviour in a placement',
      about: 'For the home school, the host and CAP. A panel does not read it.',
      tag: 'Registers',
      who: 'signed-in',
      params: ofReference,
      gives: { description: 'Week by week', body: progressOfCase },
      noted: true,
      handle: async ({ person, params }) => {
        const { weeks, writes } = given(await progressOf(services, person, params.reference));
        return { body: { writes, weeks: weeks.map((each) => ({ ...each, note: each.note && show(each.note) })) } };
      },
    }),
    door({
      method: 'put',
      path: '/api/v1/cases/{reference}/progress/{week}',
      name: 'noteProgress',
      summary: 'Note progress and behaviour of a school week, or correct the note',
      about:
        'The host writes in the placement and for five working days after its end; CAP puts right what is written at any time. ' +
        'Sent again it changes nothing; what was there before is written down.',
      tag: 'Registers',
      who: 'signed-in',
      params: ofReference.extend({ week: day }),
      headers: overRead,
      body: z.strictObject({
        ...{ progress, behaviour },
        progressWords: optionalText.optional().meta({ description: 'Needed of who is behind' }),
        behaviourWords: optionalText.optional().meta({ description: 'Needed of who is unsettled' }),
        version: z
          .int()
          .min(0)
          .optional()
          .meta({ description: 'The version that you change, where If-Match does not say it; 0 where nothing was there' }),
      }),
      gives: { description: 'The note as it is kept now', body: progressNote, etag: true },
      problems: ['not-allowed', 'stale'],
      noted: true,
      handle: async ({ person, params, headers, body: { version = 0, progressWords = '', behaviourWords = '', ...levels } }) => {
        const words = { ...levels, progressWords, behaviourWords, version: readIn(headers) ?? version };
        const note = given(await noteProgress(services, person, { ...params, ...words }));
        return { body: show(note), etag: note.version };
      },
    }),
  ];
}

function show({ week: _week, ...note }: ProgressNote) {
  return note;
}
