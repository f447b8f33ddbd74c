// What a service does with the content of files: keeps it, says what it is, looks whether it is harmful. Each process is handed one.
import type { FileState } from '../domain/files';

/** Content as it comes, part after part. */
export type Bytes = AsyncIterable<Uint8Array>;

export interface Kept {
  /** In bytes. */
  readonly size: number;
  /** SHA-256 in hex. */
  readonly digest: string;
}

export interface Files {
  /**
   * Keeps content under an id.
   * @returns what it is; 'too-large' when it is more than so many bytes, of which no more is read
   * @throws FilesAway; whatever the content throws
   */
  keep(id: string, content: Bytes, atMost: number): Promise<Kept | 'too-large'>;
  /** @returns content that was kept. @throws FilesAway; ContentLost, also while it is read */
  read(id: string): Bytes;
  /** Deletes content; nothing happens where there is none. @throws FilesAway */
  remove(id: string): Promise<void>;
  /** @returns its media type by what is in it, whatever its name says; null when that is none that is known */
  typeOf(content: Bytes): Promise<string | null>;
  /** Looks whether content is harmful. @throws ScannerAway when nobody can say: it stays in quarantine */
  look(content: Bytes): Promise<Exclude<FileState, 'quarantined'>>;
}

/** Where content is kept, as bytes that say nothing to whoever finds them. */
export interface Store {
  /** @throws FilesAway; whatever the content throws */
  write(id: string, content: Bytes): Promise<void>;
  /** @throws FilesAway; ContentLost when there is none */
  read(id: string): Bytes;
  /** @throws FilesAway */
  remove(id: string): Promise<void>;
}

/** The store of files cannot be reached, or is full: try again. */
export class FilesAway extends Error {
  override name = 'FilesAway';
}

/** What was kept is gone, cut short or altered, or its key is not here. */
export class ContentLost extends Error {
  override name = 'ContentLost';
}

/** Nobody can say just now whether a file is harmful. */
export class ScannerAway extends Error {
  override name = 'ScannerAway';
}
