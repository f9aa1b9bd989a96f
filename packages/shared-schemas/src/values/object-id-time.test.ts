import { expect, test } from "vitest"
import { readObjectIdTime } from "./object-id-time.ts"

test("readObjectIdTime returns the second of an id's creation", () => {
  expect(readObjectIdTime("6afdea770000000000000000")).toBe("2026-11-18T18:12:07.000Z")
  expect(readObjectIdTime("000000000000000000000000")).toBe("1970-01-01T00:00:00.000Z")
  expect(readObjectIdTime("ffffffffffffffffffffffff")).toBe("2106-02-07T06:28:15.000Z")
})

test.each(["", "6afdea77", "6afdea77000000000000000g", "pcx-0a1b2c3d4e5f60718"])(
  "readObjectIdTime returns null for %j",
  (id) => {
    expect(readObjectIdTime(id)).toBeNull()
  },
)
