// CAP keeps the checks of training providers through the doors; each provider reads its own (R103-R105).
import { addDays } from '../../domain/calendar';
import { each, openDoors, type Doors } from './doors';

const began = '2024-11-20T10:00:00.000Z';
let doors: Doors;
beforeAll(async () => {
  doors = await openDoors(began);
});
afterAll(() => doors.stop());
beforeEach(() => doors.at(began));

const record = (person: string, kind: string, passed: string, expires: string, provider = 'TP-ONE') =>
  doors.ask(person, 'PUT', `/api/v1/checks/${provider}/${kind}`, { body: { passed, expires } });
const checks = async (person: string) => (await doors.ask(person, 'GET', '/api/v1/checks')).body.providers as unknown[];

test('a check is recorded with its days, the newest counts, and what has lapsed is said to have', async () => {
  await record('cap.team', 'compliance-review', '2024-04-08', '2024-07-22');
  const { body } = await record('cap.team', 'safeguarding-training', '2024-09-02', '2025-08-31');
  expect(body.provider.checks).toEqual([
    expect.objectContaining({ kind: 'compliance-review', expires: '2024-07-22', lapsed: true }),
    expect.objectContaining({ kind: 'safeguarding-training', lapsed: false }),
  ]);
  const again = await record('cap.team', 'compliance-review', '2024-11-04', '2025-04-11');
  expect(again.body.provider.checks[0]).toMatchObject({ passed: '2024-11-04', lapsed: false });
});

test('a provider reads its own checks and no others; only CAP records them', async () => {
  expect(each(await checks('provider.one'), 'provider')).toEqual(['TP-ONE']);
  expect(await checks('school.alder')).toEqual([]);
  expect(each(await checks('auditor'), 'provider')).toEqual(expect.arrayContaining(['TP-ONE', 'TP-TWO', 'AP-ACADEMY']));
  expect((await record('provider.one', 'procurement', '2024-09-02', '2025-08-31')).status).toBe(403);
  expect((await record('cap.team', 'procurement', '2024-09-02', '2025-08-31', 'NO-SUCH')).status).toBe(404);
  const wrong = await record('cap.team', 'procurement', '2024-09-02', '2024-09-01');
  expect([wrong.status, wrong.body.errors[0].field]).toEqual([422, 'expires']);
});

test('a confirmation of safeguarding training holds for one academic year: given in July or August, for the coming one (R105)', async () => {
  const until = async (passed: string, expires: string): Promise<[number, unknown, unknown]> => {
    doors.at(`${passed}T15:00:00.000Z`);
    const { status, body } = await record('cap.team', 'safeguarding-training', passed, expires, 'TP-TWO');
    return [status, body.errors?.[0]?.rule ?? null, body.errors?.[0]?.field ?? null];
  };
  expect(await until('2024-10-07', '2025-09-01')).toEqual([422, 'R105', 'expires']);
  expect(await until('2024-10-07', '2025-08-31')).toEqual([200, null, null]);
  expect(await until('2025-07-01', '2026-08-31')).toEqual([200, null, null]);
  expect(await until('2025-08-29', '2026-09-01')).toEqual([422, 'R105', 'expires']);
});

test('a compliance review is one of each term: it holds to the end of the term after the one in which it was passed, and no longer than the terms that are entered (R104)', async () => {
  const until = async (passed: string, expires: string): Promise<[number, unknown, unknown]> => {
    doors.at(`${passed}T15:00:00.000Z`);
    const { status, body } = await record('cap.team', 'compliance-review', passed, expires, 'TP-TWO');
    return [status, body.errors?.[0]?.field ?? null, body.errors?.[0]?.message ?? null];
  };
  const autumns = 'It is passed each term: passed on Monday 4 November 2024, it holds until Friday 11 April 2025 at most.';
  expect(await until('2024-11-04', '2025-04-12')).toEqual([422, 'expires', autumns]);
  expect(await until('2024-11-04', '2025-04-11')).toEqual([200, null, null]);
  // In the holiday the spring term is the next one still.
  expect((await until('2025-01-02', '2025-07-21'))[0]).toBe(422);
  expect(await until('2025-01-02', '2025-04-11')).toEqual([200, null, null]);
  const { body } = await doors.ask('cap.team', 'GET', '/api/v1/terms');
  const last = (body.halfTerms as { lastDay: string }[]).at(-1)?.lastDay ?? '';
  const unknown = 'It holds to the end of the next term, and not all terms until then are entered yet: enter them first.';
  expect(await until(last, addDays(last, 1))).toEqual([422, 'expires', unknown]);
  expect(await until(last, last)).toEqual([200, null, null]);
});

test('the review of this term is due by its end, until it is passed: what holds from the term before does not stand for it (R104)', async () => {
  const due = async (provider: string) => {
    const { body } = await doors.ask('cap.team', 'GET', '/api/v1/checks');
    return (body.providers as { provider: string; reviewDue: string | null }[]).find((each) => each.provider === provider)
      ?.reviewDue;
  };
  expect(await due('AP-ACADEMY')).toBe('2024-12-20');
  await record('cap.team', 'compliance-review', '2024-06-03', '2024-12-20', 'AP-ACADEMY');
  expect(await due('AP-ACADEMY')).toBe('2024-12-20');
  await record('cap.team', 'compliance-review', '2024-11-18', '2025-04-11', 'AP-ACADEMY');
  expect(await due('AP-ACADEMY')).toBe(null);
});
