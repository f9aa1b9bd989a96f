import {
  readCidrRange,
  toAcceptanceDeadline,
  type CidrRange,
  type WaitingOn,
} from "@peering-desk/peering-rules"
import type {
  Container,
  InventoryPeering,
  InventoryProject,
  ProviderName,
  Project,
} from "@peering-desk/shared-schemas"
import { toNetworkLines, toTitleLines } from "#copy/peerings.ts"

/** One connection of the table, with all that is shown, sorted by and searched. */
export interface InventoryRow {
  /** Ids of connections are not said to be unique over projects. */
  key: string
  project: Project
  peering: InventoryPeering
  container: Container | null
  turn: WaitingOn
  /** As a project's own list calls it, in two lines. */
  title: string
  below: string
  /** Whose the network is, and what more tells it apart. */
  network: ReturnType<typeof toNetworkLines>
  /** When nobody may accept any more, ISO 8601; null without a deadline. It comes earlier when the beginning was not seen. */
  deadline: string | null
  /** Every value that can be searched for, in lower case. */
  haystack: string
  /** The addresses of both ends, as far as Atlas tells them. */
  blocks: readonly CidrRange[]
}

const turns: readonly WaitingOn[] = ["atlas", "you", "works", "failed", "closing"]

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

function keyOf(providerName: ProviderName, containerId: string | null | undefined): string {
  return `${providerName} ${containerId}`
}

function toRow(project: Project, peering: InventoryPeering, container: Container | null): InventoryRow {
  const { peer, label } = peering
  const turn = turns.find((one) => one === peering.turn) ?? "unknown"
  const [title, below] = toTitleLines(peer, label, container)
  const network = toNetworkLines(peer)
  const isAsked = turn === "you" && peer.providerName === "AWS"
  const cidrs = [peer.providerName === "AWS" ? peer.routeTableCidrBlock : null, container?.atlasCidrBlock]
  return {
    key: `${project.id}/${peer.providerName}/${peering.id}`,
    project,
    peering,
    container,
    turn,
    title,
    below,
    network,
    deadline: isAsked ? toAcceptanceDeadline(peering.statusSince) : null,
    haystack: [
      project.name,
      project.id,
      label,
      below,
      ...network,
      peering.createdBy,
      ...Object.values(peer),
      ...Object.values(container ?? {}),
    ]
      .filter((value) => typeof value === "string")
      .join("\n")
      .toLowerCase(),
    blocks: cidrs.map((cidr) => readCidrRange(cidr ?? "")).filter((range) => range !== null),
  }
}
