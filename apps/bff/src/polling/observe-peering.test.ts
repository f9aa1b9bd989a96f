import { readAtlasPeer, type Peering } from "@peering-desk/shared-schemas"
import fc from "fast-check"
import { expect, test } from "vitest"
import { observePeering } from "./observe-peering.ts"

const id = "64b1f0a27c3d5e4f8a9b0c1d"
const word = fc.constantFrom("INITIATING", "PENDING_ACCEPTANCE", "AVAILABLE", "FAILED", "NEW_WORD", undefined)
const answer = fc.record({ statusName: word, errorStateName: fc.constantFrom("EXPIRED", null) })

function observe(known: Peering | null, fields: object, at: string): Peering {
  const raw = { id, ...fields }
  return observePeering(known, {
    projectId: "a",
    peer: readAtlasPeer(raw, "AWS")!,
    raw,
    at,
    beginSeen: false,
  })
}

test("a history has the last 50 status words in order, each with its first sight", () => {
  fc.assert(
    fc.property(fc.array(answer, { minLength: 1, maxLength: 120 }), (answers) => {
      let known: Peering | null = null
      for (const [index, fields] of answers.entries()) known = observe(known, fields, String(index))
      const words = answers.map(({ statusName }) => statusName ?? null)
      const firsts = words.flatMap((status, index) =>
        index > 0 && words[index - 1] === status ? [] : [{ status, at: String(index) }],
      )
      expect(known?.history).toEqual(firsts.slice(-50))
      expect(known?.raw).toEqual({ id, ...answers.at(-1) })
    }),
  )
})

test("an answer equal to the last one returns the same object", () => {
  fc.assert(
    fc.property(answer, (fields) => {
      const known = observe(null, fields, "1")
      expect(observe(known, { ...fields }, "2")).toBe(known)
    }),
  )
})

test("an answer with the same status and another field keeps the history", () => {
  const known = observe(null, { statusName: "FAILED" }, "1")
  const changed = observe(known, { statusName: "FAILED", errorMessage: "It expired." }, "2")
  expect(changed).not.toBe(known)
  expect(changed.history).toBe(known.history)
  expect(changed.peer).toMatchObject({ errorMessage: "It expired." })
})
