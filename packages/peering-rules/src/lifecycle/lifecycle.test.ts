import { providerNames, readAtlasPeer } from "@peering-desk/shared-schemas"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { getStatusWaitingOn, getWaitingOn, statuses } from "./lifecycle.ts"

/** Atlas's statuses: Get One Network Peering Connection, response fields. */
const documented = {
  AWS: {
    INITIATING: "atlas",
    PENDING_ACCEPTANCE: "you",
    FINALIZING: "atlas",
    AVAILABLE: "works",
    FAILED: "failed",
    TERMINATING: "closing",
  },
  GCP: {
    ADDING_PEER: "atlas",
    WAITING_FOR_USER: "you",
    AVAILABLE: "works",
    FAILED: "failed",
    DELETING: "closing",
  },
  AZURE: {
    ADDING_PEER: "atlas",
    AVAILABLE: "works",
    FAILED: "failed",
    DELETION_FAILED: "failed",
    DELETING: "closing",
  },
}

describe.each(providerNames)("%s", (providerName) => {
  test.each(Object.entries(documented[providerName]))("%s waits on: %s", (status, turn) => {
    expect(getStatusWaitingOn(providerName, status)).toBe(turn)
  })

  test("has the documented statuses and no others", () => {
    expect(statuses[providerName]).toEqual(documented[providerName])
  })

  test("works only in AVAILABLE, not in any failed, waiting, moving or unknown state [A7]", () => {
    const words = fc.oneof(
      fc.string(),
      fc.constantFrom(...providerNames.flatMap((cloud) => Object.keys(documented[cloud]))),
      fc.constantFrom("available", "AVAILABLE ", "constructor", "__proto__", "toString"),
    )
    fc.assert(
      fc.property(words, (status) => {
        expect(getStatusWaitingOn(providerName, status) === "works").toBe(status === "AVAILABLE")
      }),
    )
  })

  test("gives unknown for another cloud's status, an object's property name and no status", () => {
    const own = new Set(Object.keys(documented[providerName]))
    const foreign = providerNames
      .flatMap((cloud) => Object.keys(documented[cloud]))
      .filter((word) => !own.has(word))
    for (const word of [...foreign, "hasOwnProperty", "__proto__", "", null])
      expect(getStatusWaitingOn(providerName, word)).toBe("unknown")
  })

  test("reads the status from the cloud's own field", () => {
    const field = providerName === "AWS" ? "statusName" : "status"
    for (const [status, turn] of Object.entries(documented[providerName])) {
      const peer = readAtlasPeer({ id: "1112222b3bf99403840e8934", [field]: status }, providerName)
      expect(peer && getWaitingOn(peer)).toBe(turn)
    }
  })
})
