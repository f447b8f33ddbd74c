// While Postgres is away the service says so, says that nothing is lost, and tells nothing else.
import pino from 'pino';
import request from 'supertest';
import { accessLog } from '../../api/accessLog';
import { createApp } from '../../web/app';
import type { Services } from '../../api/services';
import { freePort } from '../../dev/ports';
import type { Party } from '../../domain/words';
import { noteAccess } from '../../records/accessLog';
import { openDatabase } from '../../records/database';
import { payloadCodec } from '../../temporal/codec';

test('reading, writing and deciding are answered with "try again with the same key", and the look at it is not lost silently', async () => {
  const database = openDatabase(`postgresql://cap_api:secret@127.0.0.1:${await freePort()}/cap`);
  const lines: string[] = [];
  const log = pino({}, { write: (line) => void lines.push(line) });
  const access = accessLog((line) => noteAccess(database, line), log);
  const parties: Party[] = ['school:SCH-A', 'cap'];
  const app = createApp({
    database,
    engine: { ping: () => Promise.resolve() } as unknown as Services['engine'],
    files: {} as Services['files'],
    nights: {} as Services['nights'],
    tokens: {
      signInOf: () => Promise.resolve({ issuer: 'https://identity.example.test', subject: 'somebody' }),
      ping: () => Promise.resolve(),
    },
    people: ({ subject }) => Promise.resolve({ person: subject, name: 'Somebody', parties }),
    accessLog: access,
    codec: { codec: payloadCodec([{ id: 'test', key: Buffer.alloc(32, 7) }]), uiOrigin: null },
    webUi: { url: 'http://temporal.test', namespace: 'default' },
    now: () => '2024-11-20T10:00:00.000Z',
    log,
  });
  const asked = [
    request(app).get('/api/v1/cases'),
    request(app).post('/api/v1/cases/CAP-2024-ABCDEF/check-pack').set('Idempotency-Key', 'k').send({ result: 'complete' }),
    request(app).post('/api/v1/applications').send({ programme: 'flourish' }),
  ];
  for (const call of asked) {
    const { status, body, headers } = await call.set('Authorization', 'Bearer somebody');
    expect([status, body.type, headers['retry-after']]).toEqual([503, '/problems/records-away', '2']);
    expect(body.detail).toBe('Nothing is lost: try again with the same key.');
  }
  await request(app).get('/api/v1/cases?limit=x').set('Authorization', 'Bearer somebody').expect(400);
  await request(app).get('/api/v1/cases/nowhere').set('Authorization', 'Bearer somebody').expect(404);
  await access.settled();
  expect(lines.join('')).toContain('The access log could not be written');
  expect(lines.join('')).not.toContain('secret');
  const ready = await request(app).get('/health/ready').expect(503);
  expect(ready.body.parts).toMatchObject({ postgres: { up: false }, temporal: { up: true } });
  await database.close();
});
