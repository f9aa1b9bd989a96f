import { writeSync } from "node:fs"
import { systemClock } from "#base/clock.ts"
import { createLogger } from "#base/logger.ts"
import { openStore } from "#store/open-store.ts"
import { openAuditLog, peeringCreate } from "./audit-log.ts"

// Writes audit rows until it is killed, and prints the number of each row when it is on the disk.
const [dataDirectory = ""] = process.argv.slice(2)
const store = await openStore({ dataDirectory, clock: systemClock, logger: createLogger("silent") })
const audit = openAuditLog(store, systemClock)

async function writeForever(): Promise<never> {
  for (;;) {
    const sequence = await audit.attempt(peeringCreate)
    writeSync(1, `${sequence}\n`)
  }
}

await Promise.all([writeForever(), writeForever(), writeForever()])
