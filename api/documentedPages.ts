// Pages that programs read as well, each with a token: what the OpenAPI document says of them.
import type { Page } from './openapi';

/** Drawn and mounted by `web/`, which a test holds to this list. */
export const documentedPages: readonly Page[] = [
  {
    path: '/cases/{reference}/outcome',
    name: 'outcomePage',
    summary: "The panel's outcome document as a page",
    about: 'For whoever brings a token or is signed in in a browser; a browser without either is asked to sign in.',
    gives: 'text/html',
  },
  {
    path: '/cases/{reference}/outcomes/{command}',
    name: 'issuedOutcomePage',
    summary: 'One of several outcome documents of a case as a page',
    about: 'For whoever brings a token or is signed in in a browser; a browser without either is asked to sign in.',
    gives: 'text/html',
  },
  {
    path: '/cases/{reference}/outcomes/{command}/pdf',
    name: 'issuedOutcomePdf',
    summary: 'One of several outcome documents of a case as a tagged PDF',
    about: 'For whoever brings a token or is signed in in a browser; a browser without either is asked to sign in.',
    gives: 'application/pdf',
  },
  {
    path: '/cases/{reference}/outcome.pdf',
    name: 'outcomePdf',
    summary: "The panel's outcome document as a tagged PDF",
    about: 'For whoever brings a token or is signed in in a browser; a browser without either is asked to sign in.',
    gives: 'application/pdf',
  },
];
