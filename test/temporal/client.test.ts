// The connection: starting without a server, and errors that say what to do.
import { createServer, type Server } from 'node:net';
import { connectTemporal, EngineAway, EngineTimeout, withDeadline, type Temporal } from '../../temporal/client';
import { searchAttributeTypes } from '../../temporal/names';
import { keys } from './keys';

const opened: Temporal[] = [];
function temporalAt(port: number): Temporal {
  const temporal = connectTemporal({ address: `127.0.0.1:${String(port)}`, namespace: 'default', keys });
  opened.push(temporal);
  return temporal;
}
afterEach(async () => {
  await Promise.all(opened.splice(0).map((temporal) => temporal.close()));
});

async function listening(server: Server): Promise<number> {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
const closed = (server: Server) => new Promise((done) => server.close(done));

test('a server that is away is said so within two seconds or so', async () => {
  const server = createServer();
  const port = await listening(server);
  await closed(server);
  const { client } = temporalAt(port);
  const asked = withDeadline(client, 10_000, () => client.workflowService.getSystemInfo({}));
  await expect(asked).rejects.toThrow(EngineAway);
  await expect(asked).rejects.toThrow('try again with the same key');
});

test('a server that does not answer is a time-out', async () => {
  const silent = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.unref();
  });
  const { client } = temporalAt(await listening(silent));
  await expect(withDeadline(client, 300, () => client.workflowService.getSystemInfo({}))).rejects.toThrow(EngineTimeout);
  silent.close();
});

test('any other error passes', async () => {
  const { client } = temporalAt(1);
  await expect(withDeadline(client, 300, () => Promise.reject(new TypeError('mine')))).rejects.toThrow(TypeError);
});

test('search attributes as a server is told of them', () => {
  expect(searchAttributeTypes).toEqual({
    CapProgramme: 'Keyword',
    CapStage: 'Keyword',
    CapPanel: 'Keyword',
    CapSchool: 'Keyword',
    CapWaitingFor: 'Keyword',
    CapDue: 'Datetime',
    CapStep: 'Int',
  });
});
