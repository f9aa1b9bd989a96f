import {
  findContainerOf,
  listRequestNames,
  readAtlasPeer,
  readContainer,
  readStatus,
  type AtlasPeer,
  type Container,
  type DeclineAnswers,
  type HandOffView,
  type Peering,
} from "@peering-desk/shared-schemas"
import {
  buildPath,
  computeExpiry,
  failedWhileAvailable,
  toStatusSince,
  getWaitingOn,
} from "@peering-desk/peering-rules"
import { AppError } from "#base/app-error.ts"
import type { Cached } from "#base/cached-read.ts"
import { toInstant } from "#base/clock.ts"
import type { KeptHandOff } from "./hand-offs.ts"
import type { PeeringStore } from "#polling/peering-store.ts"
import { freshForMs, type PollerPool } from "#polling/poller-pool.ts"
import { readAnnotations } from "#polling/read-annotations.ts"
import { otherMaxAgeMs, shownMaxAgeMs, type ProjectCache } from "#projects/project-cache.ts"
import type { Store } from "#store/store.ts"

export interface HandOffViewDeps {
  store: Store
  peeringStore: PeeringStore
  pollers: PollerPool
  projectCache: ProjectCache
}

/** The fields of a peering and of its container that its link shows. Atlas's other fields are left out. */
const stateOfPeer = "id connectionId errorMessage errorState errorStateName status statusName".split(" ")
const shownOfContainer: Record<AtlasPeer["providerName"], string> = {
  AWS: "id atlasCidrBlock provisioned regionName vpcId",
  GCP: "id atlasCidrBlock gcpProjectId networkName provisioned regions",
  AZURE: "id atlasCidrBlock azureSubscriptionId provisioned region vnetName",
}

export type SeenState = Pick<Peering, "peer" | "history" | "beginSeen"> & { gone: boolean }

/**
 * Returns what the network's owner sees of the peering of a link.
 * @throws AppError `peering_not_found` when it is unknown, or why Atlas can't be read
 */
export async function readHandOffView(
  deps: HandOffViewDeps,
  handOff: KeptHandOff,
  maxAgeMs = freshForMs,
): Promise<HandOffView> {
  const { pollers, projectCache, store } = deps
  const { projectId, providerName, peeringId } = handOff
  await pollers.of(projectId, providerName).poll(maxAgeMs)
  const state = await findState(deps, handOff)
  const { peer, history, gone } = state
  const { value: containers } = await projectCache.of(projectId).containers.refresh(shownMaxAgeMs)
  const container = findContainerOf(peer, containers ?? [])
  const expiry = gone ? null : computeExpiry({ id: peeringId, peer, history })
  const annotation = (await readAnnotations(store, projectId, [peeringId]))(peeringId)
  return {
    askedBy: { name: handOff.madeBy, email: handOff.madeByEmail },
    reason: annotation.createReason ?? null,
    label: annotation.label,
    ...(await readAtlasStops(projectCache.of(projectId), state, container)),
    providerName,
    projectName: await projectCache.readName(projectId),
    peer: toShownPeer(peer),
    container: container === null ? null : toShownContainer(container),
    status: readStatus(peer),
    turn: gone ? "gone" : getWaitingOn(peer),
    statusSince: toStatusSince(history),
    failedWhileAvailable: getWaitingOn(peer) === "failed" && failedWhileAvailable(state),
    expiresEarliest: expiry?.earliest ?? null,
    expiresLatest: expiry?.latest ?? null,
    checkedAt: pollers.live.watchOf(projectId, providerName)?.checkedAt ?? null,
    expiresAt: toInstant(handOff.expiresAt),
    declined: toDeclined(handOff, annotation.declined?.answers ?? []),
  }
}

function toDeclined(
  { declinedAt, declineReason, lastPressedAt }: KeptHandOff,
  answers: DeclineAnswers,
): HandOffView["declined"] {
  if (declinedAt === null || (lastPressedAt ?? 0) > declinedAt) return null
  const at = toInstant(declinedAt)
  return { at, reason: declineReason ?? "", answers: answers.filter((answer) => answer.at >= at) }
}

/** Says how far Atlas's side is, without what the project's lists name. */
async function readAtlasStops(
  { accessList, clusters }: Pick<ReturnType<ProjectCache["of"]>, "accessList" | "clusters">,
  { peer, history, gone: isGone }: SeenState,
  container: Container | null,
): Promise<Pick<HandOffView, "accessListed" | "clusterRuns">> {
  const [entries, running] = isGone
    ? []
    : await Promise.all([accessList.refresh(otherMaxAgeMs), clusters.refresh(otherMaxAgeMs)])
  const known = { container, facts: null, entries: toRead(entries), clusters: toRead(running) }
  const { stops } = buildPath({ peer, history }, { ...known, isGone, checkedAt: null, now: 0 })
  const holds = (id: string) => {
    const state = stops.find((stop) => stop.id === id)?.state ?? "not-checked"
    return isGone || state === "not-checked" ? null : state === "proven"
  }
  return { accessListed: holds("access-list"), clusterRuns: holds("cluster") }
}

function toRead<Value>(read: Cached<Value> | undefined): { value: Value; at: null } | undefined {
  return read === undefined || read.failure !== null || read.value === null
    ? undefined
    : { value: read.value, at: null }
}

/** @throws AppError `peering_not_found` when it is unknown, or why Atlas can't be read */
export async function findState(
  { peeringStore, pollers }: HandOffViewDeps,
  { projectId, peeringId, providerName }: KeptHandOff,
): Promise<SeenState> {
  const there = pollers.live.find(projectId, peeringId)
  if (there !== null) return { ...there, gone: false }
  const deleted = (await peeringStore.loadGone(projectId)).find(({ id }) => id === peeringId)
  if (deleted === undefined)
    throw pollers.of(projectId, providerName).failure ?? new AppError("peering_not_found")
  return { ...deleted, gone: true }
}

function toShownPeer(peer: AtlasPeer): AtlasPeer {
  const fields = pick(peer, [...listRequestNames(peer.providerName), ...stateOfPeer])
  const shown = readAtlasPeer(fields, peer.providerName)
  if (shown === null) throw new Error("A connection lost its id")
  return shown
}

function toShownContainer(container: Container): Container | null {
  return readContainer(
    pick(container, shownOfContainer[container.providerName].split(" ")),
    container.providerName,
  )
}

function pick(thing: object, shown: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(thing).filter(([name]) => shown.includes(name)))
}
