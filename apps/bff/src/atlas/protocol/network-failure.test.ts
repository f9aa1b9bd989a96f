import { expect, test } from "vitest"
import { classifyNetworkFailure, readFailureCode, type NetworkFailure } from "./network-failure.ts"

const failed = (code: string, more: object = {}) =>
  new TypeError("fetch failed", { cause: Object.assign(new Error("why"), { code, ...more }) })

// What undici gives is proved on real sockets elsewhere; certificates and lost routes cannot be had there.
test.each<[string, Error, NetworkFailure]>([
  ["an expired certificate", failed("CERT_HAS_EXPIRED"), "not-sent"],
  ["a certificate of somebody else", failed("ERR_TLS_CERT_ALTNAME_INVALID"), "not-sent"],
  ["a route that is missing", failed("EHOSTUNREACH"), "not-sent"],
  ["a connect that takes too long", failed("ETIMEDOUT", { syscall: "connect" }), "not-sent"],
  ["a read that takes too long", failed("ETIMEDOUT", { syscall: "read" }), "lost"],
  [
    "several addresses refused",
    new TypeError("fetch failed", { cause: Object.assign(new AggregateError([]), { code: "ECONNREFUSED" }) }),
    "not-sent",
  ],
  [
    "TLS broken off in the handshake",
    failed("ECONNRESET", {
      message: "Client network socket disconnected before secure TLS connection was established",
    }),
    "not-sent",
  ],
  ["a reset", failed("ECONNRESET", { syscall: "read" }), "lost"],
  ["a code nobody has heard of", failed("E_NEW"), "lost"],
  ["bad compression", failed("Z_DATA_ERROR"), "garbled"],
])("classifyNetworkFailure classifies %s", (_name, error, expected) => {
  expect(classifyNetworkFailure(error)).toBe(expected)
})

test("a thrown value that is no error counts as lost and has no code", () => {
  expect([classifyNetworkFailure("x"), readFailureCode(undefined)]).toEqual(["lost", null])
  expect(readFailureCode(failed("ECONNRESET"))).toBe("ECONNRESET")
})

test("a circular chain of causes ends", () => {
  const error = new Error("a")
  error.cause = error
  expect(classifyNetworkFailure(error)).toBe("lost")
})
