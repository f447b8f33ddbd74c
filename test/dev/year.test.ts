// The words of a year's people (dev/year), against the rules alone: what they say is never refused, and leads cases to their end.
import { answerTo, chances, ofTheirOwn, type Said, type Setting } from '../../dev/year/answers';
import { sampleCourses } from '../../dev/pathways';
import { addDays, isWorkingDay, type IsoDate } from '../../domain/calendar';
import type { CommandKind } from '../../domain/commands';
import { programmeCodes } from '../../domain/programmes';
import type { ProgrammeCode } from '../../domain/words';
import { coursesOf } from '../../prisma/reference-data';
import { calendar2024, cycles2024, ledger, sampleStudent, story, type Story } from '../support/story';

const seeds = Array.from({ length: 12 }, (_, index) => index + 1);
const first = '2024-09-09';
const last = '2025-07-21';

/** Lives a case through a year from an application in September on. @returns the story, and what was refused */
function lived(programme: ProgrammeCode, seed: number, places = ledger()): { tale: Story; refused: string[]; said: Said[] } {
  const course = coursesOf('2024-25').find(({ code }) => code === sampleCourses[programme]);
  const tier4 = { programme: 'tier-4', cohortStart: null, panels: null };
  const tale = story({
    programme,
    places,
    people: [{ person: 'cap.team', parties: ['cap'] }],
    course: course ?? null,
    cycles: cycles2024.map((cycle) => ({ ...cycle, items: [...cycle.items, tier4] })),
    student: { ...sampleStudent, dateOfBirth: programme === 'year-11-bespoke' ? '2009-05-04' : '2011-05-04' },
  });
  const people: Readonly<Record<string, Story['cap']>> = {
    cap: tale.cap,
    'school:SCH-A': tale.school,
    'school:SCH-B': tale.otherSchool,
    'provider:TP-ONE': tale.provider,
    'provider:TP-TWO': tale.otherProvider,
    'provider:AP-ACADEMY': tale.academy,
    'panel:review-and-authorisation': tale.chair,
    'panel:multi-agency': tale.secondChair,
    'panel:headteacher-placement': tale.heads,
  };
  const refused: string[] = [];
  const spoken: Said[] = [];
  const say = (said: Said): boolean => {
    spoken.push(said);
    const kind = said.does as CommandKind;
    try {
      people[said.as]?.does(kind, said.says, Object.keys(said.writes));
      return true;
    } catch (error) {
      const { refusal } = error as { refusal: { refused: keyof NonNullable<Said['otherwise']> } };
      const instead = said.otherwise?.[refusal.refused];
      if (instead) return say(instead);
      refused.push(`${said.does}: ${String(error)}`);
      return false;
    }
  };
  const chance = chances(seed);
  const opener = programme === 'tier-4' ? tale.cap : tale.school;
  tale.at(`${first}T10:00Z`);
  opener.submits();
  for (let day: IsoDate = first; day <= last && tale.stage !== 'closed'; day = addDays(day, 1)) {
    if (!isWorkingDay(day, calendar2024)) continue;
    tale.at(`${day}T10:00Z`);
    const setting: Setting = {
      ...{ today: day, calendar: calendar2024, chance },
      ...{ providers: ['TP-ONE', 'TP-TWO'], receivingSchools: ['SCH-A', 'SCH-B'], officer: 'cap.team' },
    };
    const own = ofTheirOwn(tale.state, setting);
    if (own) say(own);
    for (let round = 0, did = true; did && round < 4; round += 1) {
      did = false;
      for (const wait of tale.waits) {
        const answer = tale.waits.some(({ what, subject }) => what === wait.what && subject === wait.subject)
          ? answerTo(tale.state, wait, setting)
          : null;
        if (answer) did = say(answer) || did;
      }
    }
  }
  return { tale, refused, said: spoken };
}

test.each(programmeCodes)(
  'of %s whoever is waited for says nothing that is refused, and most cases come to their end',
  (programme) => {
    const stories = seeds.map((seed) => lived(programme, seed));
    expect(stories.flatMap(({ refused }) => refused)).toEqual([]);
    const closed = stories.filter(({ tale }) => tale.stage === 'closed');
    expect(closed.length).toBeGreaterThan(seeds.length * 0.7);
  },
);

test('the same seed tells the same story', () => {
  const kinds = (seed: number) => lived('flourish', seed).tale.happened;
  expect(kinds(3)).toEqual(kinds(3));
  expect(kinds(3)).not.toEqual(kinds(4));
});

test('a panel that approves where no place is left defers on the same day, so that its outcome is in time (R13, R71)', () => {
  const full = ledger({ perTerm: 0, perYear: 0 });
  for (const seed of seeds) {
    const { tale } = lived('refocus', seed, full);
    expect(tale.happened).not.toContain('placeTaken');
    for (const { at, outcome } of tale.eventsOf('outcomeIssued')) expect([seed, at <= outcome.due]).toEqual([seed, true]);
  }
  const put = seeds.map((seed) => lived('refocus', seed, full).tale.eventsOf('deferred').length);
  expect(Math.max(...put)).toBeGreaterThan(0);
});
