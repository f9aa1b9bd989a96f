import {
  listRunning,
  pickCovered,
  summarisePeerings,
  toInventoryPeering,
  toOverviewSource,
  type OverviewSource,
} from "@peering-desk/peering-rules"
import type { AccessListEntry, AtlasPeer, Peering } from "@peering-desk/shared-schemas"
import { toJsonPiece, type JsonPiece } from "#http/json-text.ts"
import type { PollerPool } from "#polling/poller-pool.ts"
import type { ProjectCache } from "#projects/project-cache.ts"

interface PiecesDeps {
  projectCache: ProjectCache
  pollers: PollerPool
}

/** What answers about all projects are put together from, computed once after each change of a project for all viewers. */
export class ProjectPieces {
  /** The JSON of a project's connections. */
  readonly toJson = createKept((peerings): JsonPiece => toJsonPiece(peerings.map(toInventoryPeering)))
  readonly #toSummary = createKept((peerings) => summarisePeerings(peerings.map(toInventoryPeering)))
  readonly #toListed = createKept((peerings, entries: readonly AccessListEntry[]) =>
    pickCovered(
      entries,
      peerings.flatMap(({ peer }) => toGivenBlock(peer)),
    ),
  )
  readonly #deps: PiecesDeps
  readonly #sources = new Map<string, { of: readonly unknown[]; source: OverviewSource }>()

  constructor(deps: PiecesDeps) {
    this.#deps = deps
  }

  /** Returns what is known of a project but its connections: the same object until one of its lists changes. */
  toSource(projectId: string): OverviewSource {
    const { pollers, projectCache } = this.#deps
    const list = pollers.live.list(projectId)
    const { accessList, clusters, containers } = projectCache.of(projectId)
    const of = [list, containers.kept, clusters.kept.value, accessList.kept.value]
    const known = this.#sources.get(projectId)
    if (known !== undefined && known.of.every((one, at) => one === of[at])) return known.source
    const { value, failure } = containers.kept
    const { value: entries } = accessList.kept
    const lists = {
      containers: value ?? [],
      containersProblem: failure?.code ?? (value === null ? ("atlas_timeout" as const) : null),
      watches: list.watches,
      listed: entries && this.#toListed(list.peerings, entries),
      running: clusters.kept.value && listRunning(value ?? [], clusters.kept.value),
    }
    const source = toOverviewSource(projectId, lists, this.#toSummary(list.peerings))
    this.#sources.set(projectId, { of, source })
    return source
  }
}

const toGivenBlock = (peer: AtlasPeer) =>
  peer.providerName === "AWS" && peer.routeTableCidrBlock ? [peer.routeTableCidrBlock] : []

/** Keeps what was computed of a list of peerings, which is another object after a change of one of them, and of other lists. */
function createKept<Others extends readonly unknown[], Value>(
  compute: (peerings: readonly Peering[], ...others: Others) => Value,
): (peerings: readonly Peering[], ...others: Others) => Value {
  const kept = new WeakMap<readonly Peering[], { others: Others; value: Value }>()
  return (peerings, ...others) => {
    const known = kept.get(peerings)
    if (known !== undefined && known.others.every((one, at) => one === others[at])) return known.value
    const value = compute(peerings, ...others)
    kept.set(peerings, { others, value })
    return value
  }
}
