import {
  readVpcRegionId,
  type AtlasPeer,
  type Container,
  type PeeringDraft,
  type ProviderName,
} from "@peering-desk/shared-schemas"

/** Longer than any value of any field. */
const longest = 500

const fieldsOf: Record<ProviderName, readonly string[]> = {
  AWS: ["awsAccountId", "accepterRegionName", "vpcId", "routeTableCidrBlock"],
  GCP: ["gcpProjectId", "networkName"],
  AZURE: ["azureDirectoryId", "azureSubscriptionId", "resourceGroupName", "vnetName"],
}

/** A form's content as the query of its address. Why the connection is wanted is no part of it: each one has its own reason. */
export function toLinkQuery({ providerName, request, newContainer, networkBlocks }: PeeringDraft): string {
  const given = {
    ...Object.fromEntries(fieldsOf[providerName].map((name) => [name, request[name]])),
    container: request["containerId"],
    networkBlocks: networkBlocks?.join(","),
    ...(newContainer && { ...newContainer, regions: newContainer.regions?.join(",") }),
  }
  const query = new URLSearchParams({ provider: providerName })
  for (const [name, value] of Object.entries(given))
    if (value !== undefined && value !== "") query.set(name, value)
  return query.toString()
}

/** What such a query fills in; null when it names no cloud. Names that no field has are passed over, and endless values cut. */
export function readLinkQuery(search: string): PeeringDraft | null {
  const query = new URLSearchParams(search)
  const valueOf = (name: string) => query.get(name)?.slice(0, longest)
  const providerName = (["AWS", "GCP", "AZURE"] as const).find((name) => name === query.get("provider"))
  if (providerName === undefined) return null
  const request: Record<string, string> = {}
  for (const [field, name] of [
    ...fieldsOf[providerName].map((one) => [one, one]),
    ["containerId", "container"],
  ]) {
    const value = valueOf(name ?? "")
    if (field !== undefined && value !== undefined) request[field] = value
  }
  const networkBlocks = valueOf("networkBlocks")?.split(",")
  const draft = { providerName, request, ...(networkBlocks && { networkBlocks }) }
  if (request["containerId"] !== "new") return draft
  const region = valueOf("region")
  const regions = valueOf("regions")?.split(",")
  const newContainer = {
    atlasCidrBlock: valueOf("atlasCidrBlock") ?? "",
    ...(region !== undefined && { region }),
    ...(regions !== undefined && { regions }),
  }
  return { ...draft, newContainer }
}

/**
 * The form's content that would make the same connection once more.
 * @param container the connection's, whose region Atlas leaves out of an AWS connection when the VPC is in it too
 */
export function toDraftOf(peer: AtlasPeer, container: Container | null = null): PeeringDraft {
  const request: Record<string, string> = { containerId: peer.containerId ?? "" }
  const known = {
    ...peer,
    ...(peer.providerName === "AWS" && { accepterRegionName: readVpcRegionId(peer, container) }),
  }
  for (const name of fieldsOf[peer.providerName]) {
    const value: unknown = Reflect.get(known, name)
    if (typeof value === "string") request[name] = value
  }
  return { providerName: peer.providerName, request }
}
