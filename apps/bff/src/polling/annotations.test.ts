import { apiUrls, Peering } from "@peering-desk/shared-schemas"
import { describe, expect, test } from "vitest"
import { step } from "#store/step.ts"
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
    const { annotations, store } = desk.services
    const write = async (work: (transaction: Parameters<typeof annotations.tick>[0]) => Promise<unknown>) => {
      await step(store, ({ transaction }) => work(transaction))
      await desk.services.pollers.catchUp()
    }
    const read = async () => Peering.parse((await desk.call("GET", apiUrls.peering(projectId, id))).json())
    return { desk, annotations, peering: { projectId, id }, read, write }
  }

  test("the last label counts, and who was first to mark a step", async () => {
    const { desk, annotations, peering, read, write } = await open()
    await annotations.setLabel(peering, "orders", { by: "Nadia", at: 1 })
    await annotations.setLabel(peering, "Orders", { by: "Olivia", at: 2 })
    await write((step) => annotations.tick(step, peering, "accept", { by: "Nadia", at: 3 }))
    await write((step) => annotations.tick(step, peering, "accept", { by: "Olivia", at: 4 }))
    expect(await read()).toMatchObject({
      label: "Orders",
      steps: { accept: { by: "Nadia", at: "1970-01-01T00:00:00.003Z" } },
    })
    await desk.close()
  })

  test("an empty label removes the label, and a step that is no longer marked is gone", async () => {
    const { desk, annotations, peering, read, write } = await open()
    await annotations.setLabel(peering, "orders", { by: "Nadia", at: 1 })
    await write((step) => annotations.tick(step, peering, "accept", { by: "Nadia", at: 2 }))
    await annotations.setLabel(peering, "", { by: "Nadia", at: 3 })
    await write((step) => annotations.untick(step, peering, "accept"))
    expect((await read()).label).toBe(null)
    expect(await read()).not.toHaveProperty("steps")
    await desk.close()
  })
})
