import type { Fact, NetworkFacts, PeeringDraft } from "@peering-desk/shared-schemas"

/** When the look-ups of tests were printed, and when their drafts are judged. */
export const lookedAt = Date.parse("2026-11-24T12:00:00.000Z")

/** Returns a fact of a pasted output. */
export function looked<Value>(value: Value, at = lookedAt): Fact<Value> {
  return { value, source: "pasted", at: new Date(at).toISOString() }
}

/** Returns a look-up of the draft's network without an obstacle to a peering. */
export function toLookUp({ providerName, request, networkBlocks = [] }: PeeringDraft): NetworkFacts {
  const field = (name: string) => looked(request[name] ?? "")
  const common = {
    addresses: looked([...networkBlocks]),
    routeTables: looked([]),
    peerings: looked([]),
  }
  switch (providerName) {
    case "AWS":
      return {
        ...common,
        providerName,
        account: field("awsAccountId"),
        network: field("vpcId"),
        region: field("accepterRegionName"),
        dns: looked({ support: true, hostnames: true }),
      }
    case "GCP":
      return {
        ...common,
        providerName,
        account: field("gcpProjectId"),
        network: field("networkName"),
        serviceRanges: looked([]),
      }
    case "AZURE":
      return {
        ...common,
        providerName,
        account: field("azureSubscriptionId"),
        directory: field("azureDirectoryId"),
        resourceGroup: field("resourceGroupName"),
        network: field("vnetName"),
        roles: looked([{ role: "Network Contributor", scope: "/" }]),
      }
  }
}
