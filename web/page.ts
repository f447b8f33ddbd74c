// What a page is: where it is, who it is for, what it shows, what it takes. From it come the route, the menu, and the rows of the test of all pages.
import type { Answers, DoorName } from './answers';
import type { Call } from '../api/ask';
import type { FileToSend, Who } from '../api/door';
import type { Instant } from '../domain/calendar';
import type { Person } from '../records/types';
import type { Upload } from '../usecases/files';
import type { Posted } from './forms/fields';
import type { Typed } from './forms/show';
import type { Html } from './html';

/** What a page knows of the request that it answers. */
export interface Asked {
  /** Who is at the browser; `nobody` on a page that is for everybody and whose reader is not signed in. */
  readonly person: Person;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** The id of the session that they are in; null where nobody is signed in. */
  readonly session: string | null;
  /** The address of this page, with its query. */
  readonly here: string;
  readonly now: Instant;
  /** Of a form that is shown again: what was typed into it, what is wrong with it, and which one it was. */
  readonly again: Again | null;
  /**
   * Asks a door of the API as this person, and reads its answer.
   * @throws HttpProblem whatever stands against it
   */
  readonly door: <Name extends DoorName>(name: Name, call?: Call) => Promise<Answers[Name]>;
  /** As `door`, with the step or version that the answer bears. */
  readonly tagged: <Name extends DoorName>(
    name: Name,
    call?: Call,
  ) => Promise<{ readonly body: Answers[Name]; readonly etag: number }>;
  /** Whether the person may use a door at all. */
  readonly may: (door: DoorName) => boolean;
  /** The pages that their menu leaves to that of the administration. */
  readonly gathered: () => readonly { readonly href: string; readonly text: string; readonly about: string | undefined }[];
  /** A form that is sent to this page, with what keeps it from being sent by another site or recorded twice. */
  readonly form: (of: FormOf, inside: readonly Html[]) => Html;
}

export interface Again extends Typed {
  /** The name of the form on its page. */
  readonly form: string;
}

export interface FormOf {
  /** Which form of the page it is, where there are several. */
  readonly name?: string;
  readonly button: string;
  /** What the button is about, where a page has several alike: for those who hear the page. */
  readonly about?: string;
  /** How the button looks: `warning` for what cannot be undone. */
  readonly looks?: 'primary' | 'secondary' | 'warning';
  /** A second button, which sends its name as well. */
  readonly also?: { readonly name: string; readonly text: string };
  /** The step or version that was read: what somebody else changed since then is not overwritten. */
  readonly read?: number;
  /** It carries a file. */
  readonly files?: true;
}

/** What was sent to a page. */
export interface Sent {
  /** The name of the form; '' where the page has one. */
  readonly form: string;
  readonly posted: Posted;
  /** The headers by which a door knows the same command again, and what the person had read. */
  readonly headers: Readonly<Record<string, string>>;
  /** On a page that takes a file: the file, to be handed on to a door. */
  readonly upload: Upload | null;
}

/** What a page shows. */
export interface Shown {
  readonly title: string;
  readonly main: Html;
  /** The way back, above the heading. */
  readonly back?: { readonly href: string; readonly text: string };
  /** It needs the width of the screen, for a table of many columns. */
  readonly wide?: true;
  /** The heading stands in `main` already, as the label of the one question that the page asks. */
  readonly headed?: true;
  /** A line above the heading. */
  readonly caption?: string;
  /** What the page is about, for the title of the browser's tab: a reference. */
  readonly about?: string;
  /** The title of the browser's tab, which its history keeps, where the heading is the name of a student. */
  readonly tab?: string;
}

/** Where the person goes after what they sent was done, and the sentence that they find there. */
export interface Done {
  readonly to: string;
  /** A code of `web/done.ts`. */
  readonly said?: string;
}

/** What was looked for, shown at once: nothing was changed by it. */
export interface Found {
  readonly show: Shown | FileShown;
}

/** A file that is given instead of a page. */
export type FileShown =
  | { readonly file: { readonly name: string; readonly type: string; readonly bytes: Buffer | string } }
  /** As a door gives it, part by part. */
  | { readonly parts: FileToSend };

export interface InMenu {
  readonly title: string;
  readonly order: number;
  /** It is rarely needed: whoever has a long menu finds it on the page of the administration. */
  readonly rare?: true;
  /** A line about it there. */
  readonly about?: string;
}

/** Where whoever has a long menu finds what is rarely needed. */
export const administrationPath = '/administration';

export interface Page {
  /** As the doors write it: `/cases/{reference}`. */
  readonly path: string;
  /** The name of the page, unlike that of any other. */
  readonly name: string;
  readonly who: Who;
  /** Where it stands in the menu of those who may open it. */
  readonly menu?: InMenu;
  /** Who may send something to it, where not everybody may who opens it. What they sent is not looked at before. */
  readonly takesFrom?: Who;
  /** What is sent to it may bear a file, as the last field of its form, named `file`. */
  readonly takesFile?: true;
  show(asked: Asked): Promise<Shown | FileShown>;
  /** Takes what is sent to the page. @throws HttpProblem, and then the page is shown again with what was typed */
  take?(asked: Asked, sent: Sent): Promise<Done | Found>;
}

export const page = (value: Page): Page => value;
