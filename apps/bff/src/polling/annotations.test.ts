import { apiUrls, Peering } from "@peering-desk/shared-schemas"
import { describe, expect, test } from "vitest"
import { step } from "#store/step.ts"
import { markStep, setLabel } from "./annotations.ts"
import { dialects, useDatabases } from "#test/support/database.ts"
import { projectId, requests } from "#test/support/requests.ts"
import { startTestApp } from "#test/support/test-app.ts"

describe.each(dialects)("notes of a connection over %s", (dialect) => {
  const createDatabase = useDatabases(dialect)

  async function open() {
    const { databaseUrl } = await createDatabase()
    const desk = await startTestApp({
      environment: databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl },
    })
    const { id } = Peering.parse((await desk.create(projectId, requests.AWS)).json())
    const { store } = desk.services
    const peering = { projectId, id }
    const mark = async (done: Parameters<typeof markStep>[3], id = "accept") =>
      await step(store, ({ transaction }) => markStep(transaction, peering, id, done))
    const read = async () => Peering.parse((await desk.call("GET", apiUrls.peering(projectId, id))).json())
    return { desk, mark, peering, read, store }
  }

  test("the last label counts, and who was first to mark a step", async () => {
    const { desk, mark, peering, read, store } = await open()
    await setLabel(store, peering, "orders", { by: "Nadia", at: 1 })
    await setLabel(store, peering, "Orders", { by: "Olivia", at: 2 })
    await mark({ by: "Nadia", at: 3 })
    await mark({ by: "Olivia", at: 4 })
    expect(await read()).toMatchObject({
      label: "Orders",
      steps: { accept: { by: "Nadia", at: "1970-01-01T00:00:00.003Z" } },
    })
    await desk.close()
  })

  test("an empty label removes the label, and a step that is no longer marked is gone", async () => {
    const { desk, mark, peering, read, store } = await open()
    await setLabel(store, peering, "orders", { by: "Nadia", at: 1 })
    await mark({ by: "Nadia", at: 2 })
    await setLabel(store, peering, "", { by: "Nadia", at: 3 })
    await mark(null)
    expect((await read()).label).toBe(null)
    expect(await read()).not.toHaveProperty("steps")
    await desk.close()
  })

  test("a connection has at most 200 marked steps and parts", async () => {
    const { desk, mark } = await open()
    const by = { by: "Nadia", at: 1 }
    for (let number = 0; number < 200; number += 1) await mark(by, `step-${number}`)
    expect(await mark(by, "step-7")).toBe(false)
    await expect(mark(by, "step-200")).rejects.toMatchObject({ code: "invalid_request" })
    await mark(null, "step-7")
    expect(await mark(by, "step-200")).toBe(true)
    await desk.close()
  })
})
