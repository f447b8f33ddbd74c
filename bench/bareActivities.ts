// Activities that do nothing: what is left is Temporal's own cost.

export const bareActivities = {
  nothing: (_command: string): Promise<object> => Promise.resolve({ result: 'recorded', state: null, wait: null, emails: [] }),
  sendNothing: (_email: string): Promise<void> => Promise.resolve(),
};

export type BareActivities = typeof bareActivities;
