// A bucket that speaks as much of S3's protocol as a store of files asks for, and looks at every signature (AWS Signature Version 4) as S3 does.
import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Bucket } from '../../files/s3';

export interface TestBucket {
  readonly settings: Bucket;
  kept(): Promise<ReadonlyMap<string, Buffer>>;
  stop(): Promise<void>;
}

const [region, keyId, secret] = ['eu-west-2', 'AKIDSAMPLE', 'a secret of this test'];

export async function startBucket(): Promise<TestBucket> {
  const objects = new Map<string, Buffer>();
  const server = createServer((req, res) => {
    void (async () => {
      const parts: Buffer[] = [];
      for await (const part of req as AsyncIterable<Buffer>) parts.push(part);
      const name = /^\/cap\/([\w-]+)$/.exec(req.url ?? '')?.[1];
      if (!isSigned(req)) return res.writeHead(403).end('<Error><Code>SignatureDoesNotMatch</Code></Error>');
      if (name === undefined) return res.writeHead(404).end('<Error><Code>NoSuchBucket</Code></Error>');
      if (req.method === 'PUT') {
        // S3 takes no content whose length it is not told beforehand.
        if (req.headers['content-length'] === undefined)
          return res.writeHead(411).end('<Error><Code>MissingContentLength</Code></Error>');
        objects.set(name, Buffer.concat(parts));
        return res.writeHead(200, { ETag: '"x"' }).end();
      }
      if (req.method === 'DELETE') {
        objects.delete(name);
        return res.writeHead(204).end();
      }
      const found = objects.get(name);
      return found ? res.writeHead(200).end(found) : res.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>');
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    settings: { url: `http://127.0.0.1:${port}/cap`, region, keyId, secret },
    kept: () => Promise.resolve(objects),
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** Computes the signature from the request, by the steps that AWS documents. */
function isSigned(req: IncomingMessage): boolean {
  const given = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
    req.headers.authorization ?? '',
  );
  if (given?.[1] !== keyId) return false;
  const [, , scope = '', signedHeaders = '', signature] = given;
  const at = String(req.headers['x-amz-date']);
  const headers = signedHeaders.split(';').map((name) => `${name}:${String(req.headers[name]).trim()}\n`);
  const [path = '', query = ''] = (req.url ?? '').split('?');
  const canonical = [req.method, path, query, headers.join(''), signedHeaders, req.headers['x-amz-content-sha256']].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', at, scope, createHash('sha256').update(canonical).digest('hex')].join('\n');
  const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
  const key = ['aws4_request'].reduce(hmac, ['s3'].reduce(hmac, hmac(hmac(`AWS4${secret}`, at.slice(0, 8)), region)));
  return scope === `${at.slice(0, 8)}/${region}/s3/aws4_request` && hmac(key, toSign).toString('hex') === signature;
}
