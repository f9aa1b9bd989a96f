import { spawn } from "node:child_process"
import { expect, test } from "vitest"
import { bundleProgram } from "#test/support/bundle.ts"
import { useDatabases } from "#test/support/database.ts"
import { openNotifications } from "#test/support/notifications.ts"
import { openReceiver } from "#test/support/receiver.ts"

const createDatabase = useDatabases("sqlite")
const eventCount = 120
const claimMs = 6_000

/** Runs a sender that is killed as soon as the target has this many requests. */
async function killAfter(requests: number) {
  const program = await bundleProgram("test/support/killed-sender.ts", "sender-crash")
  const { dataDirectory, open } = await createDatabase()
  const receiver = await openReceiver()
  // It never learns that its messages arrived.
  receiver.answer(() => undefined)
  const child = spawn(process.execPath, [program, dataDirectory, receiver.origin, String(eventCount)], {
    stdio: ["ignore", "inherit", "inherit"],
  })
  const gone = new Promise((resolve) => child.once("exit", (_code, signal) => resolve(signal)))
  await receiver.until(requests)
  child.kill("SIGKILL")
  expect(await gone).toBe("SIGKILL")
  return { receiver, store: await open() }
}

test("a sender that is killed between event and answer loses no event, and repeats carry the same id", async () => {
  const { receiver, store } = await killAfter(2)
  const beforeKill = receiver.received.map(({ headers }) => headers["webhook-id"])
  receiver.answer((response) => void response.writeHead(204).end())
  const later = { now: () => Date.now() + claimMs + 10_000, elapsed: () => 0, after: () => () => {} }
  const { messages, sender } = openNotifications(store, later)
  for (let round = 0; round < 3; round += 1) await sender.run()
  const repeats = receiver.received.slice(beforeKill.length)
  expect(repeats.map(({ headers }) => headers["webhook-id"])).toEqual(expect.arrayContaining(beforeKill))
  const numbers = repeats.flatMap(({ body }) =>
    (JSON.parse(body) as { data: { events: { number: number }[] } }).data.events.map(({ number }) => number),
  )
  expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: eventCount }, (_, at) => at + 1))
  expect(await messages.count()).toEqual({ waiting: 0, failed: 0, oldestAt: null })
  await receiver.close()
}, 60_000)
