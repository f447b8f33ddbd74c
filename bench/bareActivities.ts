// Activities that do nothing: what is left is Temporal's own cost.

export const bareActivities = {
  nothing: (_command: string): Promise<{ readonly result: 'recorded' }> => Promise.resolve({ result: 'recorded' }),
  sendNothing: (_email: string): Promise<void> => Promise.resolve(),
};

export type BareActivities = typeof bareActivities;
