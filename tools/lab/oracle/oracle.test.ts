import { expect, test } from "vitest"
import type { Peering, StreamEvent } from "@peering-desk/shared-schemas"
import { isEffectOf, type Act } from "./act.ts"
import { toLabel } from "./audit-reader.ts"
import { fold, toDifference, toSummary, type Shown } from "./fold.ts"
import { findOutOfOrder, follow, toFace } from "./order.ts"

const projectId = "5356823b3794dee37132bb7b"

function toPeering(id: string, statusName: string, label: string | null = null): Peering {
  const raw = { id, statusName, vpcId: "vpc-1", routeTableCidrBlock: "10.0.0.0/16" }
  return {
    projectId,
    id,
    raw,
    peer: { providerName: "AWS", ...raw },
    history: [],
    beginSeen: true,
    origin: "adopted",
    firstSeenAt: "2026-11-29T00:00:00.000Z",
    createdBy: null,
    createdAt: null,
    leftAvailableAt: null,
    label,
  } as Peering
}

const toList = (peerings: Peering[]) => ({ projectId, lastEventId: "", peerings, watches: [] })

test("a stream folds to the list: a snapshot replaces a project, later events change one connection", () => {
  const pages = new Map<string, Shown>()
  const events: StreamEvent[] = [
    { event: "snapshot", data: toList([toPeering("a", "INITIATING")]) },
    { event: "peering", data: toPeering("b", "INITIATING") },
    { event: "peering", data: toPeering("a", "AVAILABLE", "orders") },
    { event: "gone", data: { projectId, id: "b", at: "2026-11-29T00:00:00.000Z" } },
  ]
  for (const event of events) fold(pages, event)
  const shown = pages.get(projectId)
  expect(toSummary(shown?.peerings.values() ?? [], shown?.creates ?? [])).toEqual([
    "a AVAILABLE vpc-1 10.0.0.0/16 orders",
  ])
})

test("a snapshot says that a connection which it lacks is gone", () => {
  const pages = new Map<string, Shown>()
  fold(pages, { event: "peering", data: toPeering("a", "AVAILABLE") })
  const said = fold(pages, { event: "snapshot", data: toList([]) })
  expect(said).toEqual([{ projectId, id: "a", face: null }])
})

test("faces that skip some of the truth are in order, and an older one after a newer one is not", () => {
  const truth = ["INITIATING", "PENDING", "INITIATING", "AVAILABLE", null]
  expect(findOutOfOrder(truth, ["INITIATING", "INITIATING", "AVAILABLE", null])).toBeNull()
  expect(findOutOfOrder(truth, ["AVAILABLE", "PENDING"])).toEqual({ index: 1, isKnown: true })
  expect(findOutOfOrder(truth, [null, "AVAILABLE"])).toEqual({ index: 1, isKnown: true })
  expect(findOutOfOrder(truth, ["FAILED"])).toEqual({ index: 0, isKnown: false })
  expect(follow(truth, 1, "INITIATING")).toBe(2)
})

test("a face has the status of any cloud and the fields that an edit changes", () => {
  expect(toFace({ statusName: "AVAILABLE", vpcId: "vpc-1", routeTableCidrBlock: "10.0.0.0/16" })).toBe(
    "AVAILABLE vpc-1 10.0.0.0/16",
  )
  expect(toFace({ status: "ADDING_PEER" })).toBe("ADDING_PEER  ")
})

test("two summaries differ by the lines that only one has", () => {
  expect(toDifference(["a"], ["a"])).toBeNull()
  expect(toDifference(["a", "b"], ["a"])).toBe("b | nothing")
})

test("a change is called done once any attempt is, or else by the last word of its last attempt", () => {
  const attempt = (...words: string[]) => ({
    sequence: 1,
    action: "peering-create",
    peeringId: null,
    outcomes: words.map((outcome, index) => ({ sequence: index + 2, outcome, peeringId: null })),
  })
  expect(toLabel([])).toBeNull()
  expect(toLabel([attempt("unknown", "done"), attempt("failed")])).toBe("done")
  expect(toLabel([attempt("refused"), attempt("unknown", "failed")])).toBe("failed")
})

test("a restart that sends an earlier edit's block along is no effect of that edit", () => {
  const act = { kind: "edit", projectId, peeringId: "a", mark: "10.1.0.0/16" } as Act
  const effect = { moment: 1, method: "PATCH", projectId, path: "/peers/a", id: "a", isOurs: true }
  expect(isEffectOf(act, { ...effect, fields: { routeTableCidrBlock: "10.1.0.0/16" } })).toBe(true)
  const restart = { vpcId: "vpc-2", routeTableCidrBlock: "10.1.0.0/16" }
  expect(isEffectOf(act, { ...effect, fields: restart })).toBe(false)
})
