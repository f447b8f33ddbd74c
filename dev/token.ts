// `npm run --silent token -- <person>`: prints a bearer token of a demo person and nothing else.
import { devConfig } from '../config';
import { demoToken, requireDemoPerson } from './demoToken';
import { readEnvironment } from './environment';
import { listPeople } from './people';
import { messageOf, PlainError } from './plainError';

async function main(): Promise<void> {
  const [person] = process.argv.slice(2);
  if (person === undefined)
    throw new PlainError(`Say whose token: \`npm run --silent token -- <person>\`. There are:\n${listPeople().join('\n')}`);
  requireDemoPerson(person);
  const { issuer } = await readEnvironment(devConfig().dataDir);
  process.stdout.write(`${await demoToken(issuer, person)}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
});
