import type { ObservedStatus } from "@peering-desk/shared-schemas"
import fc from "fast-check"
import { expect, test } from "vitest"
import { appendStatus } from "./observe-peering.ts"

const word = fc.constantFrom("INITIATING", "PENDING_ACCEPTANCE", "AVAILABLE", "FAILED", "NEW_WORD", null)

test("a history has the last 50 status words in order, each with its first sight", () => {
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 120 }), (words) => {
      let history: ObservedStatus[] = []
      for (const [index, status] of words.entries())
        history = appendStatus(history, { status, at: String(index) })
      const firsts = words.flatMap((status, index) =>
        index > 0 && words[index - 1] === status ? [] : [{ status, at: String(index) }],
      )
      expect(history).toEqual(firsts.slice(-50))
    }),
  )
})
