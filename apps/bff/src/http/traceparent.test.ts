import { expect, test } from "vitest"
import { beginTrace, parseTraceparent } from "./traceparent.ts"

const traceId = "4bf92f3577b34da6a3ce929d0e0e4736"
const header = `00-${traceId}-00f067aa0ba902b7-01`

test("a valid traceparent is sent on as it came", () => {
  expect(parseTraceparent(header)).toEqual({ traceId, traceparent: header })
})

test("the known fields of a later version of traceparent are sent on", () => {
  expect(parseTraceparent(header.replace(/^00/, "cc") + "-what-comes-later")?.traceparent).toBe(header)
  expect(parseTraceparent(header.replace(/^00/, "cc"))?.traceparent).toBe(header)
})

test.each([
  ["an absent header", undefined],
  ["an empty one", ""],
  ["upper case", header.toUpperCase()],
  ["an all-zero trace", header.replace(traceId, "0".repeat(32))],
  ["an all-zero parent", header.replace("00f067aa0ba902b7", "0".repeat(16))],
  ["the forbidden version ff", header.replace(/^00/, "ff")],
  ["more than version 00 has", `${header}-extra`],
  ["a later version without a dash before its own fields", `${header.replace(/^00/, "cc")}.extra`],
  ["a short trace", header.replace(traceId, traceId.slice(1))],
  ["a letter that is no hexadecimal digit", header.replace("4bf", "4xf")],
  ["two headers in one", `${header}, ${header}`],
  ["spaces around it", ` ${header} `],
  ["a line break", `${header}\r\nX-Evil: 1`],
])("%s in the place of a traceparent is ignored", (_what, value) => {
  expect(parseTraceparent(value)).toBe(null)
})

test("a trace that begins here has the request's id, and is one that others accept", () => {
  const { traceId: own, traceparent } = beginTrace("3f2b8c1e-93b7-4d0a-8e65-b1c7d9f03a42")
  expect(own).toBe("3f2b8c1e93b74d0a8e65b1c7d9f03a42")
  expect(parseTraceparent(traceparent)).toEqual({ traceId: own, traceparent })
})
