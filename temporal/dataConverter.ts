// How values become what Temporal keeps: JSON, then encryption, for client and worker alike.
import type { DataConverter } from '@temporalio/common';
import { payloadCodec, type PayloadKeys } from './codec';

/** For `bundleWorkflowCode`: a bundle made without it would leave error messages in clear text. */
export const failureConverterPath = require.resolve('./failureConverter');

/** The SDK's default payload converter, our codec, and errors whose text is encrypted. Client and worker must use the same. */
export function dataConverter(keys: PayloadKeys): DataConverter {
  return { payloadCodecs: [payloadCodec(keys)], failureConverterPath };
}
