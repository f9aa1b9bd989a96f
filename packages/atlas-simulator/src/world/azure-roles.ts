import { toNetworkKey } from "./cloud-conflicts.ts"
import { buildNetwork } from "./customer/build-network.ts"
import type { AzureNetwork } from "./customer/network-schema.ts"
import type { AzureRoles } from "./simulated-failures.ts"
import type { AzureTarget, World } from "./world.ts"

function findVnet({ networks }: World, target: AzureTarget): AzureNetwork | null {
  const key = toNetworkKey(target)
  const network = networks.find((one) => toNetworkKey(one) === key)
  return network?.providerName === "AZURE" ? network : null
}

/** Tells if Atlas's role covers a VNet; undefined for a VNet that the world doesn't have and nobody spoke of. */
export function hasAzureRole(world: World, roles: AzureRoles, target: AzureTarget): boolean | undefined {
  const vnet = findVnet(world, target)
  return vnet === null ? roles.get(toNetworkKey(target)) : vnet.atlasRoles.length > 0
}

/** Assigns Atlas's role on a VNet or removes it, also for the tools of the cloud where the world has the VNet. */
export function setAzureRole(
  world: World,
  roles: AzureRoles,
  target: AzureTarget,
  isAssigned: boolean,
): void {
  const vnet = findVnet(world, target)
  if (vnet === null) roles.set(toNetworkKey(target), isAssigned)
  else {
    const { atlasRoles } = buildNetwork({ ...target, providerName: "AZURE" }) as AzureNetwork
    vnet.atlasRoles = isAssigned ? atlasRoles : []
  }
}
