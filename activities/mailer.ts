// The way out for e-mails: SMTP.
import { createTransport } from 'nodemailer';

export interface Message {
  /** Stable for a case and an event: a second copy is recognised by it. */
  readonly messageId: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
}

export interface Mailer {
  /** @throws Error while the server is away or refuses */
  send(message: Message): Promise<void>;
  close(): void;
}

/** @param url an SMTP address such as `smtp://user:password@host:587` @param from the sender, 'Name <address>' */
export function smtpMailer(url: string, from: string): Mailer {
  const transport = createTransport({ url, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 }, { from });
  return {
    async send({ messageId, to, subject, text }) {
      await transport.sendMail({
        messageId: `<${messageId}>`,
        to: [...to],
        subject,
        text,
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
    },
    close: () => {
      transport.close();
    },
  };
}
