import type { AtlasApiVersion } from "@peering-desk/shared-schemas"
import { createAtlasClients } from "#atlas/atlas-clients.ts"
import { isSealedElsewhere } from "#audit/signing/audit-keys.ts"
import { systemClock } from "#base/clock.ts"
import type { Secrets } from "#base/derived-keys.ts"
import type { Logger } from "#base/logger.ts"
import { KeyHealth } from "#operations/key-health.ts"
import type { NotificationSettings } from "#notifications/create-notifications.ts"
import { describeClocksApart, readDatabaseTime, warnAboveMs } from "#processes/database-clock.ts"
import type { OidcClient } from "#sign-in/provider/oidc-client.ts"
import { OtherTablesError } from "#store/former-tables.ts"
import { inspectStore, type StorePlace } from "#store/inspect-store.ts"
import type { AtlasCredential } from "#atlas/auth/atlas-credential.ts"
import { checkAtlas } from "./check-atlas.ts"
import { checkClock } from "./check-clock.ts"
import { checkMail } from "./check-mail.ts"
import { checkProvider } from "./check-provider.ts"
import { bad, good, type Finding } from "./finding.ts"

export interface Patient {
  issuer: string
  publicUrl: URL
  atlas: { baseUrl: URL; apiVersion: AtlasApiVersion | null; credentials: readonly AtlasCredential[] }
  store: StorePlace
  signIn: { sessionSecrets: Secrets }
  notifications: Pick<NotificationSettings, "mail">
  oidc: OidcClient
}

const otherSecret: Finding = {
  about: "database",
  is: "warning",
  says: "SESSION_SECRET does not open the key of its audit log. A start with it flaws the log; servers that share a database have the same SESSION_SECRET.",
}

/** Checks everything that a sound configuration leads to. Nothing is changed, and nothing is written to the audit log. */
export async function examine(
  { issuer, publicUrl, atlas, store, signIn, notifications, oidc }: Patient,
  logger: Logger,
): Promise<Finding[]> {
  const clock = systemClock
  const clients = createAtlasClients({ ...atlas, baseUrl: atlas.baseUrl.href, logger, clock })
  const keyHealth = new KeyHealth({ clients, audit: { record: () => Promise.resolve() }, clock, logger })
  const redirectUri = new URL("/sign-in/callback", publicUrl).href
  const [provider, keys, database, time, mail] = await Promise.all([
    checkProvider(oidc, redirectUri),
    checkAtlas(keyHealth, clients),
    checkDatabase(store, signIn.sessionSecrets, logger),
    checkClock([issuer, atlas.baseUrl.href], clock),
    checkMail(notifications.mail),
  ])
  return [...provider, ...keys, ...database, time, ...mail]
}

async function checkDatabase(store: StorePlace, secrets: Secrets, logger: Logger): Promise<Finding[]> {
  const warnings: Finding[] = []
  try {
    const says = await inspectStore(store, logger, async (db) => {
      if (await isSealedElsewhere(db, secrets)) warnings.push(otherSecret)
      if (store.databaseUrl === undefined) return
      const aheadMs = systemClock.now() - (await readDatabaseTime({ db }))
      if (Math.abs(aheadMs) > warnAboveMs)
        warnings.push({ about: "clock", is: "warning", says: describeClocksApart(aheadMs) })
    })
    return [good("database", says), ...warnings]
  } catch (error) {
    if (error instanceof OtherTablesError)
      return [bad("database", `it can't be used: ${error.reason}.`, error.advice)]
    const says = `it can't be used: ${error instanceof Error ? error.message : String(error)}.`
    const fix =
      store.databaseUrl === undefined
        ? "Check DATA_DIR, its rights and the disk. A damaged file needs a copy from a backup."
        : "Check DATABASE_URL, the database server, and the rights of its user, who needs CREATE on the schema."
    return [bad("database", says, fix)]
  }
}
