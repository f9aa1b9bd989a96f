import { toAcceptanceDeadline, type Turn } from "@peering-desk/peering-rules"
import {
  readContainerRegion,
  type AtlasPeer,
  type Container,
  type InventoryPeering,
  type InventoryProject,
  type Project,
} from "@peering-desk/shared-schemas"

/** One connection of the table, with all that is shown, sorted by and searched. */
export interface InventoryRow {
  /** Ids of connections are not said to be unique over projects. */
  key: string
  project: Project
  peering: InventoryPeering
  container: Container | null
  turn: Turn
  /** Our label, or the network's name, or the id. */
  name: string
  /** What the cloud calls the network, and what holds it. */
  network: string
  owner: string
  /** When nobody may accept any more, ISO 8601; null without a deadline. */
  deadline: string | null
  /** Every value that can be searched for, in lower case. */
  haystack: string
}

const turns: readonly Turn[] = ["atlas", "you", "works", "failed", "closing"]

/**
 * Makes rows that stay the same objects for as long as what they show does, so that one changed connection renders one row.
 * It rests on the query cache, which keeps the identity of what came unchanged in a new answer.
 */
export function createRowMaker(): (projects: readonly InventoryProject[]) => InventoryRow[] {
  const known = new WeakMap<InventoryPeering, InventoryRow>()
  return (projects) =>
    projects.flatMap(({ project, peerings, containers }) => {
      const byKey = new Map(
        containers.map((container) => [keyOf(container.providerName, container.id), container]),
      )
      return peerings.map((peering) => {
        const container = byKey.get(keyOf(peering.peer.providerName, peering.peer.containerId)) ?? null
        const before = known.get(peering)
        if (before !== undefined && before.project === project && before.container === container)
          return before
        const row = toRow(project, peering, container)
        known.set(peering, row)
        return row
      })
    })
}

function keyOf(providerName: string, containerId: string | null | undefined): string {
  return `${providerName} ${containerId}`
}

function toRow(project: Project, peering: InventoryPeering, container: Container | null): InventoryRow {
  const { peer, label } = peering
  const turn = turns.find((one) => one === peering.turn) ?? "unknown"
  const { network, owner } = toNetwork(peer)
  return {
    key: `${project.id}/${peer.providerName}/${peering.id}`,
    project,
    peering,
    container,
    turn,
    name: label ?? (network || peering.id),
    network,
    owner,
    deadline:
      turn === "you" && peer.providerName === "AWS" ? toAcceptanceDeadline(peering.statusSince) : null,
    haystack: [
      project.name,
      project.id,
      label,
      peering.createdBy,
      ...Object.values(peer),
      ...Object.values(container ?? {}),
    ]
      .filter((value) => typeof value === "string")
      .join("\n")
      .toLowerCase(),
  }
}

function toNetwork(peer: AtlasPeer): { network: string; owner: string } {
  switch (peer.providerName) {
    case "AWS":
      return { network: peer.vpcId ?? "", owner: peer.awsAccountId ?? "" }
    case "GCP":
      return { network: peer.networkName ?? "", owner: peer.gcpProjectId ?? "" }
    case "AZURE":
      return { network: peer.vnetName ?? "", owner: peer.resourceGroupName ?? "" }
  }
}

/** Where the Atlas side lies, in Atlas's words; an empty text when that is not known. */
export function toAtlasRegion({ container }: InventoryRow): string {
  if (container === null) return ""
  return readContainerRegion(container) ?? (container.providerName === "GCP" ? "every region" : "")
}
