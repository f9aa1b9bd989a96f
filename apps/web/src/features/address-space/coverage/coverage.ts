import { groupBy, toDraftOf, toTurn, type WaitingOn } from "@peering-desk/peering-rules"
import {
  findContainerOf,
  readVpcRegionId,
  toAwsRegionId,
  type Container,
  type InventoryPeering,
  type InventoryProject,
  type Overview,
  type PeeringDraft,
  type Project,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { toContainerPlace, toNetworkLines, toPeeringTitle } from "#copy/peerings.ts"

/** A project as far as its coverage depends on it. */
export type CoveredProject = Pick<InventoryProject, "project" | "peerings" | "containers" | "watches"> & {
  areContainersUnread: boolean
  /** `pending` are unfinished. */
  quota: { used: number; pending: number } & Overview["limits"]
}

/** Chooses the project that is shown: the wanted one, or else the first with connections. */
export function chooseCovered(
  projects: readonly Project[],
  overview: Overview,
  wantedId: string | null,
): Project | undefined {
  const used = new Set(overview.projects.filter((one) => one.used > 0).map(({ id }) => id))
  return projects.find(({ id }) => id === wantedId) ?? projects.find(({ id }) => used.has(id)) ?? projects[0]
}

/** One connection of the table. */
interface CoverageRow {
  peering: InventoryPeering
  container: Container | null
  turn: WaitingOn
  title: string
}

/** The connections between a project's networks and its Atlas regions in one cloud. */
export interface Coverage {
  providerName: ProviderName
  /** Atlas regions, each with the container that is there. */
  columns: { region: string; container: Container }[]
  lines: Line[]
}

/** A place of applications: the region of some VPCs on AWS, a VNet on Azure, a VPC network on Google Cloud. */
interface Line {
  place: string
  /** The networks there, or their owner. */
  below: string
  cells: Cell[]
}

export interface Cell {
  /** The connections between the two, working ones first. */
  rows: CoverageRow[]
  /** The missing connection. Null when there is one, when that is unknown, and without a network to connect. */
  missing: Missing | null
  /** The list of connections was read. */
  isRead: boolean
}

/** A connection that does not exist. */
export interface Missing {
  /** Identifies the pair within the project. */
  key: string
  from: string
  to: string
  /** A draft for each network of the place. */
  drafts: { network: string; draft: PeeringDraft }[]
}

/** Builds the tables of a project. A cloud without a container or without a connection has no table. */
export function toCoverage(project: CoveredProject): Coverage[] {
  const rows = project.peerings.map((peering) => toRow(peering, project.containers))
  return (["AWS", "AZURE", "GCP"] as const).flatMap((providerName) => {
    const columns = project.containers
      .filter((container) => container.providerName === providerName)
      .map((container) => ({ region: toColumn(container), container }))
    const ofCloud = rows.filter(({ peering }) => peering.peer.providerName === providerName)
    if (columns.length === 0 || ofCloud.length === 0) return []
    // An unread list may hide a connection.
    const watch = project.watches.find((one) => one.providerName === providerName)
    const isRead = watch !== undefined && watch.checkedAt !== null && watch.problem === null
    const lines = [...groupBy(ofCloud, toPlaceKey).values()]
      .map((there) => toLine(there, columns, isRead))
      .sort((a, b) => a.place.localeCompare(b.place))
    return [{ providerName, columns, lines }]
  })
}

function toRow(peering: InventoryPeering, containers: readonly Container[]): CoverageRow {
  const { peer, label } = peering
  return {
    peering,
    container: findContainerOf(peer, containers),
    turn: toTurn(peering),
    title: label ?? toPeeringTitle(peer),
  }
}

/** Lists every missing connection of some tables. */
export function listMissing(coverages: readonly Coverage[]): Missing[] {
  const cells = coverages.flatMap(({ lines }) => lines.flatMap((line) => line.cells))
  return cells.flatMap(({ missing }) => missing ?? [])
}

function toColumn(container: Container): string {
  const region = toContainerPlace(container)
  return container.providerName === "AWS" ? toAwsRegionId(region) : region
}

function toLine(there: readonly CoverageRow[], columns: Coverage["columns"], isRead: boolean): Line {
  const networks = [...groupBy(there.toSorted(byWorking), toNetworkKey).values()].flatMap(
    ([first]) => first ?? [],
  )
  const [first] = networks
  const place = first === undefined ? null : readPlace(first)
  // A network without a working or pending connection gets no more of them.
  const alive = networks.filter(({ turn }) => turn === "works" || turn === "you" || turn === "atlas")
  const cells = columns.map(({ region, container }): Cell => {
    const rows = there.filter(({ peering }) => peering.peer.containerId === container.id).toSorted(byWorking)
    const isJoined = rows.some(({ turn }) => turn !== "closing")
    if (isJoined || !isRead || first === undefined || place === null || alive.length === 0)
      return { rows, missing: null, isRead }
    const drafts = alive.map((row) => ({ network: toNetwork(row), draft: toDraft(row, container) }))
    const key = `${container.id} ${toPlaceKey(first)}`
    return { rows, missing: { key, from: place, to: region, drafts }, isRead }
  })
  return { place: place ?? "Unknown region", below: toBelow(networks), cells }
}

const byWorking = (a: CoverageRow, b: CoverageRow) => toRank(a) - toRank(b)

function toRank({ turn }: CoverageRow): number {
  return ["works", "you", "atlas", "failed", "unknown", "closing"].indexOf(turn)
}

/** Returns the region of a VPC, null while unknown; else the network: Atlas gives no region of a VNet, and a VPC network spans all. */
function readPlace({ peering: { peer }, container }: CoverageRow): string | null {
  return peer.providerName === "AWS" ? readVpcRegionId(peer, container) : toPeeringTitle(peer)
}

function toPlaceKey(row: CoverageRow): string {
  return row.peering.peer.providerName === "AWS" ? (readPlace(row) ?? "") : toNetworkKey(row)
}

function toNetworkKey({ peering: { peer } }: CoverageRow): string {
  const [owner, detail] = toNetworkLines(peer)
  // A VPC's CIDR may differ between its connections through a typing error.
  return [toPeeringTitle(peer), owner, peer.providerName === "AWS" ? "" : detail].join(" ").toLowerCase()
}

function toBelow(networks: readonly CoverageRow[]): string {
  const [first] = networks
  if (first === undefined) return ""
  const { peer } = first.peering
  if (peer.providerName !== "AWS") return toNetworkLines(peer)[0]
  return networks.length === 1 ? toPeeringTitle(peer) : `${networks.length} VPCs`
}

function toNetwork({ peering: { peer } }: CoverageRow): string {
  return [toPeeringTitle(peer), ...toNetworkLines(peer)].filter(Boolean).join(", ")
}

/** Builds the draft that connects the same network with another container. */
function toDraft(row: CoverageRow, container: Container): PeeringDraft {
  const { providerName, request } = toDraftOf(row.peering.peer)
  const own = { ...request, containerId: container.id }
  if (providerName !== "AWS") return { providerName, request: own }
  return { providerName, request: { ...own, accepterRegionName: readPlace(row) ?? "" } }
}
