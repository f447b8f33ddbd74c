// The codec endpoint of the API as it runs in production, asked by a page of the Temporal Web UI in a real browser: preflight, origin, token.
import type { Browser, Page } from 'playwright-core';
import { defaultPayloadConverter } from '@temporalio/common';
import { payloadCodec } from '../../temporal/codec';
import { toJson, type JsonPayload } from '../../temporal/protobufJson';
import { startBrowser } from '../support/browser';
import { startSystem, type System } from '../support/system';

jest.setTimeout(120_000);

let system: System;
let browser: Browser;
beforeAll(async () => {
  [system, browser] = await Promise.all([startSystem({ webUi: true }), startBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await system.stop();
});

interface Answer {
  readonly status: number;
  readonly payloads: readonly JsonPayload[];
}

/** What a page is answered, when it asks as the Web UI does for somebody who is signed in there; 'no answer' when the browser withholds it. */
async function asks(page: Page, token: string, payloads: readonly JsonPayload[]): Promise<Answer | 'no answer'> {
  const url = `http://localhost:${system.apiPort}/codec/decode?preserveStorageRefs=true`;
  return page.evaluate(
    async ([to, bearer, body]) => {
      const headers = { 'Content-Type': 'application/json', 'X-Namespace': 'default', Authorization: `Bearer ${bearer}` };
      try {
        const response = await fetch(to, { method: 'POST', credentials: 'include', headers, body });
        const answer = (await response.json()) as { payloads?: JsonPayload[] };
        return { status: response.status, payloads: answer.payloads ?? [] };
      } catch {
        return 'no answer' as const;
      }
    },
    [url, token, JSON.stringify({ payloads })] as const,
  );
}

const clear = toJson(defaultPayloadConverter.toPayload({ stage: 'panel' }));
const encrypted = async (): Promise<JsonPayload[]> => {
  const context = { type: 'workflow', namespace: 'default', workflowId: 'CAP-2026-AAAAAA' } as const;
  return (await payloadCodec(system.keys).encode([defaultPayloadConverter.toPayload({ stage: 'panel' })], context)).map(toJson);
};

test('a page of the Web UI reads payloads for somebody of ops who is signed in there', async () => {
  const page = await browser.newPage();
  await page.goto(system.uiUrl);
  expect(await asks(page, await system.tokenOf('ops'), await encrypted())).toEqual({ status: 200, payloads: [clear] });
});

test('for anybody else it reads nothing', async () => {
  const page = await browser.newPage();
  await page.goto(system.uiUrl);
  expect(await asks(page, await system.tokenOf('cap.team'), await encrypted())).toEqual({ status: 403, payloads: [] });
  expect(await asks(page, 'no-token-of-ours', await encrypted())).toMatchObject({ payloads: [] });
});

test('a page of another origin is told nothing, whoever is signed in', async () => {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${system.apiPort}/health/live`);
  expect(await asks(page, await system.tokenOf('ops'), await encrypted())).toBe('no answer');
});
