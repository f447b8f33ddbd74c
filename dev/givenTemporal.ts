// A Temporal service that somebody else runs (TEMPORAL_ADDRESS): is it there, and has it the search attributes that cases show?
import { Connection } from '@temporalio/client';
import { messageOf, PlainError, type Log } from './plainError';

export interface GivenTemporal {
  readonly address: string;
  readonly namespace: string;
  readonly tls: boolean;
  readonly apiKey: string | null;
}

/** The numbers of Temporal's IndexedValueType. */
const typeNumbers: Readonly<Record<string, number>> = {
  Text: 1,
  Keyword: 2,
  Int: 3,
  Double: 4,
  Bool: 5,
  Datetime: 6,
  KeywordList: 7,
};

/** Adds missing search attributes. Throws PlainError when the service does not answer or does not let us. */
export async function prepareGivenTemporal(
  given: GivenTemporal,
  searchAttributes: Readonly<Record<string, string>>,
  log: Log,
): Promise<void> {
  const { address, namespace, tls, apiKey } = given;
  log(`Temporal: using the service at ${address} (TEMPORAL_ADDRESS), namespace ${namespace}; none is started here.`);
  const connection = await Connection.connect({ address, tls, connectTimeout: 5_000, ...(apiKey && { apiKey }) }).catch(
    (error: unknown) => {
      throw new PlainError(
        `The Temporal service at ${address} does not answer (${messageOf(error)}): start it, correct TEMPORAL_ADDRESS, or unset it to have one started here.`,
      );
    },
  );
  try {
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    const missing = Object.entries(searchAttributes).filter(([name]) => !(name in customAttributes));
    if (missing.length === 0) return;
    const wanted = Object.fromEntries(missing.map(([name, type]) => [name, typeNumbers[type] ?? 2]));
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: wanted });
    log(`Temporal: added the search attributes ${missing.map(([name]) => name).join(', ')}.`);
  } catch (error) {
    const names = Object.entries(searchAttributes).map(([name, type]) => `${name} (${type})`);
    throw new PlainError(
      `The namespace ${namespace} at ${address} could not be prepared (${messageOf(error)}): see that it exists and has the search attributes ${names.join(', ')}.`,
    );
  } finally {
    await connection.close();
  }
}
