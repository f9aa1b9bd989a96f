import { expect, test } from "vitest"
import { findFreePort } from "./programs.ts"

test("a port for a program that starts later is none that a system may give to a call meanwhile", async () => {
  const ports = await Promise.all(Array.from({ length: 50 }, () => findFreePort()))
  // Linux begins at 32768, others at 49152.
  expect(Math.max(...ports)).toBeLessThan(32_768)
})
