import {
  providerNames,
  type Peering,
  type ProviderName,
  type StreamEvent,
} from "@peering-desk/shared-schemas"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { observePeering } from "#test/support/observe-peering.ts"
import { LiveState } from "./live-state.ts"

const projects = ["a", "b", "c"]

function toPeering(projectId: string, id: string, providerName: ProviderName, status: string): Peering {
  const peer = { providerName, id, statusName: status } as Peering["peer"]
  return observePeering({ projectId, peer, raw: { id }, at: "" })
}

const change = fc.record({
  projectId: fc.constantFrom(...projects),
  kind: fc.constantFrom("peering", "peering", "peering", "gone", "watch"),
  id: fc.constantFrom("1", "2", "3", "4"),
  providerName: fc.constantFrom(...providerNames),
  status: fc.string({ maxLength: 3 }),
})
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never

function apply(live: LiveState, { projectId, kind, id, providerName, status }: Change): StreamEvent {
  const peering = toPeering(projectId, `${providerName}${id}`, providerName, status)
  if (kind === "peering") {
    live.putPeering(peering, 1)
    return { event: "peering", data: peering }
  }
  if (kind === "gone") {
    live.removePeering(peering, status, 1)
    return { event: "gone", data: { projectId, id: peering.id, at: status } }
  }
  const watch = { projectId, providerName, checkedAt: status, problem: null, retryAt: null }
  live.putWatch(watch)
  return { event: "watch", data: watch }
}

/** Computes what a reader of a stream knows after some events. */
function follow(events: readonly StreamEvent[], known = new Map<string, unknown>()): Map<string, unknown> {
  for (const { event, data } of events) {
    if (event === "snapshot" || event === "resync" || event === "creates") continue
    if (event === "watch") known.set(`${data.projectId} watch ${data.providerName}`, data)
    else if (event === "peering") known.set(`${data.projectId} ${data.id}`, data)
    else known.delete(`${data.projectId} ${data.id}`)
  }
  return known
}

/** Lists what a reader gets after a change; null when it needs a snapshot. */
function changesSince(live: LiveState, projectIds: readonly string[], sequence: number) {
  if (!live.isCompleteSince(sequence)) return null
  const changes: { sequence: number; event: StreamEvent }[] = []
  for (let next = live.nextChange(projectIds, sequence); next !== null;) {
    changes.push({ sequence: next.sequence, event: next.event })
    next = live.nextChange(projectIds, next.sequence)
  }
  return changes
}

describe("nextChange", () => {
  test("brings a reader from any change to the same state as all events", () => {
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 60 }),
        fc.nat(60),
        fc.subarray(projects, { minLength: 1 }),
        (changes, position, followed) => {
          const live = new LiveState()
          const log = changes.map((one) => apply(live, one))
          const seen = Math.min(position, log.length)
          const ours = log
            .map((event, index) => ({ event, index }))
            .filter(({ event }) => followed.includes(event.data.projectId))
          const before = ours.filter(({ index }) => index < seen).map(({ event }) => event)

          const since = changesSince(live, followed, seen) ?? []
          const caughtUp = follow(
            since.map(({ event }) => event),
            follow(before),
          )
          expect(caughtUp).toEqual(follow(ours.map(({ event }) => event)))

          const sequences = since.map(({ sequence }) => sequence)
          expect(sequences).toEqual(sequences.toSorted((a, b) => a - b))
          const things = since.map(({ event: { event, data } }) =>
            event === "watch"
              ? `${data.projectId} ${data.providerName}`
              : `${data.projectId} ${"id" in data ? data.id : ""}`,
          )
          expect(new Set(things).size).toBe(things.length)
        },
      ),
    )
  })

  test("equals the list for a reader that starts at the beginning", () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
        const live = new LiveState()
        const log = changes.map((one) => apply(live, one))
        const whole = follow(log)
        for (const projectId of projects) {
          const { peerings, watches } = live.list(projectId)
          const shown = follow([
            ...peerings.map((data) => ({ event: "peering" as const, data })),
            ...watches.map((data) => ({ event: "watch" as const, data })),
          ])
          expect(shown).toEqual(new Map([...whole].filter(([key]) => key.startsWith(`${projectId} `))))
        }
      }),
    )
  })

  test("returns null for a change before the oldest one kept, and for a future one", () => {
    const live = new LiveState()
    const remove = (number: number) => live.removePeering(toPeering("a", String(number), "AWS", ""), "", 1)
    for (let number = 0; number < 500; number += 1) remove(number)
    expect(changesSince(live, ["a"], 0)).toHaveLength(500)
    remove(500)
    expect(changesSince(live, ["a"], 0)).toBe(null)
    expect(changesSince(live, ["a"], 1)).toHaveLength(500)
    expect(changesSince(live, ["a"], 501)).toEqual([])
    expect(changesSince(live, ["a"], 502)).toBe(null)
  })
})

test("listeners hear of their own projects until they unsubscribe", () => {
  const live = new LiveState()
  const heard: number[] = []
  const stop = live.subscribe(["a", "b"], () => heard.push(live.sequence))
  for (const projectId of ["a", "c", "b", "a"]) live.putPeering(toPeering(projectId, "1", "AWS", ""), 1)
  expect(heard).toEqual([1, 3, 4])
  stop()
  live.putPeering(toPeering("a", "1", "AWS", ""), 1)
  expect(heard).toEqual([1, 3, 4])
})

describe("polls that find nothing new", () => {
  const watch = {
    projectId: "a",
    providerName: "AWS",
    checkedAt: "2026-01-15T12:00:00.000Z",
    problem: null,
    retryAt: null,
  } as const
  const later = (seconds: number) => new Date(Date.parse(watch.checkedAt) + seconds * 1000).toISOString()

  function follow(checks: readonly number[]) {
    const live = new LiveState()
    const told: (string | null)[] = []
    live.subscribe(["a"], () => told.push(live.watchOf("a", "AWS")?.checkedAt ?? null))
    for (const seconds of checks) live.putWatch({ ...watch, checkedAt: later(seconds) })
    return { live, told }
  }

  test("are news every 15 seconds, and a list has the last one at once", () => {
    const { live, told } = follow([0, 2, 4, 13, 15, 16, 29, 31])
    expect(told).toEqual([0, 15, 31].map(later))
    live.putWatch({ ...watch, checkedAt: later(33) })
    expect(live.list("a").watches).toEqual([{ ...watch, checkedAt: later(33) }])
    expect(changesSince(live, ["a"], live.sequence)).toEqual([])
    expect(changesSince(live, ["a"], 0)?.map(({ event }) => event.data)).toEqual([
      { ...watch, checkedAt: later(33) },
    ])
  })

  test("are news at once after a clock was set back, and when a problem comes or goes", () => {
    const { live, told } = follow([3600, 0, 2])
    expect(told).toEqual([later(3600), later(0)])
    const problem = { ...watch, problem: "atlas_timeout", retryAt: later(9) } as const
    const before = live.sequence
    live.putWatch(problem)
    live.putWatch({ ...watch, checkedAt: later(3) })
    expect(live.sequence).toBe(before + 2)
  })

  test("are news at once when they are the first that was answered", () => {
    const live = new LiveState()
    live.putWatch({ ...watch, checkedAt: null })
    live.putWatch(watch)
    expect(live.sequence).toBe(2)
  })
})
