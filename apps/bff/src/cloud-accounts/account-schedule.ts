import { sql } from "kysely"
import { repeat } from "#base/clock.ts"
import { createLimiter } from "#base/limiter.ts"
import type { AccountReader } from "./account-reader.ts"
import { isNamed, readAccount } from "./account-rows.ts"
import type { AccountsDeps } from "./accounts-deps.ts"

interface ScheduleDeps extends Pick<AccountsDeps, "store" | "clock" | "logger" | "cloudSettings"> {
  accountReader: Pick<AccountReader, "readAccount">
  /** Returns whether this process is the one that reads what is due. */
  leads: () => boolean
}

const checkEveryMs = 10_000
const readsAtOnce = 4

/** Reads each connected account regularly, at the leader. An account is due again only once its reading has ended, so the next leader repeats what a dead one began. */
export function createAccountSchedule(deps: ScheduleDeps) {
  const { accountReader, clock, cloudSettings, leads, logger, store } = deps
  const limit = createLimiter(readsAtOnce)
  let stopRepeating = () => {}
  let isStopped = false

  async function listDue(): Promise<string[]> {
    const now = clock.now()
    // A time further ahead than the interval was stored while the time was set wrong.
    const { rows } = await sql<{ id: string }>`
      select id from cloud_account where role_arn is not null
        and (due_at <= ${now} or due_at > ${now + 2 * cloudSettings.readEveryMs})
      order by due_at`.execute(store.db)
    return rows.map(({ id }) => id)
  }

  async function read(id: string): Promise<void> {
    if (isStopped || !leads()) return
    try {
      const row = await readAccount(store.db, id)
      if (row !== null && isNamed(row)) await accountReader.readAccount(row)
    } catch (error) {
      logger.error({ err: error, account: id }, "Could not read a connected AWS account")
    }
  }

  /** Reads every account that is due. */
  async function run(): Promise<void> {
    if (!leads()) return
    try {
      const ids = await listDue()
      await Promise.all(ids.map((id) => limit(() => read(id))))
    } catch (error) {
      logger.error({ err: error }, "Could not read which connected AWS accounts are due")
    }
  }

  return {
    start() {
      if (cloudSettings.readEveryMs !== 0) stopRepeating = repeat(clock, checkEveryMs, run)
    },
    stop() {
      isStopped = true
      stopRepeating()
    },
    run,
  }
}
