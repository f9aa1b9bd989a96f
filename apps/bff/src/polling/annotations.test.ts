import type { AtlasPeer } from "@peering-desk/shared-schemas"
import { describe, expect, test } from "vitest"
import { createLogger } from "#base/logger.ts"
import { dialects, useDatabases } from "#test/support/database.ts"
import { createTestingClock } from "#test/support/test-clock.ts"
import { Annotations } from "./annotations.ts"
import { LiveState } from "./live-state.ts"
import { observePeering } from "./observe-peering.ts"

const projectId = "64b1f0a27c3d5e4f8a9b0c1d"
const peering = { projectId, id: "p-1" }

describe.each(dialects)("annotations over %s", (dialect) => {
  const createDatabase = useDatabases(dialect)

  async function createAnnotations() {
    const live = new LiveState()
    const store = await (await createDatabase()).open()
    const deps = { store, live, sharing: null, clock: createTestingClock(), logger: createLogger("silent") }
    return { annotations: new Annotations(deps), live }
  }

  test("the last label counts, and who was first to tick a step", async () => {
    const { annotations } = await createAnnotations()
    await annotations.setLabel(peering, "orders", { by: "Nadia", at: 1 })
    await annotations.setLabel(peering, "Orders", { by: "Olivia", at: 2 })
    await annotations.tick(peering, "accept", { by: "Nadia", at: 3 })
    await annotations.tick(peering, "accept", { by: "Olivia", at: 4 })
    await annotations.tick({ projectId, id: "p-2" }, "routes", { by: "Olivia", at: 5 })
    await annotations.publish(peering)
    expect(annotations.of(projectId, "p-1")).toMatchObject({
      label: "Orders",
      steps: { accept: { by: "Nadia", at: "1970-01-01T00:00:00.003Z" } },
    })
    expect(annotations.of(projectId, "p-2")).toMatchObject({
      label: null,
      steps: { routes: { by: "Olivia", at: "1970-01-01T00:00:00.005Z" } },
    })
  })

  test("an empty label removes the label, and an unticked step is gone", async () => {
    const { annotations } = await createAnnotations()
    await annotations.setLabel(peering, "orders", { by: "Nadia", at: 1 })
    await annotations.tick(peering, "accept", { by: "Nadia", at: 2 })
    await annotations.setLabel(peering, "", { by: "Nadia", at: 3 })
    await annotations.untick(peering, "accept")
    await annotations.publish(peering)
    expect(annotations.of(projectId, "p-1")).toMatchObject({ label: null, steps: undefined })
  })

  test("a written label shows in the live state at once", async () => {
    const { annotations, live } = await createAnnotations()
    const peer = { providerName: "AWS", id: "p-1" } as AtlasPeer
    live.putPeering(observePeering(null, { projectId, peer, raw: { id: "p-1" }, at: "", beginSeen: true }))
    await annotations.setLabel(peering, "orders", { by: "Nadia", at: 1 })
    expect(live.find(projectId, "p-1")?.label).toBe("orders")
  })
})
