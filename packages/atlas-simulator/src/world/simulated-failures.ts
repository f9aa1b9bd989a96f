import type { AzureTarget, Target } from "./world.ts"

// No real cloud is behind the simulator, so names chosen by the caller decide what fails.

/** Whether Atlas's role is assigned on a virtual network, by the network's key; one that is missing has it unless its name says otherwise. */
export type AzureRoles = Map<string, boolean>

/** The text Atlas was seen to give when a network already has an overlapping peering. */
export const azureOverlapText =
  "Could not create peering connection in Atlas Azure account because a peer with an overlapping CIDR block already exists."

/** Returns the failure that a peering with this network ends in, or null when it will work. */
export function findPeeringFailure(target: Target): string | null {
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

/**
 * Returns why Azure refuses Atlas at once: `no-permission-…` lacks the role, `unreachable-…` cannot be reached.
 * @param hasRole what the control API said about this network's role; undefined when nothing
 */
export function findAzureRefusal(
  target: AzureTarget,
  hasRole: boolean | undefined,
): "permission" | "unreachable" | null {
  if (!(hasRole ?? !target.vnetName.startsWith("no-permission"))) return "permission"
  return target.vnetName.startsWith("unreachable-") ? "unreachable" : null
}

/** Returns true for Azure networks called `stuck-…`: deleting their peering fails. */
export function hasStuckDeletion(target: Target): boolean {
  return target.providerName === "AZURE" && target.vnetName.startsWith("stuck-")
}
