// The messages that the mailbox took: one file each, as it came, so that a restart keeps them.
import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime, { type Address } from 'postal-mime';

export interface StoredMessage {
  readonly id: string;
  /** As in "<case.step.1@cap.example>"; null when the sender gave none. */
  readonly messageId: string | null;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  /** The entry for a calendar that came with it; null when none did. */
  readonly calendar: string | null;
  /** When it was taken, an instant in UTC. */
  readonly receivedAt: string;
}

export interface MessageStore {
  /** Keeps a message; once it returns, the message outlives this process. */
  add(raw: Buffer, envelope: { readonly from: string; readonly to: readonly string[] }): Promise<string>;
  /** Newest first. */
  list(): Promise<readonly StoredMessage[]>;
  /** Null when there is none of that id. */
  find(id: string): Promise<StoredMessage | null>;
}

const nameOfFile = /^(\d{13}-\d{4}-[0-9a-f]{8})\.eml$/;

/** Opens the store in a folder, made when it is not there. */
export async function openMessages(folder: string): Promise<MessageStore> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const parsed = new Map<string, StoredMessage>();
  let count = 0;

  const find = async (id: string): Promise<StoredMessage | null> => {
    const before = parsed.get(id);
    if (before) return before;
    if (!nameOfFile.test(`${id}.eml`)) return null;
    const raw = await readFile(join(folder, `${id}.eml`)).catch(() => null);
    if (!raw) return null;
    const message = await parse(id, raw);
    parsed.set(id, message);
    return message;
  };
  return {
    find,
    add: async (raw, envelope) => {
      count = (count + 1) % 10_000;
      const id = `${Date.now()}-${String(count).padStart(4, '0')}-${randomBytes(4).toString('hex')}`;
      const trace = [`Return-Path: <${envelope.from}>`, ...envelope.to.map((to) => `Delivered-To: ${to}`)];
      const unfinished = join(folder, `${id}.unfinished`);
      const file = await open(unfinished, 'wx', 0o600);
      try {
        await file.write(`${trace.map((line) => line.replace(/[\r\n]/g, ' ')).join('\r\n')}\r\n`);
        await file.writeFile(raw);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(unfinished, join(folder, `${id}.eml`));
      return id;
    },
    list: async () => {
      const ids = (await readdir(folder)).map((name) => nameOfFile.exec(name)?.[1]).filter((id) => id !== undefined);
      const found: StoredMessage[] = [];
      for (const id of ids.sort().reverse()) {
        const message = await find(id);
        if (message) found.push(message);
      }
      return found;
    },
  };
}

async function parse(id: string, raw: Buffer): Promise<StoredMessage> {
  const email = await PostalMime.parse(raw);
  const addressees = [...(email.to ?? []), ...(email.cc ?? [])].flatMap(addressesOf);
  const calendar = email.attachments.find(({ mimeType }) => mimeType === 'text/calendar');
  const delivered = email.headers.filter(({ key }) => key === 'delivered-to').map(({ value }) => value);
  return {
    id,
    messageId: email.messageId ?? null,
    from: email.from ? (addressesOf(email.from)[0] ?? '') : '',
    to: addressees.length > 0 ? addressees : delivered,
    subject: email.subject ?? '',
    text: email.text ?? '',
    html: email.html ?? null,
    calendar: calendar ? textOf(calendar.content) : null,
    receivedAt: new Date(Number(id.slice(0, 13))).toISOString(),
  };
}

const textOf = (content: ArrayBuffer | Uint8Array | string): string =>
  typeof content === 'string' ? content : Buffer.from(content as ArrayBuffer).toString('utf8');

const addressesOf = (one: Address): string[] =>
  'group' in one && one.group ? one.group.flatMap(addressesOf) : one.address ? [one.address] : [];
