import { getStatusWaitingOn } from "@peering-desk/peering-rules"
import {
  escapeInvisible,
  type AuditAction,
  type DeclineAnswers,
  type FindingKind,
  type ObservedStatus,
  type Peering,
  type RawAnswer,
} from "@peering-desk/shared-schemas"
import { readActorName } from "#audit/actor-fields.ts"
import { readData, readHappenedAt } from "#audit/chain/event-data.ts"
import { readEvents, type StoredEvent } from "#audit/chain/event-rows.ts"
import { toBatches } from "#base/batches.ts"
import { toInstant } from "#base/clock.ts"
import type { Store } from "#store/store.ts"
import { nameActor, readManagedNames } from "./outside-changes.ts"
import { readPeeringActs } from "./peering-acts.ts"

/** An act of a person on a peering, with the reason in their own words. The time is in milliseconds since 1970. */
interface Act {
  name: string
  at: number
  reason: string | null
}

type GonePeering = Pick<Peering, "id" | "peer" | "history">

/**
 * Returns who deleted the peerings of a project that are gone, by peering id, here or in Atlas. An attempt without an answer counts: its
 * peering is gone. One that Azure let fail doesn't.
 */
export async function readDeletions(
  store: Store,
  projectId: string,
  gone: readonly GonePeering[],
): Promise<Map<string, Act>> {
  const failedAt = new Map(gone.map((peering) => [peering.id, readFailedAt(peering)]))
  const about = { projectId, peeringIds: [...failedAt.keys()] }
  const rows = await readPeeringActs(store.db, about, ["peering-delete", "atlas-peering-delete"])
  const names = await readManagedNames(store.db, projectId)
  const isUnsuccessful = ({ outcome }: StoredEvent) => outcome === "refused" || outcome === "failed"
  const unsuccessful = new Set(rows.filter(isUnsuccessful).map(({ attempt }) => attempt))
  const isDeletion = (row: StoredEvent) =>
    row.phase !== "outcome" &&
    !unsuccessful.has(row.number) &&
    readHappenedAt(row) >= (failedAt.get(row.peering_id ?? "") ?? 0)
  return toFirstActs(rows.filter(isDeletion), names)
}

/** Returns when a poll last saw that a deletion had failed; 0 if none did. Milliseconds since 1970. */
function readFailedAt({ peer, history }: GonePeering): number {
  const isClosing = (at: number) =>
    getStatusWaitingOn(peer.providerName, history[at]?.status ?? null) === "closing"
  const failed = history.findLast((_, at) => !isClosing(at) && isClosing(at - 1))
  return failed === undefined ? 0 : Date.parse(failed.at)
}

/** Returns the answers that people wrote to declines of some peerings, by peering id, oldest first. */
export async function readDeclineAnswers(
  store: Store,
  projectId: string,
  peeringIds: readonly string[],
): Promise<Map<string, DeclineAnswers>> {
  const answers = new Map<string, DeclineAnswers>()
  for (const row of await readPeeringActs(store.db, { projectId, peeringIds }, ["decline-answered"])) {
    const { detail, reason } = readData(row)
    const by = readActorName(row.actor_name ?? "", detail)
    const answer = { at: toInstant(row.at), by, text: reason ?? "" }
    const id = row.peering_id ?? ""
    answers.set(id, [...(answers.get(id) ?? []), escapeInvisible(answer)])
  }
  return answers
}

/** Returns Atlas's first answer about each of some peerings of a project, unchanged. */
export async function readFirstAnswers(
  store: Store,
  projectId: string,
  peeringIds: readonly string[],
): Promise<{ id: string; raw: RawAnswer }[]> {
  const rows = await readPeeringActs(store.db, { projectId, peeringIds }, ["peering-found"])
  const first = new Map(rows.toReversed().map((row) => [row.peering_id ?? "", row]))
  return [...first].map(([id, row]) => ({ id, raw: readData(row).after ?? {} }))
}

function toFirstActs(rows: readonly StoredEvent[], names: ReadonlyMap<string, string>): Map<string, Act> {
  const acts = new Map<string, Act>()
  for (const row of rows) {
    if (row.peering_id === null || acts.has(row.peering_id)) continue
    const name = nameActor(row, names) ?? ""
    const reason = escapeInvisible(readData(row).reason)
    acts.set(row.peering_id, { name, at: readHappenedAt(row), reason })
  }
  return acts
}

/** The findings that begin another status of a peering. */
export const statusKinds = [
  "peering-found",
  "peering-status",
  "peering-gone",
] as const satisfies FindingKind[]
const historyColumns = ["project_id", "provider_name", "peering_id", "at", "kind", "status"] as const

interface PeeringName {
  projectId: string
  providerName: string
  id: string
}

/** Names a peering: Atlas counts ids separately in each cloud. */
export function toPeeringKey({ projectId, providerName, id }: PeeringName): string {
  return `${projectId} ${providerName} ${id}`
}

/** Reads each peering's statuses since Atlas last began to list it, oldest first, by its key. */
export async function readStatuses(
  store: Store,
  peerings: readonly PeeringName[],
): Promise<Map<string, ObservedStatus[]>> {
  const histories = new Map<string, ObservedStatus[]>()
  const projects = [...new Set(peerings.map(({ projectId }) => projectId))]
  for (const ids of toBatches([...new Set(peerings.map(({ id }) => id))])) {
    const rows = await readEvents(
      store.db,
      (query) =>
        query
          .where("peering_id", "in", ids)
          .where("project_id", "in", projects)
          .where("kind", "in", statusKinds)
          .orderBy("number"),
      historyColumns,
    )
    for (const { project_id: projectId, provider_name: providerName, peering_id: id, ...row } of rows) {
      const key = toPeeringKey({ projectId: projectId ?? "", providerName: providerName ?? "", id: id ?? "" })
      if (row.kind === "peering-found") histories.delete(key)
      if (row.kind === "peering-gone") continue
      const history = histories.get(key) ?? []
      histories.set(key, [...history, { status: row.status, at: toInstant(row.at) }])
    }
  }
  return histories
}

/** Actions on a project that affect its peerings, and findings that do. */
const projectKinds: (AuditAction | FindingKind)[] = [
  "access-list-add",
  "container-create",
  "container-delete",
  "private-ip-mode-change",
  "custom-dns-change",
  "atlas-container-change",
  "atlas-container-delete",
  "atlas-access-list-add",
  "atlas-access-list-change",
  "atlas-access-list-remove",
  "polling-gap",
]
const mostRows = 1_000

/** Reads what happened to one peering, oldest first, at most the newest 1,000 events. */
export async function readPeeringEvents(
  store: Store,
  projectId: string,
  peeringId: string,
): Promise<{ rows: StoredEvent[]; isWhole: boolean }> {
  const newest = await readEvents(store.db, (query) =>
    query
      .where("project_id", "=", projectId)
      .where("peering_id", "=", peeringId)
      .orderBy("number", "desc")
      .limit(mostRows),
  )
  // The attempt of a create was written before the peering had an id.
  const attempts = new Set(newest.flatMap(({ attempt }) => attempt ?? []))
  for (const { number } of newest) attempts.delete(number)
  const before =
    attempts.size === 0
      ? []
      : await readEvents(store.db, (query) => query.where("number", "in", [...attempts]))
  const rows = [...before, ...newest].sort((one, other) => one.number - other.number)
  return { rows, isWhole: newest.length < mostRows }
}

/** Reads what happened around the peerings of a project, to none of them, between two times in milliseconds since 1970. */
export async function readProjectEvents(
  store: Store,
  projectId: string,
  { from, until }: { from: number; until: number },
): Promise<StoredEvent[]> {
  const newest = await readEvents(store.db, (query) =>
    query
      .where("project_id", "=", projectId)
      .where("peering_id", "is", null)
      .where("kind", "in", projectKinds)
      .where("at", ">=", from)
      .where("at", "<=", until)
      .orderBy("number", "desc")
      .limit(mostRows),
  )
  return newest.reverse()
}
