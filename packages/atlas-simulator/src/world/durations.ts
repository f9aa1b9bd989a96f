/** How long each step takes, in simulated seconds. Atlas publishes none of these but the seven days. */
export type Durations = {
  awsInitiating: number
  awsAcceptance: number
  awsFinalizing: number
  gcpAdding: number
  gcpReciprocal: number
  azureAdding: number
  azureFailing: number
  deleting: number
  containerUnlock: number
  containerRecent: number
  accessListPending: number
}

export const defaultDurations: Durations = {
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
