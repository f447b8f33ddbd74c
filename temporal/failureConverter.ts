// Puts an error's message and stack where the codec encrypts them. Named by path, so that the workflow bundle takes it in too.
import { DefaultFailureConverter } from '@temporalio/common';

export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
