// What the linter asks of every file. It is strict; where a rule is off or softer, the reason stands beside it.
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const forbid = (selector, message) => ({ selector, message });
const noDefaultExport = forbid('ExportDefaultDeclaration', 'Export it by its name.');
const noTimeOfItsOwn = [
  forbid("NewExpression[callee.name='Date'][arguments.length=0]", 'The time comes in: as facts.now, or as an argument.'),
  forbid(
    "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    'The time comes in: as facts.now, or as an argument.',
  ),
  forbid(
    "CallExpression[callee.object.name='Math'][callee.property.name='random']",
    'CAP rules give the same answer every time.',
  ),
];
const world = ['process', 'console', 'setTimeout', 'setInterval', 'setImmediate', 'fetch', 'crypto', 'performance', 'Buffer'];

export default defineConfig(
  { ignores: ['dist/', 'coverage/', '.data/', 'records/generated/', 'test/histories/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // A promise that nobody waits for fails a workflow task, or loses an error.
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      // An import of types alone brings nothing into the workflow bundle, and the import rules can see that it is one.
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      // One more stage, command or event shows every place that must know it.
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Softer: a number or an address in a text reads plainly.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allow: [{ from: 'lib', name: ['Error', 'URL', 'URLSearchParams'] }] },
      ],
      // Off: `return done();` ends a handler early and reads plainly.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only config.ts reads the environment.' },
      ],
      'no-restricted-syntax': ['error', noDefaultExport],
    },
  },
  {
    files: ['domain/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', ...world.map((name) => ({ name, message: 'Nothing in domain touches the world.' }))],
      'no-restricted-syntax': ['error', noDefaultExport, ...noTimeOfItsOwn],
    },
  },
  // config.ts is the one reader; dev, bench and tests hand their environment on to the processes that they start.
  { files: ['config.ts', '{dev,bench,test}/**/*.ts'], rules: { 'no-restricted-properties': 'off' } },
  // These speak to a person at a terminal.
  { files: ['{dev,bench}/**/*.ts', '**/main.ts', 'prisma/migrate.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['test/**/*.ts'],
    rules: {
      // Tests give wrong values on purpose, read JSON bodies, stand in for what is async, and ask whether a method is there.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  // Jest takes these by their default export.
  { files: ['test/support/global*.ts'], rules: { 'no-restricted-syntax': 'off' } },
  // Configurations and scripts in plain JavaScript have no types to check.
  {
    files: ['**/*.{js,mjs,cjs}'],
    extends: [tseslint.configs.recommended],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
