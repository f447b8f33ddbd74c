// Files: who may add and take away which, what they may be, and which belong to a pack (R41, R70, R101, A22).
import {
  fileKinds,
  fileKindTitles,
  fileProblems,
  filesOfPack,
  kindsToAdd,
  knownType,
  nameOfFile,
  standing,
  whyNotReplace,
  whyNotTakeAway,
  type FileFacts,
  type FilesOf,
} from '../../domain/files';
import type { CaseState } from '../../domain/state';
import type { Party } from '../../domain/words';
import { flourishApplication, flourishBeforeItsPanel } from '../support/story';

const school: Party = 'school:SCH-A';
const by = (party: Party, person: string = party) => ({ person, parties: [party] });
const of = (state: CaseState | null): FilesOf => ({ opener: school, state });
const file = (id: string, more: Partial<FileFacts> = {}): FileFacts => ({
  ...{ id, kind: 'risk-assessment', name: `${id}.pdf`, digest: 'd', state: 'clean', addedBy: 'a.person' },
  ...{ step: null, replaces: null, replaced: null, ...more },
});

const ofThePack = fileKinds.filter((kind) => kind !== 'report');
const submitted = () => flourishApplication().at('2024-12-02T10:00Z').school.submits();
const inPlacement = () => {
  const story = flourishBeforeItsPanel();
  story.at('2024-12-16T14:00Z').chair.approves().cap.sendsThePackTo('TP-ONE');
  story.provider.holdsTheInterview().provider.accepts();
  return story.school.confirmsTheStart('2025-01-06');
};

const table: Record<string, readonly [CaseState | null, Partial<Record<Party, readonly string[]>>]> = {
  'a draft': [null, { [school]: ofThePack }],
  'a pack that is sent': [submitted().state, {}],
  'a pack that is returned': [submitted().cap.returnsThePack().state, { [school]: ofThePack }],
  'a case before its panel': [flourishBeforeItsPanel().state, {}],
  'a case that a panel deferred, and asks something of': [
    flourishBeforeItsPanel().at('2024-12-16T14:00Z').chair.defers().state,
    { [school]: ofThePack },
  ],
  'a placement': [inPlacement().state, { cap: ['report'], 'provider:TP-ONE': ['report'] }],
  'a case that is closed': [submitted().school.withdraws().state, {}],
};

describe.each(Object.entries(table))('to %s', (_what, [state, mayAdd]) => {
  test.each<Party>([
    school,
    'school:SCH-B',
    'cap',
    'provider:TP-ONE',
    'provider:TP-TWO',
    'panel:review-and-authorisation',
    'audit',
    'ops',
  ])('%s adds what is theirs to add, and nothing else', (party) => {
    expect(kindsToAdd(by(party), of(state))).toEqual(mayAdd[party] ?? []);
  });
});

test('what was never sent is taken away while the pack is written; what was sent stays, and another takes its place (A22)', () => {
  const returned = of(submitted().cap.returnsThePack().state);
  const [fresh, sent] = [file('fresh'), file('sent', { step: 1 })];
  expect(whyNotTakeAway(by(school), fresh, of(null))).toBeNull();
  expect(whyNotTakeAway(by(school), fresh, returned)).toBeNull();
  expect(whyNotTakeAway(by(school), sent, returned)).toMatchObject({ refused: 'not-now', rule: 'A22' });
  expect(whyNotTakeAway(by('school:SCH-B'), fresh, returned)).toMatchObject({ refused: 'not-yours' });
  expect(whyNotReplace('risk-assessment', sent, [sent], returned)).toBeNull();
  expect(whyNotReplace('supporting-document', sent, [sent], returned)).toMatchObject({ field: 'replaces' });
  expect(whyNotReplace('risk-assessment', null, [sent], returned)).toMatchObject({ field: 'replaces' });
  const replacing = file('newer', { replaces: 'sent' });
  expect(whyNotReplace('risk-assessment', sent, [sent, replacing], returned)).toMatchObject({ field: 'replaces' });
  const asked = of(flourishBeforeItsPanel().at('2024-12-16T14:00Z').chair.defers().state);
  expect(whyNotReplace('risk-assessment', sent, [sent], asked)).toMatchObject({ field: 'replaces' });
});

test('a report is taken away by who added it or by CAP, while the case is open', () => {
  const report = file('report', { kind: 'report', step: 9, addedBy: 'provider.one' });
  const here = of(inPlacement().state);
  expect(whyNotTakeAway(by('provider:TP-ONE', 'provider.one'), report, here)).toBeNull();
  expect(whyNotTakeAway(by('cap'), report, here)).toBeNull();
  expect(whyNotTakeAway(by('provider:TP-ONE', 'another'), report, here)).toMatchObject({ refused: 'not-yours' });
  const closed = of(submitted().school.withdraws().state);
  expect(whyNotTakeAway(by('cap'), report, closed)).toMatchObject({ refused: 'not-now' });
});

test('a pack has the files that stand: none that another replaces, and no report', () => {
  const files = [
    file('gone', { step: 1, replaced: 3 }),
    file('going', { step: 3 }),
    file('coming', { replaces: 'going' }),
    file('report', { kind: 'report', step: 5 }),
  ];
  expect(standing(files).map(({ id }) => id)).toEqual(['coming', 'report']);
  expect(filesOfPack(files).map(({ id }) => id)).toEqual(['coming']);
});

test('a pack is not sent with a file that nobody can ever read; one that is not looked at yet goes with it (R101)', () => {
  expect(fileProblems([file('a', { state: 'quarantined' }), file('b')])).toEqual([]);
  expect(fileProblems([file('a', { state: 'infected' }), file('b', { state: 'unreadable' })])).toMatchObject([
    { field: 'files', rule: 'R101' },
    { field: 'files', rule: 'R101' },
  ]);
  expect(fileProblems([file('a', { state: 'infected', step: 1 }), file('b', { replaces: 'a' })])).toEqual([]);
});

test('a school that keeps its risk assessment elsewhere submits without one here (R41, R42)', () => {
  expect(fileProblems([])).toEqual([]);
  expect(submitted().state.position.stage).toBe('pack-check');
});

test.each(['application/x-msdownload', 'application/zip', 'text/html', 'application/vnd.ms-word.document.macroenabled.12', null])(
  'content of the type %s is not taken',
  (type) => expect(knownType(type)).toMatchObject({ field: 'file', rule: 'R101' }),
);

test.each([
  ['plan.pdf', 'application/pdf', 'plan.pdf'],
  ['PLAN.PDF', 'application/pdf', 'PLAN.PDF'],
  ['photo.jpeg', 'image/jpeg', 'photo.jpeg'],
  ['photo.png', 'image/jpeg', 'photo.png.jpg'],
  ['a/b\\c/plan.exe', 'application/pdf', 'plan.exe.pdf'],
  ['  .hidden. ', 'application/pdf', 'hidden.pdf'],
  ['', 'application/pdf', 'file.pdf'],
  ['zero\u200bwidth\u202eturned.pdf', 'application/pdf', 'zero width turned.pdf'],
])('the name %j of content of the type %s is kept as %j', (given, type, kept) => expect(nameOfFile(given, type)).toBe(kept));

test('a name has at most 200 characters, with its ending whole', () => {
  const name = nameOfFile(`${'Ä'.repeat(500)}.docx`, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document');
  expect([name.length, name.endsWith('Ä.docx')]).toEqual([200, true]);
});

test('what a file is, is told in words, and never with the number of a rule', () => {
  for (const kind of fileKinds) expect(fileKindTitles[kind]).toMatch(/^[A-Z][^()]*[a-z]$/);
});
