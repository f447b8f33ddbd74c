// Who somebody is: an issuer and a subject together. The same subject at another issuer is a stranger.
import request from 'supertest';
import { tokenChecker } from '../../api/tokens';
import { demoPeople, signingInAt } from '../../dev/people';
import { seedPeople } from '../../prisma/seed';
import { openDatabase } from '../../records/database';
import { personSignedIn } from '../../records/people';
import { openDoors, type Doors } from './doors';
import { audience, startIssuer, type Issuer } from './issuer';

let doors: Doors;
let second: Issuer;
beforeAll(async () => {
  doors = await openDoors('2024-11-20T10:00:00.000Z');
  second = await startIssuer();
});
afterAll(async () => {
  await second.stop();
  await doors.stop();
});

test('two issuers whom the service trusts never share a person: a sign-in belongs to one of them', async () => {
  const app = doors.appWith({
    tokens: tokenChecker({ issuers: [doors.issuer.url, second.url], audience, maxAge: 3600 }),
  });
  const me = async (issuer: Issuer) =>
    request(app)
      .get('/api/v1/me')
      .set('Authorization', `Bearer ${await issuer.token('cap.team')}`);
  expect((await me(doors.issuer)).body).toMatchObject({ person: 'cap.team', parties: ['cap'] });
  const stranger = await me(second);
  expect([stranger.status, stranger.body.type]).toEqual([403, '/problems/person-unknown']);

  const owner = doors.database.urlFor('cap_owner');
  const signIns = [{ issuer: second.url, subject: 'cap.team' }];
  await seedPeople(owner, [
    { id: 'P-0042', name: 'Sample Second-Issuer', email: 'p42@example.test', signIns, grants: [{ role: 'auditor' }] },
  ]);
  expect((await me(second)).body).toMatchObject({ person: 'P-0042', parties: ['audit'] });
  expect((await me(doors.issuer)).body).toMatchObject({ person: 'cap.team', parties: ['cap'] });
});

test('one person may sign in in two ways, and is the same person', async () => {
  const owner = doors.database.urlFor('cap_owner');
  const team = demoPeople.find(({ id }) => id === 'cap.team');
  if (!team) throw new Error('There is no demo person of the CAP team');
  const signIns = [
    { issuer: doors.issuer.url, subject: 'cap.team' },
    { issuer: 'https://other.example.test', subject: '00000000-aaaa' },
  ];
  await seedPeople(owner, [{ ...team, signIns }]);
  const found = await Promise.all(signIns.map((signIn) => personSignedIn(doors.api, signIn)));
  expect(found.map((person) => person?.person)).toEqual(['cap.team', 'cap.team']);
});

test('neither API nor worker can read how people sign in, only ask who somebody is', async () => {
  await seedPeople(doors.database.urlFor('cap_owner'), signingInAt(doors.issuer.url));
  for (const role of ['cap_api', 'cap_worker'] as const) {
    const database = openDatabase(doors.database.urlFor(role));
    await expect(database.directly((connection) => connection.$queryRaw`SELECT * FROM sign_ins`)).rejects.toThrow(
      /permission denied/,
    );
    await database.close();
  }
});
