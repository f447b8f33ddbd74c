// The doors of the outcome: who gets what, with which headers, and what is said when there is nothing to show.
import express, { type ErrorRequestHandler } from 'express';
import request from 'supertest';
import { outcomePages } from '../../web/outcome/outcomeRoutes';
import { stylesheetFile } from '../../web/outcome/stylesheet';
import { approved } from './outcomes';

function app(base = '') {
  const made = express();
  const read = async (reference: string) => {
    if (reference === 'CAP-2024-BROKEN') throw new Error('Postgres is away');
    return reference === approved.reference ? approved : null;
  };
  const pages = outcomePages({
    read: (req, res) => {
      if (req.params.reference !== 'CAP-2024-SIGNIN') return read(req.params.reference);
      res.redirect(303, '/sign-in');
      return Promise.resolve('asked-to-sign-in');
    },
    contact: approved.contact,
    base,
  });
  made.use(base === '' ? '/' : base, pages);
  const failed: ErrorRequestHandler = (_error, _req, res, next) => {
    if (res.headersSent) return next();
    res.status(503).json({ title: 'handled by the app' });
  };
  made.use(failed);
  return made;
}

describe('The doors of the outcome', () => {
  it('give the page to this reader alone, with a policy that allows nothing but its stylesheet and fonts', async () => {
    const { status, headers, text } = await request(app()).get('/cases/CAP-2024-7K3QX9/outcome');
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(text).toContain('<h1>Approved</h1>');
  });

  it('give the PDF under the name of the reference, where the page says it is', async () => {
    const page = await request(app()).get('/cases/CAP-2024-7K3QX9/outcome');
    const link = /<a href="([^"]*)" type="application\/pdf">/.exec(page.text)?.[1] ?? '';
    const { status, headers, body } = await request(app()).get(link).responseType('blob');
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': 'attachment; filename="Panel outcome CAP-2024-7K3QX9.pdf"',
      'cache-control': 'private, no-store',
    });
    expect((body as Buffer).toString('latin1', 0, 8)).toBe('%PDF-1.7');
  });

  it('say in plain words, for page and PDF alike, when there is no outcome that the reader may see', async () => {
    for (const path of ['/cases/CAP-2024-XXXXXX/outcome', '/cases/CAP-2024-XXXXXX/outcome.pdf', '/cases/%3Cscript%3E/outcome']) {
      const { status, headers, text } = await request(app()).get(path);
      expect(status).toBe(404);
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      expect(headers['cache-control']).toBe('private, no-store');
      expect(text).toContain('<h1>There is no outcome to show</h1>');
      expect(text).toContain('cap@example.org');
      expect(text).not.toContain('script');
    }
  });

  it('lead a browser of nobody to the sign-in, and say nothing of the case', async () => {
    for (const path of ['/cases/CAP-2024-SIGNIN/outcome', '/cases/CAP-2024-SIGNIN/outcome.pdf']) {
      const { status, headers, text } = await request(app()).get(path).accept('text/html');
      expect([status, headers['location']]).toEqual([303, '/sign-in']);
      expect(text).not.toContain('Approved');
    }
  });

  it('leave a failure to the app', async () => {
    const { status, body } = await request(app()).get('/cases/CAP-2024-BROKEN/outcome.pdf');
    expect([status, body]).toEqual([503, { title: 'handled by the app' }]);
  });

  it('serve the stylesheet and the fonts that it names, and no other file', async () => {
    const page = await request(app('/pages')).get('/pages/cases/CAP-2024-7K3QX9/outcome');
    const address = /<link rel="stylesheet" href="([^"]*)"/.exec(page.text)?.[1] ?? '';
    expect(address).toBe(`/pages/assets/${stylesheetFile}`);
    const css = await request(app('/pages')).get(address);
    expect(css.headers).toMatchObject({
      'content-type': 'text/css; charset=utf-8',
      'cache-control': expect.stringContaining('immutable'),
    });
    const fonts = [...css.text.matchAll(/url\('([^']*)'\)/g)].map(([, file]) => file ?? '');
    expect(fonts).toHaveLength(css.text.split('@font-face').length - 1);
    expect(fonts).not.toEqual([]);
    for (const font of fonts) {
      const { status, headers } = await request(app('/pages')).get(new URL(font, `http://x${address}`).pathname);
      expect([font, status, headers['content-type']]).toEqual([font, 200, 'font/woff2']);
    }
    for (const other of ['source-sans-3-latin-900-normal.woff2', '..%2Fpackage.json', '400.css']) {
      expect((await request(app()).get(`/assets/${other}`)).status).toBe(404);
    }
  });
});
