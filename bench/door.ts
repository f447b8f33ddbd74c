// Gives a decision through the API's own door, over one kept connection each: bearer, command row, update.
import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { demoToken } from '../dev/demoToken';
import { momentAt, type Step } from './story';

export interface Door {
  /** @returns the step at which it was recorded */
  give(reference: string, decision: Step, step: number): Promise<number>;
  close(): void;
}

export async function openDoor(url: string, issuer: string, people: readonly string[]): Promise<Door> {
  const agent = new Agent({ keepAlive: true });
  const tokens = new Map<string, string>();
  for (const person of people) tokens.set(person, await demoToken(issuer, person));
  return {
    give: async (reference, decision, step) => {
      const { by, does, says, writes } = decision;
      const path = does.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      const text = JSON.stringify({ ...says(momentAt(new Date().toISOString())), ...writes });
      const answer = await new Promise<string>((resolve, reject) => {
        const asking = request(
          `${url}/api/v1/cases/${reference}/${path}`,
          {
            ...{ agent, method: 'POST' },
            headers: {
              authorization: `Bearer ${tokens.get(by) ?? ''}`,
              'content-type': 'application/json',
              'content-length': Buffer.byteLength(text),
              'idempotency-key': randomUUID(),
              'if-match': `"${step}"`,
            },
          },
          (response) => {
            let said = '';
            response.setEncoding('utf8');
            response.on('data', (chunk: string) => (said += chunk));
            response.on('end', () => {
              if (response.statusCode === 200) resolve(said);
              else reject(new Error(`The API answered ${response.statusCode ?? 0}: ${said}`));
            });
          },
        );
        asking.on('error', reject).end(text);
      });
      return (JSON.parse(answer) as { step: number }).step;
    },
    close: () => {
      agent.destroy();
    },
  };
}
