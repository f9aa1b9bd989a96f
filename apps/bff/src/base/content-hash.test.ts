import { createHash } from "node:crypto"
import { expect, test } from "vitest"
import { toContentHash } from "./content-hash.ts"

test("toContentHash depends on everything but the order of fields", () => {
  expect(toContentHash({ a: 1, b: { c: [1, 2], d: null } })).toBe(
    toContentHash({ b: { d: null, c: [1, 2] }, a: 1 }),
  )
  const different = [{ a: 1 }, { a: "1" }, { a: [1] }, { b: 1 }, [["a", 1]], { a: { a: 1 } }, null, [], {}]
  expect(new Set(different.map(toContentHash)).size).toBe(different.length)
  expect(toContentHash({ b: 2, a: 1 })).toBe(createHash("sha256").update('{"a":1,"b":2}').digest("hex"))
})
