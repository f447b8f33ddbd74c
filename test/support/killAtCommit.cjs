// Loaded into the real worker before its own code (`node --require`): ends processes with kill -9 at the commit of a record step, just before it
// or right after it, once, when a test has said so in the file KILL_AT_COMMIT: {"moment": "before" | "after", "pids": [123]}.
const { readFileSync, unlinkSync } = require('node:fs');
const Module = require('node:module');

const file = process.env.KILL_AT_COMMIT;
const load = Module._load;

Module._load = function (request, ...rest) {
  const loaded = load.call(this, request, ...rest);
  if (request !== '../activities') return loaded;
  return { ...loaded, createActivities: (deps) => deadly(loaded.createActivities(deps)) };
};

function deadly(activities) {
  return {
    ...activities,
    recordStep: async (step) => {
      await killAt('before');
      const answer = await activities.recordStep(step);
      await killAt('after');
      return answer;
    },
  };
}

async function killAt(moment) {
  const order = ordered();
  if (order?.moment !== moment) return;
  unlinkSync(file);
  for (const pid of order.pids) process.kill(pid, 'SIGKILL');
  // What was killed is gone before this goes on.
  await new Promise((resolve) => setTimeout(resolve, 250));
}

function ordered() {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
