// The application's client process: what its API does for each decision, without HTTP.
import { serveLoad, timed } from './load';
import { openTeller, type Reach } from './teller';

serveLoad((reach) => {
  const teller = openTeller(reach as Reach);
  let ready: string[] = [];
  return {
    prepare: async (cases) => {
      ready = [];
      for (let made = 0; made < cases; made += 1) ready.push(await teller.draft());
    },
    run: (inFlight) => timed(ready, inFlight, teller.whole),
  };
});
