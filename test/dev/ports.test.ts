// A port that is taken is found before anything starts, and said with the setting that moves it.
import { createServer } from 'node:net';
import { freePort, requirePorts } from '../../dev/ports';

const wanted = (port: number, setting: string) => ({ port, host: '127.0.0.1', for: 'the mailbox page', setting });

test('free ports pass', async () => {
  await expect(requirePorts([wanted(await freePort(), 'MAILBOX_PORT')])).resolves.toBeUndefined();
});

test('a taken port is one sentence with the port, who wanted it and the setting', async () => {
  const port = await freePort();
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
  try {
    await expect(requirePorts([wanted(port, 'MAILBOX_PORT')])).rejects.toThrow(
      `Port ${port}, wanted for the mailbox page, is taken by another program: stop that program or set MAILBOX_PORT to a free port.`,
    );
  } finally {
    await new Promise((resolve) => other.close(resolve));
  }
});

test('one port for two purposes is said, with the setting of the second', async () => {
  const port = await freePort();
  await expect(requirePorts([wanted(port, 'MAILBOX_PORT'), wanted(port, 'SMTP_PORT')])).rejects.toThrow(
    /is wanted twice.* set SMTP_PORT/,
  );
});
