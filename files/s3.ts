// Content in a bucket that speaks the protocol of S3: AWS, or any other by its address.
import { AwsClient } from 'aws4fetch';
import { ContentLost, FilesAway, type Bytes, type Store } from './files';

export interface Bucket {
  /** Its address, whichever way the service writes it: https://s3.eu-west-2.amazonaws.com/cap-files */
  readonly url: string;
  readonly region: string;
  readonly keyId: string;
  readonly secret: string;
}

/** Milliseconds that one request may take. */
const patience = 60_000;

/** @param bucket whose key may put, get and delete objects, and need not list them */
export function s3Store({ url, region, keyId, secret }: Bucket): Store {
  const client = new AwsClient({ accessKeyId: keyId, secretAccessKey: secret, service: 's3', region, retries: 2 });
  const ask = async (method: 'PUT' | 'GET' | 'DELETE', id: string, body?: Uint8Array<ArrayBuffer>): Promise<Response> => {
    const answer = await client
      .fetch(`${url}/${encodeURIComponent(id)}`, { method, signal: AbortSignal.timeout(patience), ...(body ? { body } : {}) })
      .catch((error: unknown) => {
        throw new FilesAway('The bucket of files cannot be reached.', { cause: error });
      });
    if (answer.ok) return answer;
    await answer.body?.cancel();
    if (answer.status === 404 && method === 'GET') throw new ContentLost('There is no such content.');
    if (answer.status === 404 && method === 'DELETE') return answer;
    throw new FilesAway(`The bucket of files answered ${String(answer.status)}.`);
  };
  return {
    // The protocol asks for the length beforehand: the content, 25 MB at most, is held in memory while it goes there.
    write: async (id, content) => {
      const parts: Uint8Array[] = [];
      for await (const part of content) parts.push(part);
      await ask('PUT', id, Buffer.concat(parts));
    },
    read: (id) => readFrom(() => ask('GET', id)),
    remove: async (id) => {
      await ask('DELETE', id);
    },
  };
}

async function* readFrom(ask: () => Promise<Response>): Bytes {
  const { body } = await ask();
  if (!body) return;
  try {
    yield* body as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw new FilesAway('The bucket of files broke off.', { cause: error });
  }
}
