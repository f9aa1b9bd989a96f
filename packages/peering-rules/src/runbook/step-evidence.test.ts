import type { Peering } from "@peering-desk/shared-schemas"
import { describe, expect, test } from "vitest"
import { aws, azure, gcp } from "#test/connections.ts"
import { getStepEvidence, isStepDone } from "./step-evidence.ts"
import { toTickId } from "./done-steps.ts"

type Seen = Pick<Peering, "peer" | "history" | "beginSeen" | "steps">

const available = { ...aws, statusName: "AVAILABLE" }
const entry = (status: string, minute: number) => ({
  status,
  at: `2026-11-25T15:${String(minute).padStart(2, "0")}:00.000Z`,
})
const seen = (peer: Peering["peer"], ...statuses: string[]): Seen => ({
  peer,
  history: statuses.map(entry),
  beginSeen: false,
})

describe("Evidence for a setup step", () => {
  test("Atlas's status proves the acceptance, with the time it was first seen", () => {
    const peering = seen(available, "PENDING_ACCEPTANCE", "FINALIZING", "AVAILABLE")
    expect(getStepEvidence({ id: "aws-accept" }, peering, null)).toEqual({
      kind: "proven",
      by: "status",
      at: entry("FINALIZING", 1).at,
    })
  })

  test("A peering found AVAILABLE has an acceptance without a time", () => {
    const evidence = getStepEvidence({ id: "aws-accept" }, seen(available, "AVAILABLE"), null)
    expect(evidence).toEqual({ kind: "proven", by: "status", at: null })
  })

  test("A waiting peering awaits the status, even after an earlier acceptance", () => {
    const peering = seen(aws, "AVAILABLE", "PENDING_ACCEPTANCE")
    expect(getStepEvidence({ id: "aws-accept" }, peering, null)).toEqual({ kind: "awaited", by: "status" })
  })

  test.each([
    [{ ...gcp, status: "AVAILABLE" }, "gcp-peer-back"],
    [azure, "azure-role-assignment"],
    [azure, "azure-service-principal"],
  ])("AVAILABLE proves the owner's step %#", (peer, id) => {
    expect(getStepEvidence({ id }, seen(peer, "AVAILABLE"), null).kind).toBe("proven")
  })

  test("The access list proves its step, or leaves it open, or was not read", () => {
    const peering = seen(available, "AVAILABLE")
    const of = (isListed: boolean | null) => getStepEvidence({ id: "access-list" }, peering, isListed)
    expect(of(true)).toEqual({ kind: "proven", by: "access-list", at: null })
    expect(of(false)).toEqual({ kind: "awaited", by: "access-list" })
    expect(of(null)).toEqual({ kind: "not-checked" })
    expect(getStepEvidence({ id: "access-list" }, seen(gcp, "AVAILABLE"), null).kind).toBe("unobservable")
  })

  test("Only a person's mark makes an unobservable step done", () => {
    const mark = { by: "Nadia Berg", at: entry("", 5).at }
    const peering = seen(available, "AVAILABLE")
    const marked = { ...peering, steps: { [toTickId("aws-routes", available)]: mark } }
    const [before, after] = [peering, marked].map((one) => getStepEvidence({ id: "aws-routes" }, one, true))
    expect(before).toEqual({ kind: "unobservable" })
    expect(after).toEqual({ kind: "marked", ...mark })
    expect([before!, after!].map(isStepDone)).toEqual([false, true])
  })

  const stop = { stepId: "aws-routes", state: "proven", source: "pasted", at: entry("", 9).at } as const
  const routes = { id: "aws-routes" }

  test("A fresh fact proves a step, before a person's mark, with its source and time", () => {
    const mark = { by: "Nadia Berg", at: entry("", 5).at }
    const marked = { ...seen(available, "AVAILABLE"), steps: { [toTickId("aws-routes", available)]: mark } }
    const proven = { kind: "proven", by: "facts", source: "pasted", at: stop.at }
    expect(getStepEvidence(routes, marked, null, [stop])).toEqual(proven)
    expect(getStepEvidence(routes, marked, null, [{ ...stop, state: "not-checked" }])).toEqual({
      kind: "marked",
      ...mark,
    })
    expect(getStepEvidence(routes, marked, null, [{ ...stop, stepId: "aws-dns" }])).toEqual({
      kind: "marked",
      ...mark,
    })
  })

  test("A fact that shows a step undone turns it back", () => {
    const mark = { by: "Nadia Berg", at: entry("", 5).at }
    const marked = { ...seen(available, "AVAILABLE"), steps: { [toTickId("aws-routes", available)]: mark } }
    const evidence = getStepEvidence(routes, marked, null, [{ ...stop, state: "broken" }])
    expect(evidence).toEqual({ kind: "awaited", by: "facts" })
    expect(isStepDone(evidence)).toBe(false)
  })

  test("A fact from a share link only marks a step, and undoes none", () => {
    const peering = seen(available, "AVAILABLE")
    const link = { ...stop, source: "link" } as const
    expect(getStepEvidence(routes, peering, null, [link])).toEqual({
      kind: "marked",
      by: "the holder of the share link",
      at: stop.at,
    })
    expect(getStepEvidence(routes, peering, null, [{ ...link, state: "broken" }])).toEqual({
      kind: "unobservable",
    })
  })

  test("Typed facts and Atlas's status decide no step of the network", () => {
    for (const source of ["typed", "atlas"] as const)
      expect(getStepEvidence(routes, seen(available, "AVAILABLE"), null, [{ ...stop, source }]).kind).toBe(
        "unobservable",
      )
  })
})
