import {
  readAtlasPeer,
  readStatus,
  type ApprovalTarget,
  type ProviderName,
  type RawAnswer,
} from "@peering-desk/shared-schemas"

/** The values that name the networks of a connection. */
const targetFields = {
  AWS: ["containerId", "accepterRegionName", "awsAccountId", "vpcId", "routeTableCidrBlock"],
  GCP: ["containerId", "gcpProjectId", "networkName"],
  AZURE: ["containerId", "azureDirectoryId", "azureSubscriptionId", "resourceGroupName", "vnetName"],
} as const

/**
 * Returns what must stay the same of a connection between request and approval: the two networks, and whether traffic can flow. It passes
 * through other states by itself.
 */
export function toTarget(raw: RawAnswer, providerName: ProviderName): ApprovalTarget {
  const peer = readAtlasPeer(raw, providerName)
  const fields = (peer ?? {}) as Record<string, unknown>
  const values = targetFields[providerName].map((name) => {
    const value = fields[name]
    return [name, typeof value === "string" ? value : null] as const
  })
  return { ...Object.fromEntries(values), isAvailable: peer !== null && readStatus(peer) === "AVAILABLE" }
}
