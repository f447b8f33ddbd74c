// Which room may import which (docs/decisions/0001-shape.md). What a room is not allowed here is forbidden to it.
const npm = 'node_modules/';
const tooling = ['^dev/', '^test/', '^bench/'];
const main = '/main[.]ts$';

/** A room may import itself and what is listed, and nothing else; `libraries` says whether npm and Node are open to it. */
const room = (name, { may = [], libraries = true, why }) => ({
  name: `${name}-imports`,
  severity: 'error',
  comment: why,
  from: { path: `^${name}/` },
  to: {
    pathNot: [`^${name}/`, ...(libraries ? ['^config[.]ts$', npm] : []), ...may],
    ...(libraries ? { dependencyTypesNot: ['core'] } : {}),
  },
});

module.exports = {
  forbidden: [
    room('domain', { libraries: false, why: "CAP's rules are pure: no library, no Node, no other room." }),
    room('temporal', { may: ['^domain/'], why: 'Both ends of the engine share it; it knows the rules and nothing else.' }),
    room('records', { may: ['^domain/'], why: 'Records speak to Postgres, in the words of domain.' }),
    room('files', {
      may: ['^domain/', '^temporal/codec[.]ts$'],
      why: 'The content of files: kept, encrypted, looked at. It knows no rows and no cases.',
    }),
    room('activities', {
      may: ['^domain/', '^records/', '^temporal/', '^files/(files|nights)[.]ts$'],
      why: 'What else an activity needs is handed to it by the worker.',
    }),
    room('workflows', {
      may: ['^domain/', '^activities/', '^temporal/names[.]ts$', `${npm}@temporalio/workflow/`],
      libraries: false,
      why: 'The bundle is small and deterministic: every cached case pays for what is imported here.',
    }),
    room('usecases', {
      may: [
        '^domain/',
        '^records/',
        '^files/(files|nights)[.]ts$',
        '^temporal/(names|engine)[.]ts$',
        '^workflows/messages[.]ts$',
      ],
      libraries: false,
      why: 'What people do here, whichever door they come through: it knows neither HTTP nor pages.',
    }),
    room('api', {
      may: ['^domain/', '^records/', '^files/files[.]ts$', '^temporal/', '^usecases/', '^workflows/messages[.]ts$'],
      why: 'The doors send messages to the engine; they do not reach behind it.',
    }),
    room('web', {
      may: ['^domain/', '^usecases/', '^api/', '^records/', '^files/(open|openNights)[.]ts$', '^temporal/'],
      why: 'Pages ask the doors; what else they need is handed to them by the main of the process.',
    }),
    {
      name: 'pages-ask-doors',
      severity: 'error',
      comment: 'A page finds no row by itself: it asks a door, which asks who may.',
      from: { path: '^web/pages/' },
      to: { path: ['^records/(?!types[.]ts$)', '^files/', '^usecases/', '^temporal/'] },
    },
    room('worker', {
      may: [
        '^domain/',
        '^records/',
        '^files/(files|open|openNights)[.]ts$',
        '^temporal/',
        '^activities/',
        '^workflows/',
        '^web/(outcome/|html[.]ts$)',
      ],
      why: 'The worker hosts everything but the doors and the pages.',
    }),
    room('prisma', { may: ['^domain/', '^records/'], why: 'Migrations and reference data are rows.' }),
    {
      name: 'workflows-take-types-of-activities',
      severity: 'error',
      comment: 'An activity runs in the worker: a workflow knows its type and calls it through a proxy.',
      from: { path: '^workflows/' },
      to: { path: '^activities/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'usecases-take-types-of-the-engine',
      severity: 'error',
      comment: 'The engine is handed in; a use-case knows what to ask of it, and names.',
      from: { path: '^usecases/' },
      to: { path: '^temporal/engine[.]ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'activities-take-types-of-the-engine',
      severity: 'error',
      comment: 'The worker hands the connection in; an activity knows its type, and names.',
      from: { path: '^activities/' },
      to: { path: '^temporal/', pathNot: '^temporal/names[.]ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'config-is-for-mains',
      severity: 'error',
      comment: 'A process reads its settings once, in its main, and hands them on. The bundle is made by a process of the build.',
      from: { pathNot: [main, '^worker/bundle[.]ts$', '^config[.]ts$', '^prisma/', ...tooling] },
      to: { path: '^config[.]ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'production-imports-no-tooling',
      severity: 'error',
      comment: 'The embedded stack, tests and benchmarks stand outside of what is deployed.',
      from: { pathNot: tooling },
      to: { path: tooling },
    },
    {
      name: 'reference-data-is-loaded-not-imported',
      severity: 'error',
      comment: 'Calendars, courses and capacities are rows that staff edit.',
      from: { pathNot: ['^prisma/', ...tooling] },
      to: { path: '^prisma/' },
    },
    {
      name: 'only-records-speak-to-postgres',
      severity: 'error',
      comment: 'Every query passes the same two walls.',
      from: { pathNot: ['^records/', '^prisma/', ...tooling] },
      to: { path: ['^records/generated/', `${npm}@prisma/`, `${npm}pg/`] },
    },
    {
      name: 'no-development-library-in-production',
      severity: 'error',
      comment: 'Move the library to "dependencies", or the code to dev/.',
      from: { path: '[.]ts$', pathNot: tooling },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Two files that need each other are one file, or three.',
      from: {},
      to: { circular: true },
    },
    { name: 'must-resolve', severity: 'error', comment: 'The import leads nowhere.', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: [npm, '^records/generated/'] },
    exclude: { path: ['^dist/', '^coverage/', '^[.]data/'] },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['require', 'import', 'node', 'default', 'types'] },
  },
};
