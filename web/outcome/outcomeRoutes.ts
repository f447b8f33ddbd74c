// What people open from an e-mail: the panel's outcome, as a page and as a PDF. Whoever mounts it has signed the reader in.
import { Router, type Request, type Response } from 'express';
import { sendHtml } from '../sendHtml';
import type { Contact, OutcomeDocument } from './outcomeDocument';
import { noOutcomePage, outcomePage } from './outcomePage';
import { outcomePdf } from './outcomePdf';
import { fontFiles, fontFolder, stylesheet, stylesheetFile } from './stylesheet';

/** A request that names a case, and perhaps one of its outcome documents. */
export type CaseRequest = Request<{ reference: string; command?: string }>;

export interface OutcomePagesOptions {
  /**
   * Finds the outcome document `req.params.command` of `req.params.reference` for whoever is signed in; the newest when none is named.
   * @returns null when there is none or this reader may not see it; both look the same from outside. A browser of nobody is led to the sign-in.
   */
  readonly read: (req: CaseRequest, res: Response) => Promise<OutcomeDocument | null | 'asked-to-sign-in'>;
  /** Whom to ask when there is nothing to show. */
  readonly contact: Contact;
  /** Where this router is mounted, without a slash at its end; '' when at the root. */
  readonly base?: string;
}

const policy = [
  "default-src 'none'",
  "style-src 'self'",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * The newest outcome, `/cases/:reference/outcome` (HTML) and `/cases/:reference/outcome.pdf`
 * (tagged PDF); each by its name, `/cases/:reference/outcomes/:command` and the same with `/pdf`. Nobody may keep them on the way. Under
 * `/assets/` are their stylesheet and fonts, which need no sign-in. What `read` throws goes to the app's own error handler.
 */
export function outcomePages({ read, contact, base = '' }: OutcomePagesOptions): Router {
  const router = Router();
  const stylesheetPath = `${base}/assets/${stylesheetFile}`;

  const notFound = (res: Response) => html(res.status(404), noOutcomePage(contact, stylesheetPath));

  const page = (pdfOf: (req: CaseRequest) => string) => async (req: CaseRequest, res: Response) => {
    const document = await read(req, res);
    if (document === 'asked-to-sign-in') return;
    if (!document) return notFound(res);
    const ofCase = `${base}/cases/${encodeURIComponent(document.reference)}`;
    html(res, outcomePage(document, { stylesheet: stylesheetPath, pdf: `${base}${pdfOf(req)}`, case: ofCase }));
  };

  const pdf = async (req: CaseRequest, res: Response) => {
    const document = await read(req, res);
    if (document === 'asked-to-sign-in') return;
    if (!document) return notFound(res);
    const file = await outcomePdf(document);
    guard(res)
      .type('application/pdf')
      // `attachment` writes names of any characters as the standard wants them.
      .attachment(`Panel outcome ${document.reference}.pdf`)
      .send(file);
  };

  const pdfOfNamed = ({ params: { reference, command = '' } }: CaseRequest) =>
    `/cases/${encodeURIComponent(reference)}/outcomes/${encodeURIComponent(command)}/pdf`;

  router.get('/cases/:reference/outcome.pdf', pdf);
  router.get('/cases/:reference/outcomes/:command/pdf', pdf);
  router.get(
    '/cases/:reference/outcome',
    page(({ params: { reference } }) => `/cases/${encodeURIComponent(reference)}/outcome.pdf`),
  );
  router.get('/cases/:reference/outcomes/:command', page(pdfOfNamed));

  router.get(`/assets/${stylesheetFile}`, (_req, res) => {
    asset(res).type('text/css').send(stylesheet);
  });

  router.get('/assets/:font', (req: Request<{ font: string }>, res, next) => {
    if (!fontFiles.has(req.params.font)) return next();
    asset(res).sendFile(req.params.font, { root: fontFolder, cacheControl: false });
  });

  return router;
}

function html(res: Response, page: string): void {
  sendHtml(guard(res).set('Content-Security-Policy', policy), page);
}

/** What is about one case is for this reader only. */
function guard(res: Response): Response {
  return res.set({ 'Cache-Control': 'private, no-store', 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer' });
}

/** What is the same for everybody may be kept for good: the stylesheet's name changes with it. */
function asset(res: Response): Response {
  return res.set({ 'Cache-Control': 'public, max-age=31536000, immutable', 'X-Content-Type-Options': 'nosniff' });
}
