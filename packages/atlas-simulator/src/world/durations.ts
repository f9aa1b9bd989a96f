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
}
export type Durations = typeof defaultDurations
