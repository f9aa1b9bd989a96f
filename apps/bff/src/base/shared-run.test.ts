import { expect, test } from "vitest"
import { createSharedRun } from "./shared-run.ts"

function createWork() {
  const begun: { end: () => void; fail: () => void }[] = []
  const run = createSharedRun(
    () =>
      new Promise<void>((resolve, reject) =>
        begun.push({ end: resolve, fail: () => reject(new Error("no")) }),
      ),
  )
  return { begun, run }
}

test("callers during a run share one run that begins after it", async () => {
  const { begun, run } = createWork()
  const first = run()
  const later = [run(), run(), run()]
  expect(begun).toHaveLength(1)
  begun[0]?.end()
  await first
  await expect.poll(() => begun).toHaveLength(2)
  begun[1]?.end()
  await Promise.all(later)
  expect(begun).toHaveLength(2)
})

test("a run that fails tells its own callers, and the next one runs", async () => {
  const { begun, run } = createWork()
  const first = run()
  const next = run()
  begun[0]?.fail()
  await expect(first).rejects.toThrow("no")
  await expect.poll(() => begun).toHaveLength(2)
  begun[1]?.end()
  await expect(next).resolves.toBeUndefined()
})
