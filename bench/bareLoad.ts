// The bare client process: the same messages to a workflow whose steps do nothing.
import { randomUUID } from 'node:crypto';
import { serveLoad, timed } from './load';
import { openBare, type BareReach } from './bareCase';

serveLoad((reach) => {
  const bare = openBare(reach as BareReach);
  let ready: string[] = [];
  return {
    prepare: (cases) => {
      ready = Array.from({ length: cases }, () => `bare-${randomUUID()}`);
      return Promise.resolve();
    },
    run: (inFlight) => timed(ready, inFlight, (id) => bare.whole(id)),
  };
});
