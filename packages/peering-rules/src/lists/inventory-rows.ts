import {
  readVpcRegionId,
  type Container,
  type InventoryPeering,
  type InventoryProject,
  type ListRow,
  type ProviderName,
  type Project,
  type Watch,
} from "@peering-desk/shared-schemas"
import { readCidrRange, type CidrRange } from "#addresses/cidr-range.ts"
import { readExpiry, toTurn, type ListedPeering } from "#lifecycle/attention.ts"
import { formatAccount, getNetworkOwner, toNetworkPath, toPeeringTitle } from "./row-names.ts"

/** One connection of a list, with all that is shown, sorted by and searched. */
export interface InventoryRow extends ListedPeering, Drawn {
  /** Atlas does not promise ids of connections that are unique over projects. */
  key: string
  project: Project
  container: Container | null
  /** The display name, or else the name of the network. */
  title: string
  /** The person's network with what tells it apart: `acme-data/lake`. */
  network: string
  /** The CIDR of the person's network; null where Atlas does not report it. */
  cidr: string | null
  /** When the state was last read, ISO 8601, after a poll that failed; null while it is fresh. */
  staleSince: string | null
  /** Set once Atlas no longer lists it. */
  deletion: NonNullable<ListRow["deletion"]> | null
  /** Every value that can be searched for, in lower case. */
  haystack: string
  /** The addresses of both ends, as far as Atlas reports them. */
  blocks: readonly CidrRange[]
}

/** A project's part of a list. */
export type RowSource = Pick<
  InventoryProject,
  "project" | "peerings" | "containers" | "watches" | keyof Drawn
>

/** What a row's small path needs of its project. */
type Drawn = Pick<InventoryProject, "listed" | "running">

/**
 * Makes rows that stay the same objects for as long as what they show does: one changed connection renders one row. It relies on the
 * query cache, which keeps the identity of unchanged parts of a new answer.
 */
export function createRowMaker(): (sources: readonly RowSource[]) => InventoryRow[] {
  const known = new WeakMap<InventoryPeering, InventoryRow>()
  return (sources) =>
    sources.flatMap(({ project, peerings, containers, watches, listed, running }) => {
      const byKey = new Map(
        containers.map((container) => [keyOf(container.providerName, container.id), container]),
      )
      const stale = new Map(watches.map((watch) => [watch.providerName, getStaleSince(watch)]))
      return peerings.map((peering) => {
        const { providerName, containerId } = peering.peer
        const container = byKey.get(keyOf(providerName, containerId)) ?? null
        const staleSince = stale.get(providerName) ?? null
        const before = known.get(peering)
        if (
          before !== undefined &&
          before.project === project &&
          before.container === container &&
          before.staleSince === staleSince &&
          before.listed === listed &&
          before.running === running
        )
          return before
        const row = makeRow(project, peering, container, { staleSince, deletion: null, listed, running })
        known.set(peering, row)
        return row
      })
    })
}

const listed = new WeakMap<ListRow, InventoryRow>()

/** Returns a row that the server chose: the same one for the same answer, which the query cache keeps. */
export function toInventoryRow(row: ListRow): InventoryRow {
  const known = listed.get(row)
  if (known !== undefined) return known
  const { project, peering, container, ...more } = row
  const made = makeRow(project, peering, container, { deletion: null, ...more })
  listed.set(row, made)
  return made
}

function keyOf(providerName: ProviderName, containerId: string | null | undefined): string {
  return `${providerName} ${containerId}`
}

function getStaleSince({ problem, checkedAt }: Watch): string | null {
  return problem === null ? null : checkedAt
}

/** Makes one row. */
export function makeRow(
  project: Project,
  peering: InventoryPeering,
  container: Container | null,
  more: Pick<InventoryRow, "staleSince" | "deletion" | keyof Drawn>,
): InventoryRow {
  const { peer, label } = peering
  const cidr = (peer.providerName === "AWS" ? peer.routeTableCidrBlock : null) ?? null
  const network = toNetworkPath(peer)
  const onlyAws =
    peer.providerName === "AWS"
      ? [formatAccount(peer.awsAccountId ?? ""), readVpcRegionId(peer, container)]
      : []
  return {
    ...more,
    key: `${project.id}/${peer.providerName}/${peering.id}`,
    project,
    peering,
    container,
    turn: toTurn(peering),
    title: label ?? toPeeringTitle(peer),
    network,
    cidr,
    expiry: more.deletion === null ? readExpiry(peering) : null,
    haystack: [
      project.name,
      project.id,
      label,
      network,
      ...onlyAws,
      getNetworkOwner(peer),
      peering.createdBy,
      ...Object.values(peer),
      ...Object.values(container ?? {}),
    ]
      .filter((value) => typeof value === "string")
      .join("\n")
      .toLowerCase(),
    blocks: [cidr, container?.atlasCidrBlock]
      .map((block) => readCidrRange(block ?? ""))
      .filter((range) => range !== null),
  }
}
