// What a door is: where it is, who may come, what it takes and what it answers. From it come the route and its page in the OpenAPI document.
import type { z } from 'zod';
import type { Permission } from '../domain/permissions';
import type { Bytes } from '../files/files';
import type { Person } from '../records/types';
import type { Upload } from '../usecases/files';
import type { ProblemKind } from './problems';

export type Method = 'get' | 'post' | 'put' | 'delete';

/** `everybody`: without signing in. `signed-in`: whoever we know; rows then decide what is there for them. */
export type Who = 'everybody' | 'signed-in' | ((person: Person) => Permission);

interface Success<A extends z.ZodType> {
  /** 200 unless said. */
  readonly status?: 200 | 201;
  readonly description: string;
  /** What it comes as; JSON unless said. A file comes as what it is. */
  readonly as?: 'text/csv' | 'file';
  readonly body: A;
  /** It bears the step or version of what it shows. */
  readonly etag?: true;
  /** Other statuses that come with the same body, and what they mean. */
  readonly also?: Readonly<Record<number, string>>;
}

/** What a door is asked, once everything was held against its schemas. */
export interface Asked<P = Record<string, unknown>, Q = Record<string, unknown>, H = Record<string, unknown>, B = unknown> {
  readonly person: Person;
  readonly params: P;
  readonly query: Q;
  readonly headers: H;
  readonly body: B;
  /** Where the door takes one. */
  readonly upload: Upload | null;
}

/** Domain's values are read-only; what is sent may be too. */
type Sent<T> = unknown extends T
  ? T
  : T extends readonly (infer E)[]
    ? readonly Sent<E>[]
    : T extends object
      ? { readonly [K in keyof T]: Sent<T[K]> }
      : T;

/** An answer: its body, and what goes into its headers. */
export interface Sendable<A = unknown> {
  readonly body: Sent<A>;
  /** Where it is not the one that the door promises. */
  readonly status?: number;
  /** The step or version of what is shown. */
  readonly etag?: number;
  readonly location?: string;
}

/** The body of an answer that is a file. */
export interface FileToSend {
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly content: Bytes;
}

interface Spec<P extends z.ZodObject, Q extends z.ZodObject, H extends z.ZodObject, B extends z.ZodType, A extends z.ZodType> {
  readonly method: Method;
  /** As in OpenAPI: `/api/v1/cases/{reference}`. */
  readonly path: string;
  /** The name of the operation in generated clients. */
  readonly name: string;
  readonly summary: string;
  readonly about?: string;
  readonly tag: keyof typeof tags;
  readonly who: Who;
  readonly params?: P;
  readonly query?: Q;
  /** Names in lower case. */
  readonly headers?: H;
  readonly body?: B;
  /** It takes one file, in a form (multipart/form-data) whose fields before it are the body. JSON unless said. */
  readonly takes?: 'file';
  readonly gives: Success<A>;
  /** Problems beside those that every door may answer. */
  readonly problems?: readonly ProblemKind[];
  /** Whether an answer is written to the access log: those with packs, cases and documents are. */
  readonly noted?: true;
  handle(
    asked: Asked<z.output<P>, z.output<Q>, z.output<H>, z.output<B>>,
  ): Promise<Sendable<z.output<A>>> | Sendable<z.output<A>>;
}

/** A door as the service mounts it: what it is asked was held against its schemas. */
export interface Door extends Omit<Spec<z.ZodObject, z.ZodObject, z.ZodObject, z.ZodType, z.ZodType>, 'handle'> {
  handle(asked: Asked): Promise<Sendable>;
}

export const tags = {
  You: 'Who you are here',
  Programmes: 'What there is to apply for',
  Students: 'A school keeps its students',
  Files: 'Documents of applications and cases',
  Applications: 'A school writes and submits an application',
  Cases: 'Applications that were submitted',
  Commands: 'What people do to a case',
  Numbers: 'What a year came to, for CAP',
  Exports: 'Lists for others, as files',
  Registers: 'Who is there, day by day',
  Retention: 'How long things are kept, and what is held',
  Calendar: 'Panel cycles, meetings and closures',
  Panels: 'Who sits on the panels, and the minutes of their meetings',
  People: 'Who may sign in, and for whom they act',
  Audit: 'Who read what, and the proof of a timeline',
  Service: 'The service itself',
} as const;

/** @returns the type in which a door answers what it gives; null where that is the type of a file */
export function typeOf({ gives }: Pick<Door, 'gives'>): string | null {
  return gives.as === 'file' ? null : (gives.as ?? 'application/json');
}

/** Writes a door down, each part typed by its schemas. */
export function door<
  P extends z.ZodObject,
  Q extends z.ZodObject,
  H extends z.ZodObject,
  B extends z.ZodType,
  A extends z.ZodType,
>(spec: Spec<P, Q, H, B, A>): Door {
  const handle = (asked: Asked) =>
    spec.handle(asked as Asked<z.output<P>, z.output<Q>, z.output<H>, z.output<B>>) as Promise<Sendable> | Sendable;
  return { ...spec, handle: async (asked) => handle(asked) };
}
