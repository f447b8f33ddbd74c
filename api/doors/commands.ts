// One door for each command that people give to a case, all made from domain's table.
import { z } from 'zod';
import { personCommandKinds, personCommands, type PersonCommandKind } from '../../domain/commands';
import { giveCommand } from '../../usecases/giveCommand';
import { commandPath, commandSchema, takeApart } from '../commandBody';
import { door, type Door } from '../door';
import { given, type ProblemKind } from '../problems';
import { idempotencyKey, ofReference, overRead, readIn, reference } from '../schemas';
import type { Services } from '../services';

export const recorded = z
  .strictObject({
    result: z.literal('recorded'),
    reference,
    step: z.int().meta({ description: 'The step of the case at which it stands' }),
  })
  .meta({ id: 'Recorded' });

/** What any command may meet. */
export const commandProblems: readonly ProblemKind[] = [
  'not-yours',
  'not-now',
  'stale',
  'no-place',
  'before-the-meeting',
  'no-meeting',
  'no-quorum',
  'nothing-changed',
  'already-submitted',
  'reason-needed',
  'wrong-value',
  'key-reused',
  'not-received',
  'engine-away',
  'engine-timeout',
];

export function commandDoors(services: Services): Door[] {
  return personCommandKinds.filter((kind) => kind !== 'submit').map((kind) => commandDoor(services, kind));
}

function commandDoor(services: Services, kind: PersonCommandKind): Door {
  return door({
    method: 'post',
    path: commandPath(kind, '{reference}'),
    name: kind,
    summary: personCommands[kind].title,
    tag: 'Commands',
    who: 'signed-in',
    params: ofReference,
    headers: overRead.extend({ 'idempotency-key': idempotencyKey }),
    body: commandSchema(kind),
    gives: { description: 'It stands in the record; the same answer to the same key', body: recorded },
    problems: commandProblems,
    handle: async ({ person, params, headers, body }) => ({
      body: given(
        await giveCommand(services, person, {
          reference: params.reference,
          kind,
          ...takeApart(kind, body),
          key: headers['idempotency-key'],
          read: readIn(headers),
        }),
      ),
    }),
  });
}
