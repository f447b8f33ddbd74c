// How long the API takes from its start until it answers.
import type { Log } from '../dev/plainError';
import { atMost, median, type Figure } from './figures';
import type { Stand } from './stand';

const starts = 5;
const aimSeconds = 2.5;

export async function measureApiStart(stand: Stand, log: Log): Promise<Figure[]> {
  const seconds: number[] = [];
  for (let start = 0; start < starts; start += 1) {
    const began = performance.now();
    const { program, url } = await stand.startApi();
    const response = await fetch(`${url}/health/live`);
    if (!response.ok) throw new Error(`/health/live answered ${response.status}`);
    seconds.push((performance.now() - began) / 1000);
    await program.stop();
  }
  log(`  ${seconds.map((each) => each.toFixed(2)).join(', ')} s`);
  const slowest = Math.max(...seconds);
  return [
    {
      what: "API's start until /health/live answers, s",
      ours: `${median(seconds).toFixed(2)}, slowest of ${starts} ${slowest.toFixed(2)}`,
      aim: atMost(aimSeconds, slowest, ' s'),
      why: 'nothing is waited for but the loading of code: the machine was busy, or the code has grown',
    },
  ];
}
