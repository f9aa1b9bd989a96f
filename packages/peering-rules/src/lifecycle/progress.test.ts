import { providerNames, readAtlasPeer, type Peering, type ProviderName } from "@peering-desk/shared-schemas"
import fc from "fast-check"
import { expect, test } from "vitest"
import { goodPaths, knownStatuses, getStatusWaitingOn } from "./lifecycle.ts"
import { listProgressSteps } from "./progress.ts"
import { isStatusSinceSeen, toStatusSince } from "./status-since.ts"

const id = "1112222b3bf99403840e8934"

const adopted = {
  origin: "adopted",
  firstSeenAt: at(0),
  createdBy: null,
  createdAt: null,
  leftAvailableAt: null,
  label: null,
} as const

/** Returns a connection that was seen in each of the statuses, one a minute from midnight. */
function seen(providerName: ProviderName, statuses: readonly (string | null)[]): Peering {
  const field = providerName === "AWS" ? "statusName" : "status"
  const raw = { id, [field]: statuses.at(-1) ?? null }
  const peer = readAtlasPeer(raw, providerName)
  if (peer === null) throw new Error("has an id")
  const history = statuses.map((status, minute) => ({ status, at: at(minute) }))
  return { projectId: id, id, peer, raw, history, beginSeen: true, ...adopted }
}

function at(minute: number): string {
  return new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString()
}

test.each(providerNames.flatMap((cloud) => goodPaths[cloud].map((_, index) => [cloud, index] as const)))(
  "the good path of %s at step %i has times for the steps done and none for those ahead",
  (providerName, here) => {
    const path = goodPaths[providerName]
    expect(listProgressSteps(seen(providerName, path.slice(0, here + 1)))).toEqual(
      path.map((status, index) => ({
        status,
        turn: getStatusWaitingOn(providerName, status),
        position: index < here ? "done" : index === here ? "now" : "ahead",
        at: index <= here ? at(index) : null,
      })),
    )
  },
)

test("a step that passed unseen is done, without a time", () => {
  const [initiating, pending] = listProgressSteps(seen("AWS", ["PENDING_ACCEPTANCE"]))
  expect(initiating).toMatchObject({ position: "done", at: null })
  expect(pending).toMatchObject({ position: "now", at: at(0) })
})

test("a failed connection shows the steps it passed and where it ended, and nothing ahead", () => {
  expect(listProgressSteps(seen("AWS", ["INITIATING", "PENDING_ACCEPTANCE", "FAILED"]))).toEqual([
    { status: "INITIATING", turn: "atlas", position: "done", at: at(0) },
    { status: "PENDING_ACCEPTANCE", turn: "you", position: "done", at: at(1) },
    { status: "FAILED", turn: "failed", position: "now", at: at(2) },
  ])
})

test("a restarted connection has the times of this start, not of the one before", () => {
  const again = ["INITIATING", "PENDING_ACCEPTANCE", "AVAILABLE", "INITIATING", "PENDING_ACCEPTANCE"]
  expect(listProgressSteps(seen("AWS", again)).map(({ at: time }) => time)).toEqual([
    at(3),
    at(4),
    null,
    null,
  ])
})

test("a connection found FAILED claims no earlier steps", () => {
  expect(listProgressSteps(seen("GCP", ["FAILED"]))).toEqual([
    { status: "FAILED", turn: "failed", position: "now", at: at(0) },
  ])
})

test("a connection without a status has one step that says so", () => {
  expect(listProgressSteps(seen("AZURE", [null]))).toMatchObject([{ status: "(no status)", turn: "unknown" }])
})

test("toStatusSince returns the last time in the history, or null without one", () => {
  expect(toStatusSince(seen("AWS", ["INITIATING", "FAILED"]).history)).toBe(at(1))
  expect(toStatusSince([])).toBeNull()
})

test("exactly one step is now and nothing after it is done, for any statuses in any order", () => {
  const story = fc.constantFrom(...providerNames).chain((cloud) =>
    fc.tuple(
      fc.constant(cloud),
      fc.array(fc.constantFrom<string | null>(...knownStatuses(cloud), "SOMETHING_NEW", null), {
        minLength: 1,
        maxLength: 8,
      }),
    ),
  )
  fc.assert(
    fc.property(story, ([cloud, statuses]) => {
      const peering = seen(cloud, statuses)
      const positions = listProgressSteps(peering).map(({ position }) => position)
      expect(positions.filter((position) => position === "now")).toHaveLength(1)
      expect(positions.slice(0, positions.indexOf("now"))).not.toContain("ahead")
      expect(positions.slice(positions.indexOf("now") + 1)).not.toContain("done")
      const now = listProgressSteps(peering).find(({ position }) => position === "now")
      expect(now?.status).toBe(statuses.at(-1) ?? "(no status)")
      expect(now?.at).toBe(toStatusSince(peering.history))
    }),
  )
})

test("a status was seen to begin unless the first poll found it so", () => {
  expect(isStatusSinceSeen(seen("AWS", ["INITIATING"]))).toBe(true)
  const found = { ...seen("AWS", ["PENDING_ACCEPTANCE"]), beginSeen: false }
  expect(isStatusSinceSeen(found)).toBe(false)
  const later = { ...seen("AWS", ["PENDING_ACCEPTANCE", "AVAILABLE"]), beginSeen: false }
  expect(isStatusSinceSeen(later)).toBe(true)
})
