/** The length of each step in simulated seconds. Atlas publishes only the seven days. */
export const defaultDurations = {
  awsInitiating: 20,
  awsAcceptance: 7 * 24 * 3600,
  awsFinalizing: 30,
  gcpAdding: 40,
  gcpReciprocal: 20,
  azureAdding: 60,
  azureFailing: 40,
  deleting: 30,
  containerUnlock: 120,
  containerRecent: 5,
  accessListPending: 15,
  clusterCreating: 600,
}
export type Durations = typeof defaultDurations

/** Returns the durations with Atlas's own steps so many times shorter. AWS drops a request after seven days as before. */
export function divideDurations(pace: number): Durations {
  const { awsAcceptance, ...steps } = defaultDurations
  const shorter = Object.fromEntries(Object.entries(steps).map(([name, seconds]) => [name, seconds / pace]))
  return { ...defaultDurations, ...shorter, awsAcceptance }
}
