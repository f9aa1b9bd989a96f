import {
  readContainerRegion,
  readStatus,
  toAtlasRegionName,
  type AtlasPeer,
  type Check,
  type PeeringDraft,
  type SuggestedFix,
} from "@peering-desk/shared-schemas"
import { toBlockChanges, toOwnOtherBlockChanges } from "./block-changes.ts"
import { toContainerChanges } from "./container-changes.ts"
import { costs, hasRed, type DraftChange, type RefusedDraft } from "./draft-change.ts"
import {
  readValue,
  toDraftReading,
  toFacts,
  type DraftReading,
  type SnapshotFacts,
} from "#draft/parse-draft.ts"
import { createRoomFinder, type FindRoom } from "./free-room.ts"
import { toFieldFixChanges, toKnownValueChanges } from "./field-fix-changes.ts"
import { runChecks } from "#checks/preflight-checks.ts"
import { findDuplicates } from "#checks/duplicate-checks.ts"
import { findStalePeers } from "./stale-peers.ts"

/** Limits of one search: drafts tried, changes in a row, drafts kept for the next step, fixes shown. */
const limits = { tries: 60, steps: 3, branches: 6, shown: 5 }

/** Checks that no change of the draft can help. */
const beyondTheDraft = ["quota", "quota-pending", "key-rights"] as const

/** A changed draft with the changes that led to it. */
interface Attempt {
  draft: PeeringDraft
  changes: readonly DraftChange[]
}

/**
 * Finds the smallest changes after which the verdict is not red, cheapest first. Each one was tried on the draft.
 * Combines changes only when no single one is enough. Another region than the network's reaches other clusters than the wanted ones:
 * it comes last, and is no answer alone.
 */
export function suggestFixes(reading: DraftReading): SuggestedFix[] {
  const trouble = readTrouble(reading, createRoomFinder(reading))
  if (trouble.reds.length === 0) return []
  return withoutMovesAlone(
    [...toOpenings(trouble), ...toDeletions(trouble), ...toFillings(trouble), ...toModeSwitch(trouble)]
      .sort((a, b) => a.cost - b.cost)
      .slice(0, limits.shown),
  )
}

function withoutMovesAlone(fixes: SuggestedFix[]): SuggestedFix[] {
  return (fixes[0]?.cost ?? 0) < costs.moveToOtherRegion ? fixes : []
}

/** Tells if a change puts Atlas's side into another region than it has and than the network has. */
function movesRegion(draft: PeeringDraft, reading: DraftReading): boolean {
  const after = readAtlasRegion(toDraftReading(draft, reading))
  const own = readValue(reading, "accepterRegionName")
  const homes = [readAtlasRegion(reading), own === null ? null : toAtlasRegionName(own)].filter(
    (region) => region !== null,
  )
  return after !== null && homes.length > 0 && !homes.includes(after)
}

function readAtlasRegion({ isNew, draft, container }: DraftReading): string | null {
  if (isNew) return draft.newContainer?.region ?? null
  return container === null ? null : readContainerRegion(container)
}

const isOverlapOfContainer = (id: Check["id"]) =>
  id === "overlap-with-other-container" || id === "overlap-with-other-network"

/**
 * Finds one change without an overlap for a draft that Atlas would take with one: another CIDR of the VPC, or another container or
 * CIDR of Atlas for a network that would reach the same addresses twice.
 */
export function suggestWithoutOverlap(reading: DraftReading, checks: readonly Check[]): SuggestedFix[] {
  const isOverlap = ({ id, field, status }: Check) =>
    (status === "amber" || status === "note") &&
    (isOverlapOfContainer(id) || (id === "overlap-other-projects" && field === "routeTableCidrBlock"))
  const overlaps = checks.filter(isOverlap)
  if (overlaps.length === 0) return []
  const isOfContainer = overlaps.some(({ id }) => isOverlapOfContainer(id))
  const trouble = { reading, findRoom: createRoomFinder(reading), reds: overlaps }
  const changes = isOfContainer
    ? [...toContainerChanges(trouble), ...toBlockChanges(trouble)]
    : toOwnOtherBlockChanges(reading)
  return changes
    .sort((a, b) => a.cost - b.cost)
    .filter(({ draft }) => {
      const checks = runChecks(toDraftReading(draft, reading))
      return (
        !movesRegion(draft, reading) && !checks.some((check) => check.status === "red" || isOverlap(check))
      )
    })
    .slice(0, 1)
    .map((change) => toSuggestedFix({ draft: change.draft, changes: [change] }, reading))
}

function readTrouble(reading: DraftReading, findRoom: FindRoom): RefusedDraft {
  return { reading, findRoom, reds: runChecks(reading).filter(({ status }) => status === "red") }
}

/** Suggests the connection that exists already; a failed one is suggested for deletion instead. */
function toOpenings({ reading, ...trouble }: RefusedDraft): SuggestedFix[] {
  if (!hasRed({ reading, ...trouble }, "duplicate")) return []
  return findDuplicates(reading)
    .filter((peer) => readStatus(peer) !== "FAILED")
    .slice(0, 1)
    .map(({ id }) => ({
      title: "Open the existing connection",
      why: "It joins the same two networks",
      cost: costs.openExisting,
      change: { kind: "open-peering", projectId: reading.snapshot.here.project.id, peeringId: id },
    }))
}

function toDeletions({ reading, ...trouble }: RefusedDraft): SuggestedFix[] {
  const isInTheWay = (peer: AtlasPeer) =>
    readTrouble(toDraftReading(reading.draft, toFactsWithout(peer, reading)), trouble.findRoom).reds
      .length === 0
  return findStalePeers({ reading, ...trouble })
    .filter(isInTheWay)
    .map((peer) => ({
      title: `Delete the failed connection ${peer.id}`,
      why: "It blocks this request and carries no traffic",
      cost: costs.deleteFailedPeer,
      change: { kind: "delete-peer", peerId: peer.id },
    }))
}

function toFactsWithout(peer: AtlasPeer, { snapshot, blocksOfOthers }: SnapshotFacts): SnapshotFacts {
  const here = { ...snapshot.here, peers: snapshot.here.peers.filter(({ id }) => id !== peer.id) }
  return {
    ...toFacts({ ...snapshot, here, otherProjects: [] }),
    snapshot: { ...snapshot, here },
    blocksOfOthers,
  }
}

/** The mode belongs to the whole project, so no change of a draft can end it. */
function toModeSwitch(trouble: RefusedDraft): SuggestedFix[] {
  if (!hasRed(trouble, "peering-only-mode")) return []
  const { reading, findRoom } = trouble
  const here = { ...reading.snapshot.here, privateIpMode: false }
  const facts: SnapshotFacts = { ...reading, snapshot: { ...reading.snapshot, here } }
  if (readTrouble(toDraftReading(reading.draft, facts), findRoom).reds.length > 0) return []
  return [
    {
      title: "Turn off peering-only mode",
      why: "Peering no longer needs it. Applies to the whole project",
      cost: costs.switchModeOff,
      change: { kind: "switch-mode-off" },
    },
  ]
}

function toFillings(start: RefusedDraft): SuggestedFix[] {
  if (hasRed(start, ...beyondTheDraft)) return []
  const seen = new Set([JSON.stringify(start.reading.draft)])
  let level: { trouble: RefusedDraft; attempt: Attempt }[] = [
    { trouble: start, attempt: { draft: start.reading.draft, changes: [] } },
  ]
  let tries = 0
  for (let step = 0; step < limits.steps; step += 1) {
    const found: Attempt[] = []
    const next: typeof level = []
    for (const { trouble, attempt } of level) {
      for (const change of toChanges(trouble)) {
        const key = JSON.stringify(change.draft)
        if (seen.has(key) || tries >= limits.tries) continue
        seen.add(key)
        tries += 1
        const changed = readTrouble(toDraftReading(change.draft, start.reading), start.findRoom)
        const after = { draft: change.draft, changes: [...attempt.changes, change] }
        if (changed.reds.length === 0) found.push(after)
        else next.push({ trouble: changed, attempt: after })
      }
    }
    if (found.length > 0) return found.map((attempt) => toSuggestedFix(attempt, start.reading))
    level = next.sort((a, b) => a.trouble.reds.length - b.trouble.reds.length).slice(0, limits.branches)
  }
  return []
}

function toChanges(trouble: RefusedDraft): DraftChange[] {
  return [
    ...toFieldFixChanges(trouble),
    ...toKnownValueChanges(trouble),
    ...toContainerChanges(trouble),
    ...toBlockChanges(trouble),
  ]
}

function toSuggestedFix({ draft, changes: inOrder }: Attempt, reading: DraftReading): SuggestedFix {
  const move = movesRegion(draft, reading) ? costs.moveToOtherRegion : 0
  const changes = [...inOrder].sort((a, b) => a.cost - b.cost)
  return {
    title: changes.map(({ title }, index) => (index === 0 ? title : lowerFirst(title))).join(", then "),
    why: [...new Set(changes.map(({ why }) => why))].join(". "),
    cost: changes.reduce((sum, { cost }) => sum + cost, move),
    change: { kind: "fill", draft },
  }
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1)
}
