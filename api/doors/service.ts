// Doors about the service itself: is it up, is it ready, what does it offer, what does a problem mean.
import { z } from 'zod';
import { door, type Door } from '../door';
import { problemKinds } from '../problems';
import { nobody } from '../signIn';
import { readTeamMailbox } from '../../records/organisations';
import type { Services } from '../services';

const patience = 1_000;
/** An answer counts for so long: whoever asks, each part is asked at most so often, and never twice at once. */
const answerCounts = 3_000;

const part = z.strictObject({ up: z.boolean() });
export const health = z.strictObject({
  ready: z.boolean(),
  parts: z.strictObject({ postgres: part, temporal: part, identity: part }),
});

export const contactOfCap = z.strictObject({ email: z.string().nullable().meta({ description: 'null while none is kept' }) });

/** @param document the OpenAPI document, made once all doors are known */
export function serviceDoors({ database, engine, tokens }: Services, document: () => object): Door[] {
  const parts = lately(async () => {
    const [postgres, temporal, identity] = await Promise.all([
      isUp(() => database.ping()),
      isUp(() => engine.ping()),
      isUp(() => tokens.ping(patience)),
    ]);
    return { postgres, temporal, identity };
  });
  return [
    door({
      method: 'get',
      path: '/health/live',
      name: 'live',
      summary: 'Whether this process answers',
      tag: 'Service',
      who: 'everybody',
      gives: { description: 'It does', body: z.strictObject({ live: z.boolean() }) },
      handle: () => ({ body: { live: true } }),
    }),
    door({
      method: 'get',
      path: '/health/ready',
      name: 'ready',
      summary: 'Whether it can do its work, and which part it waits for',
      tag: 'Service',
      who: 'everybody',
      gives: { description: 'Every part is there', body: health, also: { 503: 'A part is away' } },
      handle: async () => {
        const found = await parts();
        const ready = Object.values(found).every(({ up }) => up);
        return { ...(ready ? {} : { status: 503 }), body: { ready, parts: found } };
      },
    }),
    door({
      method: 'get',
      path: '/api/v1/contact',
      name: 'contact',
      summary: 'Where to write to the CAP team',
      tag: 'Service',
      who: 'everybody',
      gives: { description: 'Its mailbox', body: contactOfCap },
      handle: async () => ({ body: { email: await readTeamMailbox(database, nobody, 'cap') } }),
    }),
    door({
      method: 'get',
      path: '/api/v1/openapi.json',
      name: 'openapi',
      summary: 'This document',
      tag: 'Service',
      who: 'everybody',
      gives: { description: 'OpenAPI 3.1', body: z.looseObject({ openapi: z.string() }) },
      handle: () => ({ body: document() as { openapi: string } }),
    }),
    door({
      method: 'get',
      path: '/problems/{kind}',
      name: 'problem',
      summary: 'What a kind of problem means, and what to do',
      tag: 'Service',
      who: 'everybody',
      params: z.strictObject({ kind: z.enum(Object.keys(problemKinds) as [keyof typeof problemKinds]) }),
      gives: {
        description: 'The kind',
        body: z.strictObject({ type: z.string(), title: z.string(), status: z.int(), detail: z.string() }),
      },
      handle: ({ params: { kind } }) => {
        const { title, status, todo } = problemKinds[kind];
        return { body: { type: `/problems/${kind}`, title, status, detail: todo } };
      },
    }),
  ];
}

/** @returns the same question, answered from memory while the last answer counts */
function lately<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: { readonly answer: Promise<T>; readonly until: number } | null = null;
  return () => {
    if (!asked || asked.until <= Date.now()) asked = { answer: ask(), until: Date.now() + answerCounts };
    return asked.answer;
  };
}

async function isUp(ask: () => Promise<void>): Promise<{ readonly up: boolean }> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, patience, false);
  });
  const asked = ask().then(
    () => true,
    () => false,
  );
  try {
    return { up: await Promise.race([asked, late]) };
  } finally {
    clearTimeout(timer);
  }
}
