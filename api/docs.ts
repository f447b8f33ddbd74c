// The page on which people try the API: Swagger UI, served by ourselves, under a policy that lets it load nothing from elsewhere.
import { dirname, join } from 'node:path';
import { Router, type RequestHandler } from 'express';
import helmet from 'helmet';

const assets = dirname(require.resolve('swagger-ui-dist/package.json'));
const served = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];

const page = `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>CAP Casework: the API</title>
<link rel="stylesheet" href="/api/v1/docs/swagger-ui.css">
<link rel="icon" href="/api/v1/docs/favicon-32x32.png">
</head>
<body>
<div id="doors"></div>
<noscript><p>This page needs JavaScript. The document itself is at <a href="/api/v1/openapi.json">openapi.json</a>.</p></noscript>
<script src="/api/v1/docs/swagger-ui-bundle.js"></script>
<script src="/api/v1/docs/start.js"></script>
</body>
</html>
`;

const script = `SwaggerUIBundle({
  url: '/api/v1/openapi.json',
  dom_id: '#doors',
  deepLinking: true,
  displayOperationId: true,
  docExpansion: 'list',
  validatorUrl: null,
});
`;

const policy: RequestHandler = helmet.contentSecurityPolicy({
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    // The style sheet draws its arrows as data: images.
    imgSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
});

/** @returns a router for `/api/v1/docs` */
export function docsPage(): Router {
  const router = Router();
  router.use(policy);
  router.get('/', (_req, res) => void res.type('html').send(page));
  router.get('/start.js', (_req, res) => void res.type('js').send(script));
  for (const file of served) router.get(`/${file}`, (_req, res) => res.sendFile(join(assets, file), { maxAge: '1h' }));
  return router;
}
