// Payloads in protobuf's JSON form (base64 inside), as the Web UI and the command line send them to a codec endpoint.
import type { Payload } from '@temporalio/common';
import { z } from 'zod';

const MOST_PAYLOADS = 10_000;

export const payloadsSchema = z.object({
  payloads: z
    .array(z.looseObject({ metadata: z.record(z.string(), z.base64()).nullish(), data: z.base64().nullish() }))
    .max(MOST_PAYLOADS)
    // Protobuf's JSON leaves out an empty list: so the command line asks when a query has no input.
    .default([]),
});

export type JsonPayload = z.infer<typeof payloadsSchema>['payloads'][number];

export function fromJson({ metadata, data }: JsonPayload): Payload {
  const entries = Object.entries(metadata ?? {}).map(([name, value]) => [name, Buffer.from(value, 'base64')] as const);
  return { metadata: Object.fromEntries(entries), data: Buffer.from(data ?? '', 'base64') };
}

export function toJson({ metadata, data }: Payload): JsonPayload {
  const entries = Object.entries(metadata ?? {}).map(([name, value]) => [name, base64(value)] as const);
  return { metadata: Object.fromEntries(entries), data: base64(data ?? new Uint8Array()) };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
