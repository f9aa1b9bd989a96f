import type { RawAnswer } from "@peering-desk/shared-schemas"
import { describe, expect, test } from "vitest"
import { applyAnswers, type Answers } from "./apply-answers.ts"
import type { StoredPeering } from "./peering-rows.ts"

const cloud = { projectId: "5fbcdf7ad0cdd06f36a1d66e", providerName: "AWS" as const }
const id = "p-1"
const toRaw = (statusName: string): RawAnswer => ({ id, statusName })
const gone = { at: 50, lastListedAt: 40 }

function store(status: string, more: Partial<StoredPeering> = {}): StoredPeering {
  const first = { beginSeen: true, createdBy: null, firstSeenAt: 10, updatedAt: 10, gone: null }
  return { ...cloud, id, raw: toRaw(status), version: 5, firstVersion: 5, isAhead: false, ...first, ...more }
}

/** @param byId undefined when Atlas was not asked, or did not answer */
function apply(
  row: StoredPeering | null,
  inList: string | null,
  { byId, since = 5 }: { byId?: string | null; since?: number } = {},
) {
  const answers: Answers = {
    cloud,
    since,
    listed: new Map(inList === null ? [] : [[id, toRaw(inList)]]),
    byId: new Map(byId === undefined ? [] : [[id, byId === null ? null : toRaw(byId)]]),
    at: 100,
    afterAt: 90,
    beginSeen: true,
  }
  const [found] = applyAnswers(new Map(row === null ? [] : [[id, row]]), [id], answers, 6)
  if (found === undefined) return "as stored"
  const { row: next } = found
  expect(next.version).toBe(6)
  const state = next.gone === null ? next.raw["statusName"] : "gone"
  return [state, next.isAhead ? "ahead" : "settled"]
}

describe("a list of Atlas", () => {
  test("brings a connection that is not stored", () => {
    expect(apply(null, "INITIATING")).toEqual(["INITIATING", "settled"])
  })

  test("changes nothing that it repeats, in whatever order its fields come", () => {
    expect(apply(store("AVAILABLE", { raw: { statusName: "AVAILABLE", id } }), "AVAILABLE")).toBe("as stored")
  })

  test("brings a new status, ends what it lacks and brings back what it has again", () => {
    expect(apply(store("INITIATING"), "AVAILABLE")).toEqual(["AVAILABLE", "settled"])
    expect(apply(store("AVAILABLE"), null)).toEqual(["gone", "settled"])
    expect(apply(store("AVAILABLE", { gone }), "AVAILABLE")).toEqual(["AVAILABLE", "settled"])
    expect(apply(store("AVAILABLE", { gone }), null)).toBe("as stored")
  })

  test("leaves alone what changed after it was requested", () => {
    for (const inList of ["INITIATING", "AVAILABLE", null])
      expect(apply(store("PENDING_ACCEPTANCE"), inList, { since: 4 })).toBe("as stored")
    expect(apply(store("AVAILABLE", { gone }), "AVAILABLE", { since: 4 })).toBe("as stored")
  })
})

describe("a connection that an answer to our own change put ahead of the list", () => {
  const ahead = (status: string, more: Partial<StoredPeering> = {}) =>
    store(status, { isAhead: true, ...more })

  test("is settled by a list that says the same", () => {
    expect(apply(ahead("INITIATING"), "INITIATING")).toEqual(["INITIATING", "settled"])
    expect(apply(ahead("INITIATING", { gone }), null)).toEqual(["gone", "settled"])
  })

  test("stays as it is while the list differs and Atlas does not answer about it", () => {
    for (const inList of ["AVAILABLE", null]) expect(apply(ahead("INITIATING"), inList)).toBe("as stored")
  })

  test("becomes what Atlas answers by id, and stays ahead of a list that says something else", () => {
    expect(apply(ahead("INITIATING"), null, { byId: "AVAILABLE" })).toEqual(["AVAILABLE", "ahead"])
    expect(apply(ahead("INITIATING"), null, { byId: "INITIATING" })).toBe("as stored")
    expect(apply(ahead("INITIATING"), "INITIATING_OLD", { byId: null })).toEqual(["gone", "ahead"])
  })

  test("is settled by an answer by id that equals the list", () => {
    expect(apply(ahead("INITIATING"), "AVAILABLE", { byId: "AVAILABLE" })).toEqual(["AVAILABLE", "settled"])
    expect(apply(ahead("INITIATING"), null, { byId: null })).toEqual(["gone", "settled"])
  })
})
