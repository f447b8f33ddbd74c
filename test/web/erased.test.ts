// What is left to see of a case that was erased (A14): that it was, and no word that marks, notes or documents are missing.
import { eraseCases } from '../../activities/retention';
import { openDoors, type Doors } from '../api/doors';
import { placedOnTuesdays } from '../api/submitted';
import { appWithPages, visitor } from './pages';

let doors: Doors;
let reference: string;
const as = (person: string) => visitor(appWithPages(doors.services), person);

beforeAll(async () => {
  doors = await openDoors('2024-11-20T10:00:00.000Z');
  reference = await placedOnTuesdays(doors, 'Erased Sample');
  doors.at('2024-12-11T10:00:00.000Z');
  const body = { destination: 'home-school', summary: 'A sample summary.' };
  expect((await doors.ask('cap.team', 'POST', `/api/v1/cases/${reference}/record-exit`, { body, key: 'exit' })).status).toBe(200);
});
afterAll(() => doors.stop());

const erasedAt = '2060-01-05T02:00:00.000Z';

test('before it is erased its marks, notes, documents and next application are there to be seen', async () => {
  const { text } = await as('school.alder').open(`/cases/${reference}`);
  for (const shown of ['See the documents', 'See the attendance', 'Progress and behaviour', 'Begin the next application'])
    expect(text).toContain(shown);
});

describe('once it is erased', () => {
  beforeAll(async () => {
    doors.at(erasedAt);
    expect(await eraseCases(doors.worker, erasedAt, '')).toMatchObject({ erased: 1 });
  });

  test.each(['school.alder', 'provider.one', 'cap.team', 'auditor'])(
    'its page says to %s when it was, keeps its days, and offers nothing that went',
    async (person) => {
      const { text } = await as(person).open(`/cases/${reference}`);
      expect(text).toContain('What was written of this case was erased on Monday 5 January 2060');
      expect(text).toContain('First day Tuesday 3 December 2024');
      expect(text).not.toContain('Erased Sample');
      for (const gone of ['documents', 'See the attendance', 'Progress and behaviour', 'Begin the next', 'Not yet'])
        expect(text).not.toContain(gone);
    },
  );

  test.each([
    ['attendance', 'The marks of this placement are erased', /not marked/i],
    ['progress', 'The notes of this placement are erased', /not yet|not begun/i],
  ])('its %s says that it is erased, and not that nothing was written', async (page, said, never) => {
    const { text } = await as('school.alder').open(`/cases/${reference}/${page}`);
    expect(text).toContain(said);
    expect(text).not.toMatch(never);
  });

  test('who opens again what was said at its submission is told no steps to come, but where it stands', async () => {
    const { text } = await as('school.alder').open(`/applications/${reference}/submitted`);
    expect(text).toContain('It has gone on since: the page of the case says where it stands.');
    expect(text).not.toContain('What happens next');
  });

  test('lists say in the place of its student that it is erased', async () => {
    for (const person of ['school.alder', 'cap.team']) {
      expect((await as(person).open('/cases')).text).toMatch(new RegExp(`${reference} Erased Tier 1 course`));
    }
  });

  test.each(['school.alder', 'cap.team', 'auditor'])('its documents and its pack are said to %s to be erased', async (person) => {
    const documents = (await as(person).open(`/files/${reference}`)).text;
    expect(documents).toContain('The documents of this case are erased');
    expect(documents).not.toContain('no document yet');
    const { headers, text } = await as(person).open(`/cases/${reference}/pack.pdf`);
    expect(headers['content-type']).toContain('text/html');
    expect(text).toContain('The application is erased');
  });

  test('programs read that it is erased, and that no mark and no note is missing', async () => {
    const read = async (of: string) => {
      const { status, body } = await doors.ask('school.alder', 'GET', `/api/v1/cases/${reference}${of}`);
      expect([of, status]).toEqual([of, 200]);
      return body as unknown;
    };
    expect(await read('')).toMatchObject({ position: { stage: 'closed', erased: true } });
    expect(await read('/attendance')).toMatchObject({ expected: 0, unmarked: 0, missing: [] });
    expect(await read('/progress')).toMatchObject({ weeks: [] });
  });
});
