import { expect, test } from "vitest"
import { createLogger } from "#base/logger.ts"
import { createTestingClock } from "#test/support/test-clock.ts"
import type { PeeringNotes } from "./annotation-rows.ts"
import { Annotations } from "./annotations.ts"

const projectId = "64b1f0a27c3d5e4f8a9b0c1d"
const id = "64b1f0a27c3d5e4f8a9b0c2e"

test("a label that was written while older notes were being read stays", async () => {
  const answers: ((label: string) => void)[] = []
  const records = new Annotations({
    loadNotes: () =>
      new Promise<Map<string, PeeringNotes>>((resolve) => {
        answers.push((label) => resolve(new Map([[id, { label }]])))
      }),
    readCreators: () => Promise.resolve(new Map()),
    clock: createTestingClock(),
    logger: createLogger("silent"),
  })
  const look = records.refresh(projectId, [id])
  records.expire(projectId, id)
  const retelling = records.refresh(projectId, [id])
  answers[1]?.("written just now")
  await retelling
  answers[0]?.("as it was before")
  await look
  expect(records.of(projectId, id).label).toBe("written just now")
})
