import type { AuditLog } from "#audit/audit-log.ts"
import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import type { CloudReader } from "#cloud-reading/cloud-reader.ts"
import type { Store } from "#store/store.ts"
import type { NetworksDeps } from "./account-networks.ts"

/** Settings of reading AWS accounts. */
export interface CloudSettings {
  /** Time between two readings of an account while nobody views it; 0 for none. */
  readEveryMs: number
  /** The CloudFormation template that a prefilled link names; null without one. */
  templateUrl: string | null
}

export interface AccountsDeps extends NetworksDeps {
  store: Store
  clock: Clock
  logger: Logger
  audit: Pick<AuditLog, "recordChange" | "recordChanges">
  cloudReader: Pick<CloudReader, "identify" | "check" | "read">
  cloudSettings: CloudSettings
}
