// The mailbox keeps what it was sent, shows it safely, and listens to this machine only.
import { request } from 'node:http';
import { createTransport } from 'nodemailer';
import { join } from 'node:path';
import { startMailbox, type StoredMessage } from '../../dev/mailbox';
import { scratchFolder } from './scratch';

const scratch = scratchFolder();
const options = (name: string) => ({ smtpPort: 0, httpPort: 0, folder: join(scratch, name), log: () => undefined });
const messagesAt = async (url: string) => (await (await fetch(`${url}/api/messages`)).json()) as StoredMessage[];

async function send(smtpUrl: string, subject: string, text = 'See http://localhost:3000/a?b=1&c=2'): Promise<void> {
  const transport = createTransport(smtpUrl);
  await transport.sendMail({
    from: 'CAP <no-reply@cap.example>',
    to: 'school.alder@example.test',
    subject,
    text,
    html: '<p>Grüße</p>',
    messageId: `<${subject.length}@cap.example>`,
  });
  transport.close();
}

test('a message is there as it was sent, newest first, and still after a restart', async () => {
  const first = await startMailbox(options('kept'));
  await send(first.smtpUrl, 'one');
  await send(first.smtpUrl, 'number two');
  const before = await messagesAt(first.url);
  expect(before.map(({ subject }) => subject)).toEqual(['number two', 'one']);
  expect(before[1]).toMatchObject({
    messageId: '<3@cap.example>',
    from: 'no-reply@cap.example',
    to: ['school.alder@example.test'],
    text: 'See http://localhost:3000/a?b=1&c=2\n',
    html: '<p>Grüße</p>\n',
  });
  expect(before[1]?.receivedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  await first.stop();
  await expect(send(first.smtpUrl, 'while it is away')).rejects.toThrow('ECONNREFUSED');

  const second = await startMailbox(options('kept'));
  expect(await messagesAt(second.url)).toEqual(before);
  await second.stop();
});

test('what a sender wrote is shown and never run', async () => {
  const box = await startMailbox(options('hostile'));
  await send(box.smtpUrl, '<script>alert(1)</script>', '"><img src=x onerror=alert(1)> http://x.test/"onclick="y');
  const [message] = await messagesAt(box.url);
  for (const page of ['/', `/messages/${message?.id}`]) {
    const response = await fetch(`${box.url}${page}`);
    const html = await response.text();
    expect(html).not.toMatch(/<script|<img|"onclick/);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  }
  await box.stop();
});

test('a wrong address, another method and another host name are refused', async () => {
  const box = await startMailbox(options('refused'));
  expect((await fetch(`${box.url}/messages/..%2f..%2fpasswords`)).status).toBe(404);
  expect((await fetch(`${box.url}/api/messages/0000000000000-0000-00000000`)).status).toBe(404);
  expect((await fetch(box.url, { method: 'POST' })).status).toBe(405);
  const status = await new Promise((resolve) => {
    request(`${box.url}/api/messages`, { headers: { host: 'evil.example' } }, (response) => resolve(response.statusCode)).end();
  });
  expect(status).toBe(421);
  await box.stop();
});

test('a port that is taken is one sentence', async () => {
  const box = await startMailbox(options('first'));
  const smtpPort = Number(new URL(box.smtpUrl).port);
  await expect(startMailbox({ ...options('other'), smtpPort })).rejects.toThrow(
    `The mailbox could not listen for mail on port ${smtpPort}`,
  );
  await box.stop();
});
