import {
  providerNames,
  type AddressList,
  type AtlasPeer,
  type Container,
  type Peering,
  type PeeringList,
  type ProblemCode,
  type Project,
  type ProjectAddresses,
  type ProviderName,
  type Watch,
} from "@peering-desk/shared-schemas"
import type { Cached } from "#base/cached-read.ts"
import { toInstant } from "#base/clock.ts"
import { createKeptValues } from "#base/kept-values.ts"
import { toJsonPiece, type JsonPiece } from "#http/json-text.ts"
import type { PollerPool } from "#polling/poller-pool.ts"
import type { ProjectCache } from "#projects/project-cache.ts"

export interface AddressDeps {
  projectCache: ProjectCache
  pollers: PollerPool
}

interface ListState {
  name: AddressList
  readAt: number | null
  problem: ProblemCode | null
}

/** Builds what occupies addresses in projects from what is known now. */
export class AddressBuilder {
  readonly #deps: AddressDeps
  readonly #built = createKeptValues<PeeringList, ProjectAddresses>()
  readonly #peers = createKeptValues<readonly Peering[], AtlasPeer[]>()
  readonly #pieces = createKeptValues<ProjectAddresses, JsonPiece>()

  constructor(deps: AddressDeps) {
    this.#deps = deps
  }

  /**
   * Builds them for one project. A list that failed has its problem and hides no other list. What did not change is the same object as
   * before, by which `toTakenBlocks` and others know it.
   * @param withMode whether peering-only mode is known for this project
   */
  build(project: Project, withMode: boolean): ProjectAddresses {
    const { containers, privateIpMode } = this.#deps.projectCache.of(project.id)
    const { name, keyMayCreate, keyKind } = project
    const { kept } = containers
    const mode = withMode ? (privateIpMode.kept.value?.enabled ?? null) : null
    const list = this.#deps.pollers.live.list(project.id)
    return this.#built(list, [kept, mode, name, keyMayCreate, keyKind], () => {
      const { peerings, watches } = list
      const peers = this.#peers(peerings, [], () => peerings.map(({ peer }) => peer))
      return { project, peers, privateIpMode: mode, ...describeLists(kept, watches) }
    })
  }

  /** Returns the JSON of what `build` gave, written once. */
  toJson(addresses: ProjectAddresses): JsonPiece {
    return this.#pieces(addresses, [], () => toJsonPiece(addresses))
  }
}

function describeLists(containers: Cached<Container[]>, watches: readonly Watch[]) {
  const lists: ListState[] = [
    { name: "containers", readAt: containers.readAt, problem: containers.failure?.code ?? null },
    ...providerNames.map((name) => toListState(name, watches)),
  ]
  const unread = lists.filter((list) => list.readAt === null).map(({ name }) => name)
  const times = lists.flatMap((list) => list.readAt ?? [])
  const problem = lists.flatMap((list) => list.problem ?? []).at(0)
  return {
    containers: containers.value ?? [],
    readAt: times.length === 0 ? null : toInstant(Math.min(...times)),
    problem: problem ?? (unread.length > 0 ? ("atlas_timeout" as const) : null),
    ...(unread.length > 0 && { unread }),
  }
}

function toListState(name: ProviderName, watches: readonly Watch[]): ListState {
  const watch = watches.find(({ providerName }) => providerName === name)
  return {
    name,
    readAt: watch?.checkedAt == null ? null : Date.parse(watch.checkedAt),
    problem: watch?.problem ?? null,
  }
}
