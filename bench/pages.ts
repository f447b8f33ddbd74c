// What a page takes beside what it asks of Postgres: the routes, the rules, the parts, the layout, the compression. It is measured where it is made,
// from the request to its last byte: what the browser of this benchmark does is not the page's.
import { createServer } from 'node:http';
import { Router } from 'express';
import pino from 'pino';
import { accessLog } from '../api/accessLog';
import { closeServer } from '../api/server';
import type { Services } from '../api/services';
import type { Instant } from '../domain/calendar';
import type { Database } from '../records/database';
import type { Person } from '../records/types';
import { createApp } from '../web/app';
import { atMost, median, percentile, type Figure } from './figures';

const timesEach = 150;
const warmUps = 40;
const aim = 1.5;

/**
 * Each page over and over, by somebody of CAP, through HTTP on this machine; the sign-in is not in it, for a session is one row by its key.
 * @param reference a case that is shown whole
 */
export async function measurePages(database: Database, reference: string, now: Instant): Promise<Figure[]> {
  const clock = timed(database);
  const log = pino({ level: 'silent' });
  const person: Person = { person: 'cap.team', name: 'Sample Cap-Team', parties: ['cap'] };
  const visit = { person, csrf: 'x', kept: null, session: null };
  // Of all that the service is given, pages that are only looked at use these.
  const services = {
    ...{ database: clock.database, now: () => now, log, accessLog: accessLog(() => Promise.resolve(), log) },
    codec: { codec: { encode: untouched, decode: untouched }, uiOrigin: null },
    webUi: { url: 'http://localhost', namespace: 'default' },
  } as unknown as Services;
  const app = createApp(services, {
    router: Router(),
    gate: (_req, _res, next) => {
      next();
    },
    visit: () => Promise.resolve(visit),
    posted: () => Promise.resolve(visit),
  });
  let served = 0;
  const server = createServer((request, answer) => {
    const began = performance.now();
    answer.once('finish', () => (served = performance.now() - began));
    app(request, answer);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const figures: Figure[] = [];
  for (const [what, path] of [
    ['what waits', '/'],
    ['the cases', '/cases'],
    ['one case', `/cases/${reference}`],
    ['the form of a command', `/cases/${reference}/note-cpoms`],
    ['the meetings', '/meetings'],
  ] as const) {
    figures.push(await figureOf(what, `${url}${path}`, clock, () => served));
  }
  await closeServer(server, 500);
  return figures;
}

const untouched = <T>(payloads: T): Promise<T> => Promise.resolve(payloads);

interface Clock {
  readonly database: Database;
  /** @returns milliseconds in which at least one question to Postgres was open, since it was asked last */
  read(): number;
}

/** The same database, with a clock that runs while it is asked. */
function timed(database: Database): Clock {
  let [open, since, total] = [0, 0, 0];
  const timing = async <R>(work: () => Promise<R>): Promise<R> => {
    if (open++ === 0) since = performance.now();
    try {
      return await work();
    } finally {
      if (--open === 0) total += performance.now() - since;
    }
  };
  return {
    database: {
      ...database,
      asActor: (actor, work, how) => timing(() => database.asActor(actor, work, how)),
      inTransaction: (work) => timing(() => database.inTransaction(work)),
      directly: (work) => timing(() => database.directly(work)),
      withModels: (actor, work) => timing(() => database.withModels(actor, work)),
    },
    read: () => {
      const read = total;
      total = 0;
      return read;
    },
  };
}

/** @param served milliseconds that the last page took where it was made */
async function figureOf(what: string, url: string, clock: Clock, served: () => number): Promise<Figure> {
  const [own, asked, whole]: [number[], number[], number[]] = [[], [], []];
  for (let lap = 0; lap < warmUps + timesEach; lap += 1) {
    clock.read();
    // As a browser asks behind TLS.
    const answer = await fetch(url, { headers: { accept: 'text/html', 'accept-encoding': 'gzip, deflate, br' } });
    await answer.text();
    const took = served();
    if (!answer.ok) throw new Error(`${url} came with ${answer.status}`);
    const queries = clock.read();
    if (lap < warmUps) continue;
    whole.push(took);
    asked.push(queries);
    own.push(took - queries);
  }
  const ratio = median(own) / median(asked);
  return {
    what: `a page, ${what}, its own time, p50, ms`,
    ours: `${median(own).toFixed(2)}, whole ${median(whole).toFixed(2)}, p95 ${percentile(whole, 95).toFixed(2)}`,
    beside: `its queries ${median(asked).toFixed(2)}`,
    ratio,
    aim: atMost(aim, ratio),
    why: 'components are drawn by the library of GOV.UK, and what they give is compressed',
  };
}
