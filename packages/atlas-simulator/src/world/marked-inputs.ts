import type { AzureTarget, Target } from "./world.ts"

/** Words Atlas was seen to give when a network already has a peering that overlaps. */
export const azureOverlapText =
  "Could not create peering connection in Atlas Azure account because a peer with an overlapping CIDR block already exists."

/**
 * Says how an attempt to reach this network will fail, or null when it will work. Nobody's cloud is behind the
 * stand-in, so that names chosen by the caller decide: `vpc-0bad…`, `missing-…` and `overlap-…` never come up.
 */
export function foreseeFailure(target: Target): string | null {
  switch (target.providerName) {
    case "AWS":
      return target.vpcId.startsWith("vpc-0bad") ? "INVALID_ARGUMENT" : null
    case "GCP":
      return target.networkName.startsWith("missing-")
        ? `The network ${target.networkName} was not found in project ${target.gcpProjectId}.`
        : null
    case "AZURE":
      return target.vnetName.startsWith("overlap-") ? azureOverlapText : null
  }
}

/** Says whether Azure refuses Atlas at once: `no-permission-…` lacks the role, `unreachable-…` cannot be asked. */
export function foreseeAzureRefusal(target: AzureTarget): "permission" | "unreachable" | null {
  if (target.vnetName.startsWith("no-permission")) return "permission"
  return target.vnetName.startsWith("unreachable-") ? "unreachable" : null
}

/** Says whether taking the peering down will fail: Azure networks called `stuck-…`. */
export function foreseeStuckDeletion(target: Target): boolean {
  return target.providerName === "AZURE" && target.vnetName.startsWith("stuck-")
}
