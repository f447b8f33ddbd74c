// The workflows as one file: made by the build, so that a worker starts without a compiler.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleWorkflowCode } from '@temporalio/worker';
import { projectRoot } from '../config';
import { failureConverterPath } from '../temporal/dataConverter';

/** Where the build leaves the bundle. */
export const bundlePath = join(projectRoot, 'dist', 'workflow-bundle.js');

/** Bundles the workflows into `bundlePath`. @throws Error when they import what must not be in a workflow */
export async function bundle(): Promise<void> {
  const { code } = await bundleWorkflowCode({
    workflowsPath: require.resolve('../workflows'),
    failureConverterPath,
    // Pure, so that all cases of a worker can share them: a case that is read in again does not load them anew.
    preloadModules: ['../domain/case', '../domain/words', '../domain/waits'].map((module) => require.resolve(module)),
    logger: quiet,
  });
  writeFileSync(bundlePath, code);
}

/** @throws Error that says what to do when the bundle was not built */
export function builtBundle(): { readonly codePath: string } {
  if (!existsSync(bundlePath)) throw new Error('The workflow bundle is missing: run `npm run build` first.');
  return { codePath: bundlePath };
}

const silent = () => undefined;
const quiet = { log: silent, trace: silent, debug: silent, info: silent, warn: silent, error: silent };
