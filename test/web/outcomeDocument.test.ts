// What an outcome document says, in words and London times, whatever it is then drawn on.
import { programmeAt } from '../../domain/programmes';
import { outcomeView, type OutcomeDocument, type Section } from '../../web/outcome/outcomeDocument';
import { approved, approvedWithConditions, deferred, everyOutcome, onboarded, refused } from './outcomes';

const fact = (document: OutcomeDocument, term: string) => outcomeView(document).facts.find((each) => each.term === term)?.value;
const section = (document: OutcomeDocument, id: string): Section | undefined =>
  outcomeView(document).sections.find((each) => each.id === id);
const textOf = (found: Section | undefined): string =>
  (found?.blocks ?? [])
    .flatMap((block) => (block.kind === 'paragraph' ? block.lines : block.kind === 'steps' ? block.items : [block.address]))
    .join('\n');
const next = (document: OutcomeDocument) => textOf(section(document, 'next'));

describe('The outcome document', () => {
  it('begins with the decision', () => {
    expect(Object.values(everyOutcome).map((each) => outcomeView(each).heading)).toEqual([
      'Approved',
      'Approved with conditions',
      'Not approved',
      'Deferred',
      'Approved',
    ]);
    expect(outcomeView(approved).lead).toBe('The Review & Authorisation Panel approved this application for Flourish.');
  });

  it('gives days and times as London reads them', () => {
    expect(fact(approved, 'Meeting')).toBe('Tuesday 17 December 2024');
    expect(fact({ ...approved, issuedAt: '2025-06-24T23:30:00.000Z' }, 'Outcome issued')).toBe(
      'Wednesday 25 June 2025 at 12:30am',
    );
  });

  it('is issued by the office of its panel, not in the name of a person', () => {
    expect(fact(approved, 'Decided by')).toBe('Chair of the Review & Authorisation Panel');
  });

  it('says the academic year of the start, not that of the values', () => {
    expect(fact({ ...approved, year: '2026-27' }, 'Programme')).toBe('Flourish, 2026-27');
  });

  it('says which start is expected, where there is one', () => {
    expect(fact(approved, 'Expected start')).toBe('Monday 13 January 2025');
    expect(fact({ ...deferred, expectedStart: '2025-04-28' }, 'Expected start, if approved')).toBe('Monday 28 April 2025');
    expect(outcomeView(refused).facts.map(({ term }) => term)).not.toContain('Expected start');
  });

  it('says by which day the conditions are to be met, where they stand and where they are asked for', () => {
    expect(section(approvedWithConditions, 'conditions')?.heading).toBe('Conditions, to be met by Friday 10 January 2025');
    expect(next(approvedWithConditions)).toContain('are met by Friday 10 January 2025: the approval depends on them.');
    expect(section({ ...approvedWithConditions, conditionsBy: null }, 'conditions')?.heading).toBe('Conditions');
  });

  it('says of a refusal that a reconsideration may be asked for once, and where; not of a second one (A8)', () => {
    const mayAsk = 'You may ask the panel once to reconsider this, with new evidence, on the page of the case.';
    expect(next(refused)).toContain(mayAsk);
    expect(next({ ...refused, reconsidered: 'Review & Authorisation Panel' })).not.toContain('reconsider');
    for (const each of [approved, approvedWithConditions, deferred]) expect(next(each)).not.toContain('reconsider');
  });

  it('says of a decision after a reconsideration that it is one: two documents of one case are told apart (A8)', () => {
    const panel = 'Review & Authorisation Panel';
    const lead = (document: OutcomeDocument) => outcomeView({ ...document, reconsidered: panel }).lead;
    const asked = `The school asked the ${panel} to reconsider its refusal.`;
    expect(lead(approved)).toBe(`${asked} The Review & Authorisation Panel approved this application for Flourish.`);
    expect(lead(refused)).toBe(`${asked} The Review & Authorisation Panel did not approve this application for Flourish.`);
    // The second panel decides on what the first one reconsidered: it had refused nothing itself.
    expect(lead(onboarded)).toBe(`${asked} The Multi-Agency Panel approved this application for Refocus.`);
  });

  it('says when a panel decided outside the meeting (C18)', () => {
    expect(fact(onboarded, 'Meeting')).toBe('Decided outside the meeting');
  });

  it('says of an approved Flourish application that the training provider arranges the interview (R63), then the start date (R65)', () => {
    expect(next(approved).split('\n')).toEqual([
      'CAP sends the application to a training provider.',
      'The training provider arranges an interview with the student.',
      'After the interview the training provider responds to the application, and CAP sends you its response.',
      'You confirm the start date.',
    ]);
  });

  it('says of an approval for a course without a place that the application stands in line, before the start is confirmed (A9)', () => {
    const inLine = { ...approved, programme: programmeAt('year-11-bespoke@2024-25'), inLine: true };
    expect(next(inLine).split('\n')).toEqual([
      'The course has no place left just now: the application stands in line for one, and you are told when it has it.',
      'You confirm the start date.',
    ]);
    expect(next({ ...inLine, inLine: false })).toBe('You confirm the start date.');
  });

  it('says of an approved Refocus application that the Academy starts the onboarding, without an interview (R78)', () => {
    expect(next(onboarded)).toMatch(/^The AP Academy starts the onboarding of the student with you\. There is no interview\./);
    expect(next({ ...onboarded, provider: null })).toMatch(/^The provider starts the onboarding/);
  });

  it('says first that an approval depends on its conditions', () => {
    expect(next(approvedWithConditions)).toMatch(/^Make sure that the conditions are met/);
  });

  it('says what the first panel set as conditions when it supported the application, beside those of the panel that approved it (R73, A23)', () => {
    const conditionsBefore = { panel: 'Review & Authorisation Panel', text: 'Name a support worker.', by: '2025-01-20' };
    const supported = { ...onboarded, conditionsBefore };
    expect(outcomeView(supported).lead).toBe(
      'The Multi-Agency Panel approved this application for Refocus. The Review & Authorisation Panel had supported it with conditions.',
    );
    expect(section(supported, 'conditions-before')?.heading).toBe(
      'Conditions of the Review & Authorisation Panel, to be met by Monday 20 January 2025',
    );
    expect(textOf(section(supported, 'conditions-before'))).toBe('Name a support worker.');
    expect(next(supported)).toMatch(
      /^Make sure that the conditions of the Review & Authorisation Panel are met by Monday 20 January 2025: it supported the application with them\./,
    );
    const both = { ...approvedWithConditions, conditionsBefore };
    expect(next(both).split('\n').slice(0, 2)).toEqual([
      'Make sure that the conditions are met by Friday 10 January 2025: the approval depends on them.',
      'Make sure that the conditions of the Review & Authorisation Panel are met by Monday 20 January 2025: it supported the application with them.',
    ]);
    // Not written yet, because they are owed: the school is led to where they will stand.
    const owed = { ...onboarded, conditionsBefore: { ...conditionsBefore, text: '', by: null } };
    expect(section(owed, 'conditions-before')).toBeUndefined();
    expect(next(owed)).toMatch(
      /^Make sure that the conditions of the Review & Authorisation Panel are met, once you read them on the page of the case:/,
    );
  });

  it.each([
    ['refused', refused],
    ['deferred', deferred],
    ['taken back', { ...approved, takenBack: '2024-12-18T10:00:00.000Z' }],
  ])('says nothing of conditions of the first panel where the application is %s: there is nothing to meet', (_, document) => {
    const conditionsBefore = { panel: 'Review & Authorisation Panel', text: 'Name a support worker.', by: null };
    const view = outcomeView({ ...document, conditionsBefore });
    expect(JSON.stringify(view)).not.toMatch(/support worker|with conditions/);
  });

  it('says of a refusal that CAP explores alternatives with the school (R64)', () => {
    expect(next(refused)).toContain('CAP will contact you and support your school by exploring alternatives.');
    expect(textOf(section(refused, 'alternatives'))).toContain('A Tier 1 course in construction');
  });

  it('says of a deferral what is asked for and when the panel meets again (A8)', () => {
    expect(textOf(section(deferred, 'information'))).toContain('A summary of the support');
    expect(next(deferred)).toContain('at its next meeting, on Tuesday 28 January 2025.');
    expect(next({ ...deferred, nextMeeting: null })).toContain('when the panel’s next meeting is planned');
    expect(next({ ...deferred, information: ' ' })).not.toContain('Send CAP');
  });

  it('says of a deferral for want of a place that there is none, and asks for nothing (R13)', () => {
    const forPlace = {
      ...deferred,
      programme: programmeAt('refocus@2024-25'),
      information: '',
      informationBy: null,
      forPlace: true,
    };
    expect(outcomeView(forPlace).lead).toBe(
      'No place is left for now. The Review & Authorisation Panel will decide on this application for Refocus at its next meeting.',
    );
    expect(next(forPlace).split('\n')).toEqual([
      'There is nothing for you to do: the application keeps its turn.',
      'The panel considers the application again at its next meeting, on Tuesday 28 January 2025.',
      'You will be told that outcome by e-mail within 3 working days of the meeting.',
    ]);
  });

  it('says of a deferral by which day the school gives the information, where it is asked for and as what happens next (A22)', () => {
    expect(section(deferred, 'information')?.heading).toBe('Information the panel asks for, by Monday 27 January 2025');
    expect(next(deferred)).toContain(
      'by Monday 27 January 2025, on the page of the case: the panel reads it before it meets again.',
    );
    const withoutDay = { ...deferred, informationBy: null };
    expect(section(withoutDay, 'information')?.heading).toBe('Information the panel asks for');
    expect(next(withoutDay)).toContain('Give the information the panel asks for on the page of the case:');
  });

  it('tells whom to ask, and leaves out what nobody wrote', () => {
    expect(textOf(section(approved, 'contact'))).toContain('cap@example.org');
    expect(outcomeView(approved).sections.map((each) => each.id)).toEqual(['reasons', 'next', 'contact']);
  });

  it('keeps the paragraphs and lines that people typed, wherever they copied them from', () => {
    const reasons = 'One\r\ntwo\vthree\r\n \r\n\r\nFour\u2028five\0 ';
    expect(section({ ...approved, reasons }, 'reasons')?.blocks).toEqual([
      { kind: 'paragraph', lines: ['One', 'two', 'three'] },
      { kind: 'paragraph', lines: ['Four', 'five\ufffd'] },
    ]);
  });

  it('refuses a day or a time that is none', () => {
    expect(() => outcomeView({ ...approved, meeting: '17 December' })).toThrow(RangeError);
    expect(() => outcomeView({ ...approved, issuedAt: '2024-12-19' })).toThrow(RangeError);
  });
});
