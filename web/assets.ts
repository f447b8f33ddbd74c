// The stylesheet and the script of the pages: the library's own, with a council's font in the place of the one that only GOV.UK may use, and what
// is ours behind it. Each stands under a name that changes with it, so that a browser may keep it for good.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { RequestHandler } from 'express';
import { codingOf } from './coding';
import { ourScript } from './script';
import { ourStyle } from './style';

const library = join(dirname(require.resolve('govuk-frontend/package.json')), 'dist', 'govuk');

export interface Asset {
  readonly href: string;
  readonly type: string;
  readonly plain: Buffer;
  readonly gzip: Buffer;
  readonly brotli: Buffer;
}

const font = "'Segoe UI', 'Source Sans 3', 'Helvetica Neue', Arial, sans-serif";

/** Without the fonts and the crest of GOV.UK, which are not a council's to use. */
function libraryStyle(): string {
  return readFileSync(join(library, 'govuk-frontend.min.css'), 'utf8')
    .replace(/\/\*![\s\S]*?\*\//g, '')
    .replace(/@font-face\{[^}]*\}/g, '')
    .replace(/[^{}]*\{[^{}]*govuk-crest[^{}]*\}/g, '')
    .replaceAll('GDS Transport,arial,sans-serif', font)
    .replace(/\/\*# sourceMappingURL[^*]*\*\//, '');
}

function libraryScript(): string {
  return readFileSync(join(library, 'govuk-frontend.min.js'), 'utf8').replace(/\/\/# sourceMappingURL.*/, '');
}

/** To compress it takes a good part of a second's start-up, so that waits until a browser asks. */
function asset(name: string, kind: 'css' | 'js', text: string): Asset {
  const plain = Buffer.from(text);
  const digest = createHash('sha256').update(plain).digest('hex').slice(0, 12);
  let [gzip, brotli]: (Buffer | undefined)[] = [];
  return {
    href: `/assets/${name}-${digest}.${kind}`,
    type: kind === 'css' ? 'text/css' : 'text/javascript',
    plain,
    get gzip() {
      return (gzip ??= gzipSync(plain, { level: 9 }));
    },
    get brotli() {
      return (brotli ??= brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } }));
    },
  };
}

const libraryAsset = asset('govuk', 'js', libraryScript());

export const assets = {
  css: asset('pages', 'css', `${libraryStyle()}\n${ourStyle}`),
  library: libraryAsset,
  script: asset('pages', 'js', ourScript(libraryAsset.href)),
} as const;

const byHref = new Map<string, Asset>(Object.values(assets).map((each) => [each.href, each]));

/** Serves `/assets/…` of the pages; what it does not know it leaves to the next. */
export const assetFiles: RequestHandler = (req, res, next) => {
  const found = byHref.get(req.path);
  if (!found || (req.method !== 'GET' && req.method !== 'HEAD')) return next();
  const coding = codingOf(req);
  res.set({
    'Cache-Control': 'public, max-age=31536000, immutable',
    'X-Content-Type-Options': 'nosniff',
    Vary: 'Accept-Encoding',
  });
  if (coding !== null) res.set('Content-Encoding', coding);
  res.type(found.type).send(coding === 'br' ? found.brotli : coding === 'gzip' ? found.gzip : found.plain);
};
