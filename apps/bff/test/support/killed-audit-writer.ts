import { writeSync } from "node:fs"
import { systemClock } from "#base/clock.ts"
import { createLogger } from "#base/logger.ts"
import { openStore } from "#store/open-store.ts"
import { AuditLog } from "#audit/audit-log.ts"
import { peeringCreate } from "./audit-log.ts"

// A process that writes audit rows until it is killed, and says each one's number once it is on the disk.
const [dataDirectory = ""] = process.argv.slice(2)
const store = await openStore({ dataDirectory, clock: systemClock, logger: createLogger("silent") })
const trail = new AuditLog({ store, clock: systemClock })

async function writeForEver(): Promise<never> {
  for (;;) {
    const { sequence } = await trail.attempt(peeringCreate)
    writeSync(1, `${sequence}\n`)
  }
}

await Promise.all([writeForEver(), writeForEver(), writeForEver()])
