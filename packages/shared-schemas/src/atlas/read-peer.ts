import type { ProviderName } from "#clouds/provider.ts"
import { networkFields } from "#fields/network-fields.ts"
import type { RawAnswer } from "./atlas-answer.ts"
import type { AtlasPeer } from "./atlas-peer.ts"

/** Tells the cloud of an answer by its own fields; null when none is telling. */
export function inferProviderName(raw: RawAnswer): ProviderName | null {
  if ("vpcId" in raw || "awsAccountId" in raw || "statusName" in raw) return "AWS"
  if ("gcpProjectId" in raw) return "GCP"
  if ("azureSubscriptionId" in raw || "azureDirectoryId" in raw) return "AZURE"
  return null
}

/** Atlas's own status word, whichever field the cloud has it in; null when it is missing. */
export function readStatus(peer: AtlasPeer): string | null {
  return (peer.providerName === "AWS" ? peer.statusName : peer.status) ?? null
}

/** Returns the name of the person's network in its cloud. */
export function getNetworkName<Cloud extends ProviderName>(
  peer: { providerName: Cloud } & Partial<Record<(typeof networkFields)[Cloud], string | null | undefined>>,
): string | null | undefined {
  return peer[networkFields[peer.providerName]]
}

/** Atlas's own words for a failure, whichever field the cloud has them in; null without one. */
export function readFailure(peer: AtlasPeer): string | null {
  switch (peer.providerName) {
    case "AWS":
      return peer.errorMessage ?? peer.errorStateName ?? null
    case "GCP":
      return peer.errorMessage ?? null
    case "AZURE":
      return peer.errorState ?? null
  }
}
