// A release that must not pass: its application waits a day before it takes anything. The replay test shows that this is caught.
import { sleep } from '@temporalio/workflow';
import { application as real } from '../../workflows/application';

export async function application(): Promise<void> {
  await sleep('1 day');
  await real();
}
