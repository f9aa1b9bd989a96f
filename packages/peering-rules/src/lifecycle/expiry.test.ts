import type { Peering } from "@peering-desk/shared-schemas"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { aws, gcp } from "#test/connections.ts"
import { computeExpiry, toAcceptanceDeadline } from "./expiry.ts"

/** An id of 18 Nov 2026, 18:12:07 UTC. */
const id = "6afdea77c1e9a04b52d7f316"
const seen = (status: string, at: string): Peering["history"][number] => ({ status, at })

describe("The expiry of an AWS request", () => {
  test("A request found waiting expires between the bounds of its id and of the first poll", () => {
    const history = [seen("PENDING_ACCEPTANCE", "2026-11-25T15:12:00.000Z")]
    expect(computeExpiry({ id, peer: aws, history })).toEqual({
      earliest: "2026-11-25T18:12:07.000Z",
      latest: "2026-12-02T15:12:00.000Z",
      isExact: false,
    })
  })

  test("A request whose beginning was seen has one time, also after a restart by a change", () => {
    const begun = [
      seen("INITIATING", "2026-11-20T10:00:00.000Z"),
      seen("PENDING_ACCEPTANCE", "2026-11-20T10:00:10.000Z"),
    ]
    expect(computeExpiry({ id, peer: aws, history: begun })).toEqual({
      earliest: "2026-11-27T10:00:00.000Z",
      latest: "2026-11-27T10:00:10.000Z",
      isExact: true,
    })
  })

  test("An id later than the first poll, or unreadable, leaves the poll's bound", () => {
    const history = [seen("PENDING_ACCEPTANCE", "2026-11-18T18:12:00.000Z")]
    expect(computeExpiry({ id, peer: aws, history })).toMatchObject({ earliest: "2026-11-25T18:12:00.000Z" })
    expect(computeExpiry({ id: "pcx-1", peer: aws, history })).toEqual({
      earliest: "2026-11-25T18:12:00.000Z",
      latest: "2026-11-25T18:12:00.000Z",
      isExact: false,
    })
  })

  test("Only a request that waits in AWS expires", () => {
    const history = [seen("AVAILABLE", "2026-11-25T15:12:00.000Z")]
    expect(computeExpiry({ id, peer: { ...aws, statusName: "AVAILABLE" }, history })).toBeNull()
    expect(computeExpiry({ id, peer: gcp, history: [] })).toBeNull()
  })
})

test("the deadline is seven days of 24 hours after any time", () => {
  fc.assert(
    fc.property(fc.date({ noInvalidDate: true, min: new Date(0), max: new Date("2100-01-01") }), (since) => {
      const deadline = toAcceptanceDeadline(since.toISOString())
      expect(deadline && Date.parse(deadline) - since.getTime()).toBe(604_800_000)
    }),
  )
})

test.each([null, "", "yesterday", "2026-13-01T00:00:00Z"])(
  "toAcceptanceDeadline returns null for %j",
  (since) => {
    expect(toAcceptanceDeadline(since)).toBeNull()
  },
)
