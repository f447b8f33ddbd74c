// How the tests are found and compiled. The servers that they need are found, or built, once before the first of them.
module.exports = {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist'],
  transform: { '^.+\\.[tj]s$': '@swc/jest' },
  // These speak ES modules only.
  transformIgnorePatterns: [
    '/node_modules/(?!(jose|oauth4webapi|oidc-provider|openid-client|@prisma/schema-engine-wasm|file-type|strtok3|token-types|uint8array-extras|@tokenizer|@borewit)/)',
  ],
  globalSetup: '<rootDir>/test/support/globalSetup.ts',
  globalTeardown: '<rootDir>/test/support/globalTeardown.ts',
  reporters: ['default', '<rootDir>/test/requirements/coverage.cjs'],
  testTimeout: 60_000,
  // While one suite waits for Temporal or a browser another works: two of them fill two cores.
  maxWorkers: 2,
};
