// The way out for e-mails: SMTP.
import { createTransport } from 'nodemailer';

export interface Message {
  /** Stable for a case and an event: a second copy is recognised by it. */
  readonly messageId: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** An iCalendar file that comes with it; null for none. */
  readonly invitation?: string | null;
}

export interface Mailer {
  /** @throws Error while the server is away or refuses */
  send(message: Message): Promise<void>;
  close(): void;
}

const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };
/** Less than the activity that sends is given: what was given up is not left in the queue to go out twice. */
const sendPatience = 50_000;
/** A burst of e-mails shares connections; nothing is kept open for longer. */
const pool = { pool: true, maxConnections: 10, idleTimeout: 2_000 } as const;

/** @param url an SMTP address such as `smtp://user:password@host:587` @param from the sender, 'Name <address>' */
export function smtpMailer(url: string, from: string): Mailer {
  const transport = createTransport({ url, ...pool, ...patience }, { from });
  return {
    async send({ messageId, to, subject, text, invitation }) {
      await transport.sendMail({
        messageId: `<${messageId}>`,
        to: [...to],
        subject,
        text,
        ...(invitation ? { icalEvent: { method: 'PUBLISH', filename: 'interview.ics', content: invitation } } : {}),
        headers: { 'Auto-Submitted': 'auto-generated' },
        signal: AbortSignal.timeout(sendPatience),
      });
    },
    close: () => {
      transport.close();
    },
  };
}
