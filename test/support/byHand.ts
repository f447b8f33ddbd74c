// What ops send from the Web UI or the command line: encrypted by the codec endpoint, which knows no workflow.
import { Client } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { payloadCodec, type PayloadKeys } from '../../temporal/codec';

/** @returns a client on the same connection, whose messages come as if they had been typed by hand */
export function byHand({ connection }: Client, keys: PayloadKeys): Client {
  const codec = payloadCodec(keys);
  const dataConverter: DataConverter = {
    payloadCodecs: [{ encode: (payloads) => codec.encode(payloads), decode: (payloads) => codec.decode(payloads) }],
  };
  return new Client({ connection, namespace: 'default', dataConverter });
}
