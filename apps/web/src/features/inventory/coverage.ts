import {
  readContainerRegion,
  toAwsRegionId,
  type AtlasPeer,
  type Container,
  type InventoryProject,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import type { InventoryRow } from "./inventory-rows.ts"

/** Which networks of a project reach which Atlas regions, one cloud at a time. */
export interface Coverage {
  providerName: ProviderName
  /** Atlas regions, each with the container that is there. */
  columns: { region: string; container: Container }[]
  /** Where applications run: an AWS region, a VNet, a VPC network. */
  lines: { place: string; cells: Cell[] }[]
}

interface Cell {
  /** The connections between the two, what works first. */
  rows: InventoryRow[]
  /** What the form of the missing connection is filled with, field → value; null when there is one. */
  missing: Record<string, string> | null
}

/** A Google Cloud container serves every region, so there is one column. */
export function toCoverage({ containers }: InventoryProject, rows: readonly InventoryRow[]): Coverage[] {
  return (["AWS", "AZURE", "GCP"] as const).flatMap((providerName) => {
    const columns = containers
      .filter((container) => container.providerName === providerName)
      .map((container) => ({ region: toColumn(container), container }))
    const ofCloud = rows.filter(({ peering }) => peering.peer.providerName === providerName)
    const places = new Map<string, InventoryRow[]>()
    for (const row of ofCloud) places.set(toPlace(row), [...(places.get(toPlace(row)) ?? []), row])
    if (columns.length === 0 || places.size === 0) return []
    const lines = [...places]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([place, there]) => ({
        place,
        cells: columns.map(({ container }) => toCell(container, there)),
      }))
    return [{ providerName, columns, lines }]
  })
}

function toColumn(container: Container): string {
  const region = readContainerRegion(container)
  if (container.providerName === "GCP") return region ?? "every region"
  if (region === null) return container.id
  return container.providerName === "AWS" ? toAwsRegionId(region) : region
}

function toPlace({ peering: { peer }, container }: InventoryRow): string {
  switch (peer.providerName) {
    case "AWS": {
      const own = container?.providerName === "AWS" ? container.regionName : null
      const region = peer.accepterRegionName ?? own
      return region == null ? "region not known" : toAwsRegionId(region)
    }
    case "AZURE":
      return peer.vnetName ?? peer.id
    case "GCP":
      return `${peer.gcpProjectId ?? "?"}/${peer.networkName ?? peer.id}`
  }
}

function toCell(container: Container, there: readonly InventoryRow[]): Cell {
  const rows = there
    .filter(({ peering, turn }) => peering.peer.containerId === container.id && turn !== "closing")
    .sort((a, b) => Number(b.turn === "works") - Number(a.turn === "works"))
  return { rows, missing: rows.length > 0 ? null : toMissing(container, there) }
}

/** The one network of the place, if there is one only; its place alone otherwise. */
function toMissing(container: Container, there: readonly InventoryRow[]): Record<string, string> {
  const peers = there.map(({ peering }) => peering.peer)
  const [first] = peers
  const isOne = first !== undefined && peers.every((peer) => toNetworkId(peer) === toNetworkId(first))
  const given = isOne ? toFields(first) : {}
  const place = there[0] === undefined ? "" : toPlace(there[0])
  const region = container.providerName === "AWS" ? { accepterRegionName: place } : {}
  const fields = { provider: container.providerName, container: container.id, ...given, ...region }
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => entry[1] != null),
  )
}

function toNetworkId(peer: AtlasPeer): string {
  return Object.values(toFields(peer)).join(" ")
}

function toFields(peer: AtlasPeer): Record<string, string | null | undefined> {
  switch (peer.providerName) {
    case "AWS":
      return {
        awsAccountId: peer.awsAccountId,
        vpcId: peer.vpcId,
        routeTableCidrBlock: peer.routeTableCidrBlock,
      }
    case "GCP":
      return { gcpProjectId: peer.gcpProjectId, networkName: peer.networkName }
    case "AZURE":
      return {
        azureDirectoryId: peer.azureDirectoryId,
        azureSubscriptionId: peer.azureSubscriptionId,
        resourceGroupName: peer.resourceGroupName,
        vnetName: peer.vnetName,
      }
  }
}
