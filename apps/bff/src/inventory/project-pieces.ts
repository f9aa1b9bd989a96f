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
import type { Container, Peering, PeeringList, Project } from "@peering-desk/shared-schemas"
import { CachedRead } from "#base/cached-read.ts"
import type { Clock } from "#base/clock.ts"
import { createKeptValues } from "#base/kept-values.ts"
import { createLimiter } from "#base/limiter.ts"
import { listDeletedPeerings, type DeletedPeeringsDeps } from "#history/deleted-peerings.ts"
import type { ProjectCache } from "#projects/project-cache.ts"

interface PiecesDeps extends DeletedPeeringsDeps {
  projectCache: ProjectCache
  clock: Clock
}

type Peerings = readonly Peering[]

const deletedMaxAgeMs = 15_000
const deletedAtOnce = 8
const none: Container[] = []

/** What answers about all projects are put together from, computed once after each change of a project for all viewers. */
export class ProjectPieces {
  readonly #summaries = createKeptValues<Peerings, ReturnType<typeof summarisePeerings>>()
  readonly #listed = createKeptValues<Peerings, string[]>()
  readonly #rows = createKeptValues<Peerings, readonly InventoryRow[]>()
  readonly #deleted = createKeptValues<Peerings, CachedRead<readonly InventoryRow[]>>()
  readonly #sources = createKeptValues<PeeringList, OverviewSource>()
  readonly #sorted = new WeakMap<readonly InventoryRow[], Map<SortName, Sorting>>()
  readonly #limitDeleted = createLimiter(deletedAtOnce)
  readonly #deps: PiecesDeps

  constructor(deps: PiecesDeps) {
    this.#deps = deps
  }

  /** Returns what is known of a project but its connections: the same object until one of its lists changes. */
  toSource(projectId: string): OverviewSource {
    const { pollers, projectCache } = this.#deps
    const list = pollers.live.list(projectId)
    const { accessList, clusters, containers } = projectCache.of(projectId)
    const { kept } = containers
    const [{ value: running }, { value: entries }] = [clusters.kept, accessList.kept]
    return this.#sources(list, [kept, running, entries], () => {
      const { value, failure } = kept
      const { peerings, watches } = list
      const lists = {
        containers: value ?? [],
        containersProblem: failure?.code ?? (value === null ? ("atlas_timeout" as const) : null),
        watches,
        listed:
          entries &&
          this.#listed(peerings, [entries], () => pickCovered(entries, peerings.flatMap(toGivenBlock))),
        running: running && listRunning(value ?? [], running),
      }
      const toSummary = () => summarisePeerings(peerings.map(toInventoryPeering))
      return toOverviewSource(projectId, lists, this.#summaries(peerings, [], toSummary))
    })
  }

  /** Returns the rows of a project as lists search and sort them: the same array until one of them changes. */
  listRows({ id, name }: Project): readonly InventoryRow[] {
    const { peerings, containers } = this.#listOf(id)
    return this.#rows(peerings, [id, name, containers], () => {
      const drawn = { watches: [], listed: null, running: null }
      const listed = peerings.map(toInventoryPeering)
      return createRowMaker()([{ project: { id, name }, peerings: listed, containers, ...drawn }])
    })
  }

  /** Reads the rows of what Atlas no longer lists, again after a change of the project or 15 s. */
  async readDeleted({ id, name }: Project): Promise<readonly InventoryRow[]> {
    const { peerings, containers } = this.#listOf(id)
    const read = async (): Promise<readonly InventoryRow[]> => {
      const deleted = await this.#limitDeleted(() => listDeletedPeerings(this.#deps, id))
      return deleted.map((one) => makeDeletedRow({ id, name }, one, containers))
    }
    const toCached = () => new CachedRead(read, this.#deps.clock)
    return await this.#deleted(peerings, [id, name, containers], toCached).give(deletedMaxAgeMs)
  }

  #listOf(projectId: string): { peerings: Peerings; containers: Container[] } {
    const { pollers, projectCache } = this.#deps
    const { peerings } = pollers.live.list(projectId)
    return { peerings, containers: projectCache.of(projectId).containers.kept.value ?? none }
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

const toGivenBlock = ({ peer }: Peering) =>
  peer.providerName === "AWS" && peer.routeTableCidrBlock ? [peer.routeTableCidrBlock] : []
