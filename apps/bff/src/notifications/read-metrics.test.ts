import { sql } from "kysely"
import { expect, test } from "vitest"
import { useDatabases } from "#test/support/database.ts"
import { failed, openNotifications } from "#test/support/notifications.ts"
import { createDeskClock } from "#test/support/test-app-clock.ts"

const createDatabase = useDatabases("postgres")

test("the metrics of messages give up a database that hangs, before Prometheus gives up the server", async () => {
  const database = await createDatabase()
  const clock = createDeskClock()
  const notifications = openNotifications(await database.open(), clock)
  const { db } = await database.open()
  await notifications.addRoute({ channel: "webhook", url: "http://127.0.0.1:1/hook" })
  await notifications.tell(failed(1, clock.now()))
  await notifications.sender.run()
  await db.transaction().execute(async (transaction) => {
    await sql`lock table notification_message in access exclusive mode`.execute(transaction)
    const failure = notifications.readMetrics().catch((error: unknown) => error)
    await expect.poll(() => clock.waiting()).toContain(2_000)
    clock.advance(2_000)
    expect(await failure).toMatchObject({ code: "store_unavailable" })
  })
  await expect.poll(() => notifications.readMetrics()).toEqual({ waiting: 1, failed: 0, lagMs: 2_000 })
})
