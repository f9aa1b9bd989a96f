import {
  providerNames,
  type AddressList,
  type AtlasPeer,
  type Container,
  type PeeringList,
  type ProblemCode,
  type Project,
  type ProjectAddresses,
  type ProviderName,
  type Watch,
} from "@peering-desk/shared-schemas"
import type { Cached } from "#base/cached-read.ts"
import { toInstant } from "#base/clock.ts"
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

/** What is known of a project at a moment. */
interface Known {
  project: Project
  containers: Cached<Container[]>
  mode: boolean | null
  list: PeeringList
}

/** Builds what occupies addresses in projects from what is known now. */
export class AddressBuilder {
  readonly #deps: AddressDeps
  readonly #built = new Map<string, { of: Known; addresses: ProjectAddresses }>()
  readonly #pieces = new WeakMap<ProjectAddresses, JsonPiece>()

  constructor(deps: AddressDeps) {
    this.#deps = deps
  }

  /**
   * Builds them for one project. A list that failed has its problem and hides no other list. What did not change is the same object as
   * before, by which `toTakenBlocks` and others know it.
   * @param withMode whether peering-only mode is known for this project
   */
  build(project: Project, withMode: boolean): ProjectAddresses {
    const { live } = this.#deps.pollers
    const { containers, privateIpMode } = this.#deps.projectCache.of(project.id)
    const known: Known = {
      project,
      containers: containers.kept,
      mode: withMode ? (privateIpMode.kept.value?.enabled ?? null) : null,
      list: live.list(project.id),
    }
    const before = this.#built.get(project.id)
    if (before !== undefined && isSame(before.of, known)) return before.addresses
    const { peerings } = known.list
    const peers =
      before?.of.list.peerings === peerings ? before.addresses.peers : peerings.map(({ peer }) => peer)
    const addresses = toAddresses(known, peers)
    this.#built.set(project.id, { of: known, addresses })
    return addresses
  }

  /** Returns the JSON of what `build` gave, written once. */
  toJson(addresses: ProjectAddresses): JsonPiece {
    const piece = this.#pieces.get(addresses) ?? toJsonPiece(addresses)
    this.#pieces.set(addresses, piece)
    return piece
  }
}

function isSame(one: Known, other: Known): boolean {
  return (
    one.containers === other.containers &&
    one.mode === other.mode &&
    one.project.name === other.project.name &&
    one.project.keyMayCreate === other.project.keyMayCreate &&
    one.project.keyKind === other.project.keyKind &&
    one.list === other.list
  )
}

function toAddresses(
  { project, containers, mode, list: { watches } }: Known,
  peers: AtlasPeer[],
): ProjectAddresses {
  const lists: ListState[] = [
    { name: "containers", readAt: containers.readAt, problem: containers.failure?.code ?? null },
    ...providerNames.map((name) => toListState(name, watches)),
  ]
  const unread = lists.filter((list) => list.readAt === null).map(({ name }) => name)
  const times = lists.flatMap((list) => list.readAt ?? [])
  const problem = lists.flatMap((list) => list.problem ?? []).at(0)
  return {
    project,
    containers: containers.value ?? [],
    peers,
    privateIpMode: mode,
    readAt: times.length === 0 ? null : toInstant(Math.min(...times)),
    problem: problem ?? (unread.length > 0 ? "atlas_timeout" : null),
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
