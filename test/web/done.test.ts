// What people are told on the page where they arrive after they did something.
import { meetingCommandKinds, meetingCommands, personCommandKinds, personCommands } from '../../domain/commands';
import { doneSentence } from '../../web/done';

test.each([...personCommandKinds, ...meetingCommandKinds])('whoever gave %s is told in a sentence what is done', (kind) => {
  const titles = { ...personCommands, ...meetingCommands };
  const told = doneSentence(kind);
  expect(told).toMatch(/^[A-Z].* (is|has|was) [^:]+[^.]$|^[A-Z].* are [^:]+[^.]$/);
  expect(told).not.toContain(titles[kind].title);
});

test('an address cannot have a page tell anything else', () => {
  expect(doneSentence('Your account is blocked')).toBeNull();
  expect(doneSentence('toString')).toBeNull();
});
