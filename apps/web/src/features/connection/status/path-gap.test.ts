import { expect, test } from "vitest"
import { adopted, makePeering } from "#mock-bff/samples.ts"
import { toPathGap } from "./path-gap.ts"

test("the time that is left counts from the creation of the request, not from when it was first seen here", () => {
  const now = Date.parse("2026-11-24T10:00:00Z")
  const twoDaysAgo = Math.floor(now / 1000) - 48 * 3600
  const { peer, ...rest } = makePeering("AWS", {
    history: [{ status: "PENDING_ACCEPTANCE", at: "2026-11-24T09:59:00.000Z" }],
  })
  const id = `${twoDaysAgo.toString(16)}0123456789abcdef`
  const peering = { ...rest, ...adopted, id, peer: { ...peer, id }, beginSeen: false }
  const path = { providerName: "AWS", stops: [], open: "peering", isOwnSideUnknown: false } as const
  const { above } = toPathGap(
    peering,
    { ...path, stops: [] },
    { now, usualTimes: {}, isGone: false, staleAt: null },
  )
  expect(above?.words).toBe("≥ 5 d left")
})
