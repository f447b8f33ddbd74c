// Who read what, and who came to a wrong door: written beside the answer, which it does not hold up.
import type { Logger } from 'pino';
import type { Access } from '../records/accessLog';

export interface AccessLog {
  note(access: Access): void;
  /** Resolves when everything noted so far is written, or its failure logged. */
  settled(): Promise<void>;
}

/** @param write writes one line; when it fails the line goes to the service's log, as an error, so that it is not lost silently */
export function accessLog(write: (access: Access) => Promise<unknown>, log: Logger): AccessLog {
  const underWay = new Set<Promise<void>>();
  return {
    note: (access) => {
      const written: Promise<void> = write(access)
        .catch((error: unknown) => {
          log.error({ access, fault: error instanceof Error ? error.name : 'unknown' }, 'The access log could not be written');
        })
        .then(() => void underWay.delete(written));
      underWay.add(written);
    },
    settled: async () => {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
