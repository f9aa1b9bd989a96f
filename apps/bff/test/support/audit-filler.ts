import { systemClock } from "#base/clock.ts"
import { createLogger } from "#base/logger.ts"
import { openStore } from "#store/open-store.ts"
import { openAuditLog, signIn } from "./audit-log.ts"

// Fills the audit log of a data directory with sign-ins, through the log's own code, with the session secret of the server that verifies it. `pnpm bench` runs it.
const [dataDirectory = "", count = "0", secret = ""] = process.argv.slice(2)
const rowsAtOnce = 1_000
const store = await openStore({ dataDirectory, clock: systemClock, logger: createLogger("silent") })
const audit = openAuditLog(store, systemClock, secret)

for (let left = Number(count); left > 0; left -= rowsAtOnce) {
  const rows = Array.from({ length: Math.min(left, rowsAtOnce) }, () => signIn)
  await audit.recordChanges(() => Promise.resolve(rows))
}
await store.close()
