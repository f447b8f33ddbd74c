// Hands requests on to the server of the Web UI, and its answers back: none of our cookies goes there, and it sets none but its own.
import http from 'node:http';
import https from 'node:https';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { HttpProblem } from '../../api/problems';

/** What belongs to one connection and not to what is sent over it, and what the server of the Web UI need not know. */
const kept =
  /^(connection|keep-alive|te|trailer|transfer-encoding|upgrade|proxy-.*|host|cookie|authorization|forwarded|x-forwarded-.*)$/;
/** With this cookie the Web UI knows its own forms. */
const theirs = /^_csrf=/;

/** Milliseconds in which the server of the Web UI answers. It asks Temporal, which may wait for a workflow. */
const patience = 60_000;

/** @param upstream where the Web UI is, for this process */
export function forwardTo(upstream: string): (req: Request, res: Response) => Promise<void> {
  const { request, Agent } = upstream.startsWith('https:') ? https : http;
  const agent = new Agent({ keepAlive: true });
  return async (req, res) => {
    const { method, headers } = req;
    const sent = Object.fromEntries(Object.entries(headers).filter(([name]) => !kept.test(name)));
    const cookies = (headers.cookie ?? '').split(/; */).filter((each) => theirs.test(each));
    const asked = request(new URL(req.originalUrl, upstream), {
      ...{ method, agent, timeout: patience },
      headers: { ...sent, ...(cookies.length > 0 ? { cookie: cookies.join('; ') } : {}) },
    });
    asked.on('timeout', () => asked.destroy(new Error('The Web UI did not answer in time')));
    res.on('close', () => asked.destroy());
    const answered = new Promise<http.IncomingMessage>((resolve, reject) => asked.on('response', resolve).on('error', reject));
    answered.catch(() => undefined); // met below, once the request is on its way
    try {
      await pipeline(req, asked);
      await give(await answered, res);
    } catch (error) {
      if (res.headersSent || res.destroyed) return void res.destroy();
      throw new HttpProblem('web-ui-away', undefined, { cause: error });
    }
  };
}

async function give(answer: http.IncomingMessage, res: Response): Promise<void> {
  res.status(answer.statusCode ?? 502);
  for (const [name, value] of Object.entries(answer.headers)) {
    if (value === undefined || kept.test(name) || res.hasHeader(name)) continue;
    if (name !== 'set-cookie') res.setHeader(name, value);
  }
  const cookies = answer.headers['set-cookie']?.filter((each) => theirs.test(each)) ?? [];
  if (cookies.length > 0) res.setHeader('Set-Cookie', cookies);
  await pipeline(answer, res);
}
