import type { KeyReport, ReadinessCheck } from "@peering-desk/shared-schemas"
import { AppError, toAppError } from "#base/app-error.ts"
import { describeClocksApart, warnAboveMs } from "#processes/database-clock.ts"
import { noticesMissing } from "#processes/notices.ts"
import { isFullDisk } from "#store/drivers/outage-driver.ts"
import type { AtlasReach } from "./atlas-reach.ts"
import { secretWarnings } from "./secret-expiry.ts"

/** The lifecycle of the process. */
export interface Lifetime {
  /** It was told to stop, and still serves. */
  leaving: boolean
  stopping: boolean
}

interface ReadinessDeps {
  lifetime: Lifetime
  /** Returns the version of the tables; rejects while the store can't be used. */
  probeStore: () => Promise<number>
  /** The version of the tables that this code knows. */
  knownVersion: number
  atlasReach: Pick<AtlasReach, "failure">
  /** `openFlaws`: flaws without an acknowledgement; null until the audit log was verified. */
  checkpoints: { readonly openFlaws: number | null }
  /** Null when this process has the database to itself. */
  sharing: { readonly isInstant: boolean } | null
  /** Null when no other process compares times with this one's. */
  databaseClock: { readonly aheadMs: number } | null
  keyHealth: {
    reports: () => Pick<KeyReport, "problem" | "checkedAt" | "secret">[]
    /** The errors in changed files; null without errors. */
    configurationProblem: string | null
  }
}

/**
 * Makes the function that checks whether this server should get requests, for which it needs the store. Trouble with Atlas is a warning:
 * another server would have it too, and the pages say it.
 * @throws AppError with every check, when one of them failed
 */
export function createReadiness(deps: ReadinessDeps): () => Promise<ReadinessCheck[]> {
  return async () => {
    const failures: AppError[] = []
    const checks = [
      checkProcess(deps.lifetime, failures),
      ...(await checkStore(deps, failures)),
      checkAtlas(deps.atlasReach),
      checkKeys(deps.keyHealth.reports()),
      checkAuditLog(deps.checkpoints),
      // A server that stops, or has no database, gets no notices for that reason alone.
      ...(failures.length > 0 ? [] : checkNotices(deps.sharing)),
      ...checkClock(deps.databaseClock),
      checkConfiguration(deps.keyHealth),
    ]
    const [first] = failures
    if (first === undefined) return checks
    const { retryAfterSeconds } = first.shown
    throw new AppError(first.code, {
      cause: first.cause,
      checks,
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    })
  }
}

type Name = ReadinessCheck["name"]

const ok = (name: Name, says: string): ReadinessCheck => ({ name, state: "ok", says })
const warn = (name: Name, says: string): ReadinessCheck => ({ name, state: "warning", says })
const fail = (name: Name, says: string): ReadinessCheck => ({ name, state: "failed", says })

function checkProcess({ leaving, stopping }: Lifetime, failures: AppError[]): ReadinessCheck {
  if (!leaving && !stopping) return ok("process", "The server runs.")
  failures.push(new AppError("shutting_down"))
  return fail("process", "The server is stopping. Requests in flight are finished.")
}

async function checkStore(
  { probeStore, knownVersion }: ReadinessDeps,
  failures: AppError[],
): Promise<ReadinessCheck[]> {
  try {
    const version = await probeStore()
    return [
      ok("database", "The database can be read and written."),
      version > knownVersion
        ? warn(
            "tables",
            `A newer version changed the tables (${version}, this one knows ${knownVersion}). Replace this server soon.`,
          )
        : ok("tables", `The tables have version ${version}.`),
    ]
  } catch (thrown) {
    const error = toAppError(thrown, "internal_error")
    failures.push(error)
    return [fail("database", describeOutage(error))]
  }
}

function describeOutage({ cause }: AppError): string {
  return isFullDisk(cause)
    ? "The disk of the database is full. Nothing can be created or changed until there is room."
    : "The database can't be used. The server's log says why, and it goes on by itself once the database is back."
}

function checkAtlas({ failure }: Pick<AtlasReach, "failure">): ReadinessCheck {
  if (failure === null) return ok("atlas", "No call to Atlas goes unanswered.")
  const { since, code } = failure
  return warn("atlas", `Atlas has not answered since ${since} (${code}). Pages show the last known state.`)
}

function checkKeys(reports: readonly Pick<KeyReport, "problem" | "checkedAt" | "secret">[]): ReadinessCheck {
  if (reports.some(({ problem }) => problem !== null))
    return warn("keys", "A key for Atlas failed its last test. Atlas keys shows which one.")
  const end = secretWarnings.find(({ warning }) => reports.some(({ secret }) => secret?.warning === warning))
  if (end !== undefined) return warn("keys", `A secret for Atlas ${end.says}. Atlas keys shows which one.`)
  const isUntested = reports.some(({ checkedAt }) => checkedAt === null)
  return ok("keys", `The keys for Atlas ${isUntested ? "are being tested" : "passed their last test"}.`)
}

function checkAuditLog({ openFlaws }: ReadinessDeps["checkpoints"]): ReadinessCheck {
  if (openFlaws === null) return ok("audit-log", "The audit log is being verified.")
  if (openFlaws === 0) return ok("audit-log", "No flaw of the audit log waits for an administrator.")
  return warn(
    "audit-log",
    "The audit log is not as it was written. Audit log → Verify integrity shows where.",
  )
}

function checkNotices(sharing: ReadinessDeps["sharing"]): ReadinessCheck[] {
  if (sharing === null) return []
  return [
    sharing.isInstant
      ? ok("notices", "News of other processes arrives at once.")
      : warn("notices", noticesMissing),
  ]
}

function checkClock(databaseClock: ReadinessDeps["databaseClock"]): ReadinessCheck[] {
  if (databaseClock === null) return []
  const { aheadMs } = databaseClock
  return [
    Math.abs(aheadMs) <= warnAboveMs
      ? ok("clock", "This server's clock agrees with the database's.")
      : warn("clock", describeClocksApart(aheadMs)),
  ]
}

function checkConfiguration({ configurationProblem }: ReadinessDeps["keyHealth"]): ReadinessCheck {
  return configurationProblem === null
    ? ok("configuration", "The files of the configuration can be used.")
    : warn(
        "configuration",
        "A changed configuration file can't be used. The previous values stay in use, and Atlas keys shows why.",
      )
}
