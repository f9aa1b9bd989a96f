import {
  createRowMaker,
  findNextOrder,
  listRunning,
  makeDeletedRow,
  pickCovered,
  summarisePeerings,
  toInventoryPeering,
  toOverviewSource,
  toSorted,
  type InventoryRow,
  type OverviewSource,
  type SortedRow,
  type SortName,
} from "@peering-desk/peering-rules"
import type { AccessListEntry, AtlasPeer, Container, Peering, Project } from "@peering-desk/shared-schemas"
import { CachedRead } from "#base/cached-read.ts"
import type { Clock } from "#base/clock.ts"
import { createLimiter } from "#base/limiter.ts"
import { listDeletedPeerings, type DeletedPeeringsDeps } from "#history/deleted-peerings.ts"
import type { ProjectCache } from "#projects/project-cache.ts"

interface PiecesDeps extends DeletedPeeringsDeps {
  projectCache: ProjectCache
  clock: Clock
}

const deletedMaxAgeMs = 15_000
const deletedAtOnce = 8
const none: Container[] = []

/** What answers about all projects are put together from, computed once after each change of a project for all viewers. */
export class ProjectPieces {
  readonly #toSummary = createKept((peerings) => summarisePeerings(peerings.map(toInventoryPeering)))
  readonly #toListed = createKept((peerings, entries: readonly AccessListEntry[]) =>
    pickCovered(
      entries,
      peerings.flatMap(({ peer }) => toGivenBlock(peer)),
    ),
  )
  readonly #toRows = createKept(
    (peerings, id: string, name: string, containers: Container[]): readonly InventoryRow[] => {
      const drawn = { watches: [], listed: null, running: null }
      const listed = peerings.map(toInventoryPeering)
      return createRowMaker()([{ project: { id, name }, peerings: listed, containers, ...drawn }])
    },
  )
  readonly #toDeleted = createKept(
    (_, id: string, name: string, containers: Container[]) =>
      new CachedRead(async (): Promise<readonly InventoryRow[]> => {
        const deleted = await this.#limitDeleted(() => listDeletedPeerings(this.#deps, id))
        return deleted.map((one) => makeDeletedRow({ id, name }, one, containers))
      }, this.#deps.clock),
  )
  readonly #sorted = new WeakMap<readonly InventoryRow[], Map<SortName, Sorting>>()
  readonly #limitDeleted = createLimiter(deletedAtOnce)
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

  /** Returns the rows of a project as lists search and sort them: the same array until one of them changes. */
  listRows({ id, name }: Project): readonly InventoryRow[] {
    const { pollers, projectCache } = this.#deps
    return this.#toRows(
      pollers.live.list(id).peerings,
      id,
      name,
      projectCache.of(id).containers.kept.value ?? none,
    )
  }

  /** Reads the rows of what Atlas no longer lists, again after a change of the project or 15 s. */
  async readDeleted({ id, name }: Project): Promise<readonly InventoryRow[]> {
    const { pollers, projectCache } = this.#deps
    const containers = projectCache.of(id).containers.kept.value ?? none
    return await this.#toDeleted(pollers.live.list(id).peerings, id, name, containers).give(deletedMaxAgeMs)
  }

  /** Returns rows in ascending order, sorted once for all viewers. */
  sort(rows: readonly InventoryRow[], by: SortName): readonly SortedRow[] {
    const now = this.#deps.clock.now()
    const sortings = this.#sorted.get(rows) ?? new Map<SortName, Sorting>()
    this.#sorted.set(rows, sortings)
    const known = sortings.get(by)
    if (known !== undefined && known.from <= now && now < known.until) return known.rows
    const sorted = toSorted(rows, by, now)
    sortings.set(by, { from: now, until: findNextOrder(rows, by, now), rows: sorted })
    return sorted
  }
}

/** Rows in the order that they have for some time, in milliseconds since 1970. */
interface Sorting {
  from: number
  until: number
  rows: readonly SortedRow[]
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
