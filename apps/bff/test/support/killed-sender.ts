import { systemClock } from "#base/clock.ts"
import { createLogger } from "#base/logger.ts"
import { openStore } from "#store/open-store.ts"
import { failed, openNotifications } from "./notifications.ts"

// Tells events and sends them to a webhook until it is killed.
const [dataDirectory = "", url = "", events = "0"] = process.argv.slice(2)
const store = await openStore({ dataDirectory, clock: systemClock, logger: createLogger("silent") })
const notifications = openNotifications(store, systemClock)
await notifications.addRoute({ channel: "webhook", url })
await notifications.tell(
  ...Array.from({ length: Number(events) }, (_, index) => failed(index, systemClock.now())),
)
// Events wait for others to join them; a moment later they would be sent anyway.
const ahead = { ...systemClock, now: () => systemClock.now() + 5_000 }
await notifications.sender.run()
await openNotifications(store, ahead).sender.run()
