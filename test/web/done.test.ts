// What people are told on the page where they arrive after they did something.
import { meetingCommandKinds, meetingCommands, personCommandKinds, personCommands } from '../../domain/commands';
import { doneSentence, importedCode } from '../../web/done';

test.each([...personCommandKinds, ...meetingCommandKinds])('whoever gave %s is told in a sentence what is done', (kind) => {
  const titles = { ...personCommands, ...meetingCommands };
  const told = doneSentence(kind);
  expect(told).toMatch(/^[A-Z].* (is|has|was) [^:]+[^.]$|^[A-Z].* are [^:]+[^.]$/);
  expect(told).not.toContain(titles[kind].title);
});

test('whoever imported a table is told how many of what were added, changed and left; of none of the others', () => {
  const counts = { added: 2, changed: 1, removed: 0, left: 14, notPossible: 0 };
  expect(doneSentence(importedCode('courses', counts))).toBe('Imported: 2 courses added, 1 changed, 14 left as they were');
  expect(doneSentence(importedCode('cycles', { ...counts, added: 1, left: 1, notPossible: 3 }))).toBe(
    'Imported: 1 cycle added, 1 changed, 1 left as it was, 3 not possible',
  );
  expect(doneSentence(importedCode('students', { ...counts, added: 0, changed: 0, removed: 1 }))).toBe(
    'Imported: 0 students added, 0 changed, 1 taken out, 14 left as they were',
  );
});

test('an address cannot have a page tell anything else', () => {
  expect(doneSentence('Your account is blocked')).toBeNull();
  expect(doneSentence('toString')).toBeNull();
  for (const code of [
    'imported-pupils-1-0-0-0-0',
    'imported-courses-1-0',
    'imported-courses-x-0-0-0-0',
    'imported-courses-1234567-0-0-0-0',
  ]) {
    expect([code, doneSentence(code)]).toEqual([code, null]);
  }
});
